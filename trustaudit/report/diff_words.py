"""How a comparison says things: turns, changes, numbers before and after."""

from __future__ import annotations

from collections.abc import Mapping

from trustaudit.comparison import Change, FindingTurn, MetricChange, Turn
from trustaudit.report import words

TURN: Mapping[Turn, str] = {
    Turn.WORSE: "worse",
    Turn.BETTER: "better",
    Turn.EVEN: "even",
    Turn.UNCLEAR: "to check",
}
SIGN: Mapping[Turn, str] = {Turn.WORSE: "▼", Turn.BETTER: "▲", Turn.EVEN: "=", Turn.UNCLEAR: "?"}
CHANGE: Mapping[Change, str] = {
    Change.SAME: "the same",
    Change.MOVED: "moved",
    Change.REWORDED: "reworded",
    Change.CHANGED: "changed",
    Change.NEW: "new",
    Change.GONE: "gone",
}
FINDING: Mapping[FindingTurn, str] = {
    FindingTurn.NEW: "new",
    FindingTurn.GONE: "gone",
    FindingTurn.WORSE: "worse",
    FindingTurn.BETTER: "better",
    FindingTurn.MOVED: "moved",
    FindingTurn.SAME: "as before",
}
METRIC: Mapping[str, str] = {
    "score": "Score",
    "account_balance": "Trust account",
    "deposits": "Deposits",
    "withdrawals": "Withdrawals",
    "balance_share": "Weight on the company's side",
    "fine_print_ratio": "Fine print",
    "operative_fine_share": "Binding fine print",
    "burial_index": "Burial index",
    "money_first": "Money first",
    "reading_ease": "Reading ease",
    "words": "Words",
}
HEADLINE: Mapping[Turn, str] = {
    Turn.WORSE: "Trust goes down",
    Turn.BETTER: "Trust goes up",
    Turn.EVEN: "Trust stays as it is",
    Turn.UNCLEAR: "Trust: to check",
}


def value(metric: MetricChange, number: float | None) -> str:
    """``82.1``, ``12.5%``, ``+3.4``; a dash where it was not measured."""
    if number is None:
        return "–"
    if metric.unit == "share":
        return words.percent(number)
    if metric.name == "account_balance":
        return words.signed(number)
    return words.number(number, 0 if metric.unit == "words" else 2 if metric.unit == "index" else 1)


def difference(metric: MetricChange) -> str:
    """``+3.1``, ``−12.5 points``; empty where one is missing or nothing differs."""
    if metric.old is None or metric.new is None or metric.old == metric.new:
        return ""
    change = metric.new - metric.old
    sign = "+" if change > 0 else "−"
    if metric.unit == "share":
        return f"{sign}{words.number(100 * abs(change))} points"
    return sign + words.number(
        abs(change), 0 if metric.unit == "words" else 2 if metric.unit == "index" else 1
    )
