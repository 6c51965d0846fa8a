"""Broken, hostile and odd DOCX: a document with what is missing said, or a clear reason."""

from __future__ import annotations

import contextlib
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx as python_docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trustaudit.document import Document
from trustaudit.errors import EncryptedError, LimitError, UnreadableError
from trustaudit.parsing.docx import parse
from trustaudit.parsing.limits import Limits

Make = Callable[..., bytes]
Read = Callable[..., Document]
Check = Callable[[Document], None]

TEXT = "<w:p><w:r><w:t>Text.</w:t></w:r></w:p>"


def read(data: bytes, **limits: int) -> Document:
    return parse(data, "", Limits(**limits))


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"no zip at all", b"PK\x03\x04" + b"\0" * 100, b"PK\x05\x06" + b"\0" * 10]
)
def test_no_zip(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read(data)


def test_cut_off(make_docx: Make) -> None:
    data = make_docx(TEXT * 50)
    for share in (0.2, 0.6, 0.95):
        with pytest.raises(UnreadableError, match="zip container"):
            read(data[: int(len(data) * share)])


def test_a_damaged_part_is_named(make_docx: Make) -> None:
    data = make_docx(TEXT * 50)
    at = data.index(b"word/document.xml") + 40
    with pytest.raises(UnreadableError, match=r"word/document\.xml"):
        read(data[:at] + b"\xff\xff\xff\xff\xff" + data[at + 5 :])


def test_no_main_part(zipped: Make) -> None:
    with pytest.raises(UnreadableError, match=r"word/document\.xml"):
        read(zipped({"readme.txt": "hello"}))
    with pytest.raises(UnreadableError, match="spreadsheet"):
        read(zipped({"xl/workbook.xml": "<a/>"}))
    with pytest.raises(UnreadableError, match="missing or empty"):
        read(zipped({"word/document.xml": ""}))


def test_relations_lost_or_moved(zipped: Make) -> None:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{word}"><w:body>{TEXT}</w:body></w:document>'
    styles = (
        f'<w:styles xmlns:w="{word}"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="14"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults></w:styles>"
    )
    found = read(zipped({"word/document.xml": document, "word/styles.xml": styles}))
    assert (found.text, found.runs[0].size) == ("Text.", 7.0)
    assert read(zipped({"Word\\Document.xml": document})).text == "Text."


def test_the_strict_form_is_read(make_docx: Make) -> None:
    data = make_docx("<w:p><w:r><w:rPr><w:sz w:val='7pt'/></w:rPr><w:t>Text.</w:t></w:r></w:p>")
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for family in (b"wordprocessingml", b"officeDocument", b"drawingml"):
                usual = b"http://schemas.openxmlformats.org/" + family + b"/2006/"
                content = content.replace(usual, b"http://purl.oclc.org/ooxml/" + family + b"/")
            new.writestr(name, content)
    document = read(out.getvalue())
    assert (document.text, document.runs[0].size) == ("Text.", 7.0)


def test_passwords(zipped: Make) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    with pytest.raises(EncryptedError, match="password"):
        read(ole + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(UnreadableError, match="old binary"):
        read(ole)
    with pytest.raises(EncryptedError):
        read(zipped({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}))


def test_an_encrypted_zip_entry(make_docx: Make) -> None:
    data = bytearray(make_docx(TEXT))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:  # the flag "encrypted" of each entry of the directory
        data[at + 8] |= 1
        at += 4
    with pytest.raises(EncryptedError):
        read(bytes(data))


def test_zip_bombs(make_docx: Make) -> None:
    spaces = "<w:p/>" * 400_000
    with pytest.raises(LimitError, match="times its size"):
        read(make_docx(spaces))
    with pytest.raises(LimitError, match="unpacks to more"):
        read(make_docx(spaces), unpacked_bytes=1_000_000, compression=10**6)


def test_parts_not_needed_are_not_unpacked(make_docx: Make) -> None:
    data = make_docx(
        TEXT, parts={"word/media/image1.png": b"\0" * 3_000_000, "word/vbaProject.bin": b"\0" * 3_000_000}
    )
    assert read(data).text == "Text."


def test_too_many_parts(zipped: Make, make_docx: Make) -> None:
    with pytest.raises(LimitError, match="parts"):
        read(zipped({f"p{n}": "" for n in range(300)}), parts=200)
    assert read(make_docx(TEXT), parts=200).text == "Text."


def test_a_directory_that_lies_about_sizes(make_docx: Make) -> None:
    data = bytearray(make_docx("<w:p/>" * 1000 + TEXT))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 10)  # unpacked size
        at = data.find(b"PK\x01\x02", at + 4)
    with pytest.raises(UnreadableError):
        read(bytes(data))


def test_deep_nesting(make_docx: Make) -> None:
    def nested(depth: int) -> bytes:
        return make_docx("<w:tbl><w:tr><w:tc>" * depth + TEXT + "</w:tc></w:tr></w:tbl>" * depth)

    assert read(nested(30)).text == "Text."
    with pytest.raises(LimitError, match="nested"):
        read(nested(60), depth=40)
    with pytest.raises(LimitError, match="deep"):
        read(nested(5000))


def test_deep_inline_nesting_is_read_or_refused(make_docx: Make) -> None:
    for depth in (50, 200, 3000):
        body = "<w:p>" + "<w:ins>" * depth + "<w:r><w:t>x</w:t></w:r>" + "</w:ins>" * depth + "</w:p>"
        try:
            assert read(make_docx(body)).text == "x"
        except LimitError:
            assert depth > 200


def test_entities_are_not_expanded_and_the_loss_is_said(make_docx: Make, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    doctype = f'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY f SYSTEM "file://{secret}">]>'
    body = (
        "<w:document NS><w:body><w:p><w:r><w:t>One &a; two &f; three.</w:t></w:r></w:p></w:body></w:document>"
    )
    document = read(make_docx(parts={"word/document.xml": doctype + body}))
    assert document.text == "One  two  three."
    assert "&a;" in document.unread[0].reason
    assert "SECRET" not in repr(document)


def test_a_billion_laughs(make_docx: Make) -> None:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
    doctype = f'<!DOCTYPE x [<!ENTITY l0 "lol">{laughs}]>'
    body = "<w:document NS w:x='&l12;'><w:body><w:p><w:r><w:t>a&l12;b</w:t></w:r></w:p></w:body></w:document>"
    with contextlib.suppress(UnreadableError):
        assert len(read(make_docx(parts={"word/document.xml": doctype + body})).text) < 100


def test_broken_xml_is_read_as_far_as_it_goes(make_docx: Make) -> None:
    body = "<w:document NS><w:body>" + TEXT + "<w:p><w:r><w:t>cut</w:t></w:r>"
    document = read(make_docx(parts={"word/document.xml": body}))
    assert document.text.startswith("Text.")
    assert "broken" in document.unread[0].reason


def test_broken_other_parts_do_not_matter_and_are_said(make_docx: Make) -> None:
    data = make_docx(TEXT, styles="", parts={"word/styles.xml": b"\xff\xfe\x00"})
    document = read(data)
    assert document.text == "Text."
    assert document.unread[0].where == "word/styles.xml"


def test_a_note_that_refers_to_itself_ends(read_docx: Read) -> None:
    reference = "<w:r><w:footnoteReference w:id='1'/></w:r>"
    notes = f"<w:footnote w:id='1'><w:p><w:r><w:t>Note</w:t></w:r>{reference}</w:p></w:footnote>"
    document = read_docx(f"<w:p><w:r><w:t>Text</w:t></w:r>{reference}{reference}</w:p>", footnotes=notes)
    assert document.text == "Text[1][1]\n\nNote[1]"


def test_fields_that_never_end(read_docx: Read) -> None:
    begin = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
    separate = "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
    end = "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    assert read_docx(f"<w:p>{begin}{separate}<w:r><w:t>x</w:t></w:r></w:p>{TEXT}").text == "x\n\nText."
    assert read_docx(f"<w:p>{end}{separate}{end}<w:r><w:t>x</w:t></w:r></w:p>").text == "x"


def test_odd_values_are_taken_for_none(read_docx: Read) -> None:
    odd = "<w:sz w:val='-4'/><w:sz w:val='big'/><w:color w:val='red'/><w:highlight w:val='pink'/><w:b w:val='maybe'/>"
    styles = "<w:style w:type='paragraph'/><w:style><w:basedOn/></w:style>"
    numbers = "<w:abstractNum/><w:num/><w:num w:numId='x'><w:lvlOverride w:ilvl='99'><w:startOverride/></w:lvlOverride></w:num>"
    numbered = (
        "<w:pPr><w:numPr><w:ilvl w:val='77'/><w:numId w:val='x'/></w:numPr><w:spacing w:line='wide'/></w:pPr>"
    )
    document = read_docx(
        f"<w:p>{numbered}<w:r><w:rPr>{odd}</w:rPr><w:t>x</w:t></w:r></w:p>", styles=styles, numbering=numbers
    )
    assert (document.text, document.runs[0].size, document.runs[0].bold) == ("x", 10.0, True)


def test_time_and_length_are_limited(make_docx: Make) -> None:
    with pytest.raises(LimitError, match="seconds"):
        parse(make_docx(TEXT), "", Limits(seconds=-1.0))
    with pytest.raises(LimitError, match="characters"):
        read(make_docx(TEXT * 200), characters=100)


def test_python_docx_writes_what_we_read(check_invariants: Check) -> None:
    made = python_docx.Document()
    made.add_heading("Services Agreement", 0)
    made.add_heading("Fees", 1)
    made.add_paragraph("Customer pays in 30 days.", style="List Number")
    run = made.add_paragraph().add_run("Small print.")
    run.font.size, run.font.bold = python_docx.shared.Pt(6), True
    made.add_table(1, 2).cell(0, 1).text = "Cell."
    made.sections[0].footer.paragraphs[0].text = "Acme Inc."
    out = BytesIO()
    made.save(out)
    document = read(out.getvalue())
    check_invariants(document)
    found = [(str(block.kind), document.text[block.start : block.end]) for block in document.blocks]
    assert found == [
        ("title", "Services Agreement"), ("heading", "Fees"), ("list-item", "1. Customer pays in 30 days."),
        ("paragraph", "Small print."), ("table-cell", "Cell."), ("footer", "Acme Inc."),
    ]  # fmt: skip
    small = next(document.runs_in(document.blocks[3].span))
    assert (small.size, small.bold) == (6.0, True)


_TAGS = ("p", "r", "t", "tbl", "tr", "tc", "sdt", "sdtContent", "ins", "del", "hyperlink", "fldSimple", "br", "pict",
         "footnoteReference", "numPr", "pPr", "rPr", "b", "vanish", "tab", "txbxContent")  # fmt: skip
_TREE = st.recursive(
    st.sampled_from(
        ["word ", " ", "\u00ad", "ÄÖ", "\uf0b7", "&amp;", "<w:t>text </w:t>", "<w:r><w:t>run</w:t></w:r>"]
    ),
    lambda inside: st.builds(
        lambda tag, content: f"<w:{tag}>{''.join(content)}</w:{tag}>",
        st.sampled_from(_TAGS),
        st.lists(inside, max_size=4),
    ),
    max_leaves=25,
)


@given(st.lists(_TREE, max_size=6))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_tree_of_elements_gives_a_sound_document(
    make_docx: Make, check_invariants: Check, trees: list[str]
) -> None:
    check_invariants(read(make_docx("".join(trees))))


@given(st.integers(0, 5000), st.binary(min_size=1, max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_damage_is_met(make_docx: Make, check_invariants: Check, at: int, damage: bytes) -> None:
    data = make_docx(TEXT * 20, styles="<w:style w:styleId='x'/>")
    at %= len(data)
    try:
        check_invariants(read(data[:at] + damage + data[at + len(damage) :]))
    except UnreadableError as error:
        assert str(error)  # noqa: PT017
