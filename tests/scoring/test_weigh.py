"""Score, grade and account on papers whose figures were worked out by hand."""

from __future__ import annotations

import pytest

from tests.scoring.findings import PAPER, WORDS, give, take
from trustaudit.audit import Account, Confidence, Finding, Kind, Score, Severity
from trustaudit.document import Document, Page, Unread
from trustaudit.parsing.builder import Builder
from trustaudit.scoring import weigh

CRITICAL, MAJOR, MINOR, INFO = Severity.CRITICAL, Severity.MAJOR, Severity.MINOR, Severity.INFO


def weighed(*findings: Finding, kind: Kind = Kind.CONTRACT) -> tuple[Score, Account]:
    return weigh(findings, PAPER, WORDS, kind)


def test_nothing_found_is_an_a_that_says_what_it_is_not() -> None:
    score, account = weighed()

    assert (score.value, score.grade, score.entries) == (100, "A", ())
    assert (
        score.reason
        == "100 of 100: nothing was found that costs trust, but nothing either that builds it: the account is empty."
    )
    assert account == Account()


def test_gym_contract() -> None:
    """Two critical and four major kinds: 50 points halve the score; the gate of five majors makes it E."""
    score, _ = weighed(
        take("injury", 0, CRITICAL),
        take("price", 2, CRITICAL),
        *(take(rule, at, MAJOR) for at, rule in enumerate(["renewal", "window", "exit", "refund"], 4)),
    )

    assert (score.value, score.grade) == (50, "E")
    assert score.cap.endswith("five clauses that are major or worse (“Injury”, “Price”)")
    assert [(entry.rule, round(entry.lost, 1)) for entry in score.entries[:3]] == [
        ("injury", 15.0),
        ("price", 15.0),
        ("exit", 5.0),
    ]
    assert score.entries[0].reason == "critical; without it the score would be 59, grade C"
    assert score.reason == (
        "50 of 100: 50 points are lost to “Injury” (15.0), “Price” (15.0), “Exit” (5.0) and 3 other kinds of finding. "
        "The sum alone would give D; the grade is held at E, for two deal breakers among five clauses that are "
        "major or worse."
    )


@pytest.mark.parametrize(
    ("severities", "grade"),
    [
        ([MINOR], "A"),
        ([MAJOR], "B"),
        ([CRITICAL], "C"),
        ([CRITICAL] * 2, "D"),
        ([CRITICAL] * 3, "E"),
        ([CRITICAL] * 2 + [MAJOR] * 3, "E"),
        ([CRITICAL] * 5, "F"),
    ],
)
def test_gates(severities: list[Severity], grade: str) -> None:
    score, _ = weighed(*(take(f"rule-{at}", at, severity) for at, severity in enumerate(severities)))

    assert score.grade == grade


def test_what_is_not_sure_counts_half_and_closes_no_gate() -> None:
    score, _ = weighed(take("maybe", 3, CRITICAL, confidence=Confidence.LOW))

    assert score.value == pytest.approx(100 * 50 / 57.5, abs=0.01)
    assert (score.grade, score.cap) == ("A", "")


def test_repetition_saturates() -> None:
    score, account = weighed(*(take("liability", at) for at in range(10)))

    assert score.value == pytest.approx(100 * 50 / (50 + 5 * 1.35), abs=0.01)
    assert account.withdrawals == pytest.approx(5 * 1.35)
    assert account.entries[9].reason == "said often enough before: counts nothing more"


def test_a_rules_own_weight_goes_before_severity_and_a_raised_severity_before_both() -> None:
    _, own = weighed(take("a", 0, MAJOR, weight=3.0))
    _, raised = weighed(take("a", 0, CRITICAL, weight=3.0, raised="in fine print"))

    assert own.withdrawals == 3
    assert raised.withdrawals == 15


