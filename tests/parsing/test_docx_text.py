"""What of a DOCX is in the text, in which order, as what."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trustaudit.document import BlockKind, Document

Read = Callable[..., Document]
Blocks = Callable[[Document], list[tuple[str, str]]]


def p(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>" if properties else f"<w:p>{content}</w:p>"


def r(text: str, properties: str = "") -> str:
    said = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{said}<w:t xml:space="preserve">{text}</w:t></w:r>'


def test_body_in_order_with_tables(read_docx: Read, blocks: Blocks) -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    inner = f"<w:tbl><w:tr>{cell.format('inner')}</w:tr></w:tbl>"
    table = f"<w:tbl><w:tr>{cell.format('one')}<w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    document = read_docx(p(r("Before it.")) + table + p(r("After it.")))
    assert blocks(document) == [
        ("paragraph", "Before it."), ("table-cell", "one"), ("table-cell", "inner"), ("paragraph", "After it."),
    ]  # fmt: skip
    assert [block.level for block in document.blocks] == [0, 1, 2, 0]


def test_covered_cells_and_deleted_rows_are_left_out(read_docx: Read) -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text))}</w:tc>"

    begins = "<w:vMerge w:val='restart'/>"
    rows = (
        f"<w:tr>{cell('a', begins)}{cell('b')}</w:tr>"
        f"<w:tr>{cell('covered', '<w:vMerge/>')}{cell('c')}</w:tr>"
        f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr>{cell('gone')}</w:tr>"
        f"<w:sdt><w:sdtContent><w:tr><w:trPr><w:ins w:id='2'/></w:trPr>{cell('new')}</w:tr></w:sdtContent></w:sdt>"
    )
    assert read_docx(f"<w:tbl>{rows}</w:tbl>").text.split() == ["a", "b", "c", "new"]


def test_tracked_changes_read_as_accepted(read_docx: Read) -> None:
    body = p(
        r("We ")
        + f"<w:ins w:id='1'>{r('may ')}</w:ins>"
        + "<w:del w:id='2'><w:r><w:delText>must </w:delText></w:r></w:del>"
        + f"<w:moveFrom w:id='3'>{r('here ')}</w:moveFrom><w:moveTo w:id='4'>{r('there ')}</w:moveTo>"
        + r("act.")
    )
    assert read_docx(body).text == "We may there act."


def test_a_deleted_paragraph_mark_joins_two_paragraphs(read_docx: Read) -> None:
    body = p(r("One "), "<w:rPr><w:del w:id='1'/></w:rPr>") + p(r("two.")) + p(r("Three."))
    assert read_docx(body).text == "One two.\n\nThree."
    assert read_docx(p(r("Last."), "<w:rPr><w:del w:id='1'/></w:rPr>")).text == "Last."


def test_a_drop_capital_belongs_to_its_word(read_docx: Read) -> None:
    assert read_docx(p(r("T"), '<w:framePr w:dropCap="drop"/>') + p(r("hese terms."))).text == "These terms."


def test_content_controls_and_their_prompts(read_docx: Read) -> None:
    filled = (
        f"<w:sdt><w:sdtPr><w:alias w:val='City'/></w:sdtPr><w:sdtContent>{r('Bern')}</w:sdtContent></w:sdt>"
    )
    prompt = (
        "<w:sdt><w:sdtPr><w:alias w:val='Client'/><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{r('Click here')}</w:sdtContent></w:sdt>"
    )
    body = f"<w:sdt><w:sdtContent>{p(filled + r(', ') + prompt)}</w:sdtContent></w:sdt>"
    document = read_docx(body)
    assert document.text == "Bern, Click here"
    (placeholder,) = document.placeholders
    assert document.text[placeholder.start : placeholder.end] == "Click here"
    assert placeholder.name == "Client"


def test_a_prompt_of_a_whole_paragraph(read_docx: Read) -> None:
    control = "<w:sdt><w:sdtPr><w:tag w:val='client'/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    document = read_docx(control.format(p(r("Enter name"))) + p(r("Text.")))
    assert [(part.name, part.start, part.end) for part in document.placeholders] == [("client", 0, 10)]


@pytest.mark.parametrize(
    ("choice", "expected"), [('<mc:Choice Requires="wps">', "new"), ('<mc:Choice Requires="cx">', "old")]
)
def test_one_branch_of_alternatives(read_docx: Read, choice: str, expected: str) -> None:
    body = p(
        f"<mc:AlternateContent>{choice}{r('new')}</mc:Choice><mc:Fallback>{r('old')}</mc:Fallback></mc:AlternateContent>"
    )
    assert read_docx(body).text == expected


def test_text_boxes_follow_their_paragraph_once(read_docx: Read) -> None:
    content = f"<w:txbxContent>{p(r('In the box.'))}{p(r('Twice.'))}</w:txbxContent>"
    shape = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData>"
        f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert read_docx(p(r("Anchor") + shape + r(" text.")) + p(r("Next."))).text.split("\n\n") == [
        "Anchor text.", "In the box.", "Twice.", "Next.",
    ]  # fmt: skip


def test_links_by_relation_anchor_and_field(read_docx: Read) -> None:
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> HYPERLINK \"https://a.example/x\" \\l \"top\" "
        "</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>" + r("field")
        + "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )  # fmt: skip
    body = p(
        f"<w:hyperlink r:id='h1'>{r('terms')}</w:hyperlink>{r(' ')}<w:hyperlink w:anchor='a1'>{r('below')}</w:hyperlink>"
        f"{r(' ')}{field}"
    )
    document = read_docx(body, relations={"h1": ("hyperlink", "https://acme.example/terms")})
    assert document.text == "terms below field"
    assert [(document.text[link.start : link.end], link.target) for link in document.links] == [
        ("terms", "https://acme.example/terms"), ("below", "#a1"), ("field", "https://a.example/x#top"),
    ]  # fmt: skip


def simple_field(instruction: str, content: str = "") -> str:
    return f'<w:fldSimple w:instr="{instruction}">{content}</w:fldSimple>'


def test_merge_fields_are_placeholders_with_and_without_result(read_docx: Read) -> None:
    document = read_docx(
        p(simple_field("MERGEFIELD Name", r("«Name»")) + r(" ") + simple_field("MERGEFIELD City"))
    )
    assert document.text == "«Name» «City»"
    assert [(part.name, document.text[part.start : part.end]) for part in document.placeholders] == [
        ("Name", "«Name»"), ("City", "«City»"),
    ]  # fmt: skip


def test_instructions_of_nested_fields_are_not_text(read_docx: Read) -> None:
    def mark(kind: str) -> str:
        return f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>"

    def code(text: str) -> str:
        return f"<w:r><w:instrText xml:space='preserve'>{text}</w:instrText></w:r>"

    inner = mark("begin") + code("MERGEFIELD Sex") + mark("separate") + r("f") + mark("end")
    field = (
        mark("begin")
        + code(" IF ")
        + inner
        + code(' = "f" "Ms" "Mr" ')
        + mark("separate")
        + r("Ms")
        + mark("end")
    )
    document = read_docx(p(r("Dear ") + field + r(" Roe")))
    assert document.text == "Dear Ms Roe"
    assert document.placeholders == ()


def test_form_fields_show_their_state(read_docx: Read) -> None:
    def form(data: str, name: str) -> str:
        return (
            f"<w:r><w:fldChar w:fldCharType='begin'><w:ffData>{data}</w:ffData></w:fldChar></w:r>"
            f"<w:r><w:instrText>{name}</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
        )

    boxes = form("<w:checkBox><w:default w:val='1'/></w:checkBox>", "FORMCHECKBOX") + form(
        "<w:checkBox><w:default w:val='1'/><w:checked w:val='0'/></w:checkBox>", "FORMCHECKBOX"
    )
    choice = form(
        "<w:ddList><w:result w:val='1'/><w:listEntry w:val='Monthly'/><w:listEntry w:val='Yearly'/></w:ddList>",
        "FORMDROPDOWN",
    )
    assert read_docx(p(boxes + r(" ") + choice)).text == "☒☐ Yearly"


def test_contents_by_field_and_by_style(read_docx: Read, blocks: Blocks) -> None:
    begin = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
    )
    end = "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    styles = "<w:style w:type='paragraph' w:styleId='T1'><w:name w:val='toc 1'/></w:style>"
    body = (
        p(begin + r("1 Term 3"))
        + p(r("2 Fees 4"))
        + p(end)
        + p(r("Text."))
        + p(r("3 End"), "<w:pStyle w:val='T1'/>")
    )
    assert blocks(read_docx(body, styles=styles)) == [
        ("contents", "1 Term 3"), ("contents", "2 Fees 4"), ("paragraph", "Text."), ("contents", "3 End"),
    ]  # fmt: skip


def test_special_characters(read_docx: Read) -> None:
    body = p(
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>non</w:t><w:noBreakHyphen/><w:t>re</w:t><w:softHyphen/>"
        "<w:t>fund\u00adable</w:t><w:sym w:font='Wingdings' w:char='F0FE'/><w:sym w:font='Symbol' w:char='F061'/>"
        "<w:t xml:space='preserve"
        "'> </w:t></w:r><w:r><w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr><w:t>\uf0b7</w:t></w:r>"
    )
    assert read_docx(body).text == "a\tb\nnon-refundable☑α •"


def test_unknown_symbols_are_said(read_docx: Read) -> None:
    document = read_docx(p("<w:r><w:sym w:font='Webdings' w:char='F041'/></w:r>"))
    assert document.text == "\ufffd"
    assert "Webdings" in document.unread[0].reason


def test_blanks_count_only_where_they_are_preserved(read_docx: Read) -> None:
    assert (
        read_docx("<w:p><w:r><w:t> a </w:t><w:t xml:space='preserve'> b\n</w:t><w:t>c</w:t></w:r></w:p>").text
        == "a b c"
    )


NOTES = """
<w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Fees apply.</w:t></w:r></w:p></w:footnote>
<w:footnote w:id="3"><w:p><w:r><w:t>* Except Sundays.</w:t></w:r></w:p></w:footnote>
"""
ENDNOTES = """<w:endnote w:id="2"><w:p><w:r><w:endnoteRef/></w:r><w:r><w:t xml:space="preserve"> At the end.</w:t></w:r></w:p></w:endnote>"""


def test_footnotes_follow_their_paragraph_and_endnotes_the_text(read_docx: Read, blocks: Blocks) -> None:
    body = (
        p(r("Free") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + r(" of charge"))
        + p(r("Always") + "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='3'/><w:t>*</w:t></w:r>")
        + p(r("Long") + "<w:r><w:endnoteReference w:id='2'/></w:r>")
        + p(r("Last."))
    )
    assert blocks(read_docx(body, footnotes=NOTES, endnotes=ENDNOTES)) == [
        ("paragraph", "Free[1] of charge"),
        ("footnote", "[1] Fees apply."),
        ("paragraph", "Always*"),
        ("footnote", "* Except Sundays."),
        ("paragraph", "Long[i]"),
        ("paragraph", "Last."),
        ("footnote", "[i] At the end."),
    ]


def test_footnotes_of_a_table_follow_it(read_docx: Read, blocks: Blocks) -> None:
    reference = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    cell = f"<w:tc>{p(r('One') + reference)}</w:tc><w:tc>{p(r('Two'))}</w:tc>"
    found = blocks(read_docx(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>", footnotes=NOTES))
    assert [text for _, text in found] == ["One[1]", "Two", "[1] Fees apply."]


def test_headers_and_footers_once_each(read_docx: Read, blocks: Blocks) -> None:
    page = simple_field(" PAGE ", r("7"))
    parts = {
        "word/h1.xml": f"<w:hdr NS>{p(r('Acme Inc.'))}</w:hdr>",
        "word/h2.xml": f"<w:hdr NS>{p(r('First page'))}</w:hdr>",
        "word/h3.xml": f"<w:hdr NS>{p(r('Acme Inc.'))}</w:hdr>",
        "word/f1.xml": f"<w:ftr NS>{p(r('Page ') + page)}{p(r('Form 22, page ') + page)}</w:ftr>",
    }
    relations = {
        name: ("header" if name[0] == "h" else "footer", f"{name}.xml") for name in ("h1", "h2", "h3", "f1")
    }
    sections = (
        "<w:headerReference w:type='default' r:id='h1'/><w:headerReference w:type='first' r:id='h2'/>"
        "<w:footerReference w:type='default' r:id='f1'/>"
    )
    body = p(r("Body."), f"<w:sectPr>{sections}</w:sectPr>")
    last = "<w:sectPr><w:headerReference w:type='default' r:id='h3'/></w:sectPr>"
    expected = [
        ("header", "Acme Inc."),
        ("paragraph", "Body."),
        ("page-number", "Page 7"),
        ("footer", "Form 22, page 7"),
    ]
    assert blocks(read_docx(body + last, parts=parts, relations=relations)) == expected
    titled = body.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    assert ("header", "First page") in blocks(read_docx(titled + last, parts=parts, relations=relations))


def test_formulas_read_in_one_line(read_docx: Read) -> None:
    fraction = "<m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f>"
    deleted = "<m:r><w:del w:id='1'><m:t>9</m:t></w:del></m:r>"
    assert read_docx(p(r("x = ") + f"<m:oMath>{deleted}{fraction}</m:oMath>")).text == "x = a/b"


def test_what_is_not_read_is_said(read_docx: Read) -> None:
    body = (
        p("<w:r><w:object><o:OLEObject ProgID='Excel.Sheet.12'/></w:object></w:r>" + r("Text."))
        + "<w:altChunk r:id='x'/>"
        + p(
            "<w:r><w:drawing><wp:inline><a:graphic><c:chart r:id='c1'/></a:graphic></wp:inline></w:drawing></w:r>"
        )
    )
    chart = "<c:chartSpace NS><c:title><a:p><a:r><a:t>Fees by year</a:t></a:r></a:p></c:title></c:chartSpace>"
    document = read_docx(body, relations={"c1": ("chart", "c1.xml")}, parts={"word/c1.xml": chart})
    assert document.text == "Text.\n\nFees by year"
    reasons = " ".join(entry.reason for entry in document.unread)
    for part in ("Excel.Sheet.12", "another format", "a chart"):
        assert part in reasons


def test_a_diagram_is_read_point_by_point(read_docx: Read) -> None:
    body = p("<w:r><w:drawing><wp:inline><dgm:relIds r:dm='d1'/></wp:inline></w:drawing></w:r>")
    point = "<dgm:pt><dgm:t><a:p><a:r><a:t>{}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    data = f"<dgm:dataModel NS>{point.format('Ask')}{point.format('Pay')}</dgm:dataModel>"
    document = read_docx(body, relations={"d1": ("diagramData", "d1.xml")}, parts={"word/d1.xml": data})
    assert document.text == "Ask\n\nPay"


STYLES = """
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="Ti"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Ca"><w:name w:val="caption"/></w:style>
"""


@pytest.mark.parametrize(
    ("properties", "text", "kind", "level"),
    [
        ("<w:pStyle w:val='H1'/>", "Fees", BlockKind.HEADING, 1),
        ("<w:pStyle w:val='Own'/>", "Fees", BlockKind.HEADING, 1),
        ("<w:outlineLvl w:val='2'/>", "Fees", BlockKind.HEADING, 3),
        ("<w:pStyle w:val='H1'/><w:outlineLvl w:val='9'/>", "Fees", BlockKind.HEADING, 1),
        ("<w:pStyle w:val='Ti'/>", "Agreement", BlockKind.TITLE, 1),
        ("<w:pStyle w:val='Ca'/>", "Figure 1: Fees", BlockKind.CAPTION, 0),
        (
            "<w:pStyle w:val='H1'/>",
            "The Customer shall pay all fees at once and in full.",
            BlockKind.PARAGRAPH,
            0,
        ),
        ("<w:pStyle w:val='H1'/>", "the other fees;", BlockKind.PARAGRAPH, 0),
    ],
)
def test_kinds_by_style_and_level(
    read_docx: Read, properties: str, text: str, kind: BlockKind, level: int
) -> None:
    document = read_docx(p(r("Some text before it, as usual.")) + p(r(text), properties), styles=STYLES)
    assert (document.blocks[1].kind, document.blocks[1].level) == (kind, level)


def test_structure_set_by_hand(read_docx: Read, blocks: Blocks) -> None:
    body = (
        p(r("Loan Agreement", "<w:b/>"))
        + p(r("1. Term", "<w:b/>"))
        + p(r("(a) The loan runs for a year."))
        + p(r("(i) It may be extended."))
        + p(r("(b) It may be ended."))
        + p(r("GENERAL"))
        + p(r("Nothing else is agreed."))
        + p(r("Signed:", "<w:b/>"))
    )
    assert [kind for kind, _ in blocks(read_docx(body))] == [
        "title", "heading", "list-item", "list-item", "list-item", "heading", "paragraph", "paragraph",
    ]  # fmt: skip
    assert [block.level for block in read_docx(body).blocks][2:5] == [2, 3, 2]
