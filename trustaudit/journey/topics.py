"""What figures can be about: ``rules/journey-facts.yaml``, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from trustaudit import resources
from trustaudit.audit import Severity
from trustaudit.journey.phrasebook import Phrasebook
from trustaudit.language.amounts import Measurable
from trustaudit.ruleset.data import read_data
from trustaudit.ruleset.problems import Problem, near, refuse
from trustaudit.ruleset.yaml_file import YamlFile

FILE = "journey-facts.yaml"
_SECTIONS = ("topics", "soft", "apart")
_KEYS = ("title", "counts", "better", "lost", "of", "says", "unless", "severity")


@dataclass(frozen=True, slots=True)
class Topic:
    """``better`` for the customer: more or less; ``agreement``: each agreement may have its own figure."""

    id: str
    title: str
    counts: Measurable
    better: str
    lost: str
    agreement: bool = False
    severity: Severity = Severity.MAJOR


@dataclass(frozen=True)
class Topics:
    """All topics, the phrases that tell them, and what tells two subjects of one topic apart."""

    topics: tuple[Topic, ...]
    says: Phrasebook  # owners are indices of topics
    unless: Phrasebook
    apart: Phrasebook  # owners are indices of ``labels``
    labels: tuple[tuple[str, str], ...]  # group and member
    soft: frozenset[str] = frozenset()

    def comparable(self, one: frozenset[int], other: frozenset[int]) -> bool:
        """May two figures be of one subject, by the labels that stand beside each?"""
        if one == other:
            return True
        for group in {self.labels[at][0] for at in one ^ other}:
            mine, theirs = ({at for at in each if self.labels[at][0] == group} for each in (one, other))
            if group not in self.soft or (mine and theirs):
                return False
        return True


def known_topics() -> Topics:
    """The topics that come with trustaudit."""
    return _load(resources.rules_dir() / FILE)


@cache
def _load(path: Path) -> Topics:
    return read_topics(path.read_bytes(), path.name)


def read_topics(source: bytes, name: str) -> Topics:
    """Raises ``RuleError`` that names every fault with file and line."""
    file = read_data(source)
    problems = [Problem(name, line, message) for line, message in file.faults]
    refuse(problems)
    data = file.data if isinstance(file.data, dict) else {}
    problems += [
        Problem(name, file.line((key,)), f"unknown key '{key}'.{near(key, _SECTIONS)}")
        for key in data
        if key not in _SECTIONS
    ]
    raw = data.get("topics") or {}
    for key, entry in raw.items():
        problems += _faults(name, file, key, entry)
    refuse(problems)
    topics = tuple(_topic(key, entry) for key, entry in raw.items())
    groups: Mapping[str, Mapping[str, list[str]]] = data.get("apart") or {}
    labels = tuple((group, member) for group, members in groups.items() for member in members)
    apart = [(at, phrase) for at, (group, member) in enumerate(labels) for phrase in groups[group][member]]
    return Topics(
        topics,
        _book(raw, "says"),
        _book(raw, "unless"),
        Phrasebook(apart),
        labels,
        frozenset(data.get("soft") or ()),
    )


def _faults(name: str, file: YamlFile, key: str, entry: Any) -> list[Problem]:
    if not isinstance(entry, dict):
        return [Problem(name, file.line(("topics", key)), f"'{key}' must have keys such as {_KEYS[0]}")]
    found = [
        Problem(name, file.line(("topics", key, each)), f"unknown key '{each}' in {key}.{near(each, _KEYS)}")
        for each in entry
        if each not in _KEYS
    ]
    found += [
        Problem(name, file.line(("topics", key)), f"{key} has no '{each}'")
        for each in ("title", "counts", "better", "lost", "says")
        if not entry.get(each)
    ]
    for each, allowed in (
        ("counts", list(Measurable)),
        ("better", ["more", "less"]),
        ("severity", list(Severity)),
    ):
        if entry.get(each, allowed[0]) not in allowed:
            place = file.line(("topics", key, each))
            found.append(Problem(name, place, f"'{each}' of {key} is none of {', '.join(allowed)}"))
    return found


def _topic(key: str, entry: Mapping[str, Any]) -> Topic:
    return Topic(
        key,
        entry["title"],
        Measurable(entry["counts"]),
        entry["better"],
        entry["lost"],
        entry.get("of") == "agreement",
        Severity(entry.get("severity", Severity.MAJOR)),
    )


def _book(raw: Mapping[str, Mapping[str, Any]], part: str) -> Phrasebook:
    return Phrasebook([(at, str(p)) for at, entry in enumerate(raw.values()) for p in entry.get(part) or ()])
