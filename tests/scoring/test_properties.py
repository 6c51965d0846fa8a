"""What must hold for any findings at all."""

from __future__ import annotations

import random
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.scoring.findings import PAPER, WORDS, finding, paper
from trustaudit.audit import Account, Confidence, Effect, Finding, Kind, Score, Severity
from trustaudit.scoring import weigh

RULES = ["one-sided/a", "one-sided/b", "care/c", "layout/d", "fine-print/e"]


def made(effects: list[Effect]) -> st.SearchStrategy[Finding]:
    return st.builds(
        finding,
        rule=st.sampled_from(RULES),
        at=st.integers(0, 12),
        effect=st.sampled_from(effects),
        severity=st.sampled_from(list(Severity)),
        confidence=st.sampled_from(list(Confidence)),
        weight=st.one_of(st.just(0.0), st.floats(0.25, 20)),
    )


ANY = st.lists(made([Effect.WITHDRAWAL, Effect.DEPOSIT]), max_size=14)
KINDS = st.sampled_from(list(Kind))
SEEDS = st.integers(0, 2**32)


def weighed(findings: list[Finding], kind: Kind = Kind.CONTRACT) -> tuple[float, str, Score, Account]:
    score, account = weigh(findings, PAPER, WORDS, kind)
    assert score.value is not None
    assert score.grade is not None
    return score.value, score.grade, score, account


@settings(max_examples=300, deadline=None)
@given(ANY, made([Effect.WITHDRAWAL]), KINDS)
def test_one_withdrawal_more_never_helps(findings: list[Finding], more: Finding, kind: Kind) -> None:
    value, grade, _, account = weighed(findings, kind)
    after, grade_after, _, account_after = weighed([*findings, more], kind)

    assert after <= value
    assert grade_after >= grade
    assert account_after.balance <= account.balance
    assert account_after.deposits <= account.deposits
    assert account_after.withdrawals >= account.withdrawals


@settings(max_examples=300, deadline=None)
@given(ANY, made([Effect.DEPOSIT]), KINDS)
def test_one_deposit_more_never_hurts(findings: list[Finding], more: Finding, kind: Kind) -> None:
    value, grade, _, account = weighed(findings, kind)
    after, grade_after, _, account_after = weighed([*findings, more], kind)

    assert after >= value
    assert grade_after <= grade
    assert account_after.balance >= account.balance
    assert account_after.deposits >= account.deposits
    assert account_after.withdrawals <= account.withdrawals


@settings(max_examples=60, deadline=None)
@given(ANY, KINDS)
def test_everything_is_bounded_and_sums_up(findings: list[Finding], kind: Kind) -> None:
    value, _, score, account = weighed(findings, kind)

    assert 0 < value <= 100
    assert -100 <= account.balance <= 100
    assert fsum(entry.lost for entry in score.entries) == pytest.approx(100 - value)
    amounts = [entry.amount for entry in account.entries]
    assert len(amounts) == len(findings)
    assert fsum(amounts) == pytest.approx(account.deposits - account.withdrawals)
    assert fsum(a for a in amounts if a > 0) == pytest.approx(account.deposits)
    assert account.entries == () or account.entries[-1].balance == pytest.approx(fsum(amounts))
    starts = [findings[entry.finding].start for entry in account.entries]
    assert starts == sorted(starts)


@settings(max_examples=60, deadline=None)
@given(ANY, SEEDS)
def test_the_order_in_which_findings_are_given_is_irrelevant(findings: list[Finding], seed: int) -> None:
    shuffled = findings.copy()
    random.Random(seed).shuffle(shuffled)

    value, grade, score, account = weighed(findings)
    other_value, other_grade, other, other_account = weighed(shuffled)

    assert (value, grade, score.reason, score.cap) == (other_value, other_grade, other.reason, other.cap)
    assert [(e.rule, e.lost) for e in score.entries] == [(e.rule, e.lost) for e in other.entries]
    assert (account.balance, account.deposits, account.withdrawals) == (
        other_account.balance,
        other_account.deposits,
        other_account.withdrawals,
    )
    assert [(e.rule, e.amount, e.balance) for e in account.entries] == [
        (e.rule, e.amount, e.balance) for e in other_account.entries
    ]


@settings(max_examples=60, deadline=None)
@given(ANY, st.lists(made([Effect.NOTE]), max_size=5))
def test_notes_change_nothing(findings: list[Finding], notes: list[Finding]) -> None:
    assert weighed([*findings, *notes]) == weighed(findings)


@settings(max_examples=60, deadline=None)
@given(ANY, st.integers(41, 400))
def test_length_changes_nothing(findings: list[Finding], sentences: int) -> None:
    assert weigh(findings, paper(sentences), sentences * 7) == weigh(findings, PAPER, WORDS)


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_the_heaviest_entry_stands_first_and_all_withdrawals_are_explained(findings: list[Finding]) -> None:
    _, _, score, _ = weighed(findings)
    explained = {index for entry in score.entries for index in entry.findings}

    assert [e.lost for e in score.entries] == sorted((e.lost for e in score.entries), reverse=True)
    for index, one in enumerate(findings):
        weighs = one.effect is Effect.WITHDRAWAL and (one.weight > 0 or one.severity is not Severity.INFO)
        assert (index in explained) == weighs
