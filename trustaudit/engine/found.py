"""From a place in the text to a finding: everything a rule says, joined to where it was found."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from trustaudit.audit import Confidence, Effect, Finding, Related, Severity
from trustaudit.document import Document, Span
from trustaudit.language.reading import Reading
from trustaudit.metrics.fine_print import FinePrint
from trustaudit.ruleset.rule import Rule


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that a kind of rule has found, before it becomes a finding."""

    span: Span
    message: str = ""
    related: tuple[tuple[Span, str], ...] = ()
    confidence: Confidence | None = None
    severity: Severity | None = None
    settled: bool = False  # the severity counts already where it stands


def finding(rule: Rule, hit: Hit, reading: Reading, fine: FinePrint) -> Finding:
    """The finding of a rule at a place; burdens in fine print weigh one step more."""
    document = reading.document
    in_fine = in_fine_print(hit.span, fine)
    severity = hit.severity or rule.severity[reading.audience]
    raised = ""
    raises = rule.effect is Effect.WITHDRAWAL and severity is not Severity.CRITICAL and not hit.settled
    if raises and fine.hides(hit.span):
        severity, raised = severity.raised(), "it stands in fine print"
    return Finding(
        rule=rule.id,
        title=rule.title,
        severity=severity,
        confidence=hit.confidence or rule.confidence,
        effect=rule.effect,
        favours=rule.favours,
        topic=rule.topic,
        quote=document.quote(hit.span),
        start=hit.span.start,
        end=hit.span.end,
        message=hit.message,
        why=rule.why,
        advice=rule.advice,
        rewrite=rule.rewrite,
        references=rule.references,
        labels=rule.labels,
        related=tuple(_related(document, span, message) for span, message in hit.related),
        place=document.place(hit.span),
        in_fine_print=in_fine,
        raised=raised,
        weight=rule.weight or 0.0,
    )


def in_fine_print(span: Span, fine: FinePrint) -> bool:
    """Does more than half of the span stand in fine print?"""
    at = max(bisect_right(fine.spans, span.start, key=lambda piece: piece.start) - 1, 0)
    shared = 0
    while at < len(fine.spans) and fine.spans[at].start < span.end:
        piece = fine.spans[at]
        shared += max(0, min(piece.end, span.end) - max(piece.start, span.start))
        at += 1
    return 2 * shared > span.end - span.start


def _related(document: Document, span: Span, message: str) -> Related:
    place = document.place(span)
    return Related(span.start, span.end, document.quote(span), message, place.page, place.line)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of the document, with their fingerprints."""
    ordered = sorted(findings, key=lambda f: (f.start, f.end, f.rule))
    seen: dict[str, int] = {}
    out: list[Finding] = []
    for one in ordered:
        key = f"{one.rule}\n{_normal(one.quote)}"
        seen[key] = seen.get(key, 0) + 1
        digest = hashlib.sha256(f"{key}\n{seen[key]}".encode()).hexdigest()
        out.append(replace(one, fingerprint=digest[:32]))
    return tuple(out)


def _normal(quote: str) -> str:
    """The words alone: the same over re-flow, renumbering and other formats."""
    return " ".join(re.findall(r"[^\W\d_]+|\d+(?:[.,]\d+)*", quote.lower()))


def hull(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))
