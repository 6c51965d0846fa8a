"""How much of a document could not be read: nothing is measured on half a document as if it were whole."""

from __future__ import annotations

import re

from trustaudit.document import Document

MUCH = 0.2
"""From this share of unread pages on, a number about the whole document would be a guess."""

_PAGES = re.compile(r"\bpages?\s+(\d{1,6})(?:\s*(?:-|–|to)\s*(\d{1,6}))?", re.IGNORECASE)


def unread_pages(document: Document) -> int:
    """The number of pages that ``document.unread`` names as not read."""
    return len(_pages(document, recognized=False))


def recognized_pages(document: Document) -> int:
    """The number of pages that text recognition read."""
    return len(_pages(document, recognized=True))


def _pages(document: Document, *, recognized: bool) -> set[int]:
    pages: set[int] = set()
    last = len(document.pages) or 1_000_000
    for unread in document.unread:
        for first, end in _PAGES.findall(unread.where) if unread.recognized is recognized else ():
            pages.update(range(int(first), min(int(end or first), last, int(first) + 10_000) + 1))
    return pages


def unread_share(document: Document) -> float:
    """Unread pages of all pages, 0..1; 1 where something was not read and no text is there at all."""
    if not document.text.strip():
        return 1.0 if document.unread else 0.0
    missing = unread_pages(document)
    return min(missing / max(len(document.pages), missing), 1.0) if missing else 0.0


def too_little_read(document: Document) -> str:
    """Why the document as a whole cannot be measured, or empty: it was read well enough."""
    if not document.text.strip():
        return "nothing could be read" if document.unread else "the document is empty"
    share = unread_share(document)
    if share <= MUCH:
        return ""
    return f"{unread_pages(document)} of {max(len(document.pages), 1)} pages could not be read"
