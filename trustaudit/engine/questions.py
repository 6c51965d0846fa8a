"""Rules that ask the same thing are answered together.

A team that takes a rule over to weigh it otherwise, or two rules that share a part, would search every clause
twice for the same words. Here each different question is asked once; its answer goes to all who ask it.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence

from trustaudit.audit import Effect
from trustaudit.ruleset.rule import Find, Rule

Part = tuple[int, int]
"""Index of a rule, and of a part of its find."""


class Questions:
    """The different questions of some rules: each stands for the first part that asks it."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        first: dict[Hashable, Part] = {}
        askers: dict[Part, list[Part]] = {}
        for index, rule in enumerate(rules):
            for part, find in enumerate(rule.find):
                question = first.setdefault(_key(rule, find), (index, part))
                askers.setdefault(question, []).append((index, part))
        self.askers: Mapping[Part, Sequence[Part]] = askers
        self._wanted: dict[frozenset[int], frozenset[Part]] = {}

    def wanted(self, rules: frozenset[int]) -> frozenset[Part]:
        """The questions that some of these rules ask."""
        if rules not in self._wanted:
            self._wanted[rules] = frozenset(
                question for question, parts in self.askers.items() if any(rule in rules for rule, _ in parts)
            )
        return self._wanted[rules]

    def asking(self, question: Part, rules: Collection[int]) -> list[Part]:
        """The parts of these rules that ask it."""
        return [part for part in self.askers[question] if part[0] in rules]


def alike(rules: Sequence[Rule]) -> tuple[int, ...]:
    """For each rule, the first one that looks for the same in all its parts and weighs it the same."""
    first: dict[Hashable, int] = {}
    return tuple(
        first.setdefault((*[_key(rule, find) for find in rule.find], tuple(rule.severity.items())), index)
        for index, rule in enumerate(rules)
    )


def _key(rule: Rule, find: Find) -> Hashable:
    """All that the answer depends on: what is looked for, what clears it, and whether it costs trust."""
    return type(find).__name__, repr(find), rule.unless, rule.effect is Effect.WITHDRAWAL
