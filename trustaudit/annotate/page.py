"""A page to read, for formats that are not written into: the text as it was read, with the notes beside it.

E-mail: marks would have to be written into its transfer encoding, in each of its bodies, and would break its
signature; what a colleague wants to see is the message. ODT and RTF: there is no writer for them here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from trustaudit.annotate.html import aside, number, opening
from trustaudit.annotate.notes import leftovers, printable
from trustaudit.annotate.spots import Spot, segments
from trustaudit.annotate.values import Copy, Order
from trustaudit.document import Block, BlockKind, Document, Span

_TAGS = {
    BlockKind.TITLE: "h1", BlockKind.SUBJECT: "h1", BlockKind.HEADING: "h2", BlockKind.FOOTNOTE: "small",
}  # fmt: skip
_STYLE = (
    "body{max-width:45em;margin:2em auto;padding:0 1em;font:16px/1.5 sans-serif;color:#000;background:#fff}"
    "small,p{display:block;margin:.7em 0;white-space:pre-wrap}h1{font-size:1.4em}h2{font-size:1.1em}"
)
_NOTICE = "the copy is a page to read, made from the text: the format itself is not written"


def mark(data: bytes, order: Order) -> Copy:  # noqa: ARG001  as every marker
    """The page. It depends on nothing but the text and the notes."""
    document = order.document
    placed = [
        Spot(note, tuple(_by_block(document, note.span))) for note in order.notes if note.start < note.end
    ]
    whole = tuple(note for note in order.notes if note.start == note.end)
    notes = tuple(spot.note for spot in placed)
    pieces = list(segments(placed))
    body = "".join(_block(document, block, pieces, placed) for block in document.blocks)
    title = escape(printable(document.headers.get("subject") or document.name or "document"))
    page = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n{body}{aside(order, notes, leftovers(whole, ()))}\n"
        "</body></html>\n"
    )
    return Copy(page.encode("utf-8", "replace"), notes, (), whole, warnings=(_NOTICE,))


def _by_block(document: Document, span: Span) -> Iterator[Span]:
    for block in document.blocks[max(document.block_index(span.start), 0) :]:
        if block.start >= span.end:
            return
        start, end = max(block.start, span.start), min(block.end, span.end)
        if start < end:
            yield Span(start, end)


def _block(
    document: Document, block: Block, pieces: Sequence[tuple[Span, tuple[Spot, ...]]], placed: Sequence[Spot]
) -> str:
    """One block with its marks."""
    parts: list[str] = []
    at = block.start
    for span, over in pieces:
        if block.start <= span.start < block.end:
            parts += [_said(document, at, span.start), opening([spot.note for spot in over])]
            parts += [_said(document, span.start, span.end), "</mark>"]
            at = span.end
            parts += [number(spot.note) for spot in placed if spot.ranges[-1].end == at]
    parts.append(_said(document, at, block.end))
    tag = _TAGS.get(block.kind, "p")
    return f"<{tag}>{''.join(parts)}</{tag}>\n"


def _said(document: Document, start: int, end: int) -> str:
    return escape(printable(document.text[start:end]))
