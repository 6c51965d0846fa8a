"""Results of a crew: in order or as they come, none lost, none twice, and never many at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from trustaudit.audit import Audit, Unreadable
from trustaudit.batch.crew import Crew, Ticket
from trustaudit.batch.limits import Limits
from trustaudit.batch.work import Auditing, Failed, Lost, Work

__all__ = ["Known", "Limits", "run", "supervise"]

Result = Audit | Unreadable


@dataclass(frozen=True, slots=True)
class Known:
    """In place of a task: its result, for which no worker is needed."""

    result: Any


def supervise(
    paths: Iterable[str], asked: Any, jobs: int, limits: Limits, *, ordered: bool = True
) -> Iterator[Result]:
    """The audit of each path, or why there is none; at most a few files ahead of the next to be yielded."""
    return run(paths, Auditing(asked), jobs, limits, _plain, ordered=ordered, ahead=4 * jobs)


def _plain(path: str, outcome: Any) -> Result:
    if isinstance(outcome, (Lost, Failed)):
        return Unreadable(path, outcome.reason)
    assert isinstance(outcome, (Audit, Unreadable))
    return outcome


def run(
    tasks: Iterable[Any],
    work: Work,
    jobs: int,
    limits: Limits,
    absorb: Callable[[Any, Any], Any],
    *,
    ordered: bool = True,
    ahead: int = 1_000,
    backlog: int = 0,
) -> Iterator[Any]:
    """What ``absorb`` makes of each task and its outcome; it is called as soon as there is an outcome.

    An outcome is what the work gives, ``Failed`` or ``Lost``. With ``ordered`` the results come in the order
    of the tasks, and at most about ``ahead`` of them wait for an earlier one. ``backlog``: so many more tasks
    than there are workers are taken, so that what is known is found while workers start.
    """
    crew = Crew(work, limits, jobs)
    queue = _Queue(tasks)
    done: dict[int, Any] = {}
    following = 0
    try:
        while True:
            if ordered:
                while following in done:
                    yield done.pop(following)
                    following += 1
            else:
                while done:
                    yield done.pop(next(iter(done)))
            queue.fill(crew, done, ahead, backlog)
            if crew.busy:
                for ticket, outcome in crew.wait():
                    done[ticket.index] = absorb(ticket.task, outcome)
            elif not done:
                return
    finally:
        crew.dismiss()


class _Queue:
    """The tasks still to come, numbered."""

    def __init__(self, tasks: Iterable[Any]) -> None:
        self._tasks = enumerate(tasks)

    def fill(self, crew: Crew, done: dict[int, Any], ahead: int, backlog: int) -> None:
        """Give work to all who may have some; results that are known go to the others.

        What comes next always has a place, however many later ones wait.
        """
        room = max(ahead - len(done), 1)
        while room > 0 and crew.in_hand < min(crew.jobs + backlog, max(ahead - len(done), 1)):
            index, task = next(self._tasks, (-1, None))
            if index < 0:
                return
            if isinstance(task, Known):
                done[index] = task.result
                room -= 1
            else:
                crew.give(Ticket(index, task))
