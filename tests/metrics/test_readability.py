"""Readability, layout, references and definitions on texts whose figures can be counted by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustaudit.audit import Measure
from trustaudit.document import BlockKind, Document, Page, Unread
from trustaudit.errors import RuleError
from trustaudit.language.sentences import sentences
from trustaudit.metrics import contrast, measure
from trustaudit.metrics.jargon import jargon, read_jargon
from trustaudit.metrics.profiles import profiles, read_profiles
from trustaudit.metrics.syllables import syllables
from trustaudit.metrics.typography import luminance
from trustaudit.parsing.builder import Builder, Style

P, H, L = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM


def paper(*blocks: str | tuple[BlockKind, str], style: Style = Style(), pages: int = 0) -> Document:
    builder = Builder()
    for block in blocks:
        kind, text = (P, block) if isinstance(block, str) else block
        builder.start(kind)
        builder.add(text, style)
    return builder.document(pages=tuple(Page(n + 1, 595, 842) for n in range(pages)))


def measures(document: Document) -> dict[str, Measure]:
    return measure(document, [sentence.span for sentence in sentences(document)])


def value(name: str, *blocks: str | tuple[BlockKind, str]) -> float | None:
    return measures(paper(*blocks))[name].value


FILL = "The cat sat on the mat and saw the dog. "


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(
            ("cat", 1),
            ("agreement", 3),
            ("liability", 5),
            ("purchase", 2),
            ("purchased", 2),
            ("terminated", 4),
        ),
        *(("indemnification", 6), ("hereinafter", 4), ("royalty", 3), ("business", 2), ("title", 2)),
        *(
            ("services", 3),
            ("entitled", 3),
            ("third-party", 3),
            ("provider's", 3),
            ("employees", 3),
            ("30", 1),
        ),
        *(("b", 1), ("confidential", 4), ("management", 3), ("period", 3), ("obligation", 4), ("fees", 1)),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_flesch_by_hand() -> None:
    """Ten words and ten syllables a sentence."""
    found = measures(paper(FILL * 12))

    assert found["sentences"].value == 12
    assert found["sentence_length"].value == 10
    assert found["reading_ease"].value == pytest.approx(206.835 - 10.15 - 84.6)
    assert found["grade_level"].value == pytest.approx(0.39 * 10 + 11.8 - 15.59)


def test_flesch_needs_a_hundred_words() -> None:
    found = measures(paper(FILL * 9))

    assert (found["reading_ease"].value, found["grade_level"].value) == (None, None)
    assert found["reading_ease"].reason == "fewer than 100 words in sentences"


def test_headings_and_tables_are_no_sentences() -> None:
    found = measures(paper((H, "Payment. Fees. Interest."), (BlockKind.TABLE_CELL, "One two three."), FILL))

    assert (found["sentences"].value, found["words"].value) == (1, 16)


def test_long_sentences_worst_first() -> None:
    document = paper(" ".join(["Word"] * 60) + ". Short one here. " + " ".join(["Word"] * 70) + ".")
    found = measures(document)["long_sentences"]

    assert found.value == pytest.approx(2 / 3)
    assert [span.end - span.start for span in found.evidence] == [350, 300]
    assert measures(document)["longest_sentence"].value == 70
    assert value("long_sentences", " ".join(["word"] * 50) + ".") == 0


@pytest.mark.parametrize(
    ("sentence", "passive"),
    [
        ("The fee is paid by the client.", True),
        ("The fee must also be promptly paid.", True),
        ("It has been terminated.", True),
        ("The order will not be shipped late.", True),
        ("You are entitled to a refund.", False),
        ("We are happy that you called.", False),
        ("She is a need that exceeds.", False),
        ("They paid it and it was good.", False),
    ],
)
def test_passives(sentence: str, passive: bool) -> None:
    assert value("passive_share", sentence) == passive


def test_jargon_takes_the_longest_phrase_once() -> None:
    document = paper("The parties hereto shall pay in the event that we ask, notwithstanding anything.")
    found = measures(document)["jargon_share"]

    assert found.value == pytest.approx((1 + 4 + 1) / 13)


def test_wall_of_text_is_a_share_of_words() -> None:
    assert value("wall_of_text", FILL * 16, FILL * 4) == pytest.approx(0.8)
    assert value("wall_of_text", FILL * 15) == 0


def test_headings_and_numbers_are_asked_of_longer_papers_only() -> None:
    short = measures(paper(FILL * 29))
    assert (short["headings_per_300_words"].value, short["unnumbered_clauses"].value) == (None, None)

    bare = measures(paper(*[FILL * 3] * 10, (H, "Head"), FILL * 3, FILL * 3))
    assert bare["headings_per_300_words"].value == pytest.approx(300 / 361)
    assert bare["unnumbered_clauses"].value == pytest.approx(11 / 12)

    numbered = paper(
        *[f"{n}.1 {FILL * 3}" for n in range(1, 6)], *[f"({c}) {FILL * 3}" for c in "abcde"], (L, FILL * 3)
    )
    assert measures(numbered)["unnumbered_clauses"].value == 0


def test_capitals() -> None:
    shout = "NO PARTY SHALL BE LIABLE FOR ANY LOSS OF PROFIT."
    found = measures(paper(shout, FILL, "The NDA with ACME."))

    assert found["all_caps_paragraphs"].value == 1
    assert found["capitals_share"].value == pytest.approx(12 / 24)
    assert [span.end for span in found["capitals_share"].evidence] == [len(shout)]


def test_lines_and_leading_come_from_the_page() -> None:
    builder = Builder()
    for top in range(0, 60, 20):
        builder.start()
        for line in range(3):
            y = top + line * 6.0
            builder.add("word " * 16 + "ends ", Style(size=5, leading=6.5, page=1, bbox=(0, y, 400, y + 5)))
    found = measures(builder.document())

    assert found["line_length"].value == 85
    assert found["leading_ratio"].value == 1.3
    assert measures(paper(FILL))["line_length"].value is None


def test_references_that_lead_nowhere() -> None:
    numbered = [f"{n}. {FILL}" for n in range(1, 6)]
    inner = [
        "4.7",
        "As clause 4.7 says.",
        "2.1 See Section 2.3.",
        "2.2 See Section 2.1.",
        "2.4 Under Section 2.9 you pay.",
    ]
    foreign = [
        "Section 2.7 of the Exchange Act and Sections 9(a)-(c) of the Lease.",
        "See Section 365(n), “Section 9”.",
    ]
    found = measures(paper(*numbered, *inner, *foreign, "Subject to Section 8, and Clause 4."))[
        "undefined_references"
    ]
    document = paper(*numbered, *inner, *foreign, "Subject to Section 8, and Clause 4.")

    assert [document.quote(span) for span in found.evidence] == ["Section 2.3", "Section 2.9", "Section 8"]
    assert found.value == 3


def test_references_in_a_paper_without_numbers_cannot_be_told() -> None:
    assert measures(paper("Subject to Section 8.", FILL))["undefined_references"].value is None


def test_missing_exhibit() -> None:
    attached = [(H, "Exhibit A"), (H, "Exhibit B"), (H, "Exhibit C")]

    assert value("undefined_references", "The prices are in Exhibit D and Exhibit A.", *attached) == 1


def test_definitions_far_from_use() -> None:
    definitions = "“Fee” means the price. “Work” means what we do. The parts (the “Goods”) and more."
    filling = [FILL * 20] * 9

    assert value("definitions_far_from_use", definitions, "The Fee, the Work and the Goods.") == 0
    assert value("definitions_far_from_use", definitions, *filling, "The Fee and the Goods.") == 1
    assert value("definitions_far_from_use", "“Fee” means the price.") is None


def test_estimate_for_papers_without_sizes() -> None:
    dense = " ".join(["word"] * 60) + "."
    found = measures(paper(FILL * 6, "NO PARTY SHALL EVER BE LIABLE FOR ANY LOSS.", dense))

    assert found["fine_print_ratio"].value is None
    assert found["fine_print_estimate"].value == pytest.approx(9 / 129)
    assert found["fine_print_estimate_high"].value == pytest.approx(69 / 129)
    assert found["fine_print_estimate"].reason == "estimated from the text: between 7% and 53%"


def test_a_closing_section_of_terms_may_be_fine_print() -> None:
    found = measures(paper("Dear Ann,", FILL * 8, (H, "Terms and Conditions"), FILL * 2))

    assert found["fine_print_estimate_high"].value == pytest.approx(20 / 102)
    assert found["fine_print_estimate"].value == 0


def test_pages_and_what_is_unread() -> None:
    assert measures(paper(FILL, pages=3))["pages"].value == 3
    assert measures(paper(FILL))["pages"].value is None
    scan = Document("", (), pages=(Page(1, 595, 842),), unread=(Unread("page 1", "scanned"),))
    assert all(
        found.value is None or name in {"words", "sentences", "pages"}
        for name, found in measures(scan).items()
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(BlockKind)), st.text(max_size=80)), max_size=12))
def test_any_text_is_measured_or_says_why_not(blocks: list[tuple[BlockKind, str]]) -> None:
    document = paper(*blocks, style=Style(size=9, leading=10))

    for name, found in measures(document).items():
        assert found.value is not None or found.reason, name
        assert all(0 <= span.start < span.end <= len(document.text) for span in found.evidence)
        if name.endswith("_share") or name.startswith("fine_print"):
            assert found.value is None or 0 <= found.value <= 1


def test_contrast_is_that_of_the_standard() -> None:
    """Figures as any WCAG calculator gives them."""
    white, black = (255, 255, 255), (0, 0, 0)

    assert luminance(black) == 0
    assert luminance(white) == pytest.approx(1)
    assert contrast(white, black) == pytest.approx(21)
    assert contrast((0x76, 0x76, 0x76), white) == pytest.approx(4.54, abs=0.01)
    assert contrast(white, (255, 0, 0)) == pytest.approx(4.0, abs=0.01)
    assert contrast((0, 0, 255), white) == pytest.approx(8.59, abs=0.01)


def test_shipped_data_is_whole() -> None:
    assert {"generic", "us-ucc", "us-ca-arl", "us-642", "es-lgdcu", "br-cdc"} <= set(profiles())
    assert all(each.reason and each.source and each.title for each in profiles().values())
    assert all(each.url for each in profiles().values() if each.status == "found")
    assert "herein" in jargon().archaic


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("a: {hard_p: 8}", r"profiles.yaml:1: unknown key 'hard_p'. Did you mean 'hard_pt'"),
        ("a:\n  hard_pt: tiny", r"profiles.yaml:2: 'hard_pt' must be a number"),
        ("a: {based_on: b}", r"profiles.yaml:1: 'b' does not stand above"),
        ("a: {status: sure}", r"'status' is one of"),
        ("a: {footnotes: 3}", r"must be true or false"),
        ("- a", r"must be a mapping"),
        ("a: 3", r"'a' must be a mapping of limits"),
        ("a: [", r"profiles.yaml:2: not YAML"),
    ],
)
def test_faults_of_profiles_name_the_place(source: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        read_profiles(source.encode(), "profiles.yaml")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("archaic: {hereto: to it}", "two sections"),
        ("archaic: {Hereto: to it}\nwordy: {}", "jargon.yaml:1: 'Hereto': write it in lower case"),
        ("archaic: {}\nwordy:\n  prior to:", "jargon.yaml:3: 'prior to'"),
    ],
)
def test_faults_of_jargon_name_the_place(source: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        read_jargon(source.encode(), "jargon.yaml")


def test_padding_does_not_dilute_what_binds() -> None:
    builder = Builder()
    for text, size in (
        ("You must pay a fee. " * 40, 7.0),
        ("We may change this. " * 10, 11.0),
        (FILL * 30, 11.0),
    ):
        builder.start()
        builder.add(text, Style(size=size))
    short, padded = measures(builder.document()), Builder()
    for text, size in (
        ("You must pay a fee. " * 40, 7.0),
        ("We may change this. " * 10, 11.0),
        (FILL * 300, 11.0),
    ):
        padded.start()
        padded.add(text, Style(size=size))
    long = measures(padded.document())

    assert (
        short["operative_fine_share"].value == long["operative_fine_share"].value == pytest.approx(200 / 240)
    )
    assert (long["fine_print_ratio"].value or 0) < (short["fine_print_ratio"].value or 0) / 4
