"""Papers whose share of fine print is known and hard to see: what readers of files get wrong."""

from __future__ import annotations

import io
import zipfile

import pytest

from trustaudit.metrics import fine_print
from trustaudit.parsing import parse

_SENTENCE = (
    "each side keeps its promises and tells the other in good time when something changes so that both of them "
    "can plan their work and nobody has to guess what comes next in the year that follows the first delivery"
)
_TEXT = _SENTENCE.split()


def words(count: int, at: int = 0) -> str:
    return " ".join(_TEXT[(n * 3 + at * 7) % len(_TEXT)] for n in range(count)) + "."


BODY = [words(40, at) for at in range(3)]
FINE = words(30, 5)
SHARE = 30 / 150


def lines(text: str, per_line: int = 10) -> list[str]:
    parts = text.split()
    return [" ".join(parts[at : at + per_line]) for at in range(0, len(parts), per_line)]


def content(fine: str, body_size: float = 11, operators: str = "") -> str:
    """A page's operators: three paragraphs of body text, and what is given for the fine print at 60, 200."""
    out, y = [f"BT /F1 {body_size} Tf 0 g"], 760
    for paragraph in BODY:
        for line in lines(paragraph):
            out.append(f"1 0 0 1 60 {y} Tm ({line}) Tj")
            y -= 14
        y -= 14
    return "\n".join([*out, "ET", operators, fine])


def shown(size: float = 11, y: float = 200, x: float = 60, pitch: float = 9, before: str = "") -> str:
    """The fine print in a size, line by line, after the operators ``before``."""
    set_ = [f"1 0 0 1 {x} {y - pitch * at} Tm ({line}) Tj" for at, line in enumerate(lines(FINE))]
    return "\n".join([f"BT {before} /F1 {size} Tf", *set_, "ET"])


def pdf(page: str, more: str = "", resources: str = "", objects: dict[int, str] | None = None) -> bytes:
    """One page of A4 with Helvetica as /F1; ``more`` goes into the page's dictionary; objects from 6 on."""
    bodies = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {more} "
        f"/Resources << /Font << /F1 5 0 R >> {resources} >> >>",
        4: f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        **(objects or {}),
    }
    data, places = b"%PDF-1.7\n", {}
    for number, body in sorted(bodies.items()):
        places[number] = len(data)
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{places[number]:010d} 00000 n \n" for number in sorted(places))
    start, size = len(data), max(places) + 1
    return (
        data
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
            f"startxref\n{start}\n%%EOF"
        ).encode()
    )


def stream(dictionary: str, body: str) -> str:
    return f"<< {dictionary} /Length {len(body)} >>\nstream\n{body}\nendstream"


NESTED = {
    6: stream("/Type /XObject /Subtype /Form /BBox [0 0 2000 2000] /Matrix [0.5 0 0 0.5 0 0] "
              "/Resources << /XObject << /X2 7 0 R >> >>", "q 0.8 0 0 0.8 0 0 cm /X2 Do Q"),
    7: stream("/Type /XObject /Subtype /Form /BBox [0 0 4000 4000] /Resources << /Font << /F1 5 0 R >> >>",
              shown(15, y=450, x=100, pitch=25)),
}  # fmt: skip
TINT = "/ColorSpace << /CS1 [/Separation /Spot /DeviceCMYK 6 0 R] >>"
TINTED = {6: "<< /FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [0 0 0 1] /N 1 >>"}
PATTERN = "/ColorSpace << /PCS [/Pattern] >> /Pattern << /P1 6 0 R >>"


def tiles(grey: float) -> dict[int, str]:
    body = f"{grey} g 0 0 10 10 re f"
    return {6: stream("/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 10 10] "
                      "/XStep 10 /YStep 10 /Resources << >>", body)}  # fmt: skip


def scaled(text: str) -> bytes:
    """A page of a point a pixel, as scanners and exporters make them: everything 2.86 times as large."""
    data = pdf(f"q 2.857 0 0 2.857 0 0 cm\n{text}\nQ")
    return data.replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 1700 2406]")


def halved(text: str) -> bytes:
    """A sheet of half the size on which a unit is two points: A4 again."""
    data = pdf(f"q 0.5 0 0 0.5 0 0 cm\n{text}\nQ", "/UserUnit 2")
    return data.replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 298 421]")


