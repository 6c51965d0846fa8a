"""What a worker sends of one file, and the rows of an audit: plain values, ready for the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from trustaudit.batch.store import readable

if TYPE_CHECKING:
    from trustaudit.audit import Audit
    from trustaudit.batch.store_clauses import Clause
    from trustaudit.document import Document


class Stamp(NamedTuple):
    """How a file stood before it was read; ``settled``: a change since then would show."""

    size: int = -1
    mtime_ns: int = 0
    settled: bool = False


@dataclass(frozen=True, slots=True)
class TextRow:
    """A parsed text; ``clauses`` are its places and hashes."""

    media_type: str
    characters: int
    body: bytes
    layout: bytes
    clauses: tuple[Clause, ...]


class FindingRow(NamedTuple):
    """In the order of the table's columns; rule, title and topic are words."""

    rule: str
    title: str
    severity: str
    confidence: str
    effect: str
    favours: str
    topic: str
    quote: str
    start: int
    end: int
    page: int | None
    line: int | None
    in_fine_print: bool
    weight: float
    counts: bool
    fingerprint: str


@dataclass(frozen=True, slots=True)
class AuditRow:
    """An audit: its columns, its rows in other tables, and the whole of it packed."""

    signs: str
    columns: tuple[str | float | None, ...]  # kind … comments, as the table has them
    data: bytes
    shared: Mapping[int, bytes]
    findings: tuple[FindingRow, ...]
    outcomes: tuple[tuple[str, str, str], ...]
    entries: tuple[tuple[int, float, float, str], ...]
    metrics: tuple[tuple[str, float | None, str], ...]


@dataclass(frozen=True, slots=True)
class FileRow:
    """What became of one file: an audit that is known, a new one, or a problem.

    ``lasting``: the problem is of the content, and the same file has it the next time too.
    """

    sha256: str = ""
    called: str = ""
    stamp: Stamp = Stamp()
    text_id: int | None = None
    text: TextRow | None = None
    audit_id: int | None = None
    audit: AuditRow | None = None
    problem: str = ""
    lasting: bool = False


def text_row(document: Document) -> TextRow:
    from trustaudit.batch.store_clauses import clauses
    from trustaudit.batch.store_text import pack_document

    packed = pack_document(document)
    return TextRow(
        document.media_type, len(document.text), packed.body, packed.layout,
        tuple(clauses(document.text, document.blocks)),
    )  # fmt: skip


_MARKS = tuple("trustaudit".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))


def may_suppress(document: Document, data: bytes) -> bool:
    """Whether a comment in the file may hide findings: it has lines, and our name in it."""
    return document.source_map is not None and any(mark in data for mark in _MARKS)


def audit_row(audit: Audit, signs: str, *, comments: bool) -> AuditRow:
    """``comments``: something in the document may hide findings."""
    from trustaudit.batch.store_audit import pack_audit

    kept = pack_audit(audit)
    return AuditRow(
        signs=signs,
        columns=_columns(audit, comments=comments),
        data=kept.data,
        shared=kept.shared,
        findings=_findings(audit),
        outcomes=tuple((each.rule, each.outcome.value, each.reason) for each in audit.outcomes),
        entries=tuple(
            (each.finding, each.amount, each.balance, each.reason) for each in audit.account.entries
        ),
        metrics=tuple((name, each.value, each.reason) for name, each in audit.measures.items()),
    )


def _columns(audit: Audit, *, comments: bool) -> tuple[str | float | None, ...]:
    score, account = audit.scored, audit.account
    ranks = [audit.findings[at].severity.rank for at in audit.counting if _bad(audit, at)]
    words = audit.metrics.get("words")
    return (
        audit.kind.value, audit.audience.value, audit.language,
        score.value, score.grade, readable(score.reason), int(words or 0), len(audit.document.pages) or None,
        account.deposits, account.withdrawals, account.balance,
        max(ranks, default=-1), bool(audit.document.unread), comments,
    )  # fmt: skip


def _bad(audit: Audit, at: int) -> bool:
    return audit.findings[at].effect != "deposit"


def _findings(audit: Audit) -> tuple[FindingRow, ...]:
    counting = frozenset(audit.counting)
    return tuple(
        FindingRow(
            found.rule, readable(found.title), found.severity.value, found.confidence.value,
            found.effect.value, found.favours.value, found.topic, readable(found.quote),
            found.start, found.end, found.page, found.line, found.in_fine_print, found.weight,
            index in counting, found.fingerprint,
        )
        for index, found in enumerate(audit.findings)
    )  # fmt: skip
