"""A journey as one self-contained HTML file: the journey first, then each document's own report."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from jinja2 import Template
from markupsafe import Markup

from trustaudit.journey_audit import JourneyAudit
from trustaudit.report import journey_view
from trustaudit.report.as_html import asset, digest, environment, text_of
from trustaudit.report.escaping import printable
from trustaudit.report.view import AuditView, audit_view

_GATHERED = 65_536  # characters that are handed on together


def render(journey: JourneyAudit) -> str:
    """The report as one text."""
    return "".join(pieces(journey))


def pieces(journey: JourneyAudit) -> Iterator[str]:
    """The report piece by piece, so that a long journey never stands whole in memory."""
    style, script = asset("report.css") + asset("journey.css"), asset("report.js")
    stream = _template().generate(
        view=journey_view.view(journey),
        documents=lambda: _documents(journey),
        passages=text_of,
        style=Markup(style),  # noqa: S704  (our own file)
        script=Markup(script),  # noqa: S704  (our own file)
        style_hash=digest(style),
        script_hash=digest(script),
    )
    gathered: list[str] = []
    size = 0
    for piece in stream:
        gathered.append(piece)
        size += len(piece)
        if size > _GATHERED:
            yield printable("".join(gathered))
            gathered, size = [], 0
    yield printable("".join(gathered))


def _documents(journey: JourneyAudit) -> Iterator[AuditView]:
    for number, each in enumerate(journey.documents, 1):
        yield audit_view(each.audit, f"d{number}")


@cache
def _template() -> Template:
    return environment().get_template("journey.html.j2")
