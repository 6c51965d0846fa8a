"""How a score stands against agreements that were published as fair standards.

The table holds what our rules give to agreements which their authors call balanced (mutual non-disclosure,
data use, site policies, seed equity, freelance and template libraries): ten publishers, each counting the
same, 236 documents. It is a measure of this version of the rules, not a judgement about anybody.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

WORDS = "236 agreements that ten publishers offer as fair standards, each publisher counting the same"
KINDS = frozenset({"contract", "term-sheet"})
"""Kinds that the table speaks of; there are no published standards for messages."""

SCORES = (
    28.6, 51.7, 62.5, 65.6, 66.7, 67.6, 67.6, 69.0, 80.0, 81.0, 81.0,
    81.6, 89.1, 91.1, 93.0, 97.4, 100.0, 100.0, 100.0, 100.0, 100.0,
)  # fmt: skip
"""Scores that 0, 5, 10 … 100 per cent of the standards do not exceed."""


def percentile(score: float, table: Sequence[float] = SCORES) -> float:
    """The share of the standards, 0..100, with a lower score; between the steps in a straight line."""
    if score <= table[0]:
        return 0.0
    at = bisect_left(table, score)
    step = 100 / (len(table) - 1)
    if at == len(table):
        return 100.0
    low, high = table[at - 1], table[at]
    return round((at - 1 + (score - low) / (high - low)) * step, 1)


def table_of(scores: Sequence[float]) -> tuple[float, ...]:
    """The same table for standards of one's own: scores at every twentieth; nothing where there are none."""
    ordered = sorted(scores)
    if not ordered:
        return ()
    return tuple(ordered[round(step * (len(ordered) - 1) / 20)] for step in range(21))
