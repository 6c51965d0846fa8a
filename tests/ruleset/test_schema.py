"""Every key of a rule file is checked, and what is wrong is said with its line and the near name."""

from __future__ import annotations

import pytest

from trustaudit.audit import Audience, Effect, Kind, Severity, Side
from trustaudit.document import Span
from trustaudit.ruleset import rule
from trustaudit.ruleset.fields import Known
from trustaudit.ruleset.rule import Rule
from trustaudit.ruleset.schema import RuleModel, check_rule
from trustaudit.ruleset.yaml_lines import read_yaml

KNOWN = Known(frozenset({"change", "pay-words", "thanks", "topic-liability"}))


def read(text: str) -> Rule:
    checked = check_rule(read_yaml(text).data, KNOWN)
    assert isinstance(checked, RuleModel), checked
    return checked.value("a/b", "rules/a/b.yaml")


def faults(text: str) -> list[tuple[int, str]]:
    file = read_yaml(text)
    assert file.faults == ()
    checked = check_rule(file.data, KNOWN)
    assert not isinstance(checked, RuleModel), "the rule was accepted"
    return [(file.line(path), message) for path, message in checked]


def with_find(good: str, find: str) -> str:
    start, end = good.index("find:"), good.index("unless:")
    return f"{good[:start]}find: {find}\n{good[end:]}"


def test_a_good_rule_has_everything(good_rule: str) -> None:
    found = read(good_rule)
    assert found.id == "a/b"
    assert found.severity == {Audience.CONSUMER: Severity.CRITICAL, Audience.BUSINESS: Severity.MAJOR}
    assert found.applies_to == (Kind.CONTRACT, Kind.TERM_SHEET)
    assert found.favours is Side.COMPANY
    assert found.references[0].checked_on == "2026-01-31"
    assert found.labels == {"unfair_tos": "unilateral_change"}
    assert found.find == (rule.Phrases(("<company> may ... (modify|change)",)),)
    assert found.examples.flagged[0] == rule.Example("We may modify these terms.", (Span(0, 13),))
    assert found.enabled
    assert found.weight is None


def test_short_forms_and_defaults(good_rule: str) -> None:
    text = good_rule.replace("{consumer: critical, business: major}", "minor")
    text = text.replace("applies_to: [contract, term-sheet]\n", "").replace(
        "effect: withdrawal", "effect: deposit"
    )
    text = text.replace("unless:\n  - with <customer>'s consent\n", "unless: with <customer>'s consent\n")
    found = read(text)
    assert set(found.severity.values()) == {Severity.MINOR}
    assert found.applies_to == tuple(Kind)
    assert found.effect is Effect.DEPOSIT
    assert found.favours is Side.CUSTOMER
    assert found.unless == ("with <customer>'s consent",)
    assert read(text.replace("effect: deposit", "effect: note")).favours is Side.BOTH
    assert read(text.replace("effect: deposit", "effect: note\nfavours: neither")).favours is Side.NEITHER


