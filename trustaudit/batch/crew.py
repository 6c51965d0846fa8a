"""Workers under supervision: what a worker's death costs is one more try, and never another task.

The pools of the standard library lose or hang on what was under way when a worker dies; here every task is
accounted for. A worker is given a task only when it has loaded all it needs, so that a death before is not
put down to the task; a task that ends its worker is tried again in a fresh one, and lost after the last try.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from trustaudit.batch.limits import Limits
from trustaudit.batch.wire import Inbox, send
from trustaudit.batch.work import Lost, Work
from trustaudit.errors import TrustauditError

READY = "ready"
"""What a worker sends first; anything else is the reason why it cannot work."""
_START_SECONDS = 120.0
_FAULTS = 3  # workers in a row that end themselves before they are ready: something is broken
_KILLS = 100  # workers in a row that are killed before they are ready


@dataclass(slots=True)
class Ticket:
    """A task on its way: its number, and how many workers died over it."""

    index: int
    task: Any
    deaths: int = 0


class _Worker:
    """One process and the task that it has in hand; without one it loads, or waits."""

    def __init__(self, work: Work, limits: Limits, *, fully: bool) -> None:
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
        self.output = self.process.stdout
        self.inbox = Inbox()
        self.ticket: Ticket | None = None
        self.ready = False
        self.deadline = time.monotonic() + _START_SECONDS
        self._send((work, limits.memory, limits.seconds, fully))

    def give(self, ticket: Ticket, seconds: float) -> None:
        self.ticket = ticket
        self.deadline = time.monotonic() + seconds
        self._send(ticket.task)

    def _send(self, value: Any) -> None:
        with suppress(BrokenPipeError):  # it has died: its output says so, and the task is tried again
            send(self.input, value)

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


class Crew:
    """The workers, the tasks that wait for one, and what to do when a worker dies.

    ``in_hand`` counts the tasks that were given and have no outcome yet.
    """

    def __init__(self, work: Work, limits: Limits, jobs: int) -> None:
        self.jobs = jobs
        self._work = work
        self._limits = limits
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()
        self._waiting: deque[Ticket] = deque()
        self._deaths = self._faults = self._kills = 0
        self._raids = 0  # workers that were killed with nothing in hand: somebody else does that

    @property
    def in_hand(self) -> int:
        return len(self._waiting) + sum(worker.ticket is not None for worker in self._workers)

    @property
    def busy(self) -> bool:
        return bool(self._waiting) or any(worker.ticket is not None for worker in self._workers)

    def give(self, ticket: Ticket) -> None:
        """Take a task on; a worker gets it when one is free, and there may be ``jobs`` of them."""
        self._waiting.append(ticket)
        self._assign()

    def _assign(self) -> None:
        for worker in self._workers:
            if self._waiting and worker.ready and worker.ticket is None:
                worker.give(self._waiting.popleft(), self._limits.seconds)
        loading = sum(not worker.ready for worker in self._workers)
        while len(self._waiting) > loading and len(self._workers) < self.jobs:
            # a replacement loads everything first: it must not be killed over what it loads
            worker = _Worker(self._work, self._limits, fully=self._deaths > 0)
            self._workers.append(worker)
            self._selector.register(worker.output, selectors.EVENT_READ, worker)
            loading += 1

    def wait(self) -> list[tuple[Ticket, Any]]:
        """Outcomes, as soon as there are some, or none yet; deaths and overruns on the way are dealt with."""
        engaged = [worker for worker in self._workers if worker.ticket or not worker.ready]
        nearest = min(worker.deadline for worker in engaged)
        ready = self._selector.select(max(nearest - time.monotonic(), 0.0))
        found = [pair for key, _ in ready for pair in self._collect(key.data)]
        now = time.monotonic()
        late = [each for each in self._workers if each.deadline <= now and (each.ticket or not each.ready)]
        found += [pair for worker in late for pair in self._overrun(worker)]
        self._assign()
        return found

    def _collect(self, worker: _Worker) -> Iterator[tuple[Ticket, Any]]:
        try:
            for message in worker.inbox.read(worker.output.fileno()):
                if worker.ready:
                    assert worker.ticket is not None
                    ticket, worker.ticket = worker.ticket, None
                    yield ticket, message
                elif message != READY:
                    raise TrustauditError(message)
                worker.ready = True
                self._faults = self._kills = 0
        except EOFError:
            yield from self._died(worker)

    def _died(self, worker: _Worker) -> Iterator[tuple[Ticket, Any]]:
        status = self._leave(worker)
        if worker.ticket is None:
            self._check_starts(worker, status)
            return
        worker.ticket.deaths += 1
        # each kill that no task can have caused is one that a task may be wrongly blamed for
        if worker.ticket.deaths <= self._limits.retries + self._raids:
            self._waiting.append(worker.ticket)
        else:
            task = worker.ticket.task
            yield worker.ticket, Lost(task, f"reading it ends the process ({_named(status)})")

    def _check_starts(self, worker: _Worker, status: int) -> None:
        """Raise where no worker ever gets ready; one that was ready and idle is simply replaced."""
        self._raids += status == -signal.SIGKILL
        if worker.ready:
            return
        self._faults, self._kills = self._faults + (status >= 0), self._kills + (status < 0)
        if self._faults >= _FAULTS or self._kills >= _KILLS:
            raise TrustauditError(
                f"no worker process can start: the last one ended with {_named(status)}; "
                "what it said is above. Check that the installation is whole and that there is memory"
            )

    def _overrun(self, worker: _Worker) -> Iterator[tuple[Ticket, Any]]:
        self._leave(worker)
        if worker.ticket is None:
            self._check_starts(worker, 1)
            return
        reason = f"reading it took longer than {self._limits.seconds:g} seconds"
        yield worker.ticket, Lost(worker.ticket.task, reason)

    def _leave(self, worker: _Worker) -> int:
        self._deaths += 1
        self._selector.unregister(worker.output)
        self._workers.remove(worker)
        return worker.end()

    def dismiss(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._selector.close()


def _named(status: int) -> str:
    """An exit status in words."""
    return f"signal {-status}" if status < 0 else f"exit status {status}"
