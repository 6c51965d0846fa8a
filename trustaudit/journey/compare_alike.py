"""How alike two clauses are by their words, and how alike they must be to be one in two wordings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from rapidfuzz.distance import Indel

_SHORT = 6  # words; under this, similarity is chance
_FAR_LEAST, _FAR_SHORT = 0.55, 0.75  # anywhere in the document
_HERE_LEAST, _HERE_SHORT = 0.36, 0.5  # between the same neighbours
HERE_BONUS = 0.1
CONTENT = 0.25  # of the words that tell: two clauses that share only *shall* and *within* are two
_OPENING = 0.03  # for each word of an opening that both have: it says who does what
_OPENING_MOST = 0.15
_LIGHT = 0.25  # the weight of a word that every sentence has
_SMALL_WORDS = frozenset(
    """
    a an and any are as at be been but by each every for from has have if in into is it its may must no not
    of on or other shall so such than that the their them these they this those to under upon we will with
    you your our us within day days week weeks month months year years more less least party parties
    """.split()  # noqa: SIM905 - a list of words reads as words
)


def least_of(words: int, *, near: bool) -> float:
    if words < _SHORT:
        return _HERE_SHORT if near else _FAR_SHORT
    return _HERE_LEAST if near else _FAR_LEAST


def shingles(words: Sequence[str]) -> set[object]:
    """Neighbouring words, and the words themselves that not every sentence has."""
    return {*pairwise(words), *(word for word in words if word not in _SMALL_WORDS)}


def similarity(one: Sequence[str], two: Sequence[str]) -> float:
    """0..1: the longest common subsequence of the words, or most of the words they share in any order."""
    in_order = Indel.normalized_similarity(one, two)
    first, second = Counter(one), Counter(two)
    whole = _weight(first) + _weight(second)
    shared = 2 * _weight(first & second) / whole if whole else 0.0
    return max(in_order, 0.95 * shared)


def shared(one: Sequence[str], two: Sequence[str]) -> float:
    """The share of the words that tell something which both have; 1 where neither has such words."""
    first, second = (Counter(w for w in words if w not in _SMALL_WORDS) for words in (one, two))
    whole = first.total() + second.total()
    return 2 * (first & second).total() / whole if whole else 1.0


def opening(one: Sequence[str], two: Sequence[str]) -> float:
    """A bonus for the same beginning; at least bearer, verb and object, or none."""
    same = next((at for at, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]), 0)
    return min(_OPENING_MOST, _OPENING * same) if same > 2 else 0.0


def _weight(words: Mapping[str, int]) -> float:
    return sum(count * (_LIGHT if word in _SMALL_WORDS else 1.0) for word, count in words.items())
