"""A run over many files with a store: what is known is not read, what is new is kept at once."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from trustaudit.batch import store_keys
from trustaudit.batch.limits import Limits
from trustaudit.batch.store import connect, explained, stored, transaction
from trustaudit.batch.store_rows import FileRow, Stamp
from trustaudit.batch.store_work import Request, Storing, Task, stamp_of
from trustaudit.batch.store_write import Writer
from trustaudit.batch.supervisor import Known, run
from trustaudit.batch.work import Failed, Lost
from trustaudit.errors import UnreadableError

_HASHED_HERE = 4_000_000  # bytes: a smaller file is looked at without a worker

_AHEAD = 20_000  # results that wait for an earlier one: each is a few words
_BACKLOG = 64  # files found to be new before a worker is free

_LOOK = (
    "SELECT d.name, d.size, d.mtime_ns, d.settled, d.sha256, d.problem, d.problem_key, d.quarantined, "
    "a.id, a.request_id, a.ruleset_id, a.signs FROM documents d LEFT JOIN audits a ON a.id = d.audit_id "
    "WHERE d.path = CAST(? AS TEXT)"
)
_OTHER = (
    "SELECT a.id, a.signs FROM texts t JOIN audits a ON a.text_id = t.id WHERE t.sha256 = ? "
    "AND t.called IN ('', CAST(? AS TEXT)) AND t.reader = ? AND a.request_id = ? AND a.ruleset_id = ?"
)


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a file: the number of its audit, or the problem.

    ``how``: new, same (as another file's), known (from a run before), or unreadable.
    """

    name: str
    how: str
    audit: int | None = None
    problem: str = ""
    quarantined: bool = False


@dataclass
class Session:
    """One run's hold of a store. ``retry``: what was unreadable is tried again."""

    path: Path
    store: sqlite3.Connection
    reader: str
    retry: bool = False
    _requests: dict[str, int] = field(default_factory=dict)  # key -> index
    _listed: list[Request] = field(default_factory=list)

    def results(
        self,
        files: Iterable[tuple[str, int]],
        *,
        jobs: int,
        limits: Limits = Limits(),
        ordered: bool = True,
    ) -> Iterator[Stored]:
        """What becomes of each file; ``files`` are names as given, with the number of their request."""
        with Writer(self.store, self.path, self.reader) as writer:
            work = Storing(str(self.path.absolute()), tuple(self._listed), self.reader)
            absorb = _Absorb(self, writer)
            tasks = (self._task(name, wanted, writer) for name, wanted in files)
            yield from run(tasks, work, jobs, limits, absorb, ordered=ordered, ahead=_AHEAD, backlog=_BACKLOG)

    def request(self, wanted: Mapping[str, Any]) -> int:
        """The number of a request, for ``results``; all must be made before the first result is asked for.

        Raises ``RuleError`` where its rules cannot be read.
        """
        asked, told = store_keys.request_key(wanted)
        rules = store_keys.rules_key(wanted["rules"])
        key = f"{asked} {rules}"
        if key not in self._requests:
            with explained(self.path), transaction(self.store):
                request_id = self._number("requests", "asked", (asked, told))
                ruleset_id = self._number("rulesets", "version, reader", (rules, _version(), self.reader))
            self._requests[key] = len(self._listed)
            self._listed.append(Request(dict(wanted), request_id, ruleset_id, rules))
        return self._requests[key]

    def _number(self, table: str, columns: str, values: Sequence[str]) -> int:
        marks = ", ".join("?" * len(values))
        self.store.execute(
            f"INSERT OR IGNORE INTO {table} (key, {columns}) VALUES ({marks})",  # noqa: S608  # ours
            values,
        )
        row = self.store.execute(f"SELECT id FROM {table} WHERE key = ?", values[:1]).fetchone()  # noqa: S608
        return int(row[0])

    def listed(self, wanted: int) -> Request:
        return self._listed[wanted]

    def _task(self, name: str, wanted: int, writer: Writer) -> Known | Task:
        with explained(self.path):
            known = self._known(name, self._listed[wanted], writer)
        if known is None:
            writer.commit()  # a worker may take its time, and another run may want to write
            return Task(name, wanted)
        return Known(known)

    def _known(self, name: str, request: Request, writer: Writer) -> Stored | None:
        """What the store says of a file that is as it was, or None: it has to be looked at."""
        path = absolute(name)
        row = self.store.execute(_LOOK, (stored(path),)).fetchone()
        if row is None:
            return None
        try:
            stamp = stamp_of(name)
        except (OSError, UnreadableError):
            return None
        seen = _Seen(*row)
        if not _unchanged(name, stamp, seen):
            return None
        if seen.problem is not None:
            return self._problem(name, seen, request)
        audit = self._audit(name, seen, request)
        if audit is not None and (audit != seen.audit or stamp != seen.stamp or name != seen.name):
            writer.stamped(path, name, stamp, audit)
        return None if audit is None else Stored(name, "known", audit)

    def _problem(self, name: str, seen: _Seen, request: Request) -> Stored | None:
        believed = seen.problem_key == _problem_key(self.reader, request, quarantined=bool(seen.quarantined))
        if self.retry or not believed:
            return None
        return Stored(name, "unreadable", None, seen.problem or "", quarantined=bool(seen.quarantined))

    def _audit(self, name: str, seen: _Seen, request: Request) -> int | None:
        wanted = (request.request_id, request.ruleset_id)
        if seen.audit is not None and (seen.request_id, seen.ruleset_id) == wanted:
            same = not seen.signs or seen.name == name or seen.signs == store_keys.signs(name)
            return seen.audit if same else None
        values = (seen.sha256, stored(store_keys.called(name)), self.reader, *wanted)
        for audit, signs in self.store.execute(_OTHER, values).fetchall():
            if not signs or signs == store_keys.signs(name):
                return int(audit)
        return None


