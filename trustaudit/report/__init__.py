"""Audits to text: pure functions, one module a format. Only this room knows Jinja.

Each function takes audits and what could not be read, and gives the report as a string. The modules behind
them are imported when a format is first asked for; they are named ``as_…`` so that none hides a function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from trustaudit.audit import Audit, Tool, Unreadable

if TYPE_CHECKING:
    from pandas import DataFrame

    from trustaudit.report.pictures import PagePictures

Report = Callable[[Sequence[Audit], Sequence[Unreadable]], str]


def html(
    audits: Sequence[Audit],
    unreadable: Sequence[Unreadable] = (),
    *,
    pictures: Mapping[str, PagePictures] | None = None,
) -> str:
    """One self-contained HTML file. ``pictures``: for a document's name, its pages as PNG."""
    from trustaudit.report import as_html

    return as_html.render(audits, unreadable, _tool(audits), pictures or {})


def markdown(audits: Sequence[Audit], unreadable: Sequence[Unreadable] = ()) -> str:
    """Markdown as GitHub shows it."""
    from trustaudit.report import as_markdown

    return as_markdown.render(audits, unreadable, _tool(audits))


def json(audits: Sequence[Audit], unreadable: Sequence[Unreadable] = ()) -> str:
    """JSON, schema ``trustaudit/audit/1``."""
    from trustaudit.report import as_json

    return as_json.render(audits, unreadable, _tool(audits))


def sarif(audits: Sequence[Audit], unreadable: Sequence[Unreadable] = ()) -> str:
    """SARIF 2.1.0."""
    from trustaudit.report import as_sarif

    return as_sarif.render(audits, unreadable, _tool(audits))


def junit(audits: Sequence[Audit], unreadable: Sequence[Unreadable] = ()) -> str:
    """JUnit XML: a suite for each document, a case for each rule."""
    from trustaudit.report import as_junit

    return as_junit.render(audits, unreadable)


def gitlab(audits: Sequence[Audit], unreadable: Sequence[Unreadable] = ()) -> str:
    """GitLab Code Quality."""
    from trustaudit.report import as_gitlab

    return as_gitlab.render(audits, unreadable)


def github(audits: Sequence[Audit], unreadable: Sequence[Unreadable] = ()) -> str:
    """Workflow commands that GitHub shows as annotations."""
    from trustaudit.report import as_github

    return as_github.render(audits, unreadable)


def csv(audits: Sequence[Audit], unreadable: Sequence[Unreadable] = ()) -> str:
    """A row for each finding."""
    from trustaudit.report import as_csv

    return as_csv.render(audits, unreadable)


def checkstyle(audits: Sequence[Audit], unreadable: Sequence[Unreadable] = ()) -> str:
    """Checkstyle XML."""
    from trustaudit.report import as_checkstyle

    return as_checkstyle.render(audits, unreadable)


def jsonl(audits: Sequence[Audit], unreadable: Sequence[Unreadable] = ()) -> str:
    """JSON lines: a document of the JSON report to a line."""
    from trustaudit.report import as_jsonl

    return as_jsonl.render(audits, unreadable, _tool(audits))


def github_summary(audits: Sequence[Audit], unreadable: Sequence[Unreadable] = ()) -> str:
    """Markdown for the summary of a GitHub workflow's step, within its limit."""
    from trustaudit.report import as_github_summary

    return as_github_summary.render(audits, unreadable)


def notebook(audit: Audit) -> str:
    """A piece of HTML for a notebook: the audit at a glance."""
    from trustaudit.report import as_notebook

    return as_notebook.render(audit)


def dataframe(audits: Sequence[Audit]) -> DataFrame:
    """A row for each finding, as a table of pandas. Raises ``UsageError`` where pandas is not installed."""
    from trustaudit.report import as_dataframe

    return as_dataframe.render(audits)


def terminal(
    audits: Sequence[Audit], unreadable: Sequence[Unreadable] = (), *, width: int = 100, color: bool = False
) -> str:
    """For a terminal of so many columns."""
    from trustaudit.report import as_terminal

    return as_terminal.render(audits, unreadable, width=width, color=color)


def schema() -> str:
    """The published JSON Schema of the JSON report."""
    from trustaudit.report import as_json

    return as_json.schema()


FORMATS: Mapping[str, Report] = MappingProxyType(
    {
        "terminal": terminal,
        "html": html,
        "markdown": markdown,
        "json": json,
        "sarif": sarif,
        "junit": junit,
        "gitlab": gitlab,
        "github": github,
        "csv": csv,
        "checkstyle": checkstyle,
        "jsonl": jsonl,
    }
)

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".html": "html",
        ".htm": "html",
        ".md": "markdown",
        ".markdown": "markdown",
        ".json": "json",
        ".sarif": "sarif",
        ".xml": "junit",
        ".csv": "csv",
        ".jsonl": "jsonl",
        ".ndjson": "jsonl",
        ".txt": "terminal",
    }
)
"""Which format a file name asks for."""


def write(
    audits: Sequence[Audit],
    path: Path,
    unreadable: Sequence[Unreadable] = (),
    *,
    format: str = "",  # noqa: A002  (it is the word of the command line)
) -> Path:
    """Write the report in the format of the path's suffix, or the one that is named; gives the path.

    The file is there whole or not at all. Raises ``UsageError`` for a suffix that names no format, and
    where the file cannot be written.
    """
    from trustaudit.report.files import replace_file, wanted_format

    text = FORMATS[wanted_format(path, format, FORMATS, SUFFIXES)](audits, unreadable)
    return replace_file(path, text)


def _tool(audits: Sequence[Audit]) -> Tool:
    if audits:
        return audits[0].tool
    from trustaudit import __version__

    return Tool("trustaudit", __version__, "")
