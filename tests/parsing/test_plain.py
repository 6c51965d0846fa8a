"""Plain text keeps the caller's offsets, and shows its structure by lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustaudit.document import Document, Span
from trustaudit.parsing import lines, parse

Blocks = Callable[[Document], list[tuple[str, str]]]


def _parse(text: str, name: str = "a.txt") -> Document:
    return parse(text.encode(), name, media_type="text/plain")


def _kinds(text: str) -> list[str]:
    return [str(block.kind) for block in _parse(text).blocks]


def test_the_text_is_the_input_itself() -> None:
    text = "  One\r\n\r\nTwo\ttabs  \n"
    document = _parse(text)
    assert document.text == text
    assert document.place(Span(9, 12)).line == 3


def test_one_line_is_one_paragraph(blocks: Blocks) -> None:
    assert blocks(_parse("We may change these terms at any time.")) == [
        ("paragraph", "We may change these terms at any time.")
    ]


def test_blank_lines_part_paragraphs_and_wrapped_lines_do_not(blocks: Blocks) -> None:
    assert blocks(_parse("one\ntwo\n\n\nthree")) == [("paragraph", "one\ntwo"), ("paragraph", "three")]
    assert blocks(_parse("one\r\ntwo\r\n\r\nthree\r\n")) == [
        ("paragraph", "one\r\ntwo"),
        ("paragraph", "three"),
    ]


def test_items_hold_their_wrapped_lines(blocks: Blocks) -> None:
    text = "You must:\n- pay the fee\n  in advance; and\n- sign\n(a) first\n(b) second"
    assert blocks(_parse(text)) == [
        ("paragraph", "You must:"),
        ("list-item", "- pay the fee\n  in advance; and"),
        ("list-item", "- sign"),
        ("list-item", "(a) first"),
        ("list-item", "(b) second"),
    ]


def test_a_number_at_the_start_of_a_wrapped_line_begins_nothing() -> None:
    assert _kinds("The customer shall pay within\n30. The fee is due\nat once") == ["paragraph"]


def test_depth_of_numbered_clauses() -> None:
    document = _parse("1.2 The customer shall pay.\n\n1.2.3 The customer shall pay more.")
    assert [block.level for block in document.blocks] == [2, 3]


@pytest.mark.parametrize(
    "line",
    [
        "1. DEFINITIONS",
        "2. Payment Terms",
        "ARTICLE IV",
        "Section 3. Term",
        "LIMITATION OF LIABILITY",
        "Schedule A",
    ],
)
def test_headings(line: str) -> None:
    assert _kinds(f"The first paragraph of it.\n\n{line}\n\nThe customer shall pay.")[1] == "heading"


@pytest.mark.parametrize(
    "line",
    [
        "Section 3 applies to all orders.",
        "1. The customer shall pay the fee in full.",
        "Dear Jane,",
        "OK",
        "Thanks,",
    ],
)
def test_no_headings(line: str) -> None:
    assert "heading" not in _kinds(f"The first paragraph.\n\n{line}\n\nThe customer shall pay.")


def test_underlined_heading(blocks: Blocks) -> None:
    assert blocks(_parse("Your fees\n---------\nNone.")) == [
        ("heading", "Your fees"),
        ("page-number", "---------"),
        ("paragraph", "None."),
    ]


def test_a_framed_greeting_is_no_heading() -> None:
    assert "heading" not in _kinds("****\nHi {{name}},\n****\n\nYour visit is near.")


def test_subject_and_preview_lines(blocks: Blocks) -> None:
    assert blocks(_parse("Subject: Your visit\nPreheader: See you soon\nHello Jane"))[:2] == [
        ("subject", "Subject: Your visit"),
        ("preheader", "Preheader: See you soon"),
    ]


def test_a_file_of_a_subject_is_one() -> None:
    assert [str(b.kind) for b in _parse("Your order {{ x }}\n", "order_subject.txt").blocks] == ["subject"]


def test_asterisk_note_that_something_points_at() -> None:
    assert _kinds("Free* for all.\n\n* One year contract.")[-1] == "footnote"
    assert _kinds("Free for all.\n\n* One year contract.")[-1] == "list-item"
    assert _kinds("See the rate [1].\n\n[1] Plus tax.")[-1] == "footnote"


def test_page_numbers_and_contents() -> None:
    assert _kinds("Definitions ........ 4\n\nText here.\n\nPage 3 of 10\n\n- 4 -") == [
        "contents", "paragraph", "page-number", "page-number",
    ]  # fmt: skip


def test_control_tags_vanish_with_their_lines(blocks: Blocks) -> None:
    source = "{% if a %}\nHello {{ name }},\n{% else %}\nHi,\n{% endif %}\nplease pay."
    document = _parse(source)
    assert blocks(document) == [("paragraph", "Hello {{ name }},\nHi,\nplease pay.")]
    start = document.text.index("please")
    assert document.place(Span(start, start + 6)).line == 6


def test_subject_block_of_a_template(blocks: Blocks) -> None:
    assert blocks(_parse("{% block subject %}Your visit{% endblock %}\nHello"))[0] == (
        "subject",
        "Your visit",
    )


@given(st.text(alphabet=st.sampled_from("aB1.()-*=#: \n\r\té{}%[]§"), max_size=300))
def test_blocks_hold_every_character_that_is_not_blank(text: str) -> None:
    end = 0
    for block in lines.blocks(text):
        assert not text[end : block.start].strip()
        assert text[block.start : block.end].strip() == text[block.start : block.end] != ""
        end = block.end
    assert not text[end:].strip()


@given(st.text(max_size=200))
def test_any_text_without_control_tags_is_kept(text: str) -> None:
    if not any(sign in text for sign in ("{%", "{{", "<%", "<?", "{#", "{*", "---", "*|", "<#", "<@", "@")):
        document = _parse(text.encode("utf-8", "replace").decode().lstrip("\ufeff"))
        assert document.text == text.encode("utf-8", "replace").decode().lstrip("\ufeff")
