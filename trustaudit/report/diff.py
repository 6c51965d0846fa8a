"""Comparisons to text, by format; each module is imported when its format is asked for."""

from __future__ import annotations

from trustaudit.comparison import Comparison

FORMATS = ("terminal", "markdown", "html", "json")
SUFFIXES = {
    ".html": "html", ".htm": "html", ".md": "markdown", ".markdown": "markdown", ".json": "json",
    ".txt": "terminal",
}  # fmt: skip
"""Which format a file name asks for."""


def render(comparison: Comparison, form: str, *, width: int = 100, color: bool = False) -> str:
    """The comparison in one of ``FORMATS``; width and colour are for the terminal."""
    if form == "html":
        from trustaudit.report import diff_html

        return diff_html.render(comparison)
    if form == "markdown":
        from trustaudit.report import diff_markdown

        return diff_markdown.render(comparison)
    if form == "json":
        from trustaudit.report import diff_json

        return diff_json.render(comparison)
    from trustaudit.report import diff_terminal

    return diff_terminal.render(comparison, width=width, color=color)


def schema() -> str:
    """The published JSON Schema of the JSON form."""
    from trustaudit.report import diff_json

    return diff_json.schema()
