"""Marked copies of HTML, Markdown, text and e-mail: the notes are there, and without them it is the original."""

from __future__ import annotations

import codecs
import re
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.annotate.words import order
from trustaudit import parsing, scan
from trustaudit.annotate import html, mark, markdown, page, text
from trustaudit.errors import UnreadableError

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MARKERS: dict[str, ModuleType] = {
    "text/html": html, "text/markdown": markdown, "text/plain": text, "text/x-message-catalogue": text,
}  # fmt: skip
PAGE = (
    '<!DOCTYPE html>\n<html><head><title>We may change</title><style>p { color: red }</style></head>\n<body class="a>b">\n'
    "<p>Dear {{ customer.name }}, we may change <b>these terms</b> at any time &amp; without notice.</p>\n"
    '{% if late %}<p title="we may">You must pay{% endif %} now.</p>\n<input type="submit" value="Pay now"></body></html>\n'
)


def span(document_text: str, words: str) -> tuple[int, int]:
    start = document_text.index(words)
    return start, start + len(words)


def test_html_marks_hold_the_words_and_the_note() -> None:
    document = parsing.parse(PAGE.encode(), "mail.html")
    whole = span(document.text, "may change these terms at any time & without notice")
    copy = html.mark(PAGE.encode(), order(document, [whole]))
    shown = copy.data.decode("ascii")
    words = re.findall(r'<mark data-trustaudit="1"[^>]*>(.*?)</mark>', shown)
    assert words == ["may change ", "these terms", " at any time &amp; without notice"]
    assert 'title="Major: A title' in shown
    assert shown.index('id="trustaudit-note-1"') < shown.index("</body>")
    assert html.unmarked(copy.data) == PAGE.encode()


def test_html_marks_stay_out_of_titles_attributes_and_code() -> None:
    document = parsing.parse(PAGE.encode(), "mail.html")
    spans = [(block.start, block.end) for block in document.blocks]
    shown = html.mark(PAGE.encode(), order(document, spans)).data.decode("ascii")
    for kept in (
        "<title>We may change</title>",
        "{{ customer.name }}",
        '<p title="we may">',
        'value="Pay now"',
        "{% if late %}",
        "{% endif %}",
    ):
        assert kept in shown
    between = re.findall(r'<mark data-trustaudit="[^"]*"[^>]*>(.*?)</mark>', shown)
    assert not [words for words in between if "{%" in words]


def test_a_mark_takes_a_whole_placeholder() -> None:
    document = parsing.parse(PAGE.encode(), "mail.html")
    start, end = span(document.text, "customer.na")
    shown = html.mark(PAGE.encode(), order(document, [(start, end)])).data.decode("ascii")
    assert re.search(r"<mark[^>]*>\{\{ customer.name \}\}</mark>", shown)


def test_a_link_stays_one_link() -> None:
    source = b'<p><a href="https://example.org">Pay 320 euros now</a></p>'
    document = parsing.parse(source, "a.html")
    shown = html.mark(source, order(document, [span(document.text, "Pay")])).data.decode("ascii")
    inside = shown[shown.index("<a ") + 1 : shown.index("</a>")]
    assert "<a " not in inside
    assert inside.endswith(" 320 euros now")


def test_overlapping_marks_are_nested_in_none() -> None:
    document = parsing.parse(PAGE.encode(), "mail.html")
    one, other = span(document.text, "we may change these"), span(document.text, "change these terms")
    shown = html.mark(PAGE.encode(), order(document, [one, other])).data.decode("ascii")
    assert re.findall(r'<mark data-trustaudit="([\d ]+)"[^>]*>(.*?)</mark>', shown) == [
        ("1", "we may "), ("1 2", "change "), ("1 2", "these"), ("2", " terms"),
    ]  # fmt: skip


def test_the_words_of_a_document_never_become_markup_or_code() -> None:
    source = b"<p>Say &lt;script&gt;alert(1)&lt;/script&gt; {{ now }} at any time.</p>"
    document = parsing.parse(source, "a.html")
    copy = html.mark(source, order(document, [(0, len(document.text))]))
    assert b"<script" not in copy.data
    assert copy.data.count(b"{{") == 1


def test_markdown_notes_are_footnotes() -> None:
    source = "# Terms\n\nWe may *change these terms* at any time.\n"
    document = parsing.parse(source.encode(), "a.md")
    copy = markdown.mark(source.encode(), order(document, [span(document.text, "change these terms")]))
    shown = copy.data.decode()
    assert "We may *change these terms[^trustaudit-1]* at any time.\n" in shown
    assert "\n[^trustaudit-1]: **Major: A title**\n\n    *Why:* so\n" in shown
    assert "<script" not in MarkdownIt().render(shown)
    assert markdown.unmarked(copy.data) == source.encode()


