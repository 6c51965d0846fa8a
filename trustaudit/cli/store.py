"""``trustaudit store``: ask a store, export it, look after it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trustaudit.cli import debug_option

if TYPE_CHECKING:
    from trustaudit.batch.store_query import Answer

TABLES = ("documents", "findings", "outcomes", "entries", "metrics")
_WIDEST = 60
_LONG = frozenset({"sha256", "rules", "grade_reason", "fingerprint", "audit", "version", "title"})
"""Columns that a table for people leaves out; the other formats have them."""


@click.group("store", no_args_is_help=True)
@debug_option
def command() -> None:
    """Ask the store of a scan, export it, look after it.

    A store is made and filled by: trustaudit scan FOLDER --store FILE.
    """


def _store_argument(function: Any) -> Any:
    return click.argument("store", type=click.Path(path_type=Path), metavar="FILE")(function)


@command.command("query")
@_store_argument
@click.argument("table", type=click.Choice(TABLES), default="documents")
@click.option("--grade", help="Documents with this grade.")
@click.option("--kind", help="Documents of this kind: contract, term-sheet or message.")
@click.option("--state", help="Documents that are read, unreadable or quarantined.")
@click.option("--rule", help="What this rule says, or a family of rules.")
@click.option("--severity", help="Findings that are info, minor, major or critical.")
@click.option("--favours", help="Findings that favour the company, the customer, both or neither.")
@click.option("--topic", help="Findings of this topic.")
@click.option("--words", help="Findings whose quote holds these words.")
@click.option("--outcome", help="Outcomes: found, clear, not-applicable or could-not-tell.")
@click.option("--metric", help="Values of this metric.")
@click.option("--path", help="Of documents whose path fits, such as '*/nda/*'.")
@click.option("--limit", type=click.IntRange(min=0), help="At most so many rows.")
@click.option("--sql", help="A question in SQL instead, over the views that docs/store.md describes.")
@click.option(
    "--format", "shape", type=click.Choice(("table", "csv", "json", "jsonl")), default="table",
    help="How rows are shown.  [default: table]",
)  # fmt: skip
@debug_option
def query(store: Path, table: str, limit: int | None, sql: str | None, shape: str, **filters: Any) -> None:
    """Show rows of TABLE that fit every option.

    TABLE is documents, findings, outcomes, entries or metrics.  [default: documents]
    """
    from trustaudit.batch import store_query

    given = {name: value for name, value in filters.items() if value is not None}
    if sql and given:
        raise click.UsageError(f"--sql asks by itself; leave out --{next(iter(given))}")
    answer = store_query.sql(store, sql) if sql else store_query.ask(store, table, given, limit)
    _write(_shown(answer, shape, frozenset() if sql else _LONG))


def _shown(answer: Answer, shape: str, hidden: frozenset[str] = frozenset()) -> Iterator[str]:
    if shape == "csv":
        from trustaudit.batch.store_export import csv_lines

        yield from csv_lines(answer.columns, answer.rows)
    elif shape == "table":
        yield from _table(answer, hidden)
    else:
        yield from _objects(answer, lines=shape == "jsonl")


def _objects(answer: Answer, *, lines: bool) -> Iterator[str]:
    yield "" if lines else "["
    before = "" if lines else "\n"
    for row in answer.rows:
        text = json.dumps(dict(zip(answer.columns, row, strict=True)), ensure_ascii=False)
        yield f"{before}{text}" + ("\n" if lines else "")
        before = "" if lines else ",\n"
    yield "" if lines else "\n]\n"


def _table(answer: Answer, hidden: frozenset[str]) -> Iterator[str]:
    """Columns as wide as their first rows, so that the first line comes before the last row is read."""
    kept = [at for at, name in enumerate(answer.columns) if name not in hidden]
    names = [answer.columns[at] for at in kept]
    cells = ([_cell(row[at], name) for at, name in zip(kept, names, strict=True)] for row in answer.rows)
    first = list(islice(cells, 200))
    widths = [max(map(len, column)) for column in zip(names, *first, strict=True)]
    for line in chain([names], first, cells):
        yield _line(line, widths)


def _line(cells: list[str], widths: list[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip() + "\n"


def _cell(value: Any, column: str) -> str:
    if value is None:
        return "-"
    text = f"{value:.2f}" if isinstance(value, float) else " ".join(str(value).split())
    text = "".join(letter if letter.isprintable() else "�" for letter in text)
    if len(text) <= _WIDEST:
        return text
    return f"…{text[1 - _WIDEST :]}" if column == "path" else f"{text[: _WIDEST - 1]}…"


def _write(pieces: Iterable[str]) -> None:
    """To standard output; a reader who closes it early has seen enough."""
    import os

    out = sys.stdout.buffer
    try:
        for piece in pieces:
            out.write(piece.encode("utf-8", "replace"))
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@command.command("export")
@_store_argument
@click.argument("tables", type=click.Choice(TABLES), nargs=-1)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FOLDER",
    help="Where the tables go, a file each.",
)
@click.option("--format", "shape", type=click.Choice(("csv", "parquet")), default="csv", show_default=True)
@debug_option
def export(store: Path, tables: tuple[str, ...], output: Path, shape: str) -> None:
    """Write TABLES (all, where none is named) as CSV or Parquet, a file for each, into a folder."""
    from trustaudit.batch.store_export import export as write

    for path in write(store, output, shape, tables):
        click.echo(f"written: {path}", err=True)


@command.command("stats")
@_store_argument
@debug_option
def stats(store: Path) -> None:
    """Say what is in a store and how large it is."""
    from trustaudit.batch.store_care import statistics

    found = statistics(store)
    for name, count in found.counts:
        click.echo(f"{name:18} {count:>14,}")
    for name, size in found.sizes:
        click.echo(f"{name:18} {size:>14,} bytes")
    for version, key, count in found.rules:
        click.echo(f"rules {key} of version {version}: {count:,} documents")


@command.command("prune")
@_store_argument
@click.option("--missing", is_flag=True, help="Also forget documents whose file is gone.")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@debug_option
def prune(store: Path, missing: bool, dry_run: bool) -> None:
    """Take out what holds for no document any more: audits by earlier rules, and texts without an audit."""
    from trustaudit.batch import store_care
    from trustaudit.errors import StoreError

    if not store.is_file():
        raise StoreError(f"{store}: no such store")
    done = store_care.prune(store, missing=missing, dry_run=dry_run)
    would = "would take out" if dry_run else "took out"
    click.echo(f"{would} {done.documents:,} documents, {done.audits:,} audits, {done.texts:,} texts")
    if not dry_run:
        click.echo(f"{done.before:,} bytes before, {done.after:,} after")
