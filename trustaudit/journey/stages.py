"""One line for each stage: what is given and taken there, its score, and what is special about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trustaudit import scoring
from trustaudit.journey.data import JourneyData
from trustaudit.journey.manifest import Manifest, StageEntry
from trustaudit.journey.moves import paper
from trustaudit.journey.score import StageScore, conflict_points, stage_scores
from trustaudit.journey.statement import Ledger, by_stage
from trustaudit.journey_audit import STAGES, Conflict, Hole, StageAudit, Staged
from trustaudit.ruleset.problems import near
from trustaudit.scoring.account import balance

_EMPTY = StageScore(None, None, None, 0.0)


@dataclass(frozen=True, slots=True)
class _Sums:
    given: Mapping[str, tuple[float, float]]
    scores: Mapping[str, StageScore]


def stage_audits(
    manifest: Manifest,
    documents: Sequence[Staged],
    holes: Sequence[Hole],
    found: Ledger,
    conflicts: Sequence[Conflict],
    data: JourneyData,
) -> tuple[StageAudit, ...]:
    """The stages of the manifest in its order, those without a document too."""
    papers = [paper(each, each.audit.scored.value, each.audit.scored.grade) for each in documents]
    sums = _Sums(by_stage(found, documents), stage_scores(papers, conflict_points(conflicts), data))
    made: list[StageAudit] = []
    opening = 0.0
    customers = _customers(manifest.stages, data)
    for entry in manifest.stages:
        own = tuple(number for number, each in enumerate(documents) if each.stage == entry.name)
        stage = _stage(entry, own, holes, conflicts, sums, opening, data, customer=customers[entry.name])
        made.append(stage)
        opening = stage.closing
    return tuple(made)


def _stage(
    entry: StageEntry, own: tuple[int, ...], holes: Sequence[Hole], conflicts: Sequence[Conflict],
    sums: _Sums, opening: float, data: JourneyData, *, customer: bool,
) -> StageAudit:  # fmt: skip
    usual = data.stage(entry.name)
    given, taken = sums.given.get(entry.name, (0.0, 0.0))
    score = sums.scores.get(entry.name, _EMPTY)
    lost = sum(hole.stage == entry.name for hole in holes)
    torn = sum(entry.name in (each.first.stage, each.second.stage) for each in conflicts)
    weight = entry.weight if entry.weight is not None else usual.weight if usual else 1.0
    return StageAudit(
        name=entry.name,
        title=entry.title or (usual.title if usual else entry.name.replace("-", " ").capitalize()),
        documents=own,
        deposits=given,
        withdrawals=taken,
        opening=opening,
        closing=round(opening + given - taken, 4) + 0.0,
        balance=balance(given, taken, scoring.weights()),
        score=score.value,
        grade=score.grade,
        reason=_reason(score, own, lost),
        customer=customer,
        notes=tuple(_notes(score, own, (given, taken), lost, torn)),
        holes=lost,
        conflicts=torn,
        weight=weight,
    )


def _customers(entries: Sequence[StageEntry], data: JourneyData) -> Mapping[str, bool]:
    """Whether people are customers in each stage: as the manifest says, as usual, or as just before."""
    found: dict[str, bool] = {}
    now = False
    for at, entry in enumerate(entries):
        usual = data.stage(entry.name)
        if entry.customer is not None:
            now = entry.customer
        elif usual is not None:
            now = not usual.before
        elif at == 0:
            later = next((data.stage(each.name) for each in entries if data.stage(each.name)), None)
            now = later is not None and not later.before
        found[entry.name] = now
    return found


def _reason(score: StageScore, own: tuple[int, ...], lost: int) -> str:
    if score.value is None:
        if not own:
            return "its documents could not be read" if lost else "no document of this stage is here"
        return "none of its documents has a score"
    if score.conflict_points and score.plain is not None:
        return f"score {score.plain:.0f} without its conflicts"
    return score.cap


def _notes(
    score: StageScore, own: tuple[int, ...], sums: tuple[float, float], lost: int, torn: int
) -> Iterator[str]:
    given, taken = sums
    if lost:
        yield f"{lost} document{'' if lost == 1 else 's'} could not be read"
    if own and score.value is None and not given + taken:
        yield "could not tell: too little was read"
    elif own and not given:
        yield "no deposit at all"
    if torn:
        yield f"{torn} conflict{'' if torn == 1 else 's'}"


def stage_names(manifest: Manifest) -> tuple[str, ...]:
    """What is to be said of stages that are none of the usual ones but look like a slip of the pen."""
    return tuple(
        f"stage: '{stage.name}' is taken as a stage of your own.{hint}"
        for stage in manifest.stages
        if stage.name not in STAGES and (hint := near(stage.name, STAGES))
    )
