"""Which limits make a word fine print: named profiles from ``rules/fine-print-profiles.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from trustaudit import resources
from trustaudit.errors import ConfigError
from trustaudit.ruleset.data import read_data
from trustaudit.ruleset.problems import Problem, near, refuse
from trustaudit.ruleset.yaml_file import YamlFile

FILE = "fine-print-profiles.yaml"
_TEXTS = ("title", "based_on", "reason", "source", "url", "status")
_STATUSES = ("found", "from memory", "own policy")


@dataclass(frozen=True, slots=True)
class Profile:
    """Limits of one profile; None switches a test off. Sizes are in points, ratios without unit."""

    name: str
    title: str = ""
    reason: str = ""
    source: str = ""
    url: str = ""
    status: str = "own policy"  # found: read at the url | from memory: not looked up | own policy
    hard_pt: float | None = None  # under this size always
    hard_capitals_pt: float | None = None  # the same for words in capitals; None: as hard_pt
    soft_pt: float | None = None  # under this size only where it is small beside the body
    relative: float | None = None  # small beside the body: under this share of its size
    contrast: float | None = None
    contrast_large: float | None = None
    large_pt: float = 18.0
    large_bold_pt: float = 14.0
    capitals_words: float | None = None
    capitals_share: float = 0.7
    leading: float | None = None  # line pitch by size
    leading_words: float = 30.0  # in blocks of at least so many words: three lines
    line_characters: float | None = None
    line_pt: float = 10.0  # long lines count up to this size
    footnotes: bool = True
    starred: bool = True


_NUMBERS = tuple(f.name for f in fields(Profile) if f.name not in {*_TEXTS, "name", "footnotes", "starred"})
_KEYS = (*_TEXTS, *_NUMBERS, "footnotes", "starred")


def profile(name: str = "generic") -> Profile:
    """The profile of that name; ``ConfigError`` with the near name where there is none."""
    known = profiles()
    if name not in known:
        raise ConfigError(
            f"no fine-print profile '{name}'.{near(name, known)} There are: {', '.join(sorted(known))}"
        )
    return known[name]


def profiles() -> Mapping[str, Profile]:
    """All profiles that come with trustaudit, by name."""
    return _load(resources.rules_dir() / FILE)


@cache
def _load(path: Path) -> Mapping[str, Profile]:
    return read_profiles(path.read_bytes(), path.name)


def read_profiles(source: bytes, path: str) -> Mapping[str, Profile]:
    """Profiles from YAML; ``RuleError`` names file and line of all that is wrong."""
    file = read_data(source)
    problems = [Problem(path, line, message) for line, message in file.faults]
    refuse(problems)
    if not isinstance(file.data, dict):
        problems.append(Problem(path, 1, "profiles must be a mapping: name, then its limits"))
    refuse(problems)
    found: dict[str, Profile] = {}
    for name, values in file.data.items():
        found[name] = _profile(file, path, name, values, found, problems)
    refuse(problems)
    return found


def _profile(
    file: YamlFile, path: str, name: str, values: Any, known: Mapping[str, Profile], problems: list[Problem]
) -> Profile:
    """One profile; what it does not say comes from the one it is based on."""
    if not isinstance(values, dict):
        problems.append(Problem(path, file.line([name]), f"'{name}' must be a mapping of limits"))
        return Profile(name)
    for key, value in values.items():
        fault = _fault(key, value)
        if fault:
            problems.append(Problem(path, file.line([name, key]), fault))
    base = values.get("based_on")
    if base is not None and base not in known:
        problems.append(
            Problem(
                path, file.line([name, "based_on"]), f"'{base}' does not stand above.{near(str(base), known)}"
            )
        )
    if problems:
        return Profile(name)
    inherited = {f.name: getattr(known[base], f.name) for f in fields(Profile)} if base else {}
    own = {
        key: float(value) if key in _NUMBERS and value is not None else value for key, value in values.items()
    }
    own.pop("based_on", None)
    return Profile(**{**inherited, **own, "name": name})


def _fault(key: str, value: Any) -> str:
    """What is wrong with one entry, or nothing."""
    if key not in _KEYS:
        return f"unknown key '{key}'.{near(key, _KEYS)}"
    if key == "status" and value not in _STATUSES:
        return f"'status' is one of: {', '.join(_STATUSES)}"
    if key in _TEXTS:
        return "" if isinstance(value, str) else f"'{key}' must be text"
    if key in {"footnotes", "starred"}:
        return "" if isinstance(value, bool) else f"'{key}' must be true or false"
    number = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 500
    return (
        ""
        if value is None or number
        else f"'{key}' must be a number above 0, at most 500, or null for no test"
    )
