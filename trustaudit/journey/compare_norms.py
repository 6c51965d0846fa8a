"""Two wordings of one clause: which norms differ, and in what.

Who bears a norm and how it binds come from the norms that were read on both sides; amounts, terms and words
from the difference of the words. A norm whose own words have not changed has not changed, however the rest
of its sentence made it read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from trustaudit.audit import Confidence, Side
from trustaudit.comparison import Aspect, NormChange, Turn
from trustaudit.document import Span
from trustaudit.journey.compare_facts import Facing, Facts, Measured, Token
from trustaudit.journey.compare_said import Teller
from trustaudit.journey.compare_terms import NEGATION, TERMS
from trustaudit.journey.compare_turn import of_amount, of_modality, of_norm, of_side, of_term
from trustaudit.journey.compare_words import widened
from trustaudit.language.amounts import Measurable
from trustaudit.language.degrees import said
from trustaudit.language.norms import Modality, Norm

_ALIKE = 0.45  # of the words of two norms, from which on they are one norm in two wordings
_STANDS = 0.9  # of a norm's words, from which on it stands in the other version too


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of words that differs; one of the two may be empty."""

    old: tuple[Token, ...]
    new: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """The facts of a clause in both versions, and what differs in their words."""

    old: Facts
    new: Facts
    regions: tuple[Region, ...]

    @staticmethod
    def of(old: Facts, new: Facts) -> Both:
        one, two = [token.key for token in old.tokens], [token.key for token in new.tokens]
        regions: list[Region] = []
        joined = False
        for tag in Indel.opcodes(one, two):
            if tag.tag == "equal":
                joined = False
                continue
            gone = old.tokens[tag.src_start : tag.src_end]
            come = new.tokens[tag.dest_start : tag.dest_end]
            if joined:
                last = regions.pop()
                gone, come = last.old + gone, last.new + come
            regions.append(Region(gone, come))
            joined = True
        return Both(old, new, tuple(regions))


