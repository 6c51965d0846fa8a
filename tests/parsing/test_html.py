"""HTML: blocks, what is seen, links, buttons, places."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustaudit.document import Document, Hidden, Span
from trustaudit.errors import UnreadableError
from trustaudit.parsing import html
from trustaudit.parsing.limits import Limits

Blocks = Callable[[Document], list[tuple[str, str]]]


def read(source: str) -> Document:
    return html.parse(source.encode(), "a.html", Limits())


def hidden(document: Document) -> dict[str, Hidden]:
    return {document.text[run.start : run.end].strip(): run.hidden for run in document.runs if run.hidden}


def test_kinds_of_blocks(blocks: Blocks) -> None:
    source = """<html lang=en><head><title>The &amp; title</title></head><body>
    <nav>Home</nav><h1>Terms</h1><h2>Fees</h2><p>You  pay\n now.</p>
    <ul><li>one<ul><li>deep</li></ul></li><li><p>two</p></li></ul>
    <table><caption>Prices</caption><tr><th>What</th><th>Fee</th></tr><tr><td>Visit</td><td>9</td></tr></table>
    <div class="footnotes"><p>* only today</p></div><footer>Acme Inc.</footer></body></html>"""
    document = read(source)
    assert blocks(document) == [
        ("header", "Home"), ("title", "Terms"), ("heading", "Fees"), ("paragraph", "You pay now."),
        ("list-item", "one"), ("list-item", "deep"), ("list-item", "two"), ("caption", "Prices"),
        ("table-cell", "What"), ("table-cell", "Fee"), ("table-cell", "Visit"), ("table-cell", "9"),
        ("footnote", "* only today"), ("footer", "Acme Inc."),
    ]  # fmt: skip
    assert [block.level for block in document.blocks[4:7]] == [1, 2, 1]
    assert document.headers == {"title": "The & title", "lang": "en"}


def test_cells_that_only_place_things_are_paragraphs(blocks: Blocks) -> None:
    source = """<table role="presentation"><tr><td><table><tr><td>Hello Jane,<br><br>your visit<br>is near.</td></tr>
    <tr><td><a href="https://a.example/x">Confirm your visit</a></td></tr></table></td></tr></table>"""
    assert blocks(read(source)) == [
        ("paragraph", "Hello Jane,"), ("paragraph", "your visit\nis near."), ("button", "Confirm your visit"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "link",
    [
        '<a href="#" class="btn btn-primary">Your plan</a>',
        '<a href="#" role="button">Your plan</a>',
        '<a href="#" style="background:#06c;padding:10px 20px">Your plan</a>',
        "<button>Your plan</button>",
        "<input type=submit value='Your plan'>",
    ],
)
def test_buttons(link: str, blocks: Blocks) -> None:
    assert blocks(read(f"<p>Before {link} after</p>")) == [
        ("paragraph", "Before"), ("button", "Your plan"), ("paragraph", "after"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "source",
    [
        "<p>You can <a href='#'>Pay now</a> or later.</p>",
        "<p><a href='#'>Our opening hours</a></p>",
        "<p><a href='#'>Pay this and then read on what happens to you afterwards.</a></p>",
    ],
)
def test_links_that_are_no_buttons(source: str) -> None:
    assert {str(block.kind) for block in read(source).blocks} == {"paragraph"}


def test_links_keep_their_targets_whole() -> None:
    document = read(
        "<p>Write <a href='mailto:a@b.example'>to <b>us</b>\n today</a> or <a href='{{ url(\"x\") }}'>go</a>"
    )
    assert [(document.text[link.start : link.end], link.target) for link in document.links] == [
        ("to us today", "mailto:a@b.example"), ("go", '{{ url("x") }}'),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "reason"),
    [
        ("display:none", Hidden.STYLE),
        ("visibility:hidden", Hidden.STYLE),
        ("opacity:0", Hidden.INVISIBLE),
        ("font-size:0", Hidden.TINY),
        ("font-size:1px", Hidden.TINY),
        ("position:absolute;left:-9999px", Hidden.OFF_PAGE),
        ("text-indent:-9999px", Hidden.OFF_PAGE),
        ("color:#fff", Hidden.FAINT),
        ("color:#fefefe", Hidden.FAINT),
        ("max-height:0;overflow:hidden", Hidden.COVERED),
        ("position:absolute;clip:rect(0 0 0 0)", Hidden.COVERED),
    ],
)
def test_hidden_text_has_its_reason(style: str, reason: Hidden) -> None:
    document = read(f"<p>Seen</p><p style='{style}'>Unseen</p><p>Seen again</p>")
    assert hidden(document) == {"Unseen": reason}


def test_hidden_by_attribute_and_closed_details() -> None:
    document = read(
        "<p hidden>One</p><details><summary>More</summary>Two</details><details open>Three</details>"
    )
    assert hidden(document) == {"One": Hidden.STYLE, "Two": Hidden.COLLAPSED}


def test_what_browsers_never_show_is_not_text() -> None:
    source = "<p>A</p><script>var x='<p>no</p>'</script><style>p{}</style><!-- no --><template>no</template>B"
    assert read(source).text.startswith("A")
    assert hidden(read(source)) == {"no": Hidden.STYLE}
    assert "var" not in read(source).text


def test_preview_line_is_not_hidden_text(blocks: Blocks) -> None:
    source = """<!--[if mso]>no<![endif]--><body><div style="display:none;max-height:0">See you on Monday&nbsp;&zwnj;</div>
    <table cellpadding=0><tr><td>Hello</td></tr></table>"""
    document = read(source)
    assert blocks(document)[0][0] == "preheader"
    assert not hidden(document)
    named = read("<body><span class='preheader' style='display:none'>Soon</span><p>Hello</p>")
    assert blocks(named) == [("preheader", "Soon"), ("paragraph", "Hello")]


def test_a_wrapper_that_is_set_back_further_in_hides_nothing(blocks: Blocks) -> None:
    source = """<body bgcolor="#222222"><table cellpadding=0 style="font-size:0"><tr><td style="font-size:14px;color:#eee">
    Hello</td></tr></table>"""
    document = read(source)
    assert blocks(document) == [("paragraph", "Hello")]
    assert not hidden(document)


def test_mjml(blocks: Blocks) -> None:
    source = """<mjml><mj-head><mj-title>T</mj-title><mj-style>.x{color:red}</mj-style></mj-head><mj-body>
    <mj-preview>Soon</mj-preview><mj-section><mj-column><mj-text font-size="20px">Hello <b>you</b></mj-text>
    <mj-button href="https://a.example">Confirm</mj-button></mj-column></mj-section></mj-body></mjml>"""
    document = read(source)
    assert blocks(document)[-3:] == [("preheader", "Soon"), ("paragraph", "Hello you"), ("button", "Confirm")]
    assert next(document.runs_in(document.blocks[-2].span)).size == 15.0


def test_template_in_place(blocks: Blocks) -> None:
    source = """{% block subject %}Visit {{ day }}{% endblock %}
