"""Advice on rules that load: each check speaks where it should, with the line, and is silent elsewhere."""

from __future__ import annotations

import pytest

from trustaudit.document import Span
from trustaudit.ruleset import load_rules
from trustaudit.ruleset.labels import unknown_label
from trustaudit.ruleset.lint import FoundIn, lint

from .conftest import RulesFolder


def said(rules: RulesFolder, found_in: FoundIn | None = None) -> list[tuple[int, str]]:
    return [(item.line, item.check) for item in lint(load_rules([rules.root], bundled=False), found_in)]


def test_a_good_rule_needs_no_advice(rules: RulesFolder) -> None:
    rules.write("a/x.yaml")
    assert said(rules) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "check"),
    [
        ("<company> may ... (modify|change)", "<company> may ... <customer>", 17, "no-literal"),
        ("<company> may ... (modify|change)", "may not <company>", 17, "no-literal"),
        ("<company> may ... (modify|change)", "<company> (may|modify)", 17, "no-literal"),
        ("<company> may ... (modify|change)", "we may ... (modify|change)", 17, "party-word"),
        ("with <customer>'s consent", "with [your] consent", 19, "party-word"),
        ("terms alone", "terms alone.", 1, "title-stop"),
        ("Give notice.", "This is unlawful.", 9, "verdict"),
        ("advice: Give notice.\n", "", 1, "no-advice"),
        ("rewrite: We will tell you 30 days before a change.\n", "", 1, "no-rewrite"),
        ("severity_reason: It can take back every other promise.\n", "", 2, "no-reason"),
        (", checked_on: 2026-01-31", "", 12, "unchecked"),
        ('  - {name: "A law, Annex 1(j)", url: "https://example.org/law", checked_on: 2026-01-31}\n', "  []\n", 1, "no-source"),
        ("    - Sometimes «we may change» them.\n", "", 21, "few-examples"),
        ("    - Nobody changes anything.\n", "", 25, "few-examples"),
        ("- Nobody changes anything.", "- You may change them.", 28, "same-example"),
        ("unilateral_change", "unilateral-change", 13, "label"),
    ],
)  # fmt: skip
def test_checks(rules: RulesFolder, old: str, new: str, line: int, check: str) -> None:
    rules.changed("a/x.yaml", (old, new))
    assert said(rules) == [(line, check)]


def test_a_deposit_needs_less(rules: RulesFolder) -> None:
    rules.changed(
        "a/x.yaml",
        ("effect: withdrawal", "effect: deposit"),
        ("{consumer: critical, business: major}", "minor"),
        ("advice: Give notice.\n", ""),
        ("rewrite: We will tell you 30 days before a change.\n", ""),
        ("labels: {unfair_tos: unilateral_change}", "labels: {ours: anything}"),
    )
    assert said(rules) == []


def test_texts_that_two_rules_share(rules: RulesFolder) -> None:
    rules.write("a/x.yaml")
    rules.changed(
        "a/y.yaml",
        ("title: One", "title: Another"),
        ("why: A promise", "why: Any promise"),
        ("Give notice.", "Tell."),
    )
    found = lint(load_rules([rules.root], bundled=False))
    assert [str(item) for item in found] == [
        "rules/a/y.yaml:10: 'rewrite' is word for word that of a/x [same-rewrite]"
    ]


def test_rules_that_find_each_others_examples(rules: RulesFolder) -> None:
    other = (
        ("title: One", "title: Two"),
        ("why: A", "why: The"),
        ("Give notice.", "Tell."),
        ("before a", "before any"),
    )
    rules.write("a/x.yaml")
    rules.changed("a/y.yaml", *other)
    ids = {"a/x", "a/y"}
    assert said(rules, lambda example, _: dict.fromkeys(ids, example.marks)) == [
        (21, "overlap"),
        (21, "overlap"),
    ]
    assert said(rules, lambda example, rule: {rule.id: example.marks}) == []
    far = [Span(90, 91)]
    assert said(rules, lambda _example, _rule: dict.fromkeys(ids, far)) == []
    assert (
        said(rules, lambda example, _: dict.fromkeys(ids, far if "Sometimes" in example.text else ())) == []
    )


def test_every_find_is_looked_at(rules: RulesFolder) -> None:
    find = "find:\n  kind: phrases\n  any:\n    - <company> may ... (modify|change)\n"
    more = """\
find:
  - {kind: required, ground: we lend, protection: shield}
  - {kind: reciprocal, asked: may <customer>, given: you may leave, pair: p}
  - {kind: norm, bearer: customer, modality: obligation, action: [ours]}
"""
    rules.changed("a/x.yaml", (find, more))
    assert said(rules) == [(15, "party-word"), (16, "no-literal"), (16, "party-word"), (17, "party-word")]


def test_terms_are_looked_at(rules: RulesFolder) -> None:
    find = "find:\n  kind: phrases\n  any:\n    - <company> may ... (modify|change)\n"
    rules.changed("a/x.yaml", (find, "find: {kind: weighted, terms: {your fee: 2, may: 1}, threshold: 2}\n"))
    assert said(rules) == [(14, "party-word")]


def test_labels() -> None:
    assert unknown_label("cuad", "Cap On Liability") == ""
    assert unknown_label("kind", "whatever") == ""
    assert unknown_label("message", "thank") == "'thank' is no name of message. Did you mean 'thanks'?"