class Norms:
    """The differences in norms between two versions of a document, clause by clause."""

    def __init__(self, old: Facing, new: Facing) -> None:
        self._old, self._new = old, new
        self._tell = Teller(old.reading, new.reading)

    def reworded(self, both: Both, *, context: bool = False) -> tuple[NormChange, ...]:
        """What differs between two wordings; ``context``: what leads into them does, be they the same."""
        found = [*self._bound(both, context=context)]
        found += self._amounts(both)
        found += self._terms(both, covered=bool(found))
        found += self._parties(both, found)
        found += self._scope(both, found)
        return tuple(found)

    def alone(self, facts: Facts, aspect: Aspect) -> tuple[NormChange, ...]:
        """The norms of a clause that only one version has."""
        return tuple(self._single(norm, aspect) for norm in _once(facts.norms))

    def _single(self, norm: Norm, aspect: Aspect) -> NormChange:
        gone = aspect is Aspect.GONE
        turn = of_norm(norm.side, norm.modality)
        return self._tell.change(
            aspect, norm if gone else None, None if gone else norm,
            was=self._tell.bond(norm, old=True) if gone else "",
            now="" if gone else self._tell.bond(norm, old=False),
            turn=turn.mirrored if gone else turn,
        )  # fmt: skip

    def _bound(self, both: Both, *, context: bool) -> Iterator[NormChange]:
        """Who is bound, and how."""
        old, new = _once(both.old.norms), _once(both.new.norms)
        pairs = _paired(old, new, both)
        for one, two in pairs:
            if not context and _untouched(one, two, both):
                continue
            if one.side is not two.side and Side.UNKNOWN not in (one.side, two.side):
                turn = of_side(one.side, two.side, two.modality)
                was, now = self._tell.side(one, old=True), self._tell.side(two, old=False)
                yield self._tell.change(Aspect.SIDE, one, two, was=was, now=now, turn=turn)
            if one.modality is not two.modality and not _same_power(one, two):
                turn = of_modality(one.modality, two.modality, two.side)
                was, now = self._tell.modality(one.modality), self._tell.modality(two.modality)
                yield self._tell.change(Aspect.MODALITY, one, two, was=was, now=now, turn=turn)
        matched = ({id(one) for one, _ in pairs}, {id(two) for _, two in pairs})
        for norm in old:
            if id(norm) not in matched[0] and not _stands(norm, [r.old for r in both.regions], both.old):
                yield self._single(norm, Aspect.GONE)
        for norm in new:
            if id(norm) not in matched[1] and not _stands(norm, [r.new for r in both.regions], both.new):
                yield self._single(norm, Aspect.NEW)

    def _amounts(self, both: Both) -> Iterator[NormChange]:
        gone = _without(both.old.amounts, both.new.amounts)
        come = _without(both.new.amounts, both.old.amounts)
        for kind in Measurable:
            one = [each for each in gone if each.amount.kind is kind]
            two = [each for each in come if each.amount.kind is kind]
            for at in range(max(len(one), len(two))):
                yield self._amount(
                    both, one[at] if at < len(one) else None, two[at] if at < len(two) else None
                )

    def _amount(self, both: Both, was: Measured | None, now: Measured | None) -> NormChange:
        one = _holder(both.old.norms, was.span) if was else None
        two = _holder(both.new.norms, now.span) if now else None
        one, two = one or _counterpart(two, both.old.norms), two or _counterpart(one, both.new.norms)
        thing = self._tell.thing(was, now, both)
        turn = of_amount(was.amount if was else None, now.amount if now else None, thing, two or one)
        return self._tell.change(
            Aspect.AMOUNT, one, two,
            was=said(was.amount) if was else "", now=said(now.amount) if now else "",
            turn=turn, thing=thing,
            places=(was.span if was else None, now.span if now else None), units=both,
        )  # fmt: skip

    def _terms(self, both: Both, *, covered: bool) -> Iterator[NormChange]:
        found: list[NormChange] = []
        for name, term in TERMS.items():
            was, now = both.old.terms.get(name), both.new.terms.get(name)
            if (was is None) == (now is None):
                continue
            if name == NEGATION and (covered or (both.old.norms and both.new.norms)):
                continue  # the norms say what the *not* does
            if not _differs(both, was, now):
                continue
            one = _holder(both.old.norms, was) if was else None
            two = _holder(both.new.norms, now) if now else None
            one, two = one or _counterpart(two, both.old.norms), two or _counterpart(one, both.new.norms)
            turn = of_term(term.effect, two or one)
            found.append(
                self._tell.change(
                    Aspect.CONDITION,
                    one,
                    two,
                    was=term.said if was else "",
                    now=term.said if now else "",
                    turn=turn.mirrored if was else turn,
                    places=(was, now),
                    units=both,
                )
            )
        yield from _together(found)

    def _parties(self, both: Both, found: Sequence[NormChange]) -> Iterator[NormChange]:
        """A party named where another one was, beside who bears the norm."""
        if any(change.aspect in (Aspect.SIDE, Aspect.NEW, Aspect.GONE) for change in found):
            return
        gone, come = (
            Counter(token.key for token in facts.tokens if token.kind == "mark")
            for facts in (both.old, both.new)
        )
        lost, won = gone - come, come - gone
        for region in both.regions:
            one = next((t for t in region.old if t.kind == "mark" and lost[t.key] > 0), None)
            two = next((t for t in region.new if t.kind == "mark" and won[t.key] > 0), None)
            if one is None or two is None:
                continue
            lost[one.key] -= 1
            won[two.key] -= 1
            places = (Span(one.start, one.end), Span(two.start, two.end))
            yield self._tell.change(
                Aspect.SIDE, _holder(both.old.norms, places[0]), _holder(both.new.norms, places[1]),
                was=self._tell.quote(places[0], old=True), now=self._tell.quote(places[1], old=False),
                turn=Turn.UNCLEAR, places=places, units=both, thing="who is meant",
                confidence=Confidence.MEDIUM,
            )  # fmt: skip

    def _scope(self, both: Both, found: Sequence[NormChange]) -> Iterator[NormChange]:
        """Words that came or went with nothing in their place, in a clause that binds."""
        if not (both.old.norms or both.new.norms):
            return
        for gone, come in widened(both.regions):
            places = (_hull(gone), _hull(come))
            if any(_told(change, places) for change in found):
                continue
            one = _holder(both.old.norms, places[0]) if places[0] else None
            two = _holder(both.new.norms, places[1]) if places[1] else None
            one, two = one or _counterpart(two, both.old.norms), two or _counterpart(one, both.new.norms)
            yield self._tell.change(
                Aspect.SCOPE, one, two,
                was=self._tell.quote(places[0], old=True), now=self._tell.quote(places[1], old=False),
                turn=Turn.UNCLEAR, places=places, units=both, confidence=Confidence.LOW,
            )  # fmt: skip


