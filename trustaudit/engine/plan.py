"""The gate in front of all rules: one pass over the text says which phrases can match in which clause.

Every phrase has a set of literals of which one must stand in the clause (see ``ruleset.phrase``). An
Aho-Corasick automaton over these finds, in one pass, the few clauses where each phrase is worth trying,
so that the cost of a scan grows with the text and the hits, not with the number of rules.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import ahocorasick_rs

from trustaudit.language.reading import Reading
from trustaudit.ruleset.phrase import Compiler, Pattern

Owner = tuple[int, int, int]
"""Index of the rule, of the part of its find, and the role there: 0 what is looked for, 1 what answers it."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing to look for in clauses, and what it belongs to."""

    owner: Owner
    patterns: tuple[Pattern, ...]  # all must match, in any order; phrases have one


class Gate:
    """Probes behind their literals."""

    def __init__(self, probes: Sequence[Probe]) -> None:
        self.probes = tuple(probes)
        by_literal: dict[str, list[int]] = {}
        self._open: list[int] = []  # probes without a literal: tried in every clause
        for index, probe in enumerate(self.probes):
            literals = _anchor(probe)
            if not literals:
                self._open.append(index)
            for literal in literals:
                by_literal.setdefault(literal, []).append(index)
        self._owners = list(by_literal.values())
        self._finder = ahocorasick_rs.AhoCorasick(list(by_literal)) if by_literal else None

    def candidates(self, reading: Reading) -> Iterator[tuple[int, list[int]]]:
        """Each clause worth a look, in order, with the probes that can match there."""
        seen: dict[int, set[int]] = {
            index: set(self._open) for index in range(len(reading.clauses) if self._open else 0)
        }
        starts, order = reading.clause_starts, reading.clause_order
        if self._finder is not None and order:
            hits: set[tuple[int, int]] = set()
            for literal, start, _ in self._finder.find_matches_as_indexes(
                reading.view.text, overlapping=True
            ):
                at = bisect_right(starts, start) - 1
                if at >= 0:
                    hits.add((order[at], literal))
            for clause, literal in hits:
                seen.setdefault(clause, set()).update(self._owners[literal])
        for clause in sorted(seen):
            yield clause, sorted(seen[clause])


def _anchor(probe: Probe) -> tuple[str, ...]:
    """The best literals of the pattern that is rarest."""
    sets = [pattern.literals[0] for pattern in probe.patterns if pattern.literals]
    if not sets:
        return ()
    return min(sets, key=lambda literals: sum(1 / max(len(word), 1) for word in literals))


@lru_cache(maxsize=10_000)
def compiled(regex: str) -> re.Pattern[str]:
    """Expressions are compiled when they are first tried: most never are."""
    return re.compile(regex)


def match(probe: Probe, text: str, own: int) -> list[tuple[int, int]]:
    """Where the probe matches in a clause's text, beyond its lead-in; empty where any pattern is missing."""
    for pattern in probe.patterns:
        for literals in pattern.literals:
            if not any(literal in text for literal in literals):
                return []
    found: list[tuple[int, int]] = []
    for pattern in probe.patterns:
        hits = [hit.span() for hit in compiled(pattern.regex).finditer(text) if hit.end() > hit.start()]
        if not hits:
            return []
        found += hits
    return found if max(end for _, end in found) > own else []


def phrase_probes(compiler: Compiler, owner: Owner, phrases: Sequence[str]) -> Iterator[Probe]:
    for phrase in phrases:
        yield Probe(owner, (compiler.compile(phrase),))
