"""How much a norm asks or allows: the periods, rates and sums inside it, and what each of them counts."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trustaudit.document import Span
from trustaudit.language.amounts import Amount, Measurable
from trustaudit.language.norms import Norm
from trustaudit.language.reading import Reading
from trustaudit.ruleset.phrase import PhraseError

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


@dataclass(frozen=True, slots=True)
class Degree:
    """So much of something in a norm; ``value`` is in ``unit``: *day* for any period, *%*, or a currency."""

    thing: str
    unit: str
    value: float
    said: str
    span: Span
    norm: Norm


def degrees(reading: Reading, norms: Sequence[Norm]) -> Iterator[Degree]:
    """The amounts inside each norm, or inside a condition of it, that count a known thing."""
    view = reading.view
    known = reading.amounts
    starts = [amount.start for amount in known]
    for norm in norms:
        low = view.locate(min([norm.start, *(part.start for part in norm.conditions)]))
        high = view.locate(max([norm.end, *(part.end for part in norm.conditions)]))
        for amount in known[bisect_left(starts, low) : bisect_left(starts, high)]:
            thing = _thing(reading, amount, low, high)
            if thing:
                value, unit = _comparable(amount)
                place = view.span(amount.start, amount.end)
                yield Degree(thing, unit, value, said(amount), place, norm)


def called(thing: str) -> str:
    """A thing for a reader: *time to cure*."""
    return thing.removeprefix("degree-").replace("-", " ")


def said(amount: Amount) -> str:
    """An amount for a reader: *30 days*, *5%*, *USD 1,000*."""
    if amount.kind is Measurable.PERIOD:
        return f"{amount.value:g} {amount.unit}{'' if amount.value == 1 else 's'}"
    return (
        f"{amount.value:g}%" if amount.kind is Measurable.PERCENT else f"{amount.unit} {amount.value:,.10g}"
    )


def _thing(reading: Reading, amount: Amount, low: int, high: int) -> str:
    """What an amount counts, by the words round it within its norm; empty where none says so."""
    around = reading.view.text[max(low, amount.start - _BEFORE) : min(high, amount.end + _AFTER)]
    for name, kinds in _THINGS.items():
        if amount.kind in kinds and _mentions(reading, name, around):
            return name
    return ""


def _mentions(reading: Reading, name: str, text: str) -> bool:
    """Whether words of a list stand in the text; never, where the rules come without the list."""
    try:
        return reading.compiler.compile_list(name).compiled.search(text) is not None
    except PhraseError:
        return False


def _comparable(amount: Amount) -> tuple[float, str]:
    days = amount.days
    return (amount.value, amount.unit) if days is None else (days, "day")
