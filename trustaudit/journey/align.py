"""Which clause of the old version is which of the new one: by content, wherever it stands now.

Three passes, each over what the one before left: the same words; the same words behind other sentence ends
(what another format or a new full stop makes of them); similar words. Candidates come from an index of
shingles and from the neighbourhood, so the time grows with the text and not with its square.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Indel

from trustaudit.journey.compare_alike import (
    CONTENT,
    HERE_BONUS,
    least_of,
    opening,
    shared,
    shingles,
    similarity,
)
from trustaudit.journey.compare_units import Unit, cut, parted

_GAP = 2_500  # words on one side of a gap up to which its sentence ends are set against each other
_HOLD = 2  # words that must be equal on both sides of a sentence end to carry it over
_LABEL = 8  # words of a unit that may be the beginning of another one elsewhere
_COMMON = 24  # a shingle that stands in more units than this tells nothing
_CANDIDATES = 6
_NEAR = 3  # neighbours looked at on both sides of the expected place


@dataclass(frozen=True, slots=True)
class Pair:
    """Indices of the units; None where one side has none. ``similarity`` 0..1, 1 for the same words."""

    old: int | None
    new: int | None
    similarity: float = 1.0
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Aligned:
    """The units, some of them cut where the other side ends a sentence, and what belongs together.

    ``pairs`` are in the order of the new version; what is gone stands behind what it followed.
    """

    old: tuple[Unit, ...]
    new: tuple[Unit, ...]
    pairs: tuple[Pair, ...]


def align(old: Sequence[Unit], new: Sequence[Unit], old_text: str, new_text: str) -> Aligned:
    """The units of two versions, set side by side."""
    first = _exact(old, new)
    old, new = _recut(old, new, first, old_text, new_text)
    matched = dict.fromkeys(_exact(old, new).items(), 1.0)
    matched |= _similar(old, new, dict(matched.keys()))
    return Aligned(tuple(old), tuple(new), tuple(_in_order(matched, old, len(new))))


def _exact(old: Sequence[Unit], new: Sequence[Unit]) -> dict[int, int]:
    """Units with the same words: first those that stand once, then their neighbours, then by order."""
    places: dict[tuple[str, ...], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, them in enumerate((old, new)):
        for index, unit in enumerate(them):
            places[unit.words][side].append(index)
    pairs = {ours[0]: theirs[0] for ours, theirs in places.values() if len(ours) == len(theirs) == 1}
    taken = set(pairs.values())
    for step in (1, -1):
        for one in sorted(pairs, reverse=step < 0):
            _extend(one, pairs, taken, old, new, step)
    for ours, theirs in places.values():
        free = [index for index in theirs if index not in taken]
        pairs |= zip((index for index in ours if index not in pairs), free, strict=False)
        taken.update(free)
    return pairs


def _extend(
    one: int, pairs: dict[int, int], taken: set[int], old: Sequence[Unit], new: Sequence[Unit], step: int
) -> None:
    """Pair the units that follow a pair, as long as they have the same words."""
    other = pairs[one]
    while True:
        one, other = one + step, other + step
        inside = 0 <= one < len(old) and 0 <= other < len(new)
        if not inside or one in pairs or other in taken or old[one].words != new[other].words:
            return
        pairs[one] = other
        taken.add(other)


def _recut(
    old: Sequence[Unit], new: Sequence[Unit], pairs: Mapping[int, int], old_text: str, new_text: str
) -> tuple[list[Unit], list[Unit]]:
    """Both sides, cut where only the other ends a sentence amid words that both have."""
    cuts: tuple[dict[int, list[int]], dict[int, list[int]]] = ({}, {})
    for ours, theirs in _gaps(pairs, old, len(new)):
        _carry_over([(i, old[i].words) for i in ours], [(j, new[j].words) for j in theirs], cuts)
    taken = set(pairs.values())
    ours_left = [(i, unit.words) for i, unit in enumerate(old) if i not in pairs]
    theirs_left = [(j, unit.words) for j, unit in enumerate(new) if j not in taken]
    for mine, others, units, text, noted in (
        (ours_left, theirs_left, old, old_text, cuts[0]),
        (theirs_left, ours_left, new, new_text, cuts[1]),
    ):
        for index, place in _held_within(mine, others):
            if parted(units[index], text, place):
                noted.setdefault(index, []).append(place)
    return _cut(old, cuts[0], old_text), _cut(new, cuts[1], new_text)


def _cut(them: Sequence[Unit], cuts: Mapping[int, Sequence[int]], text: str) -> list[Unit]:
    return [
        piece
        for index, unit in enumerate(them)
        for piece in (cut(unit, text, sorted(set(cuts[index]))) if index in cuts else [unit])
    ]


def _gaps(pairs: Mapping[int, int], old: Sequence[Unit], length: int) -> Iterator[tuple[range, range]]:
    """The stretches without a partner between pairs that stand in the same order on both sides."""
    at = other = 0
    for one, two in (*_steady(pairs, old), (len(old), length)):
        ours = range(at, one)
        theirs = range(other, two)
        if ours and theirs:
            yield ours, theirs
        at, other = one + 1, two + 1


_Words = Sequence[tuple[int, tuple[str, ...]]]


def _carry_over(
    ours: _Words, theirs: _Words, cuts: tuple[dict[int, list[int]], dict[int, list[int]]]
) -> None:
    """Note the ends of sentences that the other side lacks."""
    one = [word for _, words in ours for word in words]
    two = [word for _, words in theirs for word in words]
    if max(len(one), len(two)) > _GAP:
        return
    equal = [
        (tag.src_start, tag.dest_start, tag.src_end - tag.src_start)
        for tag in Indel.opcodes(one, two)
        if tag.tag == "equal"
    ]
    mirrored = [(b, a, n) for a, b, n in equal]
    for mine, other, runs, noted in ((ours, theirs, equal, cuts[1]), (theirs, ours, mirrored, cuts[0])):
        ends = {end for end, *_ in _ends(other)}
        starts = [run[0] for run in runs]
        for end, left, right in _ends(mine):
            at = bisect_left(starts, end) - 1
            held = at >= 0 and end - starts[at] >= left and starts[at] + runs[at][2] - end >= right
            if not held:
                continue
            place = runs[at][1] + end - starts[at]
            if place not in ends:
                _note(noted, other, place)


def _held_within(them: _Words, others: _Words) -> Iterator[tuple[int, int]]:
    """Where the beginning or the end of a unit is a short unit of the other side: a label, a heading."""
    short = {words for _, words in others if _HOLD <= len(words) <= _LABEL}
    lengths = sorted({len(words) for words in short})
    for index, words in them:
        for length in lengths:
            if length + _HOLD > len(words):
                break
            if words[:length] in short:
                yield index, length
            if words[-length:] in short:
                yield index, len(words) - length


def _ends(them: _Words) -> Iterator[tuple[int, int, int]]:
    """Where the units end but the last, and how many words must be equal before and behind."""
    at = 0
    for (_, words), (_, following) in pairwise(them):
        at += len(words)
        yield at, min(_HOLD, len(words)), min(_HOLD, len(following))


def _note(noted: dict[int, list[int]], them: _Words, place: int) -> None:
    for index, words in them:
        if place < len(words):
            noted.setdefault(index, []).append(place)
            return
        place -= len(words)


def _similar(
    old: Sequence[Unit], new: Sequence[Unit], pairs: Mapping[int, int]
) -> dict[tuple[int, int], float]:
    """The best partners among what has none: greedily, the most similar first."""
    taken = set(pairs.values())
    ours = [index for index in range(len(old)) if index not in pairs]
    theirs = [index for index in range(len(new)) if index not in taken]
    gaps = list(_gaps(pairs, old, len(new)))
    here = {pair for one, two in gaps for pair in _neighbours(one, two)}
    here |= {(one, two) for ours_, theirs_ in gaps for two, one in _neighbours(theirs_, ours_)}
    far = {*_sharing(old, new, ours, theirs)} | {(i, j) for j, i in _sharing(new, old, theirs, ours)}
    scored: list[tuple[float, int, int, float]] = []
    for one, two in here | far:
        if one in pairs or two in taken or old[one].title != new[two].title:
            continue
        score = similarity(old[one].words, new[two].words) + opening(old[one].words, new[two].words)
        near = (one, two) in here
        least = least_of(min(len(old[one].words), len(new[two].words)), near=near)
        if score >= least and shared(old[one].words, new[two].words) >= CONTENT:
            scored.append((-(score + HERE_BONUS * near), one, two, min(score, 0.999)))
    found: dict[tuple[int, int], float] = {}
    used: tuple[set[int], set[int]] = (set(), set())
    for _, one, two, score in sorted(
        scored, key=lambda row: (row[0], abs(row[1] - row[2]), row[1] + row[2], row)
    ):
        if one not in used[0] and two not in used[1]:
            found[one, two] = score
            used[0].add(one)
            used[1].add(two)
    return found


def _neighbours(ours: range, theirs: range) -> Iterator[tuple[int, int]]:
    """Units of a gap with those at about the same place of it on the other side."""
    ratio = len(theirs) / len(ours)
    for at, one in enumerate(ours):
        middle = theirs.start + int(at * ratio)
        for two in range(max(theirs.start, middle - _NEAR), min(theirs.stop, middle + _NEAR + 1)):
            yield one, two


def _sharing(
    old: Sequence[Unit], new: Sequence[Unit], ours: Iterable[int], theirs: Iterable[int]
) -> Iterator[tuple[int, int]]:
    """For each unit the few that share most of what is rare in it."""
    index: dict[object, list[int]] = defaultdict(list)
    for two in theirs:
        for shingle in shingles(new[two].words):
            index[shingle].append(two)
    for one in ours:
        votes: Counter[int] = Counter()
        for shingle in shingles(old[one].words):
            holders = index.get(shingle, ())
            if len(holders) <= _COMMON:
                votes.update(holders)
        best = sorted(votes, key=lambda two: (-votes[two], abs(two - one), two))
        yield from ((one, two) for two in best[:_CANDIDATES])


def _steady(pairs: Mapping[int, int], old: Sequence[Unit]) -> list[tuple[int, int]]:
    """The pairs that stand in the same order on both sides: the run of them with most words.

    The heaviest increasing subsequence, by a Fenwick tree of best weights: n log n.
    """
    ordered = sorted(pairs.items())
    ranks = {two: rank for rank, two in enumerate(sorted(two for _, two in ordered), 1)}
    best: list[tuple[int, int]] = [(0, -1)] * (len(ordered) + 1)
    total: list[int] = []
    before: list[int] = []
    for at, (one, two) in enumerate(ordered):
        weight, last = _best(best, ranks[two] - 1)
        total.append(weight + len(old[one].words))
        before.append(last)
        rank = ranks[two]
        while rank < len(best):
            best[rank] = max(best[rank], (total[at], at))
            rank += rank & -rank
    at = max(range(len(ordered)), key=total.__getitem__, default=-1)
    run: list[tuple[int, int]] = []
    while at >= 0:
        run.append(ordered[at])
        at = before[at]
    return run[::-1]


def _best(best: Sequence[tuple[int, int]], rank: int) -> tuple[int, int]:
    found = (0, -1)
    while rank:
        found = max(found, best[rank])
        rank -= rank & -rank
    return found


def _in_order(matched: Mapping[tuple[int, int], float], old: Sequence[Unit], length: int) -> Iterator[Pair]:
    """All pairs in the order of the new version; the gone behind the unit that they followed."""
    partner = dict(matched.keys())
    back = {two: one for one, two in partner.items()}
    steady = {one for one, _ in _steady(partner, old)}
    behind: dict[int, list[int]] = defaultdict(list)
    last = -1
    for one in range(len(old)):
        if one in steady:
            last = partner[one]
        elif one not in partner:
            behind[last].append(one)
    for two in range(-1, length):
        if two in back:
            one = back[two]
            yield Pair(one, two, matched[one, two], one not in steady)
        elif two >= 0:
            yield Pair(None, two, 0.0)
        yield from (Pair(one, None, 0.0) for one in behind[two])
