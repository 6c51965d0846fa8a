"""The prototype term sheet as DOCX: a table, numbered clauses, and a real footnote in small type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from examples.source_text import NOTE_MARK, Piece, pieces

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FOOTNOTES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:footnotes xmlns:w="{W}">
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>\
</w:footnote>
%s
</w:footnotes>"""
FOOTNOTE = """<w:footnote w:id="%d"><w:p>\
<w:r><w:rPr><w:vertAlign w:val="superscript"/><w:sz w:val="13"/></w:rPr><w:footnoteRef/></w:r>\
<w:r><w:rPr><w:color w:val="9A9A9A"/><w:sz w:val="13"/></w:rPr><w:t xml:space="preserve"> %s</w:t></w:r>\
</w:p></w:footnote>"""  # 13 half-points are 6.5 points
REFERENCE = f"""<w:r xmlns:w="{W}"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>\
<w:footnoteReference w:id="%s"/></w:r>"""


@dataclass(frozen=True)
class Sheet:
    """A source and what is printed round its text."""

    source: str
    title: str
    author: str
    header: str
    form: str


KESTREL = Sheet(
    "prototype-term-sheet.txt", "Prototype Loan: Term Sheet", "Kestrel Motion Inc.", "Evaluation program",
    "Form KM-118, revision 9",
)  # fmt: skip


def term_sheet(sheet: Sheet = KESTREL) -> bytes:
    """The DOCX, the same bytes each time."""
    blocks = list(pieces(sheet.source))
    document = Document()
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    _lighten(document)
    _furniture(document, sheet)
    rows = [piece for piece in blocks if piece.kind == "row"]
    for piece in blocks:
        if piece.kind == "row":
            if piece is rows[0]:
                _table(document, rows)
        elif piece.kind != "note":
            _block(document, piece)
    _footnotes(document, [piece for piece in blocks if piece.kind == "note"])
    out = BytesIO()
    document.save(out)
    return _without_clock(out.getvalue())


def _lighten(document: Any) -> None:
    """Drop what python-docx's default template carries along and this sheet does not use."""
    for style in list(document.styles):
        if style.type is WD_STYLE_TYPE.TABLE and style.name not in {"Normal Table", "Table Grid"}:
            style.delete()
    relations = document.part.rels
    for name in [name for name, relation in relations.items() if relation.reltype.endswith("Effects")]:
        del relations[name]


def _furniture(document: Any, sheet: Sheet) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = f"{sheet.author} · {sheet.header}"
    section.footer.paragraphs[0].text = sheet.form
    properties = document.core_properties
    properties.author, properties.title = sheet.author, sheet.title
    properties.comments = ""


def _table(document: Any, rows: list[Piece]) -> None:
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for row in rows:
        name, value = row.text.split(" | ")
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, value
        cells[0].paragraphs[0].runs[0].bold = True


def _block(document: Any, piece: Piece) -> None:
    styles = {"title": "Title", "subtitle": "Subtitle", "heading": "Heading 1", "item": "List Number"}
    text = "______________________________\n" + piece.text if piece.kind == "signature" else piece.text
    paragraph = document.add_paragraph(style=styles.get(piece.kind, "Normal"))
    for at, part in enumerate(NOTE_MARK.split(text)):
        if at % 2:
            paragraph._p.append(  # noqa: SLF001  # python-docx makes no references
                parse_xml(REFERENCE % part)
            )
        else:
            paragraph.add_run(part)
    if piece.kind == "heading":
        paragraph.runs[0].font.color.rgb = RGBColor(0x1F, 0x3A, 0x5F)


def _footnotes(document: Any, notes: list[Piece]) -> None:
    """Add the part that python-docx does not make."""
    xml = FOOTNOTES % "\n".join(FOOTNOTE % (note.number, note.text) for note in notes)
    name = PackURI("/word/footnotes.xml")
    part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, xml.encode("utf-8"), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _without_clock(data: bytes) -> bytes:
    """The same package with no times in it, and stored, not packed: zlib's versions pack differently."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_STORED) as new:
        for name in old.namelist():
            if "thumbnail" in name:
                continue
            content = old.read(name)
            if name == "_rels/.rels":
                content = re.sub(rb"<Relationship [^>]*thumbnail[^>]*/>", b"", content)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2026-03-04T09:00:00Z", content)
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # whatever it is made on
            new.writestr(entry, content)
    return out.getvalue()
