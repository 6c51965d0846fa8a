"""Audits as one self-contained HTML file: nothing is fetched, and nothing of a document is ever markup."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from trustaudit.audit import Audit, Tool, Unreadable
from trustaudit.report import finding_view, passages, view, words
from trustaudit.report.escaping import printable
from trustaudit.report.page_views import page_views
from trustaudit.report.passages import Group
from trustaudit.report.pictures import PagePictures
from trustaudit.report.view import AuditView
from trustaudit.resources import templates_dir


@dataclass(frozen=True, slots=True)
class Text:
    """The document as it is shown; ``partial`` where only the parts near findings are."""

    groups: tuple[Group, ...]
    partial: bool


def render(
    audits: Sequence[Audit],
    unreadable: Sequence[Unreadable],
    tool: Tool,
    pictures: Mapping[str, PagePictures],
) -> str:
    """The report. Style and script are allowed by their hashes, everything else is forbidden to the page."""
    style, script = asset("report.css"), asset("report.js")
    page = _template().render(
        report=view.report(audits, unreadable, tool),
        passages=text_of,
        pages_of=lambda shown: page_views(
            shown.audit.document,
            pictures.get(shown.audit.document.name, {}),
            shown.all_findings,
            shown.audit.fine_print,
        ),
        style=Markup(style),  # noqa: S704  (our own file)
        script=Markup(script),  # noqa: S704  (our own file)
        style_hash=digest(style),
        script_hash=digest(script),
    )
    return printable(page)


def text_of(shown: AuditView) -> Text:
    document = shown.audit.document
    blocks = passages.passages(document, finding_view.marks(shown.all_findings), shown.audit.fine_print)
    return Text(tuple(passages.groups(blocks)), len(document.text) > passages.WHOLE)


def digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


@cache
def asset(name: str) -> str:
    return "\n" + (templates_dir() / name).read_text(encoding="utf-8").strip() + "\n"


@cache
def _template() -> Template:
    return environment().get_template("report.html.j2")


def environment() -> Environment:
    """Every value is escaped, and what a template asks for and is not given is an error."""
    made = Environment(
        loader=FileSystemLoader(templates_dir()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "number": words.number,
        "signed": words.signed,
        "percent": words.percent,
        "points": words.points,
    }
    return made
