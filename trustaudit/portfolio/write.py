"""Writing a portfolio report: the page, its parts, Markdown and JSON, in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trustaudit.batch.store import connect, explained
from trustaudit.errors import UsageError
from trustaudit.portfolio.gather import PER_PART, Gathered, gather
from trustaudit.report.files import replace_file

PAGE = "portfolio.html"
PARTS = "portfolio-data"
FORMATS = ("html", "markdown", "json")


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, the page first; ``documents`` were read."""

    paths: tuple[Path, ...]
    documents: int


def portfolio(
    store: str | Path,
    output: str | Path,
    *,
    formats: Sequence[str] = FORMATS,
    standards: str = "",
) -> Written:
    """Write the report of everything in a store into a folder.

    ``standards``: a pattern of paths of documents in the store that the others are measured by, instead of
    published ones. Raises ``StoreError``, and ``UsageError`` where the folder cannot be written or the
    library for near repeats is not installed.
    """
    path, folder = Path(store), Path(output)
    opened = connect(path, write=False)
    try:
        with explained(path):
            opened.execute("BEGIN")  # one state of the store, whatever a scan is writing meanwhile
            found = gather(opened, standards)
    finally:
        opened.close()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = [made for name in formats for made in _WRITERS[name](folder, found)]
    except OSError as error:
        raise UsageError(
            f"{error.filename or folder}: cannot be written: {error.strerror or error}"
        ) from None
    return Written(tuple(paths), found.portfolio.read)


def _html(folder: Path, found: Gathered) -> Iterator[Path]:
    """The parts first, so that a page is never there without them."""
    from trustaudit.report import portfolio_html

    parts = folder / PARTS
    parts.mkdir(exist_ok=True)
    wanted = set()
    for number in range(found.portfolio.parts):
        rows = found.documents[number * PER_PART : (number + 1) * PER_PART]
        path = parts / f"part-{number + 1:04}.js"
        replace_file(path, portfolio_html.part(number + 1, rows))
        wanted.add(path)
    for old in set(parts.glob("part-*.js")) - wanted:
        old.unlink()
    yield replace_file(folder / PAGE, portfolio_html.render(found.portfolio))


def _markdown(folder: Path, found: Gathered) -> Iterator[Path]:
    from trustaudit.report import portfolio_markdown

    yield replace_file(folder / "portfolio.md", portfolio_markdown.render(found.portfolio))


def _json(folder: Path, found: Gathered) -> Iterator[Path]:
    from trustaudit.report import portfolio_json

    yield replace_file(folder / "portfolio.json", portfolio_json.render(found.portfolio))
    yield replace_file(folder / "documents.jsonl", "".join(portfolio_json.lines(found.documents)))


_WRITERS = {"html": _html, "markdown": _markdown, "json": _json}
