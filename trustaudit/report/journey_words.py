"""How a journey's report says things: facts, sums, effects of a move, waits."""

from __future__ import annotations

from collections.abc import Iterator

from trustaudit.journey_audit import JourneyAudit, Move, StageAudit, Waiting
from trustaudit.report import words


def facts(journey: JourneyAudit) -> Iterator[str]:
    stages = sum(bool(stage.documents) for stage in journey.stages)
    yield f"{words.count(len(journey.documents), 'document')} in {words.count(stages, 'stage')}"
    if journey.company:
        yield f"by {', '.join(journey.company)}"
    if journey.segment:
        yield f"for {journey.segment}"
    if journey.audience:
        yield f"{journey.audience.value} customers"


def flows(journey: JourneyAudit) -> str:
    gifts = sum(entry.amount > 0 for entry in journey.statement)
    losses = sum(entry.amount < 0 for entry in journey.statement)
    given = f"{words.count(gifts, 'deposit')} worth {words.points(journey.deposits)}"
    taken = f"{words.count(losses, 'withdrawal')} worth {words.points(journey.withdrawals)} points"
    return f"{given if gifts else 'no deposit'}, {taken if losses else 'no withdrawal'}"


def effects(move: Move) -> Iterator[str]:
    if move.stage_before is not None and move.stage_after is not None:
        yield f"this stage: {move.stage_before:.1f} → {move.stage_after:.1f}"
    if abs(move.balance_after - move.balance_before) >= 0.05:
        before, after = words.signed(move.balance_before), words.signed(move.balance_after)
        yield f"the journey's account: {before} → {after}"


def reason(stage: StageAudit) -> tuple[str, ...]:
    """Why the stage has its score, where its notes do not say so."""
    telling = stage.reason and (stage.score is not None or not stage.documents)
    return (stage.reason,) if telling else ()


def waited(each: Waiting) -> str:
    return "could not tell" if each.score is None else f"{words.number(each.score, 0)} of 100"


def when(stages_later: int | None) -> str:
    if stages_later is None:
        return "never"
    if stages_later == 0:
        return "in the same stage"
    later = words.count(abs(stages_later), "stage")
    return f"{later} later" if stages_later > 0 else f"{later} before"


def position(balance: float) -> float:
    return min(max((balance + 100) / 200, 0.0), 1.0)