def test_prose_is_one_line(good_rule: str) -> None:
    found = read(good_rule.replace("why: A promise", "why: |\n  Two\n   lines.\n# "))
    assert found.why == "Two lines."


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("severity:", "severty:", 2, "unknown key 'severty'. Did you mean 'severity'?"),
        ("topic:", "colour: red\ntopic:", 6, "unknown key 'colour'. Known here: advice, applies_to,"),
        ("title: One side may change the terms alone\n", "", 1, "the key 'title' is missing"),
        ("title: One side", "title: 5 #", 1, "'title' must be text, not 5: put it in quotes"),
        ("title: One side", f"title: {'x' * 80}", 1, "characters, at most 72"),
        ("consumer: critical", "consumer: critcal", 2, "'consumer' must be info, minor, major or critical, not 'critcal'."),
        ("consumer: critical", "consumr: critical", 2, "unknown key 'consumr'. Did you mean 'consumer'?"),
        ("consumer: critical, ", "", 2, "the key 'consumer' is missing"),
        ("{consumer: critical, business: major}", "majr", 2, "'majr' is not one of info, minor, major, critical. Did you mean 'major'?"),
        ("{consumer: critical, business: major}", "[major]", 2, "'severity' must be a mapping (key: value), not a list"),
        ("confidence: high", "confidence: hgh", 4, "Did you mean 'high'?"),
        ("effect: withdrawal", "effect: withdrawl", 5, "Did you mean 'withdrawal'?"),
        ("topic: change", "topic: The Change", 6, "must be lower-case words joined by hyphens"),
        ("[contract, term-sheet]", "[contract, termsheet]", 7, "Did you mean 'term-sheet'?"),
        ("[contract, term-sheet]", "[]", 7, "'applies_to' needs at least 1, and has 0"),
        ("why: A promise that", "why: #", 8, "'why' must be text, not nothing"),
        ("why: A promise that", "why: '' #", 8, "'why' is empty"),
        ("advice: Give notice.", "advice: [x]", 9, "'advice' must be text, not a list"),
        ('url: "https://example.org/law"', "url: example", 12, "'example' is not an address that begins with https://"),
        ("checked_on: 2026-01-31", "checked_on: 2026-02-30", 12, "'2026-02-30' is not a day like 2026-01-31"),
        ("checked_on: 2026-01-31", "checked: 2026-01-31", 12, "Did you mean 'checked_on'?"),
        ("labels: {unfair_tos: unilateral_change}", "labels: {unfair_tos: 3}", 13, "'unfair_tos' must be text, not 3: put it in quotes"),
        ("labels: {unfair_tos: unilateral_change}", "labels: x", 13, "'labels' must be a mapping"),
        ("labels:", "weight: -1\nlabels:", 13, "'weight' must be 0 or more"),
        ("labels:", "weight: 101\nlabels:", 13, "'weight' must be 100 or less"),
        ("labels:", "weight: heavy\nlabels:", 13, "'weight' must be a number, not 'heavy'"),
        ("labels:", "enabled: yes\nlabels:", 13, "'enabled' must be true or false, not 'yes'"),
        ("labels:", "favours: compny\nlabels:", 13, "Did you mean 'company'?"),
        ("kind: phrases", "kind: phrase", 14, "'kind' must be phrases, tokens,"),
        ("  kind: phrases\n", "", 14, "'find' needs a 'kind:' that says how to look"),
        ("any:", "anny:", 16, "unknown key 'anny'. Did you mean 'any'?"),
        ("any:", "over: 3\n  any:", 16, "unknown key 'over'. Known here: any, blocks, fine_print, kind, mutual, part."),
        ("(modify|change)", "(modify|change", 17, "'(' is never closed, at column 19 of the phrase"),
        ("- <company> may ... (modify|change)", "- (modify|change): x", 17, "'any' must be text, not a mapping: put it in quotes"),
        ("(modify|change)", "<chnge>", 17, "no vocabulary list is called <chnge>. Did you mean 'change'?"),
        ("- <company> may ... (modify|change)", "- 30", 17, "'any' must be text, not 30: put it in quotes"),
        ("with <customer>'s consent", "with <custmer>", 19, "Did you mean 'customer'?"),
        ("- Sometimes «we may change» them.", "- Sometimes we may", 24, "mark what is to be found with « »"),
        ("«we may change» them", "««we may» change» them", 24, "a « inside another"),
        ("«we may change» them", "«we may change them", 24, "a « without its »"),
        ("«we may change» them", "we may change» them", 24, "a » without its «"),
        ("- You may change them.", "- «You» may.", 26, "a clean example has no « »"),
        ("    - You may change them.\n    - We may modify these terms with your consent.\n", "", 25, "'clean' needs at least 2, and has 1"),
        ("  clean:", "  cleann:", 25, "unknown key 'cleann'. Did you mean 'clean'?"),
        ("- You may change them.", "- {txt: x}", 26, "unknown key 'txt'. Did you mean 'text'?"),
        ("- You may change them.", "- {text: x, format: htm}", 26, "Did you mean 'html'?"),
        ("- You may change them.", "- {text: x, kind: contrct}", 26, "Did you mean 'contract'?"),
        ("- You may change them.", "- []", 26, "'clean' must be a mapping (key: value), not a list"),
    ],
)  # fmt: skip
def test_faults(good_rule: str, old: str, new: str, line: int, message: str) -> None:
    assert old in good_rule
    said = faults(good_rule.replace(old, new, 1))
    assert any(at == line and message in text for at, text in said), said


