"""Editors are told the same as the loader: what it takes is valid, what it refuses is not."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from trustaudit.resources import rules_dir
from trustaudit.ruleset.fields import Known
from trustaudit.ruleset.files import read_folders
from trustaudit.ruleset.finds import FIND_MODELS
from trustaudit.ruleset.json_schema import rule_schema, vocabulary_schema
from trustaudit.ruleset.schema import RuleModel, check_rule
from trustaudit.ruleset.yaml_lines import read_yaml

RULE = Draft202012Validator(rule_schema())
VOCABULARY = Draft202012Validator(vocabulary_schema())


def test_the_schemas_are_schemas() -> None:
    Draft202012Validator.check_schema(rule_schema())
    Draft202012Validator.check_schema(vocabulary_schema())
    assert rule_schema() == rule_schema()


def test_every_bundled_file_is_valid() -> None:
    for file in read_folders([rules_dir()])[0].files:
        validator = VOCABULARY if file.is_vocabulary else RULE
        data = read_yaml(file.data).data
        assert [error.message for error in validator.iter_errors(data or {}) if data] == [], file.path


def test_every_key_is_in_the_schema_with_a_description() -> None:
    schema = rule_schema()
    keys = {field.alias or name for name, field in RuleModel.model_fields.items()}
    assert set(schema["properties"]) == keys
    assert [key for key, value in schema["properties"].items() if "description" not in value] == []
    assert set(schema["required"]) == {
        "title", "severity", "confidence", "effect", "topic", "why", "find", "examples",
    }  # fmt: skip


@pytest.mark.parametrize("kind", FIND_MODELS)
def test_every_kind_of_find_is_in_the_schema(kind: str) -> None:
    model = FIND_MODELS[kind]
    definition: dict[str, Any] = rule_schema()["$defs"][model.__name__]
    assert definition["additionalProperties"] is False
    assert set(definition["properties"]) == {
        field.alias or name for name, field in model.model_fields.items()
    }
    assert definition["properties"]["kind"]["const"] == kind


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("severity:", "severty:"),
        ("confidence: high", "confidence: hgh"),
        ("consumer: critical", "consumer: bad"),
        ("{consumer: critical, business: major}", "bad"),
        ("title: One", f"title: {'x' * 80}"),
        ("[contract, term-sheet]", "[contracts]"),
        ("kind: phrases", "kind: phrase"),
        ("any:", "over: 3\n  any:"),
        ("any:", "anny:"),
        ("- Sometimes «we may change» them.", "- Sometimes."),
        ("- You may change them.", "- «You»."),
        ("- You may change them.", "- {text: «You»}"),
        ("- You may change them.", "- {text: x, format: pdf}"),
        ("labels: {unfair_tos: unilateral_change}", "labels: {a: 1}"),
        ("why: A promise", "why: #"),
        ("labels:", "weight: -1\nlabels:"),
        ("labels:", "enabled: maybe\nlabels:"),
    ],
)
def test_what_the_loader_refuses_is_not_valid(good_rule: str, old: str, new: str) -> None:
    assert RULE.is_valid(read_yaml(good_rule).data)
    data = read_yaml(good_rule.replace(old, new, 1)).data
    assert not isinstance(check_rule(data, Known()), RuleModel)
    assert not RULE.is_valid(data)


def test_short_forms_are_valid(good_rule: str) -> None:
    text = good_rule.replace("{consumer: critical, business: major}", "minor").replace(
        "unless:\n  - ", "unless: "
    )
    text = text.replace("- You may change them.", "- {text: x, company: A, kind: message}")
    assert RULE.is_valid(read_yaml(text).data)


def test_vocabulary() -> None:
    assert VOCABULARY.is_valid({"a": ["x"], "b-c": {"phrases": ["x"], "note": "y"}})
    wrongs: list[object] = [{"A": ["x"]}, {"a": []}, {"a": {"phrase": ["x"]}}, {"a": [1]}, []]
    for wrong in wrongs:
        assert not VOCABULARY.is_valid(wrong), wrong
