"""Each party to its side: configuration first, then *we* and *you*, roles, and what each party does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trustaudit.audit import Side
from trustaudit.language import roles
from trustaudit.language.party import Party
from trustaudit.language.standing import standing

_DECIDES = 0.1  # least difference of standing, of 2, that tells two parties apart
_ABOVE = {Side.COMPANY: "above", Side.CUSTOMER: "below"}
_OPEN = frozenset((Side.UNKNOWN, Side.BOTH))


@dataclass(frozen=True, slots=True)
class Sided:
    """A party, its side, and why in a few words; no reason where the side is unknown."""

    party: Party
    side: Side
    why: str


def decided(
    text: str, parties: Sequence[Party], company: Sequence[str], customer: Sequence[str], *, addressed: bool
) -> list[Sided]:
    """The side of each party. ``addressed``: the text speaks to *you*, who is the customer."""
    sided = [_given(party, company, customer) for party in parties]
    if any(one.side is Side.UNKNOWN for one in sided):
        sided = _only_other(sided, addressed=addressed)
    if any(one.side is Side.UNKNOWN for one in sided):
        does = standing(text, [one.party for one in sided])
        sided = [_judged(index, sided, does, addressed=addressed) for index in range(len(sided))]
        sided = _only_other(sided, addressed=addressed)
    return [_speaker(one) for one in sided] if addressed else sided


def _given(party: Party, company: Sequence[str], customer: Sequence[str]) -> Sided:
    """What needs no judgement: configuration, definitions of *we* and *you*, interchangeable roles."""
    if any(party.goes_by(name) for name in company):
        return Sided(party, Side.COMPANY, "configured as the company")
    if any(party.goes_by(name) for name in customer):
        return Sided(party, Side.CUSTOMER, "configured as the customer")
    if party.we != party.you:
        return Sided(
            party, Side.COMPANY if party.we else Side.CUSTOMER, f"defined as “{'we' if party.we else 'you'}”"
        )
    if party.names and all(roles.interchangeable(name) for name in party.names):
        return Sided(party, Side.BOTH, "a role that each party has in turn")
    return Sided(party, Side.UNKNOWN, "")


def _speaker(one: Sided) -> Sided:
    """In a text that speaks to *you*, a party of no known side is the one that speaks."""
    if one.side is not Side.UNKNOWN or one.party.rung == roles.RECEIVES:
        return one
    return replace(one, side=Side.COMPANY, why="the text speaks to “you”, who is the customer")


def _only_other(sided: list[Sided], *, addressed: bool) -> list[Sided]:
    """Where one side is known and one party is left, that party is the other side."""
    left = [index for index, one in enumerate(sided) if one.side is Side.UNKNOWN]
    known = {one.side for one in sided} - _OPEN
    if addressed and not known and len(sided) == 1:
        known = {Side.CUSTOMER}
    if len(left) != 1 or len(known) != 1:
        return sided
    side = known.pop().other
    party = sided[left[0]].party
    told = len(sided) == 2 and any(one.why.startswith("configured") for one in sided)
    if not told and party.rung == (roles.SUPPLIES if side is Side.CUSTOMER else roles.RECEIVES):
        return sided
    return [
        replace(one, side=side, why="the only other party") if one.party is party else one for one in sided
    ]


def _judged(index: int, sided: Sequence[Sided], does: Sequence[float], *, addressed: bool) -> Sided:
    """The side of one party among the others."""
    one = sided[index]
    if one.side is not Side.UNKNOWN:
        return one
    rung, name = one.party.rung, one.party.names[0]
    if rung in {roles.SUPPLIES, roles.RECEIVES}:
        side = Side.COMPANY if rung == roles.SUPPLIES else Side.CUSTOMER
        return replace(
            one, side=side, why=f"{name} {'supplies' if rung == roles.SUPPLIES else 'receives'} by its role"
        )
    others = [at for at in range(len(sided)) if at != index and sided[at].side is not Side.BOTH]
    if not others:
        side, why = _alone(rung, name)
        return replace(one, side=side, why=why)
    facing = [sided[at].party.rung for at in others]
    by_role = None if rung is None and addressed else _by_role(rung, facing)
    if by_role is not None:
        return replace(
            one,
            side=by_role,
            why=f"{name} stands {_ABOVE[by_role]} the other party by their roles",
        )
    return _by_deeds(one, does[index], [does[at] for at in others])


def _alone(rung: int | None, name: str) -> tuple[Side, str]:
    """A role word with nobody opposite."""
    works = roles.LADDER.index("roles-works")
    if rung is None or rung == works:
        return Side.UNKNOWN, ""
    return Side.COMPANY if rung < works else Side.CUSTOMER, f"{name} by its role, nobody else being named"


def _by_role(rung: int | None, facing: Sequence[int | None]) -> Side | None:
    """The side that the ladder of roles gives, or None."""
    ranked = [other for other in facing if other is not None]
    if rung is not None and ranked:
        if all(rung < other for other in ranked):
            return Side.COMPANY
        if all(rung > other for other in ranked):
            return Side.CUSTOMER
    if rung is None and len(ranked) == len(facing):
        if all(other == roles.RECEIVES for other in ranked):
            return Side.COMPANY
        if all(other == roles.SUPPLIES for other in ranked):
            return Side.CUSTOMER
    return None


def _by_deeds(one: Sided, does: float, others: Sequence[float]) -> Sided:
    """Compare what the party does with what the others do."""
    name = one.party.names[0]
    if does - max(others) >= _DECIDES:
        return replace(
            one, side=Side.COMPANY, why=f"{name} provides, grants or is paid more than the other party"
        )
    if min(others) - does >= _DECIDES:
        return replace(
            one, side=Side.CUSTOMER, why=f"{name} pays, buys or is granted more than the other party"
        )
    return one
