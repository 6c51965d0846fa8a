"""Running what a page shows, in a folder like a reader's."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click

from tests.docs.blocks import ROOT
from trustaudit.cli import cli, main

CLAUSE = "We may, at any time and without notice, modify these terms."
FAIR = "Either party may end this agreement with thirty days' notice."
PATIENCE = 120  # seconds


def reader(folder: Path) -> Path:
    """What a reader of the pages has: samples, templates, contracts, some papers, and a git repository."""
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "journey.yaml").write_text("extends: examples/journey/journey.yaml\n", encoding="utf-8")
    for name, text in {
        "templates/terms.md": f"# Terms\n\n{CLAUSE}\n",
        "contracts/welcome.txt": "Dear {{ name }},\n\nthank you for your order. Call us whenever you like.\n",
        "contracts/frame.md": f"# Frame contract\n\n{FAIR}\n",
        "terms.md": f"# Terms of use\n\n{CLAUSE}\n",
        "letter.txt": "Dear Ms Doe,\n\nas per our records you have not answered.\n",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "examples" / "services-agreement.pdf", folder / "contract.pdf")
    shutil.copy(ROOT / "examples" / "prototype-term-sheet.docx", folder / "contract.docx")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "start"]):
        subprocess.run([*git, *arguments], cwd=folder, check=True, timeout=60, capture_output=True)
    return folder


def run(command: str) -> str:
    """The output of a shell's command in the working folder; it may find something (1), not fail (2)."""
    words = shlex.split(command)
    if words[0] == "trustaudit" and not set(words) & {"|", "||", "&&", ";"}:
        return _ours(command, words)
    ran = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, timeout=PATIENCE, check=False,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip
    assert ran.returncode in {0, 1}, f"{command}\nexit status {ran.returncode}\n{ran.stderr}"
    return ran.stdout


def _ours(command: str, words: list[str]) -> str:
    """Our own command, in this process: a hundred of them are in the pages."""
    target = ""
    if ">" in words:
        at = words.index(">")
        words, target = words[:at], words[at + 1]
    out, err = _stream(), _stream()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(words[1:])
    output, said = _written(out), _written(err)
    assert status in {0, 1}, f"{command}\nexit status {status}\n{said}"
    if target:
        Path(target).write_text(output, encoding="utf-8")
    return output


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def understood(command: str) -> None:
    """Assert that every option of a command of ours exists; nothing is run."""
    words = [word for word in shlex.split(re.sub(r"\$\{\{.*?\}\}", "X", command)) if word not in {"|", "||"}]
    found: click.Command = cli
    context = click.Context(cli, info_name="trustaudit")
    rest = words[1:]
    while isinstance(found, click.Group) and rest and not rest[0].startswith("-"):
        name, inner, rest = found.resolve_command(context, rest)
        assert inner is not None, f"{command}: no such command"
        context = click.Context(inner, info_name=name, parent=context)
        found = inner
    found.make_parser(context).parse_args(list(rest))


def printed(output: str, wanted: list[str]) -> bool:
    """Whether the lines stand in the output, in this order; … in a line stands for anything."""
    rest = iter(output.splitlines())
    for line in wanted:
        if line.strip() in {"…", "..."}:
            continue
        pattern = re.compile(".*".join(map(re.escape, line.split("…"))) + r"\s*")
        if not any(pattern.fullmatch(each) for each in rest):
            return False
    return True
