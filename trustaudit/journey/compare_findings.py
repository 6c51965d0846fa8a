"""Findings before and after: new, gone, worse, better, moved, the same.

First by fingerprint, then by rule and aligned clause, then by rule alone for what speaks of the whole
document. One that stands in both versions is worse where it weighs more, or where a norm in its words turned
against the customer.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from trustaudit.audit import Effect, Finding
from trustaudit.comparison import ClauseChange, FindingChange, FindingTurn, Passage, Turn
from trustaudit.journey.compare_alike import similarity
from trustaudit.journey.compare_units import normal

_ORDER = tuple(FindingTurn)
_ALIKE = 0.5  # of the words of two quotes
_LOOKED_AT = 20  # quotes of one rule that are set beside another: more are a list, not a clause


def finding_changes(
    old: Sequence[Finding], new: Sequence[Finding], clauses: Sequence[ClauseChange]
) -> tuple[FindingChange, ...]:
    """Every finding of both versions once, worst first."""
    places = _Places(clauses)
    left, right = list(old), list(new)
    pairs: list[tuple[Finding, Finding]] = []
    keys: tuple[tuple[Callable[[Finding], Hashable], Callable[[Finding], Hashable]], ...] = (
        (lambda one: (one.rule, one.fingerprint), lambda one: (one.rule, one.fingerprint)),
        (lambda one: _key(one, places.of_old(one)), lambda one: _key(one, places.of_new(one))),
        (_whole, _whole),
        (lambda one: (one.rule, one.quote.lower()) if one.quote else None,) * 2,
    )
    for ours, theirs in keys:
        pairs += _taken(left, right, ours, theirs)
    pairs += _worded_alike(left, right)
    changes = [
        *(_change(one, two, places) for one, two in pairs),
        *(FindingChange(FindingTurn.GONE, one, None) for one in left),
        *(FindingChange(FindingTurn.NEW, None, two) for two in right),
    ]
    return tuple(sorted(changes, key=_rank))


def _key(one: Finding, clause: int | None) -> Hashable | None:
    return None if clause is None else (one.rule, clause)


def _whole(one: Finding) -> Hashable | None:
    """What speaks of the document as a whole has no words of its own."""
    return one.rule if one.start == one.end else None


def _taken(
    left: list[Finding], right: list[Finding],
    ours: Callable[[Finding], Hashable | None], theirs: Callable[[Finding], Hashable | None],
) -> Iterator[tuple[Finding, Finding]]:  # fmt: skip
    """Pairs with equal keys, in order; they are taken out of both lists."""
    waiting: dict[Hashable, list[Finding]] = defaultdict(list)
    for two in right:
        if (key := theirs(two)) is not None:
            waiting[key].append(two)
    pairs = []
    for one in left:
        key = ours(one)
        if key is not None and waiting.get(key):
            pairs.append((one, waiting[key].pop(0)))
    for one, two in pairs:
        left.remove(one)
        right.remove(two)
    return iter(pairs)


def _worded_alike(left: list[Finding], right: list[Finding]) -> list[tuple[Finding, Finding]]:
    """What the same rule finds in much the same words, though its clause was taken apart."""
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for two in right:
        by_rule[two.rule].append(two)
    pairs = []
    for one in list(left):
        words = normal(one.quote)
        alike = [(similarity(words, normal(two.quote)), two) for two in by_rule[one.rule][:_LOOKED_AT]]
        best = max(alike, key=lambda row: row[0], default=(0.0, one))
        if best[0] >= _ALIKE:
            pairs.append((one, best[1]))
            left.remove(one)
            right.remove(best[1])
            by_rule[one.rule].remove(best[1])
    return pairs


class _Places:
    """In which clause of the comparison a place of either version stands."""

    def __init__(self, clauses: Sequence[ClauseChange]) -> None:
        self.clauses = clauses
        self._old = _starts((c.old, at) for at, c in enumerate(clauses))
        self._new = _starts((c.new, at) for at, c in enumerate(clauses))

    def of_old(self, one: Finding) -> int | None:
        return _at(self._old, one)

    def of_new(self, one: Finding) -> int | None:
        return _at(self._new, one)


def _starts(places: Iterable[tuple[Passage | None, int]]) -> tuple[list[int], list[int]]:
    rows = sorted((place.start, at) for place, at in places if place is not None)
    return [start for start, _ in rows], [at for _, at in rows]


def _at(rows: tuple[list[int], list[int]], one: Finding) -> int | None:
    """The clause in which a finding begins; None for what has no words."""
    if one.start == one.end:
        return None
    index = bisect_right(rows[0], one.start) - 1
    return rows[1][index] if index >= 0 else None


def _change(one: Finding, two: Finding, places: _Places) -> FindingChange:
    """What became of a finding that both versions have."""
    if one.severity is not two.severity:
        rising = two.severity.rank > one.severity.rank
        if two.effect is Effect.DEPOSIT:
            rising = not rising
        why = f"{one.severity.value} → {two.severity.value}"
        return FindingChange(FindingTurn.WORSE if rising else FindingTurn.BETTER, one, two, why)
    at = places.of_new(two)
    clause = places.clauses[at] if at is not None else None
    for turn in (Turn.WORSE, Turn.BETTER):
        said = _norm_said(clause, one, two, turn)
        if said and two.effect is Effect.WITHDRAWAL:
            return FindingChange(FindingTurn(turn.value), one, two, said)
    moved = clause is not None and clause.moved
    return FindingChange(FindingTurn.MOVED if moved else FindingTurn.SAME, one, two)


def _norm_said(clause: ClauseChange | None, one: Finding, two: Finding, turn: Turn) -> str:
    """A norm of the finding's own words that turned so, in words; empty where none did."""
    for norm in clause.norms if clause else ():
        if norm.turn is turn and (_within(norm.old, one) or _within(norm.new, two)):
            return norm.said
    return ""


def _within(place: Passage | None, found: Finding) -> bool:
    return place is not None and place.start < found.end and found.start < place.end


def _rank(change: FindingChange) -> tuple[int, int, int, int, str]:
    found = change.finding
    first = 0 if change.harms else 1 if change.helps else 2
    return first, -found.severity.rank, _ORDER.index(change.turn), found.start, found.rule
