"""How much is asked of each side: periods, rates and caps of both, set side by side."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log

from trustaudit.audit import Asymmetry, Side
from trustaudit.document import Span
from trustaudit.language.amounts import Amount, Measurable, amounts
from trustaudit.language.norms import Norm
from trustaudit.language.reading import Reading

_THINGS: Mapping[str, tuple[Measurable, ...]] = {
    "degree-time-to-cure": (Measurable.PERIOD,),
    "degree-limit-of-liability": (Measurable.MONEY, Measurable.PERCENT, Measurable.PERIOD),
    "degree-interest": (Measurable.PERCENT,),
    "degree-time-it-lasts": (Measurable.PERIOD,),
    "degree-notice": (Measurable.PERIOD,),
    "degree-time-to-pay": (Measurable.PERIOD,),
}
"""Lists of the vocabulary, the most telling first, and what an amount of each thing can be."""

_BEFORE, _AFTER = 90, 70  # characters round an amount in which the words stand that say what it counts
_ALIKE = 0.01  # amounts that differ by less than this share are the same


@dataclass(frozen=True, slots=True)
class Degree:
    """So much of something for one side."""

    thing: str
    topic: str
    modality: str
    unit: str  # of the comparison: day, % or a currency
    side: Side
    value: float
    said: str
    span: Span


def by_topic(reading: Reading, norms: Sequence[Norm]) -> dict[str, tuple[Asymmetry, ...]]:
    """What both sides have, in two degrees, under the topic of their norms and in the order of the document.

    One line for each thing, topic and kind of norm; nothing where the sides share an amount, for then they
    may well be treated alike. ``Asymmetry.topic`` is the thing that is counted.
    """
    groups: dict[tuple[str, str, str, str], list[Degree]] = {}
    for degree in _degrees(reading, norms):
        key = (degree.thing, degree.topic, degree.modality, degree.unit)
        groups.setdefault(key, []).append(degree)
    found = [(key[1], line) for key, group in groups.items() if (line := _apart(group)) is not None]
    topics: dict[str, list[Asymmetry]] = {}
    for topic, line in sorted(found, key=lambda each: (each[1].company_span, each[1].customer_span)):
        topics.setdefault(topic, []).append(line)
    return {topic: tuple(lines) for topic, lines in topics.items()}


def _apart(group: Sequence[Degree]) -> Asymmetry | None:
    """The two nearest amounts of a group, one of each side, unless the sides have one in common."""
    ours = _once(each for each in group if each.side is Side.COMPANY)
    theirs = _once(each for each in group if each.side is Side.CUSTOMER)
    pairs = [(_distance(one, other), one, other) for one in ours for other in theirs]
    if not pairs:
        return None
    distance, company, customer = min(pairs, key=lambda pair: (pair[0], pair[1].span, pair[2].span))
    if distance < _ALIKE:
        return None
    name = company.thing.removeprefix("degree-").replace("-", " ")
    return Asymmetry(name, company.said, customer.said, company.span, customer.span)


def _once(degrees: Iterator[Degree]) -> list[Degree]:
    """The first of each value: so few pairs are left whatever the length of the document."""
    return list({each.value: each for each in sorted(degrees, key=lambda d: d.span, reverse=True)}.values())


def _distance(one: Degree, other: Degree) -> float:
    if one.value <= 0 or other.value <= 0:
        return abs(one.value - other.value)
    return abs(log(one.value / other.value))


def _degrees(reading: Reading, norms: Sequence[Norm]) -> Iterator[Degree]:
    """The amounts inside each norm of one side, or inside a condition of it, that count a known thing."""
    view = reading.view
    known = amounts(view.text)
    starts = [amount.start for amount in known]
    for norm in norms:
        if norm.side not in (Side.COMPANY, Side.CUSTOMER):
            continue
        low = view.locate(min(norm.start, *(part.start for part in norm.conditions), norm.start))
        high = view.locate(max(norm.end, *(part.end for part in norm.conditions), norm.end))
        for amount in known[bisect_left(starts, low) : bisect_left(starts, high)]:
            thing = _thing(reading, amount, low, high)
            if thing:
                value, unit = _comparable(amount)
                yield Degree(
                    thing, norm.topic, norm.modality, unit, norm.side, value, said(amount),
                    view.span(amount.start, amount.end),
                )  # fmt: skip


def _thing(reading: Reading, amount: Amount, low: int, high: int) -> str:
    """What an amount counts, by the words round it within its norm; empty where none says so."""
    start, end = max(low, amount.start - _BEFORE), min(high, amount.end + _AFTER)
    around = reading.view.text[start:end]
    for name, kinds in _THINGS.items():
        if amount.kind in kinds and reading.compiler.compile_list(name).compiled.search(around):
            return name
    return ""


def _comparable(amount: Amount) -> tuple[float, str]:
    days = amount.days
    return (amount.value, amount.unit) if days is None else (days, "day")


def said(amount: Amount) -> str:
    """An amount for a reader: *30 days*, *5%*, *USD 1,000*."""
    if amount.kind is Measurable.PERIOD:
        return f"{amount.value:g} {amount.unit}{'' if amount.value == 1 else 's'}"
    return (
        f"{amount.value:g}%" if amount.kind is Measurable.PERCENT else f"{amount.unit} {amount.value:,.10g}"
    )
