"""Fixtures that every test may use."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# a shell that starts tests in its background tells them to ignore Ctrl-C, and they would tell their children
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[1]

# how long an example takes says more about the machine than about the code; a build must not fail by chance
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The shared data to measure with, where it is present."""
    path = Path(os.environ.get("TRUSTAUDIT_DATA", ROOT.parent / "shared" / "data"))
    if not path.is_dir():
        pytest.skip("shared data not present: set TRUSTAUDIT_DATA")
    return path
