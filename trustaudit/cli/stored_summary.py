"""What a run with a store comes to, gathered a document at a time from the store's columns."""

from __future__ import annotations

import heapq
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trustaudit.audit import (
    Account,
    Audience,
    Audit,
    Balance,
    Confidence,
    Effect,
    Finding,
    Kind,
    Measure,
    Parties,
    Score,
    Severity,
    Side,
    Tool,
    Unreadable,
)  # fmt: skip
from trustaudit.cli import ExitStatus, gates, run
from trustaudit.document import Document, Unread
from trustaudit.report.escaping import one_line
from trustaudit.settings import Settings

if TYPE_CHECKING:
    from trustaudit.batch.store_session import Session, Stored
    from trustaudit.cli.hiding import Plan

_SHOWN = 10
_COLUMNS = (
    "SELECT a.kind, a.audience, a.score, a.grade, a.grade_reason, a.worst, a.unread, a.comments, "
    "m.value, r.text FROM audits a LEFT JOIN metrics m ON m.audit_id = a.id "
    "AND m.metric_id = (SELECT id FROM words WHERE text = 'fine_print_ratio') "
    "LEFT JOIN words r ON r.id = m.reason_id WHERE a.id = ?"
)


@dataclass
class Summary:
    """Grades, the worst documents, and the status.

    A document of which a comment or a sidecar may hide findings is looked at whole.
    """

    held: Session
    path: Path
    settings: Settings
    plan: Plan
    strict: bool
    suppressible: bool = False
    _grades: Counter[str] = field(default_factory=Counter)
    _worst: list[tuple[float, str, str]] = field(default_factory=list)  # minus score, name, grade: a heap
    _problems: list[str] = field(default_factory=list)
    _unread: int = 0
    _status: ExitStatus = ExitStatus.CLEAN
    _folders: dict[str, bool] = field(default_factory=dict)
    _reader: Any = None

    def add(self, result: Stored) -> None:
        if result.audit is None:
            self.unreadable(result.name, result.problem)
            return
        row = self.held.store.execute(_COLUMNS, (result.audit,)).fetchone()
        if row[7] or self._has_sidecar(result.name):
            from trustaudit.batch.store_read import Reader

            self._reader = self._reader or Reader(self.held.store, self.path)
            self.whole(self._reader.audit(result.audit, result.name))
        elif self.settings.min_score is None and self.settings.max_fine_print is None:
            self._count(result.name, row[2], row[3], self._plainly(worst=row[5], unread=row[6]))
        else:
            self._take(_light(result.name, row))

    def look(self, result: Stored) -> None:
        """Only whether something may hide findings of this document."""
        if result.audit is not None and not self.suppressible:
            question = "SELECT comments FROM audits WHERE id = ?"
            (comments,) = self.held.store.execute(question, (result.audit,)).fetchone()
            self.suppressible = bool(comments) or self._has_sidecar(result.name)

    def unreadable(self, name: str, reason: str) -> None:
        self._unread += 1
        if self._unread <= _SHOWN:
            self._problems.append(f"{one_line(name)}: {one_line(reason)}")

    def whole(self, result: Audit | Unreadable, standard_input: bytes | None = None) -> None:
        """A document with all that may hide its findings."""
        from trustaudit.cli import hiding

        if isinstance(result, Unreadable):
            self.unreadable(result.path, result.reason)
            return
        done = hiding.hidden(run.Done((result,), (), (), standard_input), self.plan, self.settings).done
        self._take(done.audits[0])

    def _take(self, audit: Audit) -> None:
        status = gates.status(run.Done((audit,), ()), self.settings, strict=self.strict)
        self._count(audit.document.name, audit.score, audit.grade, status)

    def _plainly(self, *, worst: int, unread: int) -> ExitStatus:
        """What ``gates.status`` says where no gate but --fail-on is set: most documents, and most runs."""
        if self.strict and unread:
            return ExitStatus.COULD_NOT_RUN
        limit = self.settings.fail_on
        bad = limit != "never" and worst >= Severity(limit).rank
        return ExitStatus.FINDINGS if bad else ExitStatus.CLEAN

    def _count(self, name: str, score: float | None, grade: str | None, status: ExitStatus) -> None:
        self._status = max(self._status, status)
        self._grades[grade or "none"] += 1
        if score is not None:
            entry = (-score, name, grade or "")
            (heapq.heappush if len(self._worst) < _SHOWN else heapq.heappushpop)(self._worst, entry)

    def _has_sidecar(self, name: str) -> bool:
        """Whether a file beside the document, or in a folder above it, may say what is to be hidden."""
        from trustaudit.suppression.sidecar import FOLDER_FILE, SUFFIX

        if os.path.exists(name + SUFFIX):  # noqa: PTH110  # many thousands of files, and a Path costs more
            return True
        folder = name.rpartition(os.sep)[0]
        if folder not in self._folders:
            place = Path(folder or ".")
            above = [place.absolute(), *place.absolute().parents] if self.settings.source else [place]
            self._folders[folder] = any((each / FOLDER_FILE).is_file() for each in above)
        return self._folders[folder]

    @property
    def status(self) -> ExitStatus:
        if not self._grades or (self.strict and self._unread):
            return ExitStatus.COULD_NOT_RUN
        return self._status

    def text(self) -> str:
        """The run in short; the same for the same documents, whatever of them was known before."""
        total = sum(self._grades.values())
        grades = "  ".join(f"{grade} {self._grades[grade]:,}" for grade in sorted(self._grades))
        lines = [f"{total:,} documents read: {grades}" if total else "no document could be read"]
        if self._worst:
            lines += ["", "Worst"]
            ranked = sorted(self._worst, key=lambda entry: (-entry[0], entry[1]))
            lines += [f"  {grade}  {-score:5.1f}  {one_line(name)}" for score, name, grade in ranked]
        if self._problems:
            lines += ["", f"Unreadable: {self._unread:,}", *(f"  {problem}" for problem in self._problems)]
            if self._unread > _SHOWN:
                lines.append(f"  … and {self._unread - _SHOWN:,} more")
        shown = f"trustaudit portfolio {self.path} --output FOLDER"
        lines += ["", f"The whole picture: {shown}", f"Questions: trustaudit store query {self.path} --help"]
        return "\n".join(lines)


def _light(name: str, row: tuple[Any, ...]) -> Audit:
    """As much of an audit as gates ask for: one finding stands for the worst that counts."""
    kind, audience, score, grade, reason, worst, unread, _, ratio, why = row
    findings = () if worst < 0 else (_finding(tuple(Severity)[worst]),)
    return Audit(
        document=Document("", (), name=name, unread=(Unread("", ""),) if unread else ()),
        kind=Kind(kind), audience=Audience(audience), parties=Parties(), findings=findings, outcomes=(),
        measures={"fine_print_ratio": Measure(ratio, why or "")}, scored=Score(score, grade, reason),
        account=Account(), balance=Balance(), message=None, tool=Tool("trustaudit", "", ""),
    )  # fmt: skip


def _finding(severity: Severity) -> Finding:
    return Finding("", "", severity, Confidence.HIGH, Effect.WITHDRAWAL, Side.UNKNOWN, "", "", 0, 0)
