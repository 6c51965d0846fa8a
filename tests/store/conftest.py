"""Folders of documents, runs of the command line, and workers in which some files are deadly."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import run as run  # noqa: PLC0414  # a fixture

Written = Callable[..., Path]

CLAUSE = "We may, at any time and without notice, modify these terms. You shall pay all fees in advance."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six contracts that differ."""
    return filled(tmp_path / "papers", 6)


def filled(place: Path, count: int) -> Path:
    place.mkdir()
    for number in range(count):
        text = f"# Terms of use {number}\n\nThis agreement is made between Acme Ltd and the customer.\n\n{CLAUSE}\n"
        (place / f"{number:03}.md").write_text(text, encoding="utf-8")
    return place


def shell(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    return subprocess.run(command(*arguments), capture_output=True, text=True, check=False, **options)


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "trustaudit", *(os.fspath(each) for each in arguments)]


def rows(store: Path, question: str) -> list[Any]:
    with sqlite3.connect(store) as opened:
        opened.text_factory = bytes if "CAST" in question else str
        return opened.execute(question).fetchall()


HOOK = """
import os, signal, sys
from pathlib import Path
if "trustaudit.batch.worker" in sys.orig_argv:
    import trustaudit.parsing as parsing

    log = Path(os.environ["SEEN_BY_WORKERS"])
    whole = parsing.parse

    def parse(data, name="", *rest, **more):
        if name != "warm.txt":
            with log.open("a") as file:
                file.write(name + chr(10))
        if b"KILL ME" in data:
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(data, name, *rest, **more)

    parsing.parse = parse
"""


@pytest.fixture
def seen(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], list[str]]:
    """The names of the files that workers have parsed so far; files that say so kill the worker."""
    place = tmp_path_factory.mktemp("hook")
    (place / "sitecustomize.py").write_text(textwrap.dedent(HOOK))
    log = place / "log"
    log.touch()
    monkeypatch.setenv("PYTHONPATH", str(place))
    monkeypatch.setenv("SEEN_BY_WORKERS", str(log))
    return lambda: [Path(name).name for name in log.read_text().splitlines()]
