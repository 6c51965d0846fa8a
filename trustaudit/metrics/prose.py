"""What a reader reads sentence by sentence: the sentences that stand in prose, with their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trustaudit.audit import Measure
from trustaudit.document import Document, Span
from trustaudit.metrics.words import PROSE, Words, words_of

EVIDENCE = 20
"""How many passages a measure names, the worst first."""


@dataclass(frozen=True)
class Prose:
    """Sentences of two words and more in paragraphs, list items and notes; each with its words' indexes."""

    document: Document
    words: Words
    sentences: tuple[tuple[Span, range], ...]

    @property
    def word_count(self) -> int:
        return sum(len(within) for _, within in self.sentences)


def prose_of(document: Document, sentences: Sequence[Span]) -> Prose:
    """Keep of all sentences those that are prose: no heading, table or running line."""
    words = words_of(document)
    blocks = document.blocks
    kept = []
    for span in sentences:
        index = document.block_index(span.start)
        if index < 0 or blocks[index].kind not in PROSE:
            continue
        within = words.within(span.start, span.end)
        if len(within) > 1:
            kept.append((span, within))
    return Prose(document, words, tuple(kept))


def worst(spans: Iterable[tuple[float, Span]]) -> tuple[Span, ...]:
    """The spans with the highest figure first; of equal ones the earlier."""
    ranked = sorted(spans, key=lambda pair: (-pair[0], pair[1]))
    return tuple(span for _, span in ranked[:EVIDENCE])


def too_short(count: int, least: int, what: str) -> Measure | None:
    """None where there is enough; else the measure that says so."""
    return None if count >= least else Measure(None, f"fewer than {least} {what}")
