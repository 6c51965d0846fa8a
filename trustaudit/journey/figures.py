"""Figures of two documents about one thing that differ: periods, sums and percentages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trustaudit.journey.facts import Fact, facts
from trustaudit.journey.figure_words import YEARLY, conflict_of, same
from trustaudit.journey.open_figures import context, near_ones
from trustaudit.journey.precedence import Precedence
from trustaudit.journey.stems import stem, stems
from trustaudit.journey.told import Told, one_agreement, related
from trustaudit.journey.topics import Topic, Topics, known_topics
from trustaudit.journey_audit import Conflict
from trustaudit.language.amounts import Measurable

_MOST_VALUES = 2  # values of one thing in one document from which on nobody can say which one counts
_MOST_ANCHORS = 12  # papers against which the others are held: with one relationship the first one does


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


def _commensurable(one: Fact, other: Fact) -> bool:
    """Can the two be held against each other at all?"""
    (base, _, per), (its, _, their) = one.unit.partition("/"), other.unit.partition("/")
    if base != its:
        return False
    return not per or not their or per == their or (base == "%" and per in YEARLY and their in YEARLY)


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
    """Each other value against the paper that binds, or against the first one; each value once."""
    holders: dict[int, list[Fact]] = {}
    for fact in group:
        holders.setdefault(fact.document, []).append(fact)
    held = [_Held(papers[index], tuple(found)) for index, found in sorted(holders.items())]
    clear = [each for each in held if each.clear and each.sole is not None]
    anchors = sorted(clear, key=lambda each: (-each.told.rank, each.told.index))[:_MOST_ANCHORS]
    told: list[Fact] = []
    for anchor in anchors:
        for other in clear:
            against = _against(anchor, other, about)
            if against is None or _known(against, told) or _backed(other, against, clear):
                continue
            told.append(against)
            also = [each.told.path for each in clear if each is not other and each.says(against)]
            yield conflict_of(_nearest(anchor, against), against, about, papers, order, also)
        told += [own for own in anchor.facts if not _known(own, told)]


def _known(fact: Fact, told: Sequence[Fact]) -> bool:
    return any(same(fact, one) for one in told)


def _backed(held: _Held, fact: Fact, others: Sequence[_Held]) -> bool:
    """Is the paper no contract, and does a contract say what it says?"""
    if held.told.rank == 3:
        return False
    return any(each.says(fact) for each in others if each is not held and each.told.rank == 3)


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
