"""The journey's report in a real browser: quiet, whole, in light and dark, on a phone and for a reader of screens."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.journey import sample
from tests.report.browser import CHROMIUM, Browser
from trustaudit.journey_audit import JourneyAudit
from trustaudit.report import journey_reports

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium"),
]

_LOOK = """
const ids = [...document.querySelectorAll("[id]")].map((e) => e.id);
const seen = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.getClientRects().length);
return {
  resources: window.performance.getEntriesByType("resource").map((each) => each.name),
  width: document.documentElement.scrollWidth, window: window.innerWidth,
  twice: ids.filter((id, at) => ids.indexOf(id) !== at),
  broken: [...document.querySelectorAll("a[href^='#']")].map((a) => a.getAttribute("href").slice(1))
    .filter((id) => !document.getElementById(id)),
  levels: [...document.querySelectorAll("main h1, main h2, main h3, main h4, main h5")].map((h) => Number(h.tagName[1])),
  stops: seen(".stop").length, conflicts: seen(".conflict").length, moves: seen(".top3")[0].children.length,
  line: document.querySelector("#account path.path").getBBox().width,
  articles: document.querySelectorAll("article.audit").length,
  glance: document.querySelector(".glance").getBoundingClientRect().bottom,
  ink: window.getComputedStyle(document.body).color,
  unnamed: [...document.querySelectorAll("svg:not([aria-hidden]), [role=img], [role=group]")]
    .filter((e) => !e.getAttribute("aria-label")).length,
  small: [...document.querySelectorAll("main > section *, main > div *")].filter((e) => e.textContent.trim()
     && !e.closest("svg") && parseFloat(window.getComputedStyle(e).fontSize) < 10.9).length,
};
"""


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return Browser(tmp_path)


@pytest.fixture(scope="module")
def page(example: JourneyAudit) -> str:
    return journey_reports.html(example)


def test_no_error_on_the_console(browser: Browser, page: str) -> None:
    assert browser.console(page) == []


@pytest.mark.parametrize("width", [390, 820, 1280])
def test_it_fits_and_fetches_nothing(browser: Browser, page: str, width: int) -> None:
    seen: dict[str, Any] = browser.ask(page, _LOOK, width=width)
    assert seen["resources"] == []
    assert seen["width"] <= seen["window"]
    assert (seen["twice"], seen["broken"]) == ([], [])
    assert (seen["stops"], seen["moves"], seen["articles"]) == (9, 3, 9)
    assert seen["conflicts"] >= 8
    assert seen["line"] > 900
    assert seen["unnamed"] == 0
    assert seen["small"] == 0


def test_headings_step_down_one_at_a_time(browser: Browser, page: str) -> None:
    levels = browser.ask(page, _LOOK)["levels"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_first_screen_is_the_whole_story(browser: Browser, page: str) -> None:
    assert browser.ask(page, _LOOK, width=1280, height=800)["glance"] <= 900


def test_a_journey_with_gaps_and_holes(browser: Browser) -> None:
    seen = browser.ask(journey_reports.html(sample.journey()), _LOOK)
    assert (seen["stops"], seen["articles"], seen["conflicts"]) == (5, 4, 1)
    assert (seen["twice"], seen["broken"]) == ([], [])


def test_it_prints(browser: Browser, page: str) -> None:
    import pypdfium2

    printed = pypdfium2.PdfDocument(browser.pdf(page))
    text = "".join(printed[at].get_textpage().get_text_range() for at in range(min(len(printed), 8)))
    assert "The map" in text
    assert "What the documents say differently" in text
    printed.close()
