"""A journey's audit to text: one function a format, as in the room itself for documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from trustaudit.journey_audit import JourneyAudit

Report = Callable[[JourneyAudit], str]


def html(journey: JourneyAudit) -> str:
    """One self-contained HTML file, with each document's own report."""
    from trustaudit.report import journey_html

    return journey_html.render(journey)


def markdown(journey: JourneyAudit) -> str:
    """Markdown as GitHub shows it, with each document's own report."""
    from trustaudit.report import journey_markdown

    return journey_markdown.render(journey)


def json(journey: JourneyAudit) -> str:
    """JSON, schema ``trustaudit/journey/1``."""
    from trustaudit.report import journey_json

    return journey_json.render(journey)


def terminal(journey: JourneyAudit, *, width: int = 100, color: bool = False) -> str:
    """For a terminal of so many columns."""
    from trustaudit.report import journey_terminal

    return journey_terminal.render(journey, width=width, color=color)


def schema() -> str:
    """The published JSON Schema of the JSON report."""
    from trustaudit.report import journey_json

    return journey_json.schema()


FORMATS: Mapping[str, Report] = MappingProxyType(
    {"terminal": terminal, "html": html, "markdown": markdown, "json": json}
)
SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".html": "html",
        ".htm": "html",
        ".md": "markdown",
        ".markdown": "markdown",
        ".json": "json",
        ".txt": "terminal",
    }
)
"""Which format a file name asks for."""


def write(journey: JourneyAudit, path: Path, *, format: str = "") -> Path:  # noqa: A002  (the command line's word)
    """Write the report in the format of the path's suffix, or the one that is named; gives the path.

    The file is there whole or not at all. Raises ``UsageError`` for a suffix that names no format, and where
    the file cannot be written.
    """
    from trustaudit.report.files import replace_file, wanted_format

    wanted = wanted_format(path, format, FORMATS, SUFFIXES)
    if wanted == "html":
        from trustaudit.report import journey_html

        return replace_file(path, journey_html.pieces(journey))
    return replace_file(path, FORMATS[wanted](journey))
