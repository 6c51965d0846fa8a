"""Two wordings of one clause: which norms differ, and in what.

Who bears a norm and how it binds come from the norms that were read on both sides; amounts, terms and words
from the difference of the words. A norm whose own words have not changed has not changed, however the rest
of its sentence made it read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from trustaudit.audit import Side
from trustaudit.comparison import Aspect, NormChange, Turn
from trustaudit.journey.compare_facts import Facing, Facts, Measured
from trustaudit.journey.compare_matching import holders, once, paired, same_power, stands, untouched
from trustaudit.journey.compare_regions import Both, Vocabulary
from trustaudit.journey.compare_said import Teller, main
from trustaudit.journey.compare_terms import Effect
from trustaudit.journey.compare_turn import of_amount, of_modality, of_norm, of_side, of_term
from trustaudit.journey.compare_wording import parties, scope, terms
from trustaudit.language.amounts import Measurable
from trustaudit.language.degrees import said
from trustaudit.language.norms import Norm


class Norms:
    """The differences in norms between two versions of a document, clause by clause."""

    def __init__(self, old: Facing, new: Facing, known: Vocabulary) -> None:
        self._old, self._new, self._known = old, new, known
        self._tell = Teller(old.reading, new.reading)

    def both(self, old: Facts, new: Facts) -> Both:
        return Both.of(old, new, self._known)

    def reworded(self, both: Both, *, context: bool = False, shared: bool = False) -> tuple[NormChange, ...]:
        """What differs between two wordings.

        ``context``: what leads into them does, be they the same. ``shared``: a norm of both sides stands
        beside them as a norm of each, so that who bears it is no difference.
        """
        found = [*self._bound(both, context=context, shared=shared)]
        found += self._amounts(both)
        found += terms(self._tell, both, covered=bool(found))
        found += [] if shared else parties(self._tell, both, found)
        found += scope(self._tell, both, found)
        return tuple(found)

    def alone(self, facts: Facts, aspect: Aspect) -> tuple[NormChange, ...]:
        """The norms of a clause that only one version has."""
        return tuple(self._single(norm, aspect) for norm in once(facts.norms))

    def _single(self, norm: Norm, aspect: Aspect) -> NormChange:
        gone = aspect is Aspect.GONE
        turn = of_norm(norm.side, norm.modality)
        return self._tell.change(
            aspect,
            norm if gone else None,
            None if gone else norm,
            was=self._tell.bond(norm, old=True) if gone else "",
            now="" if gone else self._tell.bond(norm, old=False),
            turn=turn.mirrored if gone else turn,
        )

    def _bound(self, both: Both, *, context: bool, shared: bool) -> Iterator[NormChange]:
        """Who is bound, and how."""
        old, new = once(both.old.norms), once(both.new.norms)
        pairs = paired(old, new, both)
        for one, two in pairs:
            if context or not untouched(one, two, both):
                yield from self._pair(one, two, shared=shared)
        matched = {id(norm) for pair in pairs for norm in pair}
        gone, come = both.changed(old=True), both.changed(old=False)
        for norm in old:
            if id(norm) not in matched and not stands(norm, both.old, gone):
                yield self._single(norm, Aspect.GONE)
        for norm in new:
            if id(norm) not in matched and not stands(norm, both.new, come):
                yield self._single(norm, Aspect.NEW)

    def _pair(self, one: Norm, two: Norm, *, shared: bool) -> Iterator[NormChange]:
        """One norm in two wordings."""
        known = Side.UNKNOWN not in (one.side, two.side)
        if one.side is not two.side and known and not (shared and Side.BOTH in (one.side, two.side)):
            turn = of_side(one.side, two.side, two.modality)
            was, now = self._tell.side(one), self._tell.side(two)
            yield self._tell.change(Aspect.SIDE, one, two, was=was, now=now, turn=turn)
        if one.modality is not two.modality and not same_power(one, two):
            turn = of_modality(one.modality, two.modality, two.side)
            was, now = self._tell.modality(one.modality), self._tell.modality(two.modality)
            yield self._tell.change(Aspect.MODALITY, one, two, was=was, now=now, turn=turn)

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
        places = was.span if was else None, now.span if now else None
        one, two = holders(both, *places)
        thing = self._tell.thing(was, now, both)
        return self._tell.change(
            Aspect.AMOUNT,
            one,
            two,
            was=said(was.amount) if was else "",
            now=said(now.amount) if now else "",
            turn=self._amount_turn(one, two, was, now, thing),
            thing=thing or _SORTS[(now or was or both.old.amounts[0]).amount.kind],
            places=places,
            units=both,
        )

    def _amount_turn(
        self, one: Norm | None, two: Norm | None, was: Measured | None, now: Measured | None, thing: str
    ) -> Turn:
        if was is None or now is None:
            if thing not in _LIMITING:
                return Turn.UNCLEAR
            turn = of_term(Effect.LIMITS, main(one, two))
            return turn if was is None else turn.mirrored
        if one and two and {one.side, two.side} == {Side.COMPANY, Side.CUSTOMER}:
            return Turn.UNCLEAR  # more for the one is no less for the other
        norm = main(one, two)
        if norm is None:
            return Turn.UNCLEAR
        facing, place = (self._new, now) if norm is two else (self._old, was)
        threshold = any(
            part.overlaps(place.span) and facing.reading.document.quote(part).lower().startswith(_WHEN)
            for part in norm.conditions
        )
        return of_amount(was.amount, now.amount, thing, norm, threshold=threshold)


_LIMITING = frozenset({"degree-notice", "degree-time-to-cure"})  # a power without them is wider
_WHEN = ("if ", "when", "where", "once ", "after ", "in the event", "in case")
_SORTS = {Measurable.PERIOD: "period", Measurable.PERCENT: "rate", Measurable.MONEY: "sum"}


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
