"""Puts a document together piece by piece, so that every parser keeps the same invariants."""

from __future__ import annotations

from dataclasses import dataclass, replace

from trustaudit.document import (
    Block,
    BlockKind,
    Box,
    Color,
    Document,
    Hidden,
    Link,
    Placeholder,
    Run,
    SourceMap,
)

SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text is set: the fields of ``Run`` without its range."""

    size: float | None = None
    color: Color | None = None
    background: Color | None = None
    contrast: float | None = None
    leading: float | None = None
    bold: bool = False
    italic: bool = False
    caps: bool = False
    hidden: Hidden | None = None
    page: int | None = None
    bbox: Box | None = None
    rough: bool = False


Piece = tuple[str, Style, int | None, str, str]
"""Text, how it is set, where it begins in the source, the link's target, the placeholder's name."""


class Builder:
    """``start`` a block, ``add`` its pieces, ``document`` at the end. Empty blocks leave nothing.

    White space inside a block is the caller's: a piece is added as it is, but blanks at the two ends
    of a block are dropped, so that blocks never begin or end with white space.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._runs: list[Run] = []
        self._links: list[Link] = []
        self._placeholders: list[Placeholder] = []
        self._map: list[tuple[int, int]] = []
        self._kind = BlockKind.PARAGRAPH
        self._level = 0
        self._aside = False
        self._style = Style()  # of the run that is open
        self._run_start = self._run_end = 0
        self._pending: list[Piece] = []

    @property
    def count(self) -> int:
        """How many blocks are closed."""
        return len(self._blocks)

    def start(self, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0, *, aside: bool = False) -> None:
        """Begin a block; the one before is closed."""
        self.close()
        self._kind, self._level, self._aside = kind, level, aside

    def add(
        self,
        text: str,
        style: Style = Style(),
        source: int | None = None,
        link: str = "",
        placeholder: str = "",
    ) -> None:
        """Add text set in one style; ``source`` is where it begins in the decoded source.

        ``link`` is the target that the text leads to, ``placeholder`` the name of the template's
        variable that it stands for.
        """
        if text:
            self._pending.append((text, style, source, link, placeholder))

    def close(self) -> None:
        """End the block, if one is open."""
        pieces = _trim(self._pending)
        self._pending = []
        if not pieces:
            return
        if self._blocks:
            self._parts.append(SEPARATOR)
            self._length += len(SEPARATOR)
        start = self._length
        for piece in pieces:
            self._append(*piece)
        self._blocks.append(Block(start, self._length, self._kind, self._level, self._aside))

    def document(self, **fields: object) -> Document:
        """The document; ``fields`` are those of ``Document`` that the builder does not make."""
        self.close()
        self._close_run()
        built = Document(
            "".join(self._parts),
            tuple(self._blocks),
            tuple(self._runs),
            links=tuple(self._links),
            placeholders=tuple(self._placeholders),
        )
        return replace(built, **fields)  # type: ignore[arg-type]

    def source_map(self, line_starts: tuple[int, ...]) -> SourceMap | None:
        """The map of all pieces that had a ``source``; call after ``close``."""
        if not self._map:
            return None
        return SourceMap(tuple(at for at, _ in self._map), tuple(to for _, to in self._map), line_starts)

    def _append(self, text: str, style: Style, source: int | None, link: str, placeholder: str) -> None:
        start, self._length = self._length, self._length + len(text)
        self._parts.append(text)
        if source is not None:
            self._map.append((start, source))
        if link:
            self._links.append(Link(start, self._length, link))
        if placeholder:
            self._placeholders.append(Placeholder(start, self._length, placeholder))
        if self._run_end != start or (style is not self._style and style != self._style):
            self._close_run()
            self._style, self._run_start = style, start
        self._run_end = self._length

    def _close_run(self) -> None:
        """The run that pieces were gathered for, as one."""
        style = self._style
        if self._run_end > self._run_start:
            self._runs.append(Run(
                self._run_start, self._run_end, style.size, style.color, style.background, style.contrast,
                style.leading, style.bold, style.italic, style.caps, style.hidden, style.page, style.bbox,
                style.rough,
            ))  # fmt: skip
        self._run_start = self._run_end


def _trim(pieces: list[Piece]) -> list[Piece]:
    """The pieces without blanks at the two ends."""
    first, last = 0, len(pieces)
    while first < last and pieces[first][0].isspace():
        first += 1
    while last > first and pieces[last - 1][0].isspace():
        last -= 1
    kept = pieces[first:last]
    if kept:
        text, style, source, link, placeholder = kept[0]
        begun = text.lstrip()
        moved = None if source is None else source + len(text) - len(begun)
        kept[0] = (begun, style, moved, link, placeholder)
        text, style, source, link, placeholder = kept[-1]
        kept[-1] = (text.rstrip(), style, source, link, placeholder)
    return kept
