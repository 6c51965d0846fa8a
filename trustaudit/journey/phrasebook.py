"""Many phrases looked for in short texts at once, behind the sieve that rules stand behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from trustaudit.document import Span
from trustaudit.ruleset import load_rules
from trustaudit.ruleset.compilers import compiler_of
from trustaudit.ruleset.pattern import Compiler
from trustaudit.ruleset.sieve import Sieve


@cache
def compiler() -> Compiler:
    """The compiler with the vocabulary that comes with trustaudit."""
    return compiler_of(load_rules(()).vocabulary)


class Phrasebook:
    """Phrases with an owner each; make one and keep it."""

    def __init__(self, entries: Sequence[tuple[int, str]]) -> None:
        self._owners = [owner for owner, _ in entries]
        self._patterns = [compiler().compile(phrase) for _, phrase in entries]
        self._sieve = Sieve([[pattern.steps] for pattern in self._patterns])

    def find(self, text: str) -> Iterator[tuple[int, Span]]:
        """Owners of the phrases that match in the text, with the place of each match, phrase by phrase."""
        for index in self._sieve.passing(text):
            for start, end in self._patterns[index].spans(text):
                yield self._owners[index], Span(start, end)

    def owners(self, text: str) -> frozenset[int]:
        return frozenset(owner for owner, _ in self.find(text))
