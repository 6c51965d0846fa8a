"""What a worker does for a run with a store: read a file once, and only what the store does not know."""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trustaudit.batch import store_keys
from trustaudit.batch.store import connect
from trustaudit.batch.store_rows import FileRow, Stamp, audit_row, may_suppress, text_row
from trustaudit.batch.store_text import Packed, unpack_document
from trustaudit.errors import StoreError, UnreadableError

if TYPE_CHECKING:
    from trustaudit.document import Document
    from trustaudit.pipeline import Asked
    from trustaudit.ruleset import Ruleset

SETTLED = 2_000_000_000
"""Nanoseconds: a file that was changed so shortly before it was read could change again unseen."""
_TRIES = 3
_PAUSE = 0.05


@dataclass(frozen=True, slots=True)
class Task:
    """One file: the path as it was given, and which of the run's requests holds for it."""

    path: str
    wanted: int


@dataclass(frozen=True)
class Request:
    """What is asked of some files, as the arguments of a scan, and its rows in the store."""

    arguments: Mapping[str, Any]
    request_id: int
    ruleset_id: int
    rules_key: str


@dataclass
class Storing:
    """Files to rows. Each worker reads the store by itself; only the supervisor writes."""

    store: str
    requests: tuple[Request, ...]
    reader: str
    _asked: dict[int, Asked] = field(default_factory=dict)
    _rules: dict[int, Ruleset] = field(default_factory=dict)
    _connection: sqlite3.Connection | None = None

    def prepare(self, *, fully: bool) -> None:
        from trustaudit.batch.work import warm
        from trustaudit.pipeline import asked, rules_of

        for number, request in enumerate(self.requests):
            if store_keys.rules_key(request.arguments["rules"]) != request.rules_key:
                raise StoreError("the rules were changed while the run was under way; run it again")
            self._asked[number] = asked(**request.arguments)
            self._rules[number] = rules_of(self._asked[number])
        if fully:
            warm(self._asked[0])
        self._connection = connect(Path(self.store), write=False)

    def do(self, task: Task) -> FileRow:
        from trustaudit.audit import Unreadable
        from trustaudit.pipeline import guarded

        known: list[FileRow] = []  # what is known of the file by the time that something goes wrong
        row = guarded(Path(task.path), lambda: self._row(task, known))
        if isinstance(row, Unreadable):
            seen = known[-1] if known else FileRow()
            return replace(seen, problem=row.reason, lasting=bool(known))
        return row

    def _row(self, task: Task, known: list[FileRow]) -> FileRow:
        from trustaudit.pipeline import audit_document

        data, stamp = read_whole(task.path)
        digest = sha256(data).hexdigest()
        seen = FileRow(sha256=digest, called=store_keys.called(task.path), stamp=stamp)
        known.append(seen)
        request = self.requests[task.wanted]
        text = self._text(digest, seen.called)
        if text is not None and (audit := self._audit(text, request, task.path)) is not None:
            return replace(seen, audit_id=audit)
        document = self._document(text, data, task.path)
        audit_made = audit_document(document, self._asked[task.wanted], self._rules[task.wanted])
        by_name = store_keys.signs(task.path) if audit_made.kind == "message" else ""
        return replace(
            seen,
            called=store_keys.called_as(document.media_type, task.path),
            text_id=text,
            text=None if text is not None else text_row(document),
            audit=audit_row(audit_made, by_name, comments=may_suppress(document, data)),
        )

    def _text(self, digest: str, called: str) -> int | None:
        row = self._store.execute(
            "SELECT id FROM texts WHERE sha256 = ? AND called IN ('', CAST(? AS TEXT)) AND reader = ?",
            (digest, called.encode("utf-8", "surrogateescape"), self.reader),
        ).fetchone()
        return None if row is None else int(row[0])

    def _audit(self, text: int, request: Request, path: str) -> int | None:
        rows = self._store.execute(
            "SELECT id, signs FROM audits WHERE text_id = ? AND request_id = ? AND ruleset_id = ?",
            (text, request.request_id, request.ruleset_id),
        ).fetchall()
        for audit, signs in rows:
            if not signs or signs == store_keys.signs(path):
                return int(audit)
        return None

    def _document(self, text: int | None, data: bytes, path: str) -> Document:
        from trustaudit.parsing import parse

        if text is None:
            return parse(data, path)
        kind, digest, body, layout = self._store.execute(
            "SELECT media_type, sha256, body, layout FROM texts WHERE id = ?", (text,)
        ).fetchone()
        return unpack_document(Packed(body, layout), name=path, media_type=kind, sha256=digest)

    @property
    def _store(self) -> sqlite3.Connection:
        assert self._connection is not None
        return self._connection


def stamp_of(path: str) -> Stamp:
    """How a file stands now. Raises ``UnreadableError`` where it is none, ``OSError`` where it is gone."""
    status = os.stat(path)  # noqa: PTH116  # many thousands of files, and a Path costs more
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("not a file")
    return Stamp(status.st_size, status.st_mtime_ns, status.st_mtime_ns < time.time_ns() - SETTLED)


def read_whole(path: str) -> tuple[bytes, Stamp]:
    """A file's bytes as they were at one moment, and its stamp.

    Raises ``UnreadableError`` where it cannot be read, or goes on changing while it is read.
    """
    try:
        for _ in range(_TRIES):
            before = stamp_of(path)
            data = Path(path).read_bytes()
            after = stamp_of(path)
            if before[:2] == after[:2] and len(data) == before.size:
                return data, before
            time.sleep(_PAUSE)
    except OSError as error:
        raise UnreadableError(error.strerror or str(error)) from error
    raise UnreadableError("it changes while it is read; scan it again when it is finished")
