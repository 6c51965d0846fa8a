"""Findings that overlap in one clause are one problem."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.rules import pack, phrases, run
from tests.scoring.findings import PAPER, WORDS, give, take
from trustaudit.audit import Confidence, Effect, Finding, Kind, Severity, by_themselves
from trustaudit.engine.roots import rooted
from trustaudit.scoring import weigh


def found(rule: str, start: int, end: int, severity: str = "major", confidence: str = "high") -> Finding:
    one = take(rule, 0, Severity(severity))
    return replace(
        one, start=start, end=end, fingerprint=f"{rule}:{start}", confidence=Confidence(confidence), quote=""
    )


def roots(*findings: Finding) -> dict[str, str]:
    return {one.fingerprint: one.root for one in rooted(findings)}


def test_the_worst_stands_for_the_clause() -> None:
    assert roots(found("a", 0, 40, "minor"), found("b", 10, 50, "critical")) == {"a:0": "b:10", "b:10": ""}


def test_of_equals_the_shorter_stands_for_the_clause() -> None:
    assert roots(found("a", 0, 60), found("b", 10, 30)) == {"a:0": "b:10", "b:10": ""}


def test_what_needs_a_check_stands_a_step_lower() -> None:
    sure = found("a", 0, 40, "major")
    assert roots(sure, found("b", 0, 40, "critical", "low")) == {"a:0": "", "b:0": "a:0"}
    minor = found("a", 0, 40, "minor")
    assert roots(minor, found("b", 0, 40, "critical", "low")) == {"a:0": "b:0", "b:0": ""}


def test_a_slight_overlap_is_two_problems() -> None:
    assert set(roots(found("a", 0, 40), found("b", 30, 70)).values()) == {""}


def test_a_wide_finding_joins_one_of_two_and_hides_neither() -> None:
    joined = roots(found("a", 0, 30), found("b", 40, 70), found("wide", 0, 70, "minor"))
    assert joined == {"a:0": "", "b:40": "", "wide:0": "a:0"}


def test_what_gives_and_what_is_noted_stands_by_itself() -> None:
    gift = replace(give("g", 0), start=0, end=40, fingerprint="g:0")
    note = replace(found("n", 0, 40), effect=Effect.NOTE)
    assert set(roots(found("a", 0, 40), gift, note).values()) == {""}


def test_rules_apart_stay_apart() -> None:
    same = (found("a", 0, 40), found("b", 0, 40, "critical"))
    assert all(not one.root for one in rooted(same, apart={"b"}))


def test_a_root_that_is_not_here_binds_nobody() -> None:
    orphan = replace(found("a", 0, 40), root="b:0")
    assert by_themselves([orphan]) == (0,)
    assert by_themselves([orphan, found("b", 0, 40)]) == (1,)


FOUND = st.builds(
    lambda rule, start, length, severity, confidence: found(rule, start, start + length, severity, confidence),
    st.sampled_from("abcd"), st.integers(0, 80), st.integers(1, 60),
    st.sampled_from([each.value for each in Severity]), st.sampled_from([each.value for each in Confidence]),
)  # fmt: skip
MANY = st.lists(FOUND, max_size=10, unique_by=lambda one: one.fingerprint)


@settings(max_examples=200, deadline=None)
@given(MANY, st.integers(0, 2**32))
def test_the_order_of_findings_is_irrelevant(findings: list[Finding], seed: int) -> None:
    shuffled = findings.copy()
    random.Random(seed).shuffle(shuffled)
    assert roots(*findings) == roots(*shuffled)


@settings(max_examples=200, deadline=None)
@given(MANY)
def test_a_root_is_no_part_of_another_and_nothing_is_lost(findings: list[Finding]) -> None:
    made = rooted(findings)
    by_name = {one.fingerprint: one for one in made}
    assert [replace(one, root="") for one in made] == findings
    for one in made:
        if one.root:
            head = by_name[one.root]
            assert not head.root
            assert head.span.overlaps(one.span)


BELONGING = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 12), st.sampled_from(list(Severity)), st.booleans()),
    max_size=8,
)


@settings(max_examples=200, deadline=None)
@given(BELONGING, st.sampled_from("abc"), st.sampled_from(list(Severity)), st.sampled_from(list(Kind)))
def test_one_more_in_a_clause_never_helps_and_weighs_nothing_by_itself(
    told: list[tuple[str, int, Severity, bool]], rule: str, severity: Severity, kind: Kind
) -> None:
    findings = [
        replace(take(name, at, how), fingerprint=str(index)) for index, (name, at, how, _) in enumerate(told)
    ]
    findings += [
        replace(take("z", at, Severity.MINOR), fingerprint=f"{index}z", root=str(index))
        for index, (_, at, _, more) in enumerate(told)
        if more
    ]
    before, account = weigh(findings, PAPER, WORDS, kind)
    for head in [one for one in findings if not one.root]:
        extra = replace(take(rule, 0, severity), start=head.start, end=head.end, root=head.fingerprint)
        after, account_after = weigh([*findings, extra], PAPER, WORDS, kind)
        assert after.value is not None
        assert before.value is not None
        assert after.value <= before.value
        assert account_after.balance <= account.balance
        assert len(account_after.entries) == len(account.entries)
        if severity.rank <= head.severity.rank:
            assert (after, account_after) == (before, account)


def test_the_engine_joins_rules_of_one_clause(tmp_path: Path) -> None:
    rules = pack(
        tmp_path,
        wide=phrases("may change ....12 notice"),
        sharp=phrases("without notice"),
        other=phrases("no refund"),
    )
    text = "We may change these terms at any time without notice. There is no refund."
    names = {one.rule: one for one in run(rules, text).findings}

    assert names["test/wide"].root == names["test/sharp"].fingerprint
    assert names["test/sharp"].root == ""
    assert names["test/other"].root == ""


def test_a_number_of_the_document_is_no_part_of_a_clause(tmp_path: Path) -> None:
    metric = dedent("""\
        find: {kind: metric, metric: words, over: 2}
        """)
    rules = pack(tmp_path, long=metric, clause=phrases("without notice"))
    assert all(not one.root for one in run(rules, "We may end this without notice.").findings)


def test_messages_keep_each_withdrawal(tmp_path: Path) -> None:
    rules = pack(tmp_path, wide=phrases("pay at once"), sharp=phrases("at once"))
    findings = run(rules, "Please pay at once or we will call you.", Kind.MESSAGE).findings
    assert [one.root for one in findings] == ["", ""]
