"""What is usual: figures as data, and messages that say both numbers."""

from __future__ import annotations

import pytest

import trustaudit
from trustaudit.errors import RuleError
from trustaudit.metrics.usual import FILE, read_usual, usual
from trustaudit.resources import rules_dir
from trustaudit.ruleset import load_rules
from trustaudit.ruleset.rule import Metric

HEAD = "measured_on: 2026-01-01\npapers: papers\nfigures:\n"
GOOD = "{low: 0.1, middle: 0.2, high: 0.3, papers: 7, publishers: 2, unit: share}"


def test_every_layout_rule_says_its_number_and_what_is_usual() -> None:
    layout = [rule for rule in load_rules([]).rules if rule.id.startswith("layout/")]

    asked = {find.metric for rule in layout for find in rule.find if isinstance(find, Metric)}
    assert len(layout) >= 11
    assert all(usual(name) is not None for name in asked)


def test_a_message_names_the_number_the_limit_and_what_is_usual() -> None:
    wall = "We keep the machine in good order and call you before each visit. " * 20

    (found,) = (
        one
        for one in trustaudit.scan_text(wall, kind="contract").findings
        if one.rule == "layout/walls-of-text"
    )

    assert found.message == (
        "wall of text is 100 %; the limit is 45 %; "
        "usual in agreements published as fair standards: 0 % to 22 % (125 papers)"
    )


def test_lines_of_plain_text_are_those_that_were_broken_by_hand() -> None:
    line = "The supplier keeps the machine in good order and calls before each visit to the hall"
    broken, flowing = "\n".join([line] * 5), " ".join([line] * 5)

    assert trustaudit.scan_text(broken).metrics["line_length"] == len(line)
    assert trustaudit.scan_text(flowing).metrics["line_length"] is None


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("figures: {}", "usual.yaml:1: what is usual has"),
        (HEAD + "  wall_of_text: {low: 1}", "usual.yaml:4: 'wall_of_text' needs high, low, middle"),
        (HEAD + "  wall_of_text: " + GOOD.replace("0.1", "0.9"), "a middle between low and high"),
        (HEAD + "  wall_of_text: " + GOOD.replace("7", "none"), "counts of papers"),
    ],
)
def test_wrong_figures_are_refused_with_their_place(source: str, fault: str) -> None:
    with pytest.raises(RuleError, match=fault):
        read_usual(source.encode(), FILE)


def test_the_figures_say_when_and_how_they_were_measured() -> None:
    text = (rules_dir() / FILE).read_text("utf-8")

    assert "How they were measured" in text
    assert "measured_on: " in text
    assert (
        read_usual((HEAD + "  a: " + GOOD).encode(), FILE)["a"].said()
        == "usual in papers: 10 % to 30 % (7 papers)"
    )
