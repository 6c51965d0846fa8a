"""Documents for a cluster, and real servers on this machine."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import trustaudit
from trustaudit.cluster import Item, Order
from trustaudit.cluster.places import local
from trustaudit.pipeline import Asked, rules_digest

TEXT = "We may end this contract at any time and without notice. You shall pay all fees."


def order() -> Order:
    return Order(Asked(), trustaudit.__version__, rules_digest(Asked()))


def papers(folder: Path, count: int) -> list[Item]:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(f"Number {number}. {TEXT}")
    return [local(path) for path in sorted(folder.iterdir())]


def rows(output: Path) -> list[dict[str, Any]]:
    """Every line of every finished shard."""
    files = sorted((output / "shards").glob("*.jsonl.gz"))
    return [json.loads(line) for file in files for line in gzip.decompress(file.read_bytes()).splitlines()]


def named(output: Path) -> list[str]:
    return sorted(Path(row["document"]["path"]).name for row in rows(output) if "document" in row)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start a process of this Python that is killed at the end, whatever happens."""
    begun: list[subprocess.Popen[bytes]] = []

    def one(*arguments: str) -> subprocess.Popen[bytes]:
        log = (tmp_path / f"process-{len(begun)}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, *arguments], stdout=log, stderr=log, start_new_session=True
        )
        log.close()
        begun.append(process)
        return process

    yield one
    for process in begun:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, 9)
        process.wait()


def listening(port: int, seconds: float = 30.0) -> None:
    """Wait until somebody answers at a port."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens at port {port}")


@pytest.fixture
def scheduler(start: Callable[..., subprocess.Popen[bytes]]) -> tuple[str, subprocess.Popen[bytes]]:
    port = free_port()
    process = start(
        "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"
    )
    listening(port)
    return f"tcp://127.0.0.1:{port}", process


def worker(start: Callable[..., subprocess.Popen[bytes]], address: str) -> subprocess.Popen[bytes]:
    return start(
        "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny"
    )


@pytest.fixture
def clean(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "out"
    shutil.rmtree(tmp_path / "out", ignore_errors=True)
