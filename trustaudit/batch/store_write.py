"""Writing results into a store: every file's rows together, many files to a transaction."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

from trustaudit.batch.store import explained, stored
from trustaudit.batch.store_rows import AuditRow, FileRow, Stamp, TextRow
from trustaudit.errors import StoreError

_EVERY = 0.5  # seconds between commits: what a killed run has to do again
_MOST = 200  # files in one transaction: how long another run waits
_KNOWN = 50_000  # words and pieces remembered

_TEXT = "INSERT OR IGNORE INTO texts (sha256, called, reader, media_type, characters, body, layout) VALUES"
_AUDIT = (
    "INSERT OR IGNORE INTO audits (text_id, request_id, ruleset_id, signs, kind, audience, language, score, "
    "grade, grade_reason, words, pages, deposits, withdrawals, balance, worst, unread, comments, data) VALUES"
)
_DOCUMENT = (
    "INSERT INTO documents (path, name, size, mtime_ns, settled, sha256, audit_id, problem, problem_key, "
    "quarantined) VALUES (CAST(? AS TEXT), CAST(? AS TEXT), ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (path) DO UPDATE SET name = excluded.name, size = excluded.size, "
    "mtime_ns = excluded.mtime_ns, settled = excluded.settled, sha256 = excluded.sha256, "
    "audit_id = excluded.audit_id, problem = excluded.problem, problem_key = excluded.problem_key, "
    "quarantined = excluded.quarantined"
)


class Writer:
    """The one who writes in a run. Use it as a context: what was finished is kept, however the run ends."""

    def __init__(self, store: sqlite3.Connection, path: Path, reader: str) -> None:
        self._store = store
        self._path = path
        self._reader = reader
        self._words: dict[str, int] = {}
        self._shared: set[int] = set()
        self._begun = 0.0
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, (sqlite3.Error, StoreError)):  # the disk is full: the last files are not kept
            if self._store.in_transaction:
                self._store.execute("ROLLBACK")
            return
        self.commit()

    def commit(self) -> None:
        with explained(self._path):
            if self._store.in_transaction:
                self._store.execute("COMMIT")
        self._count = 0

    def _begin(self) -> None:
        if self._store.in_transaction and (self._count >= _MOST or time.monotonic() - self._begun > _EVERY):
            self.commit()
        if not self._store.in_transaction:
            self._store.execute("BEGIN IMMEDIATE")
            self._begun = time.monotonic()
            if len(self._words) + len(self._shared) > _KNOWN:
                self._words.clear()
                self._shared.clear()
        self._count += 1

    def problem(self, path: str, name: str, row: FileRow, key: str, *, quarantined: bool) -> None:
        """A file that cannot be read; ``key``: how long that is to be believed, empty: not at all."""
        with explained(self._path):
            self._begin()
            self._document(path, name, row, None, key, quarantined=quarantined)

    def audited(self, path: str, name: str, row: FileRow, request: int, ruleset: int) -> tuple[int, bool]:
        """A file that was read; the number of its audit, and whether it is new in the store."""
        with explained(self._path):
            self._begin()
            audit, new = row.audit_id, False
            if audit is None:
                assert row.audit is not None
                text = row.text_id if row.text is None else self._text(row, row.text)
                assert text is not None
                audit, new = self._audit(text, request, ruleset, row.audit)
            self._document(path, name, row, audit, "", quarantined=False)
            return audit, new

    def stamped(self, path: str, name: str, stamp: Stamp, audit: int) -> None:
        """A file that is known: how it stands now, and the audit that holds for it."""
        with explained(self._path):
            self._begin()
            self._store.execute(
                "UPDATE documents SET name = CAST(? AS TEXT), size = ?, mtime_ns = ?, settled = ?, "
                "audit_id = ?, problem = NULL, problem_key = '', quarantined = 0 "
                "WHERE path = CAST(? AS TEXT)",
                (stored(name), *stamp, audit, stored(path)),
            )

    def _document(
        self, path: str, name: str, row: FileRow, audit: int | None, key: str, *, quarantined: bool
    ) -> None:
        problem = None if audit is not None else row.problem.encode("utf-8", "replace").decode()
        try:
            self._store.execute(
                _DOCUMENT,
                (stored(path), stored(name), *row.stamp, row.sha256, audit, problem, key, quarantined),
            )
        except sqlite3.IntegrityError:
            raise StoreError(
                f"{self._path}: another command took out what this run had found in it; run this again"
            ) from None

    def _text(self, row: FileRow, text: TextRow) -> int:
        values = (
            row.sha256, stored(row.called), self._reader,
            text.media_type, text.characters, text.body, text.layout,
        )  # fmt: skip
        made = self._store.execute(f"{_TEXT} (?, CAST(? AS TEXT), ?, ?, ?, ?, ?)", values)
        number = self._one(
            "SELECT id FROM texts WHERE sha256 = ? AND called = CAST(? AS TEXT) AND reader = ?", values[:3]
        )
        if made.rowcount:
            rows = ((number, at, *clause) for at, clause in enumerate(text.clauses))
            self._many("INSERT INTO clauses VALUES (?, ?, ?, ?, ?)", rows)
        return number

    def _audit(self, text: int, request: int, ruleset: int, row: AuditRow) -> tuple[int, bool]:
        key = (text, request, ruleset, row.signs)
        values = (*key, *row.columns, row.data)
        made = self._store.execute(f"{_AUDIT} ({', '.join('?' * len(values))})", values)
        number = self._one(
            "SELECT id FROM audits WHERE text_id = ? AND request_id = ? AND ruleset_id = ? AND signs = ?", key
        )
        if made.rowcount:
            self._parts(number, row)
        return number, bool(made.rowcount)

    def _parts(self, audit: int, row: AuditRow) -> None:
        word = self._word
        for name, data in row.shared.items():
            if name not in self._shared:
                self._store.execute("INSERT OR IGNORE INTO shared VALUES (?, ?)", (name, data))
                self._shared.add(name)
        self._many(
            f"INSERT INTO findings VALUES ({', '.join('?' * 18)})",  # noqa: S608  # marks alone
            (
                (audit, at, word(each.rule), word(each.title), *each[2:6], word(each.topic), *each[7:])
                for at, each in enumerate(row.findings)
            ),
        )
        self._many(
            "INSERT INTO outcomes VALUES (?, ?, ?, ?)",
            ((audit, word(rule), word(kind), word(why) if why else None) for rule, kind, why in row.outcomes),
        )
        self._many(
            "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)",
            (
                (audit, at, *each[:3], word(each[3]) if each[3] else None)
                for at, each in enumerate(row.entries)
            ),
        )
        self._many(
            "INSERT INTO metrics VALUES (?, ?, ?, ?)",
            ((audit, word(name), value, word(why) if why else None) for name, value, why in row.metrics),
        )

    def _many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        self._store.executemany(statement, list(rows))

    def _one(self, question: str, values: Sequence[Any]) -> int:
        return int(self._store.execute(question, values).fetchone()[0])

    def _word(self, text: str) -> int:
        """The number of a word, which stands in the store once."""
        known = self._words.get(text)
        if known is None:
            data = stored(text)
            self._store.execute("INSERT OR IGNORE INTO words (text) VALUES (CAST(? AS TEXT))", (data,))
            known = self._one("SELECT id FROM words WHERE text = CAST(? AS TEXT)", (data,))
            self._words[text] = known
        return known
