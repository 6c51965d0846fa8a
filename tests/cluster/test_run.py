"""Real schedulers and workers that die: nothing is lost, nothing is done twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import textwrap
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cluster.conftest import named, order, papers, rows, worker
from trustaudit import cluster
from trustaudit.cli import main
from trustaudit.errors import ClusterError, UsageError

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]  # dask's own warnings at shutdown

Start = Callable[..., subprocess.Popen[bytes]]
KILLER = """
import os, signal
from pathlib import Path
import trustaudit.pipeline as pipeline

whole = pipeline.attempt
def attempt(path, asked, *rest):
    if b"KILL ME" in Path(path).read_bytes():
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(path, asked, *rest)
pipeline.attempt = attempt
"""


def test_a_local_cluster_audits_all_and_the_next_run_only_what_is_new(tmp_path: Path, clean: Path) -> None:
    folder = tmp_path / "papers"
    items = papers(folder, 24)
    seen: list[cluster.Progress] = []

    first = cluster.run(items, str(clean), "local", order(), documents=5, told=seen.append)
    again = cluster.run(items, str(clean), "tcp://127.0.0.1:1", order())  # needs no cluster: all is done
    (folder / "007.txt").write_text("Another paper.")
    third = cluster.run(papers(folder, 0), str(clean), "local", order(), workers=1)

    assert (first.documents, first.resumed, first.failed) == (24, 0, [])
    assert seen[-1].documents == seen[-1].total == 24
    assert (again.documents, again.resumed) == (24, again.shards)
    assert third.resumed == third.shards - 1
    assert len(named(clean)) > 24  # the old shard stays beside the new one
    assert json.loads((clean / "summary.json").read_text())["documents"] == 24


def test_a_poison_document_is_named_and_costs_nothing_else(
    tmp_path: Path, clean: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = tmp_path / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(textwrap.dedent(KILLER))
    monkeypatch.setenv("PYTHONPATH", str(hook))
    papers(tmp_path / "papers", 6)
    (tmp_path / "papers" / "poison.txt").write_text("KILL ME")

    total = cluster.run(papers(tmp_path / "papers", 6), str(clean), "local", order(), workers=1, documents=50)

    assert total.failed == []
    assert [(Path(path).name, "signal 9" in reason) for path, reason in total.unreadable] == [
        ("poison.txt", True)
    ]
    assert len(named(clean)) == 6


def test_killed_workers_and_a_killed_scheduler_lose_nothing(
    tmp_path: Path, clean: Path, start: Start, scheduler: tuple[str, subprocess.Popen[bytes]]
) -> None:
    address, process = scheduler
    items = papers(tmp_path / "papers", 24)
    first, _ = worker(start, address), worker(start, address)
    outcome: list[BaseException | cluster.Total] = []

    def run() -> None:
        try:
            outcome.append(cluster.run(items, str(clean), address, order(), documents=3))
        except BaseException as error:  # noqa: BLE001 - it is looked at below
            outcome.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    _until(lambda: len(list((clean / "shards").glob("*"))) > 1)
    os.kill(first.pid, signal.SIGKILL)
    _until(lambda: len(list((clean / "shards").glob("*"))) > 3)
    os.killpg(process.pid, signal.SIGKILL)
    thread.join(timeout=90)

    assert isinstance(outcome[0], ClusterError)
    assert "run the same command again" in str(outcome[0])
    before = len(list((clean / "shards").glob("*")))
    total = cluster.run(items, str(clean), "local", order())
    assert total.resumed >= before > 3
    assert named(clean) == [f"{number:03}.txt" for number in range(24)]  # each once


def _until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_workers_with_other_rules_are_refused(tmp_path: Path, clean: Path) -> None:
    with pytest.raises(ClusterError, match="rules"):
        cluster.run(
            papers(tmp_path / "p", 2), str(clean), "local", replace(order(), rules_sha256="0" * 64), workers=1
        )

    assert rows(clean) == []


def test_a_folder_with_results_of_other_settings_is_refused(tmp_path: Path, clean: Path) -> None:
    clean.mkdir()
    (clean / "run.json").write_text('{"key": "something else"}')

    with pytest.raises(UsageError, match="choose another folder"):
        cluster.run(papers(tmp_path / "p", 2), str(clean), "local", order())


def test_a_cluster_that_is_not_there_is_told(
    tmp_path: Path, clean: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trustaudit.cluster.runner._ANSWER", 1.0)
    papers(tmp_path / "p", 1)

    status = main(["scan", str(tmp_path / "p"), "--cluster", "tcp://127.0.0.1:9", "--output", str(clean)])

    assert status == 2
    assert "cannot be reached" in capsys.readouterr().err


def test_the_command_says_what_it_needs_and_what_does_not_go_together(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    papers(tmp_path, 1)

    assert main(["scan", str(tmp_path), "--cluster", "local"]) == 2
    assert "--output" in capsys.readouterr().err
    assert main(["scan", str(tmp_path), "--cluster", "local", "--output", "x", "--store", "s.db"]) == 2
    assert "--store does not go with --cluster" in capsys.readouterr().err
