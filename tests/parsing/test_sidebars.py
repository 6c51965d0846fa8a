"""What stands beside the text has a place of its own, and is read as text all the same."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from trustaudit.document import Document
from trustaudit.parsing import parse

BODY = (
    "The supplier shall deliver the goods to the address that the customer names in the order and shall bear "
    "the cost of carriage until they have been handed over to the customer or to a person whom the customer "
    "has named in writing, and no fee for packing or for insurance is due unless the order says so plainly. "
) * 3
BESIDE = "You may leave at the end of any month and owe nothing, and we fetch the machine at no cost to you."


def beside(document: Document) -> str:
    return " ".join(document.quote(block.span) for block in document.blocks if block.aside)


def column(canvas: Canvas, text: str, x: float, y: float, width: float, size: float = 10) -> None:
    canvas.setFont("Helvetica", size)
    line = ""
    for word in text.split():
        if line and canvas.stringWidth(f"{line} {word}", "Helvetica", size) > width:
            canvas.drawString(x, y, line)
            y, line = y - 1.3 * size, word
        else:
            line = f"{line} {word}".strip()
    canvas.drawString(x, y, line)


def pdf(draw: Callable[[Canvas], None]) -> Document:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    draw(canvas)
    canvas.save()
    return parse(out.getvalue(), "paper.pdf")


@pytest.mark.parametrize("left", [True, False])
def test_a_narrow_column_beside_the_text_of_a_pdf(left: bool) -> None:
    def drawn(canvas: Canvas) -> None:
        column(canvas, BODY, 220 if left else 60, 760, 310)
        column(canvas, BESIDE, 60 if left else 420, 760, 120)

    document = pdf(drawn)

    assert beside(document) == BESIDE
    assert BODY.strip() in document.text


def test_newspaper_columns_and_labels_at_the_margin_are_no_sidebars() -> None:
    def columns(canvas: Canvas) -> None:
        column(canvas, BODY, 60, 760, 220)
        column(canvas, BODY[:600], 320, 760, 220)

    def labels(canvas: Canvas) -> None:
        column(canvas, BODY, 200, 760, 330)
        for at, label in enumerate(["Delivery", "Carriage", "Packing"]):
            canvas.drawString(60, 760 - 60 * at, label)

    assert beside(pdf(columns)) == ""
    assert beside(pdf(labels)) == ""


@pytest.mark.parametrize("tag", ["<aside>{}</aside>", "<div role=complementary><p>{}</p></div>"])
def test_html(tag: str) -> None:
    page = f"<main><p>{BODY}</p>{tag.format(BESIDE)}<p>{BODY}</p></main>"

    document = parse(page.encode(), "page.html")

    assert beside(document) == BESIDE
    assert [block.aside for block in document.blocks] == [False, True, False]


def docx(inside: str) -> Document:
    import docx as package
    from docx.oxml import parse_xml

    names = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    written, out = package.Document(), io.BytesIO()
    written.add_paragraph(BODY)
    written.element.body.insert(1, parse_xml(inside.replace("<w:p>", f"<w:p {names}>", 1)))
    written.save(out)
    return parse(out.getvalue(), "paper.docx")


RUN = f"<w:r><w:t>{BESIDE}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inside", "there"),
    [
        (
            f'<w:p><w:pPr><w:framePr w:w="2400" w:wrap="around" w:hAnchor="page" w:x="9000"/></w:pPr>{RUN}</w:p>',
            True,
        ),
        (f'<w:p><w:pPr><w:framePr w:w="9600" w:wrap="around"/></w:pPr>{RUN}</w:p>', False),
        (
            (
                '<w:p><w:r><w:pict><v:shape style="position:absolute;width:120pt;height:300pt"><v:textbox>'
                f"<w:txbxContent><w:p>{RUN}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
            ),
            True,
        ),
        (
            (
                '<w:p><w:r><w:pict><v:shape style="width:120pt;height:300pt"><v:textbox>'
                f"<w:txbxContent><w:p>{RUN}</w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
            ),
            False,
        ),
    ],
)
def test_frames_and_text_boxes_of_a_word_file(inside: str, there: bool) -> None:
    document = docx(inside)

    assert BESIDE in document.text
    assert beside(document) == (BESIDE if there else "")
