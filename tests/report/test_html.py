"""The HTML report: whole, self-contained, navigable, and nothing of a document in it is markup."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html
from lxml.html import HtmlElement

from trustaudit import report
from trustaudit.audit import Account, Audit, Reference
from trustaudit.document import Block, Document, Hidden, Span
from trustaudit.report import passages
from trustaudit.report.finding_view import safe_url

from . import sample


def _parsed(text: str) -> HtmlElement:
    return html.document_fromstring(text)


@pytest.fixture(scope="module")
def one() -> HtmlElement:
    return _parsed(report.html([sample.contract()]))


@pytest.fixture(scope="module")
def several() -> HtmlElement:
    return _parsed(report.html(sample.every(), sample.UNREADABLE))


@pytest.mark.parametrize("audits", [[sample.contract()], list(sample.every())], ids=["one", "several"])
def test_every_link_leads_somewhere_and_every_id_is_its_own(audits: list[Audit]) -> None:
    page = _parsed(report.html(audits, sample.UNREADABLE))
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [link[1:] for link in page.xpath("//a/@href") if link.startswith("#")]
    assert targets
    assert set(targets) <= set(ids)


def test_findings_and_marks_point_at_each_other(one: HtmlElement) -> None:
    for number, found in enumerate(sample.contract().findings, 1):
        (mark,) = one.xpath(f"//*[@id='d1-m{number}']")
        assert mark.tag in ("mark", "span")
        assert one.xpath(f"//a[@class='ref'][@href='#d1-f{number}']")
        assert found.title in [title.text_content() for title in one.xpath("//article//h3")]


def test_headings_never_skip_a_level(one: HtmlElement, several: HtmlElement) -> None:
    for page in (one, several):
        levels = [int(each.tag[1]) for each in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_nothing_is_fetched_and_the_policy_says_so(one: HtmlElement) -> None:
    (policy,) = one.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not one.xpath("//link|//iframe|//object|//embed|//script[@src]|//*[@style]|//base")
    assert not [name for name in one.xpath("//@*") if str(name).startswith("javascript:")]
    assert "url(" not in one.xpath("string(//style)").replace("url(#", "")
    assert "@import" not in one.xpath("string(//style)")
    assert not [each for each in one.xpath("//*/@*") if each.attrname.startswith("on")]


def test_it_reads_well_without_eyes(one: HtmlElement) -> None:
    assert one.get("lang") == "en"
    assert one.xpath("//a[@class='skip'][@href='#main']")
    for landmark in ("main", "header", "footer", "nav[@aria-label]"):
        assert one.xpath(f"//{landmark}"), landmark
    for picture in one.xpath("//svg"):
        assert picture.get("aria-hidden") == "true" or (
            picture.get("role") == "img" and picture.get("aria-label")
        )
    for table in one.xpath("//table"):
        assert table.xpath("./caption")
        assert all(head.get("scope") for head in table.xpath(".//th"))


def test_the_first_screen_says_it_all(one: HtmlElement) -> None:
    (glance,) = one.xpath("//div[@class='glance']")
    said = re.sub(r"\s+", " ", glance.text_content())
    assert "Grade E" in said
    assert "40 of 100" in said
    assert "The customer bears 80% of the burdens; the company holds 86% of the powers." in said
    assert "Trust account: −76" in said
    titles = [each.text_content() for each in glance.xpath(".//p[@class='title']")]
    assert titles == [
        "One side may change the terms alone",
        "Your drawings become ours, with nothing in return",
        "All liability is excluded in fine print",
    ]


def test_the_text_is_all_there_and_in_order(one: HtmlElement) -> None:
    (sheet,) = one.xpath("//div[@class='sheet']")
    for extra in sheet.xpath(".//*[@class='ref' or @class='turn']"):
        extra.drop_tree()
    shown = re.sub(r"\s+", "", sheet.text_content())
    assert shown == re.sub(r"\s+", "", sample.contract().document.text)


def test_a_reference_is_listed_and_only_safe_addresses_are_links() -> None:
    audit = sample.contract()
    bad = Reference("Directive <b>", "javascript:alert(1)")
    spoiled = replace(audit, findings=tuple(replace(each, references=(bad,)) for each in audit.findings))
    page = report.html([spoiled])
    assert "javascript:" not in page
    assert "Listed as unfair in Directive &lt;b&gt;" in page
    assert "unlawful" not in page.lower()


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.example/x", True), ("HTTP://a.example", True), ("mailto:a@b.example", True),
        ("javascript:alert(1)", False), ("data:text/html,x", False), ("//a.example", False),
        (" java\nscript:x", False), ("http://[", False), ("", False), ("file:///etc/passwd", False),
    ],
)  # fmt: skip
def test_which_addresses_are_followed(url: str, *, safe: bool) -> None:
    assert bool(safe_url(url)) is safe


def test_a_long_document_shows_what_is_near_findings_and_says_so() -> None:
    audit = sample.long_contract(pages=160, findings=12)
    assert len(audit.document.text) > passages.WHOLE
    page = _parsed(report.html([audit]))
    assert "only the parts near findings are shown" in page.text_content()
    assert page.xpath("//p[@class='gap']")
    assert len(page.xpath("//mark[starts-with(@id, 'd1-m')]")) == 12
    hidden = sum(int(str(each.text).split()[0]) for each in page.xpath("//p[@class='gap']"))
    shown = len(
        page.xpath("//div[@class='sheet']/*[starts-with(@class, 'text') or starts-with(@class, 'k-')]")
    )
    assert hidden + shown == len(audit.document.blocks)


def test_no_grade_is_said(several: HtmlElement) -> None:
    (last,) = several.xpath("//article[@id='d4']")
    assert "No grade" in last.text_content()
    assert "Nine of nine pages could not be read." in last.text_content()
    assert "Too little could be read to say." in last.text_content()
    assert "from the customer in what could be read." in last.text_content()


def test_what_could_not_be_read_is_prominent(several: HtmlElement, one: HtmlElement) -> None:
    assert "drafts/old terms.doc" in several.xpath("string(//section[@class='alarm'])")
    assert "page 4: a scanned picture" in one.xpath("string(//header/p[contains(@class, 'alarm')])")
    assert "its colours were not measured" in one.text_content()


def test_page_pictures_are_shown_where_they_are_given() -> None:
    page = report.html([sample.contract()], pictures={"contracts/master services.pdf": {1: b"\x89PNG"}})
    assert '<image href="data:image/png;base64,iVBORw=="' in page
    assert 'aria-label="Page 1"' in page
    assert "1 of 3 pages" in page
    assert 'class="p-box p-critical"' in page
    assert page.count("<image") == 1
    assert "<image" not in report.html([sample.contract()])


def test_control_characters_and_halves_of_characters_are_gone() -> None:
    read = Document("a\x00b\x1b[31m\u202ec\ud800", (Block(0, 10),), name="n\x07.txt")
    page = report.html([replace(sample.clean(), document=read)])
    page.encode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\ud800]", page)


def test_sixty_pages_are_quick() -> None:
    audit = sample.long_contract()
    report.html([sample.clean()])
    best = min(_seconds(audit) for _ in range(3))
    assert best < 0.3, f"{best:.2f} s"


def _seconds(audit: Audit) -> float:
    start = time.process_time()
    report.html([audit])
    return time.process_time() - start


def test_a_finding_about_the_whole_document_has_no_passage() -> None:
    audit = sample.contract()
    whole = replace(audit.findings[2], start=0, end=0, quote="")
    page = _parsed(report.html([replace(audit, findings=(*audit.findings[:2], whole, *audit.findings[3:]))]))
    assert "the document as a whole" in page.text_content()
    ids = set(page.xpath("//@id"))
    assert {link[1:] for link in page.xpath("//a/@href") if link.startswith("#")} <= ids


def test_marks_across_blocks_open_once_and_close_once() -> None:
    audit = sample.contract()
    first, second = audit.document.blocks[1], audit.document.blocks[3]
    span = Span(first.start + 3, second.end - 3)
    wide = replace(audit.findings[2], start=span.start, end=span.end, quote=audit.document.quote(span))
    page = _parsed(
        report.html([replace(audit, findings=(wide,), account=Account(), scored=sample.clean().scored)])
    )
    assert len(page.xpath("//mark[@id='d1-m1']")) == 1
    assert len(page.xpath("//a[@class='ref']")) == 1
    assert len(page.xpath("//div[@class='sheet']//mark")) == 3


def test_what_nobody_sees_on_the_page_is_boxed() -> None:
    audit = sample.contract()
    read = audit.document
    runs = tuple(
        replace(run, hidden=Hidden.FAINT) if run.start == read.blocks[6].start else run for run in read.runs
    )
    page = _parsed(report.html([replace(audit, document=replace(read, runs=runs))]))
    shown = "".join(each.text_content() for each in page.xpath("//*[contains(@class, 'ghost')]"))
    assert shown == read.quote(read.blocks[6].span)
    assert "what cannot be seen on the page is boxed" in page.text_content()


def test_the_strip_leads_to_the_findings(one: HtmlElement) -> None:
    links = set(one.xpath("//figure[@class='strip']//a/@href"))
    assert links == {f"#d1-m{number}" for number in range(1, 14)}
    assert set(one.xpath("//figure[@class='strip']//a/@tabindex")) == {"-1"}
    assert len(one.xpath("//line[@class='tick']")) == 2
