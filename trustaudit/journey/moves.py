"""What would help most: each change is tried by scoring again without it.

A change is one rule's findings in all documents of one stage, or one matter in which documents contradict
each other. To change a clause is to change the whole clause, so what counts with a finding goes with it. The
gain is the difference of two scores of the journey, both computed by the same functions from the findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from trustaudit import scoring
from trustaudit.audit import Audit, Effect, Finding
from trustaudit.journey.data import JourneyData
from trustaudit.journey.score import Paper, conflict_points, journey_score, stage_scores
from trustaudit.journey.statement import ledger, passage_of
from trustaudit.journey_audit import Conflict, Move, Passage, Staged

SHOWN = 3
_TRIED = 150  # changes that are tried exactly; more only where a journey has hundreds, the least likely last
_LEAST = 0.05  # points of the journey's score that are a gain
_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Change:
    """Something that could be taken away: findings by document, or conflicts; ``hope`` orders the trials."""

    stage: str
    rule: str = ""
    findings: tuple[tuple[int, int], ...] = ()
    conflicts: tuple[int, ...] = ()
    hope: float = 0.0


@dataclass(frozen=True)
class Table:
    """All that a score is computed from."""

    documents: Sequence[Staged]
    conflicts: Sequence[Conflict]
    weights: Mapping[str, float]  # of the stages
    data: JourneyData

    def papers(self) -> list[Paper]:
        return [paper(each, each.audit.scored.value, each.audit.scored.grade) for each in self.documents]


def paper(document: Staged, score: float | None, grade: str | None) -> Paper:
    return Paper(document.stage, score, grade, document.weight)


def best_moves(table: Table) -> tuple[tuple[Move, ...], float | None]:
    """The three changes that raise the score most, and the score with all of them made."""
    now = _scored(table, table.papers(), table.conflicts)
    if now.whole is None:
        return (), None
    tried = sorted(_changes(table), key=lambda each: (-each.hope, each.stage, each.rule))[:_TRIED]
    found = [(_after(table, (change,)), change) for change in tried]
    gains = [(after, change) for after, change in found if (after.whole or 0.0) - now.whole >= _LEAST]
    gains.sort(key=lambda pair: (-(pair[0].whole or 0.0), pair[1].stage, pair[1].rule, pair[1].conflicts))
    best = gains[:SHOWN]
    moves = tuple(_move(table, now, after, change) for after, change in best)
    together = _after(table, tuple(change for _, change in best)).whole if best else None
    return moves, together


@dataclass(frozen=True, slots=True)
class _Scores:
    whole: float | None
    stages: Mapping[str, float | None]


def _scored(table: Table, papers: Sequence[Paper], conflicts: Sequence[Conflict]) -> _Scores:
    stages = stage_scores(papers, conflict_points(conflicts), table.data)
    whole = journey_score(stages, table.weights, table.data).value
    return _Scores(whole, {name: stage.value for name, stage in stages.items()})


def _changes(table: Table) -> Iterator[Change]:
    grouped: dict[tuple[str, str], list[tuple[int, int]]] = {}
    hopes: dict[tuple[str, str], float] = {}
    for number, document in enumerate(table.documents):
        for entry in document.audit.scored.entries:
            key = (document.stage, entry.rule)
            grouped.setdefault(key, []).extend((number, index) for index in entry.findings)
            hopes[key] = hopes.get(key, 0.0) + entry.lost * document.weight
    for (stage, rule), findings in grouped.items():
        yield Change(stage, rule, tuple(findings), hope=hopes[stage, rule])
    for (stage, _, _), same in _matters(table.conflicts).items():
        yield Change(stage, conflicts=same, hope=100.0)  # few, and cheap to try


def _matters(conflicts: Sequence[Conflict]) -> Mapping[tuple[str, str, str], tuple[int, ...]]:
    grouped: dict[tuple[str, str, str], tuple[int, ...]] = {}
    for index, each in enumerate(conflicts):
        key = (each.second.stage, each.kind, each.topic)
        grouped[key] = (*grouped.get(key, ()), index)
    return grouped


def _after(table: Table, changes: Sequence[Change]) -> _Scores:
    """The scores with the changes made."""
    gone: dict[int, set[int]] = {}
    settled: set[int] = set()
    for change in changes:
        settled.update(change.conflicts)
        for number, index in change.findings:
            gone.setdefault(number, set()).add(index)
    papers = table.papers()
    for number, indices in gone.items():
        papers[number] = _again(table.documents[number], indices)
    left = [each for index, each in enumerate(table.conflicts) if index not in settled]
    return _scored(table, papers, left)


def _again(document: Staged, gone: set[int]) -> Paper:
    """The document scored without these findings and what counts with them."""
    audit = document.audit
    words = int(audit.measures["words"].value or 0) if "words" in audit.measures else 0
    score, _ = scoring.weigh(without(audit, gone), audit.document, words, audit.kind)
    return paper(document, score.value, score.grade)


def without(audit: Audit, gone: set[int]) -> tuple[Finding, ...]:
    """The findings that are left when those at ``gone`` and what counts with them are taken away."""
    roots = {audit.findings[index].fingerprint for index in gone}
    return tuple(
        found
        for index, found in enumerate(audit.findings)
        if index not in gone and not (found.root in roots and found.effect is Effect.WITHDRAWAL)
    )


def _move(table: Table, now: _Scores, after: _Scores, change: Change) -> Move:
    before, later = _balances(table, change)
    move = Move(
        kind="conflict" if change.conflicts else "finding",
        title="",
        stage=change.stage,
        rule=change.rule,
        findings=change.findings,
        conflicts=change.conflicts,
        score_before=now.whole,
        score_after=after.whole,
        stage_before=now.stages.get(change.stage),
        stage_after=after.stages.get(change.stage),
        balance_before=before,
        balance_after=later,
    )
    return _with_conflict(move, table) if change.conflicts else _with_finding(move, table)


def _balances(table: Table, change: Change) -> tuple[float, float]:
    """The journey's account before and after."""
    gone: dict[int, set[int]] = {}
    for number, index in change.findings:
        gone.setdefault(number, set()).add(index)
    later = [
        replace(each, audit=replace(each.audit, findings=without(each.audit, gone[number])))
        if number in gone
        else each
        for number, each in enumerate(table.documents)
    ]
    before = ledger(table.documents, table.data, passages=False).balance
    return before, ledger(later, table.data, passages=False).balance if gone else before


def _with_finding(move: Move, table: Table) -> Move:
    rows = [(table.documents[number], index) for number, index in move.findings]
    ranked = sorted(rows, key=lambda row: -row[0].audit.findings[row[1]].severity.rank)
    document, index = ranked[0]
    worst = document.audit.findings[index]
    quotes = tuple(passage_of(each, each.audit.findings[at]) for each, at in ranked[:_QUOTES])
    return replace(
        move,
        title=worst.title,
        advice=worst.advice,
        rewrite=next((each.audit.findings[at].rewrite for each, at in ranked), ""),
        passages=quotes,
    )


def _with_conflict(move: Move, table: Table) -> Move:
    worst = max((table.conflicts[index] for index in move.conflicts), key=lambda each: each.severity.rank)
    passages: tuple[Passage, ...] = (worst.first, worst.second)
    advice = "Say the same thing in both places, and say what is better for the customer."
    return replace(move, title=worst.title, advice=advice, passages=passages)
