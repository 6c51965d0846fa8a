"""Words that only lawyers use: ``rules/jargon.yaml``, each with what a person would say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trustaudit import resources
from trustaudit.ruleset.problems import Problem, refuse
from trustaudit.ruleset.yaml_lines import read_yaml

FILE = "jargon.yaml"


@dataclass(frozen=True, slots=True)
class Jargon:
    """``plain``: what to say instead, by phrase; ``by_first``: phrases by their first word, longest first."""

    plain: Mapping[str, str]
    by_first: Mapping[str, tuple[tuple[str, ...], ...]]


def jargon() -> Jargon:
    """The phrases that come with trustaudit."""
    return _load(resources.rules_dir() / FILE)


@cache
def _load(path: Path) -> Jargon:
    return read_jargon(path.read_bytes(), path.name)


def read_jargon(source: bytes | str, path: str) -> Jargon:
    """Phrases from YAML (``phrase: plain words``); ``RuleError`` names file and line of what is wrong."""
    file = read_yaml(source)
    problems = [Problem(path, line, message) for line, message in file.faults]
    data = file.data if isinstance(file.data, dict) else {}
    if not isinstance(file.data, dict):
        problems.append(Problem(path, 1, "write one phrase a line, as 'phrase: plain words'"))
    for phrase, plain in data.items():
        if not isinstance(plain, str) or not plain or phrase != phrase.lower().strip() or not phrase:
            problems.append(
                Problem(path, file.line([phrase]), f"'{phrase}' needs lower case, and its plain words")
            )
    refuse(problems)
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in data:
        words = tuple(phrase.split())
        by_first.setdefault(words[0], []).append(words)
    ordered = {
        first: tuple(sorted(same, key=lambda words: (-len(words), words))) for first, same in by_first.items()
    }
    return Jargon(dict(data), ordered)


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
