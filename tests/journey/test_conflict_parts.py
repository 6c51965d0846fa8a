"""What conflicts are made of: hours that are read, wordings that order otherwise, orders of precedence, knowledge."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustaudit import pipeline
from trustaudit.errors import RuleError
from trustaudit.journey.charge_words import charged, free
from trustaudit.journey.hours import read_hours
from trustaudit.journey.precedence import precedence
from trustaudit.journey.promises import read_promises
from trustaudit.journey.stems import stems
from trustaudit.journey.told import told
from trustaudit.journey.topics import known_topics, read_topics
from trustaudit.journey.wordings import changed
from trustaudit.journey_audit import Staged

WEEK, EVERY_DAY = range(5), range(7)


@pytest.mark.parametrize(
    ("text", "days", "times"),
    [
        ("Monday to Friday, 9 am to 5 pm", WEEK, (540, 1020)),
        ("Mon-Fri 09:00–17:00", WEEK, (540, 1020)),
        ("weekdays from 8.30 a.m. until 6 p.m.", WEEK, (510, 1080)),
        ("every day from noon to midnight", EVERY_DAY, (720, 1440)),
        ("at weekends, 10:00 to 14:00", (5, 6), (600, 840)),
        ("Friday to Monday, 1 to 5 pm", (4, 5, 6, 0), (780, 1020)),
        ("open 24/7", EVERY_DAY, (0, 1440)),
        ("between 10 am and 4 pm", (-1,), (600, 960)),
    ],
)
def test_hours(text: str, days: range | tuple[int, ...], times: tuple[int, int]) -> None:
    assert read_hours(text) == dict.fromkeys(days, times)


@pytest.mark.parametrize(
    "text", ["from 3 to 5 people", "10 to 20 days", "Monday to Friday", "for 9 to 12 months", ""]
)
def test_no_hours(text: str) -> None:
    assert read_hours(text) == {}


@given(st.text(alphabet="MonTueFriSat 0123456789:.apm-to,24/7", max_size=60))
def test_hours_never_fail(text: str) -> None:
    for day, (start, end) in read_hours(text).items():
        assert -1 <= day < 7
        assert 0 <= start < end <= 2 * 24 * 60


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            "ꓚ shall keep the records safe for ꓜ at all times",
            "ꓚ may keep the records safe for ꓜ at all times",
            "choice",
        ),
        (
            "ꓚ may enter the rooms with the consent of ꓜ",
            "ꓚ may enter the rooms without the consent of ꓜ",
            "not needed",
        ),
        (
            "all rights in the work belong to ꓜ upon payment",
            "all rights in the work belong to ꓚ upon payment",
            "owns",
        ),
        (
            "the fee is refundable at the end of the term",
            "the fee is non-refundable at the end of the term",
            "come back",
        ),
        (
            "ꓜ shall pay the fee within 30 days of the bill",
            "ꓜ shall pay the fee within 14 days of the bill",
            "figure",
        ),
        (
            "ꓚ is liable for loss of the goods in transit",
            "ꓚ is not liable for loss of the goods in transit",
            "says not",
        ),
    ],
)
def test_another_order(one: str, other: str, why: str) -> None:
    assert why in changed(one.split(), other.split())
    assert why in changed(other.split(), one.split())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "ꓜ shall pay the fee within 30 days of the bill",
            "ꓜ shall pay the fee within 30 days of the invoice",
        ),
        ("ꓚ shall keep the data of ꓜ confidential", "ꓜ shall keep the data of ꓚ confidential"),
        (
            "these are the terms of version 2.0.0 of the form",
            "these are the terms of version 3.0.0 of the form",
        ),
        (
            "see section 4 of this agreement for the details",
            "see section 5 of this agreement for the details",
        ),
        ("the goods are delivered to the door", "a fine evening was had by all who came to the fair"),
    ],
)
def test_the_same_order(one: str, other: str) -> None:
    assert changed(one.split(), other.split()) == ""


@given(
    st.lists(
        st.sampled_from(
            [
                "shall",
                "may",
                "not",
                "pay",
                "the",
                "fee",
                "within",
                "30",
                "days",
                "without",
                "consent",
                "ꓚ",
                "ꓜ",
            ]
        ),
        max_size=20,
    )
)
def test_a_wording_is_no_other_than_itself(words: list[str]) -> None:
    assert changed(words, words) == ""


def papers(*texts: tuple[str, str]) -> tuple[object, ...]:
    staged = [
        Staged(pipeline.scan(text.encode(), name=path, kind="contract"), "contract", order, path, "contract")
        for order, (path, text) in enumerate(texts)
    ]
    return told(staged)


TERMS = "# General terms\n\nThe fee is due on receipt.\n"


@pytest.mark.parametrize(
    ("clause", "winner"),
    [
        ("In the event of a conflict, the Order Form prevails over these General Terms.", "order-form.md"),
        (
            "If the order form and these general terms differ, the general terms take precedence.",
            "general-terms.md",
        ),
        (
            "The following order of precedence applies: (1) the Order Form; (2) these General Terms.",
            "order-form.md",
        ),
        ("These general terms do not prevail over the order form.", ""),
    ],
)
def test_order_of_precedence(clause: str, winner: str) -> None:
    both = papers(
        ("general-terms.md", f"{TERMS}\n{clause}\n"),
        ("order-form.md", "# Order Form\n\nThe fee is due now.\n"),
    )
    order = precedence(both)  # type: ignore[arg-type]
    found, why = order.binding(*both)  # type: ignore[arg-type]
    if winner:
        assert found is not None
        assert found.path == winner
        assert "says “" in why
    else:
        assert "says “" not in why


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("free installation for every new line.", {"installation"}, "thing"),
        ("your first check-up is free of charge.", {"check-up"}, "thing"),
        ("there is no joining fee.", {"join"}, "fee"),
        ("there is no excess on theft.", {"exces"}, "fee"),
        ("training and fitting are included in the price.", {"fit"}, "thing"),
    ],
)
def test_what_is_free(text: str, name: set[str], kind: str) -> None:
    assert any(name <= set(said.stems) and said.kind == kind for said in free(text)), list(free(text))


@pytest.mark.parametrize(
    "text",
    ["feel free to call us.", "free delivery from $50.", "parking is not free.", "we are free of debt."],
)
def test_what_is_not(text: str) -> None:
    assert [said for said in free(text) if said.stems & stems("delivery parking call")] == []


@pytest.mark.parametrize("text", ["we credit you $10 for this week.", "there is no fee for registration."])
def test_what_is_not_charged(text: str) -> None:
    assert list(charged(text)) == []


def test_the_knowledge_that_comes_with_it_can_be_read() -> None:
    topics = known_topics()
    assert len(topics.topics) > 40
    assert len({topic.id for topic in topics.topics}) == len(topics.topics)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        (
            b"topics:\n  x: {title: t, counts: period, better: more, lost: l, sayz: [a]}\n",
            "Did you mean 'says'?",
        ),
        (
            b"topics:\n  x: {title: t, counts: weight, better: more, lost: l, says: [a]}\n",
            "none of money, percent, period",
        ),
        (b"topics:\n  x: {title: t}\n", "x has no 'counts'"),
        (b"topic: {}\n", "Did you mean 'topics'?"),
        (b"topics: [\n", "f.yaml:"),
    ],
)
def test_faults_of_topics_are_named(source: bytes, fault: str) -> None:
    with pytest.raises(RuleError) as error:
        read_topics(source, "f.yaml")
    assert fault in str(error.value)


def test_faults_of_promises_are_named() -> None:
    with pytest.raises(RuleError) as error:
        read_promises(
            b"promises:\n  x: {kind: promise, title: t, lost: l, gives: [a], taks: [b]}\n", "p.yaml"
        )
    assert "p.yaml:2: unknown key 'taks' in x. Did you mean 'takes'?" in str(error.value)
    assert "x has no 'takes'" in str(error.value)
