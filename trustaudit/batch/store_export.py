"""A store as files that other tools read: CSV, or Parquet (extra ``batch``), one for each table."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from trustaudit.batch.store_query import ask
from trustaudit.batch.store_schema import VIEW_NAMES
from trustaudit.errors import UsageError

FORMATS = ("csv", "parquet")
_BATCH = 20_000

_TYPES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            ("document", "number", "start", "end", "page", "line", "words", "pages", "audit"), "int"
        ),
        **dict.fromkeys(
            ("score", "deposits", "withdrawals", "balance", "weight", "amount", "value"), "float"
        ),
        **dict.fromkeys(("in_fine_print", "counts"), "bool"),
    }
)
"""Columns that are no text, by name; ``finding`` of an entry is a number too."""


def export(path: Path, folder: Path, format: str, tables: Sequence[str] = ()) -> tuple[Path, ...]:  # noqa: A002
    """Write the tables (all, where none is named) into a folder; each file is there whole or not at all.

    Raises ``StoreError``, and ``UsageError`` where the folder cannot be written or pyarrow is not installed.
    """
    write = _parquet if format == "parquet" else _csv
    try:
        folder.mkdir(parents=True, exist_ok=True)
        made = []
        for table in tables or tuple(VIEW_NAMES):
            target = folder / f"{table}.{format}"
            with _whole(target) as file:
                write(path, table, file)
            made.append(target)
        return tuple(made)
    except OSError as error:
        raise UsageError(
            f"{error.filename or folder}: cannot be written: {error.strerror or error}"
        ) from None


@contextmanager
def _whole(target: Path) -> Iterator[BinaryIO]:
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def csv_lines(columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    """CSV as spreadsheets read it; what they would take for a formula is kept from being one."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_harmless(each) for each in row])
        if out.tell() > 1_000_000:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _harmless(value: Any) -> Any:
    if isinstance(value, str):
        text = value.encode("utf-8", "replace").decode()
        return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
    return value


def _csv(path: Path, table: str, file: BinaryIO) -> None:
    answer = ask(path, table, {})
    file.writelines(text.encode() for text in csv_lines(answer.columns, answer.rows))


def _parquet(path: Path, table: str, file: BinaryIO) -> None:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise UsageError("Parquet needs pyarrow; install it with: pip install 'trustaudit[batch]'") from None
    answer = ask(path, table, {})
    types = {"int": pa.int64(), "float": pa.float64(), "bool": pa.bool_(), "text": pa.string()}
    schema = pa.schema([(name, types[type_of(table, name)]) for name in answer.columns])
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while rows := list(islice(answer.rows, _BATCH)):
            columns = [
                _column(values, field.type, pa)
                for values, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _column(values: Sequence[Any], kind: Any, pa: Any) -> Any:
    if kind == pa.string():
        values = [each if each is None else str(each).encode("utf-8", "replace").decode() for each in values]
    elif kind == pa.bool_():
        values = [None if each is None else bool(each) for each in values]
    return pa.array(values, kind)


def type_of(table: str, column: str) -> str:
    """int, float, bool or text."""
    if (table, column) == ("entries", "finding"):
        return "int"
    return _TYPES.get(column, "text")
