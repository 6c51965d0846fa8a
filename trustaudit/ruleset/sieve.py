"""The sieve before all searching: which of many patterns can match in a text, by the steps that they need.

Every pattern has steps: words of which one must come, no further than so many words behind the step before
(see ``pattern``). Each different word of a language is looked up once in a table of the steps that it takes,
as the bits of one number; a text's words together are one number too. A pattern is looked at where its
rarest step is there, and passes where all its steps are, in order and within reach. So the cost grows with
the text and with what is nearly found, hardly with the number of patterns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from trustaudit.ruleset.pattern import Step, dullness

_WORD = re.compile(r"\w+")
_MOST_KEPT = 50_000
"""Different words of which a table remembers the steps."""

Steps = tuple[Step, ...]


_Word = tuple[int, frozenset[int]]
"""The steps that a word takes, twice: as bits of one number, and by their numbers."""


class _Chain(NamedTuple):
    """The steps of one pattern: the number of each, and how far it may be behind the one before."""

    numbers: tuple[int, ...]
    reaches: tuple[int, ...]

    def holds(self, words: Sequence[_Word], known: dict[int, list[int]]) -> bool:
        """Can the steps be taken one after the other? ``known`` keeps where the steps stand in the text."""
        at: list[int] = []
        for number, reach in zip(self.numbers, self.reaches, strict=True):
            here = known.get(number)
            if here is None:
                here = known[number] = [place for place, (_, steps) in enumerate(words) if number in steps]
            at = _within(at, here, reach) if at else here
            if not at:
                return False
        return True


def _within(before: Sequence[int], here: Sequence[int], reach: int) -> list[int]:
    """Those of ``here`` that have one of ``before`` at or ahead of them, at most ``reach`` away."""
    out: list[int] = []
    for to in here:
        rank = bisect_right(before, to)
        if rank and to - before[rank - 1] <= reach:
            out.append(to)
    return out


def _set_bits(bits: int) -> frozenset[int]:
    found = []
    while bits:
        lowest = bits & -bits
        found.append(lowest.bit_length() - 1)
        bits ^= lowest
    return frozenset(found)


class _Words(dict[str, _Word]):
    """The steps of each piece of text between two blanks; worked out when first asked for."""

    def __init__(self, sets: Sequence[Sequence[str]]) -> None:
        super().__init__()
        self._exact: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        for number, words in enumerate(sets):
            for word in words:
                table, key = (self._prefixes, word[:-1]) if word.endswith("*") else (self._exact, word)
                table[key] = table.get(key, 0) | 1 << number
        self._sizes = sorted({len(prefix) for prefix in self._prefixes})

    def __missing__(self, token: str) -> _Word:
        bits = 0
        for word in _WORD.findall(token):
            bits |= self._exact.get(word, 0)
            for size in self._sizes:
                if size > len(word):
                    break
                bits |= self._prefixes.get(word[:size], 0)
        word = self[token] = bits, _set_bits(bits)
        return word


class Sieve:
    """Needs, each of the steps of one pattern or of several that must all match, in any order."""

    def __init__(self, needs: Sequence[Sequence[Steps]]) -> None:
        numbers = _Numbers()
        self._chains: list[tuple[_Chain, ...]] = []  # those of more than one step
        self._masks: list[int] = []
        self._anchored: dict[int, list[int]] = {}  # by the bit of the rarest step
        self._open: list[int] = []  # needs without a step: they always pass
        for index, patterns in enumerate(needs):
            chains = [numbers.chain(steps) for steps in patterns]
            self._chains.append(tuple(chain for chain in chains if len(chain.numbers) > 1))
            self._masks.append(reduce(or_, (1 << step for chain in chains for step in chain.numbers), 0))
            steps = [step for each in patterns for step in each]
            if steps:
                rarest = min(steps, key=lambda step: dullness(step.words))
                self._anchored.setdefault(1 << numbers.number(rarest.words), []).append(index)
            else:
                self._open.append(index)
        self._anchors = reduce(or_, self._anchored, 0)
        self._words = _Words(numbers.sets)

    def passing(self, text: str) -> list[int]:
        """The needs that can match in a text as rules see it, in their order."""
        words = [self._words[token] for token in text.split(" ")]
        here = reduce(or_, [bits for bits, _ in words], 0)
        if len(self._words) > _MOST_KEPT:
            self._words.clear()
        return sorted([*self._open, *self._near(words, here)])

    def _near(self, words: Sequence[_Word], here: int) -> Iterator[int]:
        known: dict[int, list[int]] = {}
        left = here & self._anchors
        while left:
            bit = left & -left
            left ^= bit
            for index in self._anchored[bit]:
                mask = self._masks[index]
                if here & mask == mask and all(chain.holds(words, known) for chain in self._chains[index]):
                    yield index


class _Numbers:
    """Sets of words numbered; equal sets have one number, in whatever order they were written."""

    def __init__(self) -> None:
        self.sets: list[tuple[str, ...]] = []
        self._numbers: dict[tuple[str, ...], int] = {}

    def number(self, words: tuple[str, ...]) -> int:
        number = self._numbers.get(words)
        if number is None:
            ordered = tuple(sorted(set(words)))
            number = self._numbers.setdefault(ordered, len(self.sets))
            if number == len(self.sets):
                self.sets.append(ordered)
            self._numbers[words] = number
        return number

    def chain(self, steps: Steps) -> _Chain:
        numbers = tuple([self.number(step.words) for step in steps])
        return _Chain(numbers, tuple([step.reach for step in steps]))
