"""The score of a journey from the scores of its documents and what its conflicts cost.

    stage   = (stage_mean x weighted mean + stage_worst x worst) of its documents' scores
              x half_at / (half_at + points of the conflicts that the customer meets there)
    journey = mean x weighted mean of the stages + worst x the worst of them

A conflict counts in the stage where the customer meets its second side; of one kind and topic the weightiest
counts whole, the next a quarter, and so on, as findings of one rule do. A journey, and a stage, is graded at
most so many grades above its worst stage, or document. What has no score is left out and said, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from trustaudit import scoring
from trustaudit.journey.data import JourneyData
from trustaudit.journey_audit import Conflict, JourneyScore
from trustaudit.scoring.debits import letter


@dataclass(frozen=True, slots=True)
class Paper:
    """What the score needs of a document."""

    stage: str
    score: float | None
    grade: str | None
    weight: float


@dataclass(frozen=True, slots=True)
class StageScore:
    """0..100; ``plain`` before its conflicts are counted; None where no document has a score."""

    value: float | None
    grade: str | None
    plain: float | None
    conflict_points: float
    cap: str = ""


def conflict_points(conflicts: Sequence[Conflict]) -> Mapping[str, float]:
    """Points by stage."""
    weights = scoring.weights()
    grouped: dict[tuple[str, str, str], list[float]] = {}
    for each in conflicts:
        key = (each.second.stage, each.kind, each.topic)
        grouped.setdefault(key, []).append(weights.severity[each.severity])
    points: dict[str, float] = {}
    shares = weights.repeat_withdrawal
    for (stage, _, _), same in grouped.items():
        ranked = zip(sorted(same, reverse=True), shares, strict=False)
        points[stage] = points.get(stage, 0.0) + fsum(worth * share for worth, share in ranked)
    return points


def stage_scores(
    papers: Sequence[Paper], points: Mapping[str, float], data: JourneyData
) -> Mapping[str, StageScore]:
    """The score of each stage that has documents."""
    grouped: dict[str, list[Paper]] = {}
    for paper in papers:
        grouped.setdefault(paper.stage, []).append(paper)
    return {stage: _stage(own, points.get(stage, 0.0), data) for stage, own in grouped.items()}


def _stage(papers: Sequence[Paper], points: float, data: JourneyData) -> StageScore:
    counting = [paper for paper in papers if paper.weight > 0 and paper.score is not None]
    if not counting:
        return StageScore(None, None, None, points)
    total = fsum(paper.weight for paper in counting)
    mean = fsum(paper.weight * (paper.score or 0.0) for paper in counting) / total
    worst = min(paper.score or 0.0 for paper in counting)
    plain = data.stage_mean * mean + data.stage_worst * worst
    value = round(plain * data.half_at / (data.half_at + points), 2)
    grades = [paper.grade for paper in counting if paper.grade]
    grade, cap = _graded(value, grades, data.steps, "document")
    return StageScore(value, grade, round(plain, 2), points, cap)


def journey_score(
    stages: Mapping[str, StageScore], weights: Mapping[str, float], data: JourneyData
) -> JourneyScore:
    """The score of the whole; ``weights`` by stage."""
    scored = {
        name: stage
        for name, stage in stages.items()
        if stage.value is not None and weights.get(name, 1.0) > 0
    }
    points = round(fsum(stage.conflict_points for stage in stages.values()), 2)
    if not scored:
        return JourneyScore(None, None, "No grade: no document of the journey has a score.", None, points)
    value = _joined({name: stage.value or 0.0 for name, stage in scored.items()}, weights, data)
    plain = _joined({name: stage.plain or 0.0 for name, stage in scored.items()}, weights, data)
    grades = [stage.grade for stage in scored.values() if stage.grade]
    grade, cap = _graded(value, grades, data.steps, "stage")
    reason = f"{value:.0f} of 100: {data.mean:.0%} is the mean of its stages, {data.worst:.0%} the worst one."
    if plain - value >= 0.5:
        reason += f" Without the documents' conflicts it would be {plain:.0f}."
    return JourneyScore(value, grade, reason, plain, points, cap)


def _joined(values: Mapping[str, float], weights: Mapping[str, float], data: JourneyData) -> float:
    total = fsum(weights.get(name, 1.0) for name in values)
    mean = fsum(weights.get(name, 1.0) * value for name, value in values.items()) / total
    return round(data.mean * mean + data.worst * min(values.values()), 2)


def _graded(value: float, grades: Sequence[str], steps: int, what: str) -> tuple[str, str]:
    """The grade of a score, and what holds it down."""
    order = [grade for grade, _ in scoring.weights().grades]
    plain = letter(value, scoring.weights())
    if not grades:
        return plain, ""
    worst = max(grades)  # letters: the later, the worse
    best = order[max(order.index(worst) - steps, 0)]
    if best <= plain:
        return plain, ""
    return best, f"at best {best}: its worst {what} is graded {worst}"
