"""An audit at a glance, as a notebook shows it: a piece of HTML that needs nothing and brings no script."""

from __future__ import annotations

from functools import cache

from jinja2 import Template

from trustaudit.audit import Audit
from trustaudit.report import as_html, view
from trustaudit.report.escaping import printable

MOST = 10
"""Findings in the table; the report has them all."""


def render(audit: Audit) -> str:
    """Grade, account and the worst findings, with their words and places."""
    (shown,) = view.report([audit], (), audit.tool).audits
    return printable(_template().render(view=shown, rows=shown.findings[:MOST]))


@cache
def _template() -> Template:
    return as_html.environment().get_template("notebook.html.j2")
