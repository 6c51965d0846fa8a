"""RTF: what is read, how it looks, and what broken files come to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from striprtf.striprtf import rtf_to_text

from trustaudit.document import Document, Hidden
from trustaudit.errors import LimitError, UnreadableError
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.rtf import parse

Blocks = Callable[[Document], list[tuple[str, str]]]
Check = Callable[[Document], None]

HEAD = (
    r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset2 Symbol;}{\f2\fcharset204 Arial Cyr;}"
    r"{\f3\fnil\fcharset2 Wingdings;}{\f4\fcharset128 MS Mincho;}}"
    r"{\colortbl;\red255\green255\blue255;\red200\green0\blue0;\red0\green0\blue128;\red255\green255\blue0;}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0\b heading 1;}{\s2 toc 1;}{\s3 Title;}{\*\cs10 Strong;}}"
)


def read(body: str, *, head: str = HEAD, **limits: int) -> Document:
    data = ("{\\rtf1\\ansi\\ansicpg1252\\deff0" + head + body + "}").encode("latin-1")
    return parse(data, "", Limits(**limits))


def test_paragraphs_and_characters() -> None:
    document = read(
        r"One\~two\emdash three \ldblquote quoted\rdblquote\tab end\line next\par Two \{braces\} \\ a\_b c\-d\par"
    )
    assert document.text == "One\u00a0two—three “quoted”\tend\nnext\n\nTwo {braces} \\ a-b cd"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"caf\'e9", "café"),
        (r"\f2 \'cf\'f0\'e8", "При"),
        (r"\f4 \'93\'fa\'96\'7b", "日本"),
        (r"\f4 \'83\\\'83e", "ソテ"),  # a second byte that is a stroke
        (r"\u8364 ?5", "€5"),
        (r"\u8364\'805", "€5"),
        (r"{\uc0\u8364 5}", "€5"),
        (r"{\uc2\u8364 ab5}", "€5"),
        (r"\u-10179 ?\u-8704 ?", "😀"),
        (r"\u-3913 ?", "•"),
        (r"\u-3920 ?", "\ufffd"),
        (r"\f1 \'b7", "•"),
        (r"{\f1 \u-3913 ?}", "•"),
        (r"\f3 \'fe", "☑"),
        (r"a\u173 ?b", "ab"),
    ],
)
def test_encodings(source: str, expected: str) -> None:
    assert read(source).text == expected


def test_a_code_page_of_the_document() -> None:
    assert parse(rb"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8}", "", Limits()).text == "При"
    assert parse(rb"{\rtf1\mac \'8e}", "", Limits()).text == "é"
    assert parse(rb"{\rtf1\ansi\ansicpg99999 \'e9}", "", Limits()).text == "é"


def test_looks_are_held_by_groups() -> None:
    document = read(r"\fs20 a{\fs12\b\i\cf2\highlight4 b}c\plain d\par")
    looks = [(run.size, run.bold, run.italic, run.color, run.background) for run in document.runs]
    assert looks == [
        (10.0, False, False, (0, 0, 0), (255, 255, 255)),
        (6.0, True, True, (200, 0, 0), (255, 255, 0)),
        (10.0, False, False, (0, 0, 0), (255, 255, 255)),
        (12.0, False, False, (0, 0, 0), (255, 255, 255)),
    ]


@pytest.mark.parametrize(
    ("words", "hidden", "background"),
    [
        (r"\v", Hidden.STYLE, (255, 255, 255)),
        (r"\v\v0", None, (255, 255, 255)),
        (r"\cf1", Hidden.FAINT, (255, 255, 255)),
        (r"\cf1\chcbpat3", None, (0, 0, 128)),
        (r"\cf1\cbpat3", None, (0, 0, 128)),
        (r"\fs2", Hidden.TINY, (255, 255, 255)),
        (r"\sl-20\slmult0", Hidden.COVERED, (255, 255, 255)),
        (r"\cbpat3", None, (0, 0, 128)),
    ],
)
def test_hidden(words: str, hidden: Hidden | None, background: tuple[int, ...]) -> None:
    document = read(words + " secret\\par")
    assert document.text == "secret"
    assert (document.runs[0].hidden, document.runs[0].background) == (hidden, background)
    if words == r"\cbpat3":
        assert document.runs[0].color == (255, 255, 255)


@pytest.mark.parametrize(
    ("words", "size", "caps"),
    [
        (r"\super", 13.0, False),
        (r"\super\nosupersub", 20.0, False),
        (r"\scaps", 16.0, True),
        (r"\caps", 20.0, True),
    ],
)
def test_size_as_seen(words: str, size: float, caps: bool) -> None:
    run = read(rf"\fs40{words} Text\par").runs[0]
    assert (run.size, run.caps) == (size, caps)


@pytest.mark.parametrize(
    ("words", "leading"),
    [
        ("", 11.5),
        (r"\sl360\slmult1", 17.25),
        (r"\sl-160\slmult0", 8.0),
        (r"\sl400\slmult0", 20.0),
        (r"\sl160", 11.5),
    ],
)
def test_leading(words: str, leading: float) -> None:
    assert read(rf"\fs20{words} Text\par").runs[0].leading == leading


def test_what_is_no_text_is_passed_by(blocks: Blocks) -> None:
    document = read(
        r"{\info{\title Secret}}{\*\unknown gone {\b too}}{\pict\picwgoal10\pichgoal10 ffff}{\*\bkmkstart x}"
        r"{\*\shppict{\pict\picwgoal9000\pichgoal9000 00}}A{\deleted gone}B{\revised kept}{\xe{\v gone}}\par"
    )
    assert blocks(document) == [("paragraph", "ABkept")]
    assert "large picture" in document.unread[0].reason


def test_binary_data_are_jumped_over() -> None:
    assert read("A{\\pict\\bin5 }}{{\\}B\\par").text == "AB"


def test_a_deleted_paragraph_end_joins() -> None:
    assert read(r"One {\deleted\par}two\par Three\par").text == "One two\n\nThree"


def test_links_merge_fields_and_contents(blocks: Blocks) -> None:
    def field(code: str, result: str) -> str:
        return rf"{{\field{{\*\fldinst{{ {code} }}}}{{\fldrslt{{\cf2 {result}}}}}}}"

    document = read(
        field(r'HYPERLINK "https://acme.example/terms"', "terms") + " " + field("MERGEFIELD Name", "«Name»")
        + r"\par " + field(r"TOC \\o", r"1 Fees\tab 3\par 2 Term") + r"\par\pard\s2 3 End\par"
    )  # fmt: skip
    assert document.links
    assert [(link.target, document.text[link.start : link.end]) for link in document.links] == [
        ("https://acme.example/terms", "terms")
    ]
    assert [part.name for part in document.placeholders] == ["Name"]
    assert [kind for kind, _ in blocks(document)] == ["paragraph", "contents", "contents", "contents"]


def test_form_fields() -> None:
    box = r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield{\fftype1\ffdefres%d\ffres%d}}}{\fldrslt}}"
    choice = r"{\field{\*\fldinst FORMDROPDOWN {\*\formfield{\fftype2\ffres1{\*\ffl Monthly}{\*\ffl Yearly}}}}{\fldrslt}}"
    assert read(box % (1, 25) + box % (1, 0) + " " + choice + r"\par").text == "☒☐ Yearly"


def test_footnotes_and_endnotes(blocks: Blocks) -> None:
    note = r"{\super\chftn}{\footnote%s\pard\plain\fs16{\super\chftn} %s\par}"
    document = read(
        r"Free"
        + note % ("", "Fees apply.")
        + r" now\par Long"
        + note % (r"\ftnalt", "End.")
        + r"\par Last\par"
    )
    assert blocks(document) == [
        ("paragraph", "Free[1] now"), ("footnote", "[1] Fees apply."), ("paragraph", "Long[i]"), ("paragraph", "Last"),
        ("footnote", "[i] End."),
    ]  # fmt: skip
    assert next(run for run in document.runs if "Fees" in document.text[run.start : run.end]).size == 8.0


def test_headers_and_footers(blocks: Blocks) -> None:
    source = r"{\header Acme Inc.\par}{\footer Page {\field{\*\fldinst PAGE}{\fldrslt 3}}\par}{\headerf First\par}Body\par"
    expected = [("header", "Acme Inc."), ("paragraph", "Body"), ("page-number", "Page 3")]
    assert blocks(read(source)) == expected
    assert ("header", "First") in blocks(read(r"\titlepg" + source))
    assert blocks(read(source + r"\sect{\header Acme Inc.\par}More\par")).count(("header", "Acme Inc.")) == 1


def test_tables(blocks: Blocks) -> None:
    row = r"\trowd\clcbpat3\cellx2000\cellx4000\pard\intbl %s\cell %s\par two\cell\row "
    document = read("Before\\par" + row % ("a", "b") + row % ("c", "d") + r"\pard After\par")
    assert blocks(document) == [("paragraph", "Before")] + [
        ("table-cell", text) for text in ("a", "b", "two", "c", "d", "two")
    ] + [("paragraph", "After")]  # fmt: skip
    assert [run.background for run in document.runs][1:3] == [(0, 0, 128), (255, 255, 255)]


def test_a_table_in_a_table(blocks: Blocks) -> None:
    document = read(
        r"\trowd\cellx4000\pard\intbl outer\par\pard\intbl\itap2 inner\nestcell"
        r"{\*\nesttableprops\trowd\cellx2000\nestrow}{\nonesttables\par}\pard\intbl\itap1 last\cell\row\pard After\par"
    )
    assert [text for _, text in blocks(document)] == ["outer", "inner", "last", "After"]
    assert [block.level for block in document.blocks] == [1, 2, 1, 0]


def test_lists_and_headings(blocks: Blocks) -> None:
    document = read(
        r"\pard\s3 Loan\par\pard\s1\outlinelevel0{\listtext\pard\plain 1.\tab}Term\par"
        r"\pard\ls1\ilvl1{\listtext\pard\plain (a)\tab}It runs for a year.\par"
        r"{\pntext\f1\'b7\tab}It ends.\par"
    )
    assert blocks(document) == [
        ("title", "Loan"), ("heading", "1. Term"), ("list-item", "(a) It runs for a year."), ("list-item", "• It ends."),
    ]  # fmt: skip
    assert document.blocks[2].level == 2


def test_text_boxes_follow_their_paragraph_once(blocks: Blocks) -> None:
    shape = r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt\pard In the box.\par}}{\shprslt{\*\do{\dptxbxtext In the box.\par}}}}"
    assert blocks(read(rf"Anchor{shape} text.\par Next.\par")) == [
        ("paragraph", "Anchor text."), ("paragraph", "In the box."), ("paragraph", "Next."),
    ]  # fmt: skip


def test_html_in_mail_is_not_read_twice() -> None:
    source = r"\fromhtml1{\*\htmltag64 <p>}\htmlrtf{\htmlrtf0 Text\htmlrtf\par}\htmlrtf0{\*\htmltag72 </p>}"
    assert read(source).text == "Text"


def test_unicode_twins() -> None:
    assert read(r"{\upr{Caf?}{\*\ud{Caf\u233 ?}}}\par").text == "Café"


def test_what_is_no_rtf() -> None:
    for data in (b"", b"{\\rt", b"plain text", b"\xff" * 2000):
        with pytest.raises(UnreadableError, match="rtf"):
            parse(data, "", Limits())


def test_cut_off_is_said(check_invariants: Check) -> None:
    document = parse(b"{\\rtf1 Text {\\b of the contr", "", Limits())
    assert document.text == "Text of the contr"
    assert "in the middle" in document.unread[0].reason
    check_invariants(document)


def test_limits() -> None:
    with pytest.raises(LimitError, match="nested"):
        read("{" * 1000)
    assert read("{\\pict" + "{" * 100_000).text == ""
    with pytest.raises(LimitError, match="characters"):
        read("word " * 100, characters=50)
    with pytest.raises(LimitError, match="seconds"):
        parse(b"{\\rtf1 " + b"\\b a" * 30_000 + b"}", "", Limits(seconds=-1.0))


_WORDS = st.sampled_from(
    ["{", "}", r"\b ", r"\par ", r"\cell ", r"\row ", r"\trowd ", r"\intbl ", r"\'e9", r"\u233 ?", r"\u-10179 ", r"\f1 ",
     r"\*", r"\field", r"\fldinst ", r"\fldrslt ", r"\footnote ", r"\chftn ", r"\header ", r"\shp", r"\shptxt ", r"\v ",
     r"\listtext ", r"\bin3 ", r"\uc0 ", r"\fs0 ", r"\cf99 ", r"\plain ", r"\deleted ", r"\ftnalt ", "text ", " ", "\\"]
)  # fmt: skip


@given(st.lists(_WORDS, max_size=60))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_give_a_sound_document(check_invariants: Check, source: list[str]) -> None:
    check_invariants(read("".join(source)))


def test_the_words_are_those_of_another_reader(data_dir: Path) -> None:
    files = sorted((data_dir / "documents").rglob("*.rtf"))
    assert files
    for path in files[:6]:
        data = path.read_bytes()
        ours = parse(data, "", Limits()).text.split()
        plain: str = rtf_to_text(data.decode("latin-1"))  # type: ignore[no-untyped-call]
        theirs = plain.replace("\u2011", "-").split()
        assert sorted(ours) == sorted(theirs), path.name
