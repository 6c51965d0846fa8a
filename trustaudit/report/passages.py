"""The document as it is shown in a report: blocks cut into pieces, with findings marked where they stand.

Marks may overlap: a block is cut at every place where one begins or ends, so that each piece knows all
the marks it lies in and none has to be nested in another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trustaudit.document import Block, BlockKind, Document, Span

WHOLE = 300_000
"""Documents of at most so many characters are shown whole."""
_NEAR = 2
"""Of a longer one, so many blocks on each side of a finding."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding's passage: ``rank`` says which one colours a piece that several share."""

    number: int
    span: Span
    style: str  # critical | major | minor | info | deposit | note
    rank: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters in the same marks; ``opens`` and ``closes`` are the marks that begin and end with it."""

    text: str
    style: str = ""  # of its worst mark; empty outside of any
    numbers: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()
    fine: bool = False
    hidden: bool = False  # nobody who looks at the page sees it


@dataclass(frozen=True, slots=True)
class Passage:
    """A block as it is shown; ``gap`` blocks before it are left out; ``page`` is set where a page begins."""

    kind: str
    level: int
    pieces: tuple[Piece, ...]
    page: int | None = None
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks of one kind in a row: a list, a row of cells, or one block alone."""

    kind: str
    passages: tuple[Passage, ...]


def groups(passages: Sequence[Passage]) -> Iterator[Group]:
    """List items and cells that follow each other belong together."""
    held: list[Passage] = []
    for passage in passages:
        joins = bool(held) and passage.kind == held[0].kind and passage.kind in _JOINED
        if held and not (joins and passage.page is None and not passage.gap):
            yield Group(held[0].kind, tuple(held))
            held = []
        held.append(passage)
    if held:
        yield Group(held[0].kind, tuple(held))


_JOINED = frozenset({BlockKind.LIST_ITEM.value, BlockKind.TABLE_CELL.value, BlockKind.CONTENTS.value})


def passages(document: Document, marks: Sequence[Mark], fine: Sequence[Span]) -> tuple[Passage, ...]:
    """The blocks of the document in order, all of them or those near a mark."""
    ordered = sorted(marks, key=lambda mark: mark.span)
    shown = _shown(document, ordered)
    by_block = _share(document, ordered)
    tints = _share_spans(document, fine)
    unseen = _share_spans(document, [Span(run.start, run.end) for run in document.runs if run.hidden])
    made: list[Passage] = []
    page: int | None = None
    last = -1
    for index in shown:
        block = document.blocks[index]
        here = _page(document, block)
        over = Over(by_block.get(index, ()), tints.get(index, ()), unseen.get(index, ()))
        pieces = tuple(_pieces(document, block, over))
        begins = here if here is not None and here != page else None
        made.append(Passage(block.kind.value, min(max(block.level, 1), 6), pieces, begins, index - last - 1))
        page, last = here or page, index
    left = len(document.blocks) - 1 - last
    if left:
        made.append(Passage("end", 1, (), gap=left))
    return tuple(made)


def _shown(document: Document, marks: Sequence[Mark]) -> Sequence[int]:
    if len(document.text) <= WHOLE:
        return range(len(document.blocks))
    near: set[int] = set()
    for mark in marks:
        first = document.block_index(mark.span.start)
        last = document.block_index(max(mark.span.end - 1, mark.span.start))
        near.update(range(max(first - _NEAR, 0), min(last + _NEAR + 1, len(document.blocks))))
    return sorted(near)


def _touched(document: Document, span: Span) -> range:
    first = max(document.block_index(span.start), 0)
    return range(first, document.block_index(max(span.end - 1, span.start)) + 1)


def _share(document: Document, marks: Sequence[Mark]) -> dict[int, list[Mark]]:
    shared: dict[int, list[Mark]] = {}
    for mark in marks:
        for index in _touched(document, mark.span):
            shared.setdefault(index, []).append(mark)
    return shared


def _share_spans(document: Document, spans: Sequence[Span]) -> dict[int, list[Span]]:
    shared: dict[int, list[Span]] = {}
    for span in spans:
        for index in _touched(document, span):
            shared.setdefault(index, []).append(span)
    return shared


def _page(document: Document, block: Block) -> int | None:
    return next((run.page for run in document.runs_in(block.span) if run.page is not None), None)


@dataclass(frozen=True, slots=True)
class Over:
    """What lies over one block."""

    marks: Sequence[Mark] = ()
    fine: Sequence[Span] = ()
    hidden: Sequence[Span] = ()


def _pieces(document: Document, block: Block, over: Over) -> Iterator[Piece]:
    """One sweep through the block, from edge to edge, with the marks that are open."""
    begin: dict[int, list[Mark]] = defaultdict(list)
    end: dict[int, list[Mark]] = defaultdict(list)
    for mark in over.marks:
        span = _clamped(mark.span, block)
        if span.start < span.end:
            begin[span.start].append(mark)
            end[span.end].append(mark)
    fine, hidden = _steps(over.fine, block), _steps(over.hidden, block)
    edges = sorted({block.start, block.end, *begin, *end, *fine, *hidden})
    inside: dict[int, Mark] = {}
    fines = hiddens = 0
    for start, stop in pairwise(edges):
        for mark in end[start]:
            del inside[mark.number]
        inside |= {mark.number: mark for mark in begin[start]}
        fines, hiddens = fines + fine.get(start, 0), hiddens + hidden.get(start, 0)
        worst = max(inside.values(), key=lambda mark: (mark.rank, -_length(mark.span)), default=None)
        yield Piece(
            document.text[start:stop],
            worst.style if worst else "",
            tuple(inside),
            tuple(mark.number for mark in begin[start] if _first(document, mark, block)),
            tuple(mark.number for mark in end[stop] if _last(document, mark, block)),
            fines > 0,
            hiddens > 0,
        )


def _steps(spans: Sequence[Span], block: Block) -> dict[int, int]:
    """By how much the number of open spans changes at each edge in the block."""
    steps: dict[int, int] = {}
    for span in spans:
        start, end = _clamped(span, block)
        if start < end:
            steps[start] = steps.get(start, 0) + 1
            steps[end] = steps.get(end, 0) - 1
    return steps


def _clamped(span: Span, block: Block) -> Span:
    """The part of a span inside a block; empty at one of its edges where there is none."""
    start = min(max(span.start, block.start), block.end)
    return Span(start, max(min(span.end, block.end), start))


def _first(document: Document, mark: Mark, block: Block) -> bool:
    """Whether the mark's first visible character is in this block."""
    index = document.block_index(mark.span.start)
    if index < 0 or document.blocks[index].end <= mark.span.start:
        index += 1  # it begins between two blocks
    return document.blocks[index] is block


def _last(document: Document, mark: Mark, block: Block) -> bool:
    """Whether its last one is."""
    return document.blocks[document.block_index(mark.span.end - 1)] is block


def _length(span: Span) -> int:
    return span.end - span.start
