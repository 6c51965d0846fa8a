"""The balance sheet: what each side must and may, by topic, and whose paper it is by the numbers.

    share = (powers of the company + burdens of the customer) / (powers + burdens of both)

A *burden* is a duty, a ban, or a claim denied; a *power* is a freedom, a claim, or a duty taken away. One
half is even. A norm of both sides counts for both. What is only the other face of a norm that was read, a
duty owed or a power implied, is left out, so that nothing counts twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from trustaudit.audit import Balance, Kind, Pair, Side, SideCount, TopicBalance
from trustaudit.language.norms import Modality, Norm
from trustaudit.language.reading import Reading
from trustaudit.scoring.degrees import by_topic
from trustaudit.scoring.weights import Weights, weights

_BURDENS = frozenset({Modality.OBLIGATION, Modality.PROHIBITION, Modality.NO_ENTITLEMENT})
_OTHER_FACE = frozenset({"owed", "implied"})
_NO_TOPIC = "other"


def balance(reading: Reading, pairs: Sequence[Pair] = (), table: Weights | None = None) -> Balance:
    """The sheet of a contract or term sheet; a message has its pairs alone.

    ``share`` is None where too few norms were read to say anything; ``reason`` then says so.
    """
    if reading.kind is Kind.MESSAGE:
        return Balance(pairs=tuple(pairs))
    table = table or weights()
    norms = [norm for norm in reading.norms if norm.source not in _OTHER_FACE]
    topics = _topics(reading, norms)
    share, band, reason = _judged(topics, table)
    return Balance(topics, tuple(pairs), share, band, reason)


def _topics(reading: Reading, norms: Sequence[Norm]) -> tuple[TopicBalance, ...]:
    """By name; only topics of which a norm of a known side was read."""
    grouped: dict[str, list[Norm]] = {}
    for norm in norms:
        if norm.side in (Side.COMPANY, Side.CUSTOMER, Side.BOTH):
            grouped.setdefault(norm.topic or _NO_TOPIC, []).append(norm)
    apart = by_topic(reading, norms)
    return tuple(
        TopicBalance(
            topic,
            _count(same, Side.COMPANY),
            _count(same, Side.CUSTOMER),
            apart.get("" if topic == _NO_TOPIC else topic, ()),
        )
        for topic, same in sorted(grouped.items())
    )


def _count(norms: Sequence[Norm], side: Side) -> SideCount:
    own = [norm for norm in norms if norm.side in (side, Side.BOTH)]
    burdens = sum(norm.modality in _BURDENS for norm in own)
    return SideCount(burdens, len(own) - burdens)


def _judged(topics: Sequence[TopicBalance], table: Weights) -> tuple[float | None, str, str]:
    """Share, band and the reason of the band."""
    ours = sum(topic.company.powers + topic.customer.burdens for topic in topics)
    theirs = sum(topic.company.burdens + topic.customer.powers for topic in topics)
    if ours + theirs < table.least_norms:
        return None, "", f"{ours + theirs} duties and rights are too few to weigh"
    if not all(any(_total(getattr(topic, side)) for topic in topics) for side in ("company", "customer")):
        return None, "", "only one side's duties and rights could be read"
    share = ours / (ours + theirs)
    usual = f"most papers published as fair lie between {table.even_from:.0%} and {table.even_to:.0%}"
    return share, _band(share, table), usual


def _total(count: SideCount) -> int:
    return count.burdens + count.powers


def _band(share: float, table: Weights) -> str:
    if share > table.stacked_from:
        return "stacked towards the company"
    if share > table.even_to:
        return "leans to the company"
    return "balanced" if share >= table.even_from else "leans to the customer"
