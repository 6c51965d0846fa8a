"""Word documents and PDFs with everything that a mark may meet, written here."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

CLAUSE = "We may change these terms at any time without notice."


def sound_docx() -> bytes:
    """Every place where a clause may stand: a link, an insertion, a control, a table, a note, a box, a header."""
    document = docx.Document()
    document.add_heading("Terms of service", 0)
    first = document.add_paragraph("1. The customer reads this. ")
    first.add_run("We may change ").bold = True
    first.add_run("these terms at any time").italic = True
    first.add_run(" without notice. The rest stays as it is.")
    commented = document.add_paragraph("A sentence that somebody has commented on.")
    document.add_comment(commented.runs, "Please keep this comment.", author="Ana Lindt", initials="AL")
    for inner in (
        f'<w:hyperlink w:anchor="top">{_run(CLAUSE)}</w:hyperlink>',
        f'<w:ins w:id="700" w:author="Ana Lindt" w:date="2026-01-02T00:00:00Z">{_run(CLAUSE)}</w:ins>{_DELETED}',
        f'<w:sdt><w:sdtPr><w:alias w:val="Clause"/></w:sdtPr><w:sdtContent>{_run(CLAUSE)}</w:sdtContent></w:sdt>',
        f'<w:fldSimple w:instr=" REF clause ">{_run(CLAUSE)}</w:fldSimple>',
        f"{_run('Before. ')}<w:r><w:tab/><w:t>{CLAUSE}</w:t><w:br/><w:t>After.</w:t></w:r>",
        '<w:r><w:t xml:space="preserve">Spaced:  </w:t></w:r><w:r><w:t>  ' + CLAUSE + " </w:t></w:r>",
    ):
        document.element.body.insert_element_before(
            parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"), "w:sectPr"
        )
    table = document.add_table(1, 2)
    table.cell(0, 0).text = "In a table"
    table.cell(0, 1).text = CLAUSE
    document.element.body.insert_element_before(parse_xml(_BOX), "w:sectPr")
    document.sections[0].header.paragraphs[0].text = CLAUSE
    out = io.BytesIO()
    document.save(out)
    return with_parts(
        out.getvalue(), {"word/vbaProject.bin": b"macro", "word/commentsExtended.xml": b"<threads/>"}
    )


_DELETED = (
    '<w:del w:id="701" w:author="Ana Lindt"><w:r><w:delText>We promise notice.</w:delText></w:r></w:del>'
)


def with_footnote(data: bytes) -> bytes:
    """The document with a footnote behind its last paragraph."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    contents["word/footnotes.xml"] = (
        f'<w:footnotes {word}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{_run(CLAUSE)}</w:p></w:footnote>'
        "</w:footnotes>"
    ).encode()
    mark = b'<w:p><w:r><w:t>Marked</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p><w:sectPr'
    contents["word/document.xml"] = contents["word/document.xml"].replace(b"<w:sectPr", mark, 1)
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    led = f'<Relationship Id="rId900" Type="{office}/footnotes" Target="footnotes.xml"/></Relationships>'
    typed = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    for name, end, more in (
        ("word/_rels/document.xml.rels", b"</Relationships>", led),
        ("[Content_Types].xml", b"</Types>", typed),
    ):
        contents[name] = contents[name].replace(end, more.encode())
    return with_parts(data, contents)


def with_parts(data: bytes, parts: dict[str, bytes]) -> bytes:
    """The archive with parts added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            if name not in parts:
                target.writestr(name, source.read(name))
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def _run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


_BOX = f"""<w:p {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:t>Beside a box.</w:t></w:r><w:r><w:pict>
<v:shape style="width:100pt;height:50pt"><v:textbox><w:txbxContent><w:p>{_run("In the box: " + CLAUSE)}</w:p>
</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"""


def pdf(*, rotate: int = 0, crop: bool = False, widget: bool = False) -> bytes:
    """Two pages of terms; the clause runs over two lines, and one over the page."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 500), invariant=1)
    canvas.setFont("Helvetica", 12)
    lines = ["Terms of service", "", "The customer reads this. We may change these", "terms at any time without notice. The rest",
             "stays as it is, and nothing else is changed."]  # fmt: skip
    for at, line in enumerate(lines):
        canvas.drawString(60, 420 - 16 * at, line)
    if widget:
        canvas.acroForm.textfield(name="name", value="Ana Lindt", x=60, y=200, width=200, height=20)
    canvas.linkURL("https://example.org", (60, 416, 160, 432))
    canvas.showPage()
    canvas.setFont("Helvetica", 12)
    canvas.drawString(60, 420, "The second page has its own words on it.")
    canvas.save()
    import pypdf

    writer = pypdf.PdfWriter(clone_from=io.BytesIO(out.getvalue()))
    for page in writer.pages:
        if rotate:
            page.rotate(rotate)
        if crop:
            page.cropbox = pypdf.generic.RectangleObject((40, 100, 380, 470))
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
