"""A comparison as one self-contained HTML file: the two wordings side by side, with their words marked."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from trustaudit.comparison import Comparison
from trustaudit.report import diff_view
from trustaudit.report.escaping import printable
from trustaudit.resources import templates_dir


def render(comparison: Comparison) -> str:
    """The report. Style and script are allowed by their hashes, everything else is forbidden to it."""
    style, script = _style(), _asset("report.js")
    page = _template().render(
        diff=diff_view.view(comparison),
        style=Markup(style),  # noqa: S704  (our own file)
        script=Markup(script),  # noqa: S704  (our own file)
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return printable(page)


def _style() -> str:
    return _asset("report.css") + _asset("diff.css")


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    return "\n" + (templates_dir() / name).read_text(encoding="utf-8").strip() + "\n"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(templates_dir()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("diff.html.j2")
