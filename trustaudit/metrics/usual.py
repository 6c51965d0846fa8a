"""What is usual: each measure's figures in papers published as fair standards, from ``rules/usual.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from trustaudit import resources
from trustaudit.ruleset.data import read_data
from trustaudit.ruleset.problems import Problem, refuse
from trustaudit.ruleset.yaml_file import YamlFile

FILE = "usual.yaml"
_HEAD = ("measured_on", "papers", "figures")
_NUMBERS = ("low", "middle", "high")
_COUNTS = ("papers", "publishers")
_SHARE = "share"


@dataclass(frozen=True, slots=True)
class Usual:
    """Half of the papers stand between ``low`` and ``high``; ``middle`` is the median."""

    low: float
    middle: float
    high: float
    papers: int
    publishers: int
    unit: str
    of: str  # what papers those are

    def shown(self, value: float) -> str:
        """A value in this measure's unit, without it: 12 %, or 3.4."""
        return f"{100 * value:.3g} %" if self.unit == _SHARE else f"{value:.4g}"

    def said(self) -> str:
        """The figures in words, for a message."""
        low, high = self.shown(self.low), self.shown(self.high)
        unit = "" if self.unit == _SHARE else f" {self.unit}"
        between = low if low == high else f"{low} to {high}"
        return f"usual in {self.of}: {between}{unit} ({self.papers} papers)"


def usual(measure: str) -> Usual | None:
    """The figures of a measure; None where none were taken."""
    return _load(resources.rules_dir() / FILE).get(measure)


@cache
def _load(path: Path) -> Mapping[str, Usual]:
    return read_usual(path.read_bytes(), path.name)


def read_usual(source: bytes, path: str) -> Mapping[str, Usual]:
    """Figures from YAML; ``RuleError`` names file and line of what is wrong."""
    file = read_data(source)
    refuse([Problem(path, line, message) for line, message in file.faults])
    data: dict[str, Any] = file.data if isinstance(file.data, dict) else {}
    if set(data) != set(_HEAD) or not isinstance(data["figures"], dict):
        refuse([Problem(path, 1, f"what is usual has {', '.join(_HEAD[:-1])} and {_HEAD[-1]}")])
    refuse(_faults(file, path, data["figures"]))
    return {
        name: Usual(
            float(one["low"]), float(one["middle"]), float(one["high"]),
            one["papers"], one["publishers"], one["unit"], data["papers"],
        )
        for name, one in data["figures"].items()
    }  # fmt: skip


def _faults(file: YamlFile, path: str, figures: Mapping[str, Any]) -> list[Problem]:
    return [
        Problem(path, file.line(["figures", name]), f"'{name}' needs {fault}")
        for name, one in figures.items()
        if (fault := _fault(one))
    ]


def _fault(one: Any) -> str:
    """What an entry is missing, or nothing."""
    keys = {*_NUMBERS, *_COUNTS, "unit"}
    if not isinstance(one, dict) or set(one) != keys:
        return ", ".join(sorted(keys))
    if not all(isinstance(one[key], int | float) for key in _NUMBERS):
        return "numbers for low, middle and high"
    if not one["low"] <= one["middle"] <= one["high"]:
        return "a middle between low and high"
    counted = all(isinstance(one[key], int) and one[key] > 0 for key in _COUNTS)
    return "" if counted and isinstance(one["unit"], str) else "counts of papers and publishers, and a unit"
