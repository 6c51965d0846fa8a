"""Whole reports of a journey, byte for byte, as they were when somebody last looked at them."""

from __future__ import annotations

import json
import re

from tests.journey import sample
from tests.journey.conftest import Golden
from trustaudit.report import journey_reports


def _body(page: str) -> str:
    """The journey's own part, without style, script and their hashes: documents have golden files of their own."""
    page = re.sub(r"<(style|script)>.*?</\1>", r"<\1></\1>", page, flags=re.DOTALL)
    page = re.sub(r'<article class="audit".*</main>', "</main>", page, flags=re.DOTALL)
    return re.sub(r"sha256-[\w+/=]+", "sha256-…", page)


def test_html(golden: Golden) -> None:
    golden("journey.html", _body(journey_reports.html(sample.journey())))


def test_markdown(golden: Golden) -> None:
    text, _, documents = journey_reports.markdown(sample.journey()).partition("\n### sheet.txt\n")
    assert documents
    golden("journey.md", text)


def test_json(golden: Golden) -> None:
    report = json.loads(journey_reports.json(sample.journey()))
    for each in report["documents"]:
        each["audit"] = each["audit"]["path"]
    golden("journey.json", json.dumps(report, ensure_ascii=False, indent=2) + "\n")


def test_terminal(golden: Golden) -> None:
    golden("journey.txt", journey_reports.terminal(sample.journey(), width=100, color=False))


def test_twice_the_same_bytes() -> None:
    for made in journey_reports.FORMATS.values():
        assert made(sample.journey()) == made(sample.journey())
