"""A clause and its mirror: what holds for one side stands beside the same about the other, in like words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from trustaudit.language.reading import Clause, Reading
from trustaudit.ruleset.pattern import Pattern
from trustaudit.ruleset.phrase import COMPANY, CUSTOMER

_NEAR = 3
"""Sentences before and behind a clause in which its mirror is looked for: mirrors stand side by side."""

_SWAPPED = str.maketrans({COMPANY: CUSTOMER, CUSTOMER: COMPANY})


def mirrored(patterns: Iterable[Pattern], reading: Reading, clause: Clause) -> bool:
    """Does a pattern that matches the clause match in or near it too, with the sides in each other's place?

    The mirror names a side, and does not begin where the pattern matches anyway: a loose pattern that takes
    both sides alike proves nothing. In the clause itself it begins outside of every match: the object of a
    verb must not be taken for the subject of its mirror.
    """
    text = reading.clause_text(clause)
    for pattern in patterns:
        if not pattern.may_match(text):
            continue
        plain = [found.span() for found in pattern.compiled.finditer(text)]
        if not plain:
            continue
        for other in _near(reading, clause):
            if any(_sides_swapped(pattern, reading.clause_text(other), plain if other is clause else ())):
                return True
    return False


def _sides_swapped(pattern: Pattern, text: str, plain: Sequence[tuple[int, int]]) -> Iterator[bool]:
    """Of each match in the text with its sides swapped, whether it is a mirror."""
    if COMPANY not in text and CUSTOMER not in text:
        return
    if plain and min(text.count(COMPANY), text.count(CUSTOMER)) < 2:
        return  # a clause that is its own mirror names each side twice
    swapped = text.translate(_SWAPPED)
    if not pattern.may_match(swapped):
        return
    taken: Sequence[tuple[int, int]] | None = plain or None
    for found in pattern.compiled.finditer(swapped):
        if taken is None:
            taken = [(each.start(), each.start() + 1) for each in pattern.compiled.finditer(text)]
        names = COMPANY in found[0] or CUSTOMER in found[0]
        yield names and not any(at <= found.start() < to for at, to in taken)


def _near(reading: Reading, clause: Clause) -> Iterator[Clause]:
    """The clauses of the sentences round a clause, its own among them."""
    clauses = reading.clauses
    at = bisect_left(clauses, clause.sentence - _NEAR, key=lambda other: other.sentence)
    while at < len(clauses) and clauses[at].sentence <= clause.sentence + _NEAR:
        yield clauses[at]
        at += 1
