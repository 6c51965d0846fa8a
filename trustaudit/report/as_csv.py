"""A table of findings, a row each, for a spreadsheet that must not run any of it."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from trustaudit.audit import Audit, Finding, Unreadable
from trustaudit.report.escaping import cell

COLUMNS = (
    "path", "kind", "grade", "score", "rule", "title", "severity", "confidence", "effect", "favours", "topic",
    "page", "line", "column", "in_fine_print", "quote", "message", "why", "advice", "rewrite", "fingerprint",
    "unread", "suppressed",
)  # fmt: skip


def render(audits: Sequence[Audit], unreadable: Sequence[Unreadable]) -> str:
    """A header and a row for each finding; a document without any has one, and so has an unreadable file."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for audit in audits:
        unread = "; ".join(f"{each.where}: {each.reason}" for each in audit.document.unread)
        head = _head(audit)
        reasons = {each.fingerprint: f"{each.rule}: {each.reason}" for each in audit.suppressed}
        for row in [_row(found) for found in audit.findings] or [_NOTHING]:
            writer.writerow(_guarded((*head, *row, unread, reasons.get(str(row[-1]), ""))))
    for each in unreadable:
        writer.writerow(_guarded((each.path, "unreadable", "", None, *_NOTHING, each.reason, "")))
    return out.getvalue()


_NOTHING: tuple[object, ...] = ("",) * (len(COLUMNS) - 6)


def _head(audit: Audit) -> tuple[object, ...]:
    score = None if audit.score is None else round(audit.score, 2)
    return audit.document.name, audit.kind.value, audit.grade or "", score


def _row(found: Finding) -> tuple[object, ...]:
    return (
        found.rule, found.title, found.severity.value, found.confidence.value, found.effect.value,
        found.favours.value, found.topic, found.place.page, found.place.line, found.place.column,
        "yes" if found.in_fine_print else "no", found.quote, found.message, found.why, found.advice,
        found.rewrite, found.fingerprint,
    )  # fmt: skip


def _guarded(row: Sequence[object]) -> Iterator[object]:
    for value in row:
        yield cell(value) if isinstance(value, str) else value
