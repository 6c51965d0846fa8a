"""A comparison as JSON, schema ``trustaudit/comparison/1``: byte-stable, no clock.

Clauses that are the same are counted and not listed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from trustaudit.audit import Finding
from trustaudit.comparison import (
    Alone,
    Change,
    ClauseChange,
    Comparison,
    DocumentChange,
    FindingChange,
    FindingTurn,
    MetricChange,
    NormChange,
    Passage,
    TopicChange,
    Version,
)
from trustaudit.report.escaping import writable
from trustaudit.report.json_parts import points, ratio

SCHEMA = "trustaudit/comparison/1"


def render(comparison: Comparison) -> str:
    """The whole comparison, indented by two, with a line feed at its end."""
    return writable(json.dumps(as_plain(comparison), ensure_ascii=False, indent=2)) + "\n"


def schema() -> str:
    """The published JSON Schema."""
    return Path(__file__).with_name("comparison-1.schema.json").read_text(encoding="utf-8")


def as_plain(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain values."""
    tool = comparison.tool
    return {
        "schema": SCHEMA,
        "tool": {"name": tool.name, "version": tool.version, "rules_sha256": tool.rules_sha256},
        "old": comparison.old,
        "new": comparison.new,
        "turn": comparison.turn.value,
        "worse": list(comparison.worse),
        "documents": [_document(each) for each in comparison.documents],
        "added": [_alone(each) for each in comparison.added],
        "removed": [_alone(each) for each in comparison.removed],
        "account": [_metric(each) for each in comparison.account],
        "unreadable": [{"path": each.path, "reason": each.reason} for each in comparison.unreadable],
        "unread": list(comparison.unread),
        "notes": list(comparison.notes),
    }


def _document(document: DocumentChange) -> dict[str, Any]:
    return {
        "old": _version(document.old),
        "new": _version(document.new),
        "paired_by": document.pairing.by,
        "similarity": ratio(document.pairing.similarity),
        "counts": {change.value: document.count(change) for change in Change},
        "clauses": [_clause(each) for each in document.clauses if each.change is not Change.SAME],
        "findings": [_finding_change(each) for each in document.findings],
        "metrics": [_metric(each) for each in document.metrics],
        "topics": [_topic(each) for each in document.topics],
        "notes": list(document.notes),
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "path": version.name,
        "sha256": version.sha256,
        "media_type": version.media_type,
        "kind": version.kind,
        "words": version.words,
        "grade": version.grade,
        "band": version.band,
        "verdict": version.verdict or None,
    }


def _clause(clause: ClauseChange) -> dict[str, Any]:
    return {
        "change": clause.change.value,
        "turn": clause.turn.value,
        "moved": clause.moved,
        "similarity": ratio(clause.similarity),
        "old": _passage(clause.old),
        "new": _passage(clause.new),
        "norms": [_norm(each) for each in clause.norms],
    }


def _passage(passage: Passage | None) -> dict[str, Any] | None:
    if passage is None:
        return None
    return {
        "start": passage.start,
        "end": passage.end,
        "quote": passage.quote,
        "heading": passage.heading,
        "page": passage.page,
        "line": passage.line,
    }


def _norm(norm: NormChange) -> dict[str, Any]:
    return {
        "aspect": norm.aspect.value,
        "said": norm.said,
        "subject": norm.subject,
        "was": norm.was or None,
        "now": norm.now or None,
        "turn": norm.turn.value,
        "confidence": norm.confidence.value,
        "bearer": norm.bearer,
        "side": norm.side.value,
        "modality": norm.modality or None,
        "topic": norm.topic,
        "old": _passage(norm.old),
        "new": _passage(norm.new),
    }


def _finding_change(change: FindingChange) -> dict[str, Any]:
    """What has not changed needs no words twice."""
    quiet = change.turn in (FindingTurn.SAME, FindingTurn.MOVED)
    return {
        "turn": change.turn.value,
        "why": change.why,
        "old": _finding(change.old, short=quiet) if change.old else None,
        "new": _finding(change.new) if change.new else None,
    }


def _finding(found: Finding, *, short: bool = False) -> dict[str, Any]:
    said = {"quote": found.quote, "message": found.message, "advice": found.advice}
    return {
        "rule": found.rule,
        "title": found.title,
        "severity": found.severity.value,
        "confidence": found.confidence.value,
        "effect": found.effect.value,
        "favours": found.favours.value,
        "topic": found.topic,
        "start": found.start,
        "end": found.end,
        "page": found.page,
        "line": found.line,
        "fingerprint": found.fingerprint,
        **({} if short else said),
    }


def _metric(metric: MetricChange) -> dict[str, Any]:
    return {
        "name": metric.name,
        "old": ratio(metric.old),
        "new": ratio(metric.new),
        "unit": metric.unit,
        "turn": metric.turn.value,
    }


def _topic(topic: TopicChange) -> dict[str, Any]:
    return {
        "topic": topic.topic,
        "old": _sides(topic.old),
        "new": _sides(topic.new),
        "turn": topic.turn.value,
    }


def _sides(counts: tuple[int, int, int, int]) -> dict[str, Any]:
    burdens, powers, their_burdens, their_powers = counts
    return {
        "company": {"burdens": burdens, "powers": powers},
        "customer": {"burdens": their_burdens, "powers": their_powers},
    }


def _alone(each: Alone) -> dict[str, Any]:
    return {
        **_version(each.version),
        "score": points(each.score),
        "findings": [_finding(found) for found in each.findings],
    }
