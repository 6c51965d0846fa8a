"""Markdown: the rendered text, each piece at its line and column."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from trustaudit.document import Document, Span
from trustaudit.parsing import markdown
from trustaudit.parsing.limits import Limits

Blocks = Callable[[Document], list[tuple[str, str]]]


def read(source: str) -> Document:
    return markdown.parse(source.encode(), "a.md", Limits())


def test_blocks(blocks: Blocks) -> None:
    source = """---
title: x
subject: Your terms
---
# Terms *of* service

You **must** pay
within `30` days.[^1]

- one
  more
  1. deep
- two

| Fee | Sum |
|-----|----:|
| a \\| b | **9** |

> quoted

<div><p>In <b>HTML</b></p></div>

<small>Small print here.</small>

[^1]: Save
[^2]: when told.
"""
    assert blocks(read(source)) == [
        ("subject", "Your terms"), ("title", "Terms of service"),
        ("paragraph", "You must pay within 30 days.[^1]"),
        ("list-item", "one more"), ("list-item", "deep"), ("list-item", "two"),
        ("table-cell", "Fee"), ("table-cell", "Sum"), ("table-cell", "a | b"), ("table-cell", "9"),
        ("paragraph", "quoted"), ("paragraph", "In HTML"), ("footnote", "Small print here."),
        ("footnote", "[^1]: Save"), ("footnote", "[^2]: when told."),
    ]  # fmt: skip


def test_places_of_each_piece() -> None:
    source = "# T\r\n\r\nPay *now* or [see\r\nour terms](https://a.example/now) &amp; \\*go\\*.\r\n"
    document = read(source)
    for word, line, column in (("now", 3, 6), ("see", 3, 15), ("our terms", 4, 1), ("go", 4, 43)):
        at = document.text.index(word)
        place = document.place(Span(at, at + len(word)))
        assert (word, place.line, place.column) == (word, line, column)
    assert document.links[0].target == "https://a.example/now"
    assert document.text[document.links[0].start : document.links[0].end] == "see our terms"


def test_emphasis_and_sizes_that_cannot_be_told() -> None:
    document = read("# Head\n\nThe **fee** is *due*.")
    runs = {document.text[run.start : run.end]: run for run in document.runs}
    assert runs["fee"].bold
    assert runs["due"].italic
    assert all(run.size is None for run in document.runs)


def test_hidden_html_in_markdown_is_marked() -> None:
    document = read("Text\n\n<p style='display:none'>unseen</p>\n")
    assert [document.text[run.start : run.end] for run in document.runs if run.hidden] == ["unseen"]


def test_template_tags_vanish(blocks: Blocks) -> None:
    source = (
        "{% apply markdown %}\nHello {{ name }},\n\n{% if x %}\nplease **pay**.\n{% endif %}\n{% endapply %}"
    )
    assert blocks(read(source)) == [("paragraph", "Hello {{ name }},"), ("paragraph", "please pay.")]


def test_code_is_read_and_link_definitions_are_not() -> None:
    document = read("```\nfee: 9\n```\n\n    indented\n\n[x]: https://a.example\n")
    assert document.text == "fee: 9\n\nindented"
    assert document.place(Span(8, 10)).column == 5


def test_note_behind_an_asterisk(blocks: Blocks) -> None:
    assert blocks(read("Free* for all.\n\n\\* for one month\n"))[-1] == ("footnote", "* for one month")


@given(st.lists(st.sampled_from([
    "word ", "**bold** ", "*it* ", "`code` ", "[link](x) ", "\\* ", "&amp; ", "\n", "\n\n", "- ", "1. ", "> ", "# ", "| a | b |\n|---|---|\n",
    "<b>x</b>", "<div>y</div>\n", "{{ v }} ", "{% if x %}", "é ", "    ", "```\n", "  \n", "[^1]: note\n", "\t", "é\r\n", "~~s~~ ",
]), max_size=30))  # fmt: skip
def test_every_character_leads_back(check_invariants: Callable[[Document], None], parts: list[str]) -> None:
    source = "".join(parts)
    document = read(source)
    check_invariants(document)
    if document.source_map is None:
        return
    for at, char in enumerate(document.text):
        block = document.block_at(at)
        if not char.isspace() and block is not None and at < block.end:
            there = source[document.source_map.source(at)]
            assert there == char or there in "&\\"
