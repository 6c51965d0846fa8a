"""A clause whose mirror stands beside it binds both sides."""

from __future__ import annotations

import pytest

import trustaudit


def rules_found(text: str) -> set[str]:
    return {finding.rule for finding in trustaudit.scan_text(text, kind="contract").findings}


ONE_SIDED = "We are not liable to you for lost profit."


def test_the_same_for_the_other_side_in_the_next_sentence_clears_it() -> None:
    rule = "liability/consequential-loss-one-way"

    assert rule in rules_found(ONE_SIDED)
    assert rule not in rules_found(ONE_SIDED + " You are not liable to us for lost profit.")


def test_another_duty_of_the_other_side_is_no_mirror() -> None:
    text = ONE_SIDED + " You pay us within a week."

    assert "liability/consequential-loss-one-way" in rules_found(text)


@pytest.mark.parametrize("start", ["The parties agree that", "As between the parties,"])
def test_parties_that_agree_on_what_one_must_do_are_no_mirror(start: str) -> None:
    text = f"{start} the Supplier shall not be liable to the Buyer for any loss."

    assert "liability/liability-total-exclusion" in rules_found(text)
