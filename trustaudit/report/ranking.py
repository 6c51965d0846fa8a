"""What comes first: the order in which findings are shown, and the three to change first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trustaudit.audit import Audit, Confidence, Effect, Finding, Severity, by_themselves


@dataclass(frozen=True, slots=True)
class Priority:
    """One thing to change, and how many more findings of the same rule it would settle."""

    index: int  # into Audit.findings
    more: tuple[int, ...]


def worst_first(audit: Audit) -> tuple[int, ...]:
    """Indices of what takes from the customer, then of notes; deposits are not among them.

    Nor is what counts with a worse finding of the same clause (``belonging``).
    By severity, then what it costs in the score, then certainty, then place.
    """
    lost = _lost(audit)

    def key(index: int) -> tuple[bool, int, float, int, int]:
        found = audit.findings[index]
        sure = list(Confidence).index(found.confidence)
        return (
            found.effect is Effect.NOTE, -found.severity.rank, -lost.get(found.rule, 0.0), -sure, found.start,
        )  # fmt: skip

    return tuple(sorted(_indices(audit, Effect.WITHDRAWAL, Effect.NOTE), key=key))


def deposits(audit: Audit) -> tuple[int, ...]:
    """Indices of what gives to the customer, the heaviest first."""
    return tuple(
        sorted(
            _indices(audit, Effect.DEPOSIT),
            key=lambda index: (-audit.findings[index].weight, audit.findings[index].start),
        )
    )


def change_first(audit: Audit, amount: int = 3) -> tuple[Priority, ...]:
    """One finding a rule, the worst rules first; what needs a check yields to what is sure."""
    by_rule: dict[str, list[int]] = {}
    for index in worst_first(audit):
        if audit.findings[index].effect is Effect.WITHDRAWAL:
            by_rule.setdefault(audit.findings[index].rule, []).append(index)
    heads = [Priority(found[0], tuple(found[1:])) for found in by_rule.values()]
    # worst_first has settled severity and cost; sorting is stable
    heads.sort(
        key=lambda head: (-audit.findings[head.index].severity.rank, _unsure(audit.findings[head.index]))
    )
    return tuple(heads[:amount])


def belonging(audit: Audit) -> dict[int, tuple[int, ...]]:
    """For the index of each root, those of the findings that count with it, the worst first."""
    index_of = {audit.findings[index].fingerprint: index for index in audit.counting}
    hidden = {each.fingerprint for each in audit.suppressed}
    groups: dict[int, list[int]] = {}
    for index, found in enumerate(audit.findings):
        if found.root in index_of and found.root and found.fingerprint not in hidden:
            groups.setdefault(index_of[found.root], []).append(index)
    return {
        root: tuple(sorted(group, key=lambda at: (-audit.findings[at].severity.rank, at)))
        for root, group in groups.items()
    }


def severities(findings: Sequence[Finding]) -> dict[Severity, int]:
    """How many withdrawals of each severity, the worst first; all four are in it. One clause counts once."""
    counts = dict.fromkeys(sorted(Severity, key=lambda each: -each.rank), 0)
    for found in (findings[index] for index in by_themselves(findings)):
        if found.effect is Effect.WITHDRAWAL:
            counts[found.severity] += 1
    return counts


def _unsure(finding: Finding) -> bool:
    return finding.confidence is Confidence.LOW


def _indices(audit: Audit, *effects: Effect) -> list[int]:
    return [index for index in audit.counting if audit.findings[index].effect in effects]


def _lost(audit: Audit) -> dict[str, float]:
    return {entry.rule: entry.lost for entry in audit.scored.entries}
