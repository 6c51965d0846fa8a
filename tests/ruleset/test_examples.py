"""Examples are run as tests, and a failure shows the difference on the text itself."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustaudit import parsing
from trustaudit.document import Document, Span
from trustaudit.errors import UnreadableError
from trustaudit.ruleset import Rule, load_rules
from trustaudit.ruleset.examples import caret_lines, run_examples, span_in_source
from trustaudit.ruleset.marks import unmark
from trustaudit.ruleset.rule import Example

from .conftest import RulesFolder


@pytest.fixture
def rule(rules: RulesFolder) -> Rule:
    rules.write("a/x.yaml")
    return load_rules([rules.root], bundled=False).rules[0]


def test_a_rule_that_finds_what_is_marked_has_no_failure(rule: Rule) -> None:
    assert run_examples(rule, lambda example, _: list(reversed(example.marks))) == []


def test_a_rule_that_finds_nothing_fails_where_it_should_find(rule: Rule) -> None:
    failures = run_examples(rule, lambda _example, _rule: ())
    assert [(failure.part, failure.number) for failure in failures] == [
        ("flagged", 1),
        ("flagged", 2),
        ("flagged", 3),
    ]
    assert str(failures[2]).splitlines() == [
        "a/x: flagged example 3: nothing is found where it is marked",
        "    Sometimes we may change them.",
        "              ^^^^^^^^^^^^^ marked, not found",
    ]


def test_a_finding_in_a_clean_example_is_a_failure(rule: Rule) -> None:
    failures = run_examples(
        rule, lambda example, _: [*example.marks, Span(0, 3)] if "Nobody" in example.text else example.marks
    )
    assert [str(failure).splitlines()[0] for failure in failures] == [
        "a/x: clean example 3: more is found than is marked"
    ]


def test_another_place_shows_both(rule: Rule) -> None:
    def scan(example: Example, _: Rule) -> Sequence[Span]:
        return [Span(start, end + 1) for start, end in example.marks]

    first = str(run_examples(rule, scan)[0]).splitlines()
    assert first[0].endswith("what is found is not what is marked")
    assert first[2] == "    ^^^^^^^^^^^^^ marked, not found"
    assert first[4] == "    ^^^^^^^^^^^^^^ found, not marked"


def test_an_example_that_cannot_be_scanned_is_a_failure(rule: Rule) -> None:
    def scan(_: Example, __: Rule) -> Sequence[Span]:
        raise UnreadableError("no text in it")

    failures = run_examples(rule, scan)
    assert len(failures) == 6
    assert str(failures[0]) == "a/x: flagged example 1: no text in it"


def test_long_lines_are_cut_and_several_lines_shown() -> None:
    text = "a" * 200 + " here " + "b" * 200
    line, carets = caret_lines(text, Span(201, 205), "x")
    assert len(line) < 110
    assert line[carets.index("^") : carets.rindex("^") + 1] == "here"
    lines = list(caret_lines("one two\nthree\nfour five", Span(4, 18), "x"))
    assert lines == ["one two", "    ^^^ x", "three", "^^^^^", "four five", "^^^^"]
    assert list(caret_lines("ab", Span(1, 1), "x")) == ["ab", " ^ x"]


@given(st.text("ab \n\t«", max_size=60), st.data())
def test_carets_stand_under_the_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    lines = list(caret_lines(text, Span(start, end), ""))
    under = "".join(
        line[carets.index("^") : len(carets)]
        for line, carets in zip(lines[::2], lines[1::2], strict=True)
        if "^" in carets
    )
    assert under.replace(" ", "").startswith(
        text[start:end].replace("\n", "").replace("\t", "").replace(" ", "")
    )


@given(st.text("ab\n .", max_size=40), st.lists(st.integers(0, 40), max_size=6))
def test_marks_come_back(text: str, cuts: list[int]) -> None:
    at = sorted(min(cut, len(text)) for cut in cuts)
    spans = tuple(Span(*pair) for pair in zip(at[::2], at[1::2], strict=False))
    assert unmark(Example(text, spans).marked) == (text, spans)


def test_places_in_plain_text_are_the_same() -> None:
    assert span_in_source(Document("a b", ()), Span(1, 2), "a b") == Span(1, 2)


@pytest.mark.parametrize(
    ("source", "name", "quote", "found"),
    [
        (
            "<p>Fees are <b>never</b>\n refunded.</p>",
            "x.html",
            "are never refunded",
            "are <b>never</b>\n refunded",
        ),
        ("<p>We pay.</p><p>We <i>pay</i>.</p>", "x.html", "We pay", "We <i>pay"),
        ("<p>A &amp; B don&rsquo;t pay</p>", "x.html", "A & B don’t", "A &amp; B don&rsquo;t"),
        ("# Head\n\nFees are *never* refunded.\n", "x.md", "never refunded", "never* refunded"),
    ],
)
def test_places_in_marked_up_text(source: str, name: str, quote: str, found: str) -> None:
    document = parsing.parse(source.encode(), name)
    at = document.text.rindex(quote)
    span = span_in_source(document, Span(at, at + len(quote)), source)
    assert span is not None
    assert source[span.start : span.end] == found


def test_what_is_not_in_the_source_has_no_place() -> None:
    document = Document("one two", ())
    assert span_in_source(document, Span(0, 7), "three") is None
    assert span_in_source(document, Span(3, 4), "three") is None
