"""What one file may cost a run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of one file, bytes of memory of its worker, and further tries after a worker's death."""

    seconds: float = 30.0
    memory: int = 1_000_000_000
    retries: int = 2
