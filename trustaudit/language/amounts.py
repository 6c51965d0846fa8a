"""Money, percentages and periods with their value and unit, and numbers whose words and digits disagree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trustaudit.document import Span
from trustaudit.language.numbers import FIRST_WORD, IN_DIGITS, IN_WORDS, from_digits, from_words, number


class Measurable(StrEnum):
    """What an amount counts."""

    MONEY = "money"
    PERCENT = "percent"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Amount:
    """``value`` in ``unit``: an ISO code for money, ``%``, or a period's singular (*day*, *business day*)."""

    kind: Measurable
    value: float
    unit: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def days(self) -> float | None:
        """A period in calendar days, to compare: five business days are seven, a month is 30, a year 365."""
        return self.value * _DAYS[self.unit] if self.kind is Measurable.PERIOD else None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A number written twice, in words and in digits, with two values: *thirty (45) days*."""

    words: float
    digits: float
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


_DAYS = {
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "business day": 1.4,
    "week": 7.0,
    "month": 30.0,
    "quarter": 91.0,
    "year": 365.0,
}
_SIGNS = {
    "$": "USD",
    "us$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "rs.": "INR",
    "r$": "BRL",
    "a$": "AUD",
    "c$": "CAD",
}
_NAMES = {
    "dollar": "USD",
    "us dollar": "USD",
    "u.s. dollar": "USD",
    "united states dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "pound sterling": "GBP",
    "swiss franc": "CHF",
    "yen": "JPY",
}
_CODES = (
    "usd",
    "eur",
    "gbp",
    "chf",
    "aud",
    "cad",
    "jpy",
    "cny",
    "rmb",
    "inr",
    "sgd",
    "hkd",
    "nzd",
    "sek",
    "nok",
    "dkk",
)
_COUNT = (
    rf"(?:(?P<words>{IN_WORDS})(?: ?\(\s?(?P<both>{IN_DIGITS})\s?\))?|(?P<digits>{IN_DIGITS})(?: ?\(\s?"
    rf"(?P<spelt>{IN_WORDS})\s?\))?)"
)
_UNIT = (
    r"(?P<unit>(?:(?:business|working|banking|calendar|consecutive|full|additional) )?(?:minute|hour|day"
    r"|week|month|quarter|year)s?)"
)
_PERIOD = re.compile(rf"(?<![\w.,]){_COUNT}(?:[ -]|'s )(?P<kind>{_UNIT})(?!\w)", re.IGNORECASE)
_BARE = re.compile(
    r"(?<!\w)(?:an?|one) (?P<unit>(?:(?:business|working|calendar|full) )?(?:hour|day|week|month|quarter"
    r"|year))(?!\w)",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    rf"(?<![\w.,]){_COUNT} ?(?:%|per ?cent\b|percentage points?\b)(?: ?\(\s?(?P<after>{IN_DIGITS}) ?%\s?\))?",
    re.IGNORECASE,
)
_SIGN = "|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True))
_SCALE = r"(?: ?(?P<scale>million|billion|thousand|mm?|bn|k)\b)?"
_MONEY_SIGN = re.compile(
    rf"(?<!\w)(?P<sign>{_SIGN}|(?:{'|'.join(_CODES)})(?= ?\d)) ?(?P<digits>{IN_DIGITS}){_SCALE}",
    re.IGNORECASE,
)
_MONEY_NAME = re.compile(
    rf"(?<![\w.,$€£¥]){_COUNT}{_SCALE} (?P<name>(?:u\.s\. |us |united states )?dollars?|euros?|pounds?"
    rf"(?: sterling)?|swiss francs?|yen|{'|'.join(_CODES)})(?!\w)",
    re.IGNORECASE,
)
_SIGN_BEFORE = re.compile(rf"(?<!\w)(?:{_SIGN}|(?:{'|'.join(_CODES)})) ?\Z", re.IGNORECASE)
_LONGEST_SIGN = 1 + max(map(len, (*_SIGNS, *_CODES)))
_NUMBER = re.compile(rf"(?<![\w.,])(?:\d|{FIRST_WORD})|(?<!\d)(?<!\d[.,])\d")
"""Where a number can begin, in lower case: the expressions above are slow, and tried only there."""
_TIMES = {"million": 1e6, "m": 1e6, "mm": 1e6, "billion": 1e9, "bn": 1e9, "thousand": 1e3, "k": 1e3}
_TWICE = re.compile(
    rf"(?<![\w.,-])(?P<words>{IN_WORDS})(?: dollars| percent| per cent)? ?\(\s?(?:{_SIGN})? ?"
    rf"(?P<digits>{IN_DIGITS}) ?%?\s?\)",
    re.IGNORECASE,
)


def amounts(text: str) -> tuple[Amount, ...]:
    """Every money amount, percentage and period of a text, in order, none over another."""
    begins = _begins(text)
    found = sorted(
        (*_periods(text, begins), *_percents(text, begins), *_money(text, begins)),
        key=lambda amount: (amount.start, -amount.end),
    )
    out: list[Amount] = []
    for amount in found:
        if not out or amount.start >= out[-1].end:
            out.append(amount)
    return tuple(out)


def conflicts_in_numbers(text: str) -> tuple[Disagreement, ...]:
    """Numbers whose words and digits differ (*thirty (45) days*), in order."""
    out = []
    for found in _at(_TWICE, text, _begins(text)):
        words, digits = from_words(found["words"]), from_digits(found["digits"])
        if words is not None and words != digits:
            out.append(Disagreement(words, digits, found.start(), found.end()))
    return tuple(out)


def _begins(text: str) -> list[int]:
    """Where a number can begin."""
    lowered = text.lower()
    if len(lowered) != len(text):  # every character must keep its place
        lowered = "".join(char.lower()[:1] for char in text)
    return [found.start() for found in _NUMBER.finditer(lowered)]


def _at(pattern: re.Pattern[str], text: str, begins: Sequence[int]) -> Iterator[re.Match[str]]:
    """The matches that begin at one of the places, none over another."""
    end = 0
    for begin in begins:
        found = pattern.match(text, begin) if begin >= end else None
        if found:
            end = found.end()
            yield found


def _periods(text: str, begins: Sequence[int]) -> Iterator[Amount]:
    for found in _at(_PERIOD, text, begins):
        value = _value(found)
        if value is not None:
            yield Amount(Measurable.PERIOD, value, _unit(found["unit"]), found.start(), found.end())
    for found in _BARE.finditer(text):
        yield Amount(Measurable.PERIOD, 1.0, _unit(found["unit"]), found.start(), found.end())


def _percents(text: str, begins: Sequence[int]) -> Iterator[Amount]:
    for found in _at(_PERCENT, text, begins):
        value = from_digits(found["after"]) if found["after"] else _value(found)
        if value is not None:
            yield Amount(Measurable.PERCENT, value, "%", found.start(), found.end())


def _money(text: str, begins: Sequence[int]) -> Iterator[Amount]:
    signs = (_SIGN_BEFORE.search(text, max(begin - _LONGEST_SIGN, 0), begin) for begin in begins)
    for found in _at(_MONEY_SIGN, text, [sign.start() for sign in signs if sign]):
        sign = found["sign"].lower()
        value = from_digits(found["digits"]) * _TIMES.get((found["scale"] or "").lower(), 1.0)
        yield Amount(Measurable.MONEY, value, _SIGNS.get(sign, sign.upper()), found.start(), found.end())
    for found in _at(_MONEY_NAME, text, begins):
        counted = _value(found)
        if counted is not None:
            name = found["name"].lower()
            unit = _NAMES.get(re.sub(r"s\b", "", name), name.upper())
            value = counted * _TIMES.get((found["scale"] or "").lower(), 1.0)
            yield Amount(Measurable.MONEY, value, unit, found.start(), found.end())


def _value(found: re.Match[str]) -> float | None:
    """Digits win over words: they are what is typed anew when a form is filled in."""
    digits = found["both"] or found["digits"]
    return from_digits(digits) if digits else number(found["words"])


def _unit(written: str) -> str:
    """*Business Days* → *business day*; calendar and consecutive days are days."""
    word = written.lower().removesuffix("s")
    first, _, last = word.rpartition(" ")
    return "business day" if first in {"business", "working", "banking"} and last == "day" else last
