"""The published weights: ``rules/weights.yaml``, read and checked.

The checks are those that the argument for monotony needs (see ``debits`` and ``account``): what repeats
counts never grow, factors are at least 1 or at most 1 as they must be, and credit is less than debit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from trustaudit import resources
from trustaudit.audit import Confidence, Severity
from trustaudit.ruleset.data import read_data
from trustaudit.ruleset.problems import Problem, near, refuse
from trustaudit.ruleset.yaml_file import YamlFile

FILE = "weights.yaml"


@dataclass(frozen=True, slots=True)
class Gate:
    """From so many kinds of clause on, the grade is at best this one. ``major`` counts critical ones too."""

    grade: str
    reason: str
    critical: int = 0
    major: int = 0


@dataclass(frozen=True, slots=True)
class Weights:
    """Points, factors and limits; each stands in the file with its reason."""

    severity: Mapping[Severity, float]
    deposit: Mapping[Severity, float]
    confidence: Mapping[Confidence, float]
    repeat_withdrawal: tuple[float, ...]
    repeat_deposit: tuple[float, ...]
    half_at: float
    half_at_message: float
    credit_share: float
    credit_most: float
    seal: float
    seal_message: float
    least_words: float
    cushion: float
    early_deposit: float
    streak_step: float
    streak_most: float
    least_norms: float
    even_from: float
    even_to: float
    stacked_from: float
    grades: tuple[tuple[str, float], ...]  # best first, with the least score of each
    gates: tuple[Gate, ...]
    presentation: tuple[str, ...]  # beginnings of rule ids
    reasons: Mapping[str, str]  # by "section.key"


_LIMITS: Mapping[str, Mapping[str, tuple[float, float]]] = {
    "severity": dict.fromkeys(Severity, (0, 100)),
    "deposit": dict.fromkeys(Severity, (0, 100)),
    "confidence": dict.fromkeys(Confidence, (0, 1)),
    "score": {
        "half_at": (1, 1000),
        "half_at_message": (1, 1000),
        "credit_share": (0, 1),
        "credit_most": (0, 0.99),
        "seal": (-100, 100),
        "seal_message": (-100, 100),
        "least_words": (1, 10_000),
    },
    "account": {
        "cushion": (0.1, 1000),
        "early_deposit": (1, 10),
        "streak_step": (0, 1),
        "streak_most": (1, 10),
    },
    "balance": {
        "least_norms": (1, 1000),
        "even_from": (0, 0.5),
        "even_to": (0.5, 1),
        "stacked_from": (0.5, 1),
    },
    "grades": dict.fromkeys("ABCDEF", (0, 100)),
}
"""Sections of plain numbers, with the least and the greatest value of each."""

_SECTIONS = (*_LIMITS, "repeat", "gates", "presentation")


def weights() -> Weights:
    """The weights that come with trustaudit."""
    return _load(resources.rules_dir() / FILE)


@cache
def _load(path: Path) -> Weights:
    return read_weights(path.read_bytes(), path.name)


def read_weights(source: bytes, path: str) -> Weights:
    """Weights from YAML; ``RuleError`` names file and line of all that is wrong."""
    return _Reader(read_data(source), path).weights()


class _Reader:
    """Reads section by section, and collects what is wrong."""

    def __init__(self, file: YamlFile, path: str) -> None:
        self._file = file
        self._path = path
        self._problems = [Problem(path, line, message) for line, message in file.faults]
        self._reasons: dict[str, str] = {}
        self._data: dict[str, Any] = file.data if isinstance(file.data, dict) else {}
        if not isinstance(file.data, dict):
            self._fault([], "weights must be a mapping of sections")
        refuse(self._problems)

    def weights(self) -> Weights:
        for name in self._data:
            if name not in _SECTIONS:
                self._fault([name], f"unknown section '{name}'.{near(name, _SECTIONS)}")
        numbers = {section: self._numbers(section, limits) for section, limits in _LIMITS.items()}
        repeat_withdrawal = self._falling("withdrawal")
        repeat_deposit = self._falling("deposit")
        gates = tuple(self._gates())
        presentation = self._presentation()
        self._ordered(numbers)
        refuse(self._problems)
        return Weights(
            severity={severity: numbers["severity"][severity] for severity in Severity},
            deposit={severity: numbers["deposit"][severity] for severity in Severity},
            confidence={confidence: numbers["confidence"][confidence] for confidence in Confidence},
            repeat_withdrawal=repeat_withdrawal,
            repeat_deposit=repeat_deposit,
            **numbers["score"],
            **numbers["account"],
            **numbers["balance"],
            grades=tuple(numbers["grades"].items()),
            gates=gates,
            presentation=presentation,
            reasons=self._reasons,
        )

    def _fault(self, where: Sequence[str | int], message: str) -> None:
        self._problems.append(Problem(self._path, self._file.line(where), message))

    def _numbers(self, section: str, limits: Mapping[str, tuple[float, float]]) -> dict[str, float]:
        entries = self._section(section, limits)
        found: dict[str, float] = {}
        for name, (least, most) in limits.items():
            value = self._value([section, name], entries.get(name))
            if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
                self._fault([section, name], f"'{name}' must be a number from {least:g} to {most:g}")
                value = least
            found[str(name)] = float(value)
        return found

    def _section(self, section: str, names: Mapping[str, object]) -> dict[str, Any]:
        entries = self._data.get(section)
        if not isinstance(entries, dict):
            self._fault([section], f"the section '{section}' is missing, or is no mapping")
            return {}
        for name in entries:
            if name not in names:
                self._fault([section, name], f"unknown key '{name}'.{near(name, names)}")
        return entries

    def _value(self, where: list[str | int], entry: Any) -> Any:
        """The value of ``{value: …, reason: …}``; a weight without a reason is refused."""
        if not isinstance(entry, dict) or set(entry) != {"value", "reason"}:
            self._fault(where, "write {value: …, reason: …}: every weight says why")
            return None
        if not isinstance(entry["reason"], str) or len(entry["reason"]) < 10:
            self._fault(where, "the reason must say why, in a sentence")
        self._reasons[".".join(map(str, where))] = str(entry["reason"])
        return entry["value"]

    def _falling(self, name: str) -> tuple[float, ...]:
        entries = self._section("repeat", {"withdrawal": 0, "deposit": 0})
        value = self._value(["repeat", name], entries.get(name))
        numbers = [n for n in value if isinstance(n, int | float)] if isinstance(value, list) else []
        whole = isinstance(value, list) and bool(value) and len(numbers) == len(value)
        if not whole or numbers != sorted(numbers, reverse=True) or not 0 <= numbers[-1] <= numbers[0] <= 1:
            self._fault(
                ["repeat", name], f"'{name}' must be a list of numbers from 1 down to 0, none above the last"
            )
        return tuple(map(float, numbers))

    def _gates(self) -> Sequence[Gate]:
        entries = self._data.get("gates")
        if not isinstance(entries, list):
            self._fault(["gates"], "'gates' must be a list")
            return []
        gates = [_gate(entry) for entry in entries]
        for at, gate in enumerate(gates):
            if gate is None:
                self._fault(["gates", at], "a gate is {critical: n, major: n, grade: A to F, reason: …}")
        return [gate for gate in gates if gate is not None]

    def _presentation(self) -> tuple[str, ...]:
        value = self._value(["presentation"], self._data.get("presentation"))
        if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
            self._fault(["presentation"], "'presentation' must be a list of beginnings of rule ids")
            return ()
        return tuple(value)

    def _ordered(self, numbers: Mapping[str, Mapping[str, float]]) -> None:
        """Worse must weigh more, better grades must need more."""
        for section, falling in (("severity", False), ("deposit", False), ("grades", True)):
            values = list(numbers[section].values())
            if values != sorted(values, reverse=falling):
                self._fault([section], f"the values of '{section}' must {'fall' if falling else 'rise'}")
        if numbers["balance"]["stacked_from"] < numbers["balance"]["even_to"]:
            self._fault(["balance", "stacked_from"], "'stacked_from' must not lie below 'even_to'")
        if numbers["grades"]["F"] > 0:
            self._fault(["grades", "F"], "the last grade begins at 0")


def _gate(entry: Any) -> Gate | None:
    """The gate that an entry of the file describes, or None where it is none."""
    if not isinstance(entry, dict) or not set(entry) <= {"critical", "major", "grade", "reason"}:
        return None
    counts = [entry.get("critical", 0), entry.get("major", 0)]
    if not all(type(count) is int and count >= 0 for count in counts) or not any(counts):
        return None
    if entry.get("grade") not in _LIMITS["grades"] or not isinstance(entry.get("reason"), str):
        return None
    return Gate(**entry)
