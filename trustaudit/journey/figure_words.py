"""Two figures that differ, in words: by how much, which paper says which, and what it costs the customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trustaudit.journey.facts import Fact
from trustaudit.journey.precedence import Precedence
from trustaudit.journey.told import Told
from trustaudit.journey.topics import Topic
from trustaudit.journey_audit import Conflict
from trustaudit.language.amounts import Measurable

_KINDS = {Measurable.PERIOD: "period", Measurable.MONEY: "amount", Measurable.PERCENT: "percentage"}
_NEAR = 0.045  # share by which two periods may differ and be one: 30 days and a month, 360 days and a year
_HOURS = 8_760  # of a year
YEARLY = {"hour": 8_760.0, "day": 365.0, "week": 52.0, "month": 12.0, "year": 1.0}
"""How often a year a rate is due, by what it is per."""


def same(one: Fact, other: Fact) -> bool:
    """Do two figures say the same? Periods in other units may differ by the length of a month."""
    mine, theirs = _rated(one, other)
    if mine == theirs:
        return True
    if one.amount.kind is not Measurable.PERIOD or one.amount.unit == other.amount.unit:
        return False
    return abs(mine - theirs) <= _NEAR * max(mine, theirs)


def _rated(one: Fact, other: Fact) -> tuple[float, float]:
    """Both values, for rates of two periods (*1% a month*, *12% a year*) in the same one."""
    mine, theirs = (YEARLY.get(fact.unit.partition("/")[2], 0.0) for fact in (one, other))
    if mine and theirs and mine != theirs:
        return round(one.value * mine, 6), round(other.value * theirs, 6)
    return one.value, other.value


def conflict_of(
    one: Fact, other: Fact, about: Topic, papers: Sequence[Told], order: Precedence, also: Sequence[str]
) -> Conflict:
    """The conflict of two figures, the earlier document first."""
    first, second = sorted((one, other), key=lambda fact: fact.document)
    left, right = papers[first.document], papers[second.document]
    winner, why = order.binding(left, right)
    rest = f" and {len(also) - 1} more say" if len(also) > 1 else " says"
    more = f"; {also[0]}{rest} so too" if also else ""
    apart = difference(first, second)
    message = f"{left.path} says {first.said}, {right.path} says {second.said}: {apart} apart{more}"
    return Conflict(
        kind=_KINDS[about.counts],
        topic=about.id,
        title=f"Two papers, two figures: {about.title}",
        message=message,
        cost=_cost(first, second, about, {first.document: left, second.document: right}, winner),
        binds=why,
        severity=about.severity,
        first=left.passage(first.span),
        second=right.passage(second.span),
    )


def _cost(first: Fact, second: Fact, about: Topic, papers: Mapping[int, Told], winner: Told | None) -> str:
    """What the difference means for a customer who relied on the better figure."""
    apart = difference(first, second)
    mine, theirs = _rated(first, second)
    if not about.better:
        low, high = sorted((first, second), key=lambda fact: fact.value)
        return f"{apart} between {low.said} and {high.said}: one of the two is not what the customer will get"
    better, worse = (first, second) if (mine > theirs) == (about.better == "more") else (second, first)
    lost = about.lost.format(difference=apart, hours=_standstill(first, second))
    there, here = papers[better.document].path, papers[worse.document].path
    if winner is papers[better.document]:
        return f"{lost}: {here} gives {worse.said} where {better.said} from {there} is due"
    return f"{lost}: who relied on {better.said} in {there} gets {worse.said}"


def _standstill(first: Fact, second: Fact) -> str:
    hours = abs(first.value - second.value) / 100 * _HOURS
    return f"{hours:.0f} hours" if hours >= 2 else f"{hours * 60:.0f} minutes"


def difference(one: Fact, other: Fact) -> str:
    """By how much two figures differ: *16 days*, *USD 8*, *4 percentage points*."""
    mine, theirs = _rated(one, other)
    apart = abs(mine - theirs)
    if one.amount.kind is Measurable.PERCENT:
        return f"{round(apart, 4):g} percentage point{'' if round(apart, 4) == 1 else 's'}"
    if one.amount.kind is Measurable.MONEY:
        return f"{one.amount.unit} {round(apart, 4):,.10g}"
    if one.amount.unit == other.amount.unit:
        return _counted(abs(one.amount.value - other.amount.value), one.amount.unit)
    units = {one.amount.unit, other.amount.unit}
    exact = not units & {"month", "quarter", "business day"} and "year" not in units
    if apart < 2:
        return ("" if exact else "about ") + _counted(round(apart * 24, 1), "hour")
    return ("" if exact else "about ") + _counted(round(apart, 1), "day")


def _counted(value: float, unit: str) -> str:
    return f"{round(value, 4):g} {unit}{'' if value == 1 else 's'}"
