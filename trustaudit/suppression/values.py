"""What says that a finding is not to be seen, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from trustaudit.document import Span


@dataclass(frozen=True, slots=True)
class Suppression:
    """Findings of ``rules`` are hidden, for a ``reason``; what else is given narrows it down.

    ``where`` is the place it is written at, for people: ``terms.md:12``. ``span``: only findings that
    overlap these characters of the text; None: the whole document.
    """

    rules: tuple[str, ...]  # ids, families or beginnings, as --ignore takes them
    reason: str
    where: str
    until: date | None = None  # the last day it holds
    span: Span | None = None
    fingerprint: str = ""
    quote: str = ""  # words that the finding's quote holds
    in_source: bool = False  # a comment in the document itself


@dataclass(frozen=True, slots=True)
class Read:
    """Suppressions of one document; ``problems`` are those that have no effect, and why, a line each."""

    suppressions: tuple[Suppression, ...] = ()
    problems: tuple[str, ...] = ()

    def __add__(self, other: Read) -> Read:
        return Read(self.suppressions + other.suppressions, self.problems + other.problems)
