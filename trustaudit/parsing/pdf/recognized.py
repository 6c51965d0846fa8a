"""Recognized words as the lines of a page: their sizes are relative, their colours unknown.

A size is told from the height of the letters: of words with ascenders or capitals, with and without
descenders, as the common text faces have them. It is as good as the scan for a ratio inside one document, and
not good enough for a law's points: the runs are marked so.
"""

from __future__ import annotations

from itertools import groupby
from statistics import median

from trustaudit.document import Box, Unread
from trustaudit.parsing.pdf.fragment import Fragment, Ink, Line
from trustaudit.parsing.pdf.frame import Frame
from trustaudit.parsing.pdf.lines import line_of
from trustaudit.parsing.pdf.recognition import Recognized, Word

_TALL = frozenset("bdfhklABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_DEEP = frozenset("gjpqy")
_ASCENT, _DESCENT, _SMALL = 0.74, 0.22, 0.53  # of the size: capitals, what hangs below, the letter x
_GAP = 2.0  # ems between words that stand in different columns
_NAMED = 3  # uncertain words that are quoted


def lines_of(read: Recognized, frame: Frame, page: int) -> list[Line]:
    """The lines of a page, each word a piece with its own box."""
    made: list[Line] = []
    for _, paragraph in groupby(read.words, key=lambda word: word.row[:2]):
        rows = [list(row) for _, row in groupby(paragraph, key=lambda word: word.row)]
        size = _size([word for row in rows for word in row])
        ink = Ink(round(size, 2), None, 255, bold=False, italic=False, caps=False, rough=True)
        made += [line for row in rows for line in _lines(row, ink, size, read.angle, frame, page)]
    return made


def said(read: Recognized) -> str:
    """What is to be known about a page that was read so."""
    unsure = [word.text for word in read.words if not word.sure]
    words = f"{len(read.words)} words" if len(read.words) > 1 else "1 word"
    quoted = ", ".join(f"“{text}”" for text in unsure[:_NAMED]) + (", …" if len(unsure) > _NAMED else "")
    doubt = f"{len(unsure)} of them uncertain ({quoted})" if unsure else "none of them uncertain"
    return f"read by text recognition: {words}, {doubt}; its type sizes are relative only"


def note(where: str, read: Recognized) -> Unread:
    return Unread(where, said(read), recognized=True)


def _size(words: list[Word]) -> float:
    """The type size of a paragraph, in points, from the heights of its words."""
    known = [word for word in words if not _TALL.isdisjoint(word.text)]
    heights = [
        (word.box[3] - word.box[1]) / (_ASCENT + (0.0 if _DEEP.isdisjoint(word.text) else _DESCENT))
        for word in known
    ]
    return max(median(heights or [(word.box[3] - word.box[1]) / _SMALL for word in words]), 0.1)


def _lines(row: list[Word], ink: Ink, size: float, angle: int, frame: Frame, page: int) -> list[Line]:
    """One row of words, cut where a column ends."""
    groups: list[list[Word]] = []
    for word in row:
        if groups and word.box[0] - groups[-1][-1].box[2] < _GAP * size:
            groups[-1].append(word)
        else:
            groups.append([word])
    return [_line(group, ink, size, angle, frame, page) for group in groups]


def _line(words: list[Word], ink: Ink, size: float, angle: int, frame: Frame, page: int) -> Line:
    feet = [word.box[3] for word in words if _DEEP.isdisjoint(word.text)]
    base = median(feet) if feet else max(word.box[3] for word in words) - _DESCENT * size
    return line_of([_fragment(word, ink, base, angle, frame) for word in words], page)


def _fragment(word: Word, ink: Ink, base: float, angle: int, frame: Frame) -> Fragment:
    box = _turned(word.box, angle, frame)
    return Fragment(word.text, box, word.box[0], word.box[2], base, angle, ink, ink.size or 0.1, spaced=True)


def _turned(box: Box, angle: int, frame: Frame) -> Box:
    """A box of the upright page on the page as it is displayed."""
    x0, top, x1, bottom = box
    if angle == 90:
        return (frame.width - bottom, x0, frame.width - top, x1)
    if angle == 180:
        return (frame.width - x1, frame.height - bottom, frame.width - x0, frame.height - top)
    if angle == 270:
        return (top, frame.height - x1, bottom, frame.height - x0)
    return box
