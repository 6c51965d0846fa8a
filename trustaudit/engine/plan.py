"""The gate in front of all rules: which phrases can match in which clause.

Every phrase has steps: words of which one must come, no further than so many words behind the step before
(see ``ruleset.pattern``). Each word of a clause is looked up once in a table of the steps that it takes;
only phrases whose steps are all there, in order and within reach, are searched for. So the cost of a scan
grows with the text and with what is nearly found, hardly with the number of rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trustaudit.language.reading import Reading
from trustaudit.ruleset.pattern import Compiler, Pattern, dullness

Owner = tuple[int, int, int]
"""Index of the rule, of the part of its find, and the role there: 0 what is looked for, 1 what answers it."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing to look for in clauses, and what it belongs to."""

    owner: Owner
    patterns: tuple[Pattern, ...]  # all must match, in any order; phrases have one


@dataclass(frozen=True, slots=True)
class _Chain:
    """The steps of one pattern: numbers of word sets, and how far each may be behind the one before."""

    sets: tuple[int, ...]
    reaches: tuple[int, ...]

    def holds(self, places: dict[int, list[int]]) -> bool:
        """Can the steps be taken one after the other?"""
        at: list[int] = []
        for number, reach in zip(self.sets, self.reaches, strict=True):
            here = places.get(number)
            if here is None:
                return False
            at = [to for to in here if any(0 <= to - was <= reach for was in at)] if at else here
            if not at:
                return False
        return True


class Gate:
    """Probes behind the steps of their patterns."""

    def __init__(self, probes: Sequence[Probe]) -> None:
        self.probes = tuple(probes)
        self._numbers: dict[tuple[str, ...], int] = {}
        self._chains = [tuple(self._chain(pattern) for pattern in probe.patterns) for probe in self.probes]
        self._anchored: dict[int, list[int]] = {}
        self._open: list[int] = []  # probes without a step: tried in every clause
        for index, probe in enumerate(self.probes):
            anchor = _anchor(probe)
            if anchor:
                self._anchored.setdefault(self._numbers[anchor], []).append(index)
            else:
                self._open.append(index)
        self._exact, self._prefixes = self._tables()
        self._seen: dict[str, tuple[int, ...]] = {}

    def _chain(self, pattern: Pattern) -> _Chain:
        numbers = [self._numbers.setdefault(step.words, len(self._numbers)) for step in pattern.steps]
        return _Chain(tuple(numbers), tuple(step.reach for step in pattern.steps))

    def _tables(self) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
        """Word sets by their whole words and by their prefixes."""
        exact: dict[str, list[int]] = {}
        prefixes: dict[str, list[int]] = {}
        for words, number in self._numbers.items():
            for word in words:
                table, key = (prefixes, word[:-1]) if word.endswith("*") else (exact, word)
                table.setdefault(key, []).append(number)
        return exact, prefixes

    def _sets_of(self, token: str) -> tuple[int, ...]:
        """The word sets that a piece of text between two blanks belongs to."""
        found = self._seen.get(token)
        if found is None:
            numbers: set[int] = set()
            for word in _WORD.findall(token):
                numbers.update(self._exact.get(word, ()))
                for size in range(1, len(word) + 1):
                    numbers.update(self._prefixes.get(word[:size], ()))
            found = self._seen[token] = tuple(sorted(numbers))
        return found

    def candidates(self, reading: Reading) -> Iterator[tuple[int, list[int]]]:
        """Each clause worth a look, in order, with the probes that can match there."""
        for number, clause in enumerate(reading.clauses):
            places: dict[int, list[int]] = {}
            for at, token in enumerate(reading.clause_text(clause).split(" ")):
                for word_set in self._sets_of(token):
                    places.setdefault(word_set, []).append(at)
            probes = [*self._open, *self._near(places)]
            if probes:
                yield number, sorted(probes)
        if len(self._seen) > 100_000:
            self._seen.clear()

    def _near(self, places: dict[int, list[int]]) -> Iterator[int]:
        for word_set in places:
            for index in self._anchored.get(word_set, ()):
                if all(chain.holds(places) for chain in self._chains[index]):
                    yield index


def _anchor(probe: Probe) -> tuple[str, ...]:
    """The word set, of all that the probe needs, that fewest clauses hold."""
    return min((step.words for pattern in probe.patterns for step in pattern.steps), key=dullness, default=())


def match(probe: Probe, text: str, own: int) -> list[tuple[int, int]]:
    """Where the probe matches in a clause's text, beyond its lead-in; empty where any pattern is missing."""
    found: list[tuple[int, int]] = []
    for pattern in probe.patterns:
        hits = pattern.spans(text)
        if not hits:
            return []
        found += hits
    return found if max(end for _, end in found) > own else []


def phrase_probes(compiler: Compiler, owner: Owner, phrases: Sequence[str]) -> Iterator[Probe]:
    for phrase in phrases:
        yield Probe(owner, (compiler.compile(phrase),))
