"""Kinds that look at clauses, behind the gate: ``phrases``, ``tokens``, ``frame``, and the two halves of
``required`` and ``reciprocal``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from trustaudit.audit import Confidence, Effect
from trustaudit.document import Span
from trustaudit.engine.found import Hit
from trustaudit.engine.mirror import mirrored
from trustaudit.engine.mutual import of_both
from trustaudit.engine.plan import Gate, Owner, Probe, match, phrase_probes
from trustaudit.engine.questions import Part, Questions
from trustaudit.engine.scope import in_scope
from trustaudit.engine.weighted import Heard, Table
from trustaudit.language.reading import Clause, Reading
from trustaudit.metrics.fine_print import FinePrint
from trustaudit.ruleset.compilers import compiler_of, keep
from trustaudit.ruleset.pattern import Pattern
from trustaudit.ruleset.phrase import BOTH, COMPANY, CUSTOMER, NEITHER
from trustaudit.ruleset.rule import Find, Frame, Phrases, Reciprocal, Required, Rule, Scope, Tokens, Weighted

_FIRST_WEIGHT = 2
"""Roles from here on are the phrases of a weighted find, in its order."""

_TWO = rf"(?:{COMPANY} (?:and|or|nor) {CUSTOMER}|{CUSTOMER} (?:and|or|nor) {COMPANY})"
_MUTUAL = re.compile(
    rf"(?<!between )(?<!among )(?<!amongst )[{BOTH}{NEITHER}](?! (?:hereby |further |also |expressly )*"
    r"(?:agree|acknowledge|intend|understand|confirm)s?\b(?: and (?:agree|acknowledge)s?)?,? that\b)"
    rf"|\b(?:both|each of|either|neither)(?: of)? {_TWO}|{_TWO} (?:each|both|shall|will|may|consent|submit)\b"
    r"|\bmutual(?:ly)?\b|\beach other\b|\bone another\b|\ba party\b(?!'s)"
    r"|\b(?:liable|responsible|owed?|liability) to the other\b"
    r"|\b(?:each|either|neither|both) of (?:us|them)\b"
)
"""Words by which a clause binds both sides. That *the parties agree that* one of them must do something, or
what holds *between the parties*, is no mutuality."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A passage that one half of a rule has found, and whether it binds both sides."""

    span: Span
    mutual: bool