def test_all_faults_are_found_at_once(good_rule: str) -> None:
    text = (
        good_rule.replace("confidence: high", "confidence: 5").replace("why:", "wy:").replace("any:", "ny:")
    )
    assert {line for line, _ in faults(text)} == {4, 8, 16}


@pytest.mark.parametrize("data", [None, [], "text", 5, True])
def test_a_rule_is_a_mapping(data: object) -> None:
    assert check_rule(data, KNOWN) == [((), "a rule is a mapping: 'title: …' and so on")]


@pytest.mark.parametrize(
    ("find", "value"),
    [
        ("{kind: phrases, any: may pay}", rule.Phrases(("may pay",))),
        (
            "{kind: phrases, any: [<change>], blocks: heading, fine_print: only, part: opening, mutual: keep}",
            rule.Phrases(("<change>",), rule.Scope(("heading",), "only", "opening"), "keep"),
        ),
        (
            "{kind: tokens, patterns: [[{LOWER: fee}, {LIKE_NUM: true, OP: '{1,3}'}]], gate: fee}",
            rule.Tokens((({"LOWER": "fee"}, {"LIKE_NUM": True, "OP": "{1,3}"}),), ("fee",)),
        ),
        (
            "{kind: metric, metric: fine_print_ratio, over: 0.2, steps: {critical: 0.6, major: 0.4}}",
            rule.Metric("fine_print_ratio", 0.2, None, {"major": 0.4, "critical": 0.6}),
        ),
        ("{kind: metric, metric: reading_ease, under: 30}", rule.Metric("reading_ease", None, 30.0)),
        (
            "{kind: order, first: <pay-words>, before: thanks, missing: ignores}",
            rule.Order("pay-words", ("thanks",), "ignores"),
        ),
        ("{kind: frame, frames: [[company, <change>]]}", rule.Frame((("company", "change"),))),
        (
            "{kind: weighted, terms: {Sole  discretion: 2, <customer>: -0.5}, threshold: 1.5, bias: -0.5}",
            rule.Weighted({"sole discretion": 2.0, "<customer>": -0.5}, 1.5, -0.5),
        ),
        (
            "{kind: norm, bearer: customer, modality: [obligation], action: pay, with: notice, without: [cause]}",
            rule.NormFind((Side.CUSTOMER,), ("obligation",), (), ("pay",), ("notice",), ("cause",)),
        ),
        (
            "{kind: reciprocal, asked: may ask, given: may give, pair: notice, asked_of: company, degree: days}",
            rule.Reciprocal(("may ask",), ("may give",), "notice", Side.COMPANY, "days"),
        ),
        (
            "{kind: required, ground: a loan, protection: [a shield], any_kind: false}",
            rule.Required(("a loan",), ("a shield",), any_kind=False),
        ),
        (
            "{kind: conflict, check: words-and-digits, about: price}",
            rule.Conflict("words-and-digits", ("price",)),
        ),
    ],
)
def test_every_kind_of_find(good_rule: str, find: str, value: rule.Find) -> None:
    assert read(with_find(good_rule, find)).find == (value,)
    assert read(with_find(good_rule, f"[{find}, {find}]")).find == (value, value)


