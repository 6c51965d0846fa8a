"""Figures of two documents about one thing that differ: periods, sums and percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trustaudit.audit import Severity
from trustaudit.journey.facts import Fact, facts
from trustaudit.journey.open_figures import context, near_ones
from trustaudit.journey.precedence import Precedence
from trustaudit.journey.stems import stem, stems
from trustaudit.journey.told import Told, one_agreement, related
from trustaudit.journey.topics import Topic, Topics, known_topics
from trustaudit.journey_audit import Conflict
from trustaudit.language.amounts import Measurable

_KINDS = {Measurable.PERIOD: "period", Measurable.MONEY: "amount", Measurable.PERCENT: "percentage"}
_NEAR = 0.045  # share by which two periods may differ and be one: 30 days and a month, 360 days and a year
_MOST_VALUES = 2  # values of one thing in one document from which on nobody can say which one counts
_HOURS = 8_760  # of a year
_YEARLY = {"hour": 8_760.0, "day": 365.0, "week": 52.0, "month": 12.0, "year": 1.0}


@dataclass(frozen=True, slots=True)
class _Held:
    """What one document says of a thing: its figures in order."""

    told: Told
    facts: tuple[Fact, ...]

    @property
    def sole(self) -> Fact | None:
        return next((fact for fact in self.facts if fact.sole), None)

    def says(self, fact: Fact) -> bool:
        return any(same(own, fact) for own in self.facts)

    @property
    def clear(self) -> bool:
        """Does it give the thing so few values that one can be held against another paper's?"""
        distinct: list[Fact] = []
        for fact in self.facts:
            if not any(same(fact, known) for known in distinct):
                distinct.append(fact)
        return len(distinct) <= _MOST_VALUES


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
    mine, theirs = (_YEARLY.get(fact.unit.partition("/")[2], 0.0) for fact in (one, other))
    if mine and theirs and mine != theirs:
        return round(one.value * mine, 6), round(other.value * theirs, 6)
    return one.value, other.value


def _commensurable(one: Fact, other: Fact) -> bool:
    """Can the two be held against each other at all?"""
    (base, _, per), (its, _, their) = one.unit.partition("/"), other.unit.partition("/")
    if base != its:
        return False
    return not per or not their or per == their or (base == "%" and per in _YEARLY and their in _YEARLY)


def figures(papers: Sequence[Told], order: Precedence) -> Iterator[Conflict]:
    """A conflict for each value of a thing that another paper gives otherwise; linear in the figures."""
    topics = known_topics()
    held: dict[tuple[int, str], list[Fact]] = {}
    for paper in papers:
        for fact in facts(paper, topics):
            held.setdefault((fact.topic, fact.head), []).append(fact)
    for (topic, head), found in held.items():
        if topic < 0 and not head:
            continue
        about = topics.topics[topic] if topic >= 0 else _of_noun(head, found[0].amount.kind)
        for group in _groups(found, topics):
            yield from _differing(group, about, papers, order)
    every = [fact for found in held.values() for fact in found]
    yield from _unlisted(every, papers, order, topics)


def _unlisted(
    every: Sequence[Fact], papers: Sequence[Told], order: Precedence, topics: Topics
) -> Iterator[Conflict]:
    """Figures of nearly the same words that differ, each value once."""
    contexts = [context(fact, fact.around, fact.at, fact.at) for fact in every]
    told: set[tuple[str, ...]] = set()
    for one, other in near_ones(contexts, papers):
        key = (*sorted((one.said, other.said)), *sorted(stems(one.around) & stems(other.around)))
        if same(one, other) or not _commensurable(one, other) or key in told:
            continue
        if topics.comparable(one.marks, other.marks):
            told.add(key)
            listed = max(one.topic, other.topic)
            about = topics.topics[listed] if listed >= 0 else _of_noun(_shared(one, other), one.amount.kind)
            yield conflict_of(one, other, about, papers, order, ())


