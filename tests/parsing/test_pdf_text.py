"""Reading order, paragraphs and kinds of block, on papers drawn here."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from trustaudit.document import BlockKind, Document
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.pdf import parse

WIDTH, HEIGHT = A4
PROSE = (
    "The supplier shall deliver the goods to the address that the customer names in the order and shall bear "
    "the cost of carriage until they have been handed over to the customer or to a person whom the customer "
    "has named in writing, and no fee for packing or for insurance is due unless the order says so plainly."
)


def paper(*pages: Callable[[Canvas], None], size: tuple[float, float] = A4) -> Document:
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=size, invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return parse(data.getvalue(), "paper.pdf", Limits())


def column(
    canvas: Canvas, text: str, x: float, y: float, width: float, size: float = 10, font: str = "Helvetica"
) -> float:
    """Set words into lines of a width; returns where the next line would stand."""
    canvas.setFont(font, size)
    line = ""
    for word in text.split():
        if line and canvas.stringWidth(f"{line} {word}", font, size) > width:
            canvas.drawString(x, y, line)
            y, line = y - 1.2 * size, word
        else:
            line = f"{line} {word}".strip()
    canvas.drawString(x, y, line)
    return y - 1.2 * size


def lines(canvas: Canvas, texts: Iterable[str], x: float = 72, y: float = 700, pitch: float = 12) -> None:
    for text in texts:
        canvas.drawString(x, y, text)
        y -= pitch


def texts(document: Document, *kinds: BlockKind) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if not kinds or b.kind in kinds]


def test_lines_of_a_paragraph_are_joined_with_single_blanks() -> None:
    document = paper(lambda c: (column(c, PROSE, 72, 700, 300), None)[1])
    assert texts(document) == [PROSE]
    assert len(document.runs) > 3
    assert {run.page for run in document.runs} == {1}


def test_two_columns_are_read_one_after_the_other() -> None:
    left, right = PROSE, PROSE.replace("supplier", "carrier").replace("customer", "buyer")

    def draw(canvas: Canvas) -> None:
        column(
            canvas,
            "A heading over both columns that is as wide as the page is and stands alone",
            50,
            760,
            500,
            14,
        )
        column(canvas, left, 50, 700, 230)
        column(canvas, right, 310, 700, 230)

    assert texts(paper(draw))[1:] == [left, right]


def test_a_paragraph_runs_from_column_to_column_and_page_to_page() -> None:
    whole = f"{PROSE[:-1]}, and {PROSE[:-1].lower()}, and {PROSE.lower()}"
    words = whole.split()

    def first(canvas: Canvas) -> None:
        column(canvas, " ".join(words[:50]), 50, 400, 230)
        column(canvas, " ".join(words[50:98]), 310, 400, 230)
        canvas.drawString(280, 30, "Page 1 of 2")

    def second(canvas: Canvas) -> None:
        column(canvas, " ".join(words[98:]), 50, 700, 230)
        canvas.drawString(280, 30, "Page 2 of 2")

    document = paper(first, second)
    assert texts(document, BlockKind.PARAGRAPH) == [whole]
    assert texts(document, BlockKind.PAGE_NUMBER) == ["Page 1 of 2", "Page 2 of 2"]
    assert [run.page for run in document.runs_in(document.blocks[0].span)][-1] == 2


def test_running_headers_and_footers_do_not_interrupt_a_sentence() -> None:
    words = PROSE.split()

    def page(number: int, part: str) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.setFont("Helvetica", 8)
            canvas.drawString(72, HEIGHT - 30, f"Acme Master Agreement, version 7, sheet {number}")
            canvas.drawString(WIDTH - 200, HEIGHT - 60, "Confidential paper")
            canvas.drawString(72, 25, "Acme Incorporated, Springfield")
            canvas.drawRightString(WIDTH - 72, 25, str(number))
            column(canvas, part, 72, 700, 400)

        return draw

    document = paper(
        *(page(n + 1, " ".join(words[n * 15 : (n + 1) * 15 if n < 3 else None])) for n in range(4))
    )
    assert texts(document, BlockKind.PARAGRAPH) == [PROSE]
    heads = [f"Acme Master Agreement, version 7, sheet {number + 1}" for number in range(4)]
    assert texts(document, BlockKind.HEADER) == [
        text for head in heads for text in (head, "Confidential paper")
    ]
    assert texts(document, BlockKind.FOOTER) == ["Acme Incorporated, Springfield"] * 4
    assert texts(document, BlockKind.PAGE_NUMBER) == ["1", "2", "3", "4"]


def test_hyphens_at_line_ends_are_undone_but_compounds_keep_theirs() -> None:
    document = paper(
        lambda c: lines(
            c,
            [
                "This sentence speaks of the infor-",
                "mation that the non-",
                "exclusive licence and every long-",
                "term lease, as a long-term tie, con-",
                "tains for the customer.",
            ],
        )
    )
    assert document.text == (
        "This sentence speaks of the information that the non-exclusive licence and every "
        "long-term lease, as a long-term tie, contains for the customer."
    )


def test_a_ligature_in_another_font_does_not_part_the_word_that_a_line_begins_with() -> None:
    def drawn(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        lines(canvas, ["The term of this agreement is one year, and it stays in full force and in"])
        canvas.drawString(72, 688, "e")
        at = 72 + canvas.stringWidth("e", "Helvetica", 11)
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(at + 0.4, 688, "ff")
        at += 0.4 + canvas.stringWidth("ff", "Times-Roman", 11)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(at, 688, "ect until one of the parties ends it in writing.")

    assert "in full force and in effect until" in paper(drawn).text


def test_list_items_keep_their_labels_and_continue_over_lines() -> None:
    document = paper(
        lambda c: lines(
            c,
            [
                "The customer shall at its own cost and without delay:",
                "(a) return the device in the state in which it was handed",
                "over, wear excepted;",
                "(b) pay the fee of Section 4",
                "(c) or (d) of the order;",
                "1.2 The supplier shall answer.",
                "• Bullets count too",
            ],
        )
    )
    items = texts(document, BlockKind.LIST_ITEM)
    assert items[0] == "(a) return the device in the state in which it was handed over, wear excepted;"
    assert "1.2 The supplier shall answer." in items
    assert "• Bullets count too" in items


def test_the_letter_i_is_told_from_the_number_i_by_the_labels_before_it() -> None:
    labels = [
        "1.",
        "(a)",
        "(i)",
        "(ii)",
        "(iii)",
        "(iv)",
        "(v)",
        "(b)",
        *(f"({x})" for x in "cdefghij"),
        "2.",
        "(a)",
        "(i)",
    ]
    document = paper(
        lambda c: lines(
            c, [f"{label} The supplier shall do what it has said in part {label[1]}." for label in labels]
        )
    )
    levels = [block.level for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert levels == [1, 2, 3, 3, 3, 3, 3, 2, *[2] * 8, 1, 2, 3]


def test_what_stands_under_a_blank_belongs_to_its_label_and_the_next_label_does_not() -> None:
    def drawn(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Law that governs:")
        for at, text in enumerate(
            ["______________________", "______________________", "[Name the country.]"]
        ):
            canvas.drawString(200, 700 - 12 * at, text)
        lines(canvas, ["Signed: ______________________", "   ", "Date: ______________________"], y=660)
        canvas.drawString(110, 624, "By:")

    assert texts(paper(drawn))[:2] == [
        "Law that governs: ______________________ ______________________ [Name the country.]",
        "Signed: ______________________",
    ]
    assert texts(paper(drawn))[-1] == "By:"


def test_title_headings_and_their_levels() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawCentredString(WIDTH / 2, 780, "Services Agreement")
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(72, 740, "1. Definitions")
        y = column(canvas, PROSE, 72, 720, 400)
        canvas.drawString(72, y - 12, "1.1 Term of License")
        column(canvas, PROSE, 72, y - 36, 400)

    document = paper(draw)
    assert texts(document, BlockKind.TITLE) == ["Services Agreement"]
    assert texts(document, BlockKind.HEADING) == ["1. Definitions", "1.1 Term of License"]
    assert [block.level for block in document.blocks if block.kind is BlockKind.HEADING] == [1, 2]


def test_footnotes_are_known_by_size_place_and_marker() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, PROSE, 72, 700, 400)
        canvas.line(72, 90, 200, 90)
        canvas.setFont("Helvetica", 7)
        canvas.drawString(72, 80, "1 The fee rises each year by five per cent.")
        canvas.drawString(72, 66, "* Carriage to islands is not included.")

    document = paper(draw)
    assert texts(document, BlockKind.FOOTNOTE) == [
        "1 The fee rises each year by five per cent.",
        "* Carriage to islands is not included.",
    ]


def test_a_footnote_stands_after_the_paragraph_that_it_interrupts() -> None:
    words = PROSE.split()

    def first(canvas: Canvas) -> None:
        column(canvas, " ".join(words[:30]), 72, 300, 400)
        canvas.setFont("Helvetica", 7)
        canvas.drawString(72, 60, "1 The fee rises each year.")

    def second(canvas: Canvas) -> None:
        column(canvas, " ".join(words[30:]), 72, 700, 400)

    assert texts(paper(first, second)) == [PROSE, "1 The fee rises each year."]


def test_each_cell_of_a_ruled_table_is_a_block() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, PROSE, 72, 780, 400)
        canvas.grid([72, 200, 330, 460], [600, 630, 660, 690])
        canvas.setFont("Helvetica", 10)
        for row, cells in enumerate(
            [("Service", "Monthly fee", "Notice"), ("Basic", "10", "none"), ("Full", "25", "30 days")]
        ):
            for at, cell in enumerate(cells):
                canvas.drawString(76 + 129 * at, 670 - 30 * row, cell)
        canvas.drawString(205, 660 + 1, "in euro")
        column(canvas, "After the table the text goes on as before.", 72, 560, 400)

    document = paper(draw)
    assert texts(document, BlockKind.TABLE_CELL) == [
        "Service", "Monthly fee in euro", "Notice", "Basic", "10", "none", "Full", "25", "30 days",
    ]  # fmt: skip
    assert texts(document)[-1] == "After the table the text goes on as before."


def test_a_frame_round_a_text_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 500, 440, 250)
        column(canvas, PROSE, 72, 700, 400)

    assert texts(paper(draw), BlockKind.PARAGRAPH) == [PROSE]


def test_columns_of_a_table_without_rules_are_cells_row_by_row() -> None:
    rows = [("Basic", "10 euro", "none"), ("Full", "25 euro", "30 days"), ("Plus", "90 euro", "none")]

    def draw(canvas: Canvas) -> None:
        for row, cells in enumerate(rows):
            for at, cell in enumerate(cells):
                canvas.drawString(72 + 150 * at, 700 - 14 * row, cell)

    assert texts(paper(draw), BlockKind.TABLE_CELL) == [cell for row in rows for cell in row]


def test_contents_with_dot_leaders() -> None:
    document = paper(
        lambda c: lines(
            c,
            [
                "Contents",
                "1. Definitions ............ 2",
                "2. Fees . . . . . . . . . . . 3",
                "3. Term ............ 9",
            ],
        )
    )
    assert len(texts(document, BlockKind.CONTENTS)) == 3


def test_captions() -> None:
    document = paper(lambda c: lines(c, ["Figure 1: How a claim is made", PROSE[:60]], pitch=30))
    assert texts(document, BlockKind.CAPTION) == ["Figure 1: How a claim is made"]


def test_raised_marks_stand_in_their_word() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 700, "on the 4")
        end = 72 + canvas.stringWidth("on the 4", "Helvetica", 10)
        canvas.drawString(end + 9, 700, "of July the offer ends")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(end, 704, "th")

    assert paper(draw).text == "on the 4th of July the offer ends"


def test_page_numbers_in_the_middle_of_reprinted_pages() -> None:
    words = PROSE.split()

    def draw(canvas: Canvas) -> None:
        for part in range(3):
            column(canvas, " ".join(words[part * 15 : (part + 1) * 15]), 72, 740 - part * 150, 250)
            canvas.drawCentredString(WIDTH / 2, 660 - part * 150, f"-{part + 4}-")
        column(canvas, " ".join(words[45:]), 72, 740 - 450, 250)

    document = paper(draw)
    assert texts(document, BlockKind.PARAGRAPH) == [PROSE]
    assert texts(document, BlockKind.PAGE_NUMBER) == ["-4-", "-5-", "-6-"]


@pytest.mark.parametrize("gap", [12.0, 24.0])
def test_paragraphs_are_told_apart_by_space_or_by_short_last_lines(gap: float) -> None:
    def draw(canvas: Canvas) -> None:
        y = column(canvas, PROSE, 72, 700, 400)
        column(canvas, PROSE, 72, y - gap + 12, 400)

    assert texts(paper(draw)) == [PROSE, PROSE]


def test_text_that_the_file_draws_out_of_order() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 676, "third of them.")
        canvas.drawString(72, 700, "The first line stands above the second, and the")
        canvas.drawString(72, 688, "second stands above the line that the file draws first, the")

    expected = (
        "The first line stands above the second, and the second stands above the line that the file draws first, "
        "the third of them."
    )
    assert paper(draw).text == expected


def test_a_line_in_smaller_type_in_the_middle_of_a_sentence_does_not_end_it() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        canvas.drawString(
            72, 700, "The customer pays the fee that the list names and that stands beside every one"
        )
        canvas.setFont("Helvetica", 8)
        canvas.drawString(
            72, 688, "of the goods, with the tax that the law asks for on the day of the order."
        )

    assert len(paper(draw).blocks) == 1
