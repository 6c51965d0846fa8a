"""A store of small contracts in which clauses repeat, word for word and nearly."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import run as run  # noqa: PLC0414  # a fixture
from trustaudit.cli import main

HARSH = (
    "We may at any time and without notice modify the fees and the other terms of this agreement number {n}."
)
NEAR = "We may at any time and without notice modify the fees and the other terms of this agreement no. {n}."
FAIR = (
    "We may with thirty days' notice modify the fees and the other terms of this agreement number {n}, "
    "and you may leave at no cost before it takes effect."
)
MUTUAL = "Either party may end this agreement with thirty days' written notice to the other party, whatever its number."


def paper(number: int, clause: str) -> str:
    return f"# Agreement {number}\n\nThis agreement is made between Acme Ltd and the customer of {number}.\n\n{clause.format(n=number)}\n\n{MUTUAL}\n"


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine agreements: five harsh, two nearly as they, two fair; a message; a file that is broken."""
    place = tmp_path_factory.mktemp("portfolio")
    papers = place / "papers"
    papers.mkdir()
    for number in range(9):
        clause = HARSH if number < 5 else NEAR if number < 7 else FAIR
        (papers / f"{number}.md").write_text(paper(number, clause), encoding="utf-8")
    (papers / "note.txt").write_text("Hi Ana, your order is ready. Thank you for choosing us!\n")
    (papers / "<b>&broken.pdf").write_bytes(b"%PDF-1.7 broken")
    path = place / "audit.db"
    assert main(["scan", str(papers), "--store", str(path), "--fail-on", "never"]) == 0
    return path