def _shared(one: Fact, other: Fact) -> str:
    """The words that two figures share, as the first paper writes them."""
    common = stems(one.around) & stems(other.around)
    words = dict.fromkeys(word for word in re.findall(r"[a-z][a-z-]{2,}", one.around) if stem(word) in common)
    return " ".join([*words][:4])


def _of_noun(head: str, kind: Measurable) -> Topic:
    """What a noun is the topic of that no list names."""
    return Topic(head.replace(" ", "-"), head, kind, "", "", agreement=kind is Measurable.PERIOD)


def _groups(found: Sequence[Fact], topics: Topics) -> Iterator[list[Fact]]:
    """Figures of one subject. Soft labels part them only from those that name another."""
    hard: dict[tuple[frozenset[int], str], list[Fact]] = {}
    for fact in found:
        key = frozenset(at for at in fact.marks if topics.labels[at][0] not in topics.soft)
        hard.setdefault((key, fact.unit.partition("/")[0]), []).append(fact)
    for group in hard.values():
        named = {frozenset(fact.marks) for fact in group}
        if all(topics.comparable(one, other) for one in named for other in named):
            yield group
        else:
            yield from (
                [fact for fact in group if topics.comparable(fact.marks, marks)]
                for marks in sorted(named, key=sorted)
                if marks
            )


def _differing(
    group: Sequence[Fact], about: Topic, papers: Sequence[Told], order: Precedence
) -> Iterator[Conflict]:
    """Each other value against the paper that binds, or against the first one."""
    holders: dict[int, list[Fact]] = {}
    for fact in group:
        holders.setdefault(fact.document, []).append(fact)
    if len(holders) < 2:
        return
    held = [_Held(papers[index], tuple(found)) for index, found in sorted(holders.items())]
    clear = [each for each in held if each.clear and each.sole is not None]
    told: list[Fact] = []
    for anchor in sorted(clear, key=lambda each: (-each.told.rank, each.told.index)):
        for other in clear:
            fact = _against(anchor, other, about)
            if fact is None or any(same(fact, known) for known in told):
                continue
            if any(each.says(fact) for each in clear if each is not other and each.told.rank == 3):
                if other.told.rank < 3:
                    continue  # another contract says the same
            told.append(fact)
            also = [each.told.path for each in clear if each is not other and each.says(fact)]
            own = _nearest(anchor, fact)
            yield conflict_of(own, fact, about, papers, order, also)
        told += [own for own in anchor.facts if not any(same(own, known) for known in told)]


def _against(anchor: _Held, other: _Held, about: Topic) -> Fact | None:
    """The figure of the other paper that none of the anchor's agrees with; None where there is none."""
    if anchor is other or not related(anchor.told, other.told):
        return None
    if about.agreement and not one_agreement(anchor.told, other.told):
        return None
    if any(anchor.says(fact) for fact in other.facts):
        return None
    fact = other.sole
    return fact if fact is not None and _commensurable(_nearest(anchor, fact), fact) else None


def _nearest(held: _Held, fact: Fact) -> Fact:
    sole = [own for own in held.facts if own.sole]
    return min(sole, key=lambda own: abs(own.value - fact.value))


def conflict_of(
    one: Fact, other: Fact, about: Topic, papers: Sequence[Told], order: Precedence, also: Sequence[str]
) -> Conflict:
    """The conflict of two figures, the earlier document first."""
    first, second = sorted((one, other), key=lambda fact: fact.document)
    left, right = papers[first.document], papers[second.document]
    winner, why = order.binding(left, right)
    more = f"; {right.path if len(also) > 1 else also[0]} and others say so too" if len(also) > 1 else ""
    more = f"; {also[0]} says so too" if len(also) == 1 else more
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
    exact = not units & {"month", "quarter", "business day"} and not ("year" in units)
    if apart < 2:
        return ("" if exact else "about ") + _counted(round(apart * 24, 1), "hour")
    return ("" if exact else "about ") + _counted(round(apart, 1), "day")


def _counted(value: float, unit: str) -> str:
    return f"{round(value, 4):g} {unit}{'' if value == 1 else 's'}"
