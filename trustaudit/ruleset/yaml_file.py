"""A YAML file that was read: its data, its faults, and where things stand in it. Imports no YAML library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Fault = tuple[int, str]
"""Line, from 1, and message."""


def _first_line(_path: Sequence[str | int]) -> int:
    return 1


@dataclass(frozen=True)
class YamlFile:
    """``data`` is what the file says; ``faults`` is why it cannot be used as it is, or empty."""

    data: Any
    faults: tuple[Fault, ...] = ()
    _line: Callable[[Sequence[str | int]], int] = field(default=_first_line, repr=False, compare=False)

    def line(self, path: Sequence[str | int]) -> int:
        """The line, from 1, of the key or item at the end of the path; of the last part that exists."""
        return self._line(path)
