"""Text of a document never becomes markup, code, a path or a command, in any report."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from markdown_it import MarkdownIt

from trustaudit import report

from . import foreign

ATTACKS = (
    "<script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)> ' {{ 7*7 }} {% raw %}",
    "--></style></script><!-- &lt;b&gt; &#60;i>",
    "[x](javascript:alert(1)) ![y](http://evil.example/z.png) <http://evil.example>",
    "`code` **bold** | cell | ~~gone~~ # head @someone #12 http://evil.example www.evil.example",
    "# Head\n\n- [ ] item\n\n> quote\n\n```js\nx\n```\n\n| a |\n|---|\n\n---\n===",
    "1. one 2) two + plus - minus = equals",
    '=HYPERLINK("http://evil.example") ::error file=x::y\r\n::set-output name=a::b',
    "\x1b[31mred\x1b]8;;http://evil.example\x07link \u202egnp.exe \x00\x9b2J",
    "../../../../etc/passwd %2e%2e%0a::warning::x C:\\windows file:///etc/passwd",
    "]]> <![CDATA[ &amp; \ud800 \ufffe",
    "$x^2$ :smile: user@evil.example &copy; \\* \\<b>",
)  # fmt: skip
PIECES = st.sampled_from(
    [*ATTACKS, "<", ">", "&", '"', "'", "`", "*", "_", "[", "]", "(", ")", "!", "|", "\n", "\n\n", "\r", "\\", "#", "-",
     "+", "=", "~", "$", "@", ":", "//", "<b>", "</p>", "<!--", "-->", " ", "a", "1. ", "    ", "\t", "\x1b[", "\u2028"]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, min_size=1, max_size=6).map("".join), st.text(min_size=1, max_size=40)
).filter(lambda text: len(text.strip()) > 1)  # fmt: skip


def _tags(page: str) -> Counter[str]:
    """How often each tag stands in a page, but for what is inside its pictures: that goes with the text's length."""
    root = html.document_fromstring(page)
    for picture in root.iter("svg"):
        del picture[:]
    return Counter(str(each.tag) for each in root.iter())


def _attributes(page: str) -> set[str]:
    return {str(name) for each in html.document_fromstring(page).iter() for name in each.attrib}


@pytest.fixture(scope="module")
def plain() -> Counter[str]:
    return _tags(report.html([foreign.audit("plain")], foreign.unreadable("plain")))


@pytest.mark.parametrize("text", ATTACKS)
def test_html_has_no_tag_more_than_with_plain_text(text: str, plain: Counter[str]) -> None:
    page = report.html([foreign.audit(text)], foreign.unreadable(text))
    assert _tags(page) == plain
    assert not {
        name
        for name in _attributes(page)
        if name.startswith("on") or name in ("srcdoc", "style", "formaction")
    }
    assert not re.search(r'(?i)(href|src)="\s*(javascript|data:text|vbscript)', page)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_html_never_gains_a_tag(text: str) -> None:
    page = report.html([foreign.audit(text)], foreign.unreadable(text))
    expected = _tags(report.html([foreign.audit("plain")], foreign.unreadable("plain")))
    found = _tags(page)
    # an address that a rule may name is a link; nothing else may differ
    found["a"] = expected["a"] = 0
    assert found == expected


def _rendered(text: str) -> list[str]:
    page = report.markdown([foreign.audit(text)], foreign.unreadable(text))
    shown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(page)
    return re.findall(r"<[a-zA-Z][^>]*>", shown)


@pytest.mark.parametrize("text", ATTACKS)
def test_markdown_has_no_structure_more_than_with_plain_text(text: str) -> None:
    assert _rendered(text) == _rendered("plain")


@given(TEXTS.filter(lambda text: "://" not in text and "mailto:" not in text.lower()))
@settings(max_examples=60, deadline=None)
def test_markdown_never_gains_structure(text: str) -> None:
    assert _rendered(text) == _rendered("plain")


@given(TEXTS)
@settings(max_examples=30, deadline=None)
def test_a_terminal_gets_no_command(text: str) -> None:
    shown = report.terminal([foreign.audit(text)], foreign.unreadable(text), width=90, color=False)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", shown)


@given(TEXTS)
@settings(max_examples=30, deadline=None)
def test_colours_are_the_only_escapes(text: str) -> None:
    shown = report.terminal([foreign.audit(text)], foreign.unreadable(text), width=90, color=True)
    assert "\x1b" not in re.sub(r"\x1b\[[\d;]*m", "", shown)


@given(TEXTS)
@settings(max_examples=40, deadline=None)
def test_machines_can_read_it_back(text: str) -> None:
    audits, gone = [foreign.audit(text)], foreign.unreadable(text)
    ET.fromstring(report.junit(audits, gone))
    for name in ("json", "sarif", "gitlab"):
        json.loads(report.FORMATS[name](audits, gone).encode())


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_no_cell_is_a_formula(text: str) -> None:
    rows = list(
        csv.reader(io.StringIO(report.csv([foreign.audit(text)], foreign.unreadable(text)), newline=""))
    )
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [
        value
        for row in rows[1:]
        for value in row
        if value.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    ]


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_workflow_commands_are_only_ours(text: str) -> None:
    lines = report.github([foreign.audit(text)], foreign.unreadable(text)).split("\n")
    commands = [line for line in lines if line.startswith("::")]
    assert len(commands) == 1 + sum(found.effect.value != "deposit" for found in foreign.audit(text).findings)
    assert all(re.match(r"::(error|warning|notice) file=[^,:]*,", line) for line in commands)
    assert "\r" not in "".join(lines)
