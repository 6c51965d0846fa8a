"""What a journey's report shows, as plain values: every number is already a word."""

from __future__ import annotations

from dataclasses import dataclass

from trustaudit.journey_audit import Conflict, JourneyAudit, StageAudit
from trustaudit.report.journey_line import JourneyLine


@dataclass(frozen=True, slots=True)
class PassageView:
    """Words of a document; ``key`` is the anchor of that document's own report, or empty."""

    quote: str
    document: str
    stage: str
    place: str
    key: str

    @property
    def at(self) -> str:
        """``terms.pdf, page 3``."""
        return ", ".join(filter(None, [self.document, self.place]))


@dataclass(frozen=True, slots=True)
class StageView:
    number: int
    stage: StageAudit
    score: str
    grade: str
    documents: str
    given: str
    taken: str
    closing: str
    balance: str
    position: float  # of the stage's own balance on its scale, 0..1
    notes: tuple[str, ...]
    waits: str  # "33 of 100" where the customer waits, or empty
    worst: bool


@dataclass(frozen=True, slots=True)
class StatementRow:
    document: str
    key: str
    place: str
    title: str
    quote: str
    reason: str
    amount: str
    deposit: bool
    balance: str


@dataclass(frozen=True, slots=True)
class MoveView:
    title: str
    conflict: bool
    stage: str
    what: str  # the rule and how often, or the conflict
    gain: str
    change: str  # "28.4 → 31.0"
    effects: tuple[str, ...]
    advice: str
    rewrite: str
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class ConflictView:
    number: int
    conflict: Conflict
    kind: str
    style: str
    severity: str
    first: PassageView
    second: PassageView


@dataclass(frozen=True, slots=True)
class ReturnView:
    pair: str
    asked: PassageView
    returned: PassageView | None
    message: str
    when: str


@dataclass(frozen=True, slots=True)
class WaitView:
    stage: str
    score: str
    reason: str
    answers: tuple[tuple[str, str, str, PassageView | None], ...]  # question, word, reason, where


@dataclass(frozen=True, slots=True)
class ObservationView:
    message: str
    good: bool
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    key: str
    path: str
    stage: str
    kind: str
    grade: str
    score: str
    counts: tuple[int, ...]  # critical, major, minor
    deposits: int
    balance: str
    unread: int  # parts of the document that were not read


@dataclass(frozen=True, slots=True)
class JourneyView:
    """The journey as it is shown; the documents' own reports are made one by one, beside it."""

    journey: JourneyAudit
    facts: tuple[str, ...]
    score: str
    grade: str
    reason: str
    worst: StageView | None
    stages: tuple[StageView, ...]
    balance: str
    position: float
    closing: str
    flows: str
    line: JourneyLine | None
    statement: tuple[tuple[StageView, tuple[StatementRow, ...]], ...]
    moves: tuple[MoveView, ...]
    together: str
    conflicts: tuple[ConflictView, ...]
    returns: tuple[ReturnView, ...]
    waiting: tuple[WaitView, ...]
    observations: tuple[ObservationView, ...]
    documents: tuple[DocumentRow, ...]
