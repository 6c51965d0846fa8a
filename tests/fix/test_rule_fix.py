"""The ``fix`` of a rule file: what may stand in it, and that its results are run as tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from trustaudit.cli.trying import failures
from trustaudit.errors import RuleError
from trustaudit.ruleset import load_rules

RULE = """\
title: A title
severity: info
confidence: high
effect: note
topic: wording
applies_to: [message]
why: Because.
find: {kind: phrases, any: [prior to]}
fix:
%s
examples:
  flagged: ["Call «prior to» noon.", "«Prior to» it."]
  clean: ["Call before noon.", "No prior call."]
"""


def write(tmp_path: Path, fix: str) -> Path:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "before.yaml").write_text(RULE % fix, encoding="utf-8")
    return tmp_path


GOOD = '  replace: {prior to: before}\n  results: [{before: "Call prior to noon.", after: "%s"}]'


def test_a_result_that_holds(tmp_path: Path) -> None:
    folder = write(tmp_path, GOOD % "Call before noon.")
    (rule,) = [rule for rule in load_rules([folder]).rules if rule.id == "own/before"]
    assert rule.fix is not None
    assert list(failures([rule], [folder])) == []
    again = [rule for rule in load_rules([folder]).rules if rule.id == "own/before"]
    assert again == [rule]  # out of the compiled cache too


def test_a_result_that_does_not_hold_is_a_failure(tmp_path: Path) -> None:
    folder = write(tmp_path, GOOD % "Call after noon.")
    (rule,) = [rule for rule in load_rules([folder]).rules if rule.id == "own/before"]
    (failure,) = failures([rule], [folder])
    assert (
        failure.headline == "own/before: fix example 1: it makes 'Call before noon.', not 'Call after noon.'"
    )


def test_a_fix_that_is_never_done_is_a_failure(tmp_path: Path) -> None:
    text = '  replace: {prior to: before or prior to}\n  results: [{before: "Call prior to it.", after: "Call before or prior to it."}]'
    folder = write(tmp_path, text)
    (rule,) = [rule for rule in load_rules([folder]).rules if rule.id == "own/before"]
    (failure,) = failures([rule], [folder])
    assert "fixed twice it becomes" in failure.headline


@pytest.mark.parametrize(
    ("fix", "said"),
    [
        ("  replace: {Prior to: before}\n  results: [{before: a, after: b}]", "must be in small letters"),
        ("  replace: {prior to: prior to}\n  results: [{before: a, after: b}]", "replaced by itself"),
        ("  results: [{before: a, after: b}]", "says what it changes"),
        ("  replace: {prior to: before}", "results"),
        ("  replace: {prior to: before}\n  results: []", "at least 1"),
        ("  replase: {prior to: before}\n  results: [{before: a, after: b}]", "Did you mean 'replace'?"),
        ("  once: a!\n  results: [{before: a, after: b}]", "must be marks alone"),
        ("  calm: [Final]\n  results: [{before: a, after: b}]", "one word in small letters"),
        ("  calm: [final]\n  results: [{befor: a, after: b}]", "Did you mean 'before'?"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, fix: str, said: str) -> None:
    with pytest.raises(RuleError, match=said.replace("?", r"\?")) as caught:
        load_rules([write(tmp_path, fix)])
    assert "before.yaml:" in str(caught.value)
