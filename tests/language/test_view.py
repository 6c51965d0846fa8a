"""The view must carry every match back to the characters it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustaudit.audit import Side
from trustaudit.language.parties import Sides
from trustaudit.language.reading import see
from trustaudit.language.view import apply, extended, plain, spacing

SIDES = Sides(
    names=(
        ("either party", Side.BOTH),
        ("provider", Side.COMPANY),
        ("acme", Side.COMPANY),
        ("user", Side.CUSTOMER),
    ),
)
PIECES = st.sampled_from(
    ["We", "you", " ", "  ", "\n", "the Provider", "’s", "'s", " 's", "Acme", "each user", "( a )", " , ", "“", "”",
     "İ", "ß", "—", "may", "either party", "your", "ours", ".", ";", "\u00a0", "ꓚ", "don't", "do n't"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@given(TEXTS)
def test_plain_keeps_every_offset(text: str) -> None:
    assert len(plain(text)) == len(text)


@given(TEXTS)
def test_every_view_range_maps_into_the_document_in_order(text: str) -> None:
    view = see(text, SIDES)

    last = 0
    for at in range(len(view.text)):
        span = view.span(at, at + 1)
        assert 0 <= span.start < span.end <= len(text)
        assert span.start >= last or span.start <= last < span.end
        last = span.start


@given(TEXTS)
def test_without_parties_the_words_of_view_and_source_are_the_same(text: str) -> None:
    smooth = plain(text)
    view = apply(smooth, spacing(smooth))

    for at, char in enumerate(view.text):
        span = view.span(at, at + 1)
        if not char.isspace():
            assert smooth[span.start : span.end] == char
        else:
            assert smooth[span.start : span.end].isspace()


@given(TEXTS)
def test_locate_is_the_inverse_of_origin(text: str) -> None:
    view = see(text, SIDES)

    for at in range(len(view.text)):
        if view.origin(at) != view.origin(at - 1) or at == 0:
            assert view.locate(view.origin(at)) == at


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("The Provider may end the User’s account.", "ꓚ may end ꓜ's account."),
        ("We keep your data; Acme's staff may read it", "ꓚ keep ꓜ's data; ꓚ's staff may read it"),
        ("company 's rights ( see below ) .", "company's rights (see below)."),
        ("Either  party\nmay leave", "ꓐ may leave"),
        ("weather and user-friendly and Acmeville", "weather and user-friendly and acmeville"),
        ("users' rights", "users' rights"),
        ("two  blanks\r\nand — a dash", "two blanks and - a dash"),
    ],
)
def test_what_rules_see(text: str, seen: str) -> None:
    assert see(text, SIDES).text == seen


def test_copies_of_lead_ins_map_to_where_they_were_copied_from() -> None:
    view = see("The Provider may: (a) end it;  (b) stop.", SIDES)

    longer, begins = extended(view, [(0, 6), (view.text.index("stop"), len(view.text))])

    assert longer.text[begins[0] : begins[0] + 6] == view.text[:6]
    assert longer.span(begins[1], begins[1] + 4) == view.span(
        view.text.index("stop"), view.text.index("stop") + 4
    )
