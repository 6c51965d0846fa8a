"""Pictures of the pages of PDFs for reports: which pages, and the rendering of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from trustaudit.audit import Audit, Effect
from trustaudit.document import Document, Span
from trustaudit.errors import TrustauditError

MOST_PAGES = 40
"""Pictures in one report, over all its documents."""

_PDF = "application/pdf"


def of(audits: Sequence[Audit], source: bytes | None = None) -> dict[str, Mapping[int, bytes]]:
    """For a document's name, its pages as PNG; what cannot be drawn any more is left out.

    ``source`` is the bytes of the one document that did not come from a file.
    """
    papers = [audit for audit in audits if audit.document.media_type == _PDF]
    each = max(MOST_PAGES // max(len(papers), 1), 1)
    made: dict[str, Mapping[int, bytes]] = {}
    for audit in papers[:MOST_PAGES]:
        pictures = _drawn(audit.document, chosen_pages(audit, each), source)
        if pictures:
            made[audit.document.name] = pictures
    return made


def chosen_pages(audit: Audit, most: int) -> list[int]:
    """So many pages: the worst findings first, then most fine print, then from page 1; in their order."""
    worst: dict[int, int] = {}
    for found in audit.findings:
        rank = 1 + found.severity.rank if found.effect is Effect.WITHDRAWAL else 1
        for page in _pages(audit.document, found.span):
            worst[page] = max(worst.get(page, 0), rank)
    fine: dict[int, int] = {}
    for span in audit.fine_print:
        for page in _pages(audit.document, span):
            fine[page] = fine.get(page, 0) + span.end - span.start
    numbers = [page.number for page in audit.document.pages]
    ranked = sorted(numbers, key=lambda page: (-worst.get(page, 0), -fine.get(page, 0), page))
    return sorted(ranked[:most])


def _pages(document: Document, span: Span) -> set[int]:
    return {run.page for run in document.runs_in(span) if run.page is not None}


def _drawn(document: Document, pages: Sequence[int], source: bytes | None) -> Mapping[int, bytes]:
    """None of a file that is no longer the one that was read, or whose bytes are not there."""
    from trustaudit.parsing.pdf.pictures import page_pictures

    try:
        data = Path(document.name).read_bytes() if source is None else source
        same = sha256(data).hexdigest() == document.sha256
        return page_pictures(data, pages) if same else {}
    except (OSError, ValueError, TrustauditError):
        return {}
