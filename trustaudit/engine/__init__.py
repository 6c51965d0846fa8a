"""Rules x Reading -> findings and outcomes: one gate in front, one module a kind of rule behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trustaudit.audit import Finding, Kind, Measure, MessageFacts, Outcome, Pair
from trustaudit.engine.clauses import ClauseRules
from trustaudit.engine.facts import facts_of, judged
from trustaudit.engine.found import Hit, finding, in_order
from trustaudit.engine.outcomes import Doubts, needs_sides, not_wanted, outcome
from trustaudit.engine.questions import alike
from trustaudit.engine.roots import rooted
from trustaudit.engine.whole import FURTHER, Known, Whole, nothing_further, whole_document
from trustaudit.language.reading import Reading
from trustaudit.metrics.fine_print import FinePrint
from trustaudit.ruleset.rule import Conflict, Fact, HiddenText, Metric, Order, Rule, Ruleset, TakesBack

_APART = Metric | Order | Fact | Conflict | HiddenText | TakesBack
"""Kinds whose findings are about more than the clause that they stand in."""


@dataclass(frozen=True, slots=True)
class Results:
    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]
    pairs: tuple[Pair, ...] = ()
    message: MessageFacts | None = None  # where the document is one


class Engine:
    """A compiled set of rules; make one and keep it."""

    def __init__(self, rules: Sequence[Rule], vocabulary: Mapping[str, Sequence[str]]) -> None:
        self.rules = tuple(rules)
        self._clauses = ClauseRules(self.rules, vocabulary)
        self._apart = frozenset(
            rule.id for rule in self.rules if all(isinstance(find, _APART) for find in rule.find)
        )
        self._alike = alike(self.rules)
        self._far = tuple(any(isinstance(find, FURTHER) for find in rule.find) for rule in self.rules)
        self._sided = tuple(needs_sides(rule) for rule in self.rules)
        self._wanted: dict[Kind, tuple[frozenset[int], tuple[Outcome, ...]]] = {}

    def run(self, reading: Reading, fine: FinePrint, measures: Mapping[str, Measure]) -> Results:
        """Every rule gets its outcome; findings come in the order of the document."""
        wanted, outcomes = self._wanted_for(reading.kind)
        by_clause = self._clauses.run(reading, fine, wanted)
        message = judged(reading, self.rules, by_clause.hits) if reading.kind is Kind.MESSAGE else None
        known = Known(self.rules, by_clause, reading, fine, measures, message)
        doubts = Doubts(reading, fine)
        answers: dict[int, Whole] = {}  # of rules that look further than a clause
        findings: list[Finding] = []
        pairs: list[Pair] = []
        for index in sorted(wanted):
            rule = self.rules[index]
            rest = self._rest(index, known, answers)
            hits = _joined(by_clause.hits.get(index, []), rest.hits)
            findings += [finding(rule, hit, reading, fine) for hit in hits]
            pairs += rest.pairs
            told = () if hits else doubts.of(rule, self._sided[index])
            outcomes[index] = outcome(rule, hits, rest, told)
        facts = facts_of(message) if message is not None else None
        ordered = in_order(findings)
        if reading.kind is not Kind.MESSAGE:  # whose demands and threats each count, wherever they stand
            ordered = rooted(ordered, self._apart)
        return Results(ordered, tuple(outcomes), tuple(pairs), facts)

    def _wanted_for(self, kind: Kind) -> tuple[frozenset[int], list[Outcome]]:
        """The rules for a kind of document, and the outcomes of all the others in their places."""
        if kind not in self._wanted:
            wanted = frozenset(
                index for index, rule in enumerate(self.rules) if rule.enabled and kind in rule.applies_to
            )
            outcomes = tuple(not_wanted(rule, kind) for rule in self.rules)
            self._wanted[kind] = wanted, outcomes
        wanted, outcomes = self._wanted[kind]
        return wanted, list(outcomes)

    def _rest(self, index: int, known: Known, answers: dict[int, Whole]) -> Whole:
        """What a rule finds further than in a clause; rules that ask the same get the same."""
        if not self._far[index]:
            return nothing_further(known)
        first = self._alike[index]
        if first not in answers:
            answers[first] = whole_document(index, known)
        return answers[first]


def _joined(hits: list[Hit], more: list[Hit]) -> list[Hit]:
    """Both, without what a hit before already covers in part."""
    return hits + [hit for hit in more if not any(hit.span.overlaps(other.span) for other in hits)]


_ENGINES: dict[str, Engine] = {}


def engine(ruleset: Ruleset) -> Engine:
    """The compiled engine of a set of rules, made once in a process and known by the rules' hash."""
    if ruleset.sha256 not in _ENGINES:
        if len(_ENGINES) > 3:
            _ENGINES.clear()
        _ENGINES[ruleset.sha256] = Engine(ruleset.rules, ruleset.vocabulary)
    return _ENGINES[ruleset.sha256]
