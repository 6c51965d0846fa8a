"""Audits as JSON, schema ``trustaudit/audit/1``: a type of its own, byte-stable.

Ratios and metrics have four decimals, points and boxes two; lists whose order means nothing are sorted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from trustaudit.audit import (
    Account,
    Audit,
    Score,
    Suppressed,
    Tool,
    Unreadable,
)
from trustaudit.report import words
from trustaudit.report.escaping import writable
from trustaudit.report.json_parts import balance, finding, message, points, ratio

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
        "documents": [document_json(audit) for audit in audits],
        "unreadable": [{"path": each.path, "reason": each.reason} for each in unreadable],
    }


def document_json(audit: Audit) -> dict[str, Any]:
    """One document of the report."""
    document = audit.document
    return {
        "path": document.name,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "kind": audit.kind.value,
        "audience": audit.audience.value,
        "language": audit.language or None,
        "words": words.word_count(audit),
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
        "findings": [finding(found) for found in audit.findings],
        "outcomes": [
            {"rule": each.rule, "outcome": each.outcome.value, "reason": each.reason}
            for each in sorted(audit.outcomes, key=lambda each: each.rule)
        ],
        "message": message(audit.message, document),
        "balance": balance(audit.balance, document),
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
        "where": each.where,
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
