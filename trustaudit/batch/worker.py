"""A worker process: does one task at a time, for as long as its supervisor sends some.

The pipes are taken away from standard input and output first, so that no library can write into them.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from trustaudit.batch.crew import READY
from trustaudit.batch.wire import receive, send
from trustaudit.batch.work import Failed, Work
from trustaudit.errors import TrustauditError

_GRACE = 10.0
"""Seconds over a task's time after which a worker ends itself: its supervisor is gone, or it would have."""


def main() -> None:
    """Serve until the supervisor closes the pipe."""
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)
    with suppress(BrokenPipeError, EOFError):  # nobody is there to hear the result any more
        work, memory, seconds, fully = receive(source)
        _limit_memory(memory)
        try:
            work.prepare(fully=fully)
        except TrustauditError as error:  # no task of this run can be done: the supervisor says why
            send(target, str(error))
            return
        send(target, READY)
        _serve(source, target, work, memory, seconds)
    with suppress(OSError):
        target.close()


def _serve(source: BinaryIO, target: BinaryIO, work: Work, memory: int, seconds: float) -> None:
    while True:
        task = receive(source)
        _alarm(seconds + _GRACE)
        result = _one(work, task, memory)
        _alarm(0)
        send(target, result)


def _one(work: Work, task: Any, memory: int) -> Any:
    try:
        return work.do(task)
    except MemoryError:
        return Failed(f"reading it takes more than {memory // 1_000_000:,} MB")


def _alarm(seconds: float) -> None:
    """The system's own alarm, which ends the process even where Python no longer gets its turn; 0: none."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory(memory: int) -> None:
    """Allocations past the limit fail, here alone. Where the system has no such limit, none holds."""
    if memory and sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


if __name__ == "__main__":
    main()
