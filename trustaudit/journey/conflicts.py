"""Passages of a journey that contradict each other, over all its documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from trustaudit.journey.charges import charges
from trustaudit.journey.contacts import contacts
from trustaudit.journey.figures import figures
from trustaudit.journey.hours import hours
from trustaudit.journey.names import names
from trustaudit.journey.opposites import opposites
from trustaudit.journey.plans import plans
from trustaudit.journey.precedence import precedence
from trustaudit.journey.promises import promises
from trustaudit.journey.told import Told, told
from trustaudit.journey.tone import tones
from trustaudit.journey.wordings import wordings
from trustaudit.journey_audit import Conflict, Staged

_OTHERWISE = frozenset({"wording", "promise", "right", "period", "amount", "percentage"})
"""Kinds that say in general what a figure of the same two sentences says in particular."""


def find_conflicts(documents: Sequence[Staged]) -> tuple[Conflict, ...]:
    """What two documents of a journey say differently of one thing, worst first, then in their order."""
    papers = told(documents)
    found = _distinct(_all(papers))
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


def _distinct(found: Iterable[Conflict]) -> list[Conflict]:
    """Without what says again of two sentences what was said of them before, in order of telling."""
    seen: set[tuple[str, int, str, int]] = set()
    kept: list[Conflict] = []
    for one in found:
        ends = sorted(((one.first.document, one.first.start), (one.second.document, one.second.start)))
        key = (*ends[0], *ends[1])
        if key not in seen or one.kind not in _OTHERWISE:
            kept.append(one)
        seen.add(key)
    return kept


def _all(papers: Sequence[Told]) -> Iterator[Conflict]:
    order = precedence(papers)
    tariffs = plans(papers)
    said = (*figures(papers, order), *promises(papers, order), *charges(papers, order))
    yield from (one for one in said if not tariffs.apart(one.first.quote, one.second.quote))
    yield from opposites(papers, order, tariffs)
    yield from contacts(papers, order)
    yield from hours(papers, order)
    yield from names(papers, order)
    yield from wordings(papers, order)
    yield from tones(papers)
