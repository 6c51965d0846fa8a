"""The fine-print ratio: the share of a document's words that are set so that they are not read.

    ratio = fine words / all words that count        (which words count: see ``exempt``)

A word is fine print when one of these hits; each hit is kept, so that a report can say why:

- *small*: under the profile's hard size; or under its soft size **and** small beside the body text;
- *pale*: contrast under 4.5 : 1, or 3 : 1 for large print (WCAG 2.2 SC 1.4.3);
- *capitals*: in a passage of eight words or more in capitals that is no heading;
- *tight*: line pitch by size under the profile's, in a block of three lines or more;
- *line*: long lines of small type (profiles that ask for it; needs a laid out page);
- *footnoted*, *starred*: stands in a note, away from what it qualifies;
- *hidden*: cannot be seen at all.

Sizes are compared with a tenth of a point to spare: 8 points come out of printers' drivers as 7.92 or 8.04.

On pages that text recognition read, sizes are relative: there *small* is told beside the text of such
pages only, never by points, and contrast and line pitch are not told at all. Where nothing stands back
there, the ratio is None, not 0.

The ratio is None, with the reason, where sizes are unknown (plain text, Markdown: see ``estimate``), where
pages could not be read, and under 25 words: there one word is four points of the ratio and the commonest size
says nothing about what is normal. The spans are given all the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import mul

from trustaudit.audit import Measure
from trustaudit.document import Document, Span
from trustaudit.metrics.exempt import countable
from trustaudit.metrics.hits import BIT, hits_of
from trustaudit.metrics.profiles import profile
from trustaudit.metrics.typography import body_size
from trustaudit.metrics.unread import recognized_pages, too_little_read, unread_pages
from trustaudit.metrics.words import Words, words_of

LEAST_WORDS = 25
UNKNOWN_SIZES = 0.2
"""From this share of words without a size on, the ratio is not given."""

_EVIDENCE = 20


@dataclass(frozen=True, slots=True)
class FineSpan:
    """Neighbouring words that are fine print for the same reasons (names from ``CAUSES``)."""

    start: int
    end: int
    reasons: tuple[str, ...]

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class FinePrint:
    """``partial``: share of the words that each cause hits; causes overlap, so the sum may pass the ratio."""

    ratio: Measure
    spans: tuple[FineSpan, ...]
    partial: Mapping[str, float]
    body_size: float | None
    words: int
    fine_words: int
    profile: str = "generic"

    @property
    def is_the_text(self) -> bool:
        """Is most of the document fine print, so that nothing hides in it from larger print?"""
        return 2 * self.fine_words > self.words

    def hides(self, span: Span) -> bool:
        """Does more than half of the span hide in fine print, for more than its capitals, beside larger text?

        Capitals are often meant to be conspicuous, and where all print is small nothing stands back.
        """
        if self.is_the_text:
            return False
        at = max(bisect_right(self.spans, span.start, key=lambda piece: piece.start) - 1, 0)
        shared = 0
        while at < len(self.spans) and self.spans[at].start < span.end:
            piece = self.spans[at]
            if piece.reasons != ("capitals",):
                shared += max(0, min(piece.end, span.end) - max(piece.start, span.start))
            at += 1
        return 2 * shared > span.end - span.start


def fine_print(document: Document, profile_name: str = "generic") -> FinePrint:
    """Measure a document; ``ConfigError`` where there is no profile of that name."""
    limits = profile(profile_name)
    words = words_of(document)
    body = body_size(document)
    all_hits, sizeless = hits_of(document, words, limits, body)
    kept = countable(document, words)
    hits = bytes(map(mul, all_hits, kept))
    counted = sum(kept)
    unknown = sum(1 for index in sizeless if kept[index] and not hits[index])
    fine = len(hits) - hits.count(0)
    spans = tuple(_spans(words, hits))
    base = counted - unknown
    reason = _no_ratio(document, counted, unknown) or (
        _only_beside(document, words, kept, counted) if not fine else ""
    )
    value = None if reason or not base else fine / base
    partial = {} if value is None else _partial(hits, base)
    return FinePrint(
        ratio=Measure(
            value, reason or _remark(document, counted, unknown), tuple(s.span for s in _worst(spans))
        ),
        spans=spans,
        partial=partial,
        body_size=body,
        words=counted,
        fine_words=fine,
        profile=limits.name,
    )


def _no_ratio(document: Document, counted: int, unknown: int) -> str:
    """Why no ratio can be given, or empty."""
    unread = too_little_read(document)
    if unread:
        return unread
    if not any(run.size is not None for run in document.runs):
        return "the format has no type sizes"
    if counted < LEAST_WORDS:
        return f"fewer than {LEAST_WORDS} words of running text"
    if unknown > UNKNOWN_SIZES * counted:
        return f"the size of {unknown} of {counted} words could not be read"
    return ""


def _only_beside(document: Document, words: Words, kept: bytearray, counted: int) -> str:
    """Why nothing found is not nothing there: sizes told from pictures are good only beside each other."""
    rough = sum(
        sum(kept[at] for at in words.within(run.start, run.end)) for run in document.runs if run.rough
    )
    if rough <= UNKNOWN_SIZES * counted:
        return ""
    return (
        f"{rough} of {counted} words were read from pictures: none is smaller than the others, "
        "but how small they all are could not be told"
    )


def _remark(document: Document, counted: int, unknown: int) -> str:
    missing, recognized = unread_pages(document), recognized_pages(document)
    pages = max(len(document.pages), missing)
    parts = []
    if missing:
        parts.append(f"{missing} of {pages} pages could not be read and {_are(missing)} not in it")
    if recognized:
        parts.append(
            f"{recognized} of {pages} pages {_are(recognized)} measured on pictures: "
            "small there means smaller than the text round it"
        )
    if unknown:
        parts.append(f"{unknown} of {counted} words are not in it: their size could not be told")
    return "; ".join(parts)


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _partial(hits: bytes, base: int) -> dict[str, float]:
    counts = Counter(hits)
    return {
        cause: sum(count for hit, count in counts.items() if hit & bit) / base for cause, bit in BIT.items()
    }


def _spans(words: Words, hits: bytes) -> Iterator[FineSpan]:
    """Fine words joined while block and reasons are the same."""
    for within in words.of_blocks:
        for hit, same in groupby(within, key=hits.__getitem__):
            if hit:
                indexes = list(same)
                span = words.span(indexes[0], indexes[-1])
                yield FineSpan(span.start, span.end, _NAMES[hit])


_NAMES = [tuple(cause for cause, bit in BIT.items() if hit & bit) for hit in range(256)]


def _worst(spans: tuple[FineSpan, ...]) -> list[FineSpan]:
    """Hidden first, then by number of reasons, then the longest."""
    ranked = sorted(
        spans, key=lambda s: ("hidden" not in s.reasons, -len(s.reasons), s.start - s.end, s.start)
    )
    return ranked[:_EVIDENCE]
