"""Templates in place: control tags vanish, placeholders stay as written, no position moves.

``read`` lays two texts of the source's own length over it. The *canvas* is what a reader sees: control tags
are blanks, everything else stands as written. The *mask* is for a parser of the surrounding format: in it
placeholders are one private character repeated, so that no quote or bracket inside them is taken for markup.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from trustaudit.document import SourceMap, Span, line_starts
from trustaudit.parsing.template_tags import BREAK, GAP, tags
from trustaudit.parsing.template_tags import SLOT as PUT_OUT

SLOT = "\ue003"
"""Stands for each character of a placeholder in the mask."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One tag of the template language: ``gap`` vanishes, ``slot`` is put in the text as written."""

    start: int
    end: int
    gap: bool


@dataclass(frozen=True)
class Template:
    """A source with its tags told apart."""

    source: str
    canvas: str
    mask: str
    marks: tuple[Mark, ...] = ()
    subjects: tuple[Span, ...] = field(default=())
    """Where the source sets the message's subject."""

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(mark.start for mark in self.marks)

    def marks_in(self, start: int, end: int) -> tuple[Mark, ...]:
        """The tags that begin in the range, and the one that it begins in."""
        if not self.marks:
            return ()
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self.marks[first].end <= start:
            first += 1
        return self.marks[first : bisect_left(self._starts, end)]

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """What is left of a range: start, end, and whether it is a placeholder."""
        for mark in self.marks_in(start, end):
            if mark.start > start:
                yield start, mark.start, False
            if not mark.gap:
                yield mark.start, min(mark.end, end), True
            start = max(mark.end, start)
        if start < end:
            yield start, end, False


_SUBJECT_OPEN = re.compile(
    r"\{%-?\s*block\s+\w*subject\w*\s*-?%\}|<%-?\s*content_for\s*\(?\s*:subject\s*\)?\s*do\s*-?%>"
    r"|@section\(\s*['\"]subject['\"]\s*\)",
    re.IGNORECASE,
)
_LONGEST_SUBJECT = 1000
_SUBJECT_CLOSE = re.compile(r"\{%-?\s*endblock[^%]*%\}|<%-?\s*end\s*-?%>|@endsection")
_FRONT = re.compile(r"---[ \t]*\r?\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_FRONT_SUBJECT = re.compile(
    r"^(?:subject|email_subject)[ \t]*:[ \t]*(['\"]?)(.*?)\1[ \t]*\r?$", re.MULTILINE | re.IGNORECASE
)


def read(source: str) -> Template:
    """Tell the tags of any template language in a source apart from its text."""
    marks = list(tags(source))
    front = _front_matter(source)
    if front:
        marks.append((0, front, GAP))
    subjects = tuple(_subjects(source, front))
    if not marks:
        return Template(source, source, source, (), subjects)
    return _lay(source, _disjoint(marks), subjects)


def _lay(source: str, marks: list[tuple[int, int, str]], subjects: tuple[Span, ...]) -> Template:
    canvas: list[str] = []
    mask: list[str] = []
    kept: list[Mark] = []
    at = 0
    for start, end, kind in marks:
        between = source[at:start]
        tag = source[start:end]
        blank = " " * (end - start) if "\n" not in tag else re.sub(r"[^\n]", " ", tag)
        canvas += (between, tag if kind == PUT_OUT else blank)
        mask += (between, SLOT * (end - start) if kind == PUT_OUT else blank)
        kept.append(Mark(start + (kind == BREAK), end, kind != PUT_OUT))
        at = end
    rest = source[at:]
    return Template(source, "".join((*canvas, rest)), "".join((*mask, rest)), tuple(kept), subjects)


def _disjoint(marks: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """In order, the earlier and then the longer of two that overlap."""
    kept: list[tuple[int, int, str]] = []
    for mark in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
        if mark[0] < mark[1] and (not kept or mark[0] >= kept[-1][1]):
            kept.append(mark)
    return kept


def _front_matter(source: str) -> int:
    """The length of a YAML block at the start, which is no text; 0 where there is none."""
    if not source.startswith("---"):
        return 0
    found = _FRONT.match(source)
    return found.end() if found and ":" in found.group() and found.end() < 20_000 else 0


def _subjects(source: str, front: int) -> Iterator[Span]:
    """Where the message's subject is set: a block of that name, or the front matter."""
    for found in _FRONT_SUBJECT.finditer(source, 0, front):
        yield Span(*found.span(2))
    if "subject" not in source and "Subject" not in source:
        return
    for found in _SUBJECT_OPEN.finditer(source):
        closed = _SUBJECT_CLOSE.search(source, found.end(), found.end() + _LONGEST_SUBJECT)
        if closed:
            yield Span(found.end(), closed.start())


def visible(template: Template) -> tuple[str, SourceMap]:
    """The text without its control tags, and without the lines that hold nothing else."""
    starts = line_starts(template.source)
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = at = 0
    for start, end in _dropped(template):
        if start > at:
            pieces.append((length, at))
            parts.append(template.canvas[at:start])
            length += start - at
        at = max(at, end)
    if at < len(template.canvas) or not pieces:
        pieces.append((length, at))
        parts.append(template.canvas[at:])
    sources = tuple(source for _, source in pieces)
    return "".join(parts), SourceMap(tuple(text for text, _ in pieces), sources, starts)


def _dropped(template: Template) -> Iterator[tuple[int, int]]:
    """The gaps; one that stands alone on its line takes the line with it."""
    canvas = template.canvas
    for mark in template.marks:
        if not mark.gap:
            continue
        begin = canvas.rfind("\n", 0, mark.start) + 1
        stop = canvas.find("\n", mark.end)
        if stop >= 0 and not canvas[begin:stop].strip():
            yield begin, stop + 1
        else:
            yield mark.start, mark.end


def located(source_map: SourceMap, spans: tuple[Span, ...], text: str) -> tuple[Span, ...]:
    """Spans of the source as trimmed spans of the text; those that left nothing are dropped."""
    found = []
    for span in spans:
        start = text_offset(source_map, span.start)
        end = text_offset(source_map, span.end)
        words = text[start:end]
        start += len(words) - len(words.lstrip())
        end = start + len(words.strip())
        if start < end:
            found.append(Span(start, end))
    return tuple(found)


def text_offset(source_map: SourceMap, source: int) -> int:
    """Where a source offset stands in the text, or where the next that does."""
    piece = bisect_right(source_map.sources, source) - 1
    if piece < 0:
        return 0
    offset = source_map.starts[piece] + source - source_map.sources[piece]
    if piece + 1 < len(source_map.starts):
        return min(offset, source_map.starts[piece + 1])
    return offset


def without(template: Template, spans: tuple[Span, ...]) -> Template:
    """The template with these parts blanked out."""
    if not spans:
        return template
    canvas, mask, marks = template.canvas, template.mask, list(template.marks)
    for span in spans:
        blank = re.sub(r"[^\n]", " ", canvas[span.start : span.end])
        canvas = canvas[: span.start] + blank + canvas[span.end :]
        mask = mask[: span.start] + blank + mask[span.end :]
        marks = [mark for mark in marks if mark.end <= span.start or mark.start >= span.end]
        marks.append(Mark(span.start, span.end, True))
    marks.sort(key=lambda mark: mark.start)
    return Template(template.source, canvas, mask, tuple(marks))
