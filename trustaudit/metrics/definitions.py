"""Defined terms: does the definition stand where it is needed?"""

from __future__ import annotations

import re

from trustaudit.audit import Measure
from trustaudit.document import Document, Span
from trustaudit.metrics.prose import EVIDENCE
from trustaudit.metrics.words import words_of

FAR = 1500
"""Words (about three pages) to the nearest use, above which a reader has to leaf."""

_LEAST_TERMS = 3
_TERM = r"[“\"](?P<{}>[A-Z][^“”\"\n]{{1,60}})[”\"]"
_DEFINITION = re.compile(
    _TERM.format("means")
    + r"\)?\s+(?:shall\s+|will\s+)?(?:means?|refers?\s+to|has\s+the\s+meaning|have\s+the\s+meaning)\b"
    r"|\((?:[a-z, ]{0,40}?)" + _TERM.format("named") + r"(?:\s+or\s+[^()]{1,60})?\)"
)


def definitions_far_from_use(document: Document) -> Measure:
    """Share of the defined terms that are not used within 1,500 words of their definition."""
    words = words_of(document)
    places: dict[tuple[str, ...], tuple[int, Span]] = {}
    for found in _DEFINITION.finditer(document.text):
        name = "means" if found["means"] is not None else "named"
        within = words.within(*found.span(name))
        if 0 < len(within) <= 6:
            places.setdefault(
                tuple(words.shown[within.start : within.stop]), (within.start, Span(*found.span(name)))
            )
    if len(places) < _LEAST_TERMS:
        return Measure(None, f"fewer than {_LEAST_TERMS} defined terms")
    nearest = _nearest_uses(words.shown, {term: at for term, (at, _) in places.items()})
    far = [(nearest[term], span) for term, (_, span) in places.items() if nearest[term] > FAR]
    far.sort(key=lambda pair: (-pair[0], pair[1]))
    return Measure(len(far) / len(places), "", tuple(span for _, span in far[:EVIDENCE]))


def _nearest_uses(shown: list[str], terms: dict[tuple[str, ...], int]) -> dict[tuple[str, ...], int]:
    """Words from each definition to the nearest other place of its term; a billion where there is none."""
    nearest = dict.fromkeys(terms, 10**9)
    lengths: dict[str, set[int]] = {}
    for term in terms:
        lengths.setdefault(term[0], set()).add(len(term))
    for index, word in enumerate(shown):
        for length in lengths.get(word, ()):
            term = tuple(shown[index : index + length])
            if term in terms and index != terms[term]:
                nearest[term] = min(nearest[term], abs(index - terms[term]))
    return nearest
