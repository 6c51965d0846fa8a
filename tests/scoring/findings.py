"""Findings and papers for the tests of this room."""

from __future__ import annotations

from dataclasses import replace

from trustaudit.audit import Confidence, Effect, Finding, Severity, Side
from trustaudit.document import Document
from trustaudit.parsing.builder import Builder

SENTENCE = "This is sentence number {:03d} of it. "
LENGTH = len(SENTENCE.format(0))


def paper(sentences: int = 40) -> Document:
    """One paragraph of sentences that are all of one length: sentence ``n`` begins at ``n * LENGTH``."""
    builder = Builder()
    builder.start()
    builder.add("".join(SENTENCE.format(n) for n in range(sentences)))
    return builder.document()


PAPER = paper()
WORDS = 280


def finding(
    rule: str,
    at: int,
    effect: Effect,
    severity: Severity = Severity.MAJOR,
    confidence: Confidence = Confidence.HIGH,
    weight: float = 0.0,
) -> Finding:
    """A finding of ten characters in sentence ``at``."""
    start = at * LENGTH + 5
    quote = PAPER.text[start : start + 10]
    return Finding(
        rule=rule, title=rule.title(), severity=severity, confidence=confidence, effect=effect, favours=Side.COMPANY,
        topic="other", quote=quote, start=start, end=start + 10, weight=weight,
    )  # fmt: skip


def take(rule: str, at: int, severity: Severity = Severity.MAJOR, **values: object) -> Finding:
    return replace(finding(rule, at, Effect.WITHDRAWAL, severity), **values)  # type: ignore[arg-type]


def give(rule: str, at: int, weight: float = 3.0, **values: object) -> Finding:
    return replace(finding(rule, at, Effect.DEPOSIT, weight=weight), **values)  # type: ignore[arg-type]
