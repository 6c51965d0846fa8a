"""A journey as Markdown, with each document's own report behind it, two levels deeper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from jinja2 import Template

from trustaudit.journey_audit import JourneyAudit
from trustaudit.report import as_markdown, journey_view
from trustaudit.report.as_markdown import Raw, environment, tidy

_HEADING = re.compile(r"^(?=#{1,4} )", re.MULTILINE)


def render(journey: JourneyAudit) -> str:
    """The report, with a line feed at its end."""
    return tidy(_template().render(view=journey_view.view(journey), documents=lambda: _documents(journey)))


def _documents(journey: JourneyAudit) -> Iterator[Raw]:
    """Each document's report without its last line, its headings under those of the journey."""
    for each in journey.documents:
        text = as_markdown.render([each.audit], (), each.audit.tool)
        yield Raw(_HEADING.sub("##", text.rpartition("\n---\n")[0]))


@cache
def _template() -> Template:
    return environment().get_template("journey.md.j2")