def test_several_in_a_row_cost_more_than_their_sum() -> None:
    one, other, third = take("a", 0), take("b", 1), take("c", 2)
    alone = sum(weighed(each)[1].withdrawals for each in (one, other, third))

    row = weighed(one, other, third)[1]
    broken = weighed(one, other, give("help", 5), take("c", 9))[1]

    assert row.withdrawals > alone
    assert row.withdrawals == pytest.approx(5 + 5.5 + 6)
    assert broken.withdrawals == pytest.approx(5 + 5.5 + 5)
    assert row.entries[2].reason == "one of several in a row: x 1.2"


def test_a_gift_before_the_ask_weighs_more_than_one_after() -> None:
    before = weighed(give("thanks", 0), take("demand", 5))[1]
    after = weighed(take("demand", 0), give("thanks", 5))[1]

    assert (before.deposits, after.deposits) == (4.5, 3)
    assert before.balance > after.balance
    assert [(e.rule, e.amount, e.balance) for e in after.entries] == [("demand", -5, -5), ("thanks", 3, -2)]


def test_one_thank_you_is_not_love() -> None:
    assert weighed(take("zero", 0, INFO), give("thanks", 3))[1].balance == pytest.approx(
        100 * 4.5 / 14.5, abs=0.01
    )


def test_a_sentence_that_takes_is_no_gift() -> None:
    both = weighed(give("choice", 3), take("waiver", 3))[1]

    assert both.deposits == 0
    assert both.entries[1].reason == "the same sentence takes something: no deposit"


def test_how_it_looks_has_no_place_in_the_conversation() -> None:
    account = weighed(
        take("layout/long", 0, MINOR), give("thanks", 0), take("layout/wall", 1, MINOR), take("demand", 2)
    )[1]

    assert account.deposits == 4.5
    assert account.withdrawals == 9


def test_deposits_soften_but_do_not_buy_off() -> None:
    gifts = [give(f"gift-{n}", 20 + n, 5) for n in range(10)]

    assert weighed(take("a", 0, MAJOR), *gifts)[0].value == pytest.approx(100 * 50 / 53.5, abs=0.01)
    assert weighed(take("a", 0, CRITICAL), *gifts)[0].value == pytest.approx(100 * 50 / 65, abs=0.01)


def test_a_message_has_room_for_few_faults() -> None:
    assert weighed(take("a", 0), kind=Kind.MESSAGE)[0].value == pytest.approx(100 * 10 / 15, abs=0.01)


def test_a_message_without_faults_is_not_yet_a_good_one() -> None:
    bare, _ = weighed(kind=Kind.MESSAGE)
    warm, _ = weighed(give("thanks", 1), give("help", 3, 5), kind=Kind.MESSAGE)

    assert (bare.grade, warm.grade) == ("B", "A")
    assert bare.cap == "at best B: too little that builds trust beside it"
    assert bare.reason.endswith("held at B, for too little that builds trust beside it.")


@pytest.mark.parametrize(
    ("document", "words", "reason"),
    [
        (PAPER, 9, "No grade: 9 words are too few to judge."),
        (Document("", ()), 0, "No grade: the document is empty."),
        (
            Document(
                PAPER.text,
                PAPER.blocks,
                pages=tuple(Page(n, 595, 842) for n in range(1, 4)),
                unread=(Unread("page 2", "scan"),),
            ),
            WORDS,
            "No grade: 1 of 3 pages could not be read.",
        ),
    ],
)
def test_no_grade_with_the_reason(document: Document, words: int, reason: str) -> None:
    score, account = weigh([take("a", 0)], document, words)

    assert (score.value, score.grade, score.reason) == (None, None, reason)
    assert account.withdrawals == 5


def test_sentences_are_found_at_the_edges_of_a_block() -> None:
    builder = Builder()
    builder.start()
    builder.add("You may cancel. You pay a fee")
    document = builder.document()
    gift = give("free", 0, start=0, end=14, quote="You may cancel")
    fee = take("fee", 0, start=16, end=29, quote="You pay a fee")

    assert weigh([gift, fee], document, 10)[1].deposits == 4.5
