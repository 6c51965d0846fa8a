"""What was read: one immutable text, and everything that points into it.

All positions are half-open character ranges of ``Document.text``. Sizes, boxes and leading are in
points (1/72 inch); boxes have their origin at the top left of the page as it is displayed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

Color = tuple[int, int, int]
"""sRGB, each part 0..255."""

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left corner of the displayed page."""


class Span(NamedTuple):
    """Half-open range of characters."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class BlockKind(StrEnum):
    """What a block is to its reader."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list-item"
    TABLE_CELL = "table-cell"
    FOOTNOTE = "footnote"
    HEADER = "header"
    FOOTER = "footer"
    CAPTION = "caption"
    PAGE_NUMBER = "page-number"
    CONTENTS = "contents"
    SUBJECT = "subject"
    PREHEADER = "preheader"
    BUTTON = "button"
    NOTE = "note"


FURNITURE = frozenset({BlockKind.HEADER, BlockKind.FOOTER, BlockKind.PAGE_NUMBER})
"""What is printed round the text on each page, and is not the text."""


class Hidden(StrEnum):
    """Why a run cannot be seen by who looks at the page."""

    STYLE = "style"  # vanish, display: none, visibility: hidden
    INVISIBLE = "invisible"  # PDF render mode 3, full transparency
    FAINT = "faint"  # same colour as what is behind it, contrast under 1.5
    COVERED = "covered"  # painted over or clipped away
    OFF_PAGE = "off-page"
    TINY = "tiny"  # under 2 points
    LAYER = "layer"  # on a layer that is switched off
    COLLAPSED = "collapsed"  # in a section that opens at a click


@dataclass(frozen=True, slots=True)
class Block:
    """One structural piece: paragraph, heading, list item … ``level`` is the depth, 1 the outermost.

    ``aside`` is what stands in a place of its own beside the text: a sidebar, a box at the margin.
    """

    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    aside: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters set alike on one line. ``None`` means: could not tell."""

    start: int
    end: int
    size: float | None = None  # effective, as seen, in points
    color: Color | None = None
    background: Color | None = None
    contrast: float | None = None  # WCAG 2.2 ratio, 1..21, where it was measured rather than computed
    leading: float | None = None  # line pitch in points
    bold: bool = False
    italic: bool = False
    caps: bool = False  # shown in capitals by its style, whatever the letters in the text are
    hidden: Hidden | None = None
    page: int | None = None  # 1 is the first
    bbox: Box | None = None
    rough: bool = False  # the size was told from a picture: good beside others of its kind, not in points


@dataclass(frozen=True, slots=True)
class Page:
    """A page as displayed, in points."""

    number: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Unread:
    """Something of the source that is not in the text, and why: nothing passes silently."""

    where: str  # "page 3", "word/footnotes.xml", "attachment terms.pdf"
    reason: str
    recognized: bool = False  # its words are in the text after all, as text recognition read them


@dataclass(frozen=True, slots=True)
class Link:
    start: int
    end: int
    target: str


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A template's variable, kept in the text as it is written; ``name`` is its inside, trimmed."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person finds a span: page and box, or line and column of the source file, all from 1."""

    page: int | None = None
    bbox: Box | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None


@dataclass(frozen=True)
class SourceMap:
    """Text offsets to source offsets, piece by piece.

    ``starts[i]`` of the text stands at ``sources[i]`` of the decoded source; inside a piece both
    advance together. ``line_starts`` are the source offsets at which lines begin.
    """

    starts: tuple[int, ...]
    sources: tuple[int, ...]
    line_starts: tuple[int, ...]

    def source(self, offset: int) -> int:
        """The source offset of a text offset."""
        piece = max(bisect_right(self.starts, offset) - 1, 0)
        return self.sources[piece] + offset - self.starts[piece]

    def line_column(self, offset: int) -> tuple[int, int]:
        """Line and column, both from 1, of a text offset."""
        source = self.source(offset)
        line = max(bisect_right(self.line_starts, source), 1)
        return line, source - self.line_starts[line - 1] + 1

    @staticmethod
    def identity(text: str) -> SourceMap:
        """For formats whose text is the source itself."""
        return SourceMap((0,), (0,), line_starts(text))


_LINE_END = re.compile(r"\r\n|\r|\n")
_OTHER_BREAKS = re.compile(r"[\v\f\x1c-\x1e\x85\u2028\u2029]")


def line_starts(text: str) -> tuple[int, ...]:
    """Offsets at which the lines of a text begin (``\\n``, ``\\r\\n`` and ``\\r`` end a line)."""
    if _OTHER_BREAKS.search(text):  # str.splitlines would break lines there too
        return (0, *(found.end() for found in _LINE_END.finditer(text)))
    starts = tuple(accumulate(map(len, text.splitlines(keepends=True)), initial=0))
    return starts if not text or text[-1] in "\r\n" else starts[:-1]


@dataclass(frozen=True, slots=True)
class Entry:
    """One message among several in a file, by its key there; the end is exclusive."""

    key: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Document:
    """One parsed file. Blocks and runs are ordered, do not overlap, and cover every visible character."""

    text: str
    blocks: tuple[Block, ...]
    runs: tuple[Run, ...] = ()
    pages: tuple[Page, ...] = ()
    name: str = ""
    media_type: str = "text/plain"
    sha256: str = ""
    source_map: SourceMap | None = None
    unread: tuple[Unread, ...] = ()
    links: tuple[Link, ...] = ()
    placeholders: tuple[Placeholder, ...] = ()
    entries: tuple[Entry, ...] = ()  # the messages of a catalogue; empty: the file is one
    headers: dict[str, str] = field(
        default_factory=dict
    )  # e-mail: from, reply-to, subject …; HTML: title, lang

    @cached_property
    def _run_starts(self) -> tuple[int, ...]:
        return tuple(run.start for run in self.runs)

    @cached_property
    def _block_starts(self) -> tuple[int, ...]:
        return tuple(block.start for block in self.blocks)

    def quote(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def runs_in(self, span: Span) -> Iterator[Run]:
        """The runs that share characters with the span, in order."""
        at = max(bisect_right(self._run_starts, span.start) - 1, 0)
        while at < len(self.runs) and self.runs[at].start < span.end:
            if self.runs[at].end > span.start:
                yield self.runs[at]
            at += 1

    def block_index(self, offset: int) -> int:
        """Index of the block that holds the offset, or of the last one before it; -1 where none is."""
        return bisect_right(self._block_starts, offset) - 1

    def block_at(self, offset: int) -> Block | None:
        index = self.block_index(offset)
        return self.blocks[index] if index >= 0 else None

    def place(self, span: Span) -> Place:
        """Where the span stands: its first page with the box round its part there, or line and column."""
        line = column = end_line = end_column = None
        if self.source_map is not None:
            line, column = self.source_map.line_column(span.start)
            end_line, end_column = self.source_map.line_column(max(span.end - 1, span.start))
            end_column += 1
        page = bbox = None
        for run in self.runs_in(span):
            if run.page is None or (page is not None and run.page != page):
                continue
            page = run.page
            bbox = _join(bbox, run.bbox)
        return Place(page, bbox, line, column, end_line, end_column)


def _join(box: Box | None, other: Box | None) -> Box | None:
    if box is None or other is None:
        return box or other
    return (min(box[0], other[0]), min(box[1], other[1]), max(box[2], other[2]), max(box[3], other[3]))
