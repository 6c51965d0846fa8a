"""What goes wrong in a build at night: a clear line, the right exit status, no half-written file."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shell import Run, under_way

RULE = "one-sided/unilateral-change"


def ours(
    *arguments: str, cwd: Path, limit: int | None = None, cache: Path | None = None
) -> subprocess.Popen[str]:
    """The command in a process of its own; ``limit``: no file may grow beyond these bytes, as on a full disk."""

    def full() -> None:
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.Popen(
        [sys.executable, "-m", "trustaudit", *arguments], cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, preexec_fn=full, start_new_session=True,  # noqa: PLW1509  # the limit is for the child alone
        env={**os.environ, **({"XDG_CACHE_HOME": str(cache)} if cache else {})},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('select = ["one-sded/"]', "select: no rule is called 'one-sded/'. Did you mean 'one-sided'?"),
        (
            f'[severity]\n"{RULE}s" = {{severity = "minor", reason = "x"}}',
            f"severity: no rule is called '{RULE}s'",
        ),
        ('packs = ["acme"]', 'packs: no rule pack is called "acme"'),
        ('rules = ["none"]', "no such rules folder"),
    ],
)
def test_a_name_that_is_wrong_is_said_with_the_file_that_has_it(
    run: Run, stacked: Path, tmp_path: Path, settings: str, said: str
) -> None:
    (tmp_path / "trustaudit.toml").write_text(settings, encoding="utf-8")
    ran = run("scan", stacked)
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.startswith(f"error: {tmp_path / 'trustaudit.toml'}: ")
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_name_from_the_command_line_is_not_blamed_on_the_file(
    run: Run, stacked: Path, tmp_path: Path
) -> None:
    (tmp_path / "trustaudit.toml").write_text('select = ["one-sided/"]', encoding="utf-8")
    ran = run("scan", stacked, "--select", "one-sded/")
    assert ran.err.startswith("error: no rule is called 'one-sded/'")


def test_settings_that_add_up_name_all_their_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(
        '[severity]\n"care/" = {severity = "info", reason = "x"}\n', encoding="utf-8"
    )
    own = 'extends = ["base.toml"]\n[severity]\n"exit/" = {severity = "info", reason = "y"}\n'
    (tmp_path / "trustaudit.toml").write_text(own, encoding="utf-8")
    ran = run("config", "show")
    (line,) = [line for line in ran.out.splitlines() if line.startswith("severity")]
    assert line.endswith(f"# {tmp_path / 'base.toml'}, {tmp_path / 'trustaudit.toml'}")


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan", "stacked.md", "--output", "report.html"],
        ["scan", "stacked.md", "--write-baseline", "known.json"],
        ["init", ".", "--yes"],
        ["rules", "new", "house/fee", "--into", "mine"],
    ],
    ids=lambda arguments: " ".join(arguments[:2]),
)
def test_a_full_disk_leaves_nothing_half_written(stacked: Path, tmp_path: Path, arguments: list[str]) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    process = ours(*arguments, cwd=tmp_path, limit=10, cache=tmp_path / "cache")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "cannot be written: File too large" in err
    assert len([line for line in err.splitlines() if line.startswith("error")]) == 1
    after = {path for path in tmp_path.rglob("*") if path.is_file() and "cache" not in path.parts}
    assert after == before


def test_a_full_standard_output_is_said(stacked: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "trustaudit", "scan", str(stacked)],
            stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (2, "error: standard output: No space left on device\n")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupted_run_says_so_and_leaves_nothing(tmp_path: Path, stacked: Path, jobs: str) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(400):
        (papers / f"{number}.md").write_text(stacked.read_text(encoding="utf-8") * 30, encoding="utf-8")
    process = ours("scan", "papers", "--jobs", jobs, "--output", "report.html", cwd=tmp_path)
    under_way(process)
    assert process.poll() is None, process.communicate()
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "interrupted: what was not finished is not written" in err
    assert "Traceback" not in err
    assert not [path.name for path in tmp_path.iterdir() if "report" in path.name]


def test_runs_at_once_share_a_cache(tmp_path: Path, stacked: Path) -> None:
    """Four at a cold cache, then one at a cache full of rubbish: all say the same."""
    cache = tmp_path / "cache"
    asked = ("scan", "stacked.md", "--format", "json")
    processes = [ours(*asked, cwd=tmp_path, cache=cache) for _ in range(4)]
    said = [process.communicate(timeout=120) for process in processes]
    assert {process.returncode for process in processes} == {1}
    assert len(set(said)) == 1
    kept = [path for path in cache.rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        path.write_text("rubbish", encoding="utf-8")
    assert ours(*asked, cwd=tmp_path, cache=cache).communicate(timeout=60) == said[0]


def test_lint_names_a_rule_that_finds_the_same(run: Run, tmp_path: Path) -> None:
    rule = tmp_path / "mine" / "house" / "change.yaml"
    rule.parent.mkdir(parents=True)
    rule.write_text(
        "title: Changes at will\nseverity: minor\nconfidence: medium\neffect: withdrawal\ntopic: change\n"
        "why: It takes every promise back.\nadvice: Give notice.\nrewrite: We tell you before.\n"
        'references: [{name: "Ours", checked_on: 2026-01-31}]\n'
        "find:\n  kind: phrases\n  any:\n    - <company> may ... modify (these|the) terms\n"
        "examples:\n  flagged:\n    - «We may, at any time and without notice, modify these terms».\n"
        "    - «We may without notice modify the terms».\n"
        "  clean:\n    - You may modify the terms.\n    - We keep these terms.\n",
        encoding="utf-8",
    )
    assert run("rules", "test", "mine").status == 0
    ran = run("rules", "lint", "mine")
    assert ran.status == 1
    assert f"{RULE} finds 2 of the 2 flagged examples too: is it the same rule? [overlap]" in ran.out


def test_a_pattern_that_could_take_for_ever_does_not_load(run: Run, tmp_path: Path) -> None:
    rule = tmp_path / "mine" / "house" / "heavy.yaml"
    rule.parent.mkdir(parents=True)
    rule.write_text(
        "title: Heavy\nseverity: minor\nconfidence: medium\neffect: note\ntopic: x\nwhy: It is.\n"
        "find:\n  kind: tokens\n  gate: pay\n  patterns:\n"
        '    - [{LOWER: pay}, {OP: "*"}, {LOWER: the}, {OP: "+"}, {LOWER: fee}]\n'
        "examples:\n  flagged: [You «pay the big fee»., They «pay the new fee».]\n  clean: [No., Never.]\n",
        encoding="utf-8",
    )
    ran = run("rules", "test", "mine")
    assert ran.status == 2
    assert "heavy.yaml:11: 'patterns': 2 tokens of one pattern may repeat without end" in ran.err
    rule.write_text(rule.read_text(encoding="utf-8").replace('{OP: "*"}', '{OP: "{0,8}"}'), encoding="utf-8")
    assert run("rules", "test", "mine").status == 0


def test_show_says_what_a_rule_weighs(run: Run) -> None:
    said = run("rules", "show", RULE).out
    assert "costs 15 (consumer) or 5 (business) points × 1 for its confidence" in said
    assert "earns 3 points × 0.75" in run("rules", "show", "care/thanks").out
