"""Audits as Markdown, as GitHub shows it: every value is escaped on its way into the template."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from trustaudit.audit import Audit, Tool, Unreadable
from trustaudit.report import view
from trustaudit.report.escaping import markdown, printable, shortened
from trustaudit.report.finding_view import ReferenceView
from trustaudit.report.quotes import Quote
from trustaudit.resources import templates_dir

_GAPS = re.compile(r"\n{3,}")
_QUOTE = 170


class Raw(str):
    """Markdown of our own: the template shows it as it is."""

    __slots__ = ()


def render(audits: Sequence[Audit], unreadable: Sequence[Unreadable], tool: Tool) -> str:
    """The report, with a line feed at its end."""
    return tidy(_template().render(report=view.report(audits, unreadable, tool)))


def tidy(page: str) -> str:
    """Without blanks at the ends of lines and more than one empty line, with a line feed at the end."""
    lines = "\n".join(line.rstrip() for line in printable(page).split("\n"))
    return _GAPS.sub("\n\n", lines).strip("\n") + "\n"


def _escaped(value: Any) -> str:
    return str(value) if isinstance(value, Raw) else markdown(str(value))


def _quoted(quote: Quote) -> Raw:
    """The quote in bold within its sentence."""
    before, text, after = (markdown(part) for part in (quote.before, quote.text, quote.after))
    gap = " " if quote.after[:1].isspace() or quote.after[:1].isalnum() else ""
    return Raw(f"{before} **{text}**{gap}{after}".strip())


def _link(source: ReferenceView) -> Raw:
    """A link where the rule names an address that is safe to follow."""
    if not source.url:
        return Raw(markdown(source.name))
    address = re.sub(r"[\s<>()\\]", lambda found: f"%{ord(found.group()):02X}", source.url)
    return Raw(f"[{markdown(source.name)}](<{address}>)")


@cache
def _template() -> Template:
    return environment().get_template("report.md.j2")


def environment() -> Environment:
    """Every value is escaped on its way out of a template."""
    made = Environment(
        loader=FileSystemLoader(templates_dir()),
        undefined=StrictUndefined,
        finalize=_escaped,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701  (finalize escapes: this is Markdown, not HTML)
    )
    made.globals |= {
        "raw": Raw,
        "quoted": _quoted,
        "link": _link,
        "short": lambda text: shortened(text, _QUOTE),
    }
    return made