@dataclass(frozen=True, slots=True)
class _Seen:
    """A row of ``_LOOK``."""

    name: str
    size: int
    mtime_ns: int
    settled: int
    sha256: str
    problem: str | None
    problem_key: str
    quarantined: int
    audit: int | None
    request_id: int | None
    ruleset_id: int | None
    signs: str | None

    @property
    def stamp(self) -> Stamp:
        return Stamp(self.size, self.mtime_ns, bool(self.settled))


def _unchanged(name: str, stamp: Stamp, seen: _Seen) -> bool:
    """Whether a file is the one that was read: by its stamp, else, where it is small, by its bytes."""
    if stamp[:2] == (seen.size, seen.mtime_ns) and seen.settled:
        return True
    if stamp.size != seen.size or stamp.size > _HASHED_HERE or not seen.sha256:
        return False
    try:
        data = Path(name).read_bytes()
    except OSError:
        return False
    return sha256(data).hexdigest() == seen.sha256


class _Absorb:
    """Each outcome into the store, and what the run is told of it."""

    def __init__(self, session: Session, writer: Writer) -> None:
        self._session = session
        self._writer = writer

    def __call__(self, task: Task, outcome: Any) -> Stored:
        path, request = absolute(task.path), self._session.listed(task.wanted)
        if isinstance(outcome, (Lost, Failed)):
            return self._quarantined(task, path, request, outcome.reason)
        assert isinstance(outcome, FileRow)
        if outcome.problem:
            lasting = _problem_key(self._session.reader, request, quarantined=False)
            self._writer.problem(
                path, task.path, outcome, lasting if outcome.lasting else "", quarantined=False
            )
            self._writer.commit()
            return Stored(task.path, "unreadable", None, outcome.problem)
        audit, new = self._writer.audited(path, task.path, outcome, request.request_id, request.ruleset_id)
        self._writer.commit()  # costs no wait for the disk, and a killed run loses nothing that was finished
        return Stored(task.path, "new" if new else "same", audit)

    def _quarantined(self, task: Task, path: str, request: Request, reason: str) -> Stored:
        """A file that ended its worker: remembered at once, so that not even a kill forgets it."""
        try:
            stamp = stamp_of(task.path)
            digest = _digest(task.path)
        except (OSError, UnreadableError):
            stamp, digest = Stamp(), ""
        key = _problem_key(self._session.reader, request, quarantined=True)
        row = FileRow(sha256=digest, stamp=stamp, problem=reason, lasting=True)
        self._writer.problem(path, task.path, row, key, quarantined=True)
        self._writer.commit()
        return Stored(task.path, "unreadable", None, reason, quarantined=True)


def _digest(path: str) -> str:
    from hashlib import file_digest

    with Path(path).open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _problem_key(reader: str, request: Request, *, quarantined: bool) -> str:
    """How long a problem is believed: what kills is so for this reader, what fails for these rules too."""
    return reader if quarantined else f"{reader} {request.ruleset_id}"


def absolute(name: str) -> str:
    """A file's key in the store."""
    return os.path.abspath(name)  # noqa: PTH100  # many thousands of files, and a Path costs more


def _version() -> str:
    from trustaudit import __version__

    return __version__


@contextmanager
def session(path: Path, *, retry: bool = False) -> Iterator[Session]:
    """A store opened for a run, and closed after it. Raises ``StoreError``."""
    store = connect(path, write=True)
    try:
        yield Session(path, store, store_keys.reader_key(), retry)
    finally:
        with explained(path):
            if store.in_transaction:
                store.execute("ROLLBACK")
            store.close()
