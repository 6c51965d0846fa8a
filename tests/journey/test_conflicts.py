"""Contradictions between papers: planted ones are found, what only looks like one is not."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from tests.journey.planting import PLANTED, Planted, planted
from trustaudit import pipeline
from trustaudit.audit import Severity
from trustaudit.journey.conflicts import find_conflicts
from trustaudit.journey_audit import Conflict, Staged

FRESH, LATER = PLANTED.parent / "fresh", PLANTED.parent / "later"
EVERY = [path for folder in (PLANTED, FRESH, LATER) for path in sorted(folder.glob("*.yaml"))]
NOT_FOUND = {  # what no rule knows yet, in the set that was written after the others were met
    ("nursery", "nothing to pay when you put your child"),
    ("nursery", "£8 is charged"),
    ("gardener", "waste is taken away at no charge"),
    ("gardener", "interest of 1%"),
}
cases = pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)


@cache
def journey(path: Path) -> tuple[Planted, tuple[Conflict, ...]]:
    made = planted(path)
    return made, find_conflicts(made.documents)


def staged(*texts: tuple[str, str, str], kind: str = "auto") -> list[Staged]:
    """Documents of path, stage and text."""
    out = []
    for order, (path, stage, text) in enumerate(texts):
        audit = pipeline.scan(text.encode(), name=path, kind="contract" if stage == "contract" else kind)
        out.append(Staged(audit, stage, order, path, str(audit.kind)))
    return out


def test_there_are_enough_of_them() -> None:
    journeys = [journey(path)[0] for path in EVERY]
    suffixes = {one.path.rpartition(".")[2] for each in journeys for one in each.documents}
    assert sum(len(each.conflicts) for each in journeys) >= 100
    assert sum(len(each.fair) for each in journeys) >= 60
    assert suffixes >= {"txt", "md", "html", "eml", "docx", "pdf"}


@cases
def test_all_planted_are_found(path: Path) -> None:
    made, found = journey(path)
    missed = {(path.stem, key.one) for key in made.conflicts if not any(key.fits(one) for one in found)}
    assert missed <= NOT_FOUND


@cases
def test_none_is_invented(path: Path) -> None:
    made, found = journey(path)
    known = (*made.conflicts, *made.allowed)
    assert [one for one in found if not any(key.fits(one) for key in known)] == []


@cases
def test_what_only_looks_like_one_is_let_pass(path: Path) -> None:
    made, found = journey(path)
    assert [key for key in made.fair if any(key.fits(one) for one in found)] == []


@cases
def test_kinds_are_those_that_were_planted(path: Path) -> None:
    made, found = journey(path)
    told = {"wording": {"wording", "right"}, "promise": {"promise", "right"}, "right": {"right", "promise"}}
    for key in made.conflicts:
        kinds = {one.kind for one in found if key.fits(one)}
        assert not kinds or kinds & told.get(key.kind, {key.kind}), key


@cases
def test_each_quotes_both_places_exactly_and_says_what_it_costs(path: Path) -> None:
    made, found = journey(path)
    texts = {one.path: one.audit.document.text for one in made.documents}
    order = {one.path: one.order for one in made.documents}
    for one in found:
        for passage in (one.first, one.second):
            assert texts[passage.document][passage.start : passage.end] == passage.quote != ""
        assert one.first.document != one.second.document
        assert one.cost
        assert one.message
        assert one.binds.startswith(("could not tell", *order))
        if one.kind not in {"promise", "right"}:
            assert order[one.first.document] < order[one.second.document]


def test_the_same_again_gives_the_same() -> None:
    made, found = journey(PLANTED / "machine-maker.yaml")
    assert find_conflicts(made.documents) == found
    assert find_conflicts(tuple(reversed(made.documents))) == found


def test_a_document_agrees_with_itself() -> None:
    for path in EVERY:
        made, _ = journey(path)
        for one in made.documents:
            twice = [Staged(one.audit, one.stage, at, f"{at}-{one.path}", one.kind) for at in range(2)]
            assert find_conflicts(twice) == ()


def test_difference_is_computed() -> None:
    _, found = journey(PLANTED / "machine-maker.yaml")
    pay = next(one for one in found if one.topic == "time-to-pay")
    assert "16 days less to pay" in pay.cost
    assert "14 days" in pay.message
    assert "30 days" in pay.message
    assert pay.severity is Severity.MAJOR
    notice = next(one for one in found if one.topic == "notice-by-customer")
    assert "about 90 days" in notice.cost  # six months against ninety days: months differ in length


def test_a_contract_binds_over_a_message() -> None:
    _, found = journey(PLANTED / "internet.yaml")
    pay = next(one for one in found if one.topic == "time-to-pay")
    assert pay.binds.startswith("terms.md: it is the contract, bill-reminder.txt only tells")


def test_an_order_of_precedence_is_read() -> None:
    _, found = journey(PLANTED / "consultancy.yaml")
    rate = next(one for one in found if one.topic == "hourly-rate")
    assert rate.binds.startswith("master-agreement.md: it says")
    assert "this Agreement prevails over the order form" in rate.binds
    _, found = journey(FRESH / "hosting.yaml")
    response = [one for one in found if one.topic == "response-time"]
    assert any(one.binds.startswith("order-form.txt: customer-agreement.docx says") for one in response)


def test_an_entire_agreement_sets_aside_what_was_said_before() -> None:
    documents = staged(
        ("brochure.txt", "prospect", "Dear reader, your machine comes with a warranty of 36 months."),
        (
            "contract.md",
            "contract",
            (
                "# Supply Agreement\n\nThe warranty period is 12 months.\n\nThis agreement is the entire agreement between "
                "the parties and supersedes all prior statements.\n"
            ),
        ),
    )
    (one,) = find_conflicts(documents)
    assert one.binds.startswith("contract.md: it sets aside what was said before")


def test_two_messages_alone_cannot_tell() -> None:
    documents = staged(
        ("a.txt", "reminder", "Dear Kim, our invoices are due within 14 days. Thank you."),
        ("b.txt", "billing", "Dear Kim, our invoices are due within 30 days. Thank you."),
    )
    (one,) = find_conflicts(documents)
    assert one.binds.startswith("could not tell: both are messages")


def test_many_papers_with_one_figure_are_one_conflict() -> None:
    reminders = [
        (f"reminder-{at}.txt", "reminder", "Dear Kim, our invoices are due within 14 days.")
        for at in range(30)
    ]
    terms = ("terms.md", "contract", "# Terms\n\nEach invoice is payable within 30 days.\n")
    (one,) = find_conflicts(staged(terms, *reminders))
    assert "reminder" in one.second.document
    assert "reminder-0.txt" in one.second.document
    assert "and 28 more say so too" in one.message


def test_contracts_with_other_parties_are_not_compared() -> None:
    documents = staged(
        ("a.md", "contract", ('# Supply Agreement\n\nbetween Alder Ltd ("Supplier") and Birch Inc ("Customer").\n\n'
         "Each invoice is payable within 30 days.\n")),
        ("b.md", "contract", ('# Supply Agreement\n\nbetween Cedar Ltd ("Supplier") and Dogwood Inc ("Customer").\n\n'
         "Each invoice is payable within 60 days.\n")),
    )  # fmt: skip
    assert find_conflicts(documents) == ()


def test_variables_of_templates_are_no_contacts() -> None:
    documents = staged(
        ("a.txt", "service", "Hello, call our support at {{ support_phone }} or write to {{support_email}}."),
        ("b.txt", "service", "Hello, call our support at 0800 555 0100 or write to help@acme.example."),
    )
    assert find_conflicts(documents) == ()


def test_nothing_and_one_thing() -> None:
    assert find_conflicts(()) == ()
    assert find_conflicts(staged(("a.txt", "service", "Hello."))) == ()
