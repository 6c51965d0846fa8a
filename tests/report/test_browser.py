"""The HTML report in a real browser: it is quiet, fetches nothing, fits, and its first screen is the whole story."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from trustaudit import report

from . import sample
from .browser import CHROMIUM, Browser

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium"),
]


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    return Browser(tmp_path)


@pytest.fixture(scope="module")
def one() -> str:
    return report.html([sample.contract()])


@pytest.fixture(scope="module")
def several() -> str:
    return report.html(sample.every(), sample.UNREADABLE)


def test_no_error_on_the_console(browser: Browser, several: str) -> None:
    assert browser.console(several) == []


def test_the_console_is_heard(browser: Browser, one: str) -> None:
    """The test above would see an error: here is one."""
    assert browser.console(one.replace("<script>", "<script>console.error('x');"))


_LOOK = """
const bottom = (selector) => Math.max(...[...document.querySelectorAll(selector)].map((e) => e.getBoundingClientRect().bottom));
const style = (selector, name) => window.getComputedStyle(document.querySelector(selector))[name];
return {
  glance: bottom(".glance"), tally: bottom(".tally"), letter: bottom(".letter"), top: bottom(".top3 > li"),
  marks: document.querySelectorAll("mark[id]").length,
  resources: window.performance.getEntriesByType("resource").map((each) => each.name),
  width: document.documentElement.scrollWidth, window: window.innerWidth,
  size: parseFloat(style(".letter", "fontSize")), ink: style("body", "color") + style("html", "backgroundColor"),
  small: [...document.querySelectorAll("body *")].filter((e) => e.childNodes.length && !e.closest("svg")
     && parseFloat(window.getComputedStyle(e).fontSize) < 10.9).map((e) => e.tagName + "." + e.className),
};
"""


def test_the_first_screen_fits_a_laptop(browser: Browser, one: str) -> None:
    seen: Any = browser.ask(one, _LOOK)
    assert seen["size"] > 40, "the style sheet is not applied: its hash is wrong"
    assert 0 < seen["letter"] < seen["top"] <= seen["glance"] < seen["tally"] < 800
    assert seen["marks"] == len(sample.contract().findings)
    assert seen["resources"] == []
    assert seen["small"] == []


@pytest.mark.parametrize("name", ["one", "several"])
def test_a_phone_never_scrolls_sideways(browser: Browser, request: pytest.FixtureRequest, name: str) -> None:
    seen: Any = browser.ask(request.getfixturevalue(name), _LOOK, 390, 844)
    assert seen["window"] == 390
    assert seen["width"] <= 390
    assert name == "several" or seen["letter"] < 400


def test_the_index_sorts_and_filters(browser: Browser, several: str) -> None:
    seen: Any = browser.ask(several, """
        const names = () => [...document.querySelectorAll("#index tbody tr")].filter((row) => !row.hidden)
          .map((row) => row.cells[0].textContent);
        const given = names();
        const score = document.querySelectorAll("#index thead th button")[3];
        score.click();
        const up = names(), said = score.closest("th").getAttribute("aria-sort");
        score.click();
        const down = names();
        const form = document.querySelector("form[data-filter]");
        form.elements.kind.value = "message";
        form.dispatchEvent(new window.Event("input"));
        return { given, up, down, said, messages: names(), shown: form.querySelector("output").textContent };
    """)  # fmt: skip
    contract, reminder, ready, terms = (audit.document.name for audit in sample.every())
    assert seen["given"] == [contract, reminder, ready, terms]
    assert seen["up"] == [terms, contract, reminder, ready]
    assert seen["down"] == [ready, reminder, contract, terms]
    assert seen["said"] == "ascending"
    assert seen["messages"] == [ready, reminder]
    assert seen["shown"] == "2 shown"


def test_links_lead_to_passages_and_back(browser: Browser, one: str) -> None:
    seen: Any = browser.ask(one, """
        document.querySelector("#d1-f3 a.go").click();
        const mark = document.querySelector(":target");
        document.querySelector("#d1-m3 ~ a.ref[href='#d1-f3'], #d1-m3 + a.ref").click();
        return { mark: mark.textContent, back: document.querySelector(":target").id };
    """)  # fmt: skip
    assert seen["mark"].startswith("Northwind excludes all liability")
    assert seen["back"] == "d1-f3"


def test_print_has_everything(browser: Browser, one: str) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    printed = pdfium.PdfDocument(browser.pdf(one))
    text = " ".join(page.get_textpage().get_text_range() for page in printed)
    printed.close()
    flat = " ".join(text.split())
    for words in (
        "Grade",
        "Change these three first",
        "Trust account",
        "for messages only",
        "one-sided/class-waiver",
    ):
        assert words in flat, f"{words!r} is not printed"
    assert "Skip to the audit" not in flat


def test_the_contrast_of_text_is_enough_by_day_and_by_night(browser: Browser, one: str) -> None:
    for scheme in ("light", "dark"):
        page = one if scheme == "light" else one.replace("@media (prefers-color-scheme: dark)", "@media all")
        low: Any = browser.ask(_policy_off(page), _CONTRAST)
        assert low == [], f"{scheme}: {low[:5]}"


def _policy_off(page: str) -> str:
    """Without the policy: the test has changed the style, so its hash is another."""
    return page.replace('http-equiv="Content-Security-Policy"', 'name="was-policy"')


_CONTRAST = """
const parse = (color) => { const n = color.match(/[\\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
const light = (rgb) => { const [r, g, b] = rgb.slice(0, 3).map((v) => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
  return .2126 * r + .7152 * g + .0722 * b; };
const behind = (e) => { for (; e; e = e.parentElement) { const c = parse(window.getComputedStyle(e).backgroundColor); if (c[3] === 1) return c; } return [255, 255, 255, 1]; };
const low = [];
for (const e of document.querySelectorAll("body *")) {
  if (e.closest("svg, script") || ![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
  const style = window.getComputedStyle(e), a = light(parse(style.color)), b = light(behind(e));
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (ratio < 4.5) low.push([e.tagName, e.className, e.textContent.slice(0, 30), ratio]);
}
return low;
"""
