"""The score of one document, 0 to 100, shared out over the rules that lowered it.

    debit(rule) = sum of the points of its withdrawals, the weightiest first, x repeat (1, 0.25, 0.1, then 0)
    credit      = min(credit_share x deposits, credit_most x debits of rules without a critical finding)
    score       = 100 x half_at / (half_at + debits - credit)

No length of a document stands in it, so padding changes nothing. Points lost are shared out by debit.

*One withdrawal more never raises the score.* The debit of its rule grows or stays (``entries.repeated``). If
the rule holds no critical finding, debits grow by d and credit by at most credit_most x d < d. If it does, or
now does, its debit leaves the sum that can be softened, so credit falls or stays. It can void deposits: then
credit falls. *One deposit more never lowers it*: only credit depends on deposits, and rises with them.
Effective debits are computed as critical + max(rest - share, (1 - most) x rest): each step is monotone in
floating point too. The grade is monotone as well: gates count kinds of clause at or above a severity, and
one withdrawal more never lowers such a count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from trustaudit.audit import Confidence, Severity
from trustaudit.scoring.entries import Item, repeated
from trustaudit.scoring.weights import Gate, Weights


@dataclass(frozen=True, slots=True)
class Debit:
    """What one rule costs; ``severity`` is its worst, ``sure`` the worst that is not of low confidence."""

    rule: str
    points: float
    severity: Severity
    sure: Severity
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """All debits, the heaviest first, the deposits that may soften them, and where the score halves."""

    debits: tuple[Debit, ...]
    deposits: float
    half_at: float

    @property
    def total(self) -> float:
        return fsum(debit.points for debit in self.debits)

    def without(self, rule: str) -> Sum:
        """As if the rule had found nothing."""
        return Sum(tuple(d for d in self.debits if d.rule != rule), self.deposits, self.half_at)


def sum_of(items: Sequence[Item], weights: Weights, half_at: float) -> Sum:
    """Debits and deposits of items in the order of the document."""
    takes = [item for item in items if not item.deposit and item.points > 0]
    counted = repeated(takes, weights.repeat_withdrawal, lambda item: item.points)
    by_rule: dict[str, list[Item]] = {}
    for item in takes:
        by_rule.setdefault(item.finding.rule, []).append(item)
    debits = [_debit(rule, same, counted) for rule, same in by_rule.items()]
    gifts = [item for item in items if item.deposit and not item.void]
    given = repeated(gifts, weights.repeat_deposit, lambda item: item.points)
    return Sum(tuple(sorted(debits, key=lambda d: (-d.points, d.rule))), fsum(given.values()), half_at)


def _debit(rule: str, items: Sequence[Item], counted: Mapping[int, float]) -> Debit:
    sure = [item.finding.severity for item in items if item.finding.confidence is not Confidence.LOW]
    return Debit(
        rule,
        fsum(counted[item.index] for item in items),
        max((item.finding.severity for item in items), key=lambda severity: severity.rank),
        max(sure, key=lambda severity: severity.rank, default=Severity.INFO),
        tuple(items),
    )


def value(total: Sum, weights: Weights) -> float:
    """The score: 100 without debits, 50 at ``half_at`` points, towards 0."""
    critical = fsum(debit.points for debit in total.debits if debit.severity is Severity.CRITICAL)
    rest = fsum(debit.points for debit in total.debits if debit.severity is not Severity.CRITICAL)
    softened = max(rest - weights.credit_share * total.deposits, (1 - weights.credit_most) * rest)
    return round(100 * total.half_at / (total.half_at + critical + softened), 2)


def letter(score: float, weights: Weights) -> str:
    """The grade of a score by itself."""
    return next(grade for grade, least in weights.grades if score >= least)


def closed_gate(total: Sum, weights: Weights) -> Gate | None:
    """The strictest gate that the debits fall under; those of low confidence are not counted."""
    critical = sum(1 for debit in total.debits if debit.sure is Severity.CRITICAL)
    major = sum(1 for debit in total.debits if debit.sure.rank >= Severity.MAJOR.rank)
    closed = [gate for gate in weights.gates if critical >= gate.critical and major >= gate.major]
    return max(closed, key=lambda gate: gate.grade, default=None)


def graded(total: Sum, weights: Weights) -> tuple[float, str, Gate | None]:
    """Score, grade, and the gate that holds the grade under what the score alone would give."""
    score = value(total, weights)
    plain = letter(score, weights)
    gate = closed_gate(total, weights)
    if gate is None or gate.grade <= plain:
        return score, plain, None
    return score, gate.grade, gate
