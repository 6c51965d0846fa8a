"""Findings as entries: what each weighs before anything is counted together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from trustaudit.audit import Effect, Finding, Severity, by_themselves
from trustaudit.document import Document, Span
from trustaudit.scoring.weights import Weights

_HEAVIEST = 100.0  # points; no single finding weighs more
_REACH = 1_000  # characters a sentence is looked for to each side
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]?\s")


@dataclass(frozen=True, slots=True)
class Item:
    """A deposit or withdrawal; ``points`` are after confidence, and never negative."""

    index: int  # of the finding among all findings
    finding: Finding
    points: float
    deposit: bool
    presentation: bool = False  # about how the paper looks: has no place in the conversation
    void: bool = False  # a deposit in a sentence that takes something: no gift


def items_of(findings: Sequence[Finding], document: Document, weights: Weights) -> tuple[Item, ...]:
    """The items in the order of the document. Notes are none; of equal place, withdrawals come first.

    What counts with a worse finding of its clause is no item, but the worse one weighs at least what the
    weightiest of them does: so to find more in a clause never makes it weigh less. The order depends on the
    findings' own values only, not on the order in which they are given.
    """
    least = _weightiest(findings, weights)
    items = [
        _item(index, findings[index], weights, least.get(findings[index].fingerprint, 0.0))
        for index in by_themselves(findings)
        if findings[index].effect is not Effect.NOTE
    ]
    takes = _Takes(
        [
            item.finding.span
            for item in items
            if not item.deposit and not item.presentation and item.points > 0
        ]
    )
    voided = [
        _void(item) if item.deposit and takes.meet(sentence(document, item.finding.span)) else item
        for item in items
    ]
    return tuple(sorted(voided, key=_order))


def _weightiest(findings: Sequence[Finding], weights: Weights) -> Mapping[str, float]:
    """The points of the weightiest withdrawal that counts with a root, by the root's fingerprint."""
    most: dict[str, float] = {}
    for finding in findings:
        if finding.root and finding.effect is Effect.WITHDRAWAL:
            most[finding.root] = max(most.get(finding.root, 0.0), points(finding, weights))
    return most


def _item(index: int, finding: Finding, weights: Weights, least: float) -> Item:
    deposit = finding.effect is Effect.DEPOSIT
    return Item(
        index,
        finding,
        points(finding, weights) if deposit else max(points(finding, weights), least),
        deposit,
        presentation=finding.rule.startswith(weights.presentation),
    )


def _void(item: Item) -> Item:
    return Item(
        item.index, item.finding, item.points, deposit=True, presentation=item.presentation, void=True
    )


def _order(item: Item) -> tuple[int, bool, str, float, int, int]:
    finding = item.finding
    return (finding.start, item.deposit, finding.rule, -item.points, finding.end, item.index)


def points(finding: Finding, weights: Weights) -> float:
    """What one finding weighs: its rule's own weight, else by severity; times how sure it is.

    A severity that was raised (fine print) weighs at least what that severity weighs.
    """
    table = weights.deposit if finding.effect is Effect.DEPOSIT else weights.severity
    usual = table[Severity(finding.severity)]
    base = finding.weight if finding.weight > 0 else usual
    if finding.raised:
        base = max(base, usual)
    return min(base, _HEAVIEST) * weights.confidence[finding.confidence]


def sentence(document: Document, span: Span) -> Span:
    """The span widened to the ends of its sentence, within its block."""
    block = document.block_at(span.start)
    low = max(block.start if block else 0, span.start - _REACH)
    high = min(block.end if block else len(document.text), span.end + _REACH)
    start = low
    for end in _SENTENCE_END.finditer(document.text, low, max(span.start, low)):
        start = end.end()
    after = _SENTENCE_END.search(document.text, max(span.end - 1, low), max(high, span.end))
    return Span(min(start, span.start), max(after.start() + 1 if after else high, span.end))


class _Takes:
    """Spans of withdrawals, searched by place."""

    def __init__(self, spans: Sequence[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._reach: list[int] = []  # the furthest end of all spans up to here
        for span in ordered:
            self._reach.append(max(span.end, self._reach[-1] if self._reach else 0))

    def meet(self, span: Span) -> bool:
        """Does any of the spans share a character with this one?"""
        at = bisect_right(self._starts, span.end - 1) - 1
        return at >= 0 and self._reach[at] > span.start


def repeated(
    items: Sequence[Item], shares: Sequence[float], worth: Callable[[Item], float]
) -> Mapping[int, float]:
    """What each item counts when its rule says it again, by the item's index.

    Of one rule the weightiest counts ``shares[0]``, the next ``shares[1]`` …, then nothing. As the shares
    never grow, one item more never lowers the sum: at each rank then stands at least as much as before.
    """
    by_rule: dict[str, list[Item]] = {}
    for item in items:
        by_rule.setdefault(item.finding.rule, []).append(item)
    counted: dict[int, float] = {}
    for same in by_rule.values():
        for rank, item in enumerate(sorted(same, key=lambda one: -worth(one))):
            counted[item.index] = worth(item) * shares[rank] if rank < len(shares) else 0.0
    return counted
