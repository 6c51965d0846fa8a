"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The shared data to measure with, where it is present."""
    path = Path(os.environ.get("TRUSTAUDIT_DATA", ROOT.parent / "shared" / "data"))
    if not path.is_dir():
        pytest.skip("shared data not present: set TRUSTAUDIT_DATA")
    return path
