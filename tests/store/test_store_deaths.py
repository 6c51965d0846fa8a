"""Kill -9 of workers and of the run itself, Ctrl-C, two runs at once: nothing lost, nothing twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.shell import Run
from tests.store.conftest import CLAUSE, command, filled, rows, shell

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to find workers"),
]
LONG = CLAUSE * 25


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Contracts that take a worker a while."""
    place = filled(tmp_path / "papers", 24)
    for path in place.iterdir():
        path.write_text(f"{path.read_text()}\n{LONG}\n")
    return place


def workers(parent: int) -> list[int]:
    """The worker processes of a run, as they are now."""
    try:
        return [int(each) for each in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except OSError:
        return []


def started(papers: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("scan", papers, "--store", papers.parent / "audit.db", "--jobs", "2", *options),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def until(ready: Callable[[], object], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def finished(store: Path) -> int:
    try:
        return int(rows(store, "SELECT count(audit_id) FROM documents")[0][0])
    except Exception:  # noqa: BLE001  # not there yet
        return 0


def all_there(papers: Path, count: int = 24) -> None:
    """Each document once, each with its audit, each audit whole."""
    store = papers.parent / "audit.db"
    assert rows(store, "SELECT count(*), count(audit_id), count(DISTINCT audit_id) FROM documents") == [
        (count,) * 3
    ]
    assert rows(store, "SELECT count(*) FROM audits") == [(count,)]
    assert rows(store, "SELECT count(*) FROM audits WHERE id NOT IN (SELECT audit_id FROM findings)") == [
        (0,)
    ]
    outcomes = rows(store, "SELECT DISTINCT count(*) FROM outcomes GROUP BY audit_id")
    assert len(outcomes) == 1
    assert outcomes[0][0] > 100
    assert rows(store, "PRAGMA integrity_check") == [("ok",)]


def test_one_worker_out_of_two_is_killed_again_and_again(papers: Path) -> None:
    chance = random.Random(7)
    run = started(papers)
    killed = 0
    until(lambda: workers(run.pid))
    while run.poll() is None:
        time.sleep(1.0)
        if victims := workers(run.pid):
            os.kill(chance.choice(victims), signal.SIGKILL)
            killed += 1
    out, err = run.communicate()

    assert killed
    assert run.returncode in {0, 1}, err
    assert "24 documents read" in out
    assert "Traceback" not in err
    all_there(papers)


def test_the_run_itself_is_killed_and_the_next_goes_on(papers: Path, seen: Callable[[], list[str]]) -> None:
    run = started(papers)
    until(lambda: finished(papers.parent / "audit.db") >= 5)
    orphans = workers(run.pid)
    run.kill()
    run.communicate()
    kept = finished(papers.parent / "audit.db")
    until(lambda: not any(alive(each) for each in orphans))
    before = Counter(seen())

    again = shell("scan", papers, "--store", papers.parent / "audit.db", "--jobs", "2")

    assert 5 <= kept < 24
    assert f"{24 - kept} audited, {kept} known from before" in again.stderr
    assert sum(Counter(seen()).values()) == sum(before.values()) + 24 - kept
    all_there(papers)


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_control_c_stops_cleanly_and_the_next_run_goes_on(papers: Path) -> None:
    run = started(papers)
    until(lambda: finished(papers.parent / "audit.db") >= 3)
    children = workers(run.pid)
    run.send_signal(signal.SIGINT)
    _, err = run.communicate(timeout=20)

    assert run.returncode == 130
    assert "of 24 documents are in" in err
    assert "goes on from there" in err
    assert "Traceback" not in err
    assert not any(alive(each) for each in children)
    assert shell("scan", papers, "--store", papers.parent / "audit.db", "--jobs", "2").returncode in {0, 1}
    all_there(papers)


def test_two_runs_at_once_share_a_store(papers: Path) -> None:
    both = [started(papers, "--format", "json") for _ in range(2)]
    said = [each.communicate(timeout=120) for each in both]

    assert [each.returncode for each in both] in ([0, 0], [1, 1]), said
    assert said[0][0] == said[1][0]
    assert len(json.loads(said[0][0])["documents"]) == 24
    all_there(papers)


def test_a_file_that_kills_its_worker_is_in_quarantine(
    folder: Path, run: Run, seen: Callable[[], list[str]]
) -> None:
    (folder / "002.md").write_text("KILL ME")
    store = ("--store", "audit.db", "--jobs", "2")

    first = run("scan", "papers", *store)
    assert "5 audited, 1 unreadable (1 in quarantine" in first.err
    assert "reading it ends the process (signal 9)" in first.out
    assert seen().count("002.md") == 3, "the first try and two more"

    second = run("scan", "papers", *store)
    assert second.out == first.out
    assert seen().count("002.md") == 3, "not tried again"

    run("scan", "papers", *store, "--retry")
    assert seen().count("002.md") == 6

    (folder / "002.md").write_text(f"# Terms\n\nMended. {CLAUSE}\n")
    assert "6 documents read" in run("scan", "papers", *store).out


@pytest.fixture
def stubborn(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that never get ready."""
    place = tmp_path_factory.mktemp("stubborn")
    (place / "sitecustomize.py").write_text(
        "import sys\nif 'trustaudit.batch.worker' in sys.orig_argv:\n    raise SystemExit(3)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(place))


@pytest.mark.usefixtures("stubborn")
def test_workers_that_cannot_start_end_the_run(folder: Path, run: Run) -> None:
    done = run("scan", "papers", "--store", "audit.db")

    assert done.status == 2
    assert "no worker process can start" in done.err
