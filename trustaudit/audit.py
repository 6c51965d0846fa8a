"""What was found: the values that pass between the rooms, and the ``Audit`` that comes out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from trustaudit.document import Document, Place, Span

if TYPE_CHECKING:
    from pandas import DataFrame


class Severity(StrEnum):
    """How bad: ordered from worth knowing to must not stand."""

    INFO = "info"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for info … 3 for critical."""
        return _SEVERITIES.index(self)

    def raised(self, steps: int = 1) -> Severity:
        """One or more steps worse (or milder, where ``steps`` is negative), within the scale."""
        return _SEVERITIES[min(max(self.rank + steps, 0), len(_SEVERITIES) - 1)]


_SEVERITIES = tuple(Severity)


class Confidence(StrEnum):
    """How sure. It never changes the severity; low is shown as *please check*."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Effect(StrEnum):
    WITHDRAWAL = "withdrawal"
    DEPOSIT = "deposit"
    NOTE = "note"


class Side(StrEnum):
    """Whose paper it is (company), the other side (customer), or neither of the two alone."""

    COMPANY = "company"
    CUSTOMER = "customer"
    BOTH = "both"
    NEITHER = "neither"
    UNKNOWN = "unknown"

    @property
    def other(self) -> Side:
        if self is Side.COMPANY:
            return Side.CUSTOMER
        return Side.COMPANY if self is Side.CUSTOMER else self


class Kind(StrEnum):
    """What a document is."""

    CONTRACT = "contract"
    TERM_SHEET = "term-sheet"
    MESSAGE = "message"


class Audience(StrEnum):
    CONSUMER = "consumer"
    BUSINESS = "business"


class OutcomeKind(StrEnum):
    FOUND = "found"
    CLEAR = "clear"
    NOT_APPLICABLE = "not-applicable"
    COULD_NOT_TELL = "could-not-tell"


@dataclass(frozen=True, slots=True)
class Reference:
    """A source; ``url`` is empty where none is public. ``checked_on`` is the day it was looked at."""

    name: str
    url: str = ""
    checked_on: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that belongs to a finding, with what it has to do with it."""

    start: int
    end: int
    quote: str
    message: str
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found. ``quote`` is exactly ``text[start:end]``; all prose comes from the rule."""

    rule: str
    title: str
    severity: Severity
    confidence: Confidence
    effect: Effect
    favours: Side
    topic: str
    quote: str
    start: int
    end: int
    message: str = ""  # what is special about this one: numbers, what takes it back
    why: str = ""
    advice: str = ""
    rewrite: str = ""
    references: tuple[Reference, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    related: tuple[Related, ...] = ()
    place: Place = Place()
    in_fine_print: bool = False
    raised: str = ""  # why the severity is a step above the rule's, or empty
    weight: float = 0.0  # points before scoring; from the rule or its severity
    fingerprint: str = ""
    root: str = ""  # fingerprint of the worse finding of the same clause that it counts with, or empty

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def page(self) -> int | None:
        return self.place.page

    @property
    def line(self) -> int | None:
        return self.place.line

    @property
    def column(self) -> int | None:
        return self.place.column


def by_themselves(findings: Sequence[Finding]) -> tuple[int, ...]:
    """Indices of the findings that count by themselves: those without a root, or whose root is not here."""
    present = {one.fingerprint for one in findings}
    return tuple(index for index, one in enumerate(findings) if not one.root or one.root not in present)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one rule on one document; every rule has one."""

    rule: str
    outcome: OutcomeKind
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A metric: ``value`` is None where it could not be measured, and ``reason`` then says why."""

    value: float | None
    reason: str = ""
    evidence: tuple[Span, ...] = ()  # the passages that weigh most, worst first


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the trust account, in the order of the document.

    ``amount`` is positive for a deposit, negative for a withdrawal, in points; ``balance`` is the sum so far.
    """

    rule: str
    amount: float
    finding: int  # index into Audit.findings
    balance: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """``balance`` is bounded, -100..+100; deposits and withdrawals are sums of points, both positive."""

    deposits: float = 0.0
    withdrawals: float = 0.0
    balance: float = 0.0
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreEntry:
    """Points of the score lost to one rule (all its findings together); they sum to 100 - score."""

    rule: str
    lost: float
    findings: tuple[int, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """0..100, or None with a reason; ``cap`` says which gate holds the grade down, or is empty."""

    value: float | None
    grade: str | None  # "A".."F"
    reason: str
    cap: str = ""
    entries: tuple[ScoreEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class MoneyEntry:
    """One part of the money-first index, with the words that caused it."""

    part: str  # order | condition | share | pressure | care-gap | clarity | threat-before-help
    points: float
    reason: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class MoneyFirst:
    """``index`` 0..100; ``verdict`` yes | no | legitimate."""

    index: float
    verdict: str
    entries: tuple[MoneyEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class OutlineStep:
    """One step of a better order: the message's own passages that belong there, and what is missing.

    ``step``: who | have | ask | help | action, and ``without`` for what is better left out.
    """

    step: str
    passages: tuple[Span, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class MessageEntry:
    """One message of a catalogue: its key and place, and what is said of it by itself."""

    key: str
    start: int
    end: int
    line: int | None
    column: int | None
    channel: str
    purpose: str
    money_first: MoneyFirst
    conditional_on_payment: bool
    threat_or_penalty: bool
    account: Account = Account()


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """Of a catalogue, ``messages`` holds each of its messages, and the rest is said of the worst of them."""

    channel: str  # sms | email | voice | letter | web
    purpose: str
    money_first: MoneyFirst
    conditional_on_payment: bool
    threat_or_penalty: bool
    outline: tuple[OutlineStep, ...] = ()  # a better order, where money speaks first or something threatens
    messages: tuple[MessageEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class SideCount:
    burdens: int = 0
    powers: int = 0


@dataclass(frozen=True, slots=True)
class Asymmetry:
    """The same thing in two degrees: "we: 30 days, you: 90 days"."""

    topic: str
    company: str
    customer: str
    company_span: Span | None = None
    customer_span: Span | None = None


@dataclass(frozen=True, slots=True)
class TopicBalance:
    topic: str
    company: SideCount
    customer: SideCount
    asymmetries: tuple[Asymmetry, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A reciprocity pair: what is asked of one side, and what the other gives back."""

    pair: str
    asked_of: Side
    asked: Span | None
    returned: Span | None
    degree: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """``share``: the company's share of powers and the customer's of burdens, 0..1; None: none was read."""

    topics: tuple[TopicBalance, ...] = ()
    pairs: tuple[Pair, ...] = ()
    share: float | None = None
    band: str = ""  # "balanced", "leans to the company" …; empty: could not tell
    reason: str = ""  # why this band, or why none


@dataclass(frozen=True, slots=True)
class Parties:
    """Names of each side as the document writes them, with the evidence for them in words."""

    company: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tool:
    name: str
    version: str
    rules_sha256: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file of which nothing could be read."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that somebody chose not to see: counted and shown. ``until`` is an ISO day or empty."""

    fingerprint: str
    rule: str
    reason: str
    until: str = ""
    where: str = ""  # what says so: "terms.md:12", "contract.pdf.trustaudit.yaml: entry 1", a baseline's name
    in_source: bool = False  # a comment in the document itself


@dataclass(frozen=True)
class Audit:
    """Everything there is to say about one document; see the fields' own types for the units."""

    document: Document  # what was read: text, blocks, runs, places
    kind: Kind  # what the document is, or was taken for
    audience: Audience  # whose severities hold
    parties: Parties  # the two sides, as the document names them
    findings: tuple[Finding, ...]  # everything that was found, in the order of the text
    outcomes: tuple[Outcome, ...]  # what became of every rule
    measures: Mapping[str, Measure]  # metrics by name, with the reason where one could not be taken
    scored: Score  # the score with its reason and its entries
    account: Account  # the trust account as a statement
    balance: Balance  # burdens and powers by topic and side; what is asked and returned
    message: MessageFacts | None  # what only messages have; None for other kinds
    tool: Tool  # version, and the hash of the rules
    guesses: tuple[str, ...] = ()  # what was guessed (kind, audience, sides), in words, with the evidence
    fine_print: tuple[Span, ...] = ()
    rule_titles: Mapping[str, str] = field(default_factory=dict)
    suppressed: tuple[Suppressed, ...] = ()
    language: str = ""  # BCP 47 tag; empty: could not tell

    @property
    def standing(self) -> tuple[Finding, ...]:
        """The findings that nobody has chosen not to see: what gates and lists of problems count."""
        hidden = {each.fingerprint for each in self.suppressed}
        return tuple(found for found in self.findings if found.fingerprint not in hidden)

    @property
    def counting(self) -> tuple[int, ...]:
        """Indices of the findings that stand and count by themselves."""
        hidden = {each.fingerprint for each in self.suppressed}
        rows = [index for index, found in enumerate(self.findings) if found.fingerprint not in hidden]
        return tuple(rows[at] for at in by_themselves([self.findings[index] for index in rows]))

    @property
    def score(self) -> float | None:
        return self.scored.value

    @property
    def grade(self) -> str | None:
        return self.scored.grade

    @property
    def metrics(self) -> dict[str, float | None]:
        return {name: measure.value for name, measure in self.measures.items()}

    def to_html(self, *, pictures: bool | bytes = False) -> str:
        """The self-contained HTML report.

        With ``pictures`` it shows the pages of a PDF, drawn again from the file, or from its bytes where they
        are given; a file that has changed since is not drawn.
        """
        from trustaudit import report

        if pictures is False:
            return report.html([self])
        from trustaudit.parsing import page_pictures

        source = None if pictures is True else pictures
        return report.html([self], pictures=page_pictures.of([self], source))

    def to_markdown(self) -> str:
        """The report in Markdown."""
        from trustaudit import report

        return report.markdown([self])

    def to_json(self) -> str:
        """The report in JSON, schema ``trustaudit/audit/1``; byte-stable."""
        from trustaudit import report

        return report.json([self])

    def to_sarif(self) -> str:
        """The findings as SARIF 2.1.0."""
        from trustaudit import report

        return report.sarif([self])

    def to_dataframe(self) -> DataFrame:
        """The findings as a table of pandas, one row each.

        Raises ``UsageError`` where pandas is not installed.
        """
        from trustaudit import report

        return report.dataframe([self])

    def _repr_html_(self) -> str:
        """The audit at a glance, as notebooks show it."""
        from trustaudit import report

        return report.notebook(self)

    def write(self, path: str | Path) -> Path:
        """Write the report in the format of the path's suffix (.html, .md, .json, .sarif)."""
        from trustaudit import report

        return report.write([self], Path(path))
