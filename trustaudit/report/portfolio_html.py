"""A portfolio as one page, with its documents beside it in parts that the page loads as they are needed.

A page that is opened from a folder may fetch nothing, but it may run scripts that lie beside it; so each part
is a script that hands over rows. What a document says is only ever text to the page.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Template
from markupsafe import Markup

from trustaudit.report import words
from trustaudit.report.as_html import asset, digest, environment
from trustaudit.report.escaping import printable
from trustaudit.report.portfolio_values import GRADES, Portfolio, Standing

KINDS = ("contract", "term-sheet", "message")


def render(portfolio: Portfolio) -> str:
    """The page. Its own style and script are allowed by their hashes, and scripts that lie beside it."""
    style = "\n".join(asset(name) for name in ("report.css", "portfolio.css"))
    script = asset("portfolio.js")
    page = _template().render(
        portfolio=portfolio,
        grades=[grade for grade in (*GRADES, "none") if portfolio.grades.get(grade)],
        bars=_bars,
        rules={each.rule: each for each in portfolio.rules},
        facts=_facts(portfolio),
        style=Markup(style),  # noqa: S704  (our own files)
        script=Markup(script),  # noqa: S704  (our own file)
        style_hash=digest(style),
        script_hash=digest(script),
        kinds=KINDS,
    )
    return printable(page)


def part(number: int, documents: Sequence[Standing]) -> str:
    """One part of the documents as a script; it ends no element and no line, whatever paths hold."""
    rows = json.dumps([_row(each) for each in documents], separators=(",", ":"))
    return f"portfolioPart({number},{rows.replace('<', chr(92) + 'u003c')});\n"


def _row(each: Standing) -> list[Any]:
    return [
        printable(each.path), KINDS.index(each.kind), each.grade,
        each.score, each.percentile, each.of_standards,
        each.critical, each.withdrawals, each.fine_print, each.balance, list(each.rules),
    ]  # fmt: skip


def _facts(portfolio: Portfolio) -> list[tuple[str, str]]:
    """Number and words, the most telling first."""
    total = portfolio.read or 1
    failing = sum(portfolio.grades.get(grade, 0) for grade in ("D", "E", "F"))
    top = portfolio.clusters[0] if portfolio.clusters else None
    facts = [
        (f"{portfolio.read:,}", "documents were read"),
        (f"{failing:,}", f"of them have a D, E or F ({failing / total:.0%})"),
    ]
    if portfolio.rules:
        rule = portfolio.rules[0]
        facts.append((f"{rule.documents:,}", f"have “{rule.title}”, the most common one-sided clause"))
    if top:
        facts.append((f"{top.repaired:,}", "would be repaired by one change of one clause"))
    return facts


def _bars(counts: Sequence[int]) -> list[tuple[float, float, float, int]]:
    """x, top, height of each bar, in per cent of the picture, and its count."""
    most = max([*counts, 1])
    width = 100 / len(counts)
    return [
        (at * width, 100 - 100 * count / most, 100 * count / most, count) for at, count in enumerate(counts)
    ]


@cache
def _template() -> Template:
    made = environment()
    made.filters |= {"percent": words.percent, "count": lambda value: f"{value:,}"}
    return made.get_template("portfolio.html.j2")
