"""Passages set in capitals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trustaudit.metrics.words import CAPITAL, LOWER


def capital_passages(cases: Sequence[int], within: range, least: int, share: float) -> Iterator[range]:
    """Stretches of words that read as capitals: at least ``least`` words, ``share`` of them capitals.

    Single words in lower case ("of") do not end a stretch, two in a row do.
    """
    first = last = -1
    capitals = misses = 0
    for index in within:
        if cases[index] == CAPITAL:
            first = index if first < 0 else first
            last, capitals, misses = index, capitals + 1, 0
        elif cases[index] == LOWER and first >= 0:
            misses += 1
            if misses == 2:
                yield from _long_enough(first, last, capitals, least, share)
                first, capitals, misses = -1, 0, 0
    if first >= 0:
        yield from _long_enough(first, last, capitals, least, share)


def _long_enough(first: int, last: int, capitals: int, least: int, share: float) -> Iterator[range]:
    length = last - first + 1
    if length >= least and capitals >= share * length:
        yield range(first, last + 1)
