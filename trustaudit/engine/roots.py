"""Findings that overlap are one problem: the worst of them is its root, the others count with it.

Two findings are one problem where they share at least half of the shorter one. Roots are chosen greedily:
the worst first (one of low confidence stands a step lower), of equals the surer, then the shorter, which says
more exactly where it hurts; so the result depends on the findings alone, not on the order of the rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from trustaudit.audit import Confidence, Effect, Finding

_SHARED = 0.5  # of the shorter finding's characters
_SURENESS = list(Confidence)


def rooted(findings: Sequence[Finding], apart: Collection[str] = ()) -> tuple[Finding, ...]:
    """The same findings, each that belongs to a worse one naming it as its ``root``.

    ``apart`` are rules whose findings are about something else than the clause they stand at, such as a
    number of the whole document: they neither have roots nor are any.
    """
    roots: dict[int, str] = {}
    for group in _touching(findings, apart):
        heads: list[int] = []
        for index in sorted(group, key=lambda at: _order(findings[at])):
            head = next((at for at in heads if _one_problem(findings[at], findings[index])), None)
            if head is None:
                heads.append(index)
            else:
                roots[index] = findings[head].fingerprint
    return tuple(
        replace(one, root=roots[index]) if index in roots else one for index, one in enumerate(findings)
    )


def _touching(findings: Sequence[Finding], apart: Collection[str]) -> Iterator[list[int]]:
    """Groups of withdrawals whose spans hang together, by index."""
    chosen = [
        index
        for index, one in enumerate(findings)
        if one.effect is Effect.WITHDRAWAL and one.rule not in apart and one.end > one.start
    ]
    group: list[int] = []
    reach = -1
    for index in sorted(chosen, key=lambda at: (findings[at].start, findings[at].end)):
        if findings[index].start >= reach and group:
            yield group
            group = []
        group.append(index)
        reach = max(reach, findings[index].end)
    if group:
        yield group


def _order(finding: Finding) -> tuple[int, int, int, int, str]:
    low = finding.confidence is Confidence.LOW
    return (
        -(finding.severity.rank - low),
        -_SURENESS.index(finding.confidence),
        finding.end - finding.start,
        finding.start,
        finding.rule,
    )


def _one_problem(one: Finding, other: Finding) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0 and shared >= _SHARED * min(one.end - one.start, other.end - other.start)
