"""Sentences of legal text, of messages, and of text that a tokeniser has been through."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustaudit.document import BlockKind
from trustaudit.language.sentences import sentences, split
from trustaudit.parsing.builder import Builder


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Acme Inc. shall pay $5.50 to Mr. Smith. The fee is due. No. 5 applies.",
            ["Acme Inc. shall pay $5.50 to Mr. Smith.", "The fee is due.", "No. 5 applies."],
        ),
        ("1.2. Customer shall pay. (a) It may end.", ["1.2. Customer shall pay.", "(a) It may end."]),
        ("see sec. 4 of the act . you agree .", ["see sec. 4 of the act .", "you agree ."]),
        ("He said “stop.” She left.", ["He said “stop.”", "She left."]),
        ("Come at 5 p.m. on Friday! Thanks. What? ok", ["Come at 5 p.m. on Friday!", "Thanks.", "What? ok"]),
        ("1. DEFINITIONS. The term means Acme. U.S. law applies.", ["1. DEFINITIONS.", "The term means Acme.", "U.S. law applies."]),
        ("Fees rise by 3.5 percent e.g. Yearly fees.", ["Fees rise by 3.5 percent e.g. Yearly fees."]),
        ("", []),
        ("   ", []),
    ],
)  # fmt: skip
def test_split(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(alphabet="aB1.!? \n()\"'”;:,", max_size=120))
def test_sentences_are_ordered_disjoint_and_lose_no_character(text: str) -> None:
    spans = list(split(text, 0, len(text)))

    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    assert "".join(text[a:b] for a, b in spans).split() == text.split() or "".join(
        "".join(text[a:b].split()) for a, b in spans
    ) == "".join(text.split())


def build(*blocks: tuple[BlockKind, int, str]) -> list[tuple[str, str]]:
    builder = Builder()
    for kind, level, text in blocks:
        builder.start(kind, level)
        builder.add(text)
    document = builder.document()
    found = sentences(document)
    return [
        (document.quote(one.span), document.quote(found[one.lead].span) if one.lead >= 0 else "")
        for one in found
    ]


PARAGRAPH, ITEM = BlockKind.PARAGRAPH, BlockKind.LIST_ITEM


def test_items_know_their_lead_in() -> None:
    found = build(
        (PARAGRAPH, 0, "General. The Customer shall:"),
        (ITEM, 1, "(a) pay all fees;"),
        (ITEM, 1, "(b) keep records, including:"),
        (ITEM, 2, "(i) invoices; and"),
        (ITEM, 1, "(c) answer questions."),
        (PARAGRAPH, 0, "The Provider may leave."),
    )

    assert [lead for _, lead in found] == [
        "", "", "The Customer shall:", "The Customer shall:", "(b) keep records, including:", "The Customer shall:", "",
    ]  # fmt: skip


def test_a_full_stop_ends_the_lead_in_for_lower_case_text() -> None:
    found = build(
        (PARAGRAPH, 0, "you agree to:"), (ITEM, 1, "(a) pay."), (PARAGRAPH, 0, "either side may leave.")
    )

    assert found[-1] == ("either side may leave.", "")


def test_a_page_footer_does_not_break_a_list() -> None:
    found = build(
        (PARAGRAPH, 0, "We may:"),
        (ITEM, 1, "(a) stop;"),
        (BlockKind.FOOTER, 0, "Page 3"),
        (ITEM, 1, "(b) end it."),
    )

    assert found[-1] == ("(b) end it.", "We may:")
