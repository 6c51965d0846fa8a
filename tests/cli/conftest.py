"""Running the command line in this process, as the shell would."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from tests.cli.shell import Ran, Run
from trustaudit.cli import main


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call with arguments, and ``stdin`` as bytes; the working folder is ``tmp_path``."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = main([os.fspath(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return call


@pytest.fixture
def stacked(tmp_path: Path) -> Path:
    """A document with a finding that fails by default."""
    path = tmp_path / "stacked.md"
    path.write_text(
        "# Terms of use\n\nWe may, at any time and without notice, modify these terms.\n", encoding="utf-8"
    )
    return path


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A document with nothing to find."""
    path = tmp_path / "plain.md"
    path.write_text(
        "# Terms of use\n\nEither party may end this agreement with thirty days' notice.\n", encoding="utf-8"
    )
    return path
