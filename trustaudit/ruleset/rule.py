"""A rule as a value: what a YAML file says, checked, with nothing left to parse."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from trustaudit.audit import Audience, Confidence, Effect, Kind, Reference, Severity, Side
from trustaudit.document import Span
from trustaudit.ruleset.fix import Fix


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a rule looks. Empty ``blocks`` means every block but page furniture."""

    blocks: tuple[str, ...] = ()  # names of BlockKind
    fine_print: str = "any"  # any | only | outside
    part: str = "any"  # any | opening | subject | closing: a message's parts


@dataclass(frozen=True, slots=True)
class Phrases:
    """Any of these phrases, in the phrase language of ``ruleset/phrase.py``."""

    any: tuple[str, ...]
    scope: Scope = Scope()
    mutual: str = "skip"  # skip: a clause that binds both sides is not found | keep


@dataclass(frozen=True, slots=True)
class Tokens:
    """spaCy token patterns over the clause (LOWER, SHAPE, LIKE_NUM, REGEX, OP …)."""

    patterns: tuple[tuple[Mapping[str, Any], ...], ...]
    gate: tuple[str, ...]  # at least one of these words must be in the clause
    scope: Scope = Scope()
    mutual: str = "skip"


@dataclass(frozen=True, slots=True)
class Metric:
    """A number of the document over or under a limit; ``steps`` raise the severity with the number."""

    metric: str
    over: float | None = None
    under: float | None = None
    steps: Mapping[str, float] = field(default_factory=dict)  # severity name -> limit


@dataclass(frozen=True, slots=True)
class Order:
    """What comes first in a message: ``first`` stands before any of ``before`` (vocabulary lists)."""

    first: str
    before: tuple[str, ...]
    missing: str = "counts"  # counts: none of ``before`` at all is found too | ignores


@dataclass(frozen=True, slots=True)
class Frame:
    """Concepts (vocabulary lists, or sides) that all stand in one clause, in any order."""

    frames: tuple[tuple[str, ...], ...]
    scope: Scope = Scope()
    mutual: str = "skip"


@dataclass(frozen=True, slots=True)
class Weighted:
    """Words and phrases with weights; a clause is found when ``bias`` and they reach ``threshold``.

    ``terms`` are words next to each other; ``phrases`` are of the phrase language.
    """

    terms: Mapping[str, float]
    threshold: float = 0.0
    bias: float = 0.0
    scope: Scope = Scope()
    mutual: str = "skip"
    phrases: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NormFind:
    """A norm with this bearer, modality, topic; ``with_`` and ``without`` are its conditions."""

    bearer: tuple[Side, ...]
    modality: tuple[str, ...]
    topic: tuple[str, ...] = ()
    action: tuple[str, ...] = ()  # phrases in the action
    with_: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    scope: Scope = Scope()


@dataclass(frozen=True, slots=True)
class Reciprocal:
    """Asked of one side (phrases), not given by the other anywhere in the document."""

    asked: tuple[str, ...]
    given: tuple[str, ...]
    pair: str
    asked_of: Side = Side.CUSTOMER
    degree: str = ""  # days | percent | money: compare the amount nearest to both


@dataclass(frozen=True, slots=True)
class Required:
    """Where the ground is there, the protection must be."""

    ground: tuple[str, ...]
    protection: tuple[str, ...]
    any_kind: bool = True


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two passages that disagree: a number against its words, two periods for one thing."""

    check: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that a message shows as a whole; ``engine/facts.py`` knows which there are."""

    fact: str


@dataclass(frozen=True, slots=True)
class HiddenText:
    """Words that are in the file and that nobody sees; ``but`` are reasons (names of Hidden) that pass."""

    but: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TakesBack:
    """A claim that gives, and words elsewhere that take it back.

    ``by`` mark: the note behind the claim's asterisk or dagger. ``by`` fine-print: a headline, against what
    stands in fine print.
    """

    claims: tuple[str, ...]
    takes: tuple[str, ...]
    by: str = "mark"  # mark | fine-print


Find = (
    Phrases | Tokens | Metric | Order | Frame | Weighted | NormFind | Reciprocal | Required | Conflict | Fact
    | HiddenText | TakesBack
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its source ``text`` without the « » marks, and the spans that they enclosed.

    ``kind``, ``company`` and ``customer`` are given to the scan where the example depends on them;
    ``format`` says what the text is: text | markdown | html.
    """

    text: str
    marks: tuple[Span, ...] = ()
    kind: Kind | None = None
    company: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    format: str = "text"

    @property
    def marked(self) -> str:
        """The text as the rule file has it, with « » round what is found."""
        parts: list[str] = []
        at = 0
        for start, end in self.marks:
            parts += [self.text[at:start], "«", self.text[start:end], "»"]
            at = end
        return "".join([*parts, self.text[at:]])


@dataclass(frozen=True)
class Examples:
    """Each of ``flagged`` has one mark or more, and exactly those are found; ``clean`` have none."""

    flagged: tuple[Example, ...]
    clean: tuple[Example, ...]

    @classmethod
    def later(cls, make: Callable[[], Examples]) -> Examples:
        """Examples that are made when they are first looked at: a scan never does, and they are many."""
        examples = object.__new__(cls)
        examples.__dict__["_make"] = make
        return examples

    def __getattr__(self, name: str) -> Any:
        if name not in {"flagged", "clean"} or "_make" not in self.__dict__:
            raise AttributeError(name)
        made = self.__dict__["_make"]()
        self.__dict__.update(flagged=made.flagged, clean=made.clean)
        del self.__dict__["_make"]
        return self.__dict__[name]


@dataclass(frozen=True, slots=True)
class Rule:
    """One YAML file."""

    id: str
    title: str
    severity: Mapping[Audience, Severity]
    confidence: Confidence
    effect: Effect
    topic: str
    applies_to: tuple[Kind, ...]
    why: str
    advice: str
    rewrite: str
    find: tuple[Find, ...]  # any of these; most rules have one
    examples: Examples
    favours: Side = Side.COMPANY
    weight: float | None = None  # points; None: by severity
    severity_reason: str = ""
    unless: tuple[str, ...] = ()  # phrases that clear the same clause
    references: tuple[Reference, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    path: str = ""  # the file, for error messages
    enabled: bool = True
    fix: Fix | None = None  # a safe change of wording or typography, for templates


@dataclass(frozen=True)
class Ruleset:
    """All rules in the order of their ids, the vocabulary they share, and the hash of both."""

    rules: tuple[Rule, ...]
    vocabulary: Mapping[str, tuple[str, ...]]
    sha256: str
