"""Kinds ``metric`` and ``order``: a number over its limit, and what comes before what in a message."""

from __future__ import annotations

from collections.abc import Mapping

from trustaudit.audit import Measure, Severity
from trustaudit.document import Span
from trustaudit.engine.found import Hit
from trustaudit.language.reading import Reading
from trustaudit.metrics.usual import usual
from trustaudit.ruleset.rule import Metric, Order


def metric(find: Metric, reading: Reading, measures: Mapping[str, Measure]) -> list[Hit] | str:
    """A hit where the number is past its limit; a reason where it could not be measured."""
    measure = measures.get(find.metric)
    if measure is None:
        return f"{find.metric} is not measured here"
    if measure.value is None:
        return measure.reason
    limit = find.over if find.over is not None else find.under
    assert limit is not None
    over = find.over is not None
    if measure.value <= limit if over else measure.value >= limit:
        return []
    place = measure.evidence[0] if measure.evidence else _first(reading)
    if place is None:
        return []
    name = find.metric.replace("_", " ")
    message = _told(find.metric, measure.value, limit)
    related = tuple((span, name) for span in measure.evidence[1:4])
    return [Hit(place, message, related, severity=_step(find, measure.value, over=over))]


def _told(name: str, value: float, limit: float) -> str:
    """The number, its limit, and what is usual, in words."""
    known, called = usual(name), name.replace("_", " ")
    if known is None:
        return f"{called} is {value:.4g}; the limit is {limit:g}"
    return f"{called} is {known.shown(value)}; the limit is {known.shown(limit)}; {known.said()}"


def _step(find: Metric, value: float, *, over: bool) -> Severity | None:
    reached = [
        Severity(name) for name, limit in find.steps.items() if (value > limit if over else value < limit)
    ]
    return max(reached, key=lambda severity: severity.rank) if reached else None


def _first(reading: Reading) -> Span | None:
    return reading.document.blocks[0].span if reading.document.blocks else None


def order(find: Order, reading: Reading) -> list[Hit]:
    """A hit at the first place of ``first`` when none of ``before`` stands ahead of it."""
    asks = reading.find(find.first)
    if not asks:
        return []
    ask = asks[0]
    others = [spans[0] for name in find.before if (spans := reading.find(name))]
    if any(span.start < ask.start for span in others):
        return []
    if not others:
        missing = " or ".join(name.replace("-", " ") for name in find.before)
        return [Hit(ask, f"no {missing} in the message")] if find.missing == "counts" else []
    return [Hit(ask, related=((min(others), "comes only later"),))]
