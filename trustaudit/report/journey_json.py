"""A journey as JSON, schema ``trustaudit/journey/1``: a type of its own, byte-stable.

Each of ``documents`` holds a document of the audit report's schema, in the order in which the customer meets
them; what points at a document or a finding points into those lists.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from trustaudit.journey_audit import (
    Conflict,
    CrossReturn,
    JourneyAudit,
    Move,
    Passage,
    StageAudit,
    Staged,
    StatementEntry,
    Waiting,
)  # fmt: skip
from trustaudit.report import as_json
from trustaudit.report.as_json import document_json
from trustaudit.report.escaping import writable
from trustaudit.report.json_parts import points, ratio

SCHEMA = "trustaudit/journey/1"


def render(journey: JourneyAudit) -> str:
    """The whole report, indented by two, with a line feed at its end."""
    return writable(json.dumps(report(journey), ensure_ascii=False, indent=2)) + "\n"


def schema() -> str:
    """The published JSON Schema. The documents are those of ``trustaudit/audit/1``, by its definitions."""
    own = json.loads(Path(__file__).with_name("journey-1.schema.json").read_text(encoding="utf-8"))
    own["$defs"] = {**json.loads(as_json.schema())["$defs"], **own["$defs"]}
    return json.dumps(own, indent=2, ensure_ascii=False) + "\n"


def report(journey: JourneyAudit) -> dict[str, Any]:
    """The report as plain values."""
    tool = journey.tool
    return {
        "schema": SCHEMA,
        "tool": {"name": tool.name, "version": tool.version, "rules_sha256": tool.rules_sha256},
        "name": journey.name,
        "source": journey.source,
        "company": list(journey.company),
        "customer": list(journey.customer),
        "segment": journey.segment,
        "audience": journey.audience.value if journey.audience else None,
        "guesses": list(journey.guesses),
        **_score(journey),
        "account": _account(journey),
        "stages": [_stage(each) for each in journey.stages],
        "observations": [
            {
                "kind": each.kind,
                "message": each.message,
                "good": each.good,
                "stages": list(each.stages),
                "passages": [_passage(passage) for passage in each.passages],
            }
            for each in journey.observations
        ],
        "moves": [_move(each) for each in journey.moves],
        "score_with_all_moves": points(journey.moves_together),
        "conflicts": [_conflict(each) for each in journey.conflicts],
        "returns": [_return(each) for each in journey.returns],
        "waiting": [_waiting(each) for each in journey.waiting],
        "documents": [_document(each) for each in journey.documents],
        "holes": [
            {"path": each.path, "stage": each.stage or None, "reason": each.reason} for each in journey.holes
        ],
    }


def _score(journey: JourneyAudit) -> dict[str, Any]:
    return {
        "score": points(journey.score),
        "grade": journey.grade,
        "grade_reason": journey.scored.reason,
        "grade_cap": journey.scored.cap,
        "score_without_conflicts": points(journey.scored.plain),
        "conflict_points": points(journey.scored.conflict_points),
        "coverage": ratio(journey.coverage),
        "worst_stage": journey.worst_stage.name if journey.worst_stage else None,
    }


def _account(journey: JourneyAudit) -> dict[str, Any]:
    return {
        "deposits": points(journey.deposits),
        "withdrawals": points(journey.withdrawals),
        "balance": points(journey.balance),
        "closing": points(journey.closing),
        "entries": [_entry(each) for each in journey.statement],
        "streaks": [
            {
                "first": each.first,
                "last": each.last,
                "amount": points(each.amount),
                "extra": points(each.extra),
                "stages": list(each.stages),
            }
            for each in journey.streaks
        ],
    }


def _entry(each: StatementEntry) -> dict[str, Any]:
    return {
        "document": each.document,
        "finding": each.finding,
        "stage": each.stage,
        "rule": each.rule,
        "amount": ratio(each.amount),
        "balance": ratio(each.balance),
        "reason": each.reason,
    }


def _stage(each: StageAudit) -> dict[str, Any]:
    return {
        "stage": each.name,
        "title": each.title,
        "documents": list(each.documents),
        "weight": points(each.weight),
        "customer": each.customer,
        "score": points(each.score),
        "grade": each.grade,
        "reason": each.reason,
        "deposits": points(each.deposits),
        "withdrawals": points(each.withdrawals),
        "opening": points(each.opening),
        "closing": points(each.closing),
        "balance": points(each.balance),
        "notes": list(each.notes),
        "holes": each.holes,
        "conflicts": each.conflicts,
    }


def _passage(each: Passage | None) -> dict[str, Any] | None:
    if each is None:
        return None
    return {
        "document": each.document,
        "stage": each.stage,
        "quote": each.quote,
        "start": each.start,
        "end": each.end,
        "page": each.page,
        "line": each.line,
    }


def _move(each: Move) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "title": each.title,
        "stage": each.stage,
        "rule": each.rule or None,
        "findings": [list(pair) for pair in each.findings],
        "conflicts": list(each.conflicts),
        "score_before": points(each.score_before),
        "score_after": points(each.score_after),
        "gain": points(each.gain),
        "stage_before": points(each.stage_before),
        "stage_after": points(each.stage_after),
        "balance_before": points(each.balance_before),
        "balance_after": points(each.balance_after),
        "advice": each.advice,
        "rewrite": each.rewrite,
        "passages": [_passage(passage) for passage in each.passages],
    }


def _conflict(each: Conflict) -> dict[str, Any]:
    return {
        "kind": each.kind,
        "topic": each.topic,
        "title": each.title,
        "severity": each.severity.value,
        "message": each.message,
        "cost": each.cost,
        "binds": each.binds,
        "first": _passage(each.first),
        "second": _passage(each.second),
    }


def _return(each: CrossReturn) -> dict[str, Any]:
    return {
        "pair": each.pair,
        "asked": _passage(each.asked),
        "returned": _passage(each.returned),
        "message": each.message,
        "stages_later": each.stages_later,
    }


def _waiting(each: Waiting) -> dict[str, Any]:
    return {
        "stage": each.stage,
        "score": points(each.score),
        "reason": each.reason,
        "answers": [
            {
                "question": answer.question,
                "answer": answer.answer,
                "reason": answer.reason,
                "passage": _passage(answer.passage),
            }
            for answer in each.answers
        ],
    }


def _document(each: Staged) -> dict[str, Any]:
    return {
        "path": each.path,
        "stage": each.stage,
        "channel": each.channel or None,
        "weight": points(each.weight),
        "audit": document_json(each.audit),
    }
