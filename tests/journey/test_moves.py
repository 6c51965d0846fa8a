"""The score of a journey and the moves: what is promised is what scoring again gives."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.journey import sample
from trustaudit import scoring
from trustaudit.audit import Severity
from trustaudit.errors import RuleError
from trustaudit.journey.data import journey_data, read_journey_data
from trustaudit.journey.moves import without
from trustaudit.journey.score import Paper, conflict_points, journey_score, stage_scores
from trustaudit.journey_audit import BEFORE_CUSTOMER, STAGES, JourneyAudit, Move
from trustaudit.resources import rules_dir

DATA = journey_data()


def again(journey: JourneyAudit, moves: tuple[Move, ...]) -> float | None:
    """The journey's score from nothing but its findings, with the moves made."""
    gone = {pair for move in moves for pair in move.findings}
    settled = {index for move in moves for index in move.conflicts}
    papers = []
    for number, document in enumerate(journey.documents):
        audit = document.audit
        own = {index for at, index in gone if at == number}
        words = int(audit.measures["words"].value or 0)
        score, _ = scoring.weigh(without(audit, own), audit.document, words, audit.kind)
        papers.append(Paper(document.stage, score.value, score.grade, document.weight))
    left = [each for index, each in enumerate(journey.conflicts) if index not in settled]
    stages = stage_scores(papers, conflict_points(left), DATA)
    return journey_score(stages, {each.name: each.weight for each in journey.stages}, DATA).value


def test_the_score_is_what_scoring_again_gives(example: JourneyAudit) -> None:
    assert again(example, ()) == example.score


def test_each_move_keeps_its_promise(example: JourneyAudit) -> None:
    assert len(example.moves) == 3
    for move in example.moves:
        assert again(example, (move,)) == move.score_after
        assert move.score_before == example.score
        assert move.gain > 0


def test_all_moves_together_keep_theirs(example: JourneyAudit) -> None:
    assert example.moves_together == again(example, example.moves)
    assert (example.moves_together or 0) >= max(move.score_after or 0 for move in example.moves)


def test_the_best_comes_first_and_no_other_would_help_more(example: JourneyAudit) -> None:
    gains = [move.gain for move in example.moves]
    assert gains == sorted(gains, reverse=True)
    shown = {(move.stage, move.rule) for move in example.moves}
    for number, document in enumerate(example.documents):
        for entry in document.audit.scored.entries:
            if (document.stage, entry.rule) in shown:
                continue
            pairs = tuple((number, index) for index in entry.findings)
            score = again(example, (Move("finding", "", document.stage, entry.rule, pairs),))
            assert (score or 0) - (example.score or 0) <= gains[-1] + 1e-6


def test_the_score_is_the_mean_and_the_worst_of_the_stages(example: JourneyAudit) -> None:
    scored = [(stage.score, stage.weight) for stage in example.stages if stage.score is not None]
    mean = sum(score * weight for score, weight in scored) / sum(weight for _, weight in scored)
    worst = min(score for score, _ in scored)
    assert example.score == pytest.approx(DATA.mean * mean + DATA.worst * worst, abs=0.05)
    assert example.worst_stage is not None
    assert example.worst_stage.score == worst


PAPERS = st.lists(
    st.builds(
        Paper,
        st.sampled_from(["contract", "service", "exit"]),
        st.one_of(st.none(), st.floats(0, 100)),
        st.sampled_from("ABCDEF"),
        st.sampled_from([0.0, 0.5, 1.0, 2.0]),
    ),
    min_size=1,
    max_size=8,
)


@given(PAPERS)
def test_a_score_lies_between_its_worst_and_its_best_document(papers: list[Paper]) -> None:
    stages = stage_scores(papers, {}, DATA)
    found = journey_score(stages, {}, DATA)
    counting = [paper.score for paper in papers if paper.score is not None and paper.weight > 0]
    if not counting:
        assert found.value is None
        assert "No grade" in found.reason
        return
    assert found.value is not None
    assert min(counting) - 0.02 <= found.value <= max(counting) + 0.02
    assert found.grade in set("ABCDEF")


