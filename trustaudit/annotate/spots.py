"""Where in a text file notes go: the stretches to mark, cut at each other so that none overlap half."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trustaudit.annotate.sources import Source, ranges
from trustaudit.annotate.values import Note
from trustaudit.document import Document, Span


@dataclass(frozen=True, slots=True)
class Spot:
    """A note and its stretches of the source, at least one."""

    note: Note
    ranges: tuple[Span, ...]


def spots(
    document: Document, source: Source, notes: Iterable[Note]
) -> tuple[list[Spot], list[tuple[Note, str]]]:
    """The notes that have a place in the source, and those that have none, with the reason."""
    placed: list[Spot] = []
    unplaced: list[tuple[Note, str]] = []
    for note in notes:
        if note.start == note.end:
            continue
        found = ranges(document, source.text, whole_placeholders(document, note.span))
        if found:
            placed.append(Spot(note, found))
        else:
            unplaced.append((note, "its words do not stand in the file as they are shown"))
    return placed, unplaced


def whole_placeholders(document: Document, span: Span) -> Span:
    """The span widened so that it begins and ends in no template's variable."""
    start, end = span
    for each in document.placeholders:
        if each.start < start < each.end:
            start = each.start
        if each.start < end < each.end:
            end = each.end
    return Span(start, end)


def segments(spots: Sequence[Spot]) -> Iterator[tuple[Span, tuple[Spot, ...]]]:
    """Stretches in their order, each with the spots that cover it: none overlaps another."""
    owners = sorted((each.start, each.end, at) for at, spot in enumerate(spots) for each in spot.ranges)
    edges = sorted({edge for start, end, _ in owners for edge in (start, end)})
    active: list[tuple[int, int, int]] = []
    ahead = 0
    for start, end in pairwise(edges):
        while ahead < len(owners) and owners[ahead][0] <= start:
            active.append(owners[ahead])
            ahead += 1
        active = [each for each in active if each[1] > start]
        over = sorted({at for _, _, at in active})
        if over:
            yield Span(start, end), tuple(spots[at] for at in over)


def inserted(text: str, insertions: Iterable[tuple[int, str]]) -> str:
    """The text with pieces put in; those at one place in the order given."""
    parts: list[str] = []
    at = 0
    for place, piece in sorted(insertions, key=lambda each: each[0]):
        parts += [text[at:place], piece]
        at = place
    return "".join([*parts, text[at:]])
