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


@pytest.mark.parametrize("mark", ["*", "**", "†", "‡", "§", "¹", "²", "(*)", "[1]", "[a]", "[*]", " [2]"])
def test_every_mark(mark: str) -> None:
    (one,) = found(f"Your first month is free{mark} with us.\n\n{mark.strip()} {FEE}")

    assert one.quote == f"free{mark}"


def test_the_mark_decides_which_note_is_meant() -> None:
    text = f"Free* delivery and unlimited† returns.\n\n* We deliver on weekdays.\n\n† {FEE}"

    assert [one.quote for one in found(text)] == ["unlimited†"]


SUP = "<sup>1</sup>"


@pytest.mark.parametrize(
    ("call", "note"),
    [(SUP, SUP), (SUP, "[1]"), ("[1]", SUP), ("¹", "[1]"), ("<sup>*</sup>", "*"), ("[1]", "¹")],
)
def test_a_raised_figure_is_the_same_mark_however_it_is_raised(call: str, note: str) -> None:
    (one,) = found(f"<p>Your first month is free{call} with us.</p><p>{note} {FEE}</p>", name="offer.html")

    assert one.related[0].quote.endswith(FEE)


@pytest.mark.parametrize("other", ["<sup>2</sup>", "[2]", "2.", "1."])
def test_another_figure_is_another_note(other: str) -> None:
    assert found(f"<p>Your month is free<sup>1</sup>.</p><p>{other} {FEE}</p>", name="offer.html") == []


def test_figures_that_are_no_marks() -> None:
    assert (
        found(f"<p>It is free, 20 m<sup>2</sup> of it.</p><p><sup>1</sup> {FEE}</p>", name="offer.html") == []
    )
    assert found(f"Your first month is free, see Section 1.\n\n§ 1 {FEE}") == []


def test_notes_of_a_word_file() -> None:
    import docx

    document, out = docx.Document(), io.BytesIO()
    for words, raised, rest in (("Your first month is free", "1", " with us."), ("", "1", f" {FEE}")):
        paragraph = document.add_paragraph(words)
        paragraph.add_run(raised).font.superscript = True
        paragraph.add_run(rest)
    document.save(out)

    (one,) = found(out.getvalue(), name="offer.docx")

    assert one.quote == "free1"


def test_a_numbered_footnote_of_a_pdf() -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    canvas.setFont("Helvetica", 12)
    for at in range(6):
        canvas.drawString(
            50, 700 - 16 * at, "Come by on any day, bring a friend and train with us as you like."
        )
    canvas.drawString(50, 740, "Your first month is free")
    canvas.setFont("Helvetica", 7)
    canvas.drawString(50 + canvas.stringWidth("Your first month is free", "Helvetica", 12), 744, "1")
    canvas.setFont("Helvetica", 8)
    canvas.drawString(50, 60, f"1 {FEE}")
    canvas.save()

    (one,) = found(out.getvalue(), name="offer.pdf")

    assert one.quote == "free1"
    assert one.related[0].quote == f"1 {FEE}"


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
    [
        ("Broadband from $9 a month", "Minimum term of 24 months. $39 a month from the fourth month."),
        ("Save up to 50%", "Only valid for return journeys on Tuesdays."),
        ("No obligation", "The trial continues as a paid membership unless you cancel it."),
    ],
)
def test_claims_with_a_qualification(head: str, small: str) -> None:
    assert len(found(page(head, small), HEADLINE, "offer.html")) == 1


@pytest.mark.parametrize(
    ("head", "small"),
    [
        ("A free month", "We are open from nine to five."),
        ("A month", FEE),
        ("Feel free", FEE),
        ("From $9 a month", "Our office is in Lisbon."),
        ("From 9 to 5", "Minimum term of 24 months."),
    ],
)
def test_headlines_that_hold(head: str, small: str) -> None:
    assert found(page(head, small), HEADLINE, "offer.html") == []


def test_a_charge_in_plain_sight_takes_nothing_back() -> None:
    source = f"<h1>A free month</h1><p>{PLAIN} {FEE}</p>"

    assert found(source, HEADLINE, "offer.html") == []
