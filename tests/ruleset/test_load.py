"""Folders of rule files become one ruleset, or one error that names every fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from trustaudit.errors import RuleError
from trustaudit.ruleset import Ruleset, load_rules

from .conftest import RulesFolder


def load(*dirs: Path) -> Ruleset:
    return load_rules(dirs, bundled=False)


def fault(*dirs: Path) -> str:
    with pytest.raises(RuleError) as caught:
        load(*dirs)
    return str(caught.value)


def test_the_path_is_the_id(rules: RulesFolder) -> None:
    rules.write("one-sided/change.yaml")
    rules.write("one-sided/deep/er.yml")
    rules.write("care/thanks.yaml")
    found = load(rules.root)
    assert [rule.id for rule in found.rules] == ["care/thanks", "one-sided/change", "one-sided/deep/er"]
    assert found.rules[1].path == str(rules.root / "one-sided" / "change.yaml")


def test_what_is_no_rule(rules: RulesFolder) -> None:
    rules.write("care/thanks.yaml")
    for name in (
        "weights.yaml",
        "care/_draft.yaml",
        "_old/x.yaml",
        ".git/x.yaml",
        "care/notes.md",
        "care/x.yaml.bak",
    ):
        rules.write(name, "[no rule\n")
    assert [rule.id for rule in load(rules.root).rules] == ["care/thanks"]


def test_a_single_file_is_a_folder_of_one(rules: RulesFolder) -> None:
    path = rules.write("care/thanks.yaml")
    rules.write("care/other.yaml", "[broken\n")
    found = load(path)
    assert [(rule.id, rule.path) for rule in found.rules] == [("care/thanks", str(path))]
    assert load(Path("rules/care/thanks.yaml")).rules[0].id == "care/thanks"


def test_a_later_folder_replaces_a_rule(rules: RulesFolder) -> None:
    rules.write("ours/care/thanks.yaml")
    rules.write("ours/care/kept.yaml")
    rules.changed("theirs/care/thanks.yaml", ("title: One side", "title: Another side"))
    found = load(rules.root / "ours", rules.root / "theirs")
    assert [rule.title[:8] for rule in found.rules] == ["One side", "Another "]
    assert found.rules[1].path.startswith(str(rules.root / "theirs"))
    assert found == load_rules([rules.root / "ours", rules.root / "theirs"], bundled=False)


def test_a_rule_uses_the_lists_of_every_folder(rules: RulesFolder) -> None:
    rules.write("ours/vocabulary.yaml", "change: [(modify|change)]\n")
    rules.changed("theirs/care/x.yaml", ("(modify|change)", "<change>"))
    assert len(load(rules.root / "ours", rules.root / "theirs").rules) == 1
    assert "no vocabulary list is called <change>" in fault(rules.root / "theirs")


def test_faults_of_all_files_come_together_by_file_and_line(rules: RulesFolder) -> None:
    rules.changed("b/two.yaml", ("severity:", "severty:"), ("high", "hgh"))
    rules.write("a/one.yaml", "- x\n")
    rules.write("vocabulary.yaml", "x: [(]\n")
    assert fault(rules.root).splitlines() == [
        "rules/a/one.yaml:1: a rule is a mapping: 'title: …' and so on",
        "rules/b/two.yaml:2: unknown key 'severty'. Did you mean 'severity'?",
        "rules/b/two.yaml:4: 'confidence' must be low, medium or high, not 'hgh'. Did you mean 'high'?",
        "rules/vocabulary.yaml:1: list 'x': 'phrases': '(' is never closed, at column 1 of the phrase '('",
    ]


def test_twenty_faults_are_shown_and_the_rest_counted(rules: RulesFolder) -> None:
    for number in range(25):
        rules.write(f"a/r{number:02}.yaml", "")
    lines = fault(rules.root).splitlines()
    assert len(lines) == 21
    assert lines[19].startswith("rules/a/r19.yaml:1: ")
    assert lines[20] == "… and 5 more"


@pytest.mark.parametrize(
    "name", ["care/Thanks.yaml", "care/so many.yaml", "care/ümlaut.yaml", "my_rules/x.yaml", "a/x--y.yaml"]
)
def test_names_that_are_no_ids(rules: RulesFolder, name: str) -> None:
    rules.write(name)
    assert "is part of the rule's id: name it in lower-case words joined by hyphens" in fault(rules.root)


def test_two_files_of_one_id(rules: RulesFolder) -> None:
    rules.write("care/x.yaml")
    rules.write("care/x.yml")
    assert fault(rules.root) == "rules/care/x.yml: the rule care/x stands in care/x.yaml too"


def test_bytes_that_are_no_rule(rules: RulesFolder) -> None:
    rules.write("a/bom.yaml", "\ufeff".encode() + rules.write("b/good.yaml").read_bytes())
    assert len(load(rules.root).rules) == 2
    rules.write("a/latin.yaml", "title: über\n".encode("latin-1"))
    rules.write("a/nul.yaml", b"title: \x00\n")
    rules.write("a/large.yaml", b"#" * 1_000_001)
    said = fault(rules.root)
    assert "rules/a/latin.yaml:1: not UTF-8 text" in said
    assert "rules/a/nul.yaml:1: not YAML" in said
    assert "rules/a/large.yaml:1: the file is larger than 1,000,000 bytes" in said


def test_missing_folders_and_wrong_files(rules: RulesFolder, tmp_path: Path) -> None:
    assert fault(tmp_path / "nowhere") == f"{tmp_path / 'nowhere'}: no such rules folder"
    loose = rules.write("loose.yaml")
    said = fault(rules.root)
    assert "no rule" in said
    assert "rules/my-family/loose.yaml; if rules is the family, give the folder above it" in said
    loose.unlink()
    assert "no rule" in fault(rules.root)


def test_links_in_circles_end(rules: RulesFolder) -> None:
    rules.write("care/thanks.yaml")
    (rules.root / "care" / "again").symlink_to(rules.root, target_is_directory=True)
    (rules.root / "care" / "gone.yaml").symlink_to(rules.root / "nothing.yaml")
    assert [rule.id for rule in load(rules.root).rules] == ["care/thanks"]


def test_the_hash_knows_what_is_said_and_not_how(rules: RulesFolder, tmp_path: Path, good_rule: str) -> None:
    rules.write("a/x.yaml", good_rule)
    rules.write("vocabulary.yaml", "one: [x]\ntwo: [y]\n")
    before = load(rules.root).sha256
    other = RulesFolder(tmp_path / "other")
    shuffled = (
        "\n".join(reversed(good_rule.split("\n", 2)[:2])) + "\n# a comment\n" + good_rule.split("\n", 2)[2]
    )
    other.write("a/x.yaml", shuffled.replace("\n", "\r\n"))
    other.write("vocabulary/b.yaml", "two:   [y]\n")
    other.write("vocabulary/a.yaml", "one: {phrases: [x], note: changes nothing}\n")
    assert load(other.root).sha256 == before
    other.write("vocabulary/a.yaml", "one: [x, z]\n")
    assert load(other.root).sha256 != before
    rules.changed("a/x.yaml", ("Give notice.", "Give notice!"))
    assert load(rules.root).sha256 != before
