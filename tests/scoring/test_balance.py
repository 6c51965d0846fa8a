"""The balance sheet: who must, who may, by how much, and what is said about it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustaudit import parsing, ruleset
from trustaudit.audit import Audience, Balance, Kind, Pair, Side, SideCount
from trustaudit.language.parties import find_sides
from trustaudit.language.reading import Reading
from trustaudit.scoring import balance, weights
from trustaudit.scoring.weights import Weights

ANY_NUMBER = replace(weights(), least_norms=1)


def sheet(text: str, kind: Kind = Kind.CONTRACT, table: Weights | None = ANY_NUMBER) -> Balance:
    document = parsing.parse(text.encode(), media_type="text/plain")
    sides = find_sides(document.text, kind, ("Provider",), ("Customer",))
    vocabulary = ruleset.load_rules(()).vocabulary
    return balance(Reading(document, kind, Audience.BUSINESS, sides, vocabulary), (), table)


def total(found: Balance, side: str) -> tuple[int, int]:
    counts: list[SideCount] = [getattr(topic, side) for topic in found.topics]
    return sum(count.burdens for count in counts), sum(count.powers for count in counts)


@pytest.mark.parametrize(
    ("sentence", "company", "customer"),
    [
        ("Provider may suspend the service.", (0, 1), (0, 0)),
        ("Provider is not obliged to keep copies.", (0, 1), (0, 0)),
        ("Customer shall pay the fees to Provider.", (0, 0), (1, 0)),
        ("Customer shall not copy the software.", (0, 0), (1, 0)),
        ("Customer has no right to a refund.", (0, 0), (1, 0)),
        ("Each party shall keep the terms confidential.", (1, 0), (1, 0)),
        ("Neither party may assign this agreement.", (1, 0), (1, 0)),
    ],
)
def test_burdens_and_powers(sentence: str, company: tuple[int, int], customer: tuple[int, int]) -> None:
    found = sheet(sentence)

    assert total(found, "company") == company
    assert total(found, "customer") == customer


def test_a_duty_owed_to_the_other_side_counts_once() -> None:
    found = sheet("Customer shall pay Provider the fees.")

    assert total(found, "company") == (0, 0)
    assert total(found, "customer") == (1, 0)


MUTUAL = "Each party shall keep the terms confidential. Either party may terminate this agreement."
STACKED = "Provider may change the fees. Customer shall pay the fees. Provider shall support the software."


def test_share() -> None:
    assert sheet(MUTUAL).share == 0.5
    assert sheet(STACKED).share == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("company", "customer", "band"),
    [
        ("may change the fees", "shall pay the fees", "stacked towards the company"),
        ("shall repair the goods", "may cancel the order", "leans to the customer"),
    ],
)
def test_bands(company: str, customer: str, band: str) -> None:
    found = sheet(f"Provider {company}. Customer {customer}.")

    assert found.band == band
    assert "published as fair" in found.reason


def test_mutual_paper_is_balanced() -> None:
    assert sheet(MUTUAL).band == "balanced"


def test_too_few_norms_are_not_weighed() -> None:
    found = sheet(STACKED, table=weights())

    assert (found.share, found.band) == (None, "")
    assert found.reason == "3 duties and rights are too few to weigh"
    assert found.topics


def test_one_side_alone_is_not_weighed() -> None:
    found = sheet("Customer shall pay the fees. Customer shall not copy the software.")

    assert found.share is None
    assert "only one side" in found.reason


def test_a_message_has_no_sheet() -> None:
    found = sheet(STACKED, Kind.MESSAGE)

    assert (found.topics, found.share) == ((), None)


def test_pairs_are_kept() -> None:
    document = parsing.parse(b"Nothing.", media_type="text/plain")
    reading = Reading(document, Kind.MESSAGE, Audience.CONSUMER, find_sides("", None, (), ()), {})
    pair = Pair("audit", Side.CUSTOMER, None, None)

    assert balance(reading, [pair]).pairs == (pair,)


def lines(found: Balance) -> list[tuple[str, str, str]]:
    return [(one.topic, one.company, one.customer) for topic in found.topics for one in topic.asymmetries]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "Provider may terminate this agreement on 10 days' notice. "
                "Customer may terminate this agreement on ninety (90) days' notice."
            ),
            [("notice", "10 days", "90 days")],
        ),
        (
            (
                "Provider may terminate this agreement if Customer does not cure a breach within 5 days. "
                "Customer may terminate this agreement if Provider does not cure a breach within 2 months."
            ),
            [("time to cure", "5 days", "2 months")],
        ),
        (
            (
                "Provider may terminate this agreement on 30 days' notice. "
                "Customer may terminate this agreement on one month's notice."
            ),
            [],
        ),
        ("Either party may terminate this agreement on 30 days' notice.", []),
        (
            "Provider shall pay interest of 1% on late payment. Customer shall pay interest of 18% on late payment.",
            [("interest", "1%", "18%")],
        ),
    ],
)
def test_degrees_side_by_side(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert lines(sheet(text)) == expected


def test_degrees_point_at_their_words() -> None:
    text = "Provider may terminate this agreement on 10\ndays' notice. Customer may terminate it on 90 days' notice."
    found = [one for topic in sheet(text).topics for one in topic.asymmetries]

    for one in found:
        assert one.company_span is not None
        assert one.customer_span is not None
        assert text[one.company_span.start : one.company_span.end].split() == ["10", "days"]
        assert text[one.customer_span.start : one.customer_span.end] == "90 days"
    assert len(found) == 1


NORMS = st.sampled_from(
    [
        "Provider may change the fees.",
        "Customer shall pay the fees.",
        "Customer may cancel the order.",
        "Provider shall repair the goods.",
        "Neither party may assign this agreement.",
    ]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(NORMS, max_size=8))
def test_share_is_the_share_of_what_is_counted(sentences: list[str]) -> None:
    found = sheet(" ".join(sentences))
    company, customer = total(found, "company"), total(found, "customer")
    ours, theirs = company[1] + customer[0], company[0] + customer[1]

    if found.share is None:
        assert ours + theirs == 0 or (sum(company) == 0) != (sum(customer) == 0)
    else:
        assert found.share == pytest.approx(ours / (ours + theirs))
