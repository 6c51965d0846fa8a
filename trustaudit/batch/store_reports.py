"""The last reports of a store: a run over what has not changed need not make them again."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path

from trustaudit.batch.store import explained, transaction

_KEPT = 3
_LARGEST = 200_000_000
"""Characters; a larger report is made each time."""


def recall(store: sqlite3.Connection, path: Path, key: str) -> str | None:
    """The report of this key, or None where it is not kept, or not whole."""
    with explained(path):
        row = store.execute("SELECT data FROM reports WHERE key = ?", (key,)).fetchone()
    if row is None:
        return None
    try:
        return zlib.decompress(row[0]).decode("utf-8", "surrogatepass")
    except (zlib.error, UnicodeDecodeError):
        return None


def keep(store: sqlite3.Connection, path: Path, key: str, text: str) -> None:
    """Keep a report in place of the oldest."""
    if len(text) > _LARGEST:
        return
    data = zlib.compress(text.encode("utf-8", "surrogatepass"), 1)
    with explained(path), transaction(store):
        store.execute("DELETE FROM reports WHERE key = ?", (key,))
        store.execute("INSERT INTO reports VALUES (?, ?)", (key, data))
        store.execute(
            "DELETE FROM reports WHERE rowid NOT IN (SELECT rowid FROM reports ORDER BY rowid DESC LIMIT ?)",
            (_KEPT,),
        )
