"""The rules that come with trustaudit, all of them."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from trustaudit.audit import Effect
from trustaudit.errors import UsageError
from trustaudit.resources import rules_dir
from trustaudit.ruleset import Ruleset, load_rules
from trustaudit.ruleset.finds import FIND_MODELS
from trustaudit.ruleset.labels import unknown_label
from trustaudit.ruleset.lint import lint
from trustaudit.ruleset.pattern import Compiler
from trustaudit.ruleset.schema import MAX_TITLE, RuleModel
from trustaudit.ruleset.skeleton import new_rule

from .conftest import RulesFolder

DOCS = Path(__file__).resolve().parents[2] / "docs"
GENERATOR, GUIDE = DOCS / "generate_rules.py", DOCS / "writing-rules.md"


@pytest.fixture(scope="module")
def pack() -> Ruleset:
    return load_rules(cached=False)


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_rules", GENERATOR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_file_is_a_rule(pack: Ruleset) -> None:
    names = {
        path.relative_to(rules_dir()).with_suffix("").as_posix()
        for path in rules_dir().glob("*/**/*.yaml")
        if not path.name.startswith("_") and path.relative_to(rules_dir()).parts[0] != "vocabulary"
    }
    assert {rule.id for rule in pack.rules} == names
    assert names >= {"one-sided/unilateral-change", "money-first/deposit-before-meeting", "care/thanks"}


def test_every_rule_is_complete(pack: Ruleset) -> None:
    for rule in pack.rules:
        assert len(rule.title) <= MAX_TITLE
        assert len(rule.examples.flagged) >= 2
        assert len(rule.examples.clean) >= 2
        assert all(example.marks for example in rule.examples.flagged)
        assert rule.effect is not Effect.WITHDRAWAL or rule.advice, rule.id


def test_labels_are_names_of_their_taxonomies(pack: Ruleset) -> None:
    faults = {rule.id: unknown_label(*label) for rule in pack.rules for label in rule.labels.items()}
    assert {rule: fault for rule, fault in faults.items() if fault} == {}


def test_every_list_compiles(pack: Ruleset) -> None:
    compiler = Compiler(pack.vocabulary)
    for name in pack.vocabulary:
        assert compiler.compile_list(name).regex


def test_the_pages_are_current(pack: Ruleset, generator: ModuleType) -> None:
    stale = generator.stale(generator.pages(pack), generator.PAGES)
    assert stale == [], "run: python docs/generate_rules.py"


def test_the_pages_say_what_they_are(pack: Ruleset, generator: ModuleType) -> None:
    pages = generator.pages(pack)
    assert all(
        text.startswith("<!-- Generated") and "generate_rules.py" in text.split("\n", 1)[0]
        for text in pages.values()
    )
    assert f"{len(pack.rules)} rules" in pages["README.md"]
    assert all(
        f"`{rule.id}`" in pages[f"{rule.id.split('/')[0]}.md"]
        for rule in pack.rules
        if rule.id.count("/") == 1
    )
    assert "- **We may, at any time and without notice, modify these Terms**." in pages["one-sided.md"]
    assert "Listed as unfair in [" in pages["one-sided.md"]


def test_text_of_a_rule_cannot_become_markup(generator: ModuleType) -> None:
    assert generator.plain("<b>*x* [a](b) |\n  $5") == r"\<b\>\*x\* \[a\](b) \| ⏎ \$5"


def test_stale_pages_are_named(generator: ModuleType, tmp_path: Path) -> None:
    wanted = {"a.md": f"{generator.NOTICE}\n1", "b.md": f"{generator.NOTICE}\n2"}
    (tmp_path / "a.md").write_text(wanted["a.md"], encoding="utf-8")
    (tmp_path / "gone.md").write_text(wanted["a.md"], encoding="utf-8")
    (tmp_path / "own.md").write_text("written by hand", encoding="utf-8")
    assert generator.stale(wanted, tmp_path) == ["b.md", "gone.md"]


def test_a_new_rule_is_valid_as_it_stands(rules: RulesFolder) -> None:
    rules.write("house/late-fee-for-nothing.yaml", new_rule("house/late-fee-for-nothing"))
    found = load_rules([rules.root], bundled=False).rules[0]
    assert found.title == "Late fee for nothing"
    assert found.topic == "house"


@pytest.mark.parametrize("name", ["", "x", "A/b", "a/", "/a", "a//b", "a/b.yaml", "../a/b", "a b/c"])
def test_names_that_a_new_rule_cannot_have(name: str) -> None:
    with pytest.raises(UsageError, match="is no rule id"):
        new_rule(name)


def test_the_guide_shows_files_that_load(rules: RulesFolder) -> None:
    blocks = re.findall(r"^```yaml\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    rules.write("house/as-per-records.yaml", blocks[0])
    rules.write("vocabulary.yaml", blocks[1])
    found = load_rules([rules.root], bundled=False)
    assert [rule.id for rule in found.rules] == ["house/as-per-records"]
    assert set(found.vocabulary) == {"meets", "delays"}
    assert [item.check for item in lint(found)] == ["no-source"]


def test_the_guide_names_every_key_and_kind() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert [key for key in RuleModel.model_fields if f"`{key}`" not in text] == []
    assert [kind for kind in FIND_MODELS if f"`{kind}`" not in text] == []