PDFS: dict[str, tuple[bytes, float]] = {
    "cropped and turned": (pdf(content(shown(6)), "/Rotate 270 /CropBox [20 20 575 822]"), SHARE),
    "cropped, turned, all alike": (pdf(content(shown(11, pitch=14)), "/Rotate 90 /CropBox [20 20 575 822]"), 0),
    "user unit makes small type large": (halved(content(shown(11, pitch=14))), 0),
    "user unit makes tiny type small": (halved(content(shown(6))), SHARE),
    "forms in forms": (pdf(content("/X1 Do"), resources="/XObject << /X1 6 0 R >>", objects=NESTED), SHARE),
    "negative size": (pdf(content(shown(-6).replace("1 0 0 1", "-1 0 0 -1"))), SHARE),
    "size in the matrix": (pdf(content(shown(1).replace("1 0 0 1", "6 0 0 6"))), SHARE),
    "squeezed is not small": (pdf(content(shown(11, pitch=14, before="60 Tz"))), 0),
    "spot colour, pale": (
        pdf(content(shown(11, pitch=14, before="/CS1 cs 0.2 scn")), resources=TINT, objects=TINTED), SHARE,
    ),
    "spot colour, full": (
        pdf(content(shown(11, pitch=14, before="/CS1 cs 1 scn")), resources=TINT, objects=TINTED), 0,
    ),
    "pattern, dark": (
        pdf(content(shown(14, pitch=18, before="/PCS cs /P1 scn")), resources=PATTERN, objects=tiles(0.1)), 0,
    ),
    "white keywords of one point": (pdf(content(shown(1, before="1 g"))), SHARE),
    "without ink": (pdf(content(shown(11, pitch=14, before="3 Tr"))), SHARE),
    "cut away": (pdf(content(f"q 0 0 5 5 re W n {shown(11, pitch=14)} Q")), SHARE),
    "painted over": (pdf(content(f"{shown(11, pitch=14)} 1 g 40 100 500 120 re f")), SHARE),
    "white on a dark box": (pdf(content(f"0.1 g 40 100 500 120 re f {shown(11, pitch=14, before='1 g')}")), 0),
    "a point a pixel": (scaled(content(shown(6))), SHARE),
    "through a pale veil": (
        pdf(content(f"/G1 gs {shown(11, pitch=14)}"), resources="/ExtGState << /G1 << /ca 0.3 >> >>"), SHARE,
    ),
    "cmyk grey": (pdf(content(shown(11, pitch=14, before="0 0 0 0.35 k"))), SHARE),
    "stroked outlines": (pdf(content(shown(11, pitch=14, before="1 Tr 0.2 w 0 G"))), 0),
}  # fmt: skip


@pytest.mark.parametrize("case", PDFS)
def test_pdf(case: str) -> None:
    data, share = PDFS[case]

    assert fine_print(parse(data, "paper.pdf")).ratio.value == pytest.approx(share, abs=0.01)


def html(fine: str, css: str = "", head: str = "") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    styles = f"<style>p {{font-size: 11pt}} {css}</style>{head}"
    return f"<!DOCTYPE html><html lang=en><head><title>Paper</title>{styles}</head><body>{body}{fine}</body></html>".encode()


def div(style: str, inside: str = FINE) -> str:
    return f'<div style="{style}">{inside}</div>'


HTMLS: dict[str, tuple[bytes, float]] = {
    "calc": (html(div("font-size: calc(0.5rem + 1px)")), SHARE),
    "calc of a body's size": (html(div("font-size: calc(2 * 5.5pt)")), 0),
    "variables with a fallback": (html(div("font-size: var(--none, 6pt)")), SHARE),
    "variables of variables": (html(div("font-size: var(--b)"), ":root {--a: 6pt; --b: var(--a)}"), SHARE),
    "variables set inside": (html(f'<div style="--s: 6pt">{div("font-size: var(--s)")}</div>'), SHARE),
    "important beats the element": (html(f'<p class=n style="font-size: 12pt">{FINE}</p>', ".n {font-size: 6pt !important}"), SHARE),
    "important beats a later rule": (html(f"<p class=n>{FINE}</p>", ".n {font-size: 12pt !important} p.n {font-size: 6pt}"), 0),
    "em of em": (html(div("font-size: .8em", div("font-size: .8em")), "div {font-size: 11pt}"), SHARE),
    "percent of percent": (html(div("font-size: 80%", div("font-size: 80%")), "body {font-size: 11pt}"), SHARE),
    "small in small": (html(f"<p><small><small>{FINE}</small></small></p>"), SHARE),
    "clamp, min and max": (html(div("font-size: clamp(5pt, max(0.2rem, 1em), min(6pt, 3rem))")), SHARE),
    "font shorthand": (html(div("font: italic bold 6pt/1.4 serif")), SHARE),
    "names of sizes": (html(div("font-size: x-small")), SHARE),
    "font element": (html(f"<p><font size=1>{FINE}</font></p>"), SHARE),
    "hsl and opacity": (html(div("font-size: 11pt; color: hsl(0 0% 20%); opacity: .3")), SHARE),
    "inherited colour on a ground": (html(div("background: #222; color: #ddd", div("font-size: 11pt"))), 0),
    "dark on dark, both inherited": (html(div("background: #222; color: #444", div("font-size: 11pt"))), SHARE),
    "only when printed": (html(div(""), "@media print {div {font-size: 6pt}} div {font-size: 11pt}"), 0),
    "on wide screens": (html(div(""), "div {font-size: 11pt} @media (min-width: 600px) {div {font-size: 6pt}}"), SHARE),
    "a pixel, white": (html(div("font-size: 1px; color: #fff")), SHARE),
    "off the screen": (html(div("font-size: 11pt; position: absolute; left: -9999px")), SHARE),
    "in the colour of the ground": (html(div("font-size: 11pt; color: white; background: #fefefe")), SHARE),
    "attribute and child selectors": (html(f'<section><p data-x="fine">{FINE}</p></section>', 'section > p[data-x^="fi"] {font-size: 6pt}'), SHARE),
    "not and nth-child": (html(f"<section><p>{FINE}</p></section>", "section p:not(.x):nth-child(1) {font-size: 6pt}"), SHARE),
    "layers and supports": (html(f"<p class=n>{FINE}</p>", "@supports (display: grid) {.n {font-size: 6pt}}"), SHARE),
}  # fmt: skip


