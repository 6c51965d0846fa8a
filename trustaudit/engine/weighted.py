"""Kind ``weighted``: words and phrases with weights, added up over a clause.

All terms of all rules stand in one table of word sequences, so that a clause is read once whatever the
number of rules; phrases come through the gate that all phrases go through. The weights are data that a
person can read; nothing is hidden in code.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

import ahocorasick_rs

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


class Table:
    """The terms of all weighted finds, by their words."""

    def __init__(self, finds: Sequence[tuple[Owner, Weighted]]) -> None:
        self._finds = dict(finds)
        terms: dict[str, list[tuple[Owner, float]]] = {}
        for owner, find in finds:
            for term, weight in find.terms.items():
                words = " ".join([_SIDES.get(word, word) for word in term.split()])
                terms.setdefault(f" {words} ", []).append((owner, weight))
        self.owners = frozenset(self._finds)
        self._weights = list(terms.values())
        self._terms = ahocorasick_rs.AhoCorasick(list(terms))

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
        tokens = list(_WORD.finditer(text))
        words = [_NUMBER if (word := token[0])[0].isdigit() else word for token in tokens]
        row = f" {' '.join(words)} "
        begins = list(accumulate([len(word) + 1 for word in words], initial=1))
        seen: set[int] = set()
        for term, start, end in self._terms.find_matches_as_indexes(row, overlapping=True):
            if term not in seen:
                seen.add(term)
                first, last = bisect_left(begins, start + 1), bisect_left(begins, end) - 1
                begin, stop = _place(tokens, first, text)[0], _place(tokens, last, text)[1]
                for owner, weight in self._weights[term]:
                    yield owner, weight, begin, stop


def _place(tokens: Sequence[re.Match[str]], at: int, text: str) -> tuple[int, int]:
    """Where a word stands; a party and its possessive are one place, since both stand for one word."""
    token = tokens[at]
    if at and token[0] == "s" and tokens[at - 1][0] in MARKS and token.start() == tokens[at - 1].end() + 1:
        token = tokens[at - 1]
    start, end = token.span()
    return start, end + 2 * (token[0] in MARKS and text.startswith("'s", end))
