"""Automatic numbers, rendered into the text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trustaudit.document import BlockKind, Document

Read = Callable[..., Document]


def level(depth: int, text: str, form: str = "decimal", more: str = "") -> str:
    return f"<w:lvl w:ilvl='{depth}'><w:start w:val='1'/><w:numFmt w:val='{form}'/>{more}<w:lvlText w:val='{text}'/></w:lvl>"


def numbering(*levels: str, nums: str = "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>") -> str:
    return f"<w:abstractNum w:abstractNumId='0'>{''.join(levels)}</w:abstractNum>{nums}"


def item(text: str, depth: int = 0, number: str = "1", run: str = "") -> str:
    return (
        f"<w:p><w:pPr><w:numPr><w:ilvl w:val='{depth}'/><w:numId w:val='{number}'/></w:numPr></w:pPr>"
        f"<w:r>{run}<w:t>{text}</w:t></w:r></w:p>"
    )


def labels(document: Document) -> list[str]:
    return [document.text[block.start : block.end].rpartition("x")[0].rstrip() for block in document.blocks]


def test_levels_count_and_begin_anew(read_docx: Read) -> None:
    levels = numbering(level(0, "%1."), level(1, "%1.%2"), level(2, "(%3)", "lowerLetter"))
    depths = [0, 1, 1, 2, 2, 1, 2, 0, 1]
    document = read_docx("".join(item("x", depth) for depth in depths), numbering=levels)
    assert labels(document) == ["1.", "1.1", "1.2", "(a)", "(b)", "1.3", "(a)", "2.", "2.1"]
    assert [block.level for block in document.blocks] == [depth + 1 for depth in depths]
    assert {block.kind for block in document.blocks} == {BlockKind.LIST_ITEM}


def test_a_label_is_text_with_a_format(read_docx: Read) -> None:
    more = "<w:rPr><w:b/><w:sz w:val='12'/></w:rPr>"
    document = read_docx(
        item("x"), numbering=numbering(level(0, "Section %1:").replace("</w:lvl>", more + "</w:lvl>"))
    )
    assert document.text == "Section 1: x"
    assert (document.runs[0].bold, document.runs[0].size) == (True, 6.0)
    assert document.runs[-1].bold is False


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("upperRoman", ["I", "II", "III", "IV"]),
        ("lowerLetter", ["a", "b", "c", "d"]),
        ("ordinal", ["1st", "2nd", "3rd", "4th"]),
        ("ordinalText", ["First", "Second", "Third", "Fourth"]),
        ("cardinalText", ["One", "Two", "Three", "Four"]),
        ("decimalZero", ["01", "02", "03", "04"]),
        ("ideographTraditional", ["1", "2", "3", "4"]),
    ],
)
def test_forms(read_docx: Read, form: str, expected: list[str]) -> None:
    document = read_docx(item("x") * 4, numbering=numbering(level(0, "%1", form)))
    assert labels(document) == expected


def test_legal_numbering_is_decimal(read_docx: Read) -> None:
    levels = numbering(level(0, "Article %1", "upperRoman"), level(1, "%1.%2", more="<w:isLgl/>"))
    assert labels(read_docx(item("x") + item("x", 1), numbering=levels)) == ["Article I", "1.1"]


@pytest.mark.parametrize(("restart", "expected"), [("0", "(3)"), ("1", "(1)"), ("2", "(1)")])
def test_restart(read_docx: Read, restart: str, expected: str) -> None:
    levels = numbering(
        level(0, "%1."), level(1, "%1.%2"), level(2, "(%3)", more=f"<w:lvlRestart w:val='{restart}'/>")
    )
    body = "".join(item("x", depth) for depth in (0, 2, 2, 0, 2))
    assert labels(read_docx(body, numbering=levels))[-1] == expected


def test_restart_only_after_the_first_level(read_docx: Read) -> None:
    levels = numbering(level(0, "%1."), level(1, "%2)"), level(2, "(%3)", more="<w:lvlRestart w:val='1'/>"))
    body = "".join(item("x", depth) for depth in (0, 1, 2, 1, 2, 0, 2))
    assert labels(read_docx(body, numbering=levels)) == ["1.", "1)", "(1)", "2)", "(2)", "2.", "(1)"]


def test_lists_share_a_definition_and_begin_anew_where_they_say(read_docx: Read) -> None:
    nums = (
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num><w:num w:numId='2'><w:abstractNumId w:val='0'/></w:num>"
        "<w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='7'/></w:lvlOverride></w:num>"
    )
    body = (
        item("x") + item("x", number="2") + item("x", number="3") + item("x", number="3") + item("x", 1, "3")
    )
    found = labels(read_docx(body, numbering=numbering(level(0, "%1."), level(1, "%1.%2"), nums=nums)))
    assert found == ["1.", "2.", "7.", "8.", "8.1"]


def test_a_level_without_one_above_shows_where_that_begins(read_docx: Read) -> None:
    assert labels(read_docx(item("x", 1), numbering=numbering(level(0, "%1."), level(1, "%1.%2")))) == ["1.1"]


def test_bullets(read_docx: Read) -> None:
    symbol = "<w:rPr><w:rFonts w:ascii='Symbol' w:hAnsi='Symbol'/></w:rPr>"
    courier = "<w:rPr><w:rFonts w:ascii='Courier New'/></w:rPr>"
    levels = numbering(
        level(0, "\uf0b7", "bullet").replace("</w:lvl>", symbol + "</w:lvl>"),
        level(1, "o", "bullet").replace("</w:lvl>", courier + "</w:lvl>"),
        level(2, "–", "bullet"),
    )
    assert labels(read_docx("".join(item("x", depth) for depth in (0, 1, 2)), numbering=levels)) == [
        "•",
        "◦",
        "–",
    ]


def test_nothing_between_number_and_text(read_docx: Read) -> None:
    levels = numbering(level(0, "%1)", more="<w:suff w:val='nothing'/>"))
    assert read_docx(item("x"), numbering=levels).text == "1)x"


STYLES = (
    "<w:style w:type='paragraph' w:styleId='C2'><w:name w:val='Clause 2'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>"
    "</w:pPr></w:style>"
)


def test_numbers_by_style_at_the_level_that_names_it(read_docx: Read) -> None:
    levels = numbering(level(0, "%1."), level(1, "%1.%2", more="<w:pStyle w:val='C2'/>"))
    styled = "<w:p><w:pPr><w:pStyle w:val='C2'/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"
    plain = "<w:p><w:pPr><w:pStyle w:val='C2'/><w:numPr><w:numId w:val='0'/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"
    document = read_docx(item("x") + styled + plain + styled, styles=STYLES, numbering=levels)
    assert labels(document) == ["1.", "1.1", "", "1.2"]


def test_empty_paragraphs_count_and_deleted_or_hidden_ones_do_not(read_docx: Read) -> None:
    empty = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr></w:p>"
    deleted = empty.replace("</w:pPr>", "<w:rPr><w:del w:id='1'/></w:rPr></w:pPr>")
    hidden = item("x", run="<w:rPr><w:vanish/></w:rPr>").replace(
        "</w:pPr>", "<w:rPr><w:vanish/></w:rPr></w:pPr>"
    )
    document = read_docx(
        item("x") + deleted + hidden + item("x") + empty + item("x"), numbering=numbering(level(0, "%1."))
    )
    assert labels(document) == ["1.", "", "2.", "4."]


def test_a_list_style_is_followed(read_docx: Read) -> None:
    definition = (
        "<w:abstractNum w:abstractNumId='0'><w:numStyleLink w:val='L'/></w:abstractNum>"
        f"<w:abstractNum w:abstractNumId='1'><w:styleLink w:val='L'/>{level(0, '§ %1')}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
    )
    assert labels(read_docx(item("x"), numbering=definition)) == ["§ 1"]


def test_unknown_lists_show_nothing(read_docx: Read) -> None:
    assert read_docx(item("x", number="9")).text == "x"


def test_one_blank_between_number_and_text(read_docx: Read) -> None:
    tab = "<w:rPr/><w:tab/></w:r><w:r><w:t xml:space='preserve'>  </w:t></w:r><w:r>"
    document = read_docx(item("x", run=tab), numbering=numbering(level(0, "%1.")))
    assert document.text == "1. x"