<p>Hello <%= "<b>#{name}</b>" %>,{% if a < b %} please <b>pay</b>{% endif %}</p>
<td {% if x > 1 %}class="a"{% endif %}>{{ a < b ? 'x' : "y" }}</td>"""
    document = read(source)
    assert blocks(document) == [
        ("subject", "Visit {{ day }}"),
        ("paragraph", 'Hello <%= "<b>#{name}</b>" %>, please pay'),
        ("paragraph", "{{ a < b ? 'x' : \"y\" }}"),
    ]
    at = document.text.index("pay")
    assert document.place(Span(at, at + 3)).line == 2
    assert source.split("\n")[1][document.place(Span(at, at + 3)).column - 1 :].startswith("pay")  # type: ignore[operator]


def test_words_are_not_parted_by_control_tags() -> None:
    assert read("<p>customer{% if many %}s{% endif %}.</p>").text == "customers."


def test_pictures_without_words_are_said() -> None:
    document = read("<img src=a alt='Pay now'><img src=b><p>Hi</p>")
    assert document.unread[0].where == "pictures"
    assert "Pay now" not in document.text


def test_preformatted_text_keeps_its_lines() -> None:
    assert read("<pre>a\n  b</pre>").text == "a\n  b"


def test_deep_nesting_meets_the_limit() -> None:
    with pytest.raises(UnreadableError, match="deep"):
        read("<div>" * 5000 + "x" + "</div>" * 5000)


def test_a_megabyte_of_css_is_read_in_time() -> None:
    css = "".join(f".c{n} td, #i{n} > p.x{{color:#{n:06x};font-size:{n % 40}px}}" for n in range(20_000))
    document = read(f"<style>{css}</style><table><tr class=c14><td>Hello</td></tr></table>")
    run = document.runs[0]
    assert (run.size, run.color) == (10.5, (0, 0, 14))


@pytest.mark.parametrize(
    "source",
    [
        "<p>a<b>b<i>c</b>d</i>", "<table><p>in</p><tr><td>x</table>", "a < b && c > d &amp &copy2020 &#x1F600; &bogus;",
        '<p title="unclosed>text</p>', "<p title='x\">y'>z</p>", "</p></div>x", "<a<b>c", "<!-->x", "<![if !mso]>x<![endif]>",
        "<title>x", "<textarea><p>raw</p></textarea>", "<svg><text>x</text></svg>", "<p>\ue000 1\ue001</p>", "<!doctype html>",
        "<x:y a:b='c'>d</x:y>", "<frameset><frame>", "<select><option>a<option>b</select>", "<p>x</p" ,
    ],
)  # fmt: skip
def test_broken_markup(source: str, check_invariants: Callable[[Document], None]) -> None:
    check_invariants(read(source))


def _leads_back(document: Document, source: str) -> None:
    """Every character stands where the map says, save inside entities and folded white space."""
    assert document.source_map is not None
    for at, char in enumerate(document.text):
        block = document.block_at(at)
        if char.isspace() or block is None or at >= block.end:
            continue
        there = source[document.source_map.source(at)]
        assert there in (char, "&")


@given(st.lists(st.sampled_from([
    "<p>", "</p>", "<b>", "</b>", "<div class=x>", "</div>", "<br>", "<table><tr><td>", "</td></tr></table>", "word", " two words ",
    "&amp;", "&nbsp;", "&#233;", "{{ a }}", "{% if x %}", "{% endif %}", "\n", "é", "<!-- c -->", "<a href='#'>", "</a>", "1 < 2 ",
    "<style>p{}</style>", "<li>", "<h1>", "</h1>", "<span style='display:none'>", "</span>",
]), max_size=40))  # fmt: skip
def test_any_markup_keeps_the_invariants(
    check_invariants: Callable[[Document], None], parts: list[str]
) -> None:
    source = "".join(parts)
    document = read(source)
    check_invariants(document)
    if document.text:
        _leads_back(document, source)
