"""The rows of a report of a comparison: plain values, every number already a word."""

from __future__ import annotations

from dataclasses import dataclass

from trustaudit.comparison import Aspect, Comparison, Turn, Version
from trustaudit.report.diff_marks import Piece


@dataclass(frozen=True, slots=True)
class MetricRow:
    name: str
    old: str
    new: str
    difference: str
    turn: Turn
    word: str


@dataclass(frozen=True, slots=True)
class NormRow:
    """One difference; ``number`` leads to its clause."""

    said: str
    subject: str
    was: str
    now: str
    turn: Turn
    word: str
    sign: str
    check: bool
    place: str
    number: int
    aspect: Aspect


@dataclass(frozen=True, slots=True)
class FindingRow:
    turn: str
    effect: str
    good: bool
    bad: bool
    severity: str
    style: str
    title: str
    rule: str
    quote: str
    why: str
    place: str
    advice: str


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause side by side; ``number`` counts those that are shown."""

    number: int
    change: str
    turn: Turn
    word: str
    moved: bool
    heading: str
    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    old_place: str
    new_place: str
    norms: tuple[NormRow, ...]


@dataclass(frozen=True, slots=True)
class TopicRow:
    topic: str
    old: tuple[int, int, int, int]
    new: tuple[int, int, int, int]
    word: str
    turn: Turn


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Two versions of a document; ``clauses`` differ, ``quiet`` are reworded or moved without meaning."""

    key: str
    old: Version
    new: Version
    name: str
    renamed: str
    old_grade: str
    new_grade: str
    summary: str
    metrics: tuple[MetricRow, ...]
    norms: tuple[NormRow, ...]
    findings: tuple[FindingRow, ...]
    clauses: tuple[ClauseRow, ...]
    quiet: tuple[ClauseRow, ...]
    topics: tuple[TopicRow, ...]
    same: int
    notes: tuple[str, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class AloneView:
    name: str
    grade: str
    score: str
    findings: tuple[FindingRow, ...]


@dataclass(frozen=True, slots=True)
class ComparisonView:
    comparison: Comparison
    headline: str
    turn: Turn
    sign: str
    summary: str
    documents: tuple[DocumentView, ...]
    added: tuple[AloneView, ...]
    removed: tuple[AloneView, ...]
    account: tuple[MetricRow, ...]
    worse: tuple[str, ...]
    single: bool  # one document was named on each side
