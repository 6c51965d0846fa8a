"""What becomes of a rule on a document: found, clear, not applicable, or could not tell, with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from trustaudit.audit import Kind, Outcome, OutcomeKind
from trustaudit.engine.found import Hit
from trustaudit.engine.whole import Whole
from trustaudit.language.reading import Reading
from trustaudit.metrics.fine_print import FinePrint
from trustaudit.ruleset.phrase import COMPANY, CUSTOMER
from trustaudit.ruleset.rule import Find, Frame, Phrases, Rule, Tokens


def not_wanted(rule: Rule, kind: Kind) -> Outcome:
    if not rule.enabled:
        return Outcome(rule.id, OutcomeKind.NOT_APPLICABLE, "the rule is switched off")
    kinds = " and ".join(f"{each.value}s" for each in rule.applies_to)
    return Outcome(rule.id, OutcomeKind.NOT_APPLICABLE, f"for {kinds}; this is a {kind.value}")


def outcome(rule: Rule, hits: Sequence[Hit], rest: Whole, doubts: Sequence[str]) -> Outcome:
    if hits:
        return Outcome(rule.id, OutcomeKind.FOUND)
    if rest.doubts or doubts:
        return Outcome(rule.id, OutcomeKind.COULD_NOT_TELL, "; ".join(dict.fromkeys([*rest.doubts, *doubts])))
    if rest.groundless:
        return Outcome(rule.id, OutcomeKind.NOT_APPLICABLE, rest.groundless)
    return Outcome(rule.id, OutcomeKind.CLEAR)


class Doubts:
    """Why a rule that found nothing may have missed something in a document."""

    def __init__(self, reading: Reading, fine: FinePrint) -> None:
        self._unread = (
            ["part of the document was not read"]
            if any(not part.recognized for part in reading.document.unread)
            else []
        )
        self._sizes = [fine.ratio.reason] if fine.ratio.value is None else []
        self._sides = [] if _has_sides(reading) else [_NO_SIDES]

    def of(self, rule: Rule, sided: bool) -> list[str]:
        """``sided``: whether the rule needs to know the sides."""
        sizes = self._sizes if self._sizes and any(map(_needs_sizes, rule.find)) else []
        return [*sizes, *(self._sides if sided else ()), *self._unread]


_NO_SIDES = "which side is the company and which the customer could not be told"


def needs_sides(rule: Rule) -> bool:
    """Does a part of the rule look for phrases that all name a side?"""
    return any(
        isinstance(find, Phrases) and all("<company>" in text or "<customer>" in text for text in find.any)
        for find in rule.find
    )


def _needs_sizes(find: Find) -> bool:
    return isinstance(find, Phrases | Frame | Tokens) and find.scope.fine_print != "any"


def _has_sides(reading: Reading) -> bool:
    sides = reading.sides
    return bool(sides.names) or any(mark in reading.view.text for mark in (COMPANY, CUSTOMER))
