"""What is said about a whole journey: many audits in the order in which the customer meets them.

Amounts are points, as in ``Account``; a positive amount is a deposit, a negative one a withdrawal. A quote is
always exactly ``text[start:end]`` of the document that it names.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from trustaudit.audit import Audience, Audit, Finding, Severity, Tool

STAGES = (
    "prospect", "sample", "demo", "proposal", "contract", "negotiation", "onboarding", "service", "reminder",
    "billing", "renewal", "recovery", "exit",
)  # fmt: skip
"""The stages of a customer's journey in their usual order; a manifest may name others."""

BEFORE_CUSTOMER = frozenset({"prospect", "sample", "demo", "proposal"})
"""The usual stages in which people are not customers yet."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of one document of the journey; page and line count from 1, None where there are none."""

    document: str  # the path, as the journey shows it
    stage: str
    quote: str
    start: int
    end: int
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Staged:
    """One audited document at its place in the journey. ``order`` counts all documents from 0."""

    audit: Audit
    stage: str
    order: int
    path: str = ""  # as the journey shows it: relative to the manifest's folder
    kind: str = ""  # contract | term-sheet | message
    channel: str = ""  # sms | email | voice | letter | web; empty: none was named or recognised
    weight: float = 1.0  # how much it counts among the documents of its stage

    def passage(self, start: int, end: int) -> Passage:
        """The words from ``start`` to ``end`` with their place."""
        from trustaudit.document import Span

        place = self.audit.document.place(Span(start, end))
        quote = self.audit.document.text[start:end]
        return Passage(self.path, self.stage, quote, start, end, place.page, place.line)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two passages of the journey that cannot both be relied on.

    ``kind`` is one word (period, amount, promise, right, contact, wording, tone, name …). ``message`` says
    what differs, ``cost`` what it costs the customer, ``binds`` which one binds and why, or "could not tell".
    """

    kind: str
    topic: str
    title: str
    message: str
    cost: str
    binds: str
    severity: Severity
    first: Passage
    second: Passage


@dataclass(frozen=True, slots=True)
class CrossReturn:
    """What one document asks and what another gives back for it; ``returned`` is None where none does.

    ``stages_later``: how many stages after the ask the return stands; negative where it came before, None
    where there is none.
    """

    pair: str
    asked: Passage
    returned: Passage | None
    message: str
    stages_later: int | None


@dataclass(frozen=True, slots=True)
class StatementEntry:
    """One line of the account over the journey; ``balance`` is the sum of all amounts up to here."""

    document: int  # index into JourneyAudit.documents
    finding: int  # index into that document's findings
    stage: str
    rule: str
    title: str
    amount: float
    balance: float
    reason: str = ""  # why the amount is not simply the finding's points
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Streak:
    """Withdrawals in a row, with no deposit between: entries ``first`` to ``last`` (both included).

    ``extra`` is what the row costs beyond the sum of its parts, in points, positive.
    """

    first: int
    last: int
    amount: float
    extra: float
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hole:
    """A document of the journey of which nothing could be read: its place in the account is unknown."""

    path: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class WaitAnswer:
    """One question of somebody who waits. ``answer``: yes, no or could not tell."""

    question: str  # who decides | by when | who answers | how many steps
    answer: str
    reason: str
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stage in which the customer waits for the company. ``score`` 0..100, None: could not tell."""

    stage: str
    score: float | None
    reason: str
    answers: tuple[WaitAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class StageAudit:
    """One stage. ``opening`` and ``closing`` are the running balance before and after it, in points.

    ``balance`` is bounded, -100..+100, of this stage alone; ``score`` is the weighted mean of its documents,
    None where none has one. ``weight`` is how much it counts among the stages.
    """

    name: str
    title: str
    documents: tuple[int, ...] = ()
    deposits: float = 0.0
    withdrawals: float = 0.0
    opening: float = 0.0
    closing: float = 0.0
    balance: float = 0.0
    score: float | None = None
    grade: str | None = None
    reason: str = ""
    customer: bool = True  # whether people are customers by then
    notes: tuple[str, ...] = ()  # what is special about it, in words
    holes: int = 0
    conflicts: int = 0  # conflicts that have a side in this stage
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Observation:
    """Something the whole account shows. ``kind``: first-ask | silent-stage | streak | care-before …"""

    kind: str
    message: str
    good: bool = False
    stages: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """One thing to change, and what it changes: computed by scoring again without it.

    ``kind`` is finding or conflict. ``findings`` are pairs of document and finding (indices); ``conflicts``
    indices into ``JourneyAudit.conflicts``. Scores are 0..100, None where there was none.
    """

    kind: str
    title: str
    stage: str
    rule: str = ""
    findings: tuple[tuple[int, int], ...] = ()
    conflicts: tuple[int, ...] = ()
    score_before: float | None = None
    score_after: float | None = None
    stage_before: float | None = None
    stage_after: float | None = None
    balance_before: float = 0.0
    balance_after: float = 0.0
    advice: str = ""
    rewrite: str = ""
    passages: tuple[Passage, ...] = ()

    @property
    def gain(self) -> float:
        """Points of the journey's score that it would bring; 0 where there is no score."""
        if self.score_before is None or self.score_after is None:
            return 0.0
        return self.score_after - self.score_before


@dataclass(frozen=True, slots=True)
class JourneyScore:
    """0..100, or None with a reason. ``plain`` is the mean of the stages before conflicts are counted."""

    value: float | None
    grade: str | None
    reason: str
    plain: float | None = None
    conflict_points: float = 0.0
    cap: str = ""


@dataclass(frozen=True)
class JourneyAudit:
    """Everything there is to say about a journey, in the order in which the customer meets it."""

    name: str
    stages: tuple[StageAudit, ...]
    documents: tuple[Staged, ...]
    statement: tuple[StatementEntry, ...]
    scored: JourneyScore
    tool: Tool
    deposits: float = 0.0
    withdrawals: float = 0.0
    balance: float = 0.0  # bounded, -100..+100
    streaks: tuple[Streak, ...] = ()
    observations: tuple[Observation, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    returns: tuple[CrossReturn, ...] = ()
    moves: tuple[Move, ...] = ()
    moves_together: float | None = None  # the score with all of them made
    coverage: float = 1.0  # share of the usual stages that have a document, 0..1
    holes: tuple[Hole, ...] = ()
    company: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    segment: str = ""
    audience: Audience | None = None
    guesses: tuple[str, ...] = ()  # what was guessed about the journey, in words, with the evidence
    source: str = ""  # the manifest or folder

    @property
    def score(self) -> float | None:
        return self.scored.value

    @property
    def grade(self) -> str | None:
        return self.scored.grade

    @property
    def worst_stage(self) -> StageAudit | None:
        """The stage with the lowest score; of equal ones the one that takes most, then the earlier."""
        scored = [stage for stage in self.stages if stage.score is not None and stage.weight > 0]
        return min(scored, key=lambda stage: (stage.score, stage.balance), default=None)

    @property
    def closing(self) -> float:
        """The running balance after the last entry, in points."""
        return self.statement[-1].balance if self.statement else 0.0

    def finding(self, document: int, index: int) -> Finding:
        """The finding that an entry or a move points at."""
        return self.documents[document].audit.findings[index]

    def to_html(self) -> str:
        """The self-contained HTML report of the journey and of each document."""
        from trustaudit.report import journey_reports

        return journey_reports.html(self)

    def to_markdown(self) -> str:
        """The journey in Markdown, with each document's own report."""
        from trustaudit.report import journey_reports

        return journey_reports.markdown(self)

    def to_json(self) -> str:
        """The journey in JSON, schema ``trustaudit/journey/1``; byte-stable."""
        from trustaudit.report import journey_reports

        return journey_reports.json(self)

    def write(self, path: str | Path) -> Path:
        """Write the report in the format of the path's suffix (.html, .md, .json, .txt)."""
        from trustaudit.report import journey_reports

        return journey_reports.write(self, Path(path))
