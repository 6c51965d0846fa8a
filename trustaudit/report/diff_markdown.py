"""A comparison as Markdown that fits a pull request's comment: worst first, details folded, size limited."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from trustaudit.comparison import Comparison
from trustaudit.report import diff_view
from trustaudit.report.diff_marks import Piece
from trustaudit.report.escaping import markdown, printable, shortened
from trustaudit.resources import templates_dir

LIMIT = 60_000  # characters; GitHub refuses a comment of more than 65,536
_BUDGETS = (40, 20, 10, 5, 2)  # rows of each list, tried until the whole is short enough
_GAPS = re.compile(r"\n{3,}")
_WORDS = 320


class Raw(str):
    """Markdown of our own: the template shows it as it is."""

    __slots__ = ()


def render(comparison: Comparison, limit: int = LIMIT) -> str:
    """At most ``limit`` characters; what had to be left out is said."""
    shown = diff_view.view(comparison)
    page = ""
    for rows in _BUDGETS:
        documents = 8 * rows
        page = _tidy(_template().render(diff=shown, rows=rows, documents=documents))
        if len(page) <= limit:
            return page
    cut = page[: limit - 200].rpartition("\n")[0]
    return f"{cut}\n\n*The rest was left out: it is too long for a comment.*\n"


def _tidy(page: str) -> str:
    lines = "\n".join(line.rstrip() for line in printable(page).split("\n"))
    return _GAPS.sub("\n\n", lines).strip("\n") + "\n"


def _escaped(value: Any) -> str:
    return str(value) if isinstance(value, Raw) else markdown(str(value))


def _wording(pieces: tuple[Piece, ...], sign: str) -> Raw:
    """A wording with its marked words struck out or in bold, shortened in the middle of what is the same."""
    out = []
    for piece in pieces:
        text = markdown(piece.text if piece.marked else _middle(piece.text))
        if not text:
            out.append(" ")
            continue
        before = " " if piece.text[:1].isspace() else ""
        after = " " if piece.text[-1:].isspace() else ""
        out.append(f"{before}{sign}{text}{sign}{after}" if piece.marked else f"{before}{text}{after}")
    return Raw("".join(out).strip())


def _middle(text: str) -> str:
    """The ends of a long stretch that is the same on both sides."""
    if len(text) <= 160:
        return text
    return f"{text[:60].rpartition(' ')[0]} … {text[-60:].partition(' ')[2]}"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(templates_dir()),
        undefined=StrictUndefined,
        finalize=_escaped,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701  (finalize escapes: this is Markdown, not HTML)
    )
    environment.globals |= {
        "raw": Raw,
        "deleted": lambda pieces: _wording(pieces, "~~"),
        "inserted": lambda pieces: _wording(pieces, "**"),
        "whole": lambda pieces: shortened("".join(piece.text for piece in pieces), _WORDS),
    }
    return environment.get_template("diff.md.j2")
