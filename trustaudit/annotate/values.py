"""What passes between the modules of this room: a note to write beside a passage, and the marked copy."""

from __future__ import annotations

from dataclasses import dataclass

from trustaudit.audit import Effect, Severity
from trustaudit.document import Document, Span


@dataclass(frozen=True, slots=True)
class Note:
    """What is said beside one passage; an empty span is about the document as a whole.

    ``lines`` are pairs of a label (``Why``) and its words; ``number`` counts from 1 in the order of the text.
    """

    number: int
    start: int
    end: int
    quote: str
    title: str
    effect: Effect
    severity: Severity
    lines: tuple[tuple[str, str], ...]
    rewrite: str = ""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def text(self) -> str:
        """The whole note, a line each."""
        return "\n".join([self.title, *(f"{label}: {words}" for label, words in self.lines)])


@dataclass(frozen=True, slots=True)
class Copy:
    """A marked copy: its bytes, and what became of each note.

    ``unplaced`` are notes whose passage could not be marked, with the reason; they stand in the copy's
    summary all the same. ``whole`` are about the document as a whole. ``warnings`` are for who made the copy.
    """

    data: bytes
    placed: tuple[Note, ...] = ()
    unplaced: tuple[tuple[Note, str], ...] = ()
    whole: tuple[Note, ...] = ()
    suggested: int = 0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Order:
    """What a marker of one format is given beside the bytes: what was read, the notes, the summary's head."""

    document: Document
    notes: tuple[Note, ...]
    head: tuple[str, ...]
    suggest: bool = False
