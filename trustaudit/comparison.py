"""What changed between two versions: the values that a comparison ends with.

All positions are half-open character ranges of the text of the old or the new document, as the field says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from trustaudit.audit import Confidence, Effect, Finding, Severity, Side, Tool, Unreadable


class Change(StrEnum):
    """What became of a clause."""

    SAME = "same"
    MOVED = "moved"  # the same words elsewhere
    REWORDED = "reworded"  # other words, no norm that changed
    CHANGED = "changed"  # a norm differs: who, must or may, how much, how long, under which condition
    NEW = "new"
    GONE = "gone"


class Turn(StrEnum):
    """What a change means for the customer."""

    WORSE = "worse"
    BETTER = "better"
    EVEN = "even"  # it means nothing for one side alone
    UNCLEAR = "unclear"  # could not tell

    @property
    def mirrored(self) -> Turn:
        """What the change back means."""
        if self is Turn.WORSE:
            return Turn.BETTER
        return Turn.WORSE if self is Turn.BETTER else self


class Aspect(StrEnum):
    """What of a norm differs."""

    NEW = "new"
    GONE = "gone"
    SIDE = "side"  # who bears it, or who is meant
    MODALITY = "modality"  # must, may, may not, need not
    AMOUNT = "amount"  # money, a percentage or a period
    CONDITION = "condition"  # notice, cause, consent, discretion, time …
    SCOPE = "scope"  # what is to be done, or to what it reaches: read the words


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in one of the two documents; ``quote`` is exactly ``text[start:end]``."""

    start: int
    end: int
    quote: str
    heading: str = ""  # what it stands under, or empty
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class NormChange:
    """One difference in who must, may or may not do what.

    ``was`` and ``now`` are words for a reader, such as *30 days* and *90 days*; empty where there was or is
    none. ``bearer`` is written as in the document. ``confidence`` is low where only words differ and a reader
    has to judge what they mean.
    """

    aspect: Aspect
    subject: str  # "Supplier's notice to end"
    bearer: str
    side: Side
    topic: str
    modality: str  # of the norm it belongs to, as it is now; empty where none was read
    was: str
    now: str
    turn: Turn
    confidence: Confidence = Confidence.HIGH
    old: Passage | None = None
    new: Passage | None = None

    @property
    def said(self) -> str:
        """``Supplier's notice to end: 30 days → 90 days``."""
        return f"{self.subject}: {self.was or 'none'} → {self.now or 'none'}"


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What became of a clause; ``similarity`` of its words, 0..1. ``moved`` may come with other words."""

    change: Change
    old: Passage | None
    new: Passage | None
    similarity: float = 1.0
    moved: bool = False
    norms: tuple[NormChange, ...] = ()
    turn: Turn = Turn.EVEN
    title: bool = False  # a heading: it binds nobody by itself


class FindingTurn(StrEnum):
    """What became of a finding."""

    NEW = "new"
    GONE = "gone"
    WORSE = "worse"
    BETTER = "better"
    MOVED = "moved"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class FindingChange:
    """A finding before and after. ``why`` says what is worse or better, where both versions have it."""

    turn: FindingTurn
    old: Finding | None
    new: Finding | None
    why: str = ""

    @property
    def finding(self) -> Finding:
        """As it is now, or as it was where it is gone."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def severity(self) -> Severity:
        return self.finding.severity

    @property
    def harms(self) -> bool:
        """Worse for the customer: a withdrawal that is new or worse, or a deposit that is gone."""
        if self.finding.effect is Effect.WITHDRAWAL:
            return self.turn in (FindingTurn.NEW, FindingTurn.WORSE)
        return self.finding.effect is Effect.DEPOSIT and self.turn is FindingTurn.GONE

    @property
    def helps(self) -> bool:
        """The mirror of ``harms``."""
        if self.finding.effect is Effect.WITHDRAWAL:
            return self.turn in (FindingTurn.GONE, FindingTurn.BETTER)
        return self.finding.effect is Effect.DEPOSIT and self.turn is FindingTurn.NEW