@dataclass(frozen=True, slots=True)
class ByClause:
    """What a pass over all clauses has found: finished hits by rule, halves by rule, part and role."""

    hits: dict[int, list[Hit]] = field(default_factory=dict)
    halves: dict[Owner, list[Seen]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Answers:
    """The same by question, before it is dealt out to the rules that ask."""

    hits: dict[Part, list[Hit]] = field(default_factory=dict)
    halves: dict[Owner, list[Seen]] = field(default_factory=dict)


class ClauseRules:
    """All rules whose kinds look at clauses, compiled with one vocabulary."""

    def __init__(self, rules: Sequence[Rule], vocabulary: Mapping[str, Sequence[str]]) -> None:
        self.rules = tuple(rules)
        self._vocabulary = vocabulary
        self._compiler = compiler_of(vocabulary)
        self._unless: dict[int, tuple[Pattern, ...]] = {}
        self._questions = Questions(self.rules)
        self._table = Table(
            [
                (question, find)
                for question in self._questions.askers
                if isinstance(find := self._find(question), Weighted)
            ]
        )

    @cached_property
    def gate(self) -> Gate:
        gate = Gate([probe for question in self._questions.askers for probe in self._probes(question)])
        keep(self._vocabulary)
        return gate

    def _find(self, question: Part) -> Find:
        rule, part = question
        return self.rules[rule].find[part]

    def _probes(self, question: Part) -> Iterator[Probe]:
        find = self._find(question)
        main, answer = (*question, 0), (*question, 1)
        if isinstance(find, Phrases):
            yield from phrase_probes(self._compiler, main, find.any)
        elif isinstance(find, Tokens):
            yield from phrase_probes(self._compiler, main, find.gate)
        elif isinstance(find, Weighted):
            for role, phrase in enumerate(find.phrases, _FIRST_WEIGHT):
                yield from phrase_probes(self._compiler, (*question, role), [phrase])
        elif isinstance(find, Frame):
            for frame in find.frames:
                yield Probe(main, tuple(self._compiler.compile(f"<{name}>") for name in frame))
        elif isinstance(find, Required):
            yield from phrase_probes(self._compiler, main, find.ground)
            yield from phrase_probes(self._compiler, answer, find.protection)
        elif isinstance(find, Reciprocal):
            yield from phrase_probes(self._compiler, main, (*find.asked, *of_both(find.asked)))
            yield from phrase_probes(self._compiler, answer, find.given)

    def run(self, reading: Reading, fine: FinePrint, wanted: frozenset[int]) -> ByClause:
        """One pass over the clauses worth a look; one hit for each rule and clause, over all that matched."""
        asked = self._questions.wanted(wanted)
        answers = _Answers()
        heard: dict[int, list[Heard]] = {}  # phrases of weighted finds, by the number of the clause
        for number, probes in self.gate.candidates(reading, asked):
            clause = reading.clauses[number]
            text = reading.clause_text(clause)
            for owner, found in self._places(probes, text, clause.own - clause.start).items():
                if owner[2] >= _FIRST_WEIGHT:
                    heard.setdefault(number, []).append(self._weighed(owner, found))
                else:
                    self._sort(owner, clause, text, found, reading, fine, answers)
        for number, clause in enumerate(reading.clauses) if self._table.owners & asked else ():
            for question, words in self._table.find(reading, clause, heard.get(number, ())):
                if question in asked:
                    text = reading.clause_text(clause)
                    self._sort((*question, 0), clause, text, [words], reading, fine, answers)
        return self._dealt(answers, wanted)

    def _dealt(self, answers: _Answers, wanted: frozenset[int]) -> ByClause:
        """Every answer to all wanted rules that asked."""
        result = ByClause()
        for question in sorted(answers.hits):
            for rule, _ in self._questions.asking(question, wanted):
                result.hits.setdefault(rule, []).extend(answers.hits[question])
        for rule, hits in result.hits.items():
            result.hits[rule] = _merged(hits)
        for (first, its_part, role), seen in answers.halves.items():
            for part in self._questions.asking((first, its_part), wanted):
                result.halves[(*part, role)] = seen
        return result

    def _places(self, probes: Sequence[int], text: str, own: int) -> dict[Owner, list[tuple[int, int]]]:
        """Where the probes match in a clause, by what they belong to."""
        places: dict[Owner, list[tuple[int, int]]] = {}
        known: dict[tuple[Pattern, ...], list[tuple[int, int]]] = {}
        for index in probes:
            probe = self.gate.probes[index]
            if probe.patterns not in known:
                known[probe.patterns] = match(probe.patterns, text, own)
            if known[probe.patterns]:
                places.setdefault(probe.owner, []).extend(known[probe.patterns])
        return places

    def _weighed(self, owner: Owner, found: Sequence[tuple[int, int]]) -> Heard:
        """What a phrase of a weighted find adds, where it matched first."""
        rule, part, role = owner
        find = self.rules[rule].find[part]
        assert isinstance(find, Weighted)
        points = list(find.phrases.values())[role - _FIRST_WEIGHT]
        return (rule, part), points, *found[0]

    def _sort(
        self, owner: Owner, clause: Clause, text: str, found: list[tuple[int, int]],
        reading: Reading, fine: FinePrint, answers: _Answers,
    ) -> None:  # fmt: skip
        """Make what matched a hit or a half, unless an exception, the scope or mutuality clears it."""
        rule, part, role = owner
        find = self.rules[rule].find[part]
        if isinstance(find, Tokens):
            from trustaudit.engine.tokens import token_spans

            found = token_spans(find, text)
        if not found or max(end for _, end in found) <= clause.own - clause.start:
            return
        if role == 0 and any(pattern.matches(text) for pattern in self._exceptions(rule)):
            return
        start, end = min(s for s, _ in found), max(e for _, e in found)
        span = reading.span(clause, start, end)
        mutual = bool(_MUTUAL.search(text, 0, end))
        scope = find.scope if isinstance(find, Phrases | Tokens | Frame | Weighted) else Scope()
        if not in_scope(scope, span, reading, fine):
            return
        if isinstance(find, Required | Reciprocal):
            answers.halves.setdefault(owner, []).append(Seen(span, mutual))
        elif not (self._skips(find) and (mutual or self._mirrored(rule, find, reading, clause))):
            related = _lead_in(clause, start)
            confidence = Confidence.LOW if isinstance(find, Frame) else None
            answers.hits.setdefault((rule, part), []).append(
                Hit(span, related=related, confidence=confidence)
            )

    def _skips(self, find: Find) -> bool:
        """Is what binds both sides none of this find's business?"""
        return isinstance(find, Phrases | Tokens | Frame | Weighted) and find.mutual == "skip"

    def _mirrored(self, rule: int, find: Find, reading: Reading, clause: Clause) -> bool:
        """Does the same stand near the clause with the sides in each other's place?"""
        if self.rules[rule].effect is not Effect.WITHDRAWAL or not isinstance(find, Phrases):
            return False
        return mirrored(map(self._compiler.compile, find.any), reading, clause)

    def _exceptions(self, rule: int) -> tuple[Pattern, ...]:
        if rule not in self._unless:
            self._unless[rule] = tuple(self._compiler.compile(text) for text in self.rules[rule].unless)
        return self._unless[rule]


def _lead_in(clause: Clause, start: int) -> tuple[tuple[Span, str], ...]:
    if clause.lead is not None and clause.start + start < clause.own:
        return ((clause.lead, "introduces this item"),)
    return ()


def _merged(hits: list[Hit]) -> list[Hit]:
    """One hit where several parts of a rule found the same clause; the surest of them speaks."""
    out: list[Hit] = []
    for hit in sorted(hits, key=lambda h: (h.span, h.confidence is not None)):
        if out and out[-1].span.overlaps(hit.span):
            last = out[-1]
            joined = Span(min(last.span.start, hit.span.start), max(last.span.end, hit.span.end))
            confidence = last.confidence if hit.confidence is not None else None
            out[-1] = Hit(joined, last.message, last.related or hit.related, confidence, last.severity)
        else:
            out.append(hit)
    return out
