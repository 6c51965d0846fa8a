"""A claim and the note that takes it back: paired by their mark, or headline against fine print."""

from __future__ import annotations

import io

import pytest

import trustaudit
from trustaudit.audit import Confidence, Finding, Severity

MARK, HEADLINE = "fine-print/asterisk-takes-back", "fine-print/headline-takes-back"
FEE = "A fee of 49 dollars applies."
PLAIN = "Come by on any day, bring a friend and train with us as long as you like. " * 4


def found(text: str | bytes, rule: str = MARK, name: str = "") -> list[Finding]:
    data = text.encode() if isinstance(text, str) else text
    audit = trustaudit.scan(data, name=name or "offer.txt", kind="term-sheet", audience="consumer")
    return [one for one in audit.findings if one.rule == rule]


def test_the_finding_stands_on_the_claim_and_quotes_what_takes_it() -> None:
    text = f"Your first month is free* with us.\n\n{PLAIN}\n\n* Valid for new members. {FEE}"

    (one,) = found(text)

    assert one.quote == "free*"
    assert one.severity is Severity.MAJOR
    assert "“fee of 49 dollars applies”" in one.message
    assert one.related[0].quote == f"* Valid for new members. {FEE}"
    assert text[one.related[0].start : one.related[0].end] == one.related[0].quote


@pytest.mark.parametrize("mark", ["*", "**", "†", "‡", "¹", "²", "(*)"])
def test_every_mark(mark: str) -> None:
    (one,) = found(f"Your first month is free{mark} with us.\n\n{mark} {FEE}")

    assert one.quote == f"free{mark}"


def test_the_mark_decides_which_note_is_meant() -> None:
    text = f"Free* delivery and unlimited† returns.\n\n* We deliver on weekdays.\n\n† {FEE}"

    assert [one.quote for one in found(text)] == ["unlimited†"]


def test_two_notes_in_one_block() -> None:
    text = f"Free* delivery and unlimited** returns.\n\n* We deliver on weekdays. ** {FEE}"

    assert [one.quote for one in found(text)] == ["unlimited**"]


def test_the_note_of_the_same_page_comes_first() -> None:
    text = f"The trial is free* for all.\n\n* We mean it.\n\nDelivery is free* too.\n\n* {FEE}"

    assert [one.start for one in found(text)] == [text.rindex("free*")]


@pytest.mark.parametrize(
    "text",
    [
        f"The month is free.\n\n* {FEE}",
        "The month is free*.",
        f"The month is free*.\n\n* {FEE}\n\n* bring a towel",  # a list
        f"5 * 4 is free of charge.\n\n* {FEE}",
        f"Our friendly staff* will help.\n\n* {FEE}",
        f"It is tax free* for all.\n\n* {FEE}",
    ],
)
def test_what_is_no_pair(text: str) -> None:
    assert found(text) == []


def test_marks_in_a_pdf() -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    out = io.BytesIO()
    body, note = ParagraphStyle("body", fontSize=12, leading=15), ParagraphStyle("note", fontSize=6)
    story = [
        Paragraph("Your first month is free* with every plan that we have.", body),
        *[Paragraph(PLAIN, body)] * 3,
        Spacer(1, 300),
        Paragraph(f"* {FEE}", note),
    ]
    SimpleDocTemplate(out, pagesize=A4, invariant=True).build(story)

    (one,) = found(out.getvalue(), name="offer.pdf")

    assert (one.quote, one.page) == ("free*", 1)
    assert one.related[0].quote == f"* {FEE}"


def page(head: str, small: str) -> str:
    return f"<h1>{head}</h1><p>{PLAIN}</p><p style='font-size:6pt'>{small}</p>"


def test_a_headline_against_fine_print_is_said_with_care() -> None:
    (one,) = found(page("A free month", FEE), HEADLINE, "offer.html")

    assert one.quote == "free"
    assert one.confidence is Confidence.LOW
    assert "“fee of 49 dollars" in one.message


@pytest.mark.parametrize(
    ("head", "small"),
    [("A free month", "We are open from nine to five."), ("A month", FEE), ("Feel free", FEE)],
)
def test_headlines_that_hold(head: str, small: str) -> None:
    assert found(page(head, small), HEADLINE, "offer.html") == []


def test_a_charge_in_plain_sight_takes_nothing_back() -> None:
    source = f"<h1>A free month</h1><p>{PLAIN} {FEE}</p>"

    assert found(source, HEADLINE, "offer.html") == []
