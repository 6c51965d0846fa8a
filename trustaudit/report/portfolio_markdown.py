"""A portfolio in Markdown: the same questions as the page, as far as a text can answer them."""

from __future__ import annotations

from trustaudit.report import as_markdown, words
from trustaudit.report.escaping import shortened
from trustaudit.report.portfolio_values import GRADES, Portfolio


def render(portfolio: Portfolio) -> str:
    """The report; every value is escaped, so that nothing a document says is markup in it."""
    environment = as_markdown.environment()
    environment.filters |= {
        "shortened": shortened,
        "percent": words.percent,
        "count": lambda value: f"{value:,}",
    }
    grades = [grade for grade in (*GRADES, "none") if portfolio.grades.get(grade)]
    page = environment.get_template("portfolio.md.j2").render(portfolio=portfolio, grades=grades)
    return as_markdown.tidy(page)
