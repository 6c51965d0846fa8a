"""Passages of a journey that contradict each other, over all its documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trustaudit.journey.charges import charges
from trustaudit.journey.contacts import contacts
from trustaudit.journey.figures import figures
from trustaudit.journey.hours import hours
from trustaudit.journey.precedence import precedence
from trustaudit.journey.promises import promises
from trustaudit.journey.told import Told, told
from trustaudit.journey_audit import Conflict, Staged


def find_conflicts(documents: Sequence[Staged]) -> tuple[Conflict, ...]:
    """What two documents of a journey say differently of one thing, worst first, then in their order."""
    papers = told(documents)
    found = list(_all(papers))
    place = {paper.path: paper.index for paper in papers}
    found.sort(
        key=lambda one: (
            -one.severity.rank,
            place.get(one.first.document, 0),
            one.first.start,
            place.get(one.second.document, 0),
            one.second.start,
            one.kind,
            one.topic,
        )
    )
    return tuple(found)


def _all(papers: Sequence[Told]) -> Iterator[Conflict]:
    order = precedence(papers)
    yield from figures(papers, order)
    yield from promises(papers, order)
    yield from charges(papers, order)
    yield from contacts(papers, order)
    yield from hours(papers, order)
