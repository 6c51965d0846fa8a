"""The trust account of one document: a statement in the order in which the reader meets things.

    amount  = points x place x repetition       (repetition: see ``entries.repeated``)
    place   = early_deposit for a deposit before the first withdrawal
            = 1 + streak_step x (other kinds of withdrawal since the last deposit), at most streak_most
    balance = 100 x (D - W) / (D + W + cushion) = 100 x (1 - 2 / (1 + (D + cushion/2) / (W + cushion/2)))

D and W are the sums of both kinds of amounts. The balance lies between -100 and 100, 0 for an empty paper.

*One withdrawal more never raises the balance.* It can move the first withdrawal forward, so deposits lose
their early place, never gain it; it can void a deposit, which then neither counts nor ends a row; it
lengthens the row it falls into, so the factors of those behind it grow or stay. So each deposit's worth
falls or stays and each withdrawal's grows or stays; sums over ranks are monotone in every worth; so D falls
and W grows, or they stay.
*One deposit more never lowers it*: it moves no first withdrawal; it can cut a row in two, so factors fall
or stay; it adds to D. Even a deposit whose repetition counts nothing ends a row: were it otherwise, a
weightier deposit of the same rule could join two rows. The last form of the balance is computed, since
each of its steps is monotone in floating point too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from trustaudit.audit import Account, Entry
from trustaudit.scoring.entries import Item, repeated
from trustaudit.scoring.weights import Weights

_DECIMALS = 4  # of amounts and sums


def account_of(items: Sequence[Item], weights: Weights) -> Account:
    """The account of items in the order of the document (``entries.items_of``)."""
    factors = places(items, weights)
    counted = amounts(items, factors, weights)
    deposits = round(fsum(counted[item.index] for item in items if item.deposit), _DECIMALS)
    withdrawals = round(fsum(counted[item.index] for item in items if not item.deposit), _DECIMALS)
    return Account(
        deposits, withdrawals, balance(deposits, withdrawals, weights), _statement(items, factors, counted)
    )


def balance(deposits: float, withdrawals: float, weights: Weights) -> float:
    """-100 to 100; rises with deposits, falls with withdrawals, 0 where there is nothing."""
    half = weights.cushion / 2
    return round(100 * (1 - 2 / (1 + (deposits + half) / (withdrawals + half))), 2) + 0.0


def places(items: Sequence[Item], weights: Weights) -> Mapping[int, float]:
    """For each item the factor that it has by its place, by the item's index."""
    places: dict[int, float] = {}
    asked = False
    row: set[str] = set()
    for item in items:
        places[item.index] = 1.0
        if item.presentation:
            continue
        if item.deposit:
            if not item.void:
                row = set()
                places[item.index] = 1.0 if asked else weights.early_deposit
        elif item.points > 0:
            asked = True
            others = len(row - {item.finding.rule})
            row.add(item.finding.rule)
            places[item.index] = min(1 + weights.streak_step * others, weights.streak_most)
    return places


def amounts(items: Sequence[Item], places: Mapping[int, float], weights: Weights) -> Mapping[int, float]:
    """What each item counts in the account, without its sign."""
    gifts = [item for item in items if item.deposit and not item.void]
    takes = [item for item in items if not item.deposit]
    counted = {item.index: 0.0 for item in items}
    counted |= repeated(gifts, weights.repeat_deposit, lambda item: item.points * places[item.index])
    counted |= repeated(takes, weights.repeat_withdrawal, lambda item: item.points * places[item.index])
    return {index: round(amount, _DECIMALS) for index, amount in counted.items()}


def _statement(
    items: Sequence[Item], places: Mapping[int, float], amounts: Mapping[int, float]
) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    so_far = 0.0
    for item in items:
        amount = amounts[item.index] if item.deposit else 0.0 - amounts[item.index]
        so_far = round(so_far + amount, _DECIMALS) + 0.0
        reason = reason_of(item, places[item.index], abs(amount))
        entries.append(Entry(item.finding.rule, amount, item.index, so_far, reason))
    return tuple(entries)


def reason_of(item: Item, place: float, amount: float) -> str:
    """Why the amount is not simply the points of the finding, or empty."""
    if item.void:
        return "the same sentence takes something: no deposit"
    if item.points > 0 and amount == 0:
        return "said often enough before: counts nothing more"
    parts = []
    if place > 1:
        parts.append(
            f"{'given before anything is asked' if item.deposit else 'one of several in a row'}: x {place:g}"
        )
    if amount < round(item.points * place, _DECIMALS):
        parts.append("said before: counts in part")
    return "; ".join(parts)
