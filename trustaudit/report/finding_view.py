"""Findings as a report shows them: numbered worst first, with their words, places and links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from trustaudit.audit import Audit, Confidence, Effect, Finding, Reference, Related
from trustaudit.document import Span
from trustaudit.report import ranking, words
from trustaudit.report.escaping import shortened
from trustaudit.report.passages import Mark
from trustaudit.report.pictures import style
from trustaudit.report.places import Places
from trustaudit.report.quotes import Quote, in_context

_LAW = re.compile(
    r"\b(directive|act|annex|code|bgb|regulations?|law|lgdcu|statute|article|art\.|section)\b|§",
    re.IGNORECASE,
)
_SCHEMES = frozenset({"http", "https", "mailto"})


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """``url`` is empty unless it is one that is safe to follow."""

    lead: str
    name: str
    url: str
    checked_on: str


@dataclass(frozen=True, slots=True)
class RelatedView:
    quote: str
    message: str
    place: str


@dataclass(frozen=True, slots=True)
class AlsoView:
    """What the same clause does beside."""

    title: str
    severity: str
    check: bool
    quote: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """``number`` counts from 1 in the order shown; ``index`` points into ``Audit.findings``."""

    number: int
    index: int
    finding: Finding
    style: str
    severity: str
    sure: str
    check: bool  # low confidence: a person should look
    place: str
    under: str  # the heading above it, or empty
    quote: Quote | None  # None: about the document as a whole
    related: tuple[RelatedView, ...]
    references: tuple[ReferenceView, ...]
    same_as: int  # number of an earlier finding with the same why, advice and wording; 0: none
    also: tuple[AlsoView, ...]  # findings that count with this one
    belonging: tuple[int, ...]  # their indices


@dataclass(frozen=True, slots=True)
class TopView:
    """One of the things to change first, cut to a glance."""

    view: FindingView
    quote: Quote | None
    why: str
    more: tuple[FindingView, ...]


def findings(audit: Audit) -> tuple[FindingView, ...]:
    """All of them: withdrawals worst first, notes, then deposits."""
    order = (*ranking.worst_first(audit), *ranking.deposits(audit))
    first: dict[tuple[str, ...], int] = {}
    places = Places(audit.document)
    groups = ranking.belonging(audit)
    made = []
    for number, index in enumerate(order, 1):
        found = audit.findings[index]
        said = (found.rule, found.effect.value, found.why, found.advice, found.rewrite)
        earlier = first.setdefault(said, number)
        same_as = earlier if earlier != number else 0
        made.append(_view(audit, places, index, number, same_as, groups.get(index, ())))
    return tuple(made)


def change_first(audit: Audit, views: tuple[FindingView, ...]) -> tuple[TopView, ...]:
    """The three to change first."""
    by_index = {view.index: view for view in views}
    return tuple(
        TopView(
            by_index[each.index],
            _glimpse(by_index[each.index].quote),
            _why(audit.findings[each.index]),
            tuple(by_index[index] for index in each.more),
        )
        for each in ranking.change_first(audit)
    )


def marks(views: tuple[FindingView, ...]) -> tuple[Mark, ...]:
    """The passages to mark; a finding without words of its own has none."""
    return tuple(
        Mark(view.number, view.finding.span, view.style, _rank(view.finding))
        for view in views
        if view.finding.end > view.finding.start
    )


def _rank(finding: Finding) -> int:
    if finding.effect is Effect.WITHDRAWAL:
        return 2 + finding.severity.rank
    return 1 if finding.effect is Effect.DEPOSIT else 0


_GLIMPSE = 190
"""Characters of the quote and its sentence in the first screen."""


def _glimpse(quote: Quote | None) -> Quote | None:
    """The quote first; what room is left shows how its sentence goes on, and how it began."""
    if quote is None:
        return None
    text = shortened(quote.text, _GLIMPSE)
    after = _fitting(quote.after, _GLIMPSE - len(text))
    before = quote.before if len(quote.before) <= _GLIMPSE - len(text) - len(after) else "… "
    return Quote(before, text, after)


def _fitting(after: str, room: int) -> str:
    if len(after) <= room:
        return after
    return "…" if room < 20 else shortened(f"x{after}", room)[1:]


def _why(finding: Finding) -> str:
    return shortened(finding.message or finding.why or finding.advice, 150)


def _view(
    audit: Audit, places: Places, index: int, number: int, same_as: int, belonging: tuple[int, ...]
) -> FindingView:
    found = audit.findings[index]
    withdrawal = found.effect is Effect.WITHDRAWAL
    return FindingView(
        number=number,
        index=index,
        finding=found,
        style=style(found.effect, found.severity.value),
        severity=words.SEVERITY[found.severity] if withdrawal else words.EFFECT[found.effect],
        sure=words.CONFIDENCE[found.confidence],
        check=found.confidence is Confidence.LOW,
        place=places.of(found),
        under=places.under(found.span),
        quote=in_context(audit.document, Span(found.start, found.end)) if found.end > found.start else None,
        related=tuple(_related(places, each) for each in found.related),
        references=tuple(_reference(each, withdrawal=withdrawal) for each in found.references),
        same_as=same_as,
        also=tuple(_also(audit.findings[each]) for each in belonging),
        belonging=belonging,
    )


def _also(found: Finding) -> AlsoView:
    check = found.confidence is Confidence.LOW
    return AlsoView(found.title, words.SEVERITY[found.severity], check, shortened(found.quote, 160))


def _related(places: Places, each: Related) -> RelatedView:
    where = places.related(each.page, each.line, each.start)
    return RelatedView(shortened(each.quote, 400), each.message, where)


def _reference(reference: Reference, *, withdrawal: bool) -> ReferenceView:
    """A law lists what is unfair; a study or a standard is a source. Neither calls the paper unlawful."""
    lead = "Listed as unfair in" if withdrawal and _LAW.search(reference.name) else "Source:"
    return ReferenceView(lead, reference.name, safe_url(reference.url), reference.checked_on)


def safe_url(url: str) -> str:
    """The address if its scheme is one of http, https and mailto, else nothing."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme.lower() in _SCHEMES else ""
