"""What a portfolio report shows: plain values, gathered from a store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

GRADES = ("A", "B", "C", "D", "E", "F")


@dataclass(frozen=True, slots=True)
class Standing:
    """One document among the others. Percentiles: the share of the others, 0..100, that are less fair."""

    path: str  # below the folder that all documents share
    kind: str
    grade: str  # empty: none
    score: float | None
    balance: float
    withdrawals: int  # findings that take from the customer, counted by themselves
    critical: int
    fine_print: float | None  # share of the words
    words: int
    percentile: float | None = None
    of_standards: float | None = None
    rules: tuple[int, ...] = ()  # indices into Portfolio.rules


@dataclass(frozen=True, slots=True)
class RuleCount:
    """One rule's findings that take from the customer, in how many documents."""

    rule: str
    title: str
    severity: str  # the worst that it was given
    favours: str
    topic: str
    documents: int
    findings: int
    advice: str = ""
    rewrite: str = ""


@dataclass(frozen=True, slots=True)
class FinePrint:
    """Fine print of one kind of document: shares of the words, 0..1, at the quartiles."""

    kind: str
    documents: int
    measured: int
    median: float | None = None
    upper: float | None = None  # a quarter has more than this
    most: float | None = None
    over: int = 0  # documents with more than ``Portfolio.fine_limit``


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a clause. ``weight``: points of withdrawals for the company, a document's mean."""

    text: str
    documents: int
    weight: float
    severity: str  # the worst of its findings, or empty
    rules: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()  # paths


@dataclass(frozen=True, slots=True)
class Cluster:
    """Wordings of one clause that are nearly alike, the most frequent first."""

    documents: int
    variants: tuple[Variant, ...]
    fairest: int  # index into variants
    repaired: int  # documents that one change would make fairer: those with a worse wording than the fairest
    wordings: int = 0  # all variants, of which the rarest may not be listed

    @property
    def best(self) -> Variant:
        return self.variants[self.fairest]


@dataclass(frozen=True, slots=True)
class Group:
    """The documents of one kind: how many have each grade, and each score in steps of five."""

    kind: str
    documents: int
    grades: Mapping[str, int]
    scores: tuple[int, ...]  # 20 steps, 0..5 first
    median: float | None


@dataclass(frozen=True)
class Portfolio:
    """Everything there is to say about a store."""

    version: str
    rules_sha256: tuple[str, ...]
    folder: str
    read: int
    unreadable: int
    quarantined: int
    groups: tuple[Group, ...]
    worst: tuple[Standing, ...]
    rules: tuple[RuleCount, ...]
    fine_print: tuple[FinePrint, ...]
    fine_limit: float
    clusters: tuple[Cluster, ...]
    clusters_note: str  # why there are none, or what was left out; empty: nothing was
    standards: str  # what "published standards" means here, in words; empty: there are none to compare with
    problems: tuple[tuple[str, str], ...]  # path and reason, the first of those that could not be read
    parts: int = 0  # files of documents beside the page
    per_part: int = 0
    grades: Mapping[str, int] = field(default_factory=dict)
