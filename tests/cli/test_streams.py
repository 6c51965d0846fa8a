"""Real processes: exit status, standard streams, pipes, colours, Ctrl-C, start-up."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import under_way

COMMAND = [sys.executable, "-m", "trustaudit"]
PLAIN = {
    key: value
    for key, value in os.environ.items()
    if key not in {"NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS"}
}
ESCAPE = b"\x1b["


def call(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, check=False, env=PLAIN | environment, timeout=120,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def in_terminal(*arguments: str | Path, **environment: str) -> bytes:
    """Everything a command writes to a terminal that is its standard output and error."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments], stdin=follower, stdout=follower, stderr=follower,
        env=PLAIN | {"TERM": "xterm-256color"} | environment,
    )  # fmt: skip
    os.close(follower)
    seen = b""
    while True:
        try:
            data = os.read(leader, 65536)
        except OSError:  # the other end is closed: the process has ended
            break
        if not data:
            break
        seen += data
    process.wait(timeout=60)
    os.close(leader)
    return seen


def test_the_exit_status_and_the_streams_of_a_process(stacked: Path, plain: Path) -> None:
    found = call("scan", stacked)
    assert (found.returncode, found.stderr) == (1, b"")
    assert b"modify these terms" in found.stdout
    assert call("scan", plain).returncode == 0
    missing = call("scan", "nowhere.pdf")
    assert (missing.returncode, missing.stdout) == (2, b"")
    assert call().returncode == 2
    assert call("--version").stdout.startswith(b"trustaudit, version ")


def test_colours_follow_the_terminal_and_the_environment(stacked: Path) -> None:
    assert ESCAPE not in call("scan", stacked).stdout
    assert ESCAPE in call("scan", stacked, FORCE_COLOR="1").stdout
    assert ESCAPE not in call("scan", stacked, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert ESCAPE not in call("scan", stacked, FORCE_COLOR="0").stdout
    assert ESCAPE in in_terminal("scan", stacked)
    assert ESCAPE not in in_terminal("scan", stacked, NO_COLOR="1")
    assert ESCAPE not in in_terminal("scan", stacked, TERM="dumb")


def test_progress_is_for_terminals_only(stacked: Path, plain: Path) -> None:
    assert b"auditing" in in_terminal("scan", stacked, plain)
    assert b"auditing" not in in_terminal("scan", plain)
    assert call("scan", stacked, plain).stderr == b""


def test_a_reader_who_leaves_early_changes_nothing(stacked: Path) -> None:
    script = '"$@" | head -c 1; echo " ${PIPESTATUS[0]}"'
    ran = subprocess.run(
        ["bash", "-c", script, "bash", *COMMAND, "scan", *[stacked] * 1, "--format", "html"],
        capture_output=True, check=True, env=PLAIN, timeout=60,
    )  # fmt: skip
    assert ran.stdout == b"< 1\n"
    assert ran.stderr == b""


def test_a_closed_reader_of_help_is_no_traceback() -> None:
    ran = subprocess.run(
        ["bash", "-c", '"$@" | true', "bash", *COMMAND, "rules", "list"],
        capture_output=True,
        check=True,
        env=PLAIN,
    )
    assert b"Traceback" not in ran.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_one_line(stacked: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            [*COMMAND, "scan", stacked],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            env=PLAIN,
            timeout=60,
        )
    assert ran.returncode == 2
    assert ran.stderr == b"error: standard output: No space left on device\n"


def test_control_c_ends_with_130_and_no_traceback(tmp_path: Path) -> None:
    for number in range(40):
        text = "We may, at any time and without notice, modify these terms. " * 2000
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    out = tmp_path / "report.html"
    process = subprocess.Popen(
        [*COMMAND, "scan", tmp_path, "--output", out],
        stderr=subprocess.PIPE,
        env=PLAIN,
        start_new_session=True,
    )
    under_way(process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert not out.exists()


def test_a_waiting_standard_input_says_so() -> None:
    leader, follower = pty.openpty()
    process = subprocess.Popen([*COMMAND, "scan", "-"], stdin=follower, stderr=subprocess.PIPE, env=PLAIN)
    assert process.stderr is not None
    ready, _, _ = select.select([process.stderr], [], [], 30)
    said = os.read(process.stderr.fileno(), 1000) if ready else b""
    process.kill()
    process.communicate()
    os.close(leader)
    os.close(follower)
    assert b"Ctrl-D" in said


@pytest.mark.parametrize(
    "arguments", ["import trustaudit", "from trustaudit.cli import main; main(['--help'])"]
)
def test_nothing_heavy_is_imported_for_help(arguments: str) -> None:
    code = f"import sys; {arguments}; sys.stderr.write(' '.join(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, timeout=60)
    loaded = {name.partition(".")[0] for name in ran.stderr.split()}
    heavy = {"spacy", "numpy", "lxml", "pypdfium2", "pydantic", "jinja2", "rich", "docx", "yaml", "pathspec"}
    assert loaded & heavy == set()
    assert "trustaudit.pipeline" not in ran.stderr.split()
