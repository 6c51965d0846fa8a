"""The JSON Schema of the settings, for editors: made from the same tables that check a file."""

from __future__ import annotations

from typing import Any

from trustaudit.settings.values import AUDIENCES, FAIL_ON, FORMATS, KINDS

_NAMES = {
    "anyOf": [
        {"type": "string", "minLength": 1},
        {"type": "array", "items": {"type": "string", "minLength": 1}},
    ]
}
_TEXT = {"type": "string", "minLength": 1}


def _one_of(*choices: str) -> dict[str, Any]:
    return {"enum": list(choices)}


_FOR_A_FILE: dict[str, dict[str, Any]] = {
    "kind": {**_one_of(*KINDS), "description": "What the documents are."},
    "audience": {**_one_of(*AUDIENCES), "description": "Whose severities hold."},
    "company": {**_NAMES, "description": "Names of the side whose paper it is."},
    "customer": {**_NAMES, "description": "Names of the other side."},
    "select": {**_NAMES, "description": "Only these rules: ids, or families such as one-sided/."},
    "ignore": {**_NAMES, "description": "All but these rules."},
}

_SEVERITY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["severity", "reason"],
    "properties": {"severity": _one_of(*FAIL_ON[:-1]), "reason": _TEXT},
}

_PATHS = {
    "type": "object",
    "additionalProperties": False,
    "required": ["match"],
    "properties": {"match": {**_TEXT, "description": "A pattern as in .gitignore."}, **_FOR_A_FILE},
}

PROPERTIES: dict[str, dict[str, Any]] = {
    **_FOR_A_FILE,
    "extends": {**_NAMES, "description": "Files to build on, relative to this one."},
    "rules": {**_NAMES, "description": "Folders with rules of your own, relative to the file."},
    "packs": {**_NAMES, "description": "Installed rule packs, by the names of their entry points."},
    "severity": {
        "type": "object",
        "additionalProperties": _SEVERITY,
        "description": "How bad a rule's findings are to you, with the reason.",
    },
    "fail_on": {**_one_of(*FAIL_ON), "description": "Findings this bad fail."},
    "max_fine_print": {"type": "number", "minimum": 0, "maximum": 1, "description": "Share of the words."},
    "min_score": {"type": "number", "minimum": 0, "maximum": 100, "description": "A lower score fails."},
    "baseline": {**_TEXT, "description": "What this file knows does not fail; relative to the file."},
    "no_worse": {"type": "boolean", "description": "Fail where a document is worse than in the baseline."},
    "jobs": {"type": "integer", "minimum": 0, "description": "Worker processes; 0: one for each core."},
    "format": {**_one_of(*FORMATS), "description": "Format of the report."},
    "exclude": {**_NAMES, "description": "Patterns as in .gitignore, for what is found in folders."},
    "paths": {"type": "array", "items": _PATHS, "description": "What differs for some files."},
}


def schema() -> dict[str, Any]:
    """Of trustaudit.toml, and of the table ``tool.trustaudit`` in pyproject.toml."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of trustaudit",
        "type": "object",
        "additionalProperties": False,
        "properties": dict(sorted(PROPERTIES.items())),
    }
