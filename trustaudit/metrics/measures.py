"""All measures of a document in one call."""

from __future__ import annotations

from collections.abc import Sequence

from trustaudit.audit import Measure
from trustaudit.document import Document, Span
from trustaudit.metrics.definitions import definitions_far_from_use
from trustaudit.metrics.estimate import fine_print_estimate
from trustaudit.metrics.fine_print import FinePrint, fine_print
from trustaudit.metrics.layout import layout
from trustaudit.metrics.operative import operative_fine_share
from trustaudit.metrics.prose import EVIDENCE, prose_of
from trustaudit.metrics.readability import readability
from trustaudit.metrics.references import undefined_references
from trustaudit.metrics.unread import too_little_read
from trustaudit.metrics.words import words_of


def measure(
    document: Document, sentences: Sequence[Span], profile: str = "generic", fine: FinePrint | None = None
) -> dict[str, Measure]:
    """Every measure by name; None with a reason where it cannot be taken.

    ``fine`` is the fine print where it was measured before. Shares are 0..1; lengths are in words, lines in
    characters; evidence names the passages that weigh most, worst first.
    """
    prose = prose_of(document, sentences)
    fine = fine or fine_print(document, profile)
    return {
        "fine_print_ratio": fine.ratio,
        **{f"fine_print_{cause}": _cause(fine, cause, share) for cause, share in fine.partial.items()},
        "operative_fine_share": operative_fine_share(prose, fine),
        **fine_print_estimate(prose, fine.ratio.value),
        "words": Measure(float(words_of(document).total)),
        "pages": _pages(document),
        **readability(prose),
        **layout(document),
        "undefined_references": undefined_references(document),
        "definitions_far_from_use": definitions_far_from_use(document),
    }


def _cause(fine: FinePrint, cause: str, share: float) -> Measure:
    """The share of the words that one cause makes fine print, and its longest passages."""
    spans = [piece.span for piece in fine.spans if cause in piece.reasons]
    return Measure(share, "", tuple(sorted(spans, key=lambda span: (span.start - span.end, span))[:EVIDENCE]))


def _pages(document: Document) -> Measure:
    if document.pages:
        return Measure(float(len(document.pages)), too_little_read(document))
    return Measure(None, "the format has no pages until it is printed")
