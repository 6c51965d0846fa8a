"""Rules x Reading -> findings and outcomes: one gate in front, one module a kind of rule behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trustaudit.audit import Effect, Finding, Kind, Measure, MessageFacts, Outcome, OutcomeKind, Pair
from trustaudit.document import Span
from trustaudit.engine.clauses import ByClause, ClauseRules
from trustaudit.engine.conflicts import conflicts
from trustaudit.engine.facts import fact_hits, facts_of, judged
from trustaudit.engine.found import Hit, finding, in_order
from trustaudit.engine.halves import of_a_passage, reciprocal, required
from trustaudit.engine.hidden import hidden_hits, shows_nothing_hidden
from trustaudit.engine.normative import norm_hits
from trustaudit.engine.numbers import metric, order
from trustaudit.engine.roots import rooted
from trustaudit.engine.takes_back import takes_back
from trustaudit.language.reading import Reading
from trustaudit.metrics.fine_print import FinePrint
from trustaudit.metrics.money_first import Judged
from trustaudit.ruleset.phrase import COMPANY, CUSTOMER
from trustaudit.ruleset.rule import (
    Conflict,
    Fact,
    Frame,
    HiddenText,
    Metric,
    NormFind,
    Order,
    Phrases,
    Reciprocal,
    Required,
    Rule,
    Ruleset,
    TakesBack,
    Tokens,
)

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

    def run(self, reading: Reading, fine: FinePrint, measures: Mapping[str, Measure]) -> Results:
        """Every rule gets its outcome; findings come in the order of the document."""
        wanted = frozenset(
            index for index, rule in enumerate(self.rules) if rule.enabled and reading.kind in rule.applies_to
        )
        by_clause = self._clauses.run(reading, fine, wanted)
        message = judged(reading, self.rules, by_clause.hits) if reading.kind is Kind.MESSAGE else None
        findings: list[Finding] = []
        outcomes: list[Outcome] = []
        pairs: list[Pair] = []
        for index, rule in enumerate(self.rules):
            if index not in wanted:
                outcomes.append(_not_wanted(rule, reading))
                continue
            rest = _whole_document(index, self.rules, by_clause, reading, fine, measures, message)
            hits = _joined(by_clause.hits.get(index, []), rest.hits)
            findings += [finding(rule, hit, reading, fine) for hit in hits]
            pairs += rest.pairs
            outcomes.append(_outcome(rule, hits, rest, _doubts(rule, reading, fine)))
        facts = facts_of(message) if message is not None else None
        ordered = in_order(findings)
        if reading.kind is not Kind.MESSAGE:  # whose demands and threats each count, wherever they stand
            ordered = rooted(ordered, self._apart)
        return Results(ordered, tuple(outcomes), tuple(pairs), facts)


def _joined(hits: list[Hit], more: list[Hit]) -> list[Hit]:
    """Both, without what a hit before already covers in part."""
    return hits + [hit for hit in more if not any(hit.span.overlaps(other.span) for other in hits)]


@dataclass(slots=True)
class _Rest:
    """What the kinds that need the whole document say of one rule."""

    hits: list[Hit] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    groundless: str = ""  # why the rule has no ground here


def _whole_document(
    index: int,
    rules: Sequence[Rule],
    by_clause: ByClause,
    reading: Reading,
    fine: FinePrint,
    measures: Mapping[str, Measure],
    message: Judged | None,
) -> _Rest:
    rest, rule = _Rest(), rules[index]
    if message is not None and message.message.wordless:
        rest.doubts.append("the message has no words of its own, only names of variables")
    for part, find in enumerate(rule.find):
        first, second = (by_clause.halves.get((index, part, role), []) for role in (0, 1))
        if isinstance(find, Metric):
            found = metric(find, reading, measures)
            if isinstance(found, str):
                rest.doubts.append(found)
            else:
                rest.hits += found
        elif isinstance(find, Order):
            rest.hits += order(find, reading)
        elif isinstance(find, Fact):
            rest.hits += fact_hits(find, message) if message is not None else []
        elif isinstance(find, NormFind):
            rest.hits += norm_hits(find, rule.unless, reading, fine)
        elif isinstance(find, HiddenText | TakesBack):
            _on_the_page(find, rule, _burdens(rules, by_clause), reading, fine, rest)
        elif isinstance(find, Required):
            rest.hits += of_a_passage(required(first, second), reading)
            rest.groundless = "" if first else "nothing in the document calls for it"
        elif isinstance(find, Reciprocal):
            hits, pair = reciprocal(find, first, second, reading, rule.severity[reading.audience])
            rest.hits += of_a_passage(hits, reading)
            rest.pairs += [pair] if pair else []
            rest.groundless = "" if first else "it is not asked of anybody here"
        elif isinstance(find, Conflict):
            disagreeing = conflicts(find, reading)
            if isinstance(disagreeing, str):
                rest.doubts.append(disagreeing)
            else:
                rest.hits += disagreeing
    return rest


def _on_the_page(
    find: HiddenText | TakesBack, rule: Rule, burdens: Sequence[Span],
    reading: Reading, fine: FinePrint, rest: _Rest,
) -> None:  # fmt: skip
    """Kinds that ask how the words stand on the page."""
    if isinstance(find, HiddenText):
        rest.hits += hidden_hits(find, reading.document, burdens)
        rest.doubts += shows_nothing_hidden(reading.document)
    else:
        rest.hits += takes_back(find, rule.unless, reading, fine)


def _burdens(rules: Sequence[Rule], by_clause: ByClause) -> list[Span]:
    """What costs trust, of all that was found in clauses."""
    costly = (hits for at, hits in by_clause.hits.items() if rules[at].effect is Effect.WITHDRAWAL)
    return sorted(hit.span for hits in costly for hit in hits)


def _not_wanted(rule: Rule, reading: Reading) -> Outcome:
    if not rule.enabled:
        return Outcome(rule.id, OutcomeKind.NOT_APPLICABLE, "the rule is switched off")
    kinds = " and ".join(f"{kind.value}s" for kind in rule.applies_to)
    return Outcome(rule.id, OutcomeKind.NOT_APPLICABLE, f"for {kinds}; this is a {reading.kind.value}")


def _outcome(rule: Rule, hits: Sequence[Hit], rest: _Rest, doubts: Sequence[str]) -> Outcome:
    if hits:
        return Outcome(rule.id, OutcomeKind.FOUND)
    if rest.doubts or doubts:
        return Outcome(rule.id, OutcomeKind.COULD_NOT_TELL, "; ".join(dict.fromkeys([*rest.doubts, *doubts])))
    if rest.groundless:
        return Outcome(rule.id, OutcomeKind.NOT_APPLICABLE, rest.groundless)
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
    if reading.document.unread:
        doubts.append("part of the document was not read")
    return doubts


def _needs_sides(find: Phrases) -> bool:
    return all("<company>" in phrase or "<customer>" in phrase for phrase in find.any)


def _has_sides(reading: Reading) -> bool:
    sides = reading.sides
    return bool(sides.names) or any(mark in reading.view.text for mark in (COMPANY, CUSTOMER))


_ENGINES: dict[str, Engine] = {}


def engine(ruleset: Ruleset) -> Engine:
    """The compiled engine of a set of rules, made once in a process and known by the rules' hash."""
    if ruleset.sha256 not in _ENGINES:
        if len(_ENGINES) > 3:
            _ENGINES.clear()
        _ENGINES[ruleset.sha256] = Engine(ruleset.rules, ruleset.vocabulary)
    return _ENGINES[ruleset.sha256]
