"""Enumerations inside one sentence: ``we may: (a) …; (b) …; or (c) …``."""

from __future__ import annotations

import re

_LABEL = re.compile(r"(?<![\w(])\(? ?([a-z]{1,4}|\d{1,2}) ?\) ")
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}


def inline_items(text: str, start: int, end: int) -> tuple[int, list[tuple[int, int]]]:
    """Where the stem ends, and the items behind it, as ranges of ``text``.

    Labels count only in sequence from the first: (a), (b) … or (i), (ii) … or 1), 2) …; a lone
    ``(a)`` is a reference. Without at least two items the whole range is the stem.
    """
    if ")" not in text[start:end]:
        return end, []
    labels = [(found.start(), found.end(), found[1]) for found in _LABEL.finditer(text, start, end)]
    chain = _sequence(labels)
    if len(chain) < 2 or chain[0][0] <= start + 3:
        return end, []
    stops = [begin for begin, _, _ in chain[1:]] + [end]
    return chain[0][0], [(after, stop) for (_, after, _), stop in zip(chain, stops, strict=True)]


def _sequence(labels: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The longest run of labels that count on from one, in any of the three ways of counting."""
    best: list[tuple[int, int, str]] = []
    for count in (_letter, _roman, _digit):
        chain: list[tuple[int, int, str]] = []
        for label in labels:
            if count(label[2]) == len(chain) + 1:
                chain.append(label)
        best = max(best, chain, key=len)
    return best


def _letter(label: str) -> int:
    return ord(label) - ord("a") + 1 if len(label) == 1 and label.isalpha() else 0


def _roman(label: str) -> int:
    return _ROMAN.get(label, 0)


def _digit(label: str) -> int:
    return int(label) if label.isdigit() else 0
