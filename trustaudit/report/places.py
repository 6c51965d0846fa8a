"""Where a passage stands, in the words by which a person finds it in their own copy."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from trustaudit.audit import Finding
from trustaudit.document import FURNITURE, BlockKind, Document, Span
from trustaudit.report.escaping import shortened

WHOLE = "the document as a whole"


def where(page: int | None, line: int | None) -> str:
    """``page 7``, ``line 12``, ``page 7, line 12``, or nothing."""
    parts = [f"page {page}" if page is not None else "", f"line {line}" if line is not None else ""]
    return ", ".join(part for part in parts if part)


class Places:
    """Places of one document; what they need of it is looked at once."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def of(self, finding: Finding) -> str:
        """Page or line; the paragraph where the format has neither; without words, the whole document."""
        if finding.start == finding.end:
            return WHOLE
        return where(finding.page, finding.line) or self._paragraph(finding.start)

    def at(self, span: Span) -> str:
        """The same for a span."""
        place = self._document.place(span)
        return where(place.page, place.line) or self._paragraph(span.start)

    def related(self, page: int | None, line: int | None, start: int) -> str:
        """The same where page and line are known already."""
        return where(page, line) or self._paragraph(start)

    def under(self, span: Span) -> str:
        """``under “9. Liability”``: the heading the span stands below, or nothing."""
        starts, headings = self._headings
        index = bisect_right(starts, span.start) - 1
        if index < 0 or span.start == span.end or headings[index].covers(span):
            return ""
        return f"under “{shortened(self._document.quote(headings[index]), 48)}”"

    def _paragraph(self, offset: int) -> str:
        return f"paragraph {max(bisect_right(self._paragraphs, offset), 1)}"

    @cached_property
    def _paragraphs(self) -> list[int]:
        return [block.start for block in self._document.blocks if block.kind not in FURNITURE]

    @cached_property
    def _headings(self) -> tuple[list[int], list[Span]]:
        spans = [block.span for block in self._document.blocks if block.kind is BlockKind.HEADING]
        return [span.start for span in spans], spans
