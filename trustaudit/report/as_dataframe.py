"""A table of findings as pandas has it: a row each, typed columns. Pandas is the user's own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trustaudit.audit import Audit, Finding
from trustaudit.errors import UsageError

if TYPE_CHECKING:
    from pandas import DataFrame

COLUMNS = {
    "path": "str",
    "kind": "str",
    "grade": "str",
    "score": "Float64",
    "rule": "str",
    "title": "str",
    "severity": "str",
    "confidence": "str",
    "effect": "str",
    "favours": "str",
    "topic": "str",
    "page": "Int64",
    "line": "Int64",
    "column": "Int64",
    "start": "Int64",
    "end": "Int64",
    "in_fine_print": "bool",
    "quote": "str",
    "message": "str",
    "why": "str",
    "advice": "str",
    "rewrite": "str",
    "fingerprint": "str",
    "suppressed": "str",
}
"""Name and type of each column; a whole number that is not known is ``<NA>``, a text that is not is empty."""


def render(audits: Sequence[Audit]) -> DataFrame:
    """The table. Raises ``UsageError`` where pandas is not installed."""
    try:
        from pandas import DataFrame
    except ImportError as error:
        raise UsageError(f"to_dataframe needs pandas; install it: pip install pandas ({error})") from None
    rows = [row for audit in audits for row in _rows(audit)]
    table = DataFrame(rows, columns=list(COLUMNS))
    return table.astype(COLUMNS)


def _rows(audit: Audit) -> list[tuple[object, ...]]:
    reasons = {each.fingerprint: each.reason for each in audit.suppressed}
    head = (audit.document.name, audit.kind.value, audit.grade or "", audit.score)
    return [(*head, *_row(found), reasons.get(found.fingerprint, "")) for found in audit.findings]


def _row(found: Finding) -> tuple[object, ...]:
    return (
        found.rule, found.title, found.severity.value, found.confidence.value, found.effect.value,
        found.favours.value, found.topic, found.page, found.line, found.column, found.start, found.end,
        found.in_fine_print, found.quote, found.message, found.why, found.advice, found.rewrite,
        found.fingerprint,
    )  # fmt: skip
