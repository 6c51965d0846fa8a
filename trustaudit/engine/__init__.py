"""Rules x Reading -> findings and outcomes: one gate in front, one module a kind of rule behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trustaudit.audit import Finding, Measure, Outcome, OutcomeKind
from trustaudit.engine.clauses import ClauseRules
from trustaudit.engine.found import Hit, finding, in_order
from trustaudit.engine.numbers import metric, order
from trustaudit.language.reading import Reading
from trustaudit.metrics.fine_print import FinePrint
from trustaudit.ruleset.rule import Frame, Metric, Order, Phrases, Rule, Ruleset, Tokens


@dataclass(frozen=True, slots=True)
class Results:
    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]


class Engine:
    """A compiled set of rules; make one and keep it."""

    def __init__(self, rules: Sequence[Rule], vocabulary: Mapping[str, Sequence[str]]) -> None:
        self.rules = tuple(rules)
        self._clauses = ClauseRules(self.rules, vocabulary)

    def run(self, reading: Reading, fine: FinePrint, measures: Mapping[str, Measure]) -> Results:
        """Every rule gets its outcome; findings come in the order of the document."""
        wanted = frozenset(
            i for i, rule in enumerate(self.rules) if rule.enabled and reading.kind in rule.applies_to
        )
        by_clause = self._clauses.run(reading, fine, wanted)
        findings: list[Finding] = []
        outcomes: list[Outcome] = []
        for index, rule in enumerate(self.rules):
            if index not in wanted:
                outcomes.append(_not_wanted(rule, reading))
                continue
            hits, doubts = _other_kinds(rule, reading, measures)
            hits = by_clause.get(index, []) + hits
            findings += [finding(rule, hit, reading, fine) for hit in hits]
            outcomes.append(_outcome(rule, hits, doubts + _doubts(rule, reading, fine)))
        return Results(in_order(findings), tuple(outcomes))


def _other_kinds(
    rule: Rule, reading: Reading, measures: Mapping[str, Measure]
) -> tuple[list[Hit], list[str]]:
    hits: list[Hit] = []
    doubts: list[str] = []
    for find in rule.find:
        if isinstance(find, Metric):
            found = metric(find, reading, measures)
            if isinstance(found, str):
                doubts.append(found)
            else:
                hits += found
        elif isinstance(find, Order):
            hits += order(find, reading)
    return hits, doubts


def _not_wanted(rule: Rule, reading: Reading) -> Outcome:
    if not rule.enabled:
        return Outcome(rule.id, OutcomeKind.NOT_APPLICABLE, "the rule is switched off")
    kinds = " and ".join(f"{kind.value}s" for kind in rule.applies_to)
    return Outcome(rule.id, OutcomeKind.NOT_APPLICABLE, f"for {kinds}; this is a {reading.kind.value}")


def _outcome(rule: Rule, hits: Sequence[Hit], doubts: Sequence[str]) -> Outcome:
    if hits:
        return Outcome(rule.id, OutcomeKind.FOUND)
    if doubts:
        return Outcome(rule.id, OutcomeKind.COULD_NOT_TELL, "; ".join(dict.fromkeys(doubts)))
    return Outcome(rule.id, OutcomeKind.CLEAR)


def _doubts(rule: Rule, reading: Reading, fine: FinePrint) -> list[str]:
    """Why a rule that found nothing may have missed something here."""
    doubts: list[str] = []
    for find in rule.find:
        if (
            isinstance(find, Phrases | Frame | Tokens)
            and find.scope.fine_print != "any"
            and fine.ratio.value is None
        ):
            doubts.append(fine.ratio.reason)
        if isinstance(find, Phrases) and _needs_sides(find) and not _has_sides(reading):
            doubts.append("which side is the company and which the customer could not be told")
    if reading.document.unread and not rule.find:
        doubts.append("part of the document was not read")
    return doubts


def _needs_sides(find: Phrases) -> bool:
    return all("<company>" in phrase or "<customer>" in phrase for phrase in find.any)


def _has_sides(reading: Reading) -> bool:
    sides = reading.sides
    return bool(sides.names) or any(mark in reading.view.text for mark in "ꓚꓜ")


_ENGINES: dict[str, Engine] = {}


def engine(ruleset: Ruleset) -> Engine:
    """The compiled engine of a set of rules, made once in a process and known by the rules' hash."""
    if ruleset.sha256 not in _ENGINES:
        if len(_ENGINES) > 3:
            _ENGINES.clear()
        _ENGINES[ruleset.sha256] = Engine(ruleset.rules, ruleset.vocabulary)
    return _ENGINES[ruleset.sha256]