@dataclass(frozen=True, slots=True)
class MetricChange:
    """A number before and after; None where it could not be measured. ``unit`` is points, share or words."""

    name: str
    old: float | None
    new: float | None
    turn: Turn
    unit: str = "points"

    @property
    def differs(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True, slots=True)
class TopicChange:
    """Burdens and powers of a topic, before and after: company burdens, powers, customer burdens, powers."""

    topic: str
    old: tuple[int, int, int, int]
    new: tuple[int, int, int, int]
    turn: Turn


@dataclass(frozen=True, slots=True)
class Version:
    """One side of a comparison of documents."""

    name: str
    sha256: str
    media_type: str
    kind: str
    words: int
    grade: str | None = None
    band: str = ""
    verdict: str = ""  # of the money-first question in a message; else empty


@dataclass(frozen=True, slots=True)
class Pairing:
    """How two files came to be compared: *name*, *content* (renamed) or *given*; ``similarity`` 0..1."""

    by: str
    similarity: float = 1.0


@dataclass(frozen=True)
class DocumentChange:
    """Two versions of one document. ``clauses`` holds all, also the same, in the order of the new text."""

    old: Version
    new: Version
    pairing: Pairing
    clauses: tuple[ClauseChange, ...]
    findings: tuple[FindingChange, ...]
    metrics: tuple[MetricChange, ...]
    topics: tuple[TopicChange, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def norms(self) -> tuple[NormChange, ...]:
        """Every difference in a norm, in the order of the clauses."""
        return tuple(norm for clause in self.clauses for norm in clause.norms)

    def count(self, change: Change) -> int:
        """How many clauses became this; what was both moved and reworded counts as reworded."""
        return sum(clause.change is change for clause in self.clauses)

    @property
    def differs(self) -> bool:
        """Whether there is anything to tell; moved and reworded clauses, headings and notes are none."""
        kinds = (Change.CHANGED, Change.NEW, Change.GONE)
        return any(each.change in kinds and not each.title for each in self.clauses) or any(
            each.harms or each.helps for each in self.findings
        )

    def metric(self, name: str) -> MetricChange | None:
        return next((each for each in self.metrics if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Alone:
    """A document that only one side has; its findings are new or gone with it."""

    version: Version
    score: float | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Comparison:
    """Two versions of a document, a folder or a journey. ``old`` and ``new`` are what was named."""

    old: str
    new: str
    documents: tuple[DocumentChange, ...]
    added: tuple[Alone, ...] = ()
    removed: tuple[Alone, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    unread: tuple[str, ...] = ()  # what of readable documents could not be read: "new.pdf: page 3: a scan"
    notes: tuple[str, ...] = ()
    account: tuple[MetricChange, ...] = ()  # of a whole journey
    worse: tuple[str, ...] = ()  # in what the new version is worse, in words; see ``compare_gate``
    tool: Tool = Tool("trustaudit", "", "")

    @property
    def clauses(self) -> tuple[ClauseChange, ...]:
        return tuple(each for document in self.documents for each in document.clauses)

    @property
    def norms(self) -> tuple[NormChange, ...]:
        return tuple(each for document in self.documents for each in document.norms)

    @property
    def findings(self) -> tuple[FindingChange, ...]:
        return tuple(self._findings())

    def _findings(self) -> Iterator[FindingChange]:
        for document in self.documents:
            yield from document.findings
        for each in self.added:
            yield from (FindingChange(FindingTurn.NEW, None, found) for found in each.findings)
        for each in self.removed:
            yield from (FindingChange(FindingTurn.GONE, found, None) for found in each.findings)

    @property
    def differs(self) -> bool:
        return bool(self.added or self.removed) or any(each.differs for each in self.documents)

    @property
    def turn(self) -> Turn:
        """Worse by the definition that a build can hold; else better where a score rose or a fault went."""
        if self.worse:
            return Turn.WORSE
        scores = [metric for each in self.documents if (metric := each.metric("score"))]
        heavy = [each for each in self.findings if each.severity is not Severity.INFO]
        mended = any(each.helps for each in heavy) and not any(each.harms for each in heavy)
        return Turn.BETTER if mended or any(each.turn is Turn.BETTER for each in scores) else Turn.EVEN

    def count(self, change: Change) -> int:
        return sum(each.count(change) for each in self.documents)
