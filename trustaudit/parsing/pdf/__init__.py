"""PDF to Document: PDFium's text with its typography, put into reading order."""

from __future__ import annotations

import hashlib

from trustaudit.document import BlockKind, Document
from trustaudit.errors import LimitError, UnreadableError
from trustaudit.parsing.builder import Builder
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.pdf.fragment import Line
from trustaudit.parsing.pdf.furniture import furniture
from trustaudit.parsing.pdf.kinds import body_size, classify
from trustaudit.parsing.pdf.levels import set_levels
from trustaudit.parsing.pdf.pages import Source, read
from trustaudit.parsing.pdf.passages import Passage, flows, interrupted, passages, usual_pitch
from trustaudit.parsing.pdf.sidebars import set_asides
from trustaudit.parsing.pdf.write import Words, write

MEDIA_TYPE = "application/pdf"
_EDGE = 0.14  # of the page
_FLOATING = frozenset({BlockKind.HEADER, BlockKind.FOOTER, BlockKind.PAGE_NUMBER, BlockKind.FOOTNOTE})


def parse(data: bytes, name: str = "", limits: Limits | None = None) -> Document:
    """Read a PDF. Sizes and boxes are in points of the displayed page.

    Raises ``EncryptedError`` where a password is needed, ``LimitError`` where it costs too much, and
    ``UnreadableError`` where it is damaged or holds no page.
    """
    limits = limits or Limits()
    if len(data) > limits.source_bytes:
        raise LimitError(f"the file is larger than {limits.source_bytes:,} bytes")
    source = read(data, limits)
    if not source.sheets:
        raise UnreadableError("the PDF holds no page that can be read")
    builder = Builder()
    found = _flowing(_passages(source))
    set_levels(found)
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
    everything = [sheet.lines for sheet in sheets]
    kinds = furniture([sheet.page for sheet in sheets], everything, body_size(everything))
    bodies = [[line for line in lines if id(line) not in kinds] for lines in everything]
    body, pitch = body_size(bodies), usual_pitch(bodies)
    made: list[Passage] = []
    for sheet, lines in zip(sheets, bodies, strict=True):
        on_page = passages(lines, pitch)
        classify(sheet.page, on_page, body)
        set_asides(on_page)
        around = _grouped([(line, kinds[id(line)]) for line in sheet.lines if id(line) in kinds])
        made += _with_furniture(on_page, around, sheet.page.height)
    return made


def _grouped(lines: list[tuple[Line, BlockKind]]) -> list[Passage]:
    """Furniture lines that follow each other closely are one header or footer."""
    made: list[Passage] = []
    for line, kind in lines:
        if made and made[-1].kind is kind and kind is not BlockKind.PAGE_NUMBER:
            before = made[-1].lines[-1]
            if 0 < line.base - before.base < 1.6 * line.size and line.region == before.region:
                made[-1].lines.append(line)
                continue
        made.append(Passage([line], kind))
    return made


def _with_furniture(on_page: list[Passage], around: list[Passage], height: float) -> list[Passage]:
    """The page's passages with its furniture: at its edges before and after all, else where it stands.

    Paper that was printed from other pages has their numbers in its middle.
    """
    made = list(on_page)
    heads = 0
    for passage in around:
        base = passage.lines[0].base
        if base < _EDGE * height:
            made.insert(heads, passage)
            heads += 1
        elif base > (1 - _EDGE) * height:
            made.append(passage)
        else:
            made.insert(_place(made, base), passage)
    return made


def _place(made: list[Passage], base: float) -> int:
    """Before the first passage that stands below, in points from the top."""
    below = (at for at, one in enumerate(made) if one.kind not in _FLOATING and one.lines[0].base > base)
    return next(below, len(made))


def _flowing(made: list[Passage]) -> list[Passage]:
    """Passages that go on in the next column or page joined; what stands between comes after them."""
    out: list[Passage] = []
    held: list[Passage] = []
    current: Passage | None = None
    for passage in made:
        if passage.kind in _FLOATING:
            held.append(passage)
        elif current and (held or interrupted(current, passage)) and flows(current, passage):
            current.lines.extend(passage.lines)
        else:
            out += held if current is None else [current, *held]
            held, current = [], passage
    return out + ([current] if current else []) + held


__all__ = ["MEDIA_TYPE", "parse"]
