"""Questions to a store: ready-made ones by table and filter, and SQL, which can only read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from trustaudit.batch.store import connect, explained
from trustaudit.batch.store_schema import VIEW_NAMES
from trustaudit.errors import UsageError

_BATCH = 1_000

# filter -> the tables that can be asked so, and the condition
_FILTERS: Mapping[str, tuple[frozenset[str], str]] = MappingProxyType(
    {
        "grade": (frozenset({"documents"}), "grade = :grade"),
        "kind": (frozenset({"documents"}), "kind = :kind"),
        "state": (frozenset({"documents"}), "state = :state"),
        "rule": (frozenset({"findings", "outcomes", "entries"}), "(rule = :rule OR rule GLOB :rule || '/*')"),
        "severity": (frozenset({"findings"}), "severity = :severity"),
        "favours": (frozenset({"findings"}), "favours = :favours"),
        "topic": (frozenset({"findings"}), "topic = :topic"),
        "outcome": (frozenset({"outcomes"}), "outcome = :outcome"),
        "metric": (frozenset({"metrics"}), "metric = :metric"),
        "path": (frozenset(VIEW_NAMES), "path GLOB :path"),
        "words": (frozenset({"findings"}), "quote LIKE '%' || :words || '%'"),
    }
)
_ORDER = {"documents": "path", "findings": "path, number", "entries": "path, number"}


@dataclass(frozen=True)
class Answer:
    """Columns, and rows that come as they are asked for."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def ask(path: Path, table: str, filters: Mapping[str, str], limit: int | None = None) -> Answer:
    """The rows of a table that fit every filter. Raises ``UsageError`` where a filter is of another table."""
    conditions = []
    for name in filters:
        tables, condition = _FILTERS[name]
        if table not in tables:
            raise UsageError(f"--{name} asks about {' and '.join(sorted(tables))}, not about {table}")
        conditions.append(condition)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    most = f" LIMIT {limit}" if limit is not None else ""
    order = _ORDER.get(table, "path")
    return sql(path, f"SELECT * FROM {VIEW_NAMES[table]}{where} ORDER BY {order}{most}", filters)  # noqa: S608


def sql(path: Path, question: str, values: Mapping[str, str] | None = None) -> Answer:
    """What SQL answers; the store cannot be changed by it. Raises ``UsageError`` where it is wrong."""
    store = connect(path, write=False)
    store.execute("PRAGMA query_only = ON")
    try:
        with explained(path):
            cursor = _executed(store, question, values or {})
    except BaseException:
        store.close()
        raise
    columns = tuple(each[0] for each in cursor.description or ())
    return Answer(columns, _rows(store, cursor, path))


def _executed(store: sqlite3.Connection, question: str, values: Mapping[str, str]) -> sqlite3.Cursor:
    try:
        return store.execute(question, values)
    except (sqlite3.OperationalError, sqlite3.ProgrammingError, sqlite3.Warning) as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF not in {
            sqlite3.SQLITE_ERROR,
            sqlite3.SQLITE_READONLY,
        }:
            raise
        views = ", ".join(VIEW_NAMES.values())
        raise UsageError(
            f"this question cannot be asked: {error}; it may only read; views: {views}"
        ) from None


def _rows(store: sqlite3.Connection, cursor: sqlite3.Cursor, path: Path) -> Iterator[tuple[Any, ...]]:
    try:
        with explained(path):
            while rows := cursor.fetchmany(_BATCH):
                yield from rows
    finally:
        store.close()
