"""The account over a journey: every number is the sum of its entries, every quote stands where it says."""

from __future__ import annotations

from dataclasses import replace
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trustaudit
from tests.journey import sample
from trustaudit.audit import Audit, Confidence, Effect, Finding, Severity, Side
from trustaudit.journey.data import journey_data
from trustaudit.journey.statement import ledger, streaks
from trustaudit.journey_audit import JourneyAudit, Passage, Staged


def passages(journey: JourneyAudit) -> list[Passage]:
    found = [entry.passage for entry in journey.statement]
    found += [passage for each in journey.observations for passage in each.passages]
    found += [passage for each in journey.moves for passage in each.passages]
    found += [answer.passage for each in journey.waiting for answer in each.answers]
    found += [side for each in journey.conflicts for side in (each.first, each.second)]
    found += [side for each in journey.returns for side in (each.asked, each.returned)]
    return [passage for passage in found if passage is not None]


def check_sums(journey: JourneyAudit) -> None:
    so_far = 0.0
    for entry in journey.statement:
        so_far += entry.amount
        assert entry.balance == pytest.approx(so_far, abs=1e-3)
    assert journey.closing == pytest.approx(journey.deposits - journey.withdrawals, abs=1e-3)
    for stage in journey.stages:
        own = [entry.amount for entry in journey.statement if entry.stage == stage.name]
        assert stage.deposits == pytest.approx(fsum(a for a in own if a > 0), abs=1e-3)
        assert stage.withdrawals == pytest.approx(-fsum(a for a in own if a < 0), abs=1e-3)
        assert stage.closing == pytest.approx(stage.opening + fsum(own), abs=1e-3)
    assert journey.stages[-1].closing == pytest.approx(journey.closing, abs=1e-3)


def test_the_running_balance_is_the_sum_of_the_entries(example: JourneyAudit) -> None:
    assert example.statement
    check_sums(example)
    check_sums(sample.journey())


def test_every_quote_is_the_text_at_its_place(example: JourneyAudit) -> None:
    by_path = {each.path: each for each in example.documents}
    found = passages(example)
    assert len(found) > 100
    for passage in found:
        document = by_path[passage.document]
        assert document.audit.document.text[passage.start : passage.end] == passage.quote
        assert document.stage == passage.stage


def test_entries_stand_in_the_order_in_which_the_customer_meets_them(example: JourneyAudit) -> None:
    places = [
        (entry.document, example.finding(entry.document, entry.finding).start) for entry in example.statement
    ]
    assert places == sorted(places)


def _found(effect: Effect, severity: Severity, rule: str, start: int) -> Finding:
    quote = "word"
    return Finding(
        rule, rule, severity, Confidence.HIGH, effect, Side.COMPANY, "", quote, start, start + 4,
        fingerprint=f"{rule}-{start}",
    )  # fmt: skip


_BLANK = trustaudit.scan_text("word. " * 60, kind="contract")
_KINDS = st.tuples(
    st.sampled_from([Effect.DEPOSIT, Effect.WITHDRAWAL]),
    st.sampled_from(list(Severity)),
    st.sampled_from(["a/one", "a/two", "b/three"]),
)


def _audit(kinds: list[tuple[Effect, Severity, str]]) -> Audit:
    found = tuple(_found(*kind, start=6 * at) for at, kind in enumerate(kinds))
    return replace(_BLANK, findings=found)


def _staged(papers: list[list[tuple[Effect, Severity, str]]]) -> list[Staged]:
    return [
        Staged(_audit(kinds), f"stage-{order // 2}", order, f"{order}.txt")
        for order, kinds in enumerate(papers)
    ]


PAPERS = st.lists(st.lists(_KINDS, max_size=6), min_size=1, max_size=6)


