"""Vocabulary files: named lists of phrases that rules, and other lists, refer to as ``<name>``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError, field_validator

from trustaudit.ruleset.fields import Before, Known, Many, Model, Phrase, Prose
from trustaudit.ruleset.phrase import BUILT_IN, names_in, parse_phrase
from trustaudit.ruleset.problems import Problem
from trustaudit.ruleset.wordings import sentences
from trustaudit.ruleset.yaml_file import YamlFile


class ListModel(Model):
    """A list: its phrases, and a note on what belongs into it."""

    phrases: Annotated[Many[Phrase], Field(min_length=1)]
    note: Prose | None = None

    @field_validator("phrases")
    @classmethod
    def _once(cls, phrases: list[str]) -> list[str]:
        twice = next((phrase for at, phrase in enumerate(phrases) if phrase in phrases[:at]), None)
        if twice is not None:
            raise ValueError(f"'{twice}' stands in the list twice")
        return phrases


def _as_phrases(value: Any) -> Any:
    return {"phrases": value} if isinstance(value, (list, str)) else value


VocabularyEntry = Annotated[
    ListModel, Before(_as_phrases, {"type": "array", "items": {"type": "string"}, "minItems": 1})
]
_ENTRY: TypeAdapter[ListModel] = TypeAdapter(VocabularyEntry)


@dataclass(frozen=True, slots=True)
class VocabularyFile:
    """One file of lists, read."""

    path: str
    yaml: YamlFile


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a list stands."""

    file: VocabularyFile
    phrases: tuple[str, ...]

    def problem(self, name: str, message: str) -> Problem:
        return Problem(self.file.path, self.file.yaml.line((name,)), message)


def read_lists(
    folders: tuple[tuple[VocabularyFile, ...], ...],
) -> tuple[Mapping[str, tuple[str, ...]], list[Problem]]:
    """The lists of all folders by name, and what is wrong with them.

    Within one folder a name may stand once. A later folder's list replaces an earlier one's of the
    same name.
    """
    problems: list[Problem] = []
    names = frozenset(
        name
        for folder in folders
        for file in folder
        if isinstance(file.yaml.data, dict)
        for name in file.yaml.data
    )
    lists: dict[str, _Found] = {}
    for folder in folders:
        here: dict[str, _Found] = {}
        for file in folder:
            _read_file(file, Known(names), here, problems)
        lists |= here
    problems += _circles(lists)
    return {name: lists[name].phrases for name in sorted(lists)}, problems


def _read_file(file: VocabularyFile, known: Known, here: dict[str, _Found], problems: list[Problem]) -> None:
    data = file.yaml.data
    if data is None:
        return  # an empty file has no lists; one that could not be read has its faults reported already
    if not isinstance(data, dict):
        problems.append(Problem(file.path, 1, "a vocabulary is a mapping: a name, and its list of phrases"))
        return
    for name, value in data.items():
        fault = _name_fault(name) or (
            f"the list '{name}' stands in {here[name].file.path} too" if name in here else ""
        )
        if fault:
            problems.append(Problem(file.path, file.yaml.line((name,)), fault))
            continue
        entry = _read_entry(file, name, value, known, problems)
        here[name] = _Found(file, tuple(entry.phrases) if entry else ())


def _name_fault(name: str) -> str:
    import re

    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        return f"the list's name '{name}' must be of lower-case letters, digits and hyphens"
    return f"<{name}> is built in: choose another name" if name in BUILT_IN else ""


def _read_entry(
    file: VocabularyFile, name: str, value: Any, known: Known, problems: list[Problem]
) -> ListModel | None:
    try:
        return _ENTRY.validate_python(value, context=known)
    except ValidationError as errors:
        for path, message in sentences(errors.errors(include_url=False), value, ListModel):
            problems.append(Problem(file.path, file.yaml.line((name, *path)), f"list '{name}': {message}"))
    return None


def _circles(lists: Mapping[str, _Found]) -> Iterator[Problem]:
    """A problem for each list that contains itself; the first of a circle by name is named."""
    refers = {
        name: sorted({other for phrase in found.phrases for other in names_in(parse_phrase(phrase))})
        for name, found in lists.items()
    }
    done: set[str] = set()
    for start in sorted(refers):
        circle = _circle(start, refers)
        if circle and not done & set(circle):
            done |= set(circle)
            path = " → ".join(f"<{name}>" for name in [*circle, circle[0]])
            yield lists[start].problem(start, f"a list may not contain itself: {path}")


def _circle(start: str, refers: Mapping[str, list[str]]) -> list[str]:
    """The way from a list back to itself, or empty; breadth first, so the shortest."""
    ways = [[start]]
    seen = {start}
    for way in ways:
        for name in refers.get(way[-1], []):
            if name == start:
                return way
            if name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []
