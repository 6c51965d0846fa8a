"""Rows of the table, and the arithmetic of right and wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: 0..1 unless the measure says otherwise. ``cases`` are for the eye, not for the table."""

    task: str
    measure: str
    value: float
    count: int
    cases: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """True and false positives, false negatives."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    cases: list[str] = field(default_factory=list)

    def add(self, *, gold: bool, found: bool, case: str = "") -> None:
        self.right += gold and found
        self.wrong += found and not gold
        self.missed += gold and not found
        if gold != found and case:
            self.cases.append(f"{'missed' if gold else 'in error'}: {case}")

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(2 * self.right + self.wrong + self.missed, 1)


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a JSON Lines file."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    if not ordered:
        return 0.0
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
