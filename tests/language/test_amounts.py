"""Money, percentages, periods and numbers in words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustaudit.language.amounts import Measurable, amounts, conflicts_in_numbers
from trustaudit.language.numbers import from_words


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("thirty (30) days", Measurable.PERIOD, 30, "day"),
        ("ten business days", Measurable.PERIOD, 10, "business day"),
        ("12 months", Measurable.PERIOD, 12, "month"),
        ("a year", Measurable.PERIOD, 1, "year"),
        ("24-hour", Measurable.PERIOD, 24, "hour"),
        ("ninety calendar days", Measurable.PERIOD, 90, "day"),
        ("$1,500.50", Measurable.MONEY, 1500.5, "USD"),
        ("USD 3 million", Measurable.MONEY, 3_000_000, "USD"),
        ("five hundred thousand dollars", Measurable.MONEY, 500_000, "USD"),
        ("4,000 euros", Measurable.MONEY, 4000, "EUR"),
        ("£20", Measurable.MONEY, 20, "GBP"),
        ("1.5 %", Measurable.PERCENT, 1.5, "%"),
        ("eighteen percent (18%)", Measurable.PERCENT, 18, "%"),
        ("one hundred and twenty (120) days", Measurable.PERIOD, 120, "day"),
    ],
)
def test_amounts(text: str, kind: Measurable, value: float, unit: str) -> None:
    padded = f"within {text} of it"
    (found,) = amounts(padded)
    assert (found.kind, found.value, found.unit) == (kind, value, unit)
    assert padded[slice(*found.span)] == text


def test_periods_compare_in_days() -> None:
    days = [found.days for found in amounts("5 business days, one week, 7 days")]
    assert days == [7.0, 7.0, 7.0]
    assert amounts("5 %")[0].days is None


@pytest.mark.parametrize(
    "text", ["section 4.2", "in 2019", "the 14th day", "one of them", "version 1.2.3", "may 2020"]
)
def test_other_numbers_are_no_amounts(text: str) -> None:
    assert amounts(text) == ()


def test_words_against_digits() -> None:
    text = "within thirty (45) days, ten (10) weeks, five percent (6%) and twelve (12) months"
    assert [
        (found.words, found.digits, text[slice(*found.span)]) for found in conflicts_in_numbers(text)
    ] == [
        (30.0, 45.0, "thirty (45)"),
        (5.0, 6.0, "five percent (6%)"),
    ]


def test_enumerations_behind_a_number_are_no_conflict() -> None:
    assert conflicts_in_numbers("two (a) and three (b)") == ()


_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def _spell(value: int) -> str:
    if value < 20:
        return _ONES.split()[value]
    if value < 100:
        tail = f"-{_spell(value % 10)}" if value % 10 else ""
        return _TENS.split()[value // 10 - 2] + tail
    if value < 1000:
        return f"{_spell(value // 100)} hundred" + (f" and {_spell(value % 100)}" if value % 100 else "")
    return f"{_spell(value // 1000)} thousand" + (f" {_spell(value % 1000)}" if value % 1000 else "")


@given(st.integers(min_value=0, max_value=999_999))
def test_spelled_numbers_come_back(value: int) -> None:
    assert from_words(_spell(value)) == value


@given(st.text(max_size=200))
def test_any_text_has_ordered_amounts(text: str) -> None:
    found = amounts(text)
    assert all(before.end <= after.start for before, after in pairwise(found))
