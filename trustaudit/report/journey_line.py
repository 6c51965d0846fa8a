"""The account over a journey as a line: each document as wide as each other, its entries evenly within."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from trustaudit.journey_audit import JourneyAudit
from trustaudit.report.pictures import Point


@dataclass(frozen=True, slots=True)
class Band:
    """A stage under the line, from ``start`` to ``end``, 0..1; ``number`` counts the stages from 1."""

    number: int
    title: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class JourneyLine:
    """Points from left to right; ``zero`` is where nothing is owed, 0..1 from the top."""

    points: tuple[Point, ...]
    bands: tuple[Band, ...]
    zero: float
    top: float  # points at the top edge
    bottom: float


def line(journey: JourneyAudit) -> JourneyLine | None:
    """The line, or None where nothing is in the account."""
    entries = journey.statement
    if not entries:
        return None
    top = max(0.0, *(entry.balance for entry in entries))
    bottom = min(0.0, *(entry.balance for entry in entries))
    height = (top - bottom) or 1.0
    width = 1 / len(journey.documents)
    counts = Counter(entry.document for entry in entries)
    seen: Counter[int] = Counter()
    points = []
    for entry in entries:
        seen[entry.document] += 1
        within = seen[entry.document] / (counts[entry.document] + 1)
        x = (entry.document + within) * width
        points.append(Point(round(x, 5), round((top - entry.balance) / height, 5), entry.amount))
    return JourneyLine(tuple(points), _bands(journey, width), top / height, top, bottom)


def _bands(journey: JourneyAudit, width: float) -> tuple[Band, ...]:
    return tuple(
        Band(number, stage.title, stage.documents[0] * width, (stage.documents[-1] + 1) * width)
        for number, stage in enumerate(journey.stages, 1)
        if stage.documents
    )
