"""Kinds of rule that need the whole document: numbers, norms, facts, returns, requirements, conflicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trustaudit.audit import Effect, Measure, Pair
from trustaudit.document import Span
from trustaudit.engine.clauses import ByClause
from trustaudit.engine.conflicts import conflicts
from trustaudit.engine.facts import fact_hits
from trustaudit.engine.found import Hit
from trustaudit.engine.halves import of_a_passage, reciprocal, required
from trustaudit.engine.hidden import hidden_hits, shows_nothing_hidden
from trustaudit.engine.normative import norm_hits
from trustaudit.engine.numbers import metric, order
from trustaudit.engine.takes_back import takes_back
from trustaudit.language.reading import Reading
from trustaudit.metrics.fine_print import FinePrint
from trustaudit.metrics.money_first import Judged
from trustaudit.ruleset.rule import (
    Conflict,
    Fact,
    Find,
    HiddenText,
    Metric,
    NormFind,
    Order,
    Reciprocal,
    Required,
    Rule,
    TakesBack,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a document when the rules are asked; ``message`` where it is one."""

    rules: Sequence[Rule]
    by_clause: ByClause
    reading: Reading
    fine: FinePrint
    measures: Mapping[str, Measure]
    message: Judged | None


@dataclass(slots=True)
class Whole:
    """What the kinds that need the whole document say of one rule."""

    hits: list[Hit] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    groundless: str = ""  # why the rule has no ground here

    def add(self, found: list[Hit] | str) -> None:
        """Hits, or the reason why none could be told."""
        if isinstance(found, str):
            self.doubts.append(found)
        else:
            self.hits += found


FURTHER = Metric | Order | Fact | NormFind | Conflict | Required | Reciprocal | HiddenText | TakesBack
"""Kinds that look further than a clause."""


def nothing_further(known: Known) -> Whole:
    """The answer to a rule that looks at clauses alone."""
    rest = Whole()
    if known.message is not None and known.message.message.wordless:
        rest.doubts.append("the message has no words of its own, only names of variables")
    return rest


def whole_document(index: int, known: Known) -> Whole:
    """Ask every part of a rule that looks further than a clause."""
    rest = nothing_further(known)
    for part, find in enumerate(known.rules[index].find):
        if isinstance(find, Required | Reciprocal):
            _halves(find, (index, part), known, rest)
        elif isinstance(find, HiddenText | TakesBack):
            _on_the_page(find, known.rules[index], known, rest)
        else:
            _read_once(find, known.rules[index], known, rest)
    return rest


def _read_once(find: Find, rule: Rule, known: Known, rest: Whole) -> None:
    """Kinds that ask something that has been read or measured for the document."""
    if isinstance(find, Metric):
        rest.add(metric(find, known.reading, known.measures))
    elif isinstance(find, Order):
        rest.add(order(find, known.reading))
    elif isinstance(find, Fact):
        rest.add(fact_hits(find, known.message) if known.message is not None else [])
    elif isinstance(find, NormFind):
        rest.add(norm_hits(find, rule.unless, known.reading, known.fine))
    elif isinstance(find, Conflict):
        rest.add(conflicts(find, known.reading))


def _halves(find: Required | Reciprocal, at: tuple[int, int], known: Known, rest: Whole) -> None:
    """Kinds that join two passages: what is asked and what answers it."""
    first, second = (known.by_clause.halves.get((*at, role), []) for role in (0, 1))
    if isinstance(find, Required):
        hits = required(first, second)
        rest.groundless = "" if first else "nothing in the document calls for it"
    else:
        severity = known.rules[at[0]].severity[known.reading.audience]
        hits, pair = reciprocal(find, first, second, known.reading, severity)
        rest.pairs += [pair] if pair else []
        rest.groundless = "" if first else "it is not asked of anybody here"
    rest.hits += of_a_passage(hits, known.reading)


def _on_the_page(find: HiddenText | TakesBack, rule: Rule, known: Known, rest: Whole) -> None:
    """Kinds that ask how the words stand on the page."""
    if isinstance(find, HiddenText):
        rest.hits += hidden_hits(find, known.reading.document, _burdens(known))
        rest.doubts += shows_nothing_hidden(known.reading.document)
    else:
        rest.hits += takes_back(find, rule.unless, known.reading, known.fine)


def _burdens(known: Known) -> list[Span]:
    """What costs trust, of all that was found in clauses."""
    found = known.by_clause.hits.items()
    costly = (hits for at, hits in found if known.rules[at].effect is Effect.WITHDRAWAL)
    return sorted(hit.span for hits in costly for hit in hits)
