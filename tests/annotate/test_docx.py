"""Marked copies of Word documents: comments at the words, nothing else changed."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise
from pathlib import Path

import docx as office
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.annotate.sources import CLAUSE, sound_docx, with_footnote, with_parts
from tests.annotate.words import WORD, commented, order, parts, rejected
from trustaudit import parsing, scan
from trustaudit.annotate import docx, mark
from trustaudit.errors import EncryptedError, UnreadableError

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
MAY_CHANGE = {"word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    starts = [at for at in range(len(text)) if text.startswith(words, at)]
    return [(start, start + len(words)) for start in starts]


def test_each_comment_stands_at_its_words() -> None:
    data = sound_docx()
    document = parsing.parse(data, "terms.docx")
    spans = occurrences(document.text, "change these terms at any time")
    assert len(spans) == 10  # the paragraph, six places in it, the table, the box, the header
    copy = docx.mark(data, order(document, spans))
    said = commented(copy.data)
    words = [
        said[str(each.comment_id)]
        for each in office.Document(io.BytesIO(copy.data)).comments
        if each.author == "trustaudit"
    ]
    assert words[0] == ""  # the summary
    assert words[1:9] == ["change these terms at any time"] * 8
    assert words[9] == f"In the box: {CLAUSE}"  # Word takes no comments in a box: it is marked itself
    assert [reason for _, reason in copy.unplaced] == [
        "it stands in a page header or footer, where Word takes no comments"
    ]


def test_what_could_not_be_placed_stands_in_the_summary() -> None:
    data = sound_docx()
    document = parsing.parse(data, "terms.docx")
    header = occurrences(document.text, CLAUSE)[0]
    copy = docx.mark(data, order(document, [(0, 0), header]))
    summary = next(
        each for each in office.Document(io.BytesIO(copy.data)).comments if each.author == "trustaudit"
    )
    assert "trustaudit: a summary." in summary.text
    assert "About the document as a whole: Major: A title" in summary.text
    assert "Could not be placed" in summary.text
    assert CLAUSE in summary.text


def test_a_footnote_is_marked_at_its_mark() -> None:
    data = with_footnote(sound_docx())
    document = parsing.parse(data, "terms.docx")
    spans = [
        span
        for span in occurrences(document.text, CLAUSE)
        if document.blocks[document.block_index(span[0])].kind == "footnote"
    ]
    copy = docx.mark(data, order(document, spans))
    (own,) = [
        each for each in office.Document(io.BytesIO(copy.data)).comments if each.author == "trustaudit"
    ][1:]
    assert commented(copy.data)[str(own.comment_id)] == "[1]"
    assert f"In the footnote that this mark leads to: “{CLAUSE}”" in own.text


def test_comments_changes_and_all_other_parts_stay() -> None:
    data = sound_docx()
    document = parsing.parse(data, "terms.docx")
    copy = docx.mark(data, order(document, occurrences(document.text, CLAUSE), suggest=True))
    before, after = parts(data), parts(copy.data)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {
        "word/document.xml",
        "word/comments.xml",
    }
    kept = [each for each in office.Document(io.BytesIO(copy.data)).comments if each.author == "Ana Lindt"]
    assert [each.text for each in kept] == ["Please keep this comment."]
    assert commented(copy.data)[str(kept[0].comment_id)] == "A sentence that somebody has commented on."
    root = etree.fromstring(after["word/document.xml"])
    ids = [node.get(f"{WORD}id") for node in root.iter(f"{WORD}ins", f"{WORD}del")]
    assert len(ids) == len(set(ids))
    own = next(node for node in root.iter(f"{WORD}ins") if node.get(f"{WORD}id") == "700")
    assert "".join(str(text) for text in own.itertext()) == CLAUSE
    assert own.get(f"{WORD}author") == "Ana Lindt"
    assert not [node for node in own.iter(f"{WORD}commentReference", f"{WORD}ins") if node is not own]


def test_a_document_without_comments_gets_the_part_and_what_leads_to_it() -> None:
    data = (EXAMPLES / "prototype-term-sheet.docx").read_bytes()
    copy = mark(scan(EXAMPLES / "prototype-term-sheet.docx"), data)
    before, after = parts(data), parts(copy.data)
    assert set(after) - set(before) <= {"word/comments.xml"}
    assert {name for name in after if before.get(name) != after[name]} <= MAY_CHANGE
    assert len(list(office.Document(io.BytesIO(copy.data)).comments)) == len(copy.placed) + 1


def test_the_copy_reads_and_is_judged_as_the_original(tmp_path: Path) -> None:
    path = EXAMPLES / "prototype-term-sheet.docx"
    audit = scan(path)
    copy = mark(audit, path.read_bytes())
    again = scan(copy.data, name=str(path))
    assert (again.document.text, again.document.blocks, again.document.runs) == (
        audit.document.text, audit.document.blocks, audit.document.runs,
    )  # fmt: skip
    assert again.findings == audit.findings
    assert len(copy.placed) + len(copy.whole) + len(copy.unplaced) == len(audit.findings)
    assert mark(audit, path.read_bytes()).data == copy.data


def test_a_comment_says_why_what_to_do_and_by_which_rule() -> None:
    path = EXAMPLES / "prototype-term-sheet.docx"
    audit = scan(path)
    copy = mark(audit, path.read_bytes())
    found = next(each for each in audit.findings if each.rule == "liability/indemnity-one-way")
    comments = [each.text for each in office.Document(io.BytesIO(copy.data)).comments]
    (text,) = [text for text in comments if "Rule: liability/indemnity-one-way" in text]
    for words in (found.title, found.why, found.advice, found.rewrite, f"severity {found.severity}"):
        assert words in text


def test_a_suggestion_is_a_tracked_insertion_behind_its_sentence() -> None:
    data = sound_docx()
    document = parsing.parse(data, "terms.docx")
    span = occurrences(document.text, "these terms at any time")[1]
    copy = docx.mark(data, order(document, [span], suggest=True))
    assert copy.suggested == 1
    text = parsing.parse(copy.data, "copy.docx").text
    assert "at any time without notice. [Better words.] The rest stays as it is." in text
    assert parsing.parse(rejected(copy.data), "copy.docx").text == document.text


def test_suggestions_stand_in_no_insertion_of_others() -> None:
    data = sound_docx()
    document = parsing.parse(data, "terms.docx")
    copy = docx.mark(data, order(document, occurrences(document.text, CLAUSE), suggest=True))
    root = etree.fromstring(parts(copy.data)["word/document.xml"])
    own = [node for node in root.iter(f"{WORD}ins") if node.get(f"{WORD}author") == "trustaudit"]
    assert len(own) == copy.suggested > 0
    assert {node.getparent().tag for node in own} == {f"{WORD}p"}  # type: ignore[union-attr]
    assert not [node for node in own if node.get(f"{WORD}date")]  # the copy does not depend on the clock


@settings(max_examples=25)
@given(st.data())
def test_any_spans_keep_the_text(data: st.DataObject) -> None:
    source = with_footnote(sound_docx())
    document = parsing.parse(source, "terms.docx")
    cuts = sorted(data.draw(st.sets(st.integers(0, len(document.text)), min_size=2, max_size=12)))
    copy = docx.mark(source, order(document, list(pairwise(cuts)), suggest=data.draw(st.booleans())))
    again = parsing.parse(rejected(copy.data), "terms.docx")
    assert (again.text, again.runs) == (document.text, document.runs)


def test_a_signed_document_is_warned_about() -> None:
    data = with_parts(sound_docx(), {"_xmlsignatures/sig1.xml": b"<Signature/>"})
    document = parsing.parse(data, "terms.docx")
    assert "signed" in docx.mark(data, order(document, [])).warnings[0]


def test_broken_xml_is_refused_and_not_mended_silently() -> None:
    data = sound_docx()
    broken = parts(data)["word/document.xml"].replace(b"</w:body>", b"<w:p>")
    data = with_parts(data, {"word/document.xml": broken})
    document = parsing.parse(data, "terms.docx")
    with pytest.raises(UnreadableError, match=r"word/document.xml: the XML is broken"):
        docx.mark(data, order(document, []))


@pytest.mark.slow
def test_real_and_hostile_documents(data_dir: Path) -> None:
    files = sorted([*data_dir.glob("documents/**/*.docx"), *data_dir.glob("hostile/**/*.docx")])[::4]
    marked = 0
    for path in files:
        data = path.read_bytes()
        try:
            document = parsing.parse(data, path.name)
        except (UnreadableError, EncryptedError):
            continue
        if document.media_type not in docx_types():
            continue
        spans = [(block.start + (block.end - block.start) // 3, block.end) for block in document.blocks[:40]]
        copy = docx.mark(data, order(document, spans))
        again = parsing.parse(copy.data, path.name)
        assert (again.text, again.runs) == (document.text, document.runs), path
        assert len(copy.placed) + len(copy.unplaced) == len(spans)
        assert set(parts(data)) <= set(parts(copy.data)), path
        marked += 1
    assert marked > 60


def docx_types() -> set[str]:
    return {"application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def test_a_relation_to_a_lost_part_of_comments_is_used_again() -> None:
    kept = {name: data for name, data in parts(sound_docx()).items() if name != "word/comments.xml"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in kept.items():
            archive.writestr(name, content)
    document = parsing.parse(out.getvalue(), "terms.docx")
    copy = docx.mark(out.getvalue(), order(document, occurrences(document.text, "The customer reads")))
    made = parts(copy.data)
    assert made["word/_rels/document.xml.rels"].count(b"relationships/comments") == 1
    assert made["[Content_Types].xml"].count(b"/word/comments.xml") == 1
    own = [each for each in office.Document(io.BytesIO(copy.data)).comments if each.author == "trustaudit"]
    assert len(own) == 2


def test_a_strict_document_gets_strict_comments() -> None:
    """The namespaces of ISO 29500 strict, as Word writes them with "Strict Open XML Document"."""
    strict = {
        name: data.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"
        ).replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, data in parts((EXAMPLES / "prototype-term-sheet.docx").read_bytes()).items()
    }  # fmt: skip
    data = with_parts((EXAMPLES / "prototype-term-sheet.docx").read_bytes(), strict)
    document = parsing.parse(data, "terms.docx")
    start = document.text.index("lends the prototype")
    copy = docx.mark(data, order(document, [(start, start + 14)], suggest=True))
    made = parts(copy.data)
    assert (
        b'<w:comments xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"' in made["word/comments.xml"]
    )
    assert (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
        in made["word/_rels/document.xml.rels"]
    )
    assert b"schemas.openxmlformats.org/wordprocessingml" not in made["word/document.xml"]
    assert "[Better words.]" in parsing.parse(copy.data, "terms.docx").text
