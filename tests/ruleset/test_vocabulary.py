"""Lists of phrases: checked like rules, and never in circles."""

from __future__ import annotations

import pytest

from trustaudit.errors import RuleError
from trustaudit.ruleset import load_rules

from .conftest import RulesFolder


def lists(rules: RulesFolder) -> dict[str, tuple[str, ...]]:
    return dict(load_rules([rules.root], bundled=False).vocabulary)


def fault(rules: RulesFolder) -> str:
    with pytest.raises(RuleError) as caught:
        load_rules([rules.root], bundled=False)
    return str(caught.value)


def test_one_file_or_a_folder_of_them(rules: RulesFolder) -> None:
    rules.write("vocabulary.yaml", "pay: [pay, (remit|settle)]\n")
    rules.write("vocabulary/a.yaml", "due:\n  note: When.\n  phrases:\n    - due  now\n    - <pay> by\n")
    rules.write("vocabulary/deep/b.yml", "one: a single phrase\n")
    rules.write("vocabulary/_draft.yaml", "[broken\n")
    rules.write("vocabulary/empty.yaml", "# nothing yet\n")
    assert lists(rules) == {
        "due": ("due now", "<pay> by"),
        "one": ("a single phrase",),
        "pay": ("pay", "(remit|settle)"),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [<b>]\n", "v.yaml:1: list 'a': 'phrases': no vocabulary list is called <b>."),
        ("pay: [x]\na:\n  - y\n  - <pya>\n", "v.yaml:4: list 'a': 'phrases': no vocabulary list is called <pya>. Did you mean 'pay'?"),
        ("a: [x]\nb: {phrass: [y]}\n", "v.yaml:2: list 'b': unknown key 'phrass'. Did you mean 'phrases'?"),
        ("a: []\n", "v.yaml:1: list 'a': 'phrases' needs at least 1"),
        ("a: 5\n", "v.yaml:1: list 'a': "),
        ("a:\n", "v.yaml:1: list 'a': "),
        ("a: [x, (y]\n", "is never closed"),
        ("a: [x, y, x]\n", "'x' stands in the list twice"),
        ("a: [3]\n", "must be text, not 3: put it in quotes"),
        ("A b: [x]\n", "v.yaml:1: the list's name 'A b' must be of lower-case letters"),
        ("company: [x]\n", "<company> is built in: choose another name"),
        ("- x\n", "v.yaml:1: a vocabulary is a mapping"),
        ("a: [<a> x]\n", "v.yaml:1: a list may not contain itself: <a> → <a>"),
        ("x: [y]\na: [<b>]\nb: [(<c>|z)]\nc: ['[<a>] x']\n", "v.yaml:2: a list may not contain itself: <a> → <b> → <c> → <a>"),
        ("a: [x]\na: [y]\n", "v.yaml:2: 'a' stands here twice"),
    ],
)  # fmt: skip
def test_faults(rules: RulesFolder, text: str, message: str) -> None:
    rules.write("vocabulary/v.yaml", text)
    said = fault(rules)
    assert message in said
    assert len(said.splitlines()) == 1


def test_a_name_stands_once_in_a_folder(rules: RulesFolder) -> None:
    rules.write("vocabulary/a.yaml", "pay: [x]\n")
    rules.write("vocabulary/b.yaml", "\npay: [y]\n")
    assert fault(rules) == "rules/vocabulary/b.yaml:2: the list 'pay' stands in rules/vocabulary/a.yaml too"


def test_a_later_folder_replaces_a_list_and_adds_others(rules: RulesFolder) -> None:
    rules.write("ours/vocabulary.yaml", "pay: [x]\nkeep: [<pay>]\n")
    rules.write("theirs/vocabulary.yaml", "pay: [y]\nmore: [<keep>]\n")
    found = load_rules([rules.root / "ours", rules.root / "theirs"], bundled=False)
    assert found.vocabulary == {"keep": ("<pay>",), "more": ("<keep>",), "pay": ("y",)}


def test_a_circle_through_two_folders_is_seen(rules: RulesFolder) -> None:
    rules.write("ours/vocabulary.yaml", "pay: [x]\nkeep: [<pay>]\n")
    rules.write("theirs/vocabulary.yaml", "pay: [<keep>]\n")
    with pytest.raises(RuleError, match="a list may not contain itself: <keep> → <pay> → <keep>"):
        load_rules([rules.root / "ours", rules.root / "theirs"], bundled=False)
