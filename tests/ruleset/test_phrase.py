"""The phrase language: what it matches, what it refuses, and that its literals never lie."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustaudit.ruleset.pattern import Compiler
from trustaudit.ruleset.phrase import PhraseError, names_in, parse_phrase

VOCABULARY = {
    "change": ("chang*", "modif*", "amend*"),
    "terms": ("terms [and conditions]", "agreement"),
    "loop": ("a <loop>",),
}
COMPILER = Compiler(VOCABULARY)


def found(phrase: str, text: str) -> str | None:
    hit = re.search(COMPILER.compile(phrase).regex, text)
    return hit[0] if hit else None


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("may terminate", "ꓚ may, terminate it", "may, terminate"),
        ("non refundable", "it is non-refundable", "non-refundable"),
        ("terminat*", "on termination of", "termination"),
        ("terminate", "terminated", None),
        ("(sole|absolute) discretion", "in its absolute discretion", "absolute discretion"),
        ("without [prior] notice", "without notice", "without notice"),
        ("without [prior] notice", "without prior notice", "without prior notice"),
        ("[prior] notice", "with notice", "notice"),
        ("<company> may ... <change> ... <terms>", "ꓚ may, at any time, modify these terms.", "ꓚ may, at any time, modify these terms"),
        ("<company> may ... <change>", "ꓚ may not change it", None),
        ("<company> may .... <change>", "ꓚ may not change it", "ꓚ may not change"),
        ("may ...1 end", "may a b end", None),
        ("may ... end", "may stop; end", None),
        ("<customer>'s fees", "ꓜ's fees", "ꓜ's fees"),
        ("<customer> fees", "ꓜ's fees", None),
        ("<both> may", "ꓠ may", "ꓠ may"),
        ("^ thank you", "thank you", "thank you"),
        ("^ thank you", "and thank you", None),
        ("thank you $", "thank you.", "thank you."),
        ("<number> days", "thirty days", "thirty days"),
        ("<period> notice", "30 days notice", "30 days notice"),
        ("<money>", "a fee of $1,200.50 now", "$1,200.50"),
        ("<percent>", "by 5 % a year", "5 %"),
        ("questions ?", "any questions? call", "questions?"),
    ],
)  # fmt: skip
def test_matches(phrase: str, text: str, expected: str | None) -> None:
    assert found(phrase, text) == expected


@pytest.mark.parametrize(
    ("phrase", "column"),
    [
        ("(a|b", 1),
        ("a)", 2),
        ("(a|)", 2),
        ("(... a|b)", 2),
        ("", 1),
        ("a ...99 b", 3),
        ("a # b", 3),
        ("[a|]", 2),
    ],
)
def test_faults_are_shown_where_they_are(phrase: str, column: int) -> None:
    with pytest.raises(PhraseError) as caught:
        parse_phrase(phrase)

    assert caught.value.column == column


def test_unknown_and_circular_lists_are_refused() -> None:
    with pytest.raises(PhraseError, match="no vocabulary list"):
        COMPILER.compile("<chnage>")
    with pytest.raises(PhraseError, match="contains itself"):
        COMPILER.compile("<loop>")


def test_names_are_those_of_lists_only() -> None:
    assert names_in(parse_phrase("<company> may [<change>|(<terms>|x)] <money>")) == {"change", "terms"}


WORDS = st.sampled_from(
    ["may", "change", "terms", "fee", "ꓚ", "not", "the", "agreement", "modify", "and conditions"]
)
ATOMS = st.sampled_from(
    ["may", "chang*", "(fee|terms)", "[the]", "<company>", "<change>", "<terms>", "[<change>|x]"]
)
GAPS = st.sampled_from(["", "...", "....3"])
PHRASES = st.lists(st.tuples(ATOMS, GAPS), min_size=1, max_size=5).map(
    lambda pairs: " ".join(part for pair in pairs for part in pair).rstrip(" .3")
)


@given(PHRASES, st.lists(WORDS, max_size=14).map(" ".join))
def test_a_match_holds_a_member_of_every_set_of_literals(phrase: str, text: str) -> None:
    pattern = COMPILER.compile(phrase)

    if re.search(pattern.regex, text):
        assert all(any(literal in text for literal in literals) for literals in pattern.literals)


def test_the_worst_phrase_is_still_quick_on_a_hostile_clause() -> None:
    pattern = COMPILER.compile("a ....40 b ....40 c")

    assert re.search(pattern.regex, "a " * 5_000) is None
