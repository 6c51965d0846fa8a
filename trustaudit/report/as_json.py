"""Audits as JSON, schema ``trustaudit/audit/1``: a type of its own, byte-stable.

Ratios and metrics have four decimals, points and boxes two; lists whose order means nothing are sorted.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from trustaudit.audit import (
    Account,
    Audit,
    Balance,
    Finding,
    MessageFacts,
    Score,
    SideCount,
    Suppressed,
    Tool,
    TopicBalance,
    Unreadable,
)
from trustaudit.document import Document, Span
from trustaudit.report.escaping import writable

SCHEMA = "trustaudit/audit/1"


def render(audits: Sequence[Audit], unreadable: Sequence[Unreadable], tool: Tool) -> str:
    """The whole report, indented by two, with a line feed at its end."""
    return writable(json.dumps(report(audits, unreadable, tool), ensure_ascii=False, indent=2)) + "\n"


def schema() -> str:
    """The published JSON Schema."""
    return Path(__file__).with_name("audit-1.schema.json").read_text(encoding="utf-8")


def report(audits: Sequence[Audit], unreadable: Sequence[Unreadable], tool: Tool) -> dict[str, Any]:
    """The report as plain values."""
    return {
        "schema": SCHEMA,
        "tool": {"name": tool.name, "version": tool.version, "rules_sha256": tool.rules_sha256},
        "documents": [_document(audit) for audit in audits],
        "unreadable": [{"path": each.path, "reason": each.reason} for each in unreadable],
    }


def points(value: float | None) -> float | None:
    """Two decimals; no minus zero, and nothing where there is no finite number."""
    return _rounded(value, 2)


def ratio(value: float | None) -> float | None:
    """Four decimals."""
    return _rounded(value, 4)


def _rounded(value: float | None, digits: int) -> float | None:
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), digits) + 0.0


def words(audit: Audit) -> int:
    """The metric where it was taken, else the words between blanks."""
    measure = audit.measures.get("words")
    return int(measure.value) if measure and measure.value is not None else len(audit.document.text.split())


def _document(audit: Audit) -> dict[str, Any]:
    document = audit.document
    return {
        "path": document.name,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "kind": audit.kind.value,
        "audience": audit.audience.value,
        "language": audit.language or None,
        "words": words(audit),
        "pages": len(document.pages) or None,
        "parties": {
            "company": list(audit.parties.company),
            "customer": list(audit.parties.customer),
            "evidence": list(audit.parties.evidence),
        },
        "guesses": list(audit.guesses),
        **_score(audit.scored),
        "metrics": {name: ratio(audit.measures[name].value) for name in sorted(audit.measures)},
        "metrics_reasons": {
            name: measure.reason
            for name, measure in sorted(audit.measures.items())
            if measure.reason or ratio(measure.value) is None
        },
        "account": _account(audit.account),
        "findings": [_finding(found) for found in audit.findings],
        "outcomes": [
            {"rule": each.rule, "outcome": each.outcome.value, "reason": each.reason}
            for each in sorted(audit.outcomes, key=lambda each: each.rule)
        ],
        "message": _message(audit.message, document),
        "balance": _balance(audit.balance, document),
        "fine_print": [list(span) for span in audit.fine_print],
        "unread": [{"where": each.where, "reason": each.reason} for each in document.unread],
        "suppressed": [_suppressed(each) for each in sorted(audit.suppressed, key=_suppression_order)],
    }  # fmt: skip


def _suppression_order(each: Suppressed) -> tuple[str, str]:
    return each.rule, each.fingerprint


def _suppressed(each: Suppressed) -> dict[str, Any]:
    return {
        "fingerprint": each.fingerprint,
        "rule": each.rule,
        "reason": each.reason,
        "until": each.until or None,
    }


def _score(score: Score) -> dict[str, Any]:
    return {
        "score": points(score.value),
        "grade": score.grade,
        "grade_reason": score.reason,
        "grade_cap": score.cap,
        "score_entries": [
            {
                "rule": each.rule,
                "lost": points(each.lost),
                "findings": list(each.findings),
                "reason": each.reason,
            }
            for each in score.entries
        ],
    }


def _account(account: Account) -> dict[str, Any]:
    return {
        "deposits": points(account.deposits),
        "withdrawals": points(account.withdrawals),
        "balance": points(account.balance),
        "entries": [
            {
                "rule": each.rule,
                "amount": points(each.amount),
                "finding": each.finding,
                "balance": points(each.balance),
                "reason": each.reason,
            }
            for each in account.entries
        ],
    }


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "title": found.title,
        "severity": found.severity.value,
        "confidence": found.confidence.value,
        "effect": found.effect.value,
        "favours": found.favours.value,
        "topic": found.topic,
        "quote": found.quote,
        "start": found.start,
        "end": found.end,
        "page": found.place.page,
        "line": found.place.line,
        "column": found.place.column,
        "end_line": found.place.end_line,
        "end_column": found.place.end_column,
        "bbox": [points(side) for side in found.place.bbox] if found.place.bbox else None,
        "in_fine_print": found.in_fine_print,
        "raised": found.raised,
        "weight": points(found.weight),
        "message": found.message,
        "why": found.why,
        "advice": found.advice,
        "rewrite": found.rewrite,
        "references": [
            {"name": each.name, "url": each.url, "checked_on": each.checked_on} for each in found.references
        ],
        "labels": {name: found.labels[name] for name in sorted(found.labels)},
        "related": [
            {
                "start": each.start,
                "end": each.end,
                "quote": each.quote,
                "message": each.message,
                "page": each.page,
                "line": each.line,
            }
            for each in found.related
        ],
        "fingerprint": found.fingerprint,
    }


def _message(facts: MessageFacts | None, document: Document) -> dict[str, Any] | None:
    if facts is None:
        return None
    return {
        "channel": facts.channel,
        "purpose": facts.purpose,
        "money_first": {
            "index": points(facts.money_first.index),
            "verdict": facts.money_first.verdict,
            "entries": [
                {
                    "part": each.part,
                    "points": points(each.points),
                    "reason": each.reason,
                    "place": _place(each.span, document),
                }
                for each in facts.money_first.entries
            ],
        },
        "conditional_on_payment": facts.conditional_on_payment,
        "threat_or_penalty": facts.threat_or_penalty,
    }


def _balance(balance: Balance, document: Document) -> dict[str, Any]:
    return {
        "topics": [_topic(each, document) for each in sorted(balance.topics, key=lambda each: each.topic)],
        "pairs": [
            {
                "pair": each.pair,
                "asked_of": each.asked_of.value,
                "asked": _place(each.asked, document),
                "returned": _place(each.returned, document),
                "degree": each.degree,
            }
            for each in balance.pairs
        ],
        "share": ratio(balance.share),
        "band": balance.band,
    }


def _topic(topic: TopicBalance, document: Document) -> dict[str, Any]:
    return {
        "topic": topic.topic,
        "company": _count(topic.company),
        "customer": _count(topic.customer),
        "asymmetries": [
            {
                "topic": each.topic,
                "company": each.company,
                "customer": each.customer,
                "company_span": _place(each.company_span, document),
                "customer_span": _place(each.customer_span, document),
            }
            for each in topic.asymmetries
        ],
    }


def _count(count: SideCount) -> dict[str, int]:
    return {"burdens": count.burdens, "powers": count.powers}


def _place(span: Span | None, document: Document) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"start": span.start, "end": span.end, "quote": document.quote(span)}
