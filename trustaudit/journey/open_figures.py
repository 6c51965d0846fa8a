"""Figures of which no list knows what they count: compared where the words round them are nearly the same.

Two figures of a kind are about one thing where they stand in the same relation (*within*, *before*, *for* …)
and share most of the words that weigh, the rare ones above all. One of the two papers is one that binds or is
meant to: what two messages say of two customers may well differ.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trustaudit.journey.facts import Fact
from trustaudit.journey.stems import stems
from trustaudit.journey.told import Told, one_agreement, related

_RELATION = re.compile(
    r"\b(?P<word>within|in|after|before|until|till|for|every|from|over|under|least|most|per|of|at|by|than|to)\W*$"
)
_BEHIND = re.compile(r"^\W*(?:'s?)?\W*(?P<word>before|prior|ahead|after|from|notice|of|off|long|old)\b")
_AHEAD = frozenset({"before", "prior", "ahead", "notice"})
_LEAST = 2  # words that two contexts must share
_SHARE = 0.6  # of the weight of the shorter context that they share
_OF_BOTH = 0.42  # of the weight of both together
_COMMON = 40  # contexts with a word from which on it brings none together


@dataclass(frozen=True, slots=True)
class Context:
    """A figure with the words that weigh round it, and how it stands to them."""

    fact: Fact
    words: frozenset[str]
    relation: str


def context(fact: Fact, around: str, start: int, end: int) -> Context:
    """``around`` is the text near the figure, which stands at ``start`` to ``end`` in it."""
    before, behind = around[:start], around[end:]
    ahead = _BEHIND.match(behind)
    found = _RELATION.search(before)
    relation = "before" if ahead and ahead["word"] in _AHEAD else ""
    relation = relation or (_plainly(found["word"]) if found else "")
    return Context(fact, stems(before) | stems(behind), relation)


def _plainly(word: str) -> str:
    """Relations that say the same of a limit."""
    return {"in": "within", "till": "until", "most": "until", "over": "from", "at": "of", "to": "of"}.get(
        word, word
    )


def near_ones(contexts: Sequence[Context], papers: Sequence[Told]) -> Iterator[tuple[Fact, Fact]]:
    """Pairs of figures of two papers whose contexts are nearly the same; the best for each figure."""
    index: dict[tuple[str, str], list[int]] = {}
    for at, one in enumerate(contexts):
        for word in one.words:
            index.setdefault((_sort(one.fact), word), []).append(at)
    counts = Counter(word for one in contexts for word in one.words)
    weight = {word: 1 / math.sqrt(count) for word, count in counts.items()}
    for at, one in enumerate(contexts):
        shared = Counter(
            other
            for word in one.words
            if len(held := index[_sort(one.fact), word]) <= _COMMON
            for other in held
            if other > at and contexts[other].fact.document != one.fact.document
        )
        best = [other for other, count in shared.most_common(6) if count >= _LEAST]
        rivals = [other for other in best if _alike(one, contexts[other], weight)]
        if _clear(one, [contexts[other] for other in rivals]) and rivals:
            other = rivals[0]
            if _unmixed(one, contexts[other], contexts, index, weight) and _comparable(
                one.fact, contexts[other].fact, papers
            ):
                yield one.fact, contexts[other].fact


def _clear(one: Context, rivals: Sequence[Context]) -> bool:
    """Does each other paper give one value only in such words, and none of them the same value?"""
    values: dict[int, set[float]] = {}
    for other in rivals:
        values.setdefault(other.fact.document, set()).add(other.fact.value)
    return all(len(each) == 1 and one.fact.value not in each for each in values.values())


def _unmixed(
    one: Context,
    other: Context,
    contexts: Sequence[Context],
    index: Mapping[tuple[str, str], list[int]],
    weight: Mapping[str, float],
) -> bool:
    """Does neither paper have a second figure in the same words: a scale, a table, a row of cases?"""
    for each in (one, other):
        held = (index[_sort(each.fact), word] for word in each.words)
        beside = {at for places in held if len(places) <= _COMMON for at in places}
        for rival in (contexts[at] for at in sorted(beside)):
            same_paper = rival.fact.document == each.fact.document
            if same_paper and rival.fact.value != each.fact.value and _alike(each, rival, weight):
                return False
    return True


def _sort(fact: Fact) -> str:
    return fact.unit.partition("/")[0]


def _alike(one: Context, other: Context, weight: Mapping[str, float]) -> bool:
    if one.relation and other.relation and one.relation != other.relation:
        return False
    both = sum(weight[word] for word in one.words & other.words)
    smaller = min(sum(weight[word] for word in each.words) for each in (one, other))
    union = sum(weight[word] for word in one.words | other.words)
    return both >= _SHARE * smaller and both >= _OF_BOTH * union


def _comparable(one: Fact, other: Fact, papers: Sequence[Told]) -> bool:
    """May they be about one thing, by their topics, their doubts and their papers?"""
    left, right = papers[one.document], papers[other.document]
    return (
        one.sole
        and other.sole
        and not (one.topic >= 0 and other.topic >= 0)
        and max(left.rank, right.rank) > 1
        and related(left, right)
        and one_agreement(left, right)
    )
