"""The cache gives back exactly what a fresh load gives, or nothing."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trustaudit.audit import Audience, Confidence, Effect, Kind, Reference, Severity, Side
from trustaudit.document import Span
from trustaudit.ruleset import cache, files, load_rules, rule
from trustaudit.ruleset.codec import decode, digest, encode
from trustaudit.ruleset.data import read_data
from trustaudit.ruleset.load import compile_rules

from .conftest import RulesFolder


def load_afresh(root: Path) -> rule.Ruleset:
    """The rules as a new process would load them."""
    cache.forget()
    return load_rules([root], bundled=False)


def entries() -> list[Path]:
    return sorted((cache.cache_dir() / "rules").glob("*.json"))


def test_the_second_load_comes_from_the_cache_and_is_the_same(
    rules: RulesFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules.write("a/x.yaml")
    fresh = load_afresh(rules.root)
    assert len(entries()) == 1
    monkeypatch.setattr("trustaudit.ruleset.load.compile_rules", None)
    again = load_afresh(rules.root)
    assert again == fresh
    assert again.rules[0].path == str(rules.root / "a" / "x.yaml")
    assert pickle.loads(pickle.dumps(load_afresh(rules.root))) == fresh


def test_every_change_of_a_file_is_seen(rules: RulesFolder) -> None:
    path = rules.write("a/x.yaml")
    stamp = path.stat()
    load_afresh(rules.root)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Give notice.", "Give nothing"), encoding="utf-8")
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert path.stat().st_size == stamp.st_size
    assert load_afresh(rules.root).rules[0].advice == "Give nothing"
    path.rename(path.with_name("y.yaml"))
    assert load_afresh(rules.root).rules[0].id == "a/y"


def test_keys_tell_folders_and_files_apart() -> None:
    def folder(*pieces: tuple[str, bytes]) -> files.Folder:
        return files.Folder(Path("x"), tuple(files.SourceFile(name, name, data) for name, data in pieces))

    a, b = ("a/a.yaml", b"1"), ("b/b.yaml", b"2")
    shapes = [
        [], [folder()], [folder(a)], [folder(a, b)], [folder(a), folder(b)], [folder(b), folder(a)],
        [folder(), folder(a, b)], [folder(("a/a.yaml", b"12 b/b.yaml\n2"))], [folder(a, ("b/c.yaml", b"2"))],
    ]  # fmt: skip
    assert len({cache.key(shape) for shape in shapes}) == len(shapes)


@pytest.mark.parametrize(
    "damage",
    [b"", b"{}", b"\xff\xfe", b"1 2 00000000\n{}", b'[]\n{"rules": []}'],
    ids=["empty", "json", "bytes", "sum", "head"],
)
def test_a_damaged_entry_is_read_afresh_and_mended(rules: RulesFolder, damage: bytes) -> None:
    rules.write("a/x.yaml")
    fresh = load_afresh(rules.root)
    sound = entries()[0].read_bytes()
    entries()[0].write_bytes(damage)
    assert load_afresh(rules.root) == fresh
    assert entries()[0].read_bytes() == sound


def test_a_cut_or_changed_entry_is_not_believed(rules: RulesFolder) -> None:
    rules.write("a/x.yaml")
    fresh = load_afresh(rules.root)
    sound = entries()[0].read_bytes()
    for wrong in (sound[:-1], sound.replace(b"Give notice", b"Give nothin"), sound + b" "):
        entries()[0].write_bytes(wrong)
        assert load_afresh(rules.root) == fresh


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"rules": [[]], "places": []}', b'{"rules": 5, "places": 5}', b"null",
                                  b'{"rules": [[1]], "places": [[0, "a"]], "vocabulary": {}, "sha256": ""}'])  # fmt: skip
def test_sound_json_of_another_shape_is_no_entry(rules: RulesFolder, body: bytes) -> None:
    rules.write("a/x.yaml")
    (cache.cache_dir() / "rules").mkdir(parents=True)
    (cache.cache_dir() / "rules" / "k.json").write_bytes(cache._checksum(body) + b"\n" + body)
    assert cache.read("k", files.read_folders([rules.root])) is None


def test_a_cache_that_cannot_be_written_changes_nothing(
    rules: RulesFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules.write("a/x.yaml")
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    monkeypatch.setattr(cache, "cache_dir", lambda: blocked)
    assert len(load_afresh(rules.root).rules) == 1
    assert len(load_afresh(rules.root).rules) == 1
    assert blocked.read_text(encoding="utf-8") == "in the way"


def test_without_a_home_no_folder_is_made(rules: RulesFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    rules.write("a/x.yaml")
    monkeypatch.setattr(cache, "cache_dir", lambda: Path("~/.cache/trustaudit"))
    assert len(load_afresh(rules.root).rules) == 1
    assert [path.name for path in Path.cwd().iterdir()] == ["rules"]


def test_rules_that_cannot_be_written_down_are_remembered(
    rules: RulesFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules.write("a/x.yaml")
    monkeypatch.setattr(cache, "write_json", lambda *_: None)
    first = load_afresh(rules.root)
    assert load_rules([rules.root], bundled=False) is first


def test_a_write_that_fails_leaves_nothing_behind(
    rules: RulesFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules.write("a/x.yaml")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert len(load_afresh(rules.root).rules) == 1
    assert list((cache.cache_dir() / "rules").iterdir()) == []


def test_old_entries_go(rules: RulesFolder) -> None:
    for number in range(cache.KEPT + 3):
        rules.write("vocabulary.yaml", f"n: [x{number}]\n")
        rules.write("a/x.yaml")
        load_afresh(rules.root)
    assert len(entries()) == cache.KEPT


def test_wrong_rules_are_not_kept(rules: RulesFolder) -> None:
    rules.write("a/x.yaml", "title: x\n")
    for _ in range(2):
        with pytest.raises(Exception, match="is missing"):
            load_afresh(rules.root)
    assert entries() == []


def test_loading_from_the_cache_imports_neither_yaml_nor_pydantic(tmp_path: Path) -> None:
    code = (
        "import sys; from trustaudit.ruleset import load_rules; r = load_rules(); "
        "print(len(r.rules), 'yaml' in sys.modules, 'pydantic' in sys.modules, 'spacy' in sys.modules)"
    )
    env = os.environ | {"XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(2)
    ]
    assert runs[0][1:] == ["True", "True", "False"]
    assert runs[1] == [runs[0][0], "False", "False", "False"]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
WORDS = st.lists(TEXT, max_size=3).map(tuple)
SCOPES = st.builds(rule.Scope, WORDS, st.sampled_from(["any", "only"]), st.sampled_from(["any", "opening"]))
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
SIDES = st.sampled_from(Side)
FINDS = st.one_of(
    st.builds(rule.Phrases, WORDS, SCOPES, TEXT),
    st.builds(
        rule.Tokens,
        st.lists(st.lists(st.dictionaries(TEXT, TEXT | st.booleans()), max_size=2).map(tuple), max_size=2).map(tuple),
        WORDS, SCOPES, TEXT,
    ),
    st.builds(rule.Metric, TEXT, st.none() | FLOATS, st.none() | FLOATS, st.dictionaries(TEXT, FLOATS, max_size=2)),
    st.builds(rule.Order, TEXT, WORDS, TEXT),
    st.builds(rule.Frame, st.lists(WORDS, max_size=2).map(tuple), SCOPES, TEXT),
    st.builds(rule.NormFind, st.lists(SIDES).map(tuple), WORDS, WORDS, WORDS, WORDS, WORDS, SCOPES),
    st.builds(rule.Reciprocal, WORDS, WORDS, TEXT, SIDES, TEXT),
    st.builds(rule.Required, WORDS, WORDS, st.booleans()),
    st.builds(rule.Weighted, st.dictionaries(TEXT, FLOATS, max_size=3), FLOATS, FLOATS, SCOPES, TEXT),
    st.builds(rule.Conflict, TEXT, WORDS),
)  # fmt: skip
SPANS = st.lists(st.builds(Span, st.integers(0, 99), st.integers(0, 99)), max_size=2).map(tuple)
EXAMPLES = st.lists(
    st.builds(rule.Example, TEXT, SPANS, st.none() | st.sampled_from(Kind), WORDS, WORDS, TEXT), max_size=2
).map(tuple)
RULES = st.builds(
    rule.Rule,
    id=TEXT, title=TEXT, confidence=st.sampled_from(Confidence), effect=st.sampled_from(Effect), topic=TEXT,
    severity=st.fixed_dictionaries({who: st.sampled_from(Severity) for who in Audience}),
    applies_to=st.lists(st.sampled_from(Kind), max_size=3).map(tuple), why=TEXT, advice=TEXT, rewrite=TEXT,
    find=st.lists(FINDS, max_size=3).map(tuple), examples=st.builds(rule.Examples, EXAMPLES, EXAMPLES),
    favours=SIDES, weight=st.none() | FLOATS, severity_reason=TEXT, unless=WORDS,
    references=st.lists(st.builds(Reference, TEXT, TEXT, TEXT), max_size=2).map(tuple),
    labels=st.dictionaries(TEXT, TEXT, max_size=2), enabled=st.booleans(),
)  # fmt: skip


@given(st.lists(RULES, max_size=3), st.dictionaries(TEXT, WORDS, max_size=3))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
def test_any_ruleset_comes_back_as_it_was(found: list[rule.Rule], lists: dict[str, tuple[str, ...]]) -> None:
    import json

    ruleset = rule.Ruleset(tuple(found), lists, digest(tuple(found), lists))
    again = decode(json.loads(json.dumps(encode(ruleset), ensure_ascii=False)))
    assert again == ruleset
    assert digest(again.rules, again.vocabulary) == ruleset.sha256


def test_the_bundled_rules_come_back_as_they_were() -> None:
    fresh = load_rules(cached=False)
    load_rules()
    cache.forget()
    assert load_rules() == fresh


def test_rows_are_read_only_where_they_are_looked_at(rules: RulesFolder) -> None:
    rules.write("a/x.yaml")
    load_afresh(rules.root)
    examples = load_afresh(rules.root).rules[0].examples
    assert "flagged" not in vars(examples)
    assert len(examples.flagged) == 3
    assert "flagged" in vars(examples)
    with pytest.raises(AttributeError):
        _ = examples.other


def test_data_of_other_rooms_is_kept_and_keeps_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    source = b"a: 1\nb:\n  - {c: x}\n  - 2026-01-31\n"
    fresh = read_data(source)
    with monkeypatch.context() as without:
        without.setattr("trustaudit.ruleset.yaml_lines.read_yaml", None)
        kept = read_data(source)
    assert kept == fresh
    assert kept.data == {"a": 1, "b": [{"c": "x"}, "2026-01-31"]}
    assert [kept.line(path) for path in [("a",), ("b", 0, "c"), ("b", 1)]] == [1, 3, 4]
    assert read_data(source + b"d: 1").data["d"] == 1


def test_data_with_faults_is_not_kept() -> None:
    for _ in range(2):
        assert read_data(b"a: 1\na: 2\n").faults == ((2, "'a' stands here twice, first in line 1"),)
    assert not (cache.cache_dir() / "data").exists()


def test_a_process_remembers_what_it_loaded(rules: RulesFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    path = rules.write("a/x.yaml")
    load_afresh(rules.root)
    first = load_rules([rules.root], bundled=False)
    with monkeypatch.context() as without:
        without.setattr(cache, "read", None)
        assert load_rules([rules.root], bundled=False) is first
    path.write_text(path.read_text(encoding="utf-8").replace("Give", "Gave"), encoding="utf-8")
    assert load_rules([rules.root], bundled=False).rules[0].advice == "Gave notice."


def test_compiling_says_where_each_rule_is_from(rules: RulesFolder) -> None:
    rules.write("ours/a/x.yaml")
    rules.write("theirs/b/y.yaml")
    folders = files.read_folders([rules.root / "ours", rules.root / "theirs"])
    assert compile_rules(folders)[1] == ((0, "a/x.yaml"), (1, "b/y.yaml"))
