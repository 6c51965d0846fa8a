"""Workers that hang, die or eat memory cost their own file and no other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import trustaudit
from trustaudit.audit import Audit, Unreadable
from trustaudit.batch import Limits, scan_many
from trustaudit.errors import RuleError

TEXT = "We may end this contract at any time and without notice. You shall pay all fees."


def written(folder: Path, count: int) -> list[Path]:
    paths = [folder / f"{number:02}.txt" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_text(f"Number {number}. {TEXT}", encoding="utf-8")
    return paths


def names(results: list[Audit | Unreadable]) -> list[str]:
    return [Path(one.path if isinstance(one, Unreadable) else one.document.name).name for one in results]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order_and_say_the_same_however_many_workers(tmp_path: Path, jobs: int) -> None:
    paths = written(tmp_path, 7)

    results = list(trustaudit.scan_many(paths, jobs=jobs))

    assert names(results) == [path.name for path in paths]
    alone = trustaudit.scan(paths[3])
    third = results[3]
    assert isinstance(third, Audit)
    assert third.findings == alone.findings
    assert third.score == alone.score


def test_a_file_that_cannot_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    paths = written(tmp_path, 3)
    paths[1].write_bytes(b"%PDF-1.7 broken")

    results = list(scan_many([*paths, tmp_path / "missing.txt"], isolated=True))

    assert [type(one) for one in results] == [Audit, Unreadable, Audit, Unreadable]
    assert all(one.reason for one in results if isinstance(one, Unreadable))


def test_wrong_rules_are_told_before_the_first_file(tmp_path: Path) -> None:
    (tmp_path / "rules" / "x").mkdir(parents=True)
    (tmp_path / "rules" / "x" / "y.yaml").write_text("titel: wrong\n")

    with pytest.raises(RuleError, match="titel"):
        next(scan_many(written(tmp_path, 1), rules=[tmp_path / "rules"]))


def fifo(folder: Path) -> Path:
    """A pipe that nobody writes into: whoever opens it to read waits for ever."""
    path = folder / "pipe.txt"
    os.mkfifo(path)
    return path


def test_a_file_that_hangs_is_given_up_and_the_others_go_on(tmp_path: Path) -> None:
    paths = written(tmp_path, 4)
    paths.insert(2, fifo(tmp_path))

    results = list(scan_many(paths, jobs=2, limits=Limits(seconds=6)))

    assert names(results) == [path.name for path in paths]
    hung = results[2]
    assert isinstance(hung, Unreadable)
    assert "longer than 6 seconds" in hung.reason


KILLER = """
import os, signal, sys
from pathlib import Path
import trustaudit.pipeline as pipeline

whole = pipeline.attempt
def attempt(path, asked, *rest):
    if b"KILL ME" in Path(path).read_bytes():
        os.kill(os.getpid(), signal.SIGKILL)
    if b"EAT ME" in Path(path).read_bytes():
        bytearray(3_000_000_000)
    return whole(path, asked, *rest)
pipeline.attempt = attempt
"""


@pytest.fixture
def deadly(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers in which some files kill the process: a real death, brought in by Python's start-up hook."""
    folder = tmp_path_factory.mktemp("hook")
    (folder / "sitecustomize.py").write_text(textwrap.dedent(KILLER))
    monkeypatch.setenv("PYTHONPATH", str(folder))


@pytest.mark.usefixtures("deadly")
def test_a_file_that_kills_its_worker_is_named_and_nothing_else_is_lost(tmp_path: Path) -> None:
    paths = written(tmp_path, 6)
    paths[2].write_text("KILL ME")

    results = list(scan_many(paths, jobs=2))

    assert names(results) == [path.name for path in paths]
    assert [type(one) for one in results] == [Audit, Audit, Unreadable, Audit, Audit, Audit]
    dead = results[2]
    assert isinstance(dead, Unreadable)
    assert f"signal {int(signal.SIGKILL)}" in dead.reason


@pytest.mark.usefixtures("deadly")
def test_a_file_that_needs_too_much_memory_is_unreadable(tmp_path: Path) -> None:
    paths = written(tmp_path, 2)
    paths[0].write_text("EAT ME")

    results = list(scan_many(paths, isolated=True))

    first = results[0]
    assert isinstance(first, Unreadable)
    assert "1,000 MB" in first.reason
    assert isinstance(results[1], Audit)


def test_a_slow_file_does_not_lose_the_many_behind_it(tmp_path: Path) -> None:
    paths = written(tmp_path, 30)
    paths.insert(0, fifo(tmp_path))

    results = list(scan_many(paths, jobs=2, limits=Limits(seconds=12)))

    assert names(results) == [path.name for path in paths]
    assert sum(isinstance(one, Unreadable) for one in results) == 1


def test_a_script_without_a_main_guard_may_use_workers(tmp_path: Path) -> None:
    written(tmp_path, 2)
    script = tmp_path / "script.py"
    script.write_text(
        "import glob, trustaudit\n"
        "print(sum(1 for _ in trustaudit.scan_many(sorted(glob.glob('*.txt')), jobs=2)))\n"
    )

    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert done.stdout == "2\n"


def test_leaving_early_leaves_no_worker_behind(tmp_path: Path) -> None:
    results = scan_many(written(tmp_path, 5), jobs=2)
    next(results)
    results.close()  # type: ignore[attr-defined]

    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    assert not children.exists() or "batch.worker" not in "".join(
        Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
        for child in children.read_text().split()
    )
