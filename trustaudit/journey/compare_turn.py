"""What a difference means for the customer: worse, better, even, or could not tell.

A *burden* of the customer or a *power* of the company is what a paper takes; the reverse is what it gives.
More of what takes is worse, less of it better. A norm of both sides alike is even.
"""

from __future__ import annotations

from trustaudit.audit import Side
from trustaudit.comparison import Turn
from trustaudit.journey.compare_terms import Effect
from trustaudit.language.amounts import Amount, Measurable
from trustaudit.language.norms import Modality, Norm

_BURDENS = frozenset({Modality.OBLIGATION, Modality.PROHIBITION, Modality.NO_ENTITLEMENT})
_OURS = {Side.CUSTOMER: 1, Side.BOTH: 0, Side.NEITHER: 0, Side.COMPANY: -1}
_CLAIMS = frozenset({Modality.ENTITLEMENT, Modality.PERMISSION})
_ALIKE = 1e-9


def of_norm(side: Side, modality: Modality) -> Turn:
    """What it means that this norm was added."""
    if side not in _OURS:
        return Turn.UNCLEAR
    return _turn(_OURS[side] * (-1 if modality in _BURDENS else 1))


def of_side(was: Side, now: Side, modality: Modality) -> Turn:
    """A norm that another side bears now."""
    if was not in _OURS or now not in _OURS:
        return Turn.UNCLEAR
    return _turn((_OURS[now] - _OURS[was]) * (-1 if modality in _BURDENS else 1))


def of_modality(was: Modality, now: Modality, side: Side) -> Turn:
    """The same norm, binding otherwise."""
    if side not in (Side.COMPANY, Side.CUSTOMER):
        return Turn.EVEN if side in _OURS else Turn.UNCLEAR
    difference = (was in _BURDENS) - (now in _BURDENS)
    return _turn(difference * _OURS[side]) if difference else Turn.UNCLEAR


def of_amount(was: Amount, now: Amount, thing: str, norm: Norm, *, threshold: bool = False) -> Turn:
    """More or less of something in a norm; ``threshold``: it must be reached before the norm holds."""
    if norm.side not in _OURS:
        return Turn.UNCLEAR
    more = _size(now) - _size(was)
    if abs(more) < _ALIKE or was.kind is not now.kind or not _comparable(was, now):
        return Turn.UNCLEAR
    good = _good_for_bearer(thing, norm.modality, period=now.kind is Measurable.PERIOD)
    if threshold:  # a power is reached later, and a burden too
        good = 1 if norm.modality in _BURDENS else -1
    return _turn((1 if more > 0 else -1) * good * _OURS[norm.side]) if good else Turn.UNCLEAR


_MORE: dict[str, tuple[frozenset[Modality], int, int]] = {
    # thing: these modalities, what more of it is for who bears them, and for who bears another
    "degree-interest": (_CLAIMS, 1, -1),
    "degree-time-it-lasts": (_BURDENS, -1, 1),
    "degree-notice": (_CLAIMS | {Modality.OBLIGATION}, -1, 0),  # a power that needs longer notice binds more
    "degree-time-to-cure": (
        frozenset({Modality.OBLIGATION}),
        1,
        -1,
    ),  # who must mend has longer, who ends waits
}


def _good_for_bearer(thing: str, modality: Modality, *, period: bool) -> int:
    """Whether more of it is good (1) or bad (-1) for who bears the norm, or 0: that cannot be told."""
    if thing == "degree-limit-of-liability" and not period:
        return -1
    if thing in _MORE:
        modalities, good, otherwise = _MORE[thing]
        return good if modality in modalities else otherwise
    if modality is Modality.OBLIGATION:
        return 1 if period else -1  # more time to do it; more to pay
    return 1 if modality not in _BURDENS else -1


def of_term(effect: Effect, norm: Norm | None) -> Turn:
    """What it means that a term was added to a norm."""
    if norm is None or effect is Effect.MARKS or norm.side not in _OURS:
        return Turn.UNCLEAR
    burden = norm.modality in _BURDENS
    if effect is Effect.SOFTENS:
        good = 1 if burden else -1
    elif effect is Effect.HARDENS:
        good = -1 if burden else 1
    elif burden:
        return Turn.UNCLEAR
    else:
        good = 1 if effect is Effect.FREES else -1
    return _turn(good * _OURS[norm.side])


def _comparable(one: Amount, other: Amount) -> bool:
    return one.kind is Measurable.PERIOD or one.unit == other.unit


def _size(amount: Amount) -> float:
    days = amount.days
    return amount.value if days is None else days


def _turn(sign: int) -> Turn:
    """Positive is good for the customer."""
    if sign == 0:
        return Turn.EVEN
    return Turn.BETTER if sign > 0 else Turn.WORSE
