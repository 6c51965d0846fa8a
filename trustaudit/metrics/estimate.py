"""Fine print of papers without type sizes, as a range: what is surely set apart, and what may be.

- *at least*: notes, starred notes and passages in capitals;
- *at most*: those, and dense sentences (over 50 words, or two legal archaisms), sentences that only point to
  terms elsewhere, and a closing section headed as terms or small print.
"""

from __future__ import annotations

import re

from trustaudit.audit import Measure
from trustaudit.document import BlockKind, Document, Span
from trustaudit.metrics.exempt import countable
from trustaudit.metrics.hits import hits_of
from trustaudit.metrics.jargon import jargon, jargon_in
from trustaudit.metrics.profiles import profile
from trustaudit.metrics.prose import Prose, worst
from trustaudit.metrics.unread import too_little_read

_LEAST_WORDS = 25
_DENSE = 50  # words
_ARCHAISMS = 2
_POINTS_ELSEWHERE = re.compile(
    r"\b(?:terms (?:and conditions )?(?:and \w+ )?apply|subject to (?:our|the) (?:\w+ )?terms (?:and|of)\b"
    r"|(?:terms|conditions|details|policy)\b[^.]{0,40}\b(?:available|found|published|posted) (?:at|on))",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\W*(?:(?:general )?terms (?:and|&) conditions|terms of (?:use|service)|small print|fine print"
    r"|legal notices?|disclaimers?|important information)\W*$",
    re.IGNORECASE,
)


def fine_print_estimate(prose: Prose, measured: float | None = None) -> dict[str, Measure]:
    """``fine_print_estimate`` (the low end: what is sure) and ``fine_print_estimate_high``."""
    document, words = prose.document, prose.words
    if measured is not None:
        return _none("the sizes are known: see fine_print_ratio")
    kept = countable(document, words)
    total = sum(kept)
    unread = too_little_read(document)
    if unread or total < _LEAST_WORDS:
        return _none(unread or f"fewer than {_LEAST_WORDS} words of running text")
    sure, _ = hits_of(document, words, profile(), None)
    maybe = bytearray(1 if hit else 0 for hit in sure)
    dense = _dense(prose)
    for start, stop in [*((w.start, w.stop) for _, w in dense), *_closing(document, prose)]:
        maybe[start:stop] = b"\x01" * (stop - start)
    low = sum(1 for hit, keep in zip(sure, kept, strict=True) if hit and keep) / total
    high = sum(1 for hit, keep in zip(maybe, kept, strict=True) if hit and keep) / total
    reason = f"estimated from the text: between {low:.0%} and {high:.0%}"
    spans = worst((float(len(within)), span) for span, within in dense)
    return {
        "fine_print_estimate": Measure(low, reason),
        "fine_print_estimate_high": Measure(high, reason, spans),
    }


def _none(reason: str) -> dict[str, Measure]:
    return dict.fromkeys(("fine_print_estimate", "fine_print_estimate_high"), Measure(None, reason))


def _dense(prose: Prose) -> list[tuple[Span, range]]:
    """Sentences that are hard to take in, or send the reader elsewhere."""
    lower, text = prose.words.lower, prose.document.text
    return [
        (span, within)
        for span, within in prose.sentences
        if len(within) > _DENSE
        or _archaisms(lower, within) >= _ARCHAISMS
        or _POINTS_ELSEWHERE.search(text, span.start, span.end)
    ]


def _archaisms(lower: list[str], within: range) -> int:
    phrases = jargon()
    found = jargon_in(lower, within, phrases)
    return sum(" ".join(lower[words.start : words.stop]) in phrases.archaic for words in found)


def _closing(document: Document, prose: Prose) -> list[tuple[int, int]]:
    """The words from the first heading of a closing section on, unless the paper opens with it."""
    for block, within in zip(document.blocks, prose.words.of_blocks, strict=True):
        heads = block.kind is BlockKind.HEADING or (block.kind is BlockKind.PARAGRAPH and len(within) <= 5)
        late = within.start > len(prose.words) / 3
        if heads and late and _CLOSING.match(document.text, block.start, block.end):
            return [(within.stop, len(prose.words))]
    return []
