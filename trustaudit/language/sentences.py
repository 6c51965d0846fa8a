"""Blocks to sentences: a splitter for legal text, in normal, lower-case and tokenised writing.

A sentence ends at ``.``, ``!`` or ``?`` before a blank and a beginning, unless the point belongs to an
abbreviation, an initial, a number or a label such as ``1.2.`` or ``(a)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trustaudit.document import Document, Span

_ABBREVIATIONS = frozenset(
    """
    inc ltd co corp llc llp plc gmbh lp no nos art arts sec secs sect para paras cl ch pt vol ed eds e.g
    i.e eg ie etc vs v viz cf al approx dept est fig figs mr mrs ms dr prof st sr jr hon rev messrs u.s
    u.k u.s.c e.u n.v s.a s.p.a b.v a.m p.m jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed
    thu fri tel ext attn p pp ver incl excl resp ref reg bros mt del cal calif mass conn tex ind ill
    mich minn wash ave blvd rd ste exh ex sched app c.f r.s.c c.c.p
    """.split()  # noqa: SIM905 - a list of words reads as words
)
_END = re.compile(r"[.!?](?:[\"'”’»)\]]|(?<=[.!?])['`]{2})*(?=\s)|\s[.!?](?=\s+\S)")
_LABEL = re.compile(
    r"[\s\"'“]*(?:(?:section|article|clause)\s+)?[(\[]?"
    r"(?:\d{1,3}(?:\.\d{1,3}){0,5}|[a-zA-Z]|[ivxlcIVXLC]{1,6})\s?[.)\]]{1,2}\s*"
)
_BEGINS = re.compile(r"\s+(?:\([a-z]{1,4}\)\s*)?[\"'“‘«(\[*•–—-]*\s*[A-Z0-9{<$€£%«*\[]|\s+\([a-z]{1,4}\)\s")
_BEGINS_LOWER = re.compile(r"\s+[\"'“‘(\[`]*\s*\w")
_LAST_WORD = re.compile(r"[^\s(\[\"“'‘]+\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of one block. ``lead`` is the index of the sentence that introduces a list item, or -1."""

    start: int
    end: int
    block: int
    lead: int = -1

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of ``text[start:end]``, without the blanks round them."""
    piece = text[start:end]
    begins = _BEGINS if any(char.isupper() for char in piece) else _BEGINS_LOWER
    at = 0
    for found in _END.finditer(piece):
        stop = found.end()
        if (
            stop <= at
            or not begins.match(piece, stop)
            or _belongs_to_word(piece, at, found.start(), found[0])
        ):
            continue
        yield from _trimmed(text, start + at, start + stop)
        at = stop
    yield from _trimmed(text, start + at, end)


def _belongs_to_word(piece: str, at: int, point: int, mark: str) -> bool:
    """Is the point part of an abbreviation, an initial or a label, and ends nothing?"""
    if not mark.startswith("."):
        return False
    label = _LABEL.match(piece, at)
    if label is not None and label.end() >= point + 1:
        return True
    before = _LAST_WORD.search(piece, max(at, point - 24), point)
    if before is None:
        return False
    word = before[0].lower().rstrip(",;")
    return word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word != "i")


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def sentences(document: Document) -> tuple[Sentence, ...]:
    """All sentences of a document in order, each with the sentence that leads into it."""
    found: list[Sentence] = []
    leads = _Leads(document)
    for index, block in enumerate(document.blocks):
        lead = leads.of(index)
        first = len(found)
        for start, end in split(document.text, block.start, block.end):
            found.append(Sentence(start, end, index, lead if len(found) == first else -1))
        if len(found) > first:
            leads.see(index, len(found) - 1, document.text[found[-1].start : found[-1].end])
    return tuple(found)


_OPEN_ENDED = re.compile(
    r"(?::|[-–—]|,|;?\s(?:and|or|to|that|by|of|for|shall|must|will|may|not)(?:/or)?)\s*\Z", re.IGNORECASE
)
_CONTINUES = re.compile(r"\s*(?:[(\[]?(?:[a-zA-Z]|[ivxlc]{1,6}|\d{1,2})[)\].]|[•·▪◦‣*o–—-])\s+\S")
_ITEM_ENDS = re.compile(r"(?:;(?:\s*(?:and|or|and/or))?|,\s*(?:and|or))\s*\Z", re.IGNORECASE)


class _Leads:
    """Keeps the open lead-ins by depth while the blocks go by."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._open: list[tuple[int, int]] = []  # depth of the lead-in, its sentence
        self._ended = True  # the block before ends with a full stop

    def of(self, index: int) -> int:
        """The sentence that leads into the block, or -1."""
        depth = self._depth(index)
        if depth == 0:
            return -1
        while self._open and self._open[-1][0] >= depth:
            self._open.pop()
        return self._open[-1][1] if self._open else -1

    def see(self, index: int, sentence: int, text: str) -> None:
        """A block has gone by, ``text`` being its last sentence."""
        depth = self._depth(index)
        block = self._document.blocks[index]
        if depth == 0 and block.kind in _INTERRUPTING:
            return
        self._ended = bool(_FULL_STOP.search(text))
        if depth == 0:
            self._open = []
        if _OPEN_ENDED.search(text) and not (depth and _ITEM_ENDS.search(text)):
            self._open.append((depth, sentence))

    def _depth(self, index: int) -> int:
        """0 for what stands by itself, 1 and more for what may continue something."""
        block = self._document.blocks[index]
        if block.kind == "list-item":
            return max(block.level, 1)
        text = self._document.text
        if block.kind == "paragraph" and _CONTINUES.match(
            text, block.start, min(block.end, block.start + 12)
        ):
            return max(block.level, 1)
        if block.kind == "paragraph" and text[block.start].islower() and self._open and not self._ended:
            return max(depth for depth, _ in self._open) + 1
        return 0


_FULL_STOP = re.compile(r"[.!?][\"'”’)\]]*\Z")
_INTERRUPTING = frozenset({"header", "footer", "page-number", "footnote", "caption", "note"})
