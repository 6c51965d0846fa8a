"""The small parts that the office parsers share: numerals, colours, labels, symbols."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustaudit.document import Block, BlockKind, Document, Hidden, Run
from trustaudit.parsing import fieldcode, kinds, numerals, paint, symbols
from trustaudit.parsing.structure import structured


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [
        (numerals.roman, 1994, "mcmxciv"),
        (numerals.roman, 0, "0"),
        (numerals.roman, 4000, "4000"),
        (numerals.letters, 28, "bb"),
        (numerals.alphabetic, 28, "ab"),
        (numerals.alphabetic, 703, "aaa"),
        (numerals.ordinal, 112, "112th"),
        (numerals.ordinal, 22, "22nd"),
        (numerals.ordinal_words, 20, "Twentieth"),
        (numerals.ordinal_words, 31, "Thirty-first"),
        (numerals.ordinal_words, 112, "One hundred twelfth"),
        (numerals.ordinal_words, 5000, "5000th"),
        (numerals.cardinal_words, 45, "Forty-five"),
        (numerals.cardinal_words, -3, "-3"),
        (numerals.marks, 5, "**"),
    ],
)
def test_numerals(form: object, number: int, expected: str) -> None:
    assert callable(form)
    assert form(number) == expected


@given(st.integers(1, 3999))
def test_roman_numerals_are_all_different_and_valid(number: int) -> None:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    written = [values[sign] for sign in numerals.roman(number)]
    back = sum(-one if one < other else one for one, other in zip(written, [*written[1:], 0], strict=True))
    assert back == number


_COLORS = st.tuples(st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


@given(_COLORS, _COLORS)
def test_contrast_is_symmetric_and_bounded(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    assert paint.contrast(one, other) == paint.contrast(other, one)
    assert 1.0 <= paint.contrast(one, other) <= 21.0


@given(_COLORS)
def test_full_tint_and_shade_change_nothing(color: tuple[int, int, int]) -> None:
    for changed in (paint.lighten(color, 1.0), paint.darken(color, 1.0)):
        assert max(abs(a - b) for a, b in zip(changed, color, strict=True)) <= 1
    assert paint.lighten(color, 0.0) == paint.WHITE
    assert paint.darken(color, 0.0) == paint.BLACK


def test_what_is_too_faint() -> None:
    assert paint.contrast(paint.BLACK, paint.WHITE) == pytest.approx(21.0)
    assert paint.hidden(10, (250, 250, 250), paint.WHITE) is Hidden.FAINT
    assert paint.hidden(1.9, paint.BLACK, paint.WHITE) is Hidden.TINY
    assert paint.hidden(10, (118, 118, 118), paint.WHITE) is None
    assert paint.hidden(10, paint.WHITE, None) is None
    assert paint.automatic((0, 0, 128)) == paint.WHITE
    assert paint.automatic((200, 200, 0)) == paint.BLACK


@pytest.mark.parametrize(
    ("instruction", "name", "arguments"),
    [
        (
            ' HYPERLINK "https://a.example/?q=1" \\l "x y" ',
            "HYPERLINK",
            ["https://a.example/?q=1", "\\l", "x y"],
        ),
        ("mergefield  First_Name \\* MERGEFORMAT", "MERGEFIELD", ["First_Name", "\\*", "MERGEFORMAT"]),
        ('INCLUDETEXT "C:\\\\a\\\\b.doc"', "INCLUDETEXT", ["C:\\a\\b.doc"]),
        ("", "", []),
    ],
)
def test_field_instructions(instruction: str, name: str, arguments: list[str]) -> None:
    assert fieldcode.parsed(instruction) == (name, arguments)


def test_symbols() -> None:
    assert symbols.symbol(0xF0FC, "Wingdings") == "✓"
    assert symbols.symbol(0x61, "Symbol") == "α"
    assert symbols.symbol(0x2022, "Arial") == "•"
    assert symbols.symbol(0xF041, "Webdings") == symbols.UNKNOWN
    assert symbols.bullet("\uf0a7", "Wingdings") == "▪"
    assert symbols.bullet("\uf0ff", "Strange") == "•"
    assert symbols.in_font("plain", "Symbol") == "plain"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Page 3 of 12", True), ("- 3 -", True), ("iv", True), ("Form 22, page 3", False), ("Acme Inc.", False)],
)
def test_page_numbers(text: str, expected: bool) -> None:
    assert kinds.is_page_number(text) is expected


def document(*lines: tuple[str, bool], size: float = 10.0) -> Document:
    blocks, runs, at = [], [], 0
    for text, bold in lines:
        blocks.append(Block(at, at + len(text)))
        runs.append(Run(at, at + len(text), size=size, bold=bold))
        at += len(text) + 2
    return Document("\n\n".join(text for text, _ in lines), tuple(blocks), tuple(runs))


@pytest.mark.parametrize(
    ("line", "bold"),
    [
        ("The Customer shall pay all the fees that are due under this agreement at once.", True),
        ("Signature: ____________", True),
        ("Name:\t", True),
        ("1.", True),
        ("Ordinary words", False),
        ("A", False),
    ],
)
def test_lines_that_are_no_headings(line: str, bold: bool) -> None:
    made = structured(
        document(("Preamble of the text.", False), (line, bold), ("Some text follows here.", False))
    )
    assert made.blocks[1].kind is not BlockKind.HEADING


@pytest.mark.parametrize(
    ("line", "kind", "level"),
    [
        ("1.2 Each party pays.", BlockKind.LIST_ITEM, 2),
        ("(a) Each party pays.", BlockKind.LIST_ITEM, 2),
        ("(iv) Each party pays.", BlockKind.LIST_ITEM, 3),
        ("• Each party pays.", BlockKind.LIST_ITEM, 1),
        ("3) Each party pays.", BlockKind.LIST_ITEM, 1),
        ("A person pays.", BlockKind.PARAGRAPH, 0),
        ("2024 was a good year.", BlockKind.PARAGRAPH, 0),
        ("30 days after it is due.", BlockKind.PARAGRAPH, 0),
        ("i.e. each party pays.", BlockKind.PARAGRAPH, 0),
        ("U.S. law applies.", BlockKind.PARAGRAPH, 0),
    ],
)
def test_typed_labels(line: str, kind: BlockKind, level: int) -> None:
    made = structured(document(("Preamble of the text.", False), (line, False)))
    assert (made.blocks[1].kind, made.blocks[1].level) == (kind, level)


def test_a_large_first_line_is_the_title() -> None:
    plain = document(("Loan of a machine", False), ("The text itself is much longer than its title.", False))
    large = Document(plain.text, plain.blocks, (Run(0, 17, size=16.0), Run(19, len(plain.text), size=10.0)))
    assert structured(plain).blocks[0].kind is BlockKind.PARAGRAPH
    assert structured(large).blocks[0].kind is BlockKind.TITLE
    assert structured(Document("", ())).blocks == ()


def test_the_title_is_the_largest_of_the_first_lines_before_any_heading() -> None:
    lines = [
        "Eric White",
        "The Title",
        "And more",
        "A long text that says what there is to say about it all.",
    ]
    sizes = (10.0, 36.0, 16.0, 10.0)
    made = document(*((line, False) for line in lines))
    runs = tuple(Run(run.start, run.end, size=size) for run, size in zip(made.runs, sizes, strict=True))
    kinds_of = [block.kind for block in structured(Document(made.text, made.blocks, runs)).blocks]
    assert kinds_of == [BlockKind.PARAGRAPH, BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


@pytest.mark.parametrize("line", ["{EXPLAIN WHAT HAPPENED}", "[NAME OF CLIENT]", "«Address»"])
def test_blanks_to_be_filled_in_are_no_headings(line: str) -> None:
    made = structured(
        document(("Preamble of the text.", False), (line, True), ("Some text follows here.", False))
    )
    assert made.blocks[1].kind is BlockKind.PARAGRAPH
