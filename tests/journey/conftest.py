"""What the tests of the journey share: the example, audited once, and golden files.

``TRUSTAUDIT_UPDATE_GOLDEN=1 python -m pytest tests/journey`` writes the golden files anew; read the difference.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

import trustaudit
from tests.cli.conftest import run  # noqa: F401  # a fixture
from trustaudit.journey_audit import JourneyAudit

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "journey"
Golden = Callable[[str, str], None]
_FOLDER = Path(__file__).parent / "golden"


@pytest.fixture(scope="session")
def example() -> JourneyAudit:
    """The example journey as it is audited today."""
    return trustaudit.audit_journey(EXAMPLE)


@pytest.fixture
def golden() -> Golden:
    """Compares a text with the file of that name, or writes it."""

    def compare(name: str, text: str) -> None:
        path = _FOLDER / name
        if os.environ.get("TRUSTAUDIT_UPDATE_GOLDEN"):
            path.write_text(text, encoding="utf-8", newline="")
        assert path.exists(), f"{name} is missing: run with TRUSTAUDIT_UPDATE_GOLDEN=1"
        assert text == path.read_text(encoding="utf-8"), f"{name} differs: look, then write it anew"

    return compare
