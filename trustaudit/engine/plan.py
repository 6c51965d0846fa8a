"""The gate in front of all rules: which phrases can match in which clause.

What a phrase needs is known by its steps (see ``ruleset.sieve``): only those whose steps are all there are
searched for. So the cost of a scan grows with the text and with what is nearly found, hardly with the number
of rules. Rules that are not wanted for a kind of document have no part in the gate of that kind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trustaudit.engine.questions import Part
from trustaudit.language.reading import Reading
from trustaudit.ruleset.pattern import Compiler, Pattern
from trustaudit.ruleset.sieve import Sieve

Owner = tuple[int, int, int]
"""Index of the rule, of the part of its find, and the role there: 0 what is looked for, 1 what answers it."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing to look for in clauses, and what it belongs to."""

    owner: Owner
    patterns: tuple[Pattern, ...]  # all must match, in any order; phrases have one


class Gate:
    """Probes behind the steps of their patterns."""

    def __init__(self, probes: Sequence[Probe]) -> None:
        self.probes = tuple(probes)
        self._sieves: dict[frozenset[Part] | None, tuple[Sieve, list[list[int]]]] = {}

    def candidates(
        self, reading: Reading, wanted: frozenset[Part] | None = None
    ) -> Iterator[tuple[int, list[int]]]:
        """Each clause worth a look, in order, with the probes that can match there.

        ``wanted`` are the parts of rules that are; None for all.
        """
        sieve, numbers = self._sieve(wanted)
        for number, clause in enumerate(reading.clauses):
            passing = sieve.passing(reading.clause_text(clause))
            if passing:
                yield number, sorted([probe for index in passing for probe in numbers[index]])

    def _sieve(self, wanted: frozenset[Part] | None) -> tuple[Sieve, list[list[int]]]:
        """The sieve of what the wanted rules need, and the probes that have each need."""
        if wanted not in self._sieves:
            alike: dict[tuple[Pattern, ...], list[int]] = {}
            for number, probe in enumerate(self.probes):
                if wanted is None or probe.owner[:2] in wanted:
                    alike.setdefault(probe.patterns, []).append(number)
            needs = [[pattern.steps for pattern in patterns] for patterns in alike]
            self._sieves[wanted] = Sieve(needs), list(alike.values())
        return self._sieves[wanted]


def match(patterns: Sequence[Pattern], text: str, own: int) -> list[tuple[int, int]]:
    """Where patterns match in a clause's text, beyond its lead-in; empty where any of them is missing."""
    found: list[tuple[int, int]] = []
    for pattern in patterns:
        hits = pattern.spans(text)
        if not hits:
            return []
        found += hits
    return found if max(end for _, end in found) > own else []


def phrase_probes(compiler: Compiler, owner: Owner, phrases: Sequence[str]) -> Iterator[Probe]:
    for phrase in phrases:
        yield Probe(owner, (compiler.compile(phrase),))
