"""JSON Schemas of rule and vocabulary files, for editors that complete and check while one types."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from trustaudit.ruleset.schema import MAX_TITLE, RuleModel
from trustaudit.ruleset.vocabulary import VocabularyEntry

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_MARKED = {"pattern": "^[^«»]*«[^«»]*»"}
_UNMARKED = {"pattern": "^[^«»]*$"}


def rule_schema() -> dict[str, Any]:
    """The JSON Schema of a rule file.

    It knows every key and word. What it cannot know: whether a phrase is well formed and its lists exist.
    """
    schema = RuleModel.model_json_schema(by_alias=True)
    schema = {"$schema": _DRAFT, **schema, "title": "trustaudit rule"}
    schema["properties"]["title"] |= {"maxLength": MAX_TITLE}
    definitions = schema["$defs"]
    for part, marks in (("flagged", _MARKED), ("clean", _UNMARKED)):
        items = definitions["ExamplesModel"]["properties"][part]["items"]
        text, full = items["anyOf"]
        items["anyOf"] = [{**text, **marks}, {"allOf": [full, {"properties": {"text": marks}}]}]
    definitions["MetricModel"]["oneOf"] = [{"required": ["over"]}, {"required": ["under"]}]
    return dict(untitled(schema, top=True))


def vocabulary_schema() -> dict[str, Any]:
    """The JSON Schema of a vocabulary file."""
    entries = TypeAdapter(dict[str, VocabularyEntry]).json_schema(by_alias=True)
    entries["propertyNames"] = {"pattern": "^[a-z][a-z0-9-]*$"}
    return dict(untitled({"$schema": _DRAFT, **entries, "title": "trustaudit vocabulary"}, top=True))


def untitled(schema: Any, *, top: bool = False) -> Any:
    """The schema without the titles and null alternatives that pydantic adds: a rule file has no nulls."""
    if isinstance(schema, list):
        return [untitled(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    clean = {
        key: {name: untitled(inner) for name, inner in value.items()}
        if key in {"properties", "$defs"}
        else untitled(value)
        for key, value in schema.items()
        if top or key != "title" or not isinstance(value, str)
    }
    choices = clean.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        rest = [choice for choice in choices if choice != {"type": "null"}]
        del clean["anyOf"]
        clean = {**clean, **rest[0]} if len(rest) == 1 else {**clean, "anyOf": rest}
        if clean.get("default", 0) is None:
            del clean["default"]
    return clean