def test_text_notes_are_listed_at_the_end() -> None:
    source = "Hello,\r\n\r\nwe may change these terms at any time.\r\n"
    document = parsing.parse(source.encode(), "a.txt")
    copy = text.mark(source.encode(), order(document, [span(document.text, "change these terms")]))
    shown = copy.data.decode()
    assert "we may change these terms[ta:1] at any time.\r\n" in shown
    assert "[ta:1] Major: A title\r\n    “change these terms”\r\n    Why: so\r\n" in shown
    assert "\n" not in shown.replace("\r\n", "")


@pytest.mark.parametrize(
    ("encoding", "mark_bytes"),
    [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("cp1252", b"")],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_the_encoding_is_kept(encoding: str, mark_bytes: bytes, name: str) -> None:
    source = (
        "<p>Für 5 € ändern wir die Preise jederzeit, “ohne Ankündigung” und später auch ohne Grund.</p>\r\n"
    )
    data = mark_bytes + source.encode(encoding)
    document = parsing.parse(data, name)
    marker = MARKERS[document.media_type]
    copy = marker.mark(data, order(document, [span(document.text, "jederzeit")]))
    assert copy.data.startswith(mark_bytes)
    assert "Für 5 €" in copy.data.removeprefix(mark_bytes).decode(encoding)
    assert marker.unmarked(copy.data) == data


def test_a_copy_is_not_marked_again() -> None:
    for name, source in (("a.txt", "We may."), ("a.md", "# A\n\nWe may."), ("a.html", "<p>We may.</p>")):
        document = parsing.parse(source.encode(), name)
        marker = MARKERS[document.media_type]
        copy = marker.mark(source.encode(), order(document, [span(document.text, "may")]))
        again = parsing.parse(copy.data, name)
        with pytest.raises(UnreadableError, match="annotate the original"):
            marker.mark(copy.data, order(again, []))


TEXTS = st.text(st.sampled_from("ab <>&;{}%*_[]()#`~|\\'\"\n\r-.1é"), max_size=80)


@given(TEXTS, st.sampled_from(["a.html", "a.md", "a.txt"]), st.data())
def test_taking_the_marks_out_gives_the_bytes(source: str, name: str, data: st.DataObject) -> None:
    raw = source.encode()
    document = parsing.parse(raw, name)
    cuts = sorted(data.draw(st.sets(st.integers(0, len(document.text)), max_size=8)))
    marker = MARKERS[document.media_type]
    copy = marker.mark(raw, order(document, list(pairwise(cuts))))
    assert marker.unmarked(copy.data) == raw


@pytest.mark.parametrize(
    "name", ["terms.md", *(f"reminders/{path.name}" for path in sorted((EXAMPLES / "reminders").iterdir()))]
)
def test_every_finding_of_the_examples_is_in_the_copy(name: str) -> None:
    path = EXAMPLES / name
    audit = scan(path)
    copy = mark(audit, path.read_bytes())
    assert len(copy.placed) + len(copy.unplaced) + len(copy.whole) == len(audit.findings)
    assert not copy.unplaced
    if audit.document.media_type in MARKERS:
        assert MARKERS[audit.document.media_type].unmarked(copy.data) == path.read_bytes()


def test_an_e_mail_becomes_a_page_to_read() -> None:
    (path,) = (EXAMPLES / "reminders").glob("*.eml")
    audit = scan(path)
    copy = mark(audit, path.read_bytes())
    shown = copy.data.decode()
    assert "a page to read" in copy.warnings[0]
    assert audit.document.headers["subject"] in shown
    assert shown.count('<p id="trustaudit-note-') == len(audit.findings)
    hostile = parsing.parse(b"Subject: <script>alert(1)</script>\n\nHello <b>there</b>\n", "a.eml")
    assert b"<script" not in page.mark(b"", order(hostile, [(0, len(hostile.text))])).data


@pytest.mark.slow
def test_real_messages_come_back_to_the_byte(data_dir: Path) -> None:
    seen = 0
    for path in sorted(each for each in data_dir.glob("messages/**/*") if each.is_file())[::3]:
        data = path.read_bytes()
        document = parsing.parse(data, path.name)
        if document.media_type not in MARKERS:
            continue
        marker = MARKERS[document.media_type]
        copy = marker.mark(data, order(document, [(each.start, each.end) for each in document.blocks[:30]]))
        assert marker.unmarked(copy.data) == data, path
        seen += 1
    assert seen > 80
