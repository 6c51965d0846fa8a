"""Parts of the JSON report as plain values: findings, messages, the balance, and how numbers are rounded."""

from __future__ import annotations

import math
from typing import Any

from trustaudit.audit import (
    Balance,
    Finding,
    MessageEntry,
    MessageFacts,
    Related,
    SideCount,
    TopicBalance,
)
from trustaudit.document import Document, Span


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


def finding(found: Finding) -> dict[str, Any]:
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
        "related": [_related(each) for each in found.related],
        "fingerprint": found.fingerprint,
        "root": found.root,
    }


def _related(related: Related) -> dict[str, Any]:
    return {
        "start": related.start,
        "end": related.end,
        "quote": related.quote,
        "message": related.message,
        "page": related.page,
        "line": related.line,
    }


def message(facts: MessageFacts | None, document: Document) -> dict[str, Any] | None:
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
        "outline": [
            {
                "step": step.step,
                "passages": [_place(passage, document) for passage in step.passages],
                "missing": step.missing,
            }
            for step in facts.outline
        ],
        "messages": [_entry(each) for each in facts.messages],
    }


def _entry(entry: MessageEntry) -> dict[str, Any]:
    """One message of a catalogue."""
    return {
        "key": entry.key,
        "start": entry.start,
        "end": entry.end,
        "line": entry.line,
        "column": entry.column,
        "channel": entry.channel,
        "purpose": entry.purpose,
        "money_first": {"index": points(entry.money_first.index), "verdict": entry.money_first.verdict},
        "conditional_on_payment": entry.conditional_on_payment,
        "threat_or_penalty": entry.threat_or_penalty,
        "account": {
            "deposits": points(entry.account.deposits),
            "withdrawals": points(entry.account.withdrawals),
            "balance": points(entry.account.balance),
            "entries": [
                {"rule": each.rule, "amount": points(each.amount), "finding": each.finding}
                for each in entry.account.entries
            ],
        },
    }


def balance(sheet: Balance, document: Document) -> dict[str, Any]:
    return {
        "topics": [_topic(each, document) for each in sorted(sheet.topics, key=lambda each: each.topic)],
        "pairs": [
            {
                "pair": each.pair,
                "asked_of": each.asked_of.value,
                "asked": _place(each.asked, document),
                "returned": _place(each.returned, document),
                "degree": each.degree,
            }
            for each in sheet.pairs
        ],
        "share": ratio(sheet.share),
        "band": sheet.band,
        "reason": sheet.reason,
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
