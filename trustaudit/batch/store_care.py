"""What is in a store, and taking out what nobody needs any more."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from trustaudit.batch.store import connect, explained, transaction


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts and bytes of a store."""

    counts: tuple[tuple[str, int], ...]
    sizes: tuple[tuple[str, int], ...]
    rules: tuple[tuple[str, str, int], ...]  # version, hash, documents


_COUNTS = (
    ("documents", "SELECT count(*) FROM documents"),
    ("read", "SELECT count(audit_id) FROM documents"),
    ("unreadable", "SELECT count(*) FROM documents WHERE audit_id IS NULL AND NOT quarantined"),
    ("in quarantine", "SELECT count(*) FROM documents WHERE audit_id IS NULL AND quarantined"),
    ("audits", "SELECT count(*) FROM audits"),
    ("audits that hold", "SELECT count(DISTINCT audit_id) FROM documents"),
    ("texts", "SELECT count(*) FROM texts"),
    ("findings", "SELECT count(*) FROM findings"),
    ("outcomes", "SELECT count(*) FROM outcomes"),
    ("account entries", "SELECT count(*) FROM entries"),
    ("clauses", "SELECT count(*) FROM clauses"),
)
_SIZES = (
    ("texts, packed", "SELECT coalesce(sum(length(body) + length(layout)), 0) FROM texts"),
    ("audits, packed", "SELECT coalesce(sum(length(data)), 0) FROM audits"),
)
_RULES = (
    "SELECT r.version, substr(r.key, 1, 12), count(*) FROM documents d JOIN audits a ON a.id = d.audit_id "
    "JOIN rulesets r ON r.id = a.ruleset_id GROUP BY r.id ORDER BY 3 DESC, 2"
)


def statistics(path: Path) -> Statistics:
    """Raises ``StoreError`` where the store cannot be read."""
    store = connect(path, write=False)
    try:
        with explained(path):
            return Statistics(
                tuple((name, store.execute(question).fetchone()[0]) for name, question in _COUNTS),
                (
                    ("file", path.stat().st_size),
                    *((name, store.execute(question).fetchone()[0]) for name, question in _SIZES),
                ),
                tuple(store.execute(_RULES).fetchall()),
            )
    finally:
        store.close()


@dataclass(frozen=True, slots=True)
class Pruned:
    """How many of each were taken out, and the bytes of the file before and after."""

    documents: int
    audits: int
    texts: int
    before: int
    after: int


def prune(path: Path, *, missing: bool = False, dry_run: bool = False) -> Pruned:
    """Take out audits that hold for no document, and texts without an audit.

    ``missing``: also documents whose file is gone. ``dry_run``: only count. Raises ``StoreError``.
    """
    before = path.stat().st_size if path.exists() else 0
    store = connect(path, write=True)
    try:
        with explained(path):
            counts = _pruned(store, missing=missing, dry_run=dry_run)
            if not dry_run:
                store.execute("VACUUM")
                store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        store.close()
    return Pruned(*counts, before, path.stat().st_size)


def _pruned(store: sqlite3.Connection, *, missing: bool, dry_run: bool) -> tuple[int, int, int]:
    with transaction(store):
        store.execute("SAVEPOINT counted")
        documents = _missing(store) if missing else 0
        audits = store.execute(
            "DELETE FROM audits WHERE id NOT IN (SELECT audit_id FROM documents WHERE audit_id IS NOT NULL)"
        ).rowcount
        store.execute("DELETE FROM reports")  # they name audits by numbers, which may be given again
        texts = store.execute("DELETE FROM texts WHERE id NOT IN (SELECT text_id FROM audits)").rowcount
        _unused(store)
        if dry_run:
            store.execute("ROLLBACK TO counted")
    return documents, audits, texts


def _missing(store: sqlite3.Connection) -> int:
    rows = store.execute("SELECT id, path FROM documents").fetchall()
    gone = [(number,) for number, path in rows if not os.path.lexists(path)]
    store.executemany("DELETE FROM documents WHERE id = ?", gone)
    return len(gone)


def _unused(store: sqlite3.Connection) -> None:
    """What only audits point at; pieces that audits share stay as long as there is one."""
    if store.execute("SELECT count(*) FROM audits").fetchone() == (0,):
        store.execute("DELETE FROM shared")
        store.execute("DELETE FROM words")
    for table in ("requests", "rulesets"):
        column = f"{table.removesuffix('s')}_id"
        store.execute(f"DELETE FROM {table} WHERE id NOT IN (SELECT {column} FROM audits)")  # noqa: S608
