"""The portfolio page in a real browser, opened from a folder: quiet, quick, and its list filters and sorts."""

from __future__ import annotations

import html
import json
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.report.browser import CHROMIUM, Browser
from trustaudit.batch.store import connect
from trustaudit.portfolio import portfolio
from trustaudit.portfolio import write as writing
from trustaudit.portfolio.gather import Gathered, gather

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium"),
]

_HARNESS = """<!doctype html><body style="margin:0">
<iframe id="shown" style="border:0;width:1280px;height:900px" src="%s"></iframe><pre id="answer"></pre>
<script>
const look = async (window, document) => {
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const until = async (ready) => { for (let at = 0; at < 400 && !ready(); at += 1) { await pause(25); } };
  const said = () => document.getElementById("said").textContent;
  const names = () => [...document.querySelectorAll("#documents tbody tr")].map((row) => row.cells[0].textContent);
  const fields = document.getElementById("filter").elements;
  const set = async (name, value) => {
    const before = said();
    fields[name].value = value;
    fields[name].dispatchEvent(new window.Event("input", { bubbles: true }));
    await pause(300);
    await until(() => document.getElementById("loading").hidden);
  };
  %s
};
addEventListener("load", async () => {
  const frame = window.document.getElementById("shown");
  let answer;
  try { answer = await look(frame.contentWindow, frame.contentDocument); } catch (error) { answer = String(error); }
  window.document.getElementById("answer").textContent = JSON.stringify(answer);
});
</script>"""


def ask(folder: Path, script: str) -> Any:
    """The value of a script's body about the page in a folder."""
    harness = folder / "harness.html"
    harness.write_text(_HARNESS % ((folder / "portfolio.html").as_uri(), script), encoding="utf-8")
    done = Browser(folder).run(
        "--disable-web-security", "--allow-file-access-from-files", "--disable-site-isolation-trials",
        "--window-size=1400,1000", "--virtual-time-budget=20000", "--dump-dom", harness.as_uri(),
    )  # fmt: skip
    answer = re.search(r'<pre id="answer">(.*?)</pre>', done.stdout, re.DOTALL)
    assert answer, done.stderr[-2000:]
    return json.loads(html.unescape(answer.group(1)))


@pytest.fixture(scope="module")
def page(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    portfolio(store, folder)
    return folder


@pytest.fixture(scope="module")
def large(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same page over a hundred thousand documents."""
    opened = connect(store, write=False)
    found = gather(opened)
    opened.close()
    base = found.documents
    many = tuple(
        replace(
            base[at % 10], path=f"share/{at % 311:03}/{at:06}.md", score=at / 1_000, percentile=at / 1_000
        )
        for at in range(100_000)
    )
    portfolio_ = replace(found.portfolio, read=len(many), parts=20)
    folder = tmp_path_factory.mktemp("large")
    list(writing._html(folder, Gathered(portfolio_, many)))
    return folder


def test_the_page_writes_nothing_to_the_console(page: Path) -> None:
    done = Browser(page).run(
        "--enable-logging=stderr",
        "--virtual-time-budget=3000",
        "--dump-dom",
        (page / "portfolio.html").as_uri(),
    )

    assert [line for line in done.stderr.splitlines() if "CONSOLE" in line] == []
    assert "1 to 10 of 10" in done.stdout, "the part beside the page was loaded"
    assert 'data-rule="0" disabled' not in done.stdout


def test_the_list_filters_and_sorts(page: Path) -> None:
    seen = ask(
        page,
        """
        const first = names();
        await set("words", "7.MD");
        const words = names();
        await set("words", "");
        await set("kind", "message");
        const kind = names();
        await set("kind", "");
        document.querySelector("button[data-rule]").click();
        await pause(300);
        const rule = names();
        await set("rule", "");
        const head = document.querySelector("#documents th[data-at='0']");
        head.querySelector("button").click(); await pause(300);
        const up = [names()[0], head.getAttribute("aria-sort")];
        head.querySelector("button").click(); await pause(300);
        const down = [names()[0], head.getAttribute("aria-sort")];
        await set("words", "nothing is called so");
        return {first, words, kind, rule: rule.length, up, down, none: [names().length, said()]};
    """,
    )

    assert len(seen["first"]) == 10
    assert seen["words"] == ["7.md"]
    assert seen["kind"] == ["note.txt"]
    assert seen["rule"] == 7
    assert seen["up"] == ["0.md", "ascending"]
    assert seen["down"] == ["note.txt", "descending"]
    assert seen["none"] == [0, "no document fits"]


def test_a_page_without_its_parts_says_so(page: Path, tmp_path: Path) -> None:
    (tmp_path / "portfolio.html").write_bytes((page / "portfolio.html").read_bytes())

    assert "keep the folder portfolio-data" in ask(
        tmp_path, "await until(() => said() !== ''); return said();"
    )


def test_a_phone_never_scrolls_sideways(page: Path) -> None:
    script = "return { width: document.documentElement.scrollWidth, window: window.innerWidth };"
    seen: Any = Browser(page).ask((page / "portfolio.html").read_text(encoding="utf-8"), script, 390, 844)

    assert seen["window"] == 390
    assert seen["width"] <= 390


def test_a_hundred_thousand_documents_open_at_once(large: Path) -> None:
    """The page loads one part of twenty; the others only when somebody filters."""
    begun = time.monotonic()
    seen = ask(
        large,
        """
        const opened = window.performance.timing.domContentLoadedEventEnd - window.performance.timing.navigationStart;
        const parts = () => window.performance.getEntriesByType("resource").length;
        const before = [said(), names().length, names()[0]];
        document.getElementById("on").click(); await pause(100);
        const next = [said(), names()[0]];
        await set("words", "/099999.md");
        await until(() => said().startsWith("1 to 1 "));
        return {opened, before, next, found: names()};
    """,
    )
    took = time.monotonic() - begun

    assert seen["before"][:2] == ["1 to 100 of 100,000", 100]
    assert seen["next"][0] == "101 to 200 of 100,000"
    assert seen["found"] == ["share/168/099999.md"]
    assert seen["opened"] < 3_000
    assert took < 60
