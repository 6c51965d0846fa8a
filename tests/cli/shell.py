"""What a shell sees of a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ran:
    """Exit status and the two streams."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]
