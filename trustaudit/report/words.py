"""How a report says things: severities, places, numbers and metrics in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from trustaudit.audit import Audit, Confidence, Effect, Kind, OutcomeKind, Severity, Side

SEVERITY: Mapping[Severity, str] = {
    Severity.CRITICAL: "Critical",
    Severity.MAJOR: "Major",
    Severity.MINOR: "Minor",
    Severity.INFO: "Info",
}
CONFIDENCE: Mapping[Confidence, str] = {
    Confidence.HIGH: "sure",
    Confidence.MEDIUM: "fairly sure",
    Confidence.LOW: "please check",
}
EFFECT: Mapping[Effect, str] = {
    Effect.WITHDRAWAL: "Withdrawal",
    Effect.DEPOSIT: "Deposit",
    Effect.NOTE: "Note",
}
KIND: Mapping[Kind, str] = {
    Kind.CONTRACT: "Contract",
    Kind.TERM_SHEET: "Term sheet",
    Kind.MESSAGE: "Message",
}
SIDE: Mapping[Side, str] = {
    Side.COMPANY: "the company",
    Side.CUSTOMER: "the customer",
    Side.BOTH: "both sides",
    Side.NEITHER: "neither side",
    Side.UNKNOWN: "could not tell",
}
OUTCOME: Mapping[OutcomeKind, str] = {
    OutcomeKind.FOUND: "Found",
    OutcomeKind.CLEAR: "Clear",
    OutcomeKind.NOT_APPLICABLE: "Not applicable",
    OutcomeKind.COULD_NOT_TELL: "Could not tell",
}
MONEY_VERDICT: Mapping[str, str] = {
    "yes": "Yes, money speaks first",
    "no": "No, money does not speak first",
    "legitimate": "Money comes first, and may: it is what the message is for",
}
OUTLINE_STEP: Mapping[str, str] = {
    "who": "Who we are, and thanks",
    "have": "What you have or get",
    "ask": "What we ask",
    "help": "Help, and a real way out",
    "action": "One action",
    "without": "Better left out",
}
MONEY_PART: Mapping[str, str] = {
    "order": "Order",
    "condition": "Condition",
    "share": "Share of money",
    "pressure": "Pressure",
    "care-gap": "Missing care",
    "clarity": "Clarity",
    "threat-before-help": "Threat before help",
}


def number(value: float, digits: int = 1) -> str:
    """``1234.0`` is ``1,234``; at most so many digits after the point; never ``-0``."""
    rounded = round(value, digits) + 0.0
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:,.{digits}f}"


def points(value: float) -> str:
    """An amount in a column: always one digit after the point."""
    return f"{round(value, 1) + 0.0:,.1f}"


def signed(value: float) -> str:
    """A balance in a column: with its sign, a true minus, and none for nothing."""
    return _signed(points(abs(value)), round(value, 1))


def signed_whole(value: float) -> str:
    """The same without digits after the point."""
    return _signed(f"{abs(round(value)):,}", round(value))


def _signed(shown: str, value: float) -> str:
    if value == 0:
        return shown
    return ("+" if value > 0 else "−") + shown


def percent(ratio: float) -> str:
    """``0.1556`` is ``15.6%``; a little is never shown as nothing."""
    shown = number(100 * ratio)
    return "under 0.1%" if shown == "0" and ratio > 0 else f"{shown}%"


def count(amount: int, one: str, many: str = "") -> str:
    """``1 finding``, ``6 findings``."""
    return f"{amount:,} {one if amount == 1 else many or one + 's'}"


def word_count(audit: Audit) -> int:
    """The metric where it was taken, else the words between blanks."""
    measure = audit.measures.get("words")
    return int(measure.value) if measure and measure.value is not None else len(audit.document.text.split())
