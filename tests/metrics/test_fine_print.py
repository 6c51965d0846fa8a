"""The fine-print ratio on documents with known typography."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustaudit.document import BlockKind, Document, Hidden, Page, Span, Unread
from trustaudit.errors import ConfigError
from trustaudit.metrics.fine_print import FinePrint, fine_print
from trustaudit.metrics.profiles import profiles
from trustaudit.parsing.builder import Builder, Style

P = BlockKind.PARAGRAPH
Piece = tuple[BlockKind, str, Style]


def text(count: int, word: str = "plain") -> str:
    return " ".join([word] * count)


def compose(*pieces: Piece, pages: tuple[Page, ...] = (), unread: tuple[Unread, ...] = ()) -> Document:
    builder = Builder()
    for kind, words, style in pieces:
        builder.start(kind)
        builder.add(words, style)
    return builder.document(pages=pages, unread=unread)


def measured(*pieces: Piece, profile: str = "generic", pages: tuple[Page, ...] = ()) -> FinePrint:
    return fine_print(compose(*pieces, pages=pages), profile)


def ratio(*pieces: Piece, profile: str = "generic", pages: tuple[Page, ...] = ()) -> float:
    value = measured(*pieces, profile=profile, pages=pages).ratio.value
    assert value is not None
    return value


BODY = (P, text(600), Style(size=10.5))


def test_worked_example_with_its_causes() -> None:
    """1,000 words: 600 of 10.5 pt, 300 of 7.5, 50 grey of 9 pt, 50 in a starred note of 8.5."""
    grey = Style(size=9, color=(0x9A, 0x9A, 0x9A), background=(255, 255, 255))
    starred = Style(size=8.5)

    found = measured(
        (P, text(599) + " free*", Style(size=10.5)),
        (P, text(300), Style(size=7.5)),
        (P, text(50), grey),
        (P, "* " + text(50), starred),
    )

    assert found.ratio.value == pytest.approx(0.40)
    assert (found.words, found.fine_words, found.body_size) == (1000, 400, 10.5)
    assert found.partial["small"] == pytest.approx(0.35)
    assert found.partial["pale"] == pytest.approx(0.05)
    assert found.partial["starred"] == pytest.approx(0.05)
    assert [span.reasons for span in found.spans] == [("small",), ("pale",), ("small", "starred")]


@pytest.mark.parametrize(
    ("style", "fine"),
    [
        (Style(size=7.9), False),  # 8 points from a printer driver
        (Style(size=7.5), True),
        (Style(size=8), True),  # small beside 10.5
        (Style(size=9), False),
        (Style(size=10.5, hidden=Hidden.FAINT), True),
        (Style(size=10.5, contrast=4.4), True),
        (Style(size=10.5, contrast=4.6), False),
        (Style(size=18, contrast=3.5), False),
        (Style(size=14, contrast=3.5), True),
        (Style(size=14, bold=True, contrast=3.5), False),
        (Style(size=10.5, color=(0x99, 0x99, 0x99)), False),  # nobody knows what is behind it
    ],
)
def test_one_style_beside_the_body(style: Style, fine: bool) -> None:
    body = (P, text(100), Style(size=9)) if style.size == 7.9 else BODY

    assert ratio(body, (P, text(100), style)) > 0 if fine else not ratio(body, (P, text(100), style))


def test_jitter_of_sizes_changes_nothing() -> None:
    jitter = [(P, text(100), Style(size=size)) for size in (11.04, 10.98, 11.0, 11.02, 10.96)]

    found = measured(*jitter, (P, text(100), Style(size=9.36)))

    assert found.body_size is not None
    assert 10.9 < found.body_size < 11.1
    assert found.ratio.value == 0


def test_fine_print_longer_than_the_text_is_still_fine_print() -> None:
    assert ratio((P, text(400), Style(size=11)), (P, text(600), Style(size=8.5))) == pytest.approx(0.6)


def test_a_short_letter_head_does_not_make_the_rest_fine_print() -> None:
    assert ratio((P, text(30), Style(size=14)), (P, text(400), Style(size=9.5))) == 0


def test_wholly_small_document_is_fine_print() -> None:
    assert ratio((P, text(300), Style(size=6))) == 1


def test_enlarged_pages_are_brought_back_to_paper_and_leaflets_stay() -> None:
    big = (Page(1, 1700, 2200),)
    pieces = ((P, text(90), Style(size=30, page=1)), (P, text(10), Style(size=19, page=1)))

    assert ratio(*pieces, pages=big) == pytest.approx(0.1)
    assert ratio((P, text(100), Style(size=6, page=1)), pages=(Page(1, 200, 300),)) == 1


@pytest.mark.parametrize(
    ("kind", "words", "style"),
    [
        (BlockKind.HEADING, text(5), Style(size=6)),
        (BlockKind.CONTENTS, text(50), Style(size=7)),
        (BlockKind.PAGE_NUMBER, "Page 3 of 12", Style(size=7)),
        (BlockKind.FOOTER, "Form 1234 version 2.1, confidential", Style(size=6)),
        (BlockKind.HEADER, "Acme Inc. Master Services Agreement", Style(size=6)),
        (P, "By: ______________________", Style(size=7)),
        (P, "Name: J. Doe Title: CEO", Style(size=7)),
        (BlockKind.TABLE_CELL, "1,250.00", Style(size=7)),
        (BlockKind.FOOTNOTE, "See 15 U.S.C. § 1681s-2(b).", Style(size=7)),
        (BlockKind.PREHEADER, text(12), Style(size=1, hidden=Hidden.STYLE)),
        (P, "LIMITATION OF LIABILITY AND INDEMNITY", Style(size=10.5)),
    ],
)
def test_what_every_document_has_is_not_fine_print(kind: BlockKind, words: str, style: Style) -> None:
    found = measured(BODY, (kind, words, style))

    assert found.ratio.value == 0
    assert found.spans == ()


def test_a_paragraph_in_a_footer_counts_once() -> None:
    terms = (BlockKind.FOOTER, text(40, "terms") + " 1", Style(size=6))

    assert ratio(BODY, terms, terms, terms) == pytest.approx(41 / 641)


def test_footnote_marks_are_left_out() -> None:
    builder = Builder()
    builder.start()
    for _ in range(20):
        builder.add(text(5), Style(size=11))
        builder.add(" 12", Style(size=6.5))
        builder.add(" ", Style(size=11))
    found = fine_print(builder.document())

    assert (found.ratio.value, found.words) == (0, 100)


def test_a_burden_in_a_footnote_is_fine_print_whatever_its_size() -> None:
    note = (BlockKind.FOOTNOTE, "1 " + text(19) + " you shall pay", Style(size=10.5))

    assert measured(BODY, note).partial["footnoted"] == pytest.approx(23 / 623)


@pytest.mark.parametrize("mark", ["*", "†", "¹", "²"])
def test_a_note_behind_a_mark_stands_far_from_its_claim(mark: str) -> None:
    plain = Style(size=10.5)

    found = measured((P, f"{text(79)} free{mark}", plain), (P, f"{mark} {text(20)}", plain))

    assert found.partial["starred"] == pytest.approx(20 / 100, abs=0.01)


def test_asterisks_without_a_claim_are_bullets() -> None:
    assert ratio(BODY, (P, "* " + text(20), Style(size=10.5))) == 0


def test_capitals_of_a_paragraph_count_and_capitals_of_a_style_too() -> None:
    shout = "IN NO EVENT SHALL ACME BE LIABLE FOR ANY LOSS of PROFIT"
    body = (P, text(88), Style(size=11))

    assert ratio(body, (P, shout, Style(size=11))) == pytest.approx(12 / 100)
    assert ratio(body, (P, text(12), Style(size=11, caps=True))) == pytest.approx(12 / 100)
    assert ratio(body, (P, shout, Style(size=11)), profile="us-ucc") == 0


def test_lines_without_air() -> None:
    solid = (P, text(100), Style(size=11, leading=11))
    single = (P, text(100), Style(size=11, leading=12.65))

    assert measured(solid, single).partial["tight"] == pytest.approx(0.5)
    assert ratio(single, single, profile="pt-ccg") == 0
    assert ratio(single, (P, text(10), Style(size=11, leading=9))) == 0  # one line has no pitch


def test_profiles_measure_with_their_own_yardstick() -> None:
    eleven = (P, text(100), Style(size=11, leading=13))

    assert ratio(eleven) == 0
    assert ratio(eleven, profile="br-cdc") == 1
    assert ratio((P, text(100), Style(size=9, leading=11)), profile="es-lgdcu") == 1
    assert ratio((P, text(100, "ANY"), Style(size=6)), profile="us-ny-4544") == 0
    with pytest.raises(ConfigError, match="Did you mean 'br-cdc'"):
        fine_print(compose(eleven), "br-cd")


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (compose((P, text(100), Style())), "no type sizes"),
        (compose((P, text(10), Style(size=6))), "fewer than 25 words"),
        (compose(), "empty"),
        (compose(unread=(Unread("page 1", "scanned"),), pages=(Page(1, 595, 842),)), "nothing could be read"),
        (
            compose(
                BODY,
                unread=(Unread("pages 2-4", "scanned"),),
                pages=tuple(Page(n, 595, 842) for n in range(1, 5)),
            ),
            "3 of 4 pages could not be read",
        ),
        (compose(BODY, (P, text(300), Style())), "size of 300 of 900 words"),
    ],
)
def test_none_with_the_reason_where_it_cannot_be_measured(document: Document, reason: str) -> None:
    found = fine_print(document)

    assert found.ratio.value is None
    assert reason in found.ratio.reason
    assert found.partial == {}


def test_few_unread_pages_are_said() -> None:
    pages = tuple(Page(number, 595, 842) for number in range(1, 11))

    found = fine_print(compose(BODY, unread=(Unread("page 7", "scanned"),), pages=pages))

    assert found.ratio.value == 0
    assert found.ratio.reason == "1 of 10 pages could not be read and is not in it"


def test_a_word_is_set_as_its_middle_is() -> None:
    builder = Builder()
    builder.start()
    for _ in range(50):
        builder.add("T", Style(size=30))
        builder.add("here ", Style(size=11))
    assert fine_print(builder.document()).ratio.value == 0


def test_spans_are_words_of_the_text() -> None:
    document = compose(BODY, (P, "Fees (plus “costs”) are due.", Style(size=6)))

    (span,) = fine_print(document).spans

    assert document.text[span.start : span.end] == "Fees (plus “costs”) are due."


def test_what_hides_in_fine_print() -> None:
    shout = "NO PARTY SHALL BE LIABLE FOR ANY LOSS OF PROFIT AT ALL."
    document = compose(BODY, (P, "You pay a fee.", Style(size=6)), (P, shout, Style(size=11)))
    found = fine_print(document)
    fee, loud = (
        Span(document.text.index(quote), document.text.index(quote) + len(quote))
        for quote in ("You pay", shout)
    )

    assert found.hides(fee)
    assert not found.hides(loud)
    assert not found.hides(Span(0, 50))
    assert not fine_print(compose((P, text(100), Style(size=6)))).hides(Span(0, 50))


STYLES = st.builds(
    Style,
    size=st.sampled_from([None, 1.5, 5.98, 7.5, 8.04, 9, 10.02, 11, 11.04, 14, 24]),
    contrast=st.sampled_from([None, 1.2, 3.5, 7, 21]),
    leading=st.sampled_from([None, 6, 11, 13]),
    bold=st.booleans(),
    caps=st.booleans(),
    hidden=st.sampled_from([None, Hidden.STYLE]),
)
PIECES = st.lists(
    st.tuples(st.sampled_from(list(BlockKind)), st.text("Aa b.*1\n", max_size=200), STYLES), max_size=8
)


@settings(max_examples=150, deadline=None)
@given(PIECES, st.sampled_from(sorted(profiles())))
def test_any_document_is_measured_within_bounds(pieces: list[Piece], profile: str) -> None:
    document = compose(*pieces)
    found = fine_print(document, profile)

    assert 0 <= found.fine_words <= found.words
    assert all(span.reasons for span in found.spans)
    places = [(span.start, span.end) for span in found.spans]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(document.text) for start, end in places)
    if found.ratio.value is None:
        assert found.ratio.reason
    else:
        assert max(found.partial.values()) <= found.ratio.value + 1e-9 <= sum(found.partial.values()) + 2e-9


@settings(max_examples=60, deadline=None)
@given(PIECES, st.integers(1, 10))
def test_headings_and_page_numbers_change_nothing(pieces: list[Piece], times: int) -> None:
    head = (BlockKind.HEADING, "Fees and terms", Style(size=6))
    number = (BlockKind.PAGE_NUMBER, "7", Style(size=6))

    assert (
        fine_print(compose(*pieces, *[head, number] * times)).ratio.value
        == fine_print(compose(*pieces)).ratio.value
    )
