"""Words that only lawyers use: ``rules/jargon.yaml``, each with what a person would say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from trustaudit import resources
from trustaudit.ruleset.data import read_data
from trustaudit.ruleset.problems import Problem, refuse

FILE = "jargon.yaml"
_SECTIONS = ("archaic", "wordy")


@dataclass(frozen=True, slots=True)
class Jargon:
    """``plain``: what to say instead, by phrase; ``archaic``: phrases that went out of use;
    ``by_first``: phrases by their first word, the longest first.
    """

    plain: Mapping[str, str]
    archaic: frozenset[str]
    by_first: Mapping[str, tuple[tuple[str, ...], ...]]


def jargon() -> Jargon:
    """The phrases that come with trustaudit."""
    return _load(resources.rules_dir() / FILE)


@cache
def _load(path: Path) -> Jargon:
    return read_jargon(path.read_bytes(), path.name)


def read_jargon(source: bytes, path: str) -> Jargon:
    """Phrases from YAML, in sections of ``phrase: plain words``; ``RuleError`` names file and line."""
    file = read_data(source)
    problems = [Problem(path, line, message) for line, message in file.faults]
    refuse(problems)
    data: dict[str, Any] = file.data if isinstance(file.data, dict) else {}
    if set(data) != set(_SECTIONS) or not all(isinstance(entries, dict) for entries in data.values()):
        refuse([Problem(path, 1, f"jargon has two sections of phrases: {' and '.join(_SECTIONS)}")])
    entries = [(section, phrase) for section in _SECTIONS for phrase in data[section]]
    for section, phrase in entries:
        plain = data[section][phrase]
        if not isinstance(plain, str) or not plain or not phrase or phrase != phrase.lower().strip():
            fault = f"'{phrase}': write it in lower case, with its plain words"
            problems.append(Problem(path, file.line([section, phrase]), fault))
    refuse(problems)
    plain_words = {phrase: str(data[section][phrase]) for section, phrase in entries}
    return Jargon(plain_words, frozenset(data["archaic"]), _by_first(plain_words))


def _by_first(phrases: Iterable[str]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(same, key=lambda each: (-len(each), each))) for first, same in found.items()}


def jargon_in(lower: list[str], within: range, phrases: Jargon) -> list[range]:
    """Where phrases stand among the words, as index ranges; they do not overlap."""
    found: list[range] = []
    by_first = phrases.by_first
    past = within.start
    candidates = [at for at, word in enumerate(lower[within.start : within.stop], past) if word in by_first]
    for index in candidates:
        if index < past:
            continue
        for phrase in by_first[lower[index]]:
            end = index + len(phrase)
            if end <= within.stop and tuple(lower[index:end]) == phrase:
                found.append(range(index, end))
                past = end
                break
    return found
