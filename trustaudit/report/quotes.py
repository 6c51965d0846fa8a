"""A quote in its sentence, cut to a length that is read."""

from __future__ import annotations

from dataclasses import dataclass

from trustaudit.document import Block, Document, Span


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote in its sentence."""

    before: str
    text: str
    after: str


_AROUND = 160
_LONGEST = 900
_ENDS = ".!?"


def in_context(document: Document, span: Span) -> Quote:
    """The quote with the rest of its sentence on both sides, within its block; long ones are cut."""
    first = document.block_at(span.start) or Block(0, len(document.text))
    last = document.block_at(max(span.end - 1, span.start)) or first
    head = document.text[max(first.start, span.start - _AROUND) : span.start]
    tail = document.text[span.end : max(min(last.end, span.end + _AROUND), span.end)]
    before = _sentence_head(head, cut=span.start - _AROUND > first.start)
    after = _sentence_tail(tail, cut=span.end + _AROUND < last.end)
    text = document.quote(span)
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - 200]} … {text[-200:]}"
    return Quote(before, text, after)


def _sentence_head(text: str, *, cut: bool) -> str:
    """What follows the last end of a sentence; from its first whole word on, where the text is cut."""
    for index in range(len(text) - 2, -1, -1):
        if text[index] in _ENDS and text[index + 1].isspace():
            return text[index + 1 :].lstrip()
    return "…" + text.partition(" ")[2] if cut else text.lstrip()


def _sentence_tail(text: str, *, cut: bool) -> str:
    """Up to and with the first end of a sentence; to its last whole word, where the text is cut."""
    for index, char in enumerate(text):
        if char in _ENDS and (index + 1 == len(text) or text[index + 1].isspace()):
            return text[: index + 1]
    return text.rpartition(" ")[0] + "…" if cut else text.rstrip()
