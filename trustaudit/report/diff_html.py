"""A comparison as one self-contained HTML file: the two wordings side by side, with their words marked."""

from __future__ import annotations

from functools import cache

from jinja2 import Template
from markupsafe import Markup

from trustaudit.comparison import Comparison
from trustaudit.report import diff_view
from trustaudit.report.as_html import asset, digest, environment
from trustaudit.report.escaping import printable


def render(comparison: Comparison) -> str:
    """The report. Style and script are allowed by their hashes, everything else is forbidden to it."""
    style, script = _style(), asset("report.js")
    page = _template().render(
        diff=diff_view.view(comparison),
        style=Markup(style),  # noqa: S704  (our own file)
        script=Markup(script),  # noqa: S704  (our own file)
        style_hash=digest(style),
        script_hash=digest(script),
    )
    return printable(page)


def _style() -> str:
    return asset("report.css") + asset("diff.css")


@cache
def _template() -> Template:
    return environment().get_template("diff.html.j2")
