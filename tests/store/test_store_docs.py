"""docs/store.md and the help say what the store is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from trustaudit.batch import store_schema
from trustaudit.batch.store import connect
from trustaudit.batch.store_export import type_of

DOCS = Path(__file__).resolve().parents[2] / "docs" / "store.md"
BEGIN, END = "<!-- views: begin (tests keep this list current) -->\n", "<!-- views: end -->"


def described(store: sqlite3.Connection) -> str:
    """The list of views and columns, as the page has it."""
    lines = ["| View | Columns |", "| --- | --- |"]
    for table, view in store_schema.VIEW_NAMES.items():
        columns = [row[1] for row in store.execute(f"PRAGMA table_info({view})")]
        listed = ", ".join(
            f"`{name}`" + ("" if type_of(table, name) == "text" else f" ({type_of(table, name)})")
            for name in columns
        )
        lines.append(f"| `{view}` | {listed} |")
    return "\n".join(lines) + "\n"


def test_the_page_lists_every_view_and_column(tmp_path: Path) -> None:
    """To bring the page up to date: put what this test expects between the two marks."""
    store = connect(tmp_path / "a.db", write=True)
    text = DOCS.read_text(encoding="utf-8")

    assert text.partition(BEGIN)[2].partition(END)[0] == described(store)
    store.close()


def test_the_page_knows_every_version() -> None:
    text = DOCS.read_text(encoding="utf-8")

    for version in range(1, store_schema.VERSION + 1):
        assert f"\n| {version} |" in text
    assert f"\n| {store_schema.VERSION + 1} |" not in text
    assert set(store_schema.MIGRATIONS) == set(range(1, store_schema.VERSION))
