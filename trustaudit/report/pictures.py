"""Numbers for the pictures of a report: a strip of the document, a line of the account, bars, a histogram.

All of them are drawn by the templates as inline SVG, in units of the picture's own box.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trustaudit.audit import Audit, Effect
from trustaudit.document import Document, Span

PagePictures = Mapping[int, bytes]
"""Page number, from 1, to its picture as PNG."""

COLUMNS = 120
"""Columns of the strip."""
_MOST_TICKS = 80
"""Pages of a document whose beginnings can still be told apart in the strip."""
_HEADLINE = 1.0 / 0.6
"""So many times the body's size fills a column."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the strip: ``height`` 0..1 by type size, ``style`` of its worst finding, or empty.

    ``finding`` is that finding's index, -1 where there is none.
    """

    height: float
    style: str
    fine: bool
    finding: int


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the account's line, 0..1 from the left and from the top."""

    x: float
    y: float
    amount: float


@dataclass(frozen=True, slots=True)
class Line:
    """The account through the document: ``zero`` is where nothing is owed, 0..1 from the top."""

    points: tuple[Point, ...]
    zero: float
    top: float  # points at the top edge
    bottom: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Characters set in one size, in points, as a share of all and of the most common size."""

    size: float
    share: float
    of_most: float


def strip(audit: Audit) -> tuple[Column, ...]:
    """The document from first to last character in columns of equal length."""
    length = len(audit.document.text)
    if not length:
        return ()
    amount = min(COLUMNS, length)
    heights = _heights(audit.document, amount)
    styles = [""] * amount
    ranks = [-1] * amount
    worst = [-1] * amount
    hidden = {each.fingerprint for each in audit.suppressed}
    for index, found in enumerate(audit.findings):
        if found.fingerprint in hidden:  # it has no mark in the text to lead to
            continue
        rank = {Effect.NOTE: 0, Effect.DEPOSIT: 1, Effect.WITHDRAWAL: 2 + found.severity.rank}[found.effect]
        for at in _columns(found.span, length, amount):
            if rank > ranks[at]:
                ranks[at], worst[at] = rank, index
                styles[at] = style(found.effect, found.severity.value)
    fine = [False] * amount
    for span in audit.fine_print:
        for at in _columns(span, length, amount):
            fine[at] = True
    return tuple(Column(*each) for each in zip(heights, styles, fine, worst, strict=True))


def page_starts(document: Document) -> tuple[float, ...]:
    """Where each page but the first begins, 0..1 of the text; empty where there are no pages, or too many."""
    length = len(document.text)
    starts: dict[int, int] = {}
    for run in document.runs:
        if run.page is not None:
            starts.setdefault(run.page, run.start)
    if not length or len(starts) > _MOST_TICKS:
        return ()
    return tuple(starts[page] / length for page in sorted(starts)[1:])


def style(effect: Effect, severity: str) -> str:
    """The class a finding is coloured by."""
    return severity if effect is Effect.WITHDRAWAL else effect.value


def _columns(span: Span, length: int, amount: int) -> range:
    if span.end <= span.start:
        return range(0)
    return range(span.start * amount // length, min((span.end - 1) * amount // length + 1, amount))


def _heights(document: Document, amount: int) -> list[float]:
    """Mean size of type in each column, 0.12..1: body type fills six tenths; all alike where unknown."""
    length = len(document.text)
    weight = [0.0] * amount
    chars = [0] * amount
    for run in document.runs:
        if run.size is None:
            continue
        for at in _columns(Span(run.start, run.end), length, amount):
            weight[at] += run.size * (run.end - run.start)
            chars[at] += run.end - run.start
    means = [total / count if count else 0.0 for total, count in zip(weight, chars, strict=True)]
    known = sorted(mean for mean in means if mean)
    if not known:
        return [0.6] * amount
    full = _HEADLINE * known[len(known) // 2]
    return [min(max(mean / full, 0.12), 1.0) for mean in means]


def line(audit: Audit) -> Line | None:
    """The running balance, a step at each entry; None where there is no entry."""
    entries = audit.account.entries
    if not entries:
        return None
    length = max(len(audit.document.text), 1)
    values = [0.0, *(entry.balance for entry in entries)]
    top, bottom = max(values), min(values)
    height = (top - bottom) or 1.0
    points = [
        Point(
            min(audit.findings[entry.finding].start / length, 1.0)
            if entry.finding < len(audit.findings)
            else 1.0,
            (top - entry.balance) / height,
            entry.amount,
        )
        for entry in entries
    ]
    return Line(tuple(points), top / height if height else 0.0, top, bottom)


def histogram(document: Document) -> tuple[Bin, ...]:
    """Visible characters by type size, in half points, the smallest first; empty where no size is known."""
    counts: dict[float, int] = {}
    for run in document.runs:
        if run.size is not None and run.hidden is None:
            size = round(run.size * 2) / 2
            counts[size] = counts.get(size, 0) + run.end - run.start
    total = sum(counts.values())
    most = max(counts.values(), default=1)
    common = {size: amount for size, amount in counts.items() if amount * 500 >= total}
    return tuple(Bin(size, common[size] / total, common[size] / most) for size in sorted(common))


def shares(company: int, customer: int) -> tuple[float, float] | None:
    """Both sides as shares of their sum; None where there is nothing to share."""
    total = company + customer
    return (company / total, customer / total) if total else None