@given(PAPERS, st.integers(0, 7), st.floats(0, 100))
def test_a_better_document_never_lowers_the_score(papers: list[Paper], at: int, gain: float) -> None:
    at %= len(papers)
    old = papers[at]
    if old.score is None:
        return
    better = [*papers[:at], replace(old, score=min(old.score + gain, 100.0)), *papers[at + 1 :]]
    before = journey_score(stage_scores(papers, {}, DATA), {}, DATA).value
    after = journey_score(stage_scores(better, {}, DATA), {}, DATA).value
    if before is not None and after is not None:
        assert after >= before - 0.02


@given(PAPERS, st.dictionaries(st.sampled_from(["contract", "service"]), st.floats(0, 60)))
def test_conflicts_never_raise_the_score(papers: list[Paper], points: dict[str, float]) -> None:
    before = journey_score(stage_scores(papers, {}, DATA), {}, DATA).value
    after = journey_score(stage_scores(papers, points, DATA), {}, DATA).value
    if before is not None and after is not None:
        assert after <= before + 0.02


def test_a_journey_is_at_most_two_grades_above_its_worst_stage() -> None:
    papers = [Paper("contract", 20.0, "F", 1.0), *(Paper(f"s{n}", 100.0, "A", 1.0) for n in range(12))]
    found = journey_score(stage_scores(papers, {}, DATA), {"contract": 0.1}, DATA)
    assert found.value is not None
    assert found.value > 55
    assert found.grade == "D"
    assert found.cap == "at best D: its worst stage is graded F"


def test_five_times_the_same_is_better_than_the_same_mean_with_a_bad_stage() -> None:
    """Consistency wins."""
    even = [Paper(f"s{n}", 77.6, "B", 1.0) for n in range(5)]
    uneven = [Paper(f"s{n}", score, "B", 1.0) for n, score in enumerate((100.0, 51.0, 73.0, 84.0, 80.0))]
    better = journey_score(stage_scores(even, {}, DATA), {}, DATA).value
    worse = journey_score(stage_scores(uneven, {}, DATA), {}, DATA).value
    assert better is not None
    assert worse is not None
    assert worse == pytest.approx(67.0, abs=0.1)
    assert better > worse


def test_of_one_matter_the_second_conflict_costs_less() -> None:
    one = sample.conflicts(sample.documents())[0]
    twice, other = conflict_points([one, one]), conflict_points([one, replace(one, topic="notice")])
    alone = conflict_points([one])
    assert alone["reminder"] < twice["reminder"] < other["reminder"] == 2 * alone["reminder"]
    worse = conflict_points([replace(one, severity=Severity.CRITICAL)])
    assert worse["reminder"] > alone["reminder"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('mean: {value: 0.6, reason: "', 'mean: {value: 0.6, cause: "', "every weight says why"),
        ("least: 3", "colour: 3", "unknown key 'colour'"),
        ("  sample:\n", "  sampel:\n", "no stage is called 'sampel'. Did you mean 'sample'?"),
        ("least: 3", "least: much", "'least' must be a number"),
        ("  stages: [sample,", "  stages: sample  # [", "'stages' must be a list of words"),
    ],
)
def test_data_that_are_wrong_are_refused(old: str, new: str, said: str) -> None:
    source = (rules_dir() / "journey.yaml").read_text(encoding="utf-8")
    assert old in source
    with pytest.raises(RuleError, match=re.escape(said)) as error:
        read_journey_data(source.replace(old, new).encode(), "journey.yaml")
    assert str(error.value).startswith("journey.yaml:")


def test_the_data_have_every_usual_stage() -> None:
    assert tuple(stage.id for stage in DATA.stages) == STAGES
    assert {stage.id for stage in DATA.stages if stage.before} == BEFORE_CUSTOMER
