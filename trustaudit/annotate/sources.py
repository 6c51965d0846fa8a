"""From spans of the text to ranges of the characters in the source file, and back into the file's bytes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from trustaudit.document import Document, SourceMap, Span
from trustaudit.errors import UnreadableError
from trustaudit.parsing.encoding import decode


@dataclass(frozen=True, slots=True)
class Source:
    """The characters of a text file, and how they are written."""

    text: str
    encoding: str
    mark: bytes  # the byte-order mark

    @property
    def newline(self) -> str:
        """What most lines end with."""
        pairs = self.text.count("\r\n")
        return "\r\n" if pairs and 2 * pairs >= self.text.count("\n") else "\n"

    def encoded(self, text: str) -> bytes:
        """The bytes of a changed text, written as the source is; letters that it cannot hold become ``?``."""
        return self.mark + text.encode(self.encoding, "replace")


def source(data: bytes) -> Source:
    """The characters of a file. Raises ``UnreadableError`` where its bytes would not come back from them."""
    decoded = decode(data)
    for encoding in (decoded.encoding, "cp1252"):  # what is labelled Latin-1 is read as windows-1252
        made = Source(decoded.text, encoding, data[: decoded.bom])
        with suppress(UnicodeEncodeError, LookupError):
            if made.mark + made.text.encode(encoding) == data:
                return made
    raise UnreadableError("its character encoding is not clear: save it as UTF-8 first")


def ranges(document: Document, text: str, span: Span) -> tuple[Span, ...]:
    """The stretches of the source that show the span, in their order; what escapes stand for has none.

    Neighbours are one; a stretch is given only where the source really has these characters there.
    """
    places = document.source_map
    if places is None:
        return ()
    found: list[Span] = []
    for at, piece in sorted(_pieces(places, span)):
        shown = document.text[piece.start : piece.end]
        kept = _same(text, at, shown)
        if kept and found and found[-1].end == kept.start:
            found[-1] = Span(found[-1].start, kept.end)
        elif kept:
            found.append(kept)
    return tuple(each for each in found if text[each.start : each.end].strip())


def _pieces(places: SourceMap, span: Span) -> Iterator[tuple[int, Span]]:
    """Where each part of the span begins in the source, cut where the map jumps."""
    at = max(bisect_right(places.starts, span.start) - 1, 0)
    while at < len(places.starts) and places.starts[at] < span.end:
        until = places.starts[at + 1] if at + 1 < len(places.starts) else span.end
        start, end = max(places.starts[at], span.start), min(until, span.end)
        if start < end:
            yield places.sources[at] + start - places.starts[at], Span(start, end)
        at += 1


def _same(text: str, at: int, shown: str) -> Span | None:
    """The range of the source from there on that has the same characters, as far as it has them."""
    length = 0
    while length < len(shown) and at + length < len(text) and text[at + length] == shown[length]:
        length += 1
    return Span(at, at + length) if length else None
