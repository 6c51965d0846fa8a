"""The light markup of ``examples/source``: one line a block, its first mark says what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parent / "source"

MARKS = {
    "# ": "title",
    "= ": "subtitle",
    "## ": "heading",
    "| ": "row",
    "- ": "item",
    "~ ": "signature",
    "@ ": "schedule",
}
NOTE = re.compile(r"\[(\d)\] (.+)")
NOTE_MARK = re.compile(r"\[(\d)\]")


@dataclass(frozen=True)
class Piece:
    """One block; ``kind`` is a value of ``MARKS``, or text, or note (with its ``number``)."""

    kind: str
    text: str
    number: int = 0


def pieces(name: str) -> Iterator[Piece]:
    """The blocks of a source file, in order."""
    for line in (SOURCE / name).read_text(encoding="utf-8").splitlines():
        note = NOTE.fullmatch(line)
        mark = next((mark for mark in MARKS if line.startswith(mark)), None)
        if note:
            yield Piece("note", note[2], int(note[1]))
        elif mark:
            yield Piece(MARKS[mark], line.removeprefix(mark))
        elif line.strip():
            yield Piece("text", line)
