"""The text as rules see it: lower case, plain quotes, single blanks, parties as one-character marks.

``View.span`` carries a match back to the document, so nothing that is found loses its place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from trustaudit.document import Span
from trustaudit.ruleset.phrase import MARKS

_PLAIN = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "`": "'", "´": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-", "­": " ",
    "\n": " ", "\r": " ", "\t": " ", "\v": " ", "\f": " ",
    "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ",
    "\u200b": " ", "\u2060": " ", "\ufeff": " ", "\u2028": " ", "\u2029": " ",
} | dict.fromkeys(MARKS, "?")  # fmt: skip
_TABLE = str.maketrans(_PLAIN)

# What a tokeniser put between words and their marks, and runs of blanks.
_LOOSE = re.compile(r"  +| (?=[,.;:!?%)\]](?:[ )\]]|$))|(?<=[(\[]) | (?='(?:s|re|ll|ve|d|m|t)\b)| (?=n't\b)")
_TOKENISED = re.compile(r"  | [,.;:)](?: |$)|[(] | 's\b|n't\b")


@dataclass(frozen=True)
class View:
    """Pieces of ``text`` and where they come from.

    Piece ``i`` begins at ``starts[i]`` in the view and at ``origins[i]`` in the document, where it is
    ``lengths[i]`` characters long. A piece as long here as there is a copy; any other stands for the whole.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]
    lengths: tuple[int, ...]
    base: int  # view offset at which the copies of lead-ins begin; before it the view follows the document

    def origin(self, offset: int, *, end: bool = False) -> int:
        """The document offset of a view offset; with ``end``, of the end of the character before it."""
        at = offset - 1 if end else offset
        piece = max(bisect_right(self.starts, at) - 1, 0)
        inside = at - self.starts[piece]
        stop = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        if stop - self.starts[piece] == self.lengths[piece]:
            return self.origins[piece] + inside + end
        return self.origins[piece] + (self.lengths[piece] if end else 0)

    def span(self, start: int, end: int) -> Span:
        """The document's range of a non-empty view range that comes from one place."""
        return Span(self.origin(start), self.origin(end, end=True))

    def locate(self, offset: int) -> int:
        """The view offset of a document offset (inside the part that follows the document)."""
        pieces = bisect_right(self.starts, self.base - 1) if self.base else 0
        piece = max(bisect_right(self.origins, offset, 0, pieces) - 1, 0)
        inside = offset - self.origins[piece]
        stop = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        length = stop - self.starts[piece]
        if length == self.lengths[piece]:
            return self.starts[piece] + min(inside, length)
        return self.starts[piece] if inside < self.lengths[piece] else stop


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters ``start`` to ``end`` of the document are shown as ``text``."""

    start: int
    end: int
    text: str


def plain(text: str) -> str:
    """Lower case and plain characters, one for one: offsets stay."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.translate(_TABLE)


def spacing(text: str) -> list[Edit]:
    """What must go so that blanks are single and punctuation is close; ``text`` is already plain."""
    if not _TOKENISED.search(text):
        return []
    return [
        Edit(found.start(), found.end(), " " if found.end() - found.start() > 1 else "")
        for found in _LOOSE.finditer(text)
    ]


def apply(text: str, edits: Iterable[Edit]) -> View:
    """The view of a plain text after the edits, which are in order and do not overlap."""
    parts: list[str] = []
    starts: list[int] = []
    origins: list[int] = []
    lengths: list[int] = []
    length = at = 0

    def piece(shown: str, start: int, end: int) -> None:
        nonlocal length
        if not shown:
            return
        parts.append(shown)
        starts.append(length)
        origins.append(start)
        lengths.append(end - start)
        length += len(shown)

    for edit in edits:
        piece(text[at : edit.start], at, edit.start)
        piece(edit.text, edit.start, edit.end)
        at = edit.end
    piece(text[at:], at, len(text))
    return View("".join(parts), tuple(starts), tuple(origins), tuple(lengths), length)


def extended(view: View, additions: Iterable[tuple[int, int]]) -> tuple[View, list[int]]:
    """The view with copies of some of its ranges behind it, a blank before each; where each copy begins."""
    parts = [view.text]
    starts, origins, lengths = list(view.starts), list(view.origins), list(view.lengths)
    length = len(view.text)
    begins: list[int] = []
    for begin, end in additions:
        starts.append(length)
        origins.append(view.origin(begin))
        lengths.append(0)
        parts.append(" ")
        length += 1
        begins.append(length)
        piece = max(bisect_right(view.starts, begin) - 1, 0)
        while piece < len(view.starts) and view.starts[piece] < end:
            start = view.starts[piece]
            stop = view.starts[piece + 1] if piece + 1 < len(view.starts) else len(view.text)
            first, last = max(start, begin), min(stop, end)
            copied = stop - start == view.lengths[piece]
            starts.append(length + first - begin)
            origins.append(view.origins[piece] + (first - start if copied else 0))
            lengths.append(last - first if copied else view.lengths[piece])
            piece += 1
        parts.append(view.text[begin:end])
        length += end - begin
    return View("".join(parts), tuple(starts), tuple(origins), tuple(lengths), view.base), begins
