"""What pydantic found wrong, in words that name the key, the fault and the mend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from trustaudit.ruleset.problems import near

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Path = tuple[str | int, ...]

_EXPECTED = {
    "string_type": "text",
    "list_type": "a list",
    "bool_type": "true or false",
    "float_type": "a number",
    "dict_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
}
_TEMPLATES = {
    "missing": "the key {name} is missing",
    "value_error": "{name}: {error}",
    "union_tag_not_found": "{name} needs a 'kind:' that says how to look",
    "string_too_short": "{name} is empty",
    "too_short": "{name} needs at least {min_length}, and has {actual_length}",
    "greater_than_equal": "{name} must be {ge:g} or more",
    "less_than_equal": "{name} must be {le:g} or less",
    "string_pattern_mismatch": "{name} is not written like that: lower-case letters, digits and _",
}


def path_in(data: Any, loc: Path) -> Path:
    """The part of pydantic's location that exists in the data: pydantic names the kind of a ``find`` too."""
    if loc[:1] == ("find",):
        loc = loc[:2] + loc[3:]
    path: list[str | int] = []
    last = len(loc) - 1
    for at, part in enumerate(loc):
        if isinstance(data, dict) and isinstance(part, str) and (part in data or at == last):
            path.append(part)
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            path.append(part)
            data = data[part]
    return tuple(path)


def sentences(errors: list[ErrorDetails], data: Any, model: type[BaseModel]) -> list[tuple[Path, str]]:
    """Where and what, for all errors of a validation; a key that is only misspelt is not missing as well."""
    said = [(error["type"], path_in(data, error["loc"]), worded(error, model)) for error in errors]
    meant = {
        (*path[:-1], text.rpartition("Did you mean '")[2].removesuffix("'?"))
        for kind, path, text in said
        if kind == "extra_forbidden"
    }
    return [(path, text) for kind, path, text in said if not (kind == "missing" and path in meant)]


def worded(error: ErrorDetails, model: type[BaseModel]) -> str:
    """One error of a model's validation as a sentence."""
    kind, loc, value = error["type"], error["loc"], error["input"]
    name = next(
        (f"'{part}'" for part in reversed(loc) if isinstance(part, str) and part != "[key]"), "the file"
    )
    context = error.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown(str(loc[-1]), loc[:-1], model)
    if kind in {"enum", "literal_error"}:
        return _not_one_of(name, value, _quoted(context["expected"]))
    if kind == "union_tag_invalid":
        return _not_one_of("'kind'", context["tag"], _quoted(context["expected_tags"]))
    if kind in _EXPECTED:
        loose = isinstance(value, (int, float)) or (isinstance(value, dict) and len(value) == 1)
        quotes = ": put it in quotes" if kind == "string_type" and loose else ""
        return f"{name} must be {_EXPECTED[kind]}, not {shown(value)}{quotes}"
    template = _TEMPLATES.get(kind, "{name}: {said}")
    return template.format(name=name, said=error["msg"].lower(), **context)


def _quoted(text: object) -> list[str]:
    return re.findall(r"'([^']*)'", str(text))


def _not_one_of(name: str, value: Any, names: list[str]) -> str:
    wanted = f"{name} must be {_listed(names)}, not {shown(value)}."
    return wanted + (near(value, names) if isinstance(value, str) else "")


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _unknown(key: str, parents: Path, model: type[BaseModel]) -> str:
    known = sorted(_keys(_model_at(parents, model)))
    mend = near(key, known) or f" Known here: {', '.join(known)}."
    return f"unknown key '{key}'.{mend}"


def _keys(model: type[BaseModel]) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield field.alias or name


def _model_at(loc: Path, model: type[BaseModel]) -> type[BaseModel]:
    """The model that stands at a location, where the parts of a union are named by their kind."""
    parts: dict[str | int, type[BaseModel]] = getattr(model, "parts", {})
    for part in loc:
        model = parts.get(part, model)
    return model


def shown(value: Any) -> str:
    """A value as the writer of the file knows it."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"'{value if len(value) <= 40 else value[:39] + '…'}'"
    if isinstance(value, list):
        return "a list"
    return "a mapping" if isinstance(value, dict) else str(value)
