"""The same paper as PDF, DOCX and HTML, with a share of fine print that is known because it was written so."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

_TEXT = (
    "the parties agree that each of them will keep its promises and tell the other in good time when "
    "something changes so that both can plan their work and nobody has to guess what comes next"
)
_WORDS = _TEXT.split()


@dataclass(frozen=True)
class Piece:
    """``words`` words set in ``size`` points; ``kind`` is paragraph, heading or cell."""

    words: int
    size: float = 11.0
    color: str = "#000000"
    background: str = "#ffffff"
    kind: str = "paragraph"
    capitals: bool = False
    fine: bool = False

    def text(self, at: int) -> str:
        """Words that differ from piece to piece, so that nothing looks like a running line."""
        picked = [_WORDS[(at * 7 + n * (1 + at % 5)) % len(_WORDS)] for n in range(self.words)]
        line = " ".join(picked)
        line = line[0].upper() + line[1:] + ("" if self.kind == "heading" else ".")
        return line.upper() if self.capitals else line


def share(pieces: list[Piece]) -> float:
    """The fine words of all words that are no heading."""
    counted = [piece for piece in pieces if piece.kind != "heading"]
    return sum(piece.words for piece in counted if piece.fine) / sum(piece.words for piece in counted)


def as_pdf(pieces: list[Piece], rotated: bool = False) -> bytes:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    out = io.BytesIO()
    story = []
    for at, piece in enumerate(pieces):
        style = ParagraphStyle(
            f"s{at}",
            fontName="Helvetica-Bold" if piece.kind == "heading" else "Helvetica",
            fontSize=piece.size,
            leading=piece.size * 1.25,
            textColor=HexColor(piece.color),
            backColor=None if piece.background == "#ffffff" else HexColor(piece.background),
            spaceAfter=piece.size * 0.9,
        )
        story.append(Paragraph(escape(piece.text(at)), style))
    SimpleDocTemplate(out, pagesize=A4, invariant=True).build(
        story, onFirstPage=_turn(rotated), onLaterPages=_turn(rotated)
    )
    return out.getvalue()


def _turn(rotated: bool) -> Callable[[Any, Any], None]:
    def turn(canvas: Any, _document: Any) -> None:
        if rotated:
            canvas.setPageRotation(90)

    return turn


def as_docx(pieces: list[Piece]) -> bytes:
    import docx
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    document = docx.Document()
    for at, piece in enumerate(pieces):
        if piece.kind == "heading":
            document.add_heading(piece.text(at), 1)
            continue
        run = document.add_paragraph().add_run(piece.text(at))
        run.font.size = Pt(piece.size)
        run.font.color.rgb = RGBColor.from_string(piece.color[1:].upper())
        if piece.background != "#ffffff":
            shade = OxmlElement("w:shd")
            shade.set(qn("w:val"), "clear")
            shade.set(qn("w:fill"), piece.background[1:].upper())
            run._r.get_or_add_rPr().append(shade)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_html(pieces: list[Piece]) -> bytes:
    body = []
    for at, piece in enumerate(pieces):
        text = escape(piece.text(at))
        if piece.kind == "heading":
            body.append(f"<h2>{text}</h2>")
        else:
            style = f"font-size:{piece.size}pt;color:{piece.color};background-color:{piece.background}"
            body.append(f'<p style="{style}">{text}</p>')
    page = "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Paper</title></head><body>"
    return (page + "\n".join(body) + "</body></html>").encode()
