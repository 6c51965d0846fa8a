"""What a shell sees of a command."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Ran:
    """Exit status and the two streams."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]


def under_way(process: subprocess.Popen[Any], seconds: float = 30.0) -> None:
    """Wait until a run of ours has started its workers, or for a while where that cannot be seen."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    deadline = time.monotonic() + (seconds if children.exists() else 3.0)
    while time.monotonic() < deadline and process.poll() is None:
        if children.exists() and children.read_text():
            return
        time.sleep(0.05)
