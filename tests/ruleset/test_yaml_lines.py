"""YAML comes in as plain data with its lines, and nothing in it can hurt."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustaudit.ruleset.yaml_lines import MAX_BYTES, read_yaml


def test_plain_words_are_what_they_look_like() -> None:
    file = read_yaml(
        "a: no\nb: on\nc: 2026-01-31\nd: 1:30\ne: true\nf: 3\ng: -2.5\nh:\ni: '7'\nj: 0x1F\nk: .inf\n"
    )
    assert file.faults == ()
    assert file.data == {
        "a": "no", "b": "on", "c": "2026-01-31", "d": "1:30", "e": True, "f": 3, "g": -2.5, "h": None,
        "i": "7", "j": "0x1F", "k": ".inf",
    }  # fmt: skip


def test_lines_of_keys_items_and_what_is_missing() -> None:
    file = read_yaml("a: 1\nb:\n  - x\n  - c: 2\n    d:\n      3\n")
    assert [file.line(path) for path in [("a",), ("b",), ("b", 0), ("b", 1), ("b", 1, "d")]] == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert file.line(("b", 1, "missing")) == 4
    assert file.line(("b", 9)) == 2
    assert file.line(()) == file.line(("missing",)) == 1


def test_line_in_text_over_several_lines() -> None:
    file = read_yaml("a: >-\n  one\n  two\nb: |\n  x\n\n  y\nc: 1\n")
    assert file.data["a"] == "one two"
    assert file.line(("c",)) == 8


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: c: d\n", 2, "a colon inside a text"),
        ("a:\n\t- x\n", 2, "a tab"),
        ("\ta: 1\n", 1, "a tab"),
        ("a: [1, 2\nb: 3\n", 2, "bracket"),
        ("any: [may [prior] notice]\n", 1, "needs quotes"),
        ("a: 'x\n", 2, "never closed"),
        ("a: 1\n---\nb: 2\n", 2, "second document"),
        ("a: @x\n", 1, "cannot begin a text"),
        ("a: *x\n", 1, "may not begin with '*'"),
        ("a: 1\na: 2\n", 2, "'a' stands here twice, first in line 1"),
        ("a:\n  b: 1\n  b: 2\n", 3, "'b' stands here twice, first in line 2"),
        ("1: x\n", 1, "a key must be a word, not 1"),
        ("true: x\n", 1, "a key must be a word, not true"),
        ("? [a]\n: x\n", 1, "a key must be a word, not a list"),
        (
            "a: !!python/object/apply:os.system ['true']\n",
            1,
            "!!python/object/apply:os.system is not allowed",
        ),
        ("a: !!binary aGk=\n", 1, "!!binary is not allowed"),
        ("a: !thing x\n", 1, "!thing is not allowed"),
        ("a: \x07\n", 1, "may not stand in a text file"),
        ("a: &x [1]\nb: *x\n", 1, "aliases are not allowed"),
        ("a: &x word\nb: *x\n", 1, "aliases are not allowed"),
        ("&a [*a]\n", 1, "aliases are not allowed"),
        ("any:\n  - [prior] notice\n", 2, "put the whole text in quotes"),
        ("any:\n  - 'don't'\n", 2, "put the whole text in quotes"),
        ("any:\n  - &x y\n", 2, "may not begin with '&'"),
        ("any:\n  - ! y\n", 2, "may not begin with '!'"),
        ("a: | text\n  more\n", 1, "on the line below"),
        ('a: "\\q"\n', 1, "use single quotes"),
        ("find:\nkind: x\n any: y\n", 3, "a wrong indent"),
        ("a: 1\nb\n", 3, "no 'key: value'"),
    ],
)
def test_faults_name_the_line_and_the_mend(text: str, line: int, words: str) -> None:
    faults = read_yaml(text).faults
    assert faults, text
    assert faults[0][0] == line
    assert words in faults[0][1]


def test_all_faults_of_a_file_are_told() -> None:
    assert [line for line, _ in read_yaml("a: 1\na: 2\n3: x\nb: !t y\n").faults] == [2, 3, 4]


def test_marks_inside_a_text_are_only_text() -> None:
    file = read_yaml("a: [t&c, 'A & B', no! never!]\nb: Thanks! & more\n")
    assert file.faults == ()
    assert file.data == {"a": ["t&c", "A & B", "no! never!"], "b": "Thanks! & more"}


def test_encodings() -> None:
    assert read_yaml("\ufeffa: ü\n".encode()).data == {"a": "ü"}
    assert read_yaml(b"a: 1\r\nb: 2\r\n").line(("b",)) == 2
    assert read_yaml("a: 1\nb: ü\n".encode("latin-1")).faults == (
        (2, "not UTF-8 text: save the file as UTF-8"),
    )
    assert read_yaml("a: 1\n".encode("utf-16")).faults


def test_nothing_in_a_file_is_no_data() -> None:
    assert read_yaml("").data is None
    assert read_yaml("# only a comment\n").data is None
    assert read_yaml("- 1\n").data == [1]


def test_aliases_cannot_multiply() -> None:
    levels = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30))
    started = time.perf_counter()
    file = read_yaml(f"a0: &a0 [lol, lol]\n{levels}\n")
    assert "aliases" in file.faults[0][1]
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("text", ["[" * 200_000, "- " * 200_000 + "x", "{a: " * 100_000, "? " * 200_000])
def test_deep_nesting_ends_in_a_fault(text: str) -> None:
    file = read_yaml(text)
    assert file.faults == ((1, "nested deeper than 30 levels"),)


def test_moderate_nesting_ends_in_a_fault_too() -> None:
    text = "[" * 40 + "]" * 40
    assert "nested deeper than 30 levels" in read_yaml(text).faults[0][1]


def test_a_large_file_is_refused() -> None:
    assert "larger than" in read_yaml(b"#" * (MAX_BYTES + 1)).faults[0][1]


@given(st.text() | st.binary())
def test_any_input_ends_in_data_or_faults(source: str | bytes) -> None:
    file = read_yaml(source)
    assert isinstance(file.faults, tuple)


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(10**17), 10**17)
        | st.text(st.characters(exclude_categories=["C"])),
        lambda inner: st.lists(inner) | st.dictionaries(st.text("abc", min_size=1), inner),
        max_leaves=20,
    )
)
def test_what_yaml_writes_comes_back(value: object) -> None:
    import yaml

    file = read_yaml(yaml.dump({"value": value}, allow_unicode=True, Dumper=yaml.SafeDumper))
    if not file.faults:  # the dumper writes shared empty lists as aliases
        assert file.data == {"value": value}