def test_a_size_that_depends_on_the_window_is_said_not_guessed() -> None:
    few = fine_print(parse(html(div("font-size: clamp(5pt, 1vw, 6pt)")), "paper.html")).ratio
    many = fine_print(parse(html(div("font-size: 1vw") * 2), "paper.html")).ratio

    assert (few.value, few.reason) == (0, "30 of 150 words are not in it: their size could not be told")
    assert many.value is None


@pytest.mark.parametrize("case", HTMLS)
def test_html(case: str) -> None:
    data, share = HTMLS[case]

    assert fine_print(parse(data, "paper.html")).ratio.value == pytest.approx(share, abs=0.01)


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(fine: str, styles: str = "", theme: bool = False) -> bytes:
    """A file of three paragraphs in 11 points and what is given, with styles, with a theme or without."""
    body = "".join(f"<w:p><w:r><w:t>{paragraph}</w:t></w:r></w:p>" for paragraph in BODY)
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/styles" Target="styles.xml"/>'
        + (f'<Relationship Id="r2" Type="{OFFICE}/theme" Target="theme1.xml"/>' if theme else "")
        + "</Relationships>",
        "word/styles.xml": f'<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr>'
        f"</w:rPrDefault></w:docDefaults>{styles}</w:styles>",
        "word/document.xml": f"<w:document {W}><w:body>{body}{fine}</w:body></w:document>",
    }
    if theme:
        colors = "".join(
            f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>'
            for name, value in {
                "dk1": "000000",
                "lt1": "FFFFFF",
                "dk2": "1F497D",
                "lt2": "EEECE1",
                "accent1": "4F81BD",
            }.items()
        )
        parts["word/theme1.xml"] = (
            '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements>'
            f"<a:clrScheme>{colors}</a:clrScheme></a:themeElements></a:theme>"
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def run(properties: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:rPr>{properties}</w:rPr><w:t>{FINE}</w:t></w:r></w:p>"


CHAIN = (
    '<w:style w:type="paragraph" w:styleId="A"><w:rPr><w:sz w:val="12"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="C"><w:basedOn w:val="B"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Big"><w:rPr><w:sz w:val="22"/></w:rPr></w:style>'
)
TABLE = '<w:style w:type="table" w:styleId="T"><w:rPr><w:sz w:val="12"/></w:rPr></w:style>'
IN_TABLE = f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr><w:tc>{run("")}</w:tc></w:tr></w:tbl>'

DOCXS: dict[str, tuple[bytes, float | None]] = {
    "styles through three steps": (docx(run("", "C"), CHAIN), SHARE),
    "a character style over them": (docx(run('<w:rStyle w:val="Big"/>', "C"), CHAIN), 0),
    "a table's style": (docx(IN_TABLE, TABLE), SHARE),
    "shaded theme colour": (docx(run('<w:color w:val="BFBFBF" w:themeColor="background1" w:themeShade="BF"/>'), theme=True), SHARE),
    "the theme is missing, its colour is cached": (docx(run('<w:color w:val="BFBFBF" w:themeColor="background1" w:themeShade="BF"/>')), SHARE),
    "tinted dark stays dark": (docx(run('<w:color w:val="000000" w:themeColor="text1" w:themeTint="D9"/>'), theme=True), 0),
    "white on white": (docx(run('<w:color w:val="FFFFFF"/>')), SHARE),
    "white on its own shade": (docx(run('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>')), 0),
    "raised all along": (docx(run('<w:vertAlign w:val="superscript"/>')), SHARE),
    "vanished": (docx(run("<w:vanish/>")), SHARE),
    "shown in capitals": (docx(run("<w:caps/>")), SHARE),
    "half points": (docx(run('<w:sz w:val="15"/>')), SHARE),
    "not small": (docx(run('<w:sz w:val="20"/>')), 0),
}  # fmt: skip


@pytest.mark.parametrize("case", DOCXS)
def test_docx(case: str) -> None:
    data, share = DOCXS[case]

    assert fine_print(parse(data, "paper.docx")).ratio.value == pytest.approx(share, abs=0.01)
