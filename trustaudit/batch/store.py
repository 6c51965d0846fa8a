"""Opening a store: one SQLite file, which two runs may use at once, and every fault of it in clear words."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from trustaudit.batch import store_schema
from trustaudit.errors import StoreError

PATIENCE = 60.0
"""Seconds to wait for another run that is writing."""

_FULL = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC})


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """The store at a path, of the current version; made, or brought up to date, where ``write`` allows it.

    Raises ``StoreError`` where it is none, of a newer version, in no folder, or cannot be written.
    """
    with explained(path):
        if not write and not path.is_file():
            raise StoreError(f"{path}: no such store; make it with: trustaudit scan FOLDER --store {path}")
        store = _opened(path, write=write)
        try:
            _bring_up(store, path, write=write)
        except BaseException:
            store.close()
            raise
        return store


def _opened(path: Path, *, write: bool) -> sqlite3.Connection:
    if write:
        if not path.absolute().parent.is_dir():
            raise StoreError(f"{path}: the folder {path.parent} does not exist; make it first")
        if path.exists() and not os.access(path, os.W_OK):
            raise StoreError(f"{path}: cannot be written: no permission; the store of a run must be writable")
        store = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, cached_statements=256)
    else:
        store = _for_reading(path)
    store.text_factory = _text
    store.execute("PRAGMA foreign_keys = ON")
    return store


def _for_reading(path: Path) -> sqlite3.Connection:
    """Also where nothing may be written beside it: SQLite then needs to be told that nobody else does."""
    address = f"file:{quote(os.fsencode(path.absolute()))}?mode=ro"
    store = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        store.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        store.close()
        if path.with_name(f"{path.name}-wal").exists():
            raise
        store = sqlite3.connect(f"{address}&immutable=1", uri=True, isolation_level=None)
    return store


def _text(data: bytes) -> str:
    """Names of files that are no UTF-8 come back as they went in."""
    return data.decode("utf-8", "surrogateescape")


def stored(text: str) -> bytes:
    """A name for a ``CAST(? AS TEXT)``: bytes that are no UTF-8 stay what they are."""
    return text.encode("utf-8", "surrogateescape")


def readable(text: str) -> str:
    """A text for a column that people read: half of a surrogate pair cannot be stored in one."""
    return text.encode("utf-8", "replace").decode()


def _bring_up(store: sqlite3.Connection, path: Path, *, write: bool) -> None:
    version = _version(store, path)
    if version == store_schema.VERSION:
        if write:
            _prepare(store)
        return
    if not write:
        raise StoreError(
            f"{path}: written by an older trustaudit (version {version} of the store); bring it up to date "
            f"by a scan into it: trustaudit scan FOLDER --store {path}"
        )
    _prepare(store)
    with transaction(store):
        version = _version(store, path)  # another run may have been quicker
        if version == 0:
            store_schema.create(store)
        elif version < store_schema.VERSION:
            store_schema.migrate(store, version)


def _version(store: sqlite3.Connection, path: Path) -> int:
    """The version of the store's tables; 0 for an empty file. Raises ``StoreError`` where it is no store."""
    (application,) = store.execute("PRAGMA application_id").fetchone()
    (version,) = store.execute("PRAGMA user_version").fetchone()
    empty = store.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    if empty and application == 0:
        return 0
    if application != store_schema.APPLICATION:
        raise StoreError(f"{path}: an SQLite file, but no store of trustaudit; name another file")
    if version > store_schema.VERSION:
        raise StoreError(
            f"{path}: written by a newer trustaudit (version {version} of the store; this one knows "
            f"{store_schema.VERSION}): update trustaudit, or name another store"
        )
    return int(version)


def _prepare(store: sqlite3.Connection) -> None:
    store.execute("PRAGMA journal_mode = WAL")
    store.execute("PRAGMA synchronous = NORMAL")


@contextmanager
def transaction(store: sqlite3.Connection) -> Iterator[None]:
    """All or nothing; waits for another writer first."""
    store.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if store.in_transaction:
            store.execute("ROLLBACK")
        raise
    store.execute("COMMIT")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Faults of SQLite and of the disk as ``StoreError``, with the mend."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_explanation(error, path)}") from error


def _explanation(error: sqlite3.Error, path: Path) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    basic = code & 0xFF if isinstance(code, int) else None
    if code in _FULL or basic == sqlite3.SQLITE_FULL:
        return (
            "the disk is full; what was finished before is in the store. Make room and run the same "
            "command again: it goes on from there"
        )
    if basic in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return f"another run has been writing for over {PATIENCE:g} seconds; wait for it, then run this again"
    if basic in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}:
        return "cannot be written: it, or its folder, is read-only; name another store"
    if basic == sqlite3.SQLITE_CANTOPEN:
        wrong = "a folder" if path.is_dir() else "no permission, or its folder is read-only"
        return f"cannot be opened: {wrong}; name another file"
    if basic in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        return f"no sound SQLite file ({error}); restore it, or name another store"
    return f"cannot be used: {error}"
