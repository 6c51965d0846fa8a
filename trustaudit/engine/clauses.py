"""Kinds that look at one clause at a time: ``phrases`` and ``frame``, behind the gate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from trustaudit.audit import Confidence, Kind
from trustaudit.document import FURNITURE, BlockKind, Span
from trustaudit.engine.found import Hit, in_fine_print
from trustaudit.engine.plan import Gate, Probe, compiled, match, phrase_probes
from trustaudit.language.reading import Clause, Reading
from trustaudit.metrics.fine_print import FinePrint
from trustaudit.ruleset.phrase import BOTH, NEITHER, Compiler, Pattern
from trustaudit.ruleset.rule import Frame, Phrases, Rule, Scope, Tokens

_MUTUAL = re.compile(rf"[{BOTH}{NEITHER}]|\bmutual(?:ly)?\b|\beach other\b")
_NOT_TEXT = FURNITURE | {BlockKind.CONTENTS}
_NOT_CLAUSES = _NOT_TEXT | {BlockKind.HEADING, BlockKind.TITLE}
ClauseKind = Phrases | Frame | Tokens


class ClauseRules:
    """All rules whose kinds look at clauses, compiled with one vocabulary."""

    def __init__(self, rules: Sequence[Rule], vocabulary: Mapping[str, Sequence[str]]) -> None:
        self.rules = tuple(rules)
        self._compiler = Compiler(vocabulary)
        self._unless: dict[int, tuple[Pattern, ...]] = {}

    @cached_property
    def gate(self) -> Gate:
        return Gate([probe for index, rule in enumerate(self.rules) for probe in self._probes(index, rule)])

    def _probes(self, index: int, rule: Rule) -> Iterator[Probe]:
        for part, find in enumerate(rule.find):
            owner = (index, part)
            if isinstance(find, Phrases):
                yield from phrase_probes(self._compiler, owner, find.any)
            elif isinstance(find, Tokens):
                yield from phrase_probes(self._compiler, owner, find.gate)
            elif isinstance(find, Frame):
                for frame in find.frames:
                    yield Probe(owner, tuple(self._compiler.compile(f"<{name}>") for name in frame))

    def run(self, reading: Reading, fine: FinePrint, wanted: frozenset[int]) -> dict[int, list[Hit]]:
        """Hits by rule index, for the rules wanted: one for each clause, over all that matched in it."""
        hits: dict[int, list[Hit]] = {}
        for number, probes in self.gate.candidates(reading):
            clause = reading.clauses[number]
            text = reading.clause_text(clause)
            places: dict[tuple[int, int], list[tuple[int, int]]] = {}
            for index in probes:
                probe = self.gate.probes[index]
                if probe.owner[0] in wanted:
                    found = match(probe, text, clause.own - clause.start)
                    if found:
                        places.setdefault(probe.owner, []).extend(found)
            for (rule, part), found in places.items():
                hit = self._hit(rule, part, clause, text, found, reading, fine)
                if hit is not None:
                    hits.setdefault(rule, []).append(hit)
        return {rule: _merged(found) for rule, found in hits.items()}

    def _hit(
        self, rule: int, part: int, clause: Clause, text: str, found: list[tuple[int, int]],
        reading: Reading, fine: FinePrint,
    ) -> Hit | None:  # fmt: skip
        find = self.rules[rule].find[part]
        assert isinstance(find, Phrases | Frame | Tokens)
        if isinstance(find, Tokens):
            from trustaudit.engine.tokens import token_spans

            found = token_spans(find, text)
            if not found or max(end for _, end in found) <= clause.own - clause.start:
                return None
        start, end = min(s for s, _ in found), max(e for _, e in found)
        if find.mutual == "skip" and _MUTUAL.search(text, 0, end):
            return None
        if any(compiled(pattern.regex).search(text) for pattern in self._exceptions(rule)):
            return None
        span = reading.span(clause, start, end)
        if not _in_scope(find.scope, span, reading, fine):
            return None
        related: tuple[tuple[Span, str], ...] = ()
        if clause.lead is not None and clause.start + start < clause.own:
            related = ((clause.lead, "introduces this item"),)
        confidence = Confidence.LOW if isinstance(find, Frame) else None
        return Hit(span, related=related, confidence=confidence)

    def _exceptions(self, rule: int) -> tuple[Pattern, ...]:
        if rule not in self._unless:
            self._unless[rule] = tuple(self._compiler.compile(text) for text in self.rules[rule].unless)
        return self._unless[rule]


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


def _in_scope(scope: Scope, span: Span, reading: Reading, fine: FinePrint) -> bool:
    block = reading.document.block_at(span.start)
    if block is not None:
        if scope.blocks:
            if block.kind.value not in scope.blocks:
                return False
        elif block.kind in (_NOT_TEXT if reading.kind is Kind.MESSAGE else _NOT_CLAUSES):
            return False
    if scope.fine_print == "only" and not in_fine_print(span, fine):
        return False
    if scope.fine_print == "outside" and in_fine_print(span, fine):
        return False
    return scope.part == "any" or _in_part(scope.part, span, reading)


def _in_part(part: str, span: Span, reading: Reading) -> bool:
    """Subject; opening: the first three sentences of the body; closing: the last two."""
    block = reading.document.block_at(span.start)
    if part == "subject":
        return block is not None and block.kind is BlockKind.SUBJECT
    index = reading.sentence_at(span.start)
    if part == "opening":
        return index < 4
    return index >= len(reading.sentences) - 2
