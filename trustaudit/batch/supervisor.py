"""Workers under supervision: what a worker's death costs is one more try, and never another file.

The pools of the standard library lose or hang on what was under way when a worker dies; here every file is
accounted for. A file that ends its worker is tried again in a fresh one, and is unreadable after that.
"""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from trustaudit.audit import Audit, Unreadable
from trustaudit.batch.wire import receive, send
from trustaudit.pipeline import Asked

Result = Audit | Unreadable


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds, bytes of memory of its worker, and further tries after a death."""

    seconds: float = 30.0
    memory: int = 1_000_000_000
    retries: int = 1


@dataclass(slots=True)
class _Task:
    index: int
    path: str
    deaths: int = 0


class _Worker:
    """One process and the file that it has in hand."""

    def __init__(self, asked: Asked, memory: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "trustaudit.batch.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=_environment(),
            start_new_session=True,  # Ctrl-C in the terminal is for the supervisor
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.input: BinaryIO = self.process.stdin  # type: ignore[assignment]
        self.output: BinaryIO = self.process.stdout  # type: ignore[assignment]
        self.task: _Task | None = None
        self.deadline = 0.0
        with suppress(BrokenPipeError):
            send(self.input, (asked, memory))

    def give(self, task: _Task, seconds: float) -> None:
        self.task = task
        self.deadline = time.monotonic() + seconds
        with suppress(BrokenPipeError):  # it has died: its output says so, and the task is tried again
            send(self.input, task.path)

    def end(self) -> int:
        """Kill the process; its exit status."""
        self.process.kill()
        status = self.process.wait()
        for pipe in (self.input, self.output):
            with suppress(OSError):
                pipe.close()
        return status


def _environment() -> dict[str, str]:
    """Ours, with this package on the path wherever it was imported from."""
    root = str(Path(__file__).resolve().parents[2])
    known = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([root, known] if known else [root])}


def supervise(paths: Iterable[str], asked: Asked, jobs: int, limits: Limits) -> Iterator[Result]:
    """The results in the order of the paths; at most a few files ahead of the next one to be yielded."""
    crew = _Crew(asked, limits)
    tasks = (_Task(index, path) for index, path in enumerate(paths))
    done: dict[int, Result] = {}
    following = 0
    ahead = 4 * jobs
    try:
        while True:
            while following in done:
                yield done.pop(following)
                following += 1
            # what comes next must always have a place, however many later ones are done
            crew.fill(tasks, jobs, room=max(ahead - len(done), 1))
            if not crew.busy:
                return
            done.update(crew.wait())
    finally:
        crew.dismiss()


class _Crew:
    """The workers, the files that wait for a second try, and what to do when a worker dies."""

    def __init__(self, asked: Asked, limits: Limits) -> None:
        self._asked = asked
        self._limits = limits
        self._idle: list[_Worker] = []
        self._selector = selectors.DefaultSelector()
        self.waiting: deque[_Task] = deque()

    @property
    def busy(self) -> list[_Worker]:
        return [key.data for key in self._selector.get_map().values()]

    def fill(self, tasks: Iterator[_Task], jobs: int, room: int) -> None:
        """Give work to as many workers as there may be."""
        while len(self.busy) < min(jobs, room):
            task = self.waiting.popleft() if self.waiting else next(tasks, None)
            if task is None:
                return
            worker = self._idle.pop() if self._idle else _Worker(self._asked, self._limits.memory)
            self._selector.register(worker.output, selectors.EVENT_READ, worker)
            worker.give(task, self._limits.seconds)

    def wait(self) -> dict[int, Result]:
        """Results by index, as soon as there are some; deaths and overruns on the way are dealt with."""
        nearest = min(worker.deadline for worker in self.busy)
        ready = self._selector.select(max(nearest - time.monotonic(), 0.0))
        found = [self._collect(key.data) for key, _ in ready]
        now = time.monotonic()
        found += [self._overrun(worker) for worker in self.busy if worker.deadline <= now]
        return dict(pair for pair in found if pair is not None)

    def _collect(self, worker: _Worker) -> tuple[int, Result] | None:
        self._selector.unregister(worker.output)
        task = worker.task
        assert task is not None
        try:
            result = receive(worker.output)
        except EOFError:
            return self._died(worker, task)
        worker.task = None
        self._idle.append(worker)
        return task.index, result

    def _died(self, worker: _Worker, task: _Task) -> tuple[int, Result] | None:
        status = worker.end()
        task.deaths += 1
        if task.deaths <= self._limits.retries:
            self.waiting.append(task)
            return None
        return task.index, Unreadable(task.path, f"reading it ends the process ({_named(status)})")

    def _overrun(self, worker: _Worker) -> tuple[int, Result]:
        self._selector.unregister(worker.output)
        worker.end()
        assert worker.task is not None
        reason = f"reading it took longer than {self._limits.seconds:g} seconds"
        return worker.task.index, Unreadable(worker.task.path, reason)

    def dismiss(self) -> None:
        for worker in [*self.busy, *self._idle]:
            worker.end()
        self._selector.close()


def _named(status: int) -> str:
    """An exit status in words."""
    return f"signal {-status}" if status < 0 else f"exit status {status}"
