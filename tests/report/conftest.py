"""Golden files: ``python -m pytest tests/report --update-golden`` writes them anew; read the difference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Golden = Callable[[str, str], None]
_FOLDER = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden reports anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """Compares a report with the file of that name, or writes it."""

    def compare(name: str, text: str) -> None:
        path = _FOLDER / name
        if request.config.getoption("--update-golden", default=False):
            path.write_text(text, encoding="utf-8", newline="")
        assert path.exists(), f"{name} is missing: run with --update-golden"
        assert text == path.read_text(encoding="utf-8"), (
            f"{name} differs: look, then run with --update-golden"
        )

    return compare
