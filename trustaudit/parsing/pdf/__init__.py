"""PDF to Document: PDFium's text with its typography, put into reading order."""

from __future__ import annotations

import hashlib

from trustaudit.document import BlockKind, Document
from trustaudit.errors import LimitError, UnreadableError
from trustaudit.parsing.builder import Builder
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.pdf.fragment import Line
from trustaudit.parsing.pdf.furniture import Kinds, furniture
from trustaudit.parsing.pdf.kinds import body_size, classify
from trustaudit.parsing.pdf.pages import Sheet, Source, read
from trustaudit.parsing.pdf.passages import Passage, flows, passages
from trustaudit.parsing.pdf.write import Words, write

MEDIA_TYPE = "application/pdf"
_FLOATING = frozenset({BlockKind.HEADER, BlockKind.FOOTER, BlockKind.PAGE_NUMBER, BlockKind.FOOTNOTE})


def parse(data: bytes, name: str = "", limits: Limits = Limits()) -> Document:
    """Read a PDF. Sizes and boxes are in points of the displayed page.

    Raises ``EncryptedError`` where a password is needed, ``LimitError`` where it costs too much, and
    ``UnreadableError`` where it is damaged or holds no page.
    """
    if len(data) > limits.source_bytes:
        raise LimitError(f"the file is larger than {limits.source_bytes:,} bytes")
    source = read(data, limits)
    if not source.sheets:
        raise UnreadableError("the PDF holds no page that can be read")
    builder = Builder()
    found = _flowing(_passages(source))
    words = Words(found)
    for passage in found:
        write(builder, passage, words)
    return builder.document(
        pages=tuple(sheet.page for sheet in source.sheets), name=name, media_type=MEDIA_TYPE,
        sha256=hashlib.sha256(data).hexdigest(), unread=source.unread,
    )  # fmt: skip


def _passages(source: Source) -> list[Passage]:
    """The passages of all pages, page after page, with their kinds."""
    sheets = source.sheets
    kinds = furniture([sheet.page for sheet in sheets], [sheet.lines for sheet in sheets])
    bodies = [[line for line in sheet.lines if id(line) not in kinds] for sheet in sheets]
    body = body_size(bodies)
    made: list[Passage] = []
    for sheet, lines in zip(sheets, bodies, strict=True):
        on_page = passages(lines)
        classify(sheet.page, on_page, body)
        made += _edge(sheet, kinds, BlockKind.HEADER) + on_page + _edge(sheet, kinds, BlockKind.FOOTER)
    return made


def _edge(sheet: Sheet, kinds: Kinds, edge: BlockKind) -> list[Passage]:
    """The page's furniture at one edge: page numbers go with the edge that they are nearer to."""
    middle = sheet.page.height / 2

    def here(line: Line) -> bool:
        kind = kinds.get(id(line))
        if kind is BlockKind.PAGE_NUMBER:
            return (line.base < middle) == (edge is BlockKind.HEADER)
        return kind is edge

    return [Passage([line], kinds[id(line)]) for line in sheet.lines if here(line)]


def _flowing(made: list[Passage]) -> list[Passage]:
    """Passages that go on in the next column or page joined; what stands between comes after them."""
    out: list[Passage] = []
    held: list[Passage] = []
    current: Passage | None = None
    for passage in made:
        if passage.kind in _FLOATING:
            held.append(passage)
        elif current is not None and flows(current, passage):
            current.lines.extend(passage.lines)
        else:
            out += held if current is None else [current, *held]
            held, current = [], passage
    return out + ([current] if current else []) + held


__all__ = ["MEDIA_TYPE", "parse"]
