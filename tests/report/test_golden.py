"""Whole reports, byte for byte, as they were when somebody last looked at them."""

from __future__ import annotations

import re

from trustaudit import report

from . import sample
from .conftest import Golden


def _body(page: str) -> str:
    """Without style, script and their hashes: the look may change, the words are looked at."""
    page = re.sub(r"<(style|script)>.*?</\1>", r"<\1></\1>", page, flags=re.DOTALL)
    return re.sub(r"sha256-[\w+/=]+", "sha256-…", page)


def test_html_of_one_document(golden: Golden) -> None:
    golden("contract.html", _body(report.html([sample.contract()])))


def test_html_of_several_documents(golden: Golden) -> None:
    audits = [sample.message(), sample.clean(), sample.unclear()]
    golden("several.html", _body(report.html(audits, sample.UNREADABLE)))


def test_markdown(golden: Golden) -> None:
    golden("contract.md", report.markdown([sample.contract()]))
    golden("several.md", report.markdown(sample.every(), sample.UNREADABLE))


def test_json(golden: Golden) -> None:
    golden("several.json", report.json(sample.every(), sample.UNREADABLE))


def test_terminal(golden: Golden) -> None:
    golden("several.txt", report.terminal(sample.every(), sample.UNREADABLE, width=100, color=False))


def test_nothing_at_all(golden: Golden) -> None:
    golden("nothing.html", _body(report.html([])))
    golden("nothing.md", report.markdown([]))
    golden("nothing.txt", report.terminal([], width=80, color=False))
