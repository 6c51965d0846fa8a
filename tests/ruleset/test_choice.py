"""Rules are chosen by id, family or beginning, and a name that fits none is an error."""

from __future__ import annotations

import pytest

from trustaudit.errors import UsageError
from trustaudit.ruleset import Ruleset, chosen, load_rules

from .conftest import RulesFolder


@pytest.fixture
def four(rules: RulesFolder) -> Ruleset:
    for name in ("care/thanks", "care/help", "care-less/thanks", "one-sided/deep/change"):
        rules.write(f"{name}.yaml")
    return load_rules([rules.root], bundled=False)


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        ([], [], "care-less/thanks care/help care/thanks one-sided/deep/change"),
        (["care/thanks"], [], "care/thanks"),
        (["care"], [], "care/help care/thanks"),
        (["care/"], ["care/help"], "care/thanks"),
        (["care*"], [], "care-less/thanks care/help care/thanks"),
        (["one-sided"], [], "one-sided/deep/change"),
        ([], ["care", "one-sided/deep"], "care-less/thanks"),
        (["care/help", "care/thanks"], ["care*"], ""),
    ],
)
def test_choices(four: Ruleset, select: list[str], ignore: list[str], left: str) -> None:
    assert [rule.id for rule in chosen(four, select, ignore).rules] == left.split()


def test_a_name_that_fits_nothing(four: Ruleset) -> None:
    with pytest.raises(UsageError, match=r"no rule is called 'care/thank'\. Did you mean 'care/thanks'\?"):
        chosen(four, ["care/thank"])
    with pytest.raises(UsageError, match=r"no rule is called 'one-side'\. Did you mean"):
        chosen(four, [], ["one-side"])


def test_a_part_has_a_hash_of_its_own(four: Ruleset) -> None:
    assert chosen(four) is four
    parts = [chosen(four, ["care/help"]), chosen(four, ["care/thanks"]), chosen(four, [], ["care"])]
    assert len({four.sha256, *(part.sha256 for part in parts)}) == 4
    assert chosen(four, ["care/help"]).sha256 == parts[0].sha256
