"""One account over all documents, in the order in which the customer meets things.

    amount  = points x place x repetition x row x weight
    place   = as in a document's own account, but read on across documents: a gift is early only before the
              first ask of the whole journey, and a row of asks goes on until something is given
    repetition is counted within each document: thanks in the fifth letter are thanks again
    row     = streak_factor for what the streak_from-th paper in a row takes that takes more than it gives
    weight  = the document's weight in the manifest

The running balance is the sum of the amounts; the balance is bounded as in a document's account.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum

from trustaudit import scoring
from trustaudit.audit import Finding
from trustaudit.journey.data import JourneyData
from trustaudit.journey_audit import Passage, Staged, StatementEntry, Streak
from trustaudit.scoring.account import amounts, balance, places, reason_of
from trustaudit.scoring.entries import Item, items_of

_DECIMALS = 4  # of amounts and sums, as in a document's account
_SHORTEST = 3  # withdrawals that make a row worth naming


@dataclass(frozen=True, slots=True)
class Ledger:
    """The whole account; ``by_document`` holds deposits and withdrawals of each, both positive."""

    entries: tuple[StatementEntry, ...]
    factors: tuple[float, ...]  # of each entry, by its place and its row
    deposits: float
    withdrawals: float
    balance: float
    by_document: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Counted:
    """An item of one document with what it counts."""

    item: Item
    amount: float
    factor: float
    reason: str


def ledger(documents: Sequence[Staged], data: JourneyData, *, passages: bool = True) -> Ledger:
    """The account over documents in the customer's order; without ``passages`` entries have no quotes."""
    counted = _rows(list(_documents(documents)), documents, data)
    entries: list[StatementEntry] = []
    factors: list[float] = []
    so_far = 0.0
    for number, (document, rows) in enumerate(zip(documents, counted, strict=True)):
        for row in rows:
            found = row.item.finding
            so_far = round(so_far + row.amount, _DECIMALS) + 0.0
            passage = passage_of(document, found) if passages else None
            entries.append(
                StatementEntry(
                    number, row.item.index, document.stage, found.rule, found.title, row.amount, so_far,
                    row.reason, passage,
                )
            )  # fmt: skip
            factors.append(row.factor)
    sums = tuple(_sums(rows) for rows in counted)
    deposits = round(fsum(given for given, _ in sums), _DECIMALS)
    withdrawals = round(fsum(taken for _, taken in sums), _DECIMALS)
    bounded = balance(deposits, withdrawals, scoring.weights())
    return Ledger(tuple(entries), tuple(factors), deposits, withdrawals, bounded, sums)


def passage_of(document: Staged, found: Finding) -> Passage:
    """The words of a finding at their place in the journey."""
    return Passage(document.path, document.stage, found.quote, found.start, found.end, found.page, found.line)


def _documents(documents: Sequence[Staged]) -> Iterator[list[_Counted]]:
    """What each document's items count, with places read on from one document to the next."""
    weights = scoring.weights()
    own = [items_of(each.audit.findings, each.audit.document, weights) for each in documents]
    numbered = _numbered(own)
    factors = places([item for items in numbered for item in items], weights)
    for document, items, marked in zip(documents, own, numbered, strict=True):
        place = {item.index: factors[mark.index] for item, mark in zip(items, marked, strict=True)}
        worth = amounts(items, place, weights)
        yield [_counted(item, worth[item.index], place[item.index], document.weight) for item in items]


def _numbered(own: Sequence[Sequence[Item]]) -> list[list[Item]]:
    """The items with numbers that no two of the journey share."""
    numbered: list[list[Item]] = []
    count = 0
    for items in own:
        numbered.append([replace(item, index=count + at) for at, item in enumerate(items)])
        count += len(items)
    return numbered


def _counted(item: Item, worth: float, place: float, weight: float) -> _Counted:
    reason = reason_of(item, place, worth)
    if weight != 1 and worth:
        reason = "; ".join(filter(None, [reason, f"the document's weight: x {weight:g}"]))
    amount = worth * weight
    signed = amount if item.deposit else 0.0 - amount
    return _Counted(item, round(signed, _DECIMALS) + 0.0, place, reason)


def _rows(
    counted: Sequence[list[_Counted]], documents: Sequence[Staged], data: JourneyData
) -> list[list[_Counted]]:
    """What papers in a row that take more than they give cost beyond themselves."""
    made: list[list[_Counted]] = []
    row = 0
    for rows, _ in zip(counted, documents, strict=True):
        given, taken = _sums(rows)
        row = row + 1 if taken > given else 0 if given > taken else row
        late = row >= data.streak_from
        made.append([_heavier(each, data.streak_factor, row) if late else each for each in rows])
    return made


def _heavier(row: _Counted, factor: float, count: int) -> _Counted:
    if row.amount >= 0:
        return row
    reason = f"paper {count} in a row that takes more than it gives: x {factor:g}"
    return _Counted(
        row.item,
        round(row.amount * factor, _DECIMALS),
        row.factor * factor,
        "; ".join(filter(None, [row.reason, reason])),
    )


def _sums(rows: Sequence[_Counted]) -> tuple[float, float]:
    given = fsum(row.amount for row in rows if row.amount > 0)
    return round(given, _DECIMALS), round(0.0 - fsum(row.amount for row in rows if row.amount < 0), _DECIMALS)


def streaks(found: Ledger) -> tuple[Streak, ...]:
    """The rows of withdrawals with no deposit between, those that cost most first."""
    made: list[Streak] = []
    begin = -1
    for at, entry in enumerate((*found.entries, None)):
        if entry is not None and entry.amount < 0:
            begin = at if begin < 0 else begin
        elif begin >= 0 and (entry is None or entry.amount > 0):
            made += _streak(found, begin, at)
            begin = -1
    return tuple(sorted(made, key=lambda each: (each.amount, each.first)))


def _streak(found: Ledger, begin: int, end: int) -> Iterator[Streak]:
    taking = [at for at in range(begin, end) if found.entries[at].amount < 0]
    if len(taking) < _SHORTEST:
        return
    amount = fsum(found.entries[at].amount for at in taking)
    extra = fsum(-found.entries[at].amount * (1 - 1 / found.factors[at]) for at in taking)
    stages = tuple(dict.fromkeys(found.entries[at].stage for at in taking))
    yield Streak(taking[0], taking[-1], round(amount, _DECIMALS), round(extra, _DECIMALS), stages)


def by_stage(found: Ledger, documents: Sequence[Staged]) -> Mapping[str, tuple[float, float]]:
    """Deposits and withdrawals of each stage that has documents."""
    sums: dict[str, tuple[float, float]] = {}
    for document, (given, taken) in zip(documents, found.by_document, strict=True):
        before = sums.get(document.stage, (0.0, 0.0))
        sums[document.stage] = (
            round(before[0] + given, _DECIMALS),
            round(before[1] + taken, _DECIMALS),
        )
    return sums
