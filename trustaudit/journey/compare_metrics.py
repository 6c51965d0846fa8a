"""Score, account, balance and measures of two audits, side by side."""

from __future__ import annotations

from collections.abc import Iterator

from trustaudit.audit import Audit, SideCount, TopicBalance
from trustaudit.comparison import MetricChange, TopicChange, Turn
from trustaudit.journey_audit import JourneyAudit

POINTS = 1  # digits; a difference that no report shows is none
SHARES = 3

_MEASURES = (  # name, unit, whether more of it is good for the customer
    ("fine_print_ratio", "share", False),
    ("operative_fine_share", "share", False),
    ("burial_index", "index", False),
    ("money_first", "points", False),
    ("reading_ease", "points", True),
    ("words", "words", None),
)


def metric_changes(old: Audit, new: Audit) -> tuple[MetricChange, ...]:
    """The numbers of both, those that are equal too; None where one could not be measured."""
    return tuple(_metrics(old, new))


def _metrics(old: Audit, new: Audit) -> Iterator[MetricChange]:
    yield _metric("score", old.score, new.score, "points", good=True)
    yield _metric("account_balance", old.account.balance, new.account.balance, "points", good=True)
    yield _metric("deposits", old.account.deposits, new.account.deposits, "points", good=True)
    yield _metric("withdrawals", old.account.withdrawals, new.account.withdrawals, "points", good=False)
    if old.balance.share is not None or new.balance.share is not None:
        yield _metric("balance_share", old.balance.share, new.balance.share, "share", good=False)
    for name, unit, good in _MEASURES:
        one, two = old.metrics.get(name), new.metrics.get(name)
        if one is not None or two is not None:
            yield _metric(name, one, two, unit, good=good)


def _metric(name: str, old: float | None, new: float | None, unit: str, *, good: bool | None) -> MetricChange:
    digits = {"share": SHARES, "index": SHARES, "words": 0, "count": 0}.get(unit, POINTS)
    one = None if old is None else round(old, digits) + 0.0
    two = None if new is None else round(new, digits) + 0.0
    return MetricChange(name, one, two, _turn(one, two, good), unit)


def _turn(old: float | None, new: float | None, good: bool | None) -> Turn:
    if old == new:
        return Turn.EVEN
    if old is None or new is None or good is None:
        return Turn.UNCLEAR
    return Turn.BETTER if (new > old) is good else Turn.WORSE


def topic_changes(old: Audit, new: Audit) -> tuple[TopicChange, ...]:
    """The topics whose burdens or powers differ, by name."""
    one = {each.topic: _counts(each) for each in old.balance.topics}
    two = {each.topic: _counts(each) for each in new.balance.topics}
    nothing = (0, 0, 0, 0)
    return tuple(
        TopicChange(
            topic,
            one.get(topic, nothing),
            two.get(topic, nothing),
            _leans(one.get(topic, nothing), two.get(topic, nothing)),
        )
        for topic in sorted(one.keys() | two.keys())
        if one.get(topic, nothing) != two.get(topic, nothing)
    )


def _counts(topic: TopicBalance) -> tuple[int, int, int, int]:
    return (*_pair(topic.company), *_pair(topic.customer))


def _pair(count: SideCount) -> tuple[int, int]:
    return count.burdens, count.powers


def _leans(old: tuple[int, int, int, int], new: tuple[int, int, int, int]) -> Turn:
    """Towards the company is worse: its powers and the customer's burdens, less the reverse."""
    before, after = (powers + taken - burdens - given for burdens, powers, taken, given in (old, new))
    if before == after:
        return Turn.EVEN
    return Turn.WORSE if after > before else Turn.BETTER


def journey_changes(old: JourneyAudit, new: JourneyAudit) -> tuple[MetricChange, ...]:
    """The account of two whole journeys: score, balance, sums, conflicts, and the score of each stage."""
    return tuple(_journey(old, new))


def _journey(old: JourneyAudit, new: JourneyAudit) -> Iterator[MetricChange]:
    yield _metric("score", old.score, new.score, "points", good=True)
    yield _metric("account_balance", old.balance, new.balance, "points", good=True)
    yield _metric("deposits", old.deposits, new.deposits, "points", good=True)
    yield _metric("withdrawals", old.withdrawals, new.withdrawals, "points", good=False)
    conflicts = float(len(old.conflicts)), float(len(new.conflicts))
    yield _metric("conflicts", *conflicts, "count", good=False)
    was = {stage.name: stage.score for stage in old.stages}
    now = {stage.name: stage.score for stage in new.stages}
    for name in dict.fromkeys((*now, *was)):
        if was.get(name) is not None or now.get(name) is not None:
            yield _metric(f"stage: {name}", was.get(name), now.get(name), "points", good=True)
