"""Which norm of the one wording is which of the other, and which norm a place belongs to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence

from rapidfuzz.distance import Indel

from trustaudit.document import Span
from trustaudit.journey.compare_facts import Facts, Token
from trustaudit.journey.compare_regions import Both
from trustaudit.language.norms import Modality, Norm

_ALIKE = 0.45  # of the words of two norms, from which on they are one norm in two wordings
_REACH = 25  # norms before and behind the same place in the clause that are looked at
_STANDS = 0.9  # of a norm's words, from which on it stands in the other version too
_POWERS = frozenset({Modality.PERMISSION, Modality.ENTITLEMENT})
_DENIALS = frozenset({Modality.PROHIBITION, Modality.NO_ENTITLEMENT})


def once(norms: Sequence[Norm]) -> list[Norm]:
    """Without what says the same of the same words."""
    seen: dict[tuple[str, str, int], Norm] = {}
    for norm in norms:
        seen.setdefault((norm.side, norm.modality, norm.action.start), norm)
    return list(seen.values())


def _tokens(norm: Norm, facts: Facts) -> Sequence[Token]:
    low, high = (bisect_left(facts.tokens, at, key=lambda t: t.start) for at in (norm.start, norm.end))
    return facts.tokens[low:high]


def _words(norm: Norm, facts: Facts) -> list[str]:
    return [t.key for t in _tokens(norm, facts)]


def paired(old: Sequence[Norm], new: Sequence[Norm], both: Both) -> list[tuple[Norm, Norm]]:
    """The norms that are one in two wordings: greedily, the most alike first."""
    scored = []
    ours = [_words(norm, both.old) for norm in old]
    theirs = [_words(norm, both.new) for norm in new]
    only = len(old) == len(new) == 1
    for i, one in enumerate(old):
        middle = i * len(new) // max(len(old), 1)
        for j in range(max(0, middle - _REACH), min(len(new), middle + _REACH)):
            two = new[j]
            alike = Indel.normalized_similarity(ours[i], theirs[j])
            same = _shared(one, two)
            if alike >= _ALIKE or ((same == 3 or (only and same)) and alike >= _ALIKE / 2):
                scored.append((-(alike + 0.1 * same), i, j))
    used: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, i, j in sorted(scored):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((old[i], new[j]))
    return pairs


def _shared(one: Norm, two: Norm) -> int:
    """How many of side, modality and topic two norms have in common."""
    return (one.side is two.side) + (one.modality is two.modality) + (one.topic == two.topic)


def untouched(one: Norm, two: Norm, both: Both) -> bool:
    """Do both norms stand word for word? Then only their surroundings made them read otherwise."""
    return _words(one, both.old) == _words(two, both.new)


def same_power(one: Norm, two: Norm) -> bool:
    """A right to and a freedom to are one power in two wordings, and so are their denials."""
    modalities = {one.modality, two.modality}
    return modalities <= _POWERS or modalities <= _DENIALS


def stands(norm: Norm, facts: Facts, changed: Collection[int]) -> bool:
    """Are nearly all its words, but the ``changed``, in the other version as well, in order?"""
    own = [t.start for t in _tokens(norm, facts)]
    return bool(own) and sum(start not in changed for start in own) >= _STANDS * len(own)


def holder(norms: Sequence[Norm], span: Span | None) -> Norm | None:
    """The norm whose words or conditions hold the place; the shortest, else the only one of its clause."""
    if span is None:
        return None
    holding = [
        norm
        for norm in norms
        if norm.span.overlaps(span) or any(part.overlaps(span) for part in norm.conditions)
    ]
    if holding:
        return min(holding, key=lambda norm: (norm.end - norm.start, norm.start))
    return norms[0] if len(norms) == 1 else None


def holders(both: Both, was: Span | None, now: Span | None) -> tuple[Norm | None, Norm | None]:
    """The norms of both versions to which a pair of places belongs."""
    one, two = holder(both.old.norms, was), holder(both.new.norms, now)
    return one or _counterpart(two, both.old.norms), two or _counterpart(one, both.new.norms)


def _counterpart(norm: Norm | None, norms: Sequence[Norm]) -> Norm | None:
    """The norm of the other version that is most like this one."""
    if norm is None or not norms:
        return None
    return max(norms, key=lambda other: (_shared(norm, other), -other.start))
