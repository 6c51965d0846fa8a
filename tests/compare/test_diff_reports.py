"""The four forms of a comparison: what they say, that nothing of a document becomes markup, and their limits."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import html

from tests.compare.agreement import NEW, OLD
from tests.report.browser import CHROMIUM, Browser
from trustaudit import compare, scan_text
from trustaudit.comparison import Alone, Comparison
from trustaudit.report import diff
from trustaudit.report.diff_markdown import LIMIT
from trustaudit.report.diff_markdown import render as markdown
from trustaudit.report.diff_marks import marked

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    old, new = (
        scan_text(text, kind="contract", name=name) for text, name in ((OLD, "old.md"), (NEW, "new.md"))
    )
    return compare(old, new)


@pytest.fixture(scope="module")
def hostile() -> Comparison:
    bad = "<script>alert(1)</script> | `x` [l](http://a.b) @all {{ 7*7 }} \u202e"
    texts = (
        f"Supplier shall pay 5 EUR {each} to Customer.\n\n{each} {bad}\n"
        for each in ("<b>one</b>", "<i>two</i>")
    )
    old, new = (
        scan_text(text, kind="contract", company=["Supplier"], customer=["Customer"]) for text in texts
    )
    return compare(old, new)


def test_json_follows_the_published_schema(comparison: Comparison, hostile: Comparison) -> None:
    schema = json.loads(diff.schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    for each in (comparison, hostile, replace(comparison, added=_alone(comparison))):
        jsonschema.validate(json.loads(diff.render(each, "json")), schema)


def _alone(comparison: Comparison) -> tuple[Alone, ...]:
    found = tuple(each.new for each in comparison.findings if each.new)
    return (Alone(comparison.documents[0].new, 50.0, found),)


def test_the_schema_is_published() -> None:
    assert (ROOT / "docs" / "schema" / "comparison-1.json").read_text(encoding="utf-8") == diff.schema()


def test_json_is_the_same_twice_and_lists_no_clause_that_is_the_same(comparison: Comparison) -> None:
    first = diff.render(comparison, "json")
    assert first == diff.render(comparison, "json")
    document = json.loads(first)["documents"][0]
    assert document["counts"]["same"] > 0
    assert all(each["change"] != "same" for each in document["clauses"])


@pytest.mark.parametrize("form", ["terminal", "markdown", "html"])
def test_every_form_says_the_norm_and_the_turn(comparison: Comparison, form: str) -> None:
    said = " ".join(re.sub(r"<[^>]*>", "", diff.render(comparison, form)).split())
    assert "Trust goes down" in said
    assert "Customer's notice to end" in said.replace("&#39;", "'")
    assert "90 days" in said


def test_html_marks_words_by_more_than_colour_and_is_self_contained(comparison: Comparison) -> None:
    page = diff.render(comparison, "html")
    tree: Any = html.document_fromstring(page)
    assert "30" in [each.text for each in tree.xpath("//div[@class='sides']//del")]
    assert "14" in [each.text for each in tree.xpath("//div[@class='sides']//ins")]
    assert "line-through" in page
    assert not tree.xpath("//*[@src or @background]")
    assert not [link for link in tree.xpath("//@href") if not link.startswith("#")]
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//a/@href")} <= set(ids)


def test_nothing_of_a_document_becomes_markup(hostile: Comparison) -> None:
    tree: Any = html.document_fromstring(diff.render(hostile, "html"))
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//b[text()='one']|//i[text()='two']")
    said = markdown(hostile)
    assert "<script>" not in said
    assert "<b>" not in said
    assert "@all" not in said.replace("@<!-- -->all", "")
    assert "\u202e" not in diff.render(hostile, "terminal")


def test_markdown_fits_a_comment_and_says_what_was_left_out() -> None:
    old = "\n\n".join(
        f"Customer shall pay item {n} of the list within {n} days of receipt." for n in range(1, 600)
    )
    new = old.replace(" days of receipt", " weeks of receipt")
    audits = [scan_text(each, kind="contract", customer=["Customer"]) for each in (old, new)]
    found = compare(*audits)
    said = markdown(found)
    assert len(said) <= LIMIT
    assert re.search(r"and \d+ more, left out here", said)
    assert said.count("<details>") == said.count("</details>")
    short = markdown(found, limit=2_000)
    assert len(short) <= 2_000
    assert "left out" in short


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pay within 30 days.", "pay within 14 days."),
        ("The “quoted” word", 'the "quoted" word'),
        ("", "new"),
        ("a  b\nc", "a b c"),
        ("one two three", "three two one"),
    ],
)
def test_marked_pieces_join_to_the_wordings(old: str, new: str) -> None:
    was, now = marked(old, new)
    assert "".join(piece.text for piece in was) == old
    assert "".join(piece.text for piece in now) == new


def test_case_quotes_and_white_space_are_not_marked() -> None:
    was, now = marked("The “quoted”\n word", 'the "quoted" word')
    assert not any(piece.marked for piece in (*was, *now))


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium")
def test_the_page_is_quiet_and_fits_a_telephone(comparison: Comparison, tmp_path: Path) -> None:
    page, browser = diff.render(comparison, "html"), Browser(tmp_path)
    assert browser.console(page) == []
    assert browser.ask(page, "return document.documentElement.scrollWidth <= window.innerWidth;", width=390)