@given(PAPERS)
def test_any_journey_adds_up(papers: list[list[tuple[Effect, Severity, str]]]) -> None:
    found = ledger(_staged(papers), journey_data())
    so_far = 0.0
    for entry in found.entries:
        so_far += entry.amount
        assert entry.balance == pytest.approx(so_far, abs=1e-3)
    assert so_far == pytest.approx(found.deposits - found.withdrawals, abs=1e-3)
    assert -100 <= found.balance <= 100
    for row in streaks(found):
        within = found.entries[row.first : row.last + 1]
        assert not [entry for entry in within if entry.amount > 0]
        assert row.amount == pytest.approx(fsum(entry.amount for entry in within), abs=1e-3)
        assert 0 <= row.extra < -row.amount


@given(PAPERS, st.data())
def test_one_withdrawal_more_never_raises_the_account(
    papers: list[list[tuple[Effect, Severity, str]]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(papers) - 1))
    worse = [list(kinds) for kinds in papers]
    worse[at].append((Effect.WITHDRAWAL, data.draw(st.sampled_from(list(Severity))), "a/one"))
    before = ledger(_staged(papers), journey_data(), passages=False)
    after = ledger(_staged(worse), journey_data(), passages=False)
    assert after.balance <= before.balance + 1e-6


@given(PAPERS, st.data())
def test_one_deposit_more_never_lowers_it(
    papers: list[list[tuple[Effect, Severity, str]]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(papers) - 1))
    better = [list(kinds) for kinds in papers]
    better[at].append((Effect.DEPOSIT, data.draw(st.sampled_from(list(Severity))), "b/three"))
    before = ledger(_staged(papers), journey_data(), passages=False)
    after = ledger(_staged(better), journey_data(), passages=False)
    assert after.balance >= before.balance - 1e-6


W, D = Effect.WITHDRAWAL, Effect.DEPOSIT


def test_a_gift_before_the_first_ask_of_the_journey_is_worth_more_than_after_it() -> None:
    gift, ask = [(D, Severity.MAJOR, "a/one")], [(W, Severity.MAJOR, "b/three")]
    early = ledger(_staged([gift, ask]), journey_data())
    late = ledger(_staged([ask, gift]), journey_data())
    assert early.deposits > late.deposits
    assert "before anything is asked" in early.entries[0].reason


def test_a_row_goes_on_from_one_document_to_the_next_and_ends_with_a_gift() -> None:
    one, two = [(W, Severity.MAJOR, "a/one")], [(W, Severity.MAJOR, "a/two")]
    gift = [(D, Severity.CRITICAL, "b/three")]
    row = ledger(_staged([one, two]), journey_data())
    parted = ledger(_staged([one, gift, two]), journey_data())
    assert row.withdrawals > parted.withdrawals
    assert "one of several in a row" in row.entries[1].reason


def test_from_the_third_paper_in_a_row_what_is_taken_weighs_more() -> None:
    paper = [(W, Severity.MAJOR, "a/one")]
    found = ledger(_staged([paper, paper, paper]), journey_data())
    amounts = [entry.amount for entry in found.entries]
    assert amounts[0] == amounts[1]
    assert amounts[2] == pytest.approx(amounts[0] * journey_data().streak_factor)
    assert "paper 3 in a row" in found.entries[2].reason


def test_the_weight_of_a_document_weighs_what_it_gives_and_takes() -> None:
    papers = _staged([[(W, Severity.MAJOR, "a/one")]])
    whole = ledger(papers, journey_data())
    double = ledger([replace(papers[0], weight=2.0)], journey_data())
    assert double.withdrawals == pytest.approx(2 * whole.withdrawals)
    assert "weight: x 2" in double.entries[0].reason


def test_repetition_is_counted_within_a_document() -> None:
    """Thanks in the second letter are thanks again; a second time in one letter they count less."""
    gift = (D, Severity.MAJOR, "a/one")
    apart = ledger(_staged([[gift], [gift]]), journey_data())
    together = ledger(_staged([[gift, gift]]), journey_data())
    assert apart.deposits > together.deposits
