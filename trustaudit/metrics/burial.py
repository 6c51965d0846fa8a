"""The burial index: where a paper puts what burdens its reader, and where what does them good.

    index = mean prominence of the benefits - mean prominence of the burdens        (-1..1)

    prominence = (size + contrast + place) / 3                                      (0..1)

- *size*: of the letters against the body text; half of it gives 0, as large gives 0.5, 1.5 times 1;
- *contrast*: WCAG 2.2 ratio; 1.5 : 1 (nobody sees it) gives 0, 7 : 1 (SC 1.4.6) and more gives 1; where no
  colour is known, the mean is that of the other two;
- *place*: a headline 1, the text 0.6, its last third and what stands beside it 0.4, notes and fine print 0.

What cannot be seen has no prominence at all. Above 0, burdens stand deeper than benefits; below 0 they stand
out more. The weights are our own policy: each of the three ways to bury a sentence counts alike.

Burdens are the findings at the customer's cost, what the customer must, may not or cannot claim, and what
the company need not do. Benefits are deposits, what favours the customer, what the company must or may not
do, and what the customer may, is owed or need not do. A finding weighs three times a norm: it is what stands
out from the ordinary give and take, and must not drown in it. Of one clause one thing counts: a finding
before a norm, a burden before a benefit. None where sizes are unknown or there are fewer than two of either.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from statistics import fmean

from trustaudit.audit import Effect, Finding, Measure, Side
from trustaudit.document import BlockKind, Document, Run, Span
from trustaudit.language.modality import Modality
from trustaudit.language.norms import Norm
from trustaudit.metrics.fine_print import FinePrint
from trustaudit.metrics.typography import page_scales, run_contrast, seen_size

LEAST = 2
"""Burdens, and benefits, from which on their places are compared."""

_PLACES = {"headline": 1.0, "text": 0.6, "last third": 0.4, "beside": 0.4, "fine print": 0.0}
_HEADLINES = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.SUBJECT, BlockKind.BUTTON})
_NOTES = frozenset({BlockKind.FOOTNOTE, BlockKind.NOTE, BlockKind.FOOTER, BlockKind.HEADER})
_SIZES = (0.5, 1.5)  # of the body's size
_CONTRASTS = (1.5, 7.0)


def burial_index(
    document: Document, fine: FinePrint, findings: Sequence[Finding], norms: Sequence[Norm] = ()
) -> Measure:
    """-1..1; the evidence is the burdens that stand deepest. See above for the formula."""
    if fine.body_size is None:
        return Measure(None, "the format has no type sizes")
    burdens, benefits = _apart(findings, norms)
    for few, what in ((burdens, "burdens"), (benefits, "benefits")):
        if len(few) < LEAST:
            return Measure(None, f"fewer than {LEAST} {what} were found")
    sight = _Sight(document, fine)
    deep = sorted((sight.prominence(span), span) for span in burdens)
    low_mean = fmean((seen for seen, _ in deep), (burdens[span] for _, span in deep))
    high_mean = fmean((sight.prominence(span) for span in benefits), benefits.values())
    reason = (
        f"of 1, {len(deep)} burdens have a prominence of {low_mean:.2f}, "
        f"{len(benefits)} benefits one of {high_mean:.2f}"
    )
    return Measure(round(high_mean - low_mean, 4), reason, tuple(span for _, span in deep[:20]))


Weighed = dict[Span, float]
"""Where something stands, each passage once, with its weight."""


def _apart(findings: Iterable[Finding], norms: Iterable[Norm]) -> tuple[Weighed, Weighed]:
    """Where burdens and benefits stand."""
    burdens: set[Span] = set()
    benefits: set[Span] = set()
    for one in findings:
        if one.root or one.end <= one.start:
            continue
        if one.effect is Effect.DEPOSIT or (one.favours is Side.CUSTOMER and one.effect is Effect.NOTE):
            benefits.add(one.span)
        elif (
            one.effect is Effect.WITHDRAWAL and one.favours is not Side.CUSTOMER and one.topic != _ABOUT_PAPER
        ):
            burdens.add(one.span)
    duties, rights = _by_norms(norms, sorted(burdens | benefits))
    weigh = dict.fromkeys
    return (
        {**weigh(sorted(duties), 1.0), **weigh(sorted(burdens), _FINDING)},
        {**weigh(sorted(rights), 1.0), **weigh(sorted(benefits - burdens), _FINDING)},
    )


def _by_norms(norms: Iterable[Norm], taken: Sequence[Span]) -> tuple[set[Span], set[Span]]:
    """Burdens and benefits of the customer in clauses in which nothing was found."""
    burdens: set[Span] = set()
    benefits: set[Span] = set()
    for norm in norms:
        if (
            norm.source == "implied"
            or norm.side not in (Side.COMPANY, Side.CUSTOMER)
            or _in(taken, norm.span)
        ):
            continue
        bound = norm.modality in _BOUND
        if norm.side is Side.CUSTOMER:
            (burdens if bound else benefits).add(norm.span)
        elif bound:
            benefits.add(norm.span)
        elif norm.modality is Modality.NO_OBLIGATION:
            burdens.add(norm.span)
    return burdens, benefits - burdens


def _in(taken: Sequence[Span], span: Span) -> bool:
    """Whether the span shares characters with one of the sorted ones before it ends."""
    at = bisect_left(taken, Span(span.end, span.end))
    return any(other.end > span.start for other in taken[max(at - _LOOK, 0) : at])


_BOUND = frozenset({Modality.OBLIGATION, Modality.PROHIBITION, Modality.NO_ENTITLEMENT})
_FINDING = 3.0  # times the weight of a norm
_LOOK = 12  # findings before a place that may reach it
_ABOUT_PAPER = "fine-print"
"""Topic of findings about how a paper is set: they say where burdens stand and are none themselves."""


class _Sight:
    """How well a passage of one document can be seen."""

    def __init__(self, document: Document, fine: FinePrint) -> None:
        self._document = document
        self._fine = fine
        self._scales = page_scales(document)

    def prominence(self, span: Span) -> float:
        """0..1; runs weigh by their characters."""
        total = weight = 0.0
        for run in self._document.runs_in(span):
            shared = min(run.end, span.end) - max(run.start, span.start)
            total += shared * self._of_run(run, span)
            weight += shared
        return total / weight if weight else _PLACES[self._place(span)]

    def _of_run(self, run: Run, span: Span) -> float:
        if run.hidden is not None:
            return 0.0
        parts = [_PLACES[self._place(span)]]
        size, contrast = seen_size(run, self._scales), run_contrast(run)
        if size is not None and self._fine.body_size:
            parts.append(_share(size / self._fine.body_size, *_SIZES))
        if contrast is not None:
            parts.append(_share(contrast, *_CONTRASTS))
        return fmean(parts)

    def _place(self, span: Span) -> str:
        block = self._document.block_at(span.start)
        kind = BlockKind.PARAGRAPH if block is None else block.kind
        if kind in _HEADLINES:
            return "headline"
        if kind in _NOTES or self._fine.hides(span):
            return "fine print"
        if block is not None and block.aside:
            return "beside"
        return "last third" if 3 * span.start >= 2 * len(self._document.text) else "text"


def _share(value: float, low: float, high: float) -> float:
    return min(max((value - low) / (high - low), 0.0), 1.0)
