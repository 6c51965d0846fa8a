"""Folders of YAML files to a ``Ruleset``: read, check everything, report all faults together."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from trustaudit.ruleset.codec import digest
from trustaudit.ruleset.fields import Known
from trustaudit.ruleset.files import Folder, SourceFile
from trustaudit.ruleset.problems import Problem, refuse
from trustaudit.ruleset.rule import Rule, Ruleset
from trustaudit.ruleset.schema import RuleModel, check_rule
from trustaudit.ruleset.vocabulary import VocabularyFile, read_lists
from trustaudit.ruleset.yaml_file import YamlFile
from trustaudit.ruleset.yaml_lines import read_yaml

Place = tuple[int, str]
"""The index of a folder, and a path in it."""


def compile_rules(folders: Sequence[Folder]) -> tuple[Ruleset, tuple[Place, ...]]:
    """The rules and lists of all folders, and where each rule is from.

    A later folder's rule replaces an earlier one's of the same id, and its list one of the same name.
    Raises ``RuleError`` with every fault of every file.
    """
    problems: list[Problem] = []
    lists, faults = read_lists(tuple(tuple(_vocabulary(folder, problems)) for folder in folders))
    problems += faults
    known = Known(frozenset(lists))
    rules: dict[str, tuple[Rule, Place]] = {}
    for index, folder in enumerate(folders):
        for rule in _rules(folder, known, problems):
            rules[rule.id] = rule, (index, Path(rule.path).relative_to(folder.root).as_posix())
    refuse(problems)
    ordered = [rules[rule_id] for rule_id in sorted(rules)]
    found = tuple(rule for rule, _ in ordered)
    return Ruleset(found, lists, digest(found, lists)), tuple(place for _, place in ordered)


def _vocabulary(folder: Folder, problems: list[Problem]) -> Iterator[VocabularyFile]:
    for file in folder.files:
        if file.is_vocabulary:
            yield VocabularyFile(shown(file.path), _read(file, problems))


def _rules(folder: Folder, known: Known, problems: list[Problem]) -> Iterator[Rule]:
    files: dict[str, SourceFile] = {}
    for file in folder.files:
        if file.is_vocabulary:
            continue
        fault = _id_fault(file) or (
            f"the rule {file.id} stands in {files[file.id].relative} too" if file.id in files else ""
        )
        if fault:
            problems.append(Problem(shown(file.path), 0, fault))
            continue
        files[file.id] = file
        rule = _rule(file, folder.root, known, problems)
        if rule:
            yield rule


def _id_fault(file: SourceFile) -> str:
    for part in file.id.split("/"):
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", part):
            return f"'{part}' is part of the rule's id: name it in lower-case words joined by hyphens"
    return ""


def _rule(file: SourceFile, root: Path, known: Known, problems: list[Problem]) -> Rule | None:
    yaml = _read(file, problems)
    if yaml.faults:
        return None
    checked = check_rule(yaml.data, known)
    if isinstance(checked, RuleModel):
        return checked.value(file.id, str(root / file.relative))
    problems += [Problem(shown(file.path), yaml.line(path), message) for path, message in checked]
    return None


def _read(file: SourceFile, problems: list[Problem]) -> YamlFile:
    yaml = read_yaml(file.data)
    problems += [Problem(shown(file.path), line, message) for line, message in yaml.faults]
    return yaml


def shown(path: str) -> str:
    """The path as a person in this directory would write it."""
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else Path(relative).as_posix()
