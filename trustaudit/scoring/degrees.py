"""How much is asked of each side: periods, rates and caps of both, set side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log

from trustaudit.audit import Asymmetry, Side
from trustaudit.language.degrees import Degree, called, degrees
from trustaudit.language.norms import Norm
from trustaudit.language.reading import Reading

_ALIKE = 0.01  # amounts that differ by less than this share are the same


def by_topic(reading: Reading, norms: Sequence[Norm]) -> dict[str, tuple[Asymmetry, ...]]:
    """What both sides have, in two degrees, under the topic of their norms and in the order of the document.

    One line for each thing, topic and kind of norm; nothing where the sides share an amount, for then they
    may well be treated alike. ``Asymmetry.topic`` is the thing that is counted.
    """
    groups: dict[tuple[str, str, str, str], list[Degree]] = {}
    sided = [norm for norm in norms if norm.side in (Side.COMPANY, Side.CUSTOMER)]
    for degree in degrees(reading, sided):
        key = (degree.norm.topic, degree.thing, degree.norm.modality, degree.unit)
        groups.setdefault(key, []).append(degree)
    lines = [(key[0], line) for key, group in groups.items() if (line := _apart(group)) is not None]
    topics: dict[str, list[Asymmetry]] = {}
    for topic, line in sorted(lines, key=lambda each: (each[1].company_span, each[1].customer_span)):
        topics.setdefault(topic, []).append(line)
    return {topic: tuple(same) for topic, same in topics.items()}


def _apart(group: Sequence[Degree]) -> Asymmetry | None:
    """The two nearest amounts of a group, one of each side, unless the sides have one in common."""
    ours = _once(each for each in group if each.norm.side is Side.COMPANY)
    theirs = _once(each for each in group if each.norm.side is Side.CUSTOMER)
    pairs = [(_distance(one, other), one.span, other.span, one, other) for one in ours for other in theirs]
    if not pairs:
        return None
    distance, *_, company, customer = min(pairs, key=lambda pair: pair[:3])
    if distance < _ALIKE:
        return None
    return Asymmetry(called(company.thing), company.said, customer.said, company.span, customer.span)


def _once(degrees: Iterable[Degree]) -> list[Degree]:
    """The first of each value: so few pairs are left whatever the length of the document."""
    return list({each.value: each for each in sorted(degrees, key=lambda d: d.span, reverse=True)}.values())


def _distance(one: Degree, other: Degree) -> float:
    if one.value <= 0 or other.value <= 0:
        return abs(one.value - other.value)
    return abs(log(one.value / other.value))
