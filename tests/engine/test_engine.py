"""What the kinds of rule find, and what becomes of every rule."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.rules import pack, phrases, quotes, run
from trustaudit.audit import Audience, Confidence, Kind, OutcomeKind, Severity
from trustaudit.engine import Engine
from trustaudit.metrics.fine_print import FinePrint, FineSpan, fine_print
from trustaudit.parsing import parse
from trustaudit.ruleset import load_rules


def test_phrases_find_one_hit_a_clause_over_all_that_matched(tmp_path: Path) -> None:
    rules = pack(tmp_path, end=phrases("<company> may ... (end|stop)", "stop the service"))

    found = run(rules, "We may, at any time, end it and stop the service. You pay for it.")

    assert quotes(found) == ["We may, at any time, end it and stop the service"]


def test_a_clause_that_binds_both_is_skipped_unless_the_rule_keeps_it(tmp_path: Path) -> None:
    rules = pack(
        tmp_path,
        skip=phrases("<party> may end", "<both> may end"),
        keep="find: {kind: phrases, any: ['<both> may end'], mutual: keep}\n",
    )

    found = run(rules, "Either party may end this agreement.")

    assert quotes(found, "skip") == []
    assert quotes(found, "keep") == ["Either party may end"]


def test_unless_clears_the_same_clause_and_no_other(tmp_path: Path) -> None:
    rules = pack(tmp_path, end=phrases("<company> may end") + "unless: ['<period> notice']\n")

    found = run(rules, "We may end it with 30 days notice. We may end it.")

    assert [one.start for one in found.findings] == [35]


def test_an_item_is_read_with_its_lead_in(tmp_path: Path) -> None:
    rules = pack(tmp_path, end=phrases("<company> may ... end"))

    found = run(rules, "We may, if we like:\n\n(a) change the fees; or\n\n(b) end this contract.\n")

    assert quotes(found) == ["end"]
    assert [one.related[0].quote for one in found.findings] == ["We may, if we like:"]


def test_a_negation_stops_a_narrow_gap(tmp_path: Path) -> None:
    rules = pack(tmp_path, end=phrases("<company> may ... end"))

    assert quotes(run(rules, "We may under no circumstances end it. We may not end it.")) == [
        "We may under no circumstances end"
    ]


def test_frames_are_order_free_and_of_low_confidence(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yaml").write_text("silence: [silence]\nconsent: [(consent|agree*)]\n")
    rules = pack(tmp_path, deemed="find: {kind: frame, frames: [[silence, consent]]}\n")

    found = run(rules, "Agreement follows from silence. Silence is golden.")

    assert quotes(found) == ["Agreement follows from silence"]
    assert found.findings[0].confidence is Confidence.LOW


def test_tokens_find_the_longest_match(tmp_path: Path) -> None:
    rules = pack(
        tmp_path,
        fee="find: {kind: tokens, gate: [fee], patterns: [[{LOWER: <company>}, {OP: '*'}, {LOWER: fee}]]}\n",
    )

    assert quotes(run(rules, "We charge a fee. The fee is due.")) == ["We charge a fee"]


def test_weighted_terms_add_up(tmp_path: Path) -> None:
    body = "find: {kind: weighted, threshold: 1, terms: {<company> may: 0.6, discretion: 0.6, reasonable: -0.5}}\n"
    rules = pack(tmp_path, sum=body)

    found = run(rules, "We may act at our discretion. We may act. We may act at our reasonable discretion.")

    assert quotes(found) == ["We may act at our discretion"]


def test_norm_rules_ask_for_bearer_and_modality(tmp_path: Path) -> None:
    body = "find: {kind: norm, bearer: customer, modality: obligation, action: ['indemnif*']}\n"
    rules = pack(tmp_path, norm=body)

    found = run(rules, "You shall indemnify us. We shall indemnify you. You shall pay.")

    assert len(found.findings) == 1
    assert "You shall indemnify us" in found.findings[0].quote


@pytest.mark.parametrize(
    ("text", "outcome", "found"),
    [
        ("You pay a deposit. Nothing else.", OutcomeKind.FOUND, ["deposit"]),
        ("You pay a deposit. We refund it in May.", OutcomeKind.CLEAR, []),
        ("You pay a fee.", OutcomeKind.NOT_APPLICABLE, []),
    ],
)
def test_required_protection(tmp_path: Path, text: str, outcome: OutcomeKind, found: list[str]) -> None:
    rules = pack(tmp_path, refund="find: {kind: required, ground: [deposit], protection: ['refund*']}\n")

    results = run(rules, text)

    assert quotes(results) == found
    assert results.outcomes[0].outcome is outcome


@pytest.mark.parametrize(
    ("text", "outcome", "degree"),
    [
        ("You shall keep our secrets.", OutcomeKind.FOUND, "missing"),
        ("You shall keep our secrets. We shall keep your secrets.", OutcomeKind.CLEAR, "given"),
        ("Each party shall keep the other's secrets.", OutcomeKind.CLEAR, "mutual"),
    ],
)
def test_reciprocity(tmp_path: Path, text: str, outcome: OutcomeKind, degree: str) -> None:
    body = """\
    find:
      kind: reciprocal
      pair: secrecy
      asked: ["(<customer>|<both>) ... keep ... secret*"]
      given: ["<company> ... keep ... secret*"]
    """
    results = run(pack(tmp_path, secrecy=body), text)

    assert results.outcomes[0].outcome is outcome
    assert [pair.degree for pair in results.pairs] == [degree]


def test_order_finds_the_ask_that_comes_too_early(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.yaml").write_text("ask: [pay]\ncare: [(welcome|look forward)]\n")
    rules = pack(tmp_path, order="find: {kind: order, first: ask, before: [care]}\n")

    assert quotes(run(rules, "Please pay. We look forward to you.", Kind.MESSAGE)) == ["pay"]
    assert quotes(run(rules, "Welcome! Please pay.", Kind.MESSAGE)) == []
    assert quotes(run(rules, "Please pay.", Kind.MESSAGE)) == ["pay"]


def test_a_metric_over_its_limit_and_one_that_cannot_be_measured(tmp_path: Path) -> None:
    rules = pack(
        tmp_path,
        long="find: {kind: metric, metric: words, over: 3, steps: {critical: 8}}\n",
        fine="find: {kind: metric, metric: fine_print_ratio, over: 0.1}\n",
    )

    results = run(rules, "one two three four five six seven eight nine ten")

    outcomes = {one.rule: one for one in results.outcomes}
    assert [one.severity for one in results.findings] == [Severity.CRITICAL]
    assert outcomes["test/fine"].outcome is OutcomeKind.COULD_NOT_TELL
    assert outcomes["test/fine"].reason


def test_a_burden_in_fine_print_weighs_one_step_more_and_says_so(tmp_path: Path) -> None:
    rules = pack(tmp_path, end=phrases("<company> may end"))
    text = "We may end it. You may stay as long as you like and leave when you please."
    document = parse(text.encode(), media_type="text/plain")
    measured = fine_print(document)
    fine = FinePrint(measured.ratio, (FineSpan(0, 14, ("small",)),), {}, 10.0, 16, 4)

    plain, small = run(rules, document), run(rules, document, fine=fine)

    assert plain.findings[0].severity is Severity.MAJOR
    assert small.findings[0].severity is Severity.CRITICAL
    assert small.findings[0].in_fine_print
    assert small.findings[0].raised


def test_severity_is_the_audiences(tmp_path: Path) -> None:
    rules = pack(tmp_path, end=phrases("<company> may end"))

    assert run(rules, "We may end it.", audience=Audience.BUSINESS).findings[0].severity is Severity.MINOR


def test_rules_for_other_kinds_do_not_apply(tmp_path: Path) -> None:
    rules = pack(tmp_path, end=phrases("end") + "applies_to: [message]\n")

    results = run(rules, "the end")

    assert results.findings == ()
    assert results.outcomes[0].outcome is OutcomeKind.NOT_APPLICABLE
    assert "contract" in results.outcomes[0].reason


def test_fingerprints_survive_reflow_and_renumbering(tmp_path: Path) -> None:
    rules = pack(tmp_path, end=phrases("<company> may ... end ... contract"))

    one = run(rules, "1. We may at will end the contract.\n")
    other = run(rules, "Intro.\n\n7.3 We may at\nwill end the   contract.\n")

    assert [f.fingerprint for f in one.findings] == [f.fingerprint for f in other.findings]
    twice = run(rules, "We may end the contract.\n\nWe may end the contract.\n")
    assert len({f.fingerprint for f in twice.findings}) == 2


BUNDLED = load_rules()
ENGINE = Engine(BUNDLED.rules, BUNDLED.vocabulary)
PIECES = st.sampled_from(
    ["We may ", "You must ", "terminate ", "at any time ", "without notice", ". ", "; ", "(a) ", "the fees ", "not ",
     "liable ", "for any loss ", "Either party ", "refund ", "change these terms ", "\n\n", "automatically renews ",
     "WE ARE NOT RESPONSIBLE ", "as is ", "deposit ", "indemnify us ", "within 30 days "]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_quote_is_exactly_its_place(text: str) -> None:
    results = run(BUNDLED, text)

    for one in results.findings:
        assert text[one.start : one.end] == one.quote
        assert one.quote == one.quote.strip() or one.quote
        assert all(text[r.start : r.end] == r.quote for r in one.related)
    assert len(results.outcomes) == len(BUNDLED.rules)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=30).map("".join))
def test_the_gate_lets_through_whatever_can_match(text: str) -> None:
    gate = ENGINE._clauses.gate
    from trustaudit.language.parties import find_sides
    from trustaudit.language.reading import Reading

    document = parse(text.encode(), media_type="text/plain")
    reading = Reading(
        document, Kind.CONTRACT, Audience.CONSUMER, find_sides(document.text), BUNDLED.vocabulary
    )
    let_through = {(clause, probe) for clause, probes in gate.candidates(reading) for probe in probes}

    for number, clause in enumerate(reading.clauses):
        seen = reading.clause_text(clause)
        for index, probe in enumerate(gate.probes):
            if all(pattern.compiled.search(seen) for pattern in probe.patterns):
                assert (number, index) in let_through


def test_phrases_weigh_beside_terms(tmp_path: Path) -> None:
    body = (
        "find: {kind: weighted, threshold: 1, terms: {discretion: 0.4},"
        " phrases: {'<company> ... (end|close)': 0.7, 'only if': -0.5}}\n"
    )
    rules = pack(tmp_path, sum=body)

    found = run(
        rules, "We may at our discretion close it. We may close it. We close it at our discretion only if."
    )

    assert quotes(found) == ["We may at our discretion close"]
