"""How often our own labelled messages are read right; floors that must not sink."""

from __future__ import annotations

import pytest

from tests.messages.cases import SETS, Case, Figures, audit, cases, facts, figures


@pytest.fixture(scope="module", params=SETS)
def measured(request: pytest.FixtureRequest) -> Figures:
    return figures([case for case in cases() if case.origin == request.param])


def test_there_are_enough_of_every_kind() -> None:
    assert len(cases()) >= 150
    assert all(
        sum(case.verdict == verdict for case in cases()) >= 25 for verdict in ("yes", "no", "legitimate")
    )


def test_verdicts_are_right(measured: Figures) -> None:
    assert measured.verdict >= 0.94


def test_purposes_are_right(measured: Figures) -> None:
    assert measured.purpose >= 0.77


def test_conditions_are_found(measured: Figures) -> None:
    assert measured.condition >= 0.94


def test_threats_and_penalties_are_found(measured: Figures) -> None:
    assert measured.threat >= 0.85


def test_deposits_and_withdrawals_are_found(measured: Figures) -> None:
    assert measured.names >= 0.84


@pytest.mark.parametrize(
    "case", [case for case in cases() if case.verdict == "yes"], ids=lambda case: str(case.number)
)
def test_care_after_the_ask_buys_nothing_back(case: Case) -> None:
    before = facts(case.text).money_first
    kind = " Thank you for your trust in us. If you have any questions, call us on 555 0100."
    after = facts(
        case.text + kind if not case.text.startswith("<") else f"{case.text}<p>{kind}</p>"
    ).money_first
    if before.verdict == "yes":
        assert after.verdict == "yes"


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case.number))
def test_every_number_can_be_traced(case: Case) -> None:
    found = audit(case.text)
    money = facts(case.text).money_first
    assert 0 <= money.index <= 100
    assert money.index == pytest.approx(min(sum(entry.points for entry in money.entries), 100), abs=0.05)
    assert all(entry.reason for entry in money.entries)
    spans = [entry.span for entry in money.entries if entry.span]
    assert all(0 <= span.start < span.end <= len(found.document.text) for span in spans)
    assert all(
        finding.quote == found.document.text[finding.start : finding.end] for finding in found.findings
    )
    assert found.metrics["money_first"] == money.index
