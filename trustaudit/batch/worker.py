"""A worker process: reads one file at a time, for as long as its supervisor sends some.

The pipes are taken away from standard input and output first, so that no library can write into them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

from trustaudit.audit import Audit, Unreadable
from trustaudit.batch.wire import receive, send
from trustaudit.pipeline import Asked, attempt


def main() -> None:
    """Serve until the supervisor closes the pipe."""
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    asked, memory = receive(source)
    _limit_memory(memory)
    _serve(source, target, asked, memory)


def _serve(source: BinaryIO, target: BinaryIO, asked: Asked, memory: int) -> None:
    while True:
        try:
            path = receive(source)
        except EOFError:
            return
        send(target, _one(path, asked, memory))


def _one(path: str, asked: Asked, memory: int) -> Audit | Unreadable:
    try:
        return attempt(Path(path), asked)
    except MemoryError:
        return Unreadable(path, f"reading it takes more than {memory // 1_000_000:,} MB")


def _limit_memory(memory: int) -> None:
    """Allocations past the limit fail, here alone. Where the system has no such limit, none holds."""
    if memory and sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


if __name__ == "__main__":
    main()
