"""The services agreement as PDF: headings, page furniture, grey footnotes, small print in two columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)

from examples.source_text import NOTE_MARK, Piece, pieces

WIDTH, HEIGHT = A4
SIDE, TOP, BOTTOM = 25 * mm, 28 * mm, 42 * mm
BODY_HEIGHT = HEIGHT - TOP - BOTTOM
SMALL_HEIGHT = 66 * mm
NOTES_TOP = 38 * mm  # footnotes hang down from here
GREY = HexColor("#8c8c8c")

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=15, spaceAfter=6)
STYLES = {
    "title": ParagraphStyle("title", fontName="Helvetica-Bold", fontSize=20, leading=26, spaceAfter=4),
    "subtitle": ParagraphStyle("subtitle", fontName="Helvetica", fontSize=12, leading=16, spaceAfter=18),
    "heading": ParagraphStyle(
        "heading",
        fontName="Helvetica-Bold",
        fontSize=13,
        leading=17,
        spaceBefore=12,
        spaceAfter=5,
        keepWithNext=1,
    ),
    "text": BODY,
    "signature": ParagraphStyle("signature", parent=BODY, spaceBefore=30),
    "schedule": ParagraphStyle(
        "schedule", fontName="Helvetica-Bold", fontSize=9, leading=12, spaceAfter=4, keepWithNext=1
    ),
    "small": ParagraphStyle(
        "small", fontName="Helvetica", fontSize=6.5, leading=7.4, textColor=GREY, spaceAfter=3
    ),
    "note": ParagraphStyle(
        "note", fontName="Helvetica", fontSize=7, leading=8.2, textColor=GREY, spaceAfter=2
    ),
}


class NoteAnchor(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """Takes no room; tells the page on which it lands that a footnote belongs there."""

    width = height = 0

    def __init__(self, note: Piece) -> None:
        super().__init__()
        self.note = note

    def wrap(self, *_available: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.canv.page_notes = [*getattr(self.canv, "page_notes", []), self.note]


@dataclass(frozen=True)
class Paper:
    """A source and what is printed round its text."""

    source: str
    title: str
    author: str
    number: str

    @property
    def header(self) -> str:
        return f"{self.author} · {self.title}"


SERVICES = Paper(
    "services-agreement.txt",
    "Building Monitoring Services Agreement",
    "Alder & Finch Systems Ltd",
    "No. 2291-M",
)


def contract(paper: Paper = SERVICES) -> bytes:
    """The PDF, the same bytes each time: no date, no compression, no embedded fonts."""
    blocks = list(pieces(paper.source))
    notes = {piece.number: piece for piece in blocks if piece.kind == "note"}
    out = BytesIO()
    document = BaseDocTemplate(
        out, pagesize=A4, invariant=1, pageCompression=0, title=paper.title, author=paper.author,
        lang="en-GB",
    )  # fmt: skip
    document.addPageTemplates([_page("body", 1, BODY_HEIGHT, paper), _page("small", 2, SMALL_HEIGHT, paper)])
    document.build(_story(blocks, notes))
    return out.getvalue()


def _page(name: str, columns: int, height: float, paper: Paper) -> PageTemplate:
    gap = 6 * mm
    width = (WIDTH - 2 * SIDE - (columns - 1) * gap) / columns
    frames = [
        Frame(SIDE + column * (width + gap), HEIGHT - TOP - height, width, height, 0, 0, 0, 0)
        for column in range(columns)
    ]
    return PageTemplate(name, frames, onPageEnd=partial(_furniture, paper))


def _story(blocks: list[Piece], notes: dict[int, Piece]) -> list[Flowable]:
    story: list[Flowable] = []
    small = False
    for piece in blocks:
        if piece.kind == "note":
            continue
        if piece.kind == "schedule":
            small = True
            story += [NextPageTemplate("small"), PageBreak()]
        style = STYLES["small" if small and piece.kind == "text" else piece.kind]
        marks = [int(number) for number in NOTE_MARK.findall(piece.text)]
        story += [NoteAnchor(notes[number]) for number in marks]
        story.append(Paragraph(_markup(piece), style))
    return [*story, Spacer(1, 1)]


def _markup(piece: Piece) -> str:
    """The text as reportlab's markup, with raised note numbers and a line to sign on."""
    text = piece.text.replace("&", "&amp;")
    text = NOTE_MARK.sub(r"<super>\1</super>", text)
    return f"______________________________<br/>{text}" if piece.kind == "signature" else text


def _furniture(paper: Paper, canvas: Any, document: Any) -> None:
    """Header, page number and the footnotes of this page."""
    canvas.saveState()
    canvas.setFillColor(GREY)
    canvas.setFont("Helvetica", 8)
    canvas.drawString(SIDE, HEIGHT - 16 * mm, paper.header)
    canvas.drawRightString(WIDTH - SIDE, 12 * mm, f"Page {document.page}")
    canvas.drawString(SIDE, 12 * mm, paper.number)
    top = NOTES_TOP
    for note in getattr(canvas, "page_notes", []):
        if top == NOTES_TOP:
            canvas.setStrokeColor(GREY)
            canvas.line(SIDE, top + 2, SIDE + 50 * mm, top + 2)
        paragraph = Paragraph(f"<super>{note.number}</super> {note.text}", STYLES["note"])
        _, height = paragraph.wrap(WIDTH - 2 * SIDE, top)
        paragraph.drawOn(canvas, SIDE, top - height)
        top -= height + 2
    canvas.page_notes = []
    canvas.restoreState()
