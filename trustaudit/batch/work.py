"""What a crew of workers does: one piece of work a value, picklable, which a worker is sent once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from trustaudit.audit import Audit, Unreadable


class Work(Protocol):
    """One kind of work, done task by task in a worker process."""

    def prepare(self, *, fully: bool) -> None:
        """Load what every task needs; ``fully`` also what most need, so that no task pays for it."""

    def do(self, task: Any) -> Any:
        """The result of a task; raises only what must end the run, or ``MemoryError``."""


@dataclass(frozen=True, slots=True)
class Lost:
    """A task without a result: its worker died or was ended, each time it was tried."""

    task: Any
    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A task that needed more memory than its worker may have."""

    reason: str


@dataclass(frozen=True)
class Auditing:
    """Paths to audits. ``asked`` is the pipeline's ``Asked``."""

    asked: Any

    def prepare(self, *, fully: bool) -> None:
        _rules(self.asked)
        if fully:
            warm(self.asked)

    def do(self, task: str) -> Audit | Unreadable:
        from trustaudit.pipeline import attempt

        return attempt(Path(task), self.asked, _rules(self.asked))


@lru_cache(maxsize=1)
def _rules(asked: Any) -> Any:
    """The rules of a run, loaded once in a worker: it lives no longer than the run."""
    from trustaudit.pipeline import rules_of

    return rules_of(asked)


_WARMING = b"We may change these terms at any time and without notice. You shall pay all fees in advance."


def warm(asked: Any) -> None:
    """One small audit, so that whatever is loaded late is loaded now."""
    from trustaudit.errors import UnreadableError
    from trustaudit.parsing import parse
    from trustaudit.pipeline import audit_document

    try:
        audit_document(parse(_WARMING, "warm.txt"), asked)
    except UnreadableError:
        return
