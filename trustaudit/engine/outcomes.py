"""What becomes of a rule on a document: found, clear, not applicable, or could not tell, with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from trustaudit.audit import Outcome, OutcomeKind
from trustaudit.engine.found import Hit
from trustaudit.engine.whole import Whole
from trustaudit.language.reading import Reading
from trustaudit.metrics.fine_print import FinePrint
from trustaudit.ruleset.phrase import COMPANY, CUSTOMER
from trustaudit.ruleset.rule import Frame, Phrases, Rule, Tokens


def not_wanted(rule: Rule, reading: Reading) -> Outcome:
    if not rule.enabled:
        return Outcome(rule.id, OutcomeKind.NOT_APPLICABLE, "the rule is switched off")
    kinds = " and ".join(f"{kind.value}s" for kind in rule.applies_to)
    return Outcome(rule.id, OutcomeKind.NOT_APPLICABLE, f"for {kinds}; this is a {reading.kind.value}")


def outcome(rule: Rule, hits: Sequence[Hit], rest: Whole, doubts: Sequence[str]) -> Outcome:
    if hits:
        return Outcome(rule.id, OutcomeKind.FOUND)
    if rest.doubts or doubts:
        return Outcome(rule.id, OutcomeKind.COULD_NOT_TELL, "; ".join(dict.fromkeys([*rest.doubts, *doubts])))
    if rest.groundless:
        return Outcome(rule.id, OutcomeKind.NOT_APPLICABLE, rest.groundless)
    return Outcome(rule.id, OutcomeKind.CLEAR)


def doubts_of(rule: Rule, reading: Reading, fine: FinePrint) -> list[str]:
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
