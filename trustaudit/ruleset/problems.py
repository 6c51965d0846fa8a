"""Faults of rule files: where, what, and the mend; all are collected and reported together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trustaudit.errors import RuleError

SHOWN = 20
"""How many problems one error lists before it only counts."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault. ``line`` counts from 1; 0 means the file as a whole."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


def near(name: str, names: Iterable[str]) -> str:
    """`` Did you mean 'x'?`` for the nearest of the names, or nothing where none is near."""
    from difflib import get_close_matches

    written = {known.lower(): known for known in sorted(names)}
    found = get_close_matches(name.lower(), list(written), n=1, cutoff=0.6)
    return f" Did you mean '{written[found[0]]}'?" if found else ""


def refuse(problems: Sequence[Problem]) -> None:
    """Raise one ``RuleError`` that lists the problems, by file and line; return where there are none."""
    if not problems:
        return
    lines = [str(problem) for problem in sorted(set(problems))]
    more = len(lines) - SHOWN
    if more > 0:
        lines = [*lines[:SHOWN], f"… and {more} more"]
    raise RuleError("\n".join(lines))
