"""Headings of documents that set them by hand: short bold lines, where no style says so."""

from __future__ import annotations

import re
from dataclasses import replace

from trustaudit.document import Block, BlockKind, Document

_MOST_WORDS = 12
_LABEL = re.compile(
    r"[(\[]?(?:\d+(?:\.\d+)*|[a-z]{1,2}|[ivxlc]+)[.)\]:]+\s*|\d+(?:\.\d+)*\s+|[^\w\s]\s+", re.IGNORECASE
)
_CANDIDATES = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_BLANK = re.compile(r"_{2,}|\.{4,}|…{2,}")


def promote(document: Document) -> Document:
    """The document with its bold lines as headings, and its first large line as title.

    Only where nothing in it is marked as a heading already; a line counts when all its letters are
    bold, it is short, does not end like a sentence, and is followed by text that is not set so.
    """
    if any(block.kind is BlockKind.HEADING for block in document.blocks):
        return document
    blocks = list(document.blocks)
    marked = [_is_line(document, block) for block in blocks]
    for at, block in enumerate(blocks):
        if marked[at] and _leads(blocks, marked, at):
            first = at == _first_body(blocks) and not any(b.kind is BlockKind.TITLE for b in blocks)
            kind = BlockKind.TITLE if first and block.kind is BlockKind.PARAGRAPH else BlockKind.HEADING
            blocks[at] = replace(block, kind=kind, level=1)
    return document if tuple(blocks) == document.blocks else replace(document, blocks=tuple(blocks))


def _is_line(document: Document, block: Block) -> bool:
    if block.kind not in _CANDIDATES:
        return False
    text = document.text[block.start : block.end]
    label = _LABEL.match(text)
    start = block.start + (label.end() if label is not None else 0)
    words = document.text[start : block.end].split()
    if not 0 < len(words) <= _MOST_WORDS or "\n" in text or _BLANK.search(text):
        return False
    if text.endswith((",", ";", ":")) or (text.endswith(".") and len(words) > 5):
        return False
    letters = bold = 0
    for run in document.runs_in(block.span):
        piece = document.text[max(run.start, start) : min(run.end, block.end)]
        count = sum(map(str.isalpha, piece)) if max(run.start, start) < run.end else 0
        letters += count
        bold += count if run.bold and run.hidden is None else 0
    return letters >= 3 and bold == letters


def _leads(blocks: list[Block], marked: list[bool], at: int) -> bool:
    """Body text that is no such line follows, at most two other lines later."""
    for after in range(at + 1, min(at + 4, len(blocks))):
        if blocks[after].kind in _CANDIDATES and not marked[after]:
            return True
        if not marked[after]:
            return False
    return False


def _first_body(blocks: list[Block]) -> int:
    return next((at for at, block in enumerate(blocks) if block.kind in _CANDIDATES), -1)
