"""Checking what a configuration file says: keys known, values of their type, errors with their line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from trustaudit.errors import ConfigError
from trustaudit.settings.values import AUDIENCES, FAIL_ON, FORMATS, KINDS, PathSettings, SeverityOverride


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks the tables of one file; knows the file and its text, for the error messages."""

    path: Path
    text: str
    in_project: bool  # a pyproject.toml, in which other tools have their tables

    def table(self, table: Any, keys: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
        if not isinstance(table, dict):
            raise ConfigError(f"{self.path}: [tool.trustaudit] must be a table")
        return {key: self._value(key, value, keys) for key, value in table.items()}

    def _value(self, key: str, value: Any, keys: Mapping[str, Callable[[Any], Any]]) -> Any:
        if key not in keys:
            near = get_close_matches(key.replace("-", "_"), keys, n=1)
            hint = f'did you mean "{near[0]}"?' if near else f"known: {', '.join(keys)}"
            raise ConfigError(f'{self._place(key)}: unknown key "{key}"; {hint}')
        if key == "paths":
            return self._paths(value)
        if key == "severity" and keys is KEYS:
            return self._severities(value)
        try:
            return keys[key](value)
        except ValueError as error:
            raise ConfigError(f"{self._place(key)}: {key} {error}") from None

    def _paths(self, value: Any) -> tuple[PathSettings, ...]:
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise ConfigError(
                f"{self._place('paths')}: paths must be a list of tables, [[tool.trustaudit.paths]]"
            )
        for entry in value:
            if "match" not in entry:
                raise ConfigError(f'{self._place("paths")}: each entry of paths needs match = "a/pattern/**"')
        return tuple(PathSettings(**self.table(entry, PATH_KEYS)) for entry in value)

    def _severities(self, value: Any) -> tuple[SeverityOverride, ...]:
        """``"rule/id" = {severity = "minor", reason = "…"}``; without a reason nobody knows when to stop."""
        if not isinstance(value, dict):
            raise ConfigError(f"{self._place('severity')}: severity must be a table of rules")
        made = []
        for rule, entry in value.items():
            if not isinstance(entry, dict) or set(entry) < set(SEVERITY_KEYS):
                raise ConfigError(
                    f"{self._place(rule)}: {rule} needs both: "
                    '{severity = "minor", reason = "why this team sees it so"}'
                )
            made.append(SeverityOverride(rule, **self.table(entry, SEVERITY_KEYS)))
        return tuple(made)

    def _place(self, key: str) -> str:
        """``file:line`` of the key, or the file alone where the line cannot be told."""
        ours = re.search(r"^\s*\[+\s*tool\s*\.\s*trustaudit", self.text, re.MULTILINE)
        begin = ours.start() if ours and self.in_project else 0
        spot = re.compile(rf"^\s*(?:\[+[^\]\n]*\b)?[\"']?{re.escape(key)}[\"']?\s*[=\]]", re.MULTILINE)
        match = spot.search(self.text, begin)
        if match is None:
            return str(self.path)
        line = self.text.count("\n", 0, match.end()) + 1
        return f"{self.path}:{line}"


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not all(isinstance(name, str) and name.strip() for name in value):
        raise ValueError("must be a text or a list of texts")
    return tuple(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("must be a text")
    return value


def _one_of(*choices: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value in choices and isinstance(value, str):
            return value
        near = get_close_matches(str(value), choices, n=1)
        hint = f'; did you mean "{near[0]}"?' if near else ""
        raise ValueError(f"must be one of {', '.join(choices)}, not {value!r}{hint}")

    return check


def _number(low: float, high: float) -> Callable[[Any], float]:
    def check(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError(f"must be a number from {low:g} to {high:g}, not {value!r}")
        return float(value)

    return check


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"must be a whole number, 0 (one for each core) or more, not {value!r}")
    return value


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"must be true or false, not {value!r}")  # noqa: TRY004  # the place is added to these
    return value


PATH_KEYS: dict[str, Callable[[Any], Any]] = {
    "match": _text,
    "kind": _one_of(*KINDS),
    "audience": _one_of(*AUDIENCES),
    "company": _names,
    "customer": _names,
    "select": _names,
    "ignore": _names,
}

SEVERITY_KEYS: dict[str, Callable[[Any], Any]] = {
    "severity": _one_of(*(name for name in FAIL_ON if name != "never")),
    "reason": _text,
}

KEYS: dict[str, Callable[[Any], Any]] = {
    "company": _names,
    "customer": _names,
    "kind": _one_of(*KINDS),
    "audience": _one_of(*AUDIENCES),
    "select": _names,
    "ignore": _names,
    "rules": _names,
    "fail_on": _one_of(*FAIL_ON),
    "max_fine_print": _number(0, 1),
    "min_score": _number(0, 100),
    "baseline": _text,
    "no_worse": _yes_or_no,
    "jobs": _count,
    "format": _one_of(*FORMATS),
    "exclude": _names,
    "paths": _names,  # a list of tables; the checker takes it apart itself
    "extends": _names,
    "packs": _names,
    "severity": _names,  # a table of tables; the same
}
