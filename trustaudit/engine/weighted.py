"""Kind ``weighted``: words and phrases with weights, added up over a clause.

All terms of all rules stand in one table of word sequences, so that a clause is read once whatever the
number of rules; phrases come through the gate that all phrases go through. The weights are data that a
person can read; nothing is hidden in code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trustaudit.language.reading import Clause, Reading
from trustaudit.ruleset.phrase import BOTH, COMPANY, CUSTOMER, MARKS, NEITHER, PARTY
from trustaudit.ruleset.rule import Weighted

Owner = tuple[int, int]
Heard = tuple[Owner, float, int, int]
"""Whose weight it is, how much, and where it speaks."""

_WORD = re.compile(r"\w+|%")
_SIDES = {
    "<company>": COMPANY, "<customer>": CUSTOMER, "<both>": BOTH, "<neither>": NEITHER, "<party>": PARTY,
}  # fmt: skip
_NUMBER = "<number>"
LONGEST = 4
"""Words in the longest term."""


class Table:
    """The terms of all weighted finds, by their words."""

    def __init__(self, finds: Sequence[tuple[Owner, Weighted]]) -> None:
        self._finds = dict(finds)
        self._terms: dict[tuple[str, ...], list[tuple[Owner, float]]] = {}
        for owner, find in finds:
            for term, weight in find.terms.items():
                words = tuple(_SIDES.get(word, word) for word in term.split())
                self._terms.setdefault(words, []).append((owner, weight))
        self.owners = frozenset(self._finds)
        self._first = {words[0] for words in self._terms}

    def find(
        self, reading: Reading, clause: Clause, phrases: Sequence[Heard] = ()
    ) -> Iterator[tuple[Owner, tuple[int, int]]]:
        """The finds whose sum reaches their threshold here, with the range of the words that speak for it.

        ``phrases`` are those of weighted finds that match in the clause.
        """
        sums: dict[Owner, float] = {}
        ranges: dict[Owner, tuple[int, int]] = {}
        for owner, weight, start, end in [*phrases, *self._hits(reading.clause_text(clause))]:
            sums[owner] = sums.get(owner, self._finds[owner].bias) + weight
            if weight > 0:
                first, last = ranges.get(owner, (start, end))
                ranges[owner] = min(first, start), max(last, end)
        for owner, total in sums.items():
            if total >= self._finds[owner].threshold and owner in ranges:
                yield owner, ranges[owner]

    def _hits(self, text: str) -> Iterator[Heard]:
        """Each term that occurs, once."""
        tokens = list(_tokens(text))
        words = [_NUMBER if word[0].isdigit() else word for word, _, _ in tokens]
        seen: set[tuple[str, ...]] = set()
        for at, word in enumerate(words):
            if word not in self._first:
                continue
            for size in range(1, min(LONGEST, len(words) - at) + 1):
                term = tuple(words[at : at + size])
                if term in self._terms and term not in seen:
                    seen.add(term)
                    for owner, weight in self._terms[term]:
                        yield owner, weight, tokens[at][1], tokens[at + size - 1][2]


def _tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """Words with their places; a party and its possessive are one place, since both stand for one word."""
    last = (0, 0)
    for found in _WORD.finditer(text):
        start, end = found.span()
        if found[0] in MARKS and text.startswith("'s", end):
            end += 2
        elif start < last[1]:
            start, end = last
        last = start, end
        yield found[0], start, end