def _together(changes: Sequence[NormChange]) -> Iterator[NormChange]:
    """The conditions of one norm that mean the same for the customer are one change."""
    groups: dict[tuple[str, Turn], list[NormChange]] = {}
    for change in changes:
        groups.setdefault((change.subject, change.turn), []).append(change)
    for same in groups.values():
        was = ", ".join(change.was for change in same if change.was)
        now = ", ".join(change.now for change in same if change.now)
        yield replace(same[0], was=was, now=now)


def _once(norms: Sequence[Norm]) -> list[Norm]:
    """Without what says the same of the same words."""
    seen: dict[tuple[str, str, int], Norm] = {}
    for norm in norms:
        seen.setdefault((norm.side, norm.modality, norm.action.start), norm)
    return list(seen.values())


def _words(norm: Norm, facts: Facts) -> list[str]:
    return [t.key for t in facts.tokens if norm.start <= t.start < norm.end]


def _paired(old: Sequence[Norm], new: Sequence[Norm], both: Both) -> list[tuple[Norm, Norm]]:
    """The norms that are one in two wordings: greedily, the most alike first."""
    scored = []
    ours = [_words(norm, both.old) for norm in old]
    theirs = [_words(norm, both.new) for norm in new]
    only = len(old) == len(new) == 1
    for i, one in enumerate(old):
        for j, two in enumerate(new):
            alike = Indel.normalized_similarity(ours[i], theirs[j])
            same = (one.side is two.side) + (one.modality is two.modality) + (one.topic == two.topic)
            if alike >= _ALIKE or (only and same) or (same == 3 and alike >= _ALIKE / 2):
                scored.append((-(alike + 0.1 * same), i, j))
    used: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, i, j in sorted(scored):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            pairs.append((old[i], new[j]))
    return pairs


def _untouched(one: Norm, two: Norm, both: Both) -> bool:
    """Do both norms stand word for word? Then only their surroundings made them read otherwise."""
    return _words(one, both.old) == _words(two, both.new)


def _same_power(one: Norm, two: Norm) -> bool:
    """A right to and a freedom to are one power in two wordings, and so are their denials."""
    powers = {Modality.PERMISSION, Modality.ENTITLEMENT}
    denials = {Modality.PROHIBITION, Modality.NO_ENTITLEMENT}
    both = {one.modality, two.modality}
    return both <= powers or both <= denials


def _stands(norm: Norm, regions: Sequence[Sequence[Token]], facts: Facts) -> bool:
    """Are nearly all its words in the other version as well, in order?"""
    own = [t for t in facts.tokens if norm.start <= t.start < norm.end]
    changed = {t.start for region in regions for t in region}
    return bool(own) and sum(t.start not in changed for t in own) >= _STANDS * len(own)


def _without(ours: Sequence[Measured], theirs: Sequence[Measured]) -> list[Measured]:
    """Ours that are not among theirs, counted: each of theirs takes one away."""
    left = Counter(each.key for each in theirs)
    out = []
    for each in ours:
        if left[each.key]:
            left[each.key] -= 1
        else:
            out.append(each)
    return out


def _holder(norms: Sequence[Norm], span: Span | None) -> Norm | None:
    """The norm whose words or conditions hold the place; the shortest, else the only one of its clause."""
    if span is None:
        return None
    holding = [
        norm for norm in norms
        if norm.span.overlaps(span) or any(part.overlaps(span) for part in norm.conditions)
    ]  # fmt: skip
    if holding:
        return min(holding, key=lambda norm: (norm.end - norm.start, norm.start))
    return norms[0] if len(norms) == 1 else None


def _counterpart(norm: Norm | None, norms: Sequence[Norm]) -> Norm | None:
    """The norm of the other version that is most like this one."""
    if norm is None or not norms:
        return None
    return max(
        norms,
        key=lambda other: (
            (other.side is norm.side) + (other.modality is norm.modality) + (other.topic == norm.topic),
            -other.start,
        ),
    )


def _differs(both: Both, was: Span | None, now: Span | None) -> bool:
    """Does the place lie in words that differ?"""
    if was is not None:
        return any(was.overlaps(Span(t.start, t.end)) for r in both.regions for t in r.old)
    assert now is not None
    return any(now.overlaps(Span(t.start, t.end)) for r in both.regions for t in r.new)


def _hull(tokens: Sequence[Token]) -> Span | None:
    return Span(tokens[0].start, tokens[-1].end) if tokens else None


def _told(change: NormChange, places: tuple[Span | None, Span | None]) -> bool:
    """Is the place within what another change already says?"""
    for place, passage in zip(places, (change.old, change.new), strict=True):
        if place and passage and place.overlaps(Span(passage.start, passage.end)):
            return True
    return False
