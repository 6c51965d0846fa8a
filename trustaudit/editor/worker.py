"""One thread that audits while the server answers: the newest text of each file, when nobody types."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

Job = Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Due:
    """``moment`` is of the monotonic clock, in seconds."""

    moment: float
    job: Job


class Worker:
    """Jobs by name; a later job of a name replaces one that has not begun.

    The thread is a daemon: an audit that is under way does not keep an editor waiting for the exit.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, _Due] = {}
        self._changed = threading.Condition()
        threading.Thread(target=self._work, name="trustaudit", daemon=True).start()

    def ask(self, name: str, job: Job, delay: float = 0.0) -> None:
        """Run the job after ``delay`` seconds, unless another of its name is asked for before."""
        with self._changed:
            self._waiting[name] = _Due(time.monotonic() + delay, job)
            self._changed.notify()

    def forget(self, name: str) -> None:
        with self._changed:
            self._waiting.pop(name, None)

    def _work(self) -> None:
        while True:
            self._next()()

    def _next(self) -> Job:
        """The first job that is due; waits for it."""
        with self._changed:
            while True:
                name, due = min(self._waiting.items(), key=lambda item: item[1].moment, default=("", None))
                left = None if due is None else due.moment - time.monotonic()
                if due is not None and left is not None and left <= 0:
                    del self._waiting[name]
                    return due.job
                self._changed.wait(left)
