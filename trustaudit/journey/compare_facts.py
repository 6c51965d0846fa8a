"""What is known of one unit: its words with the parties marked, its norms, amounts and terms."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from trustaudit.document import Span
from trustaudit.journey.compare_terms import terms_in
from trustaudit.journey.compare_units import Unit, unread_spans
from trustaudit.language.amounts import Amount, Measurable, amounts
from trustaudit.language.norms import Norm
from trustaudit.language.reading import Reading
from trustaudit.ruleset.phrase import MARKS

_WORD = re.compile(
    rf"(?P<mark>[{MARKS}])(?:'s)?|(?P<number>\d+(?:[.,:]\d+)*)|[^\W\d_]+(?:-[^\W\d_]+)*|[%$€£¥]"
)
_OTHER_FACE = frozenset({"owed", "implied"})  # what the other side of a norm that was read means
_IN_MONTHS = {"month": 1.0, "quarter": 3.0, "year": 12.0}
_IN_DAYS = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0}
_DAYS_OF_MONTHS = {30: 1, 60: 2, 90: 3, 180: 6, 360: 12, 364: 12, 365: 12}


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a party's mark, a number, or a whole amount; ``key`` is compared, the place is shown."""

    key: str
    kind: str  # word | mark | number | amount
    start: int
    end: int
    name: bool = False  # it has a capital, and does not begin its sentence


@dataclass(frozen=True, slots=True)
class Measured:
    """An amount with its place in the document; equal keys mean equal amounts in whatever words."""

    key: str
    amount: Amount
    span: Span


@dataclass(frozen=True, slots=True)
class Facts:
    unit: Unit
    tokens: tuple[Token, ...]
    norms: tuple[Norm, ...]
    amounts: tuple[Measured, ...]
    terms: dict[str, Span]


class Facing:
    """One version's reading, asked unit by unit."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self._norms = [norm for norm in reading.norms if norm.source not in _OTHER_FACE]
        self._starts = [norm.start for norm in self._norms]

    def facts(self, unit: Unit) -> Facts:
        view = self.reading.view
        low, high = view.locate(unit.start), view.locate(unit.end)
        text = view.text[low:high]
        measured = tuple(
            Measured(_key(each), each, view.span(low + each.start, low + each.end)) for each in amounts(text)
        )
        places = {name: view.span(low + s, low + e) for name, (s, e) in terms_in(self.reading, text).items()}
        tokens = tuple(self._tokens(text, low, measured))
        return Facts(unit, tokens, self.norms(unit), measured, places)

    def norms(self, unit: Unit) -> tuple[Norm, ...]:
        """Those that begin in the unit."""
        return tuple(self._norms[bisect_left(self._starts, unit.start) : bisect_left(self._starts, unit.end)])

    def _tokens(self, text: str, low: int, measured: tuple[Measured, ...]) -> Iterator[Token]:
        """The words of a passage of the view; an amount is one."""
        view = self.reading.view
        skipped = unread_spans(text)
        source, first = self.reading.document.text, view.span(low, low + 1).start if text else 0
        waiting = {each.amount.start: each for each in measured}
        until = 0
        for found in _WORD.finditer(text):
            start, end = found.span()
            if start in waiting:
                each = waiting[start]
                yield Token(each.key, "amount", *each.span)
                until = each.amount.end
            elif start >= until and not any(begin <= start < stop for begin, stop in skipped):
                kind = "mark" if found["mark"] else "number" if found["number"] else "word"
                key = found["mark"] or found[0].replace("-", "")
                place = view.span(low + start, low + end)
                named = kind == "word" and place.start > first and source[place.start].isupper()
                yield Token(key, kind, *place, named)


def _key(amount: Amount) -> str:
    """The same for what is the same: a year is twelve months, 90 days are three, a week is seven."""
    if amount.kind is not Measurable.PERIOD:
        return f"{amount.value:g} {amount.unit}"
    if amount.unit in _IN_MONTHS:
        return f"{amount.value * _IN_MONTHS[amount.unit]:g} month"
    if amount.unit in _IN_DAYS:
        days = amount.value * _IN_DAYS[amount.unit]
        months = _DAYS_OF_MONTHS.get(round(days)) if amount.unit != "minute" else None
        return f"{months} month" if months else f"{days:g} day"
    return f"{amount.value:g} {amount.unit}"
