"""Where the customer waits: what is said is told with its words, and nothing said is could not tell."""

from __future__ import annotations

import pytest

import trustaudit
from trustaudit.journey.data import journey_data
from trustaudit.journey.waiting import waiting
from trustaudit.journey_audit import JourneyAudit, Staged, WaitAnswer, Waiting
from trustaudit.ruleset import load_rules


def told(text: str, stage: str = "negotiation", kind: str = "message") -> Waiting:
    audit = trustaudit.scan_text(text, kind=kind, company=["Acme"], customer=["Customer"])
    (found,) = waiting([Staged(audit, stage, 0, "a.txt")])
    for answer in found.answers:
        if answer.passage:
            assert text[answer.passage.start : answer.passage.end] == answer.passage.quote
    return found


def answers(found: Waiting) -> dict[str, str]:
    return {each.question: each.answer for each in found.answers}


def the(found: Waiting, question: str) -> WaitAnswer:
    return next(each for each in found.answers if each.question == question)


def test_a_black_box() -> None:
    found = told(
        "Dear Customer,\n\nYour request has been forwarded for approval. You will be informed in due course.\n\n"
        "Please fill in the attached form, enclose your reasons and send both by registered letter; without "
        "them no request is considered. This mailbox is not monitored."
    )
    assert answers(found) == {
        "who decides": "no", "by when": "no", "who answers": "no", "how many steps": "no",
    }  # fmt: skip
    assert found.score == 0
    assert "forwarded for approval" in the(found, "who decides").passage.quote  # type: ignore[union-attr]
    assert the(found, "how many steps").reason == "five steps that the customer must take"


def test_a_glass_door() -> None:
    found = told(
        "Dear Ravi,\n\nInes Halvorsen decides on every change that you wish. She answers within three working "
        "days: call her on 555 0100.\n\nTo ask for a change, please send one line to Ines."
    )
    assert answers(found) == {
        "who decides": "yes", "by when": "yes", "who answers": "yes", "how many steps": "yes",
    }  # fmt: skip
    assert found.score == 100


def test_nothing_said_is_no_answer_and_no_score() -> None:
    found = told("Dear Ravi, it was good to see you. The weather on the moor was fine.")
    assert set(answers(found).values()) == {"could not tell"}
    assert found.score is None
    assert found.reason == "could not tell: nothing is said of how a request is answered"


def test_one_place_says_so_and_another_does_not() -> None:
    found = told(
        "The Provider shall respond to a fault within four hours. Requests to extend the loan are forwarded "
        "for approval.",
        kind="contract",
    )
    assert answers(found)["by when"] == "partly"
    assert the(found, "by when").reason.startswith("an answer is promised by a time in one place")


def test_what_the_company_must_do_is_no_step_of_the_customer() -> None:
    found = told("Acme shall send an answer to each request in writing.", kind="contract")
    assert answers(found)["how many steps"] == "could not tell"
    asked = told("Customer shall send each request in writing to Acme.", kind="contract")
    assert the(asked, "how many steps").reason == "two steps that the customer must take"


@pytest.mark.parametrize(("stage", "waits"), [("negotiation", True), ("exit", True), ("billing", False)])
def test_the_stages_in_which_one_waits(stage: str, waits: bool) -> None:
    audit = trustaudit.scan_text("The weather was fine.", kind="message")
    assert bool(waiting([Staged(audit, stage, 0, "a.txt")])) is waits


def test_a_rule_of_process_makes_any_stage_one_of_waiting() -> None:
    audit = trustaudit.scan_text("Requests to extend the loan are forwarded for approval.", kind="contract")
    assert waiting([Staged(audit, "my-own-stage", 0, "a.txt")])


def test_the_example(example: JourneyAudit) -> None:
    scores = {each.stage: each.score for each in example.waiting}
    assert scores["proposal"] == 100
    assert scores["sample"] == 0
    assert (scores["negotiation"] or 0) < 25


def test_the_rules_that_are_asked_exist() -> None:
    known = {rule.id for rule in load_rules(()).rules}
    assert set(journey_data().waiting.rules) <= known
