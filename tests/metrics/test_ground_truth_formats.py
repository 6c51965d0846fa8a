"""What each format can do to hide a paragraph: sizes by cascade, style chain and matrix; colours; visibility.

Every paper holds 400 words of plain text and one paragraph of 60 words that is set in the way of the case.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from tests.metrics.compose import Piece
from trustaudit.metrics import FinePrint, fine_print
from trustaudit.parsing import parse

BODY = [Piece(80, size=12).text(at) for at in range(5)]
CASE = Piece(60).text(9)
SHARE = 60 / 460


def check(found: FinePrint, fine: bool) -> None:
    assert found.ratio.value == pytest.approx(SHARE if fine else 0, abs=0.01), found.partial


STYLES = {
    "em": ("font-size:.6em", True),
    "rem": ("font-size:.6rem", True),
    "percent": ("font-size:60%", True),
    "pixels": ("font-size:9px", True),
    "pixels that can be read": ("font-size:14px", False),
    "millimetres": ("font-size:2.4mm", True),
    "x-small": ("font-size:x-small", True),
    "smaller twice": ("font-size:calc(6pt + 1pt)", True),
    "font shorthand": ("font:7pt Arial", True),
    "named colour": ("color:silver", True),
    "rgb": ("color:rgb(170,170,170)", True),
    "hsl": ("color:hsl(0,0%,70%)", True),
    "half transparent": ("color:rgba(0,0,0,.35)", True),
    "opacity": ("opacity:.35", True),
    "opacity in percent": ("opacity:40%", True),
    "hardly any opacity lost": ("opacity:.9", False),
    "opacity of a dark box": ("opacity:.8;background:#000;color:#fff", False),
    "dark on light": ("color:#333;background:#eee", False),
    "white on dark": ("color:#fff;background:#222", False),
    "capitals by style": ("text-transform:uppercase", True),
    "solid lines": ("line-height:1", True),
    "white on white": ("color:#fff", True),
}


@pytest.mark.parametrize("case", STYLES)
def test_html_styles(case: str) -> None:
    style, fine = STYLES[case]

    check(html(f'<p style="{style}">{CASE}</p>'), fine)


MARKUP = {
    "class": ("<style>.legal{font-size:7pt}</style><p class=legal>{}</p>", True),
    "id": ("<style>#legal{font-size:7pt}</style><p id=legal>{}</p>", True),
    "inherited": ('<div style="font-size:7pt"><div><p>{}</p></div></div>', True),
    "later rule wins": ("<style>.a{font-size:7pt}.a{font-size:12pt}</style><p class=a>{}</p>", False),
    "important wins": (
        '<style>.a{font-size:7pt!important}</style><p class=a style="font-size:12pt">{}</p>',
        True,
    ),
    "small once": ("<p><small>{}</small></p>", False),  # ten points
    "small twice": ("<p><small><small>{}</small></small></p>", True),
    "font tag": ("<p><font size=1>{}</font></p>", True),
    "grey font tag": ('<p><font color="#aaaaaa">{}</font></p>', True),
    "dark section": ('<div style="background:#222;color:#eee"><p>{}</p></div>', False),
    "grey on a grey section": ('<div style="background:#ccc"><p style="color:#888">{}</p></div>', True),
    "span by span": ('<p><span style="font-size:7pt">{}</span></p>', True),
    "table": ('<table><tr><td style="font-size:7pt">{}</td></tr></table>', True),
    "list": ('<ul><li style="font-size:7pt">{}</li></ul>', True),
}


@pytest.mark.parametrize("case", MARKUP)
def test_html_markup(case: str) -> None:
    markup, fine = MARKUP[case]

    check(html(markup.replace("{}", CASE)), fine)


def html(special: str) -> FinePrint:
    body = "".join(f"<p>{text}</p>" for text in BODY)
    page = f'<!DOCTYPE html><html><head><title>t</title></head><body style="font-size:12pt">{body}{special}</body></html>'
    return fine_print(parse(page.encode(), "paper.html"))


def in_runs(document: Any, paragraph: Any) -> None:
    from docx.shared import Pt

    for word in CASE.split(" "):
        paragraph.add_run(word + " ").font.size = Pt(7)


def by_paragraph_style(document: Any, paragraph: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    base = document.styles.add_style("Legal", WD_STYLE_TYPE.PARAGRAPH)
    base.font.size = Pt(7)
    child = document.styles.add_style("Legal Child", WD_STYLE_TYPE.PARAGRAPH)
    child.base_style = base
    paragraph.style = child
    paragraph.add_run(CASE)


def by_character_style(document: Any, paragraph: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    style = document.styles.add_style("Tiny", WD_STYLE_TYPE.CHARACTER)
    style.font.size = Pt(7)
    paragraph.add_run(CASE, style=style)


def in_grey(document: Any, paragraph: Any) -> None:
    from docx.shared import RGBColor

    paragraph.add_run(CASE).font.color.rgb = RGBColor(0xAA, 0xAA, 0xAA)


def in_theme_grey(document: Any, paragraph: Any) -> None:
    from docx.enum.dml import MSO_THEME_COLOR

    run = paragraph.add_run(CASE)
    run.font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1
    run.font.color._color.set(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}themeShade", "BF"
    )


def in_capitals(document: Any, paragraph: Any) -> None:
    paragraph.add_run(CASE).font.all_caps = True


def vanished(document: Any, paragraph: Any) -> None:
    paragraph.add_run(CASE).font.hidden = True


def in_a_table(document: Any, paragraph: Any) -> None:
    from docx.shared import Pt

    cell = document.add_table(1, 1).cell(0, 0)
    cell.paragraphs[0].add_run(CASE).font.size = Pt(7)


def on_solid_lines(document: Any, paragraph: Any) -> None:
    from docx.shared import Pt

    paragraph.add_run(CASE)
    paragraph.paragraph_format.line_spacing = Pt(12)


def plain(document: Any, paragraph: Any) -> None:
    paragraph.add_run(CASE)


DOCX: dict[Callable[[Any, Any], None], bool] = {
    **dict.fromkeys(
        (in_runs, by_paragraph_style, by_character_style, in_grey, in_theme_grey, in_capitals, vanished), True
    ),
    in_a_table: True,
    on_solid_lines: True,
    plain: False,
}


@pytest.mark.parametrize("case", DOCX, ids=lambda case: case.__name__)
def test_docx(case: Callable[[Any, Any], None]) -> None:
    import docx
    from docx.shared import Pt

    document = docx.Document()
    document.styles["Normal"].font.size = Pt(12)
    for text in BODY:
        document.add_paragraph(text)
    case(document, document.add_paragraph())
    out = io.BytesIO()
    document.save(out)

    check(fine_print(parse(out.getvalue(), "paper.docx")), DOCX[case])


def lines(canvas: Any, x: float, y: float, size: float, text: str, width: int = 80) -> float:
    """Set the text in lines of ``width`` characters from ``y`` downwards; gives the next ``y``."""
    words, line = text.split(" "), ""
    canvas.setFont("Helvetica", size)
    for word in [*words, ""]:
        if len(line) + len(word) > width or not word:
            canvas.drawString(x, y, line.strip())
            y, line = y - size * 1.25, ""
        line += " " + word
    return y - size


def small(canvas: Any, y: float) -> None:
    lines(canvas, 60, y, 7, CASE)


def scaled(canvas: Any, y: float) -> None:
    canvas.translate(60, y)
    canvas.scale(0.5, 0.5)
    lines(canvas, 0, 0, 14, CASE)


def scaled_up(canvas: Any, y: float) -> None:
    canvas.translate(60, y)
    canvas.scale(12, 12)
    lines(canvas, 0, 0, 1, CASE)


def turned(canvas: Any, y: float) -> None:
    canvas.translate(100, 60)
    canvas.rotate(90)
    lines(canvas, 0, 0, 7, CASE, 60)


def in_a_form(canvas: Any, y: float) -> None:
    canvas.beginForm("legal", 0, -100, 500, 50)
    lines(canvas, 0, 0, 14, CASE)
    canvas.endForm()
    canvas.translate(60, y)
    canvas.scale(0.5, 0.5)
    canvas.doForm("legal")


def grey(canvas: Any, y: float) -> None:
    canvas.setFillGray(0.7)
    lines(canvas, 60, y, 12, CASE)


def cmyk_grey(canvas: Any, y: float) -> None:
    canvas.setFillColorCMYK(0, 0, 0, 0.3)
    lines(canvas, 60, y, 12, CASE)


def see_through(canvas: Any, y: float) -> None:
    canvas.setFillAlpha(0.3)
    lines(canvas, 60, y, 12, CASE)


def white(canvas: Any, y: float) -> None:
    canvas.setFillGray(1)
    lines(canvas, 60, y, 12, CASE)


def on_dark(canvas: Any, y: float) -> None:
    canvas.setFillGray(0.1)
    canvas.rect(50, y - 120, 500, 140, fill=1, stroke=0)
    canvas.setFillGray(1)
    lines(canvas, 60, y, 12, CASE)


def pale_on_dark(canvas: Any, y: float) -> None:
    canvas.setFillGray(0.4)
    canvas.rect(50, y - 120, 500, 140, fill=1, stroke=0)
    canvas.setFillGray(0.6)
    lines(canvas, 60, y, 12, CASE)


def as_the_rest(canvas: Any, y: float) -> None:
    lines(canvas, 60, y, 12, CASE)


PDF: dict[Callable[[Any, float], None], bool] = {
    **dict.fromkeys(
        (small, scaled, turned, in_a_form, grey, cmyk_grey, see_through, white, pale_on_dark), True
    ),
    scaled_up: False,
    on_dark: False,
    as_the_rest: False,
}


@pytest.mark.parametrize("case", PDF, ids=lambda case: case.__name__)
def test_pdf(case: Callable[[Any, float], None]) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    y = 780.0
    for text in BODY:
        y = lines(canvas, 60, y, 12, text)
    case(canvas, y)
    canvas.save()

    check(fine_print(parse(out.getvalue(), "paper.pdf")), PDF[case])