@pytest.mark.parametrize(
    ("find", "message"),
    [
        ("{kind: tokens, patterns: [[{LOWR: x}]], gate: x}", "unknown token attribute 'LOWR'. Did you mean 'LOWER'?"),
        ("{kind: tokens, patterns: [[{POS: VERB}]], gate: x}", "POS needs a trained model"),
        ("{kind: tokens, patterns: [[{LOWER: {REGEX: '('}}]], gate: x}", "REGEX '(' is wrong"),
        ("{kind: tokens, patterns: [[{LOWER: {REGEX: '(a+)+$'}}]], gate: x}", "repeats a repeat"),
        ("{kind: tokens, patterns: [[{LOWER: x, OP: '**'}]], gate: x}", "OP must be one of"),
        ("{kind: tokens, patterns: [[]], gate: x}", "'patterns' needs at least 1"),
        ("{kind: tokens, patterns: [[{LOWER: x}]]}", "the key 'gate' is missing"),
        ("{kind: metric, metric: words}", "give one limit: 'over' or 'under'"),
        ("{kind: metric, metric: words, over: 1, under: 2}", "give one limit: 'over' or 'under'"),
        ("{kind: metric, metric: words, over: 2, steps: {major: 1}}", "'steps' must go further"),
        ("{kind: metric, metric: words, under: 2, steps: {major: 3}}", "'steps' must go further"),
        ("{kind: metric, metric: words, over: 2, steps: {major: 9, critical: 4}}", "'steps' must go further"),
        ("{kind: metric, metric: words, over: 2, steps: {bad: 9}}", "must be info, minor, major or critical"),
        ("{kind: metric, metric: Fine Print, over: 2}", "'metric' is not written like that"),
        ("{kind: order, first: pay-word, before: [thanks]}", "no vocabulary list is called <pay-word>. Did you mean 'pay-words'?"),
        ("{kind: frame, frames: [[company]]}", "'frames' needs at least 2"),
        ("{kind: frame, frames: [[company, chang]]}", "Did you mean 'change'?"),
        ("{kind: weighted, terms: {a b c d e: 2}, threshold: 1}", "'a b c d e' has 5 words, at most 4"),
        ("{kind: weighted, terms: {<compny>: 2}, threshold: 1}", "<compny> cannot stand in a term. Did you mean '<company>'?"),
        ("{kind: weighted, terms: {co-operate: 2}, threshold: 1}", "'co-operate' holds a mark"),
        ("{kind: weighted, terms: {a: much}, threshold: 1}", "'a' must be a number, not 'much'"),
        ("{kind: weighted, terms: {}, threshold: 1}", "'terms' needs at least 1"),
        ("{kind: weighted, terms: {a: 0.5, b: -3}, threshold: 1}", "nothing can be found"),
        ("{kind: norm, bearer: we, modality: must}", "'bearer' must be company, customer, both"),
        ("{kind: norm, bearer: customer, modality: obligation, topic: liabilty}", "no topic is called 'liabilty'. Did you mean 'liability'?"),
        ("{kind: norm, bearer: customer, modality: obligation, without: ['(']}", "'(' is never closed"),
        ("{kind: reciprocal, asked: x, given: y, pair: p, degree: weeks}", "'degree' must be"),
        ("{kind: phrases, any: [x], blocks: headng}", "Did you mean 'heading'?"),
        ("{kind: phrases, any: []}", "'any' needs at least 1"),
        ("[]", "'find' needs at least 1"),
        ("may pay", "'find' must be a mapping"),
        ("[{kind: phrases, any: [x]}, {kind: metric}]", "the key 'metric' is missing"),
    ],
)  # fmt: skip
def test_faults_in_a_find(good_rule: str, find: str, message: str) -> None:
    said = faults(with_find(good_rule, find))
    assert any(message in text for _, text in said), said
    assert all(line == 14 for line, _ in said)


def test_a_phrase_may_not_be_a_book(good_rule: str) -> None:
    said = faults(with_find(good_rule, "{kind: phrases, any: ['" + "word " * 200 + "']}"))
    assert "at most 600: use a vocabulary list" in said[0][1]


def test_an_example_may_bring_its_context(good_rule: str) -> None:
    text = good_rule.replace(
        "- You may change them.",
        "- {text: 'Acme may.', kind: message, company: Acme, customer: [B, C], format: html}",
    )
    example = read(text).examples.clean[0]
    assert example == rule.Example("Acme may.", (), Kind.MESSAGE, ("Acme",), ("B", "C"), "html")


def test_marks_come_back(good_rule: str) -> None:
    text = good_rule.replace("Sometimes «we may change» them", "«A» ünd «B» … «c»")
    example = read(text).examples.flagged[2]
    assert example.marked == "«A» ünd «B» … «c»."
    assert [example.text[start:end] for start, end in example.marks] == ["A", "B", "c"]
