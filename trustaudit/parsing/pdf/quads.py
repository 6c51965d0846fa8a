"""Where exactly on the pages a passage stands: a box for each piece of a line, in the page's own coordinates.

For who draws on a copy. A run is as long as its line, and a passage may begin in its middle: the boxes of
the characters tell where; a run whose characters are not found so is cut in proportion.
"""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trustaudit.document import Box, Document, Run, Span
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.pdf import pdfium
from trustaudit.parsing.pdf.frame import Frame, frame_of, user_units

Quad = tuple[float, float, float, float, float, float, float, float]
"""Upper left, upper right, lower left, lower right as displayed, each x and y, in the page's own space."""

_SKIPPED = frozenset("\u00ad\u0002\ufffe")  # hyphens at the ends of lines, as PDFium gives them


@dataclass(frozen=True, slots=True)
class Stripe:
    """A piece of a passage on one line of a page; ``exact`` where its characters told the box."""

    page: int
    box: Box  # as displayed
    quad: Quad
    exact: bool


@dataclass(frozen=True, slots=True)
class _Letter:
    char: str
    box: Box


def stripes(
    data: bytes, document: Document, spans: Sequence[Span], limits: Limits
) -> tuple[tuple[Stripe, ...], ...]:
    """For each span its stripes in the order of the text; none where its words have no place on a page.

    Raises ``EncryptedError`` and ``UnreadableError`` as reading does, ``LimitError`` when time is up.
    """
    made: list[list[Stripe]] = [[] for _ in spans]
    wanted: dict[int, list[tuple[int, Run, Span]]] = {}
    for at, span in enumerate(spans):
        for run in document.runs_in(span):
            if run.page is not None and run.bbox is not None:
                cut = _trimmed(document.text, max(span.start, run.start), min(span.end, run.end))
                if cut.start < cut.end:
                    wanted.setdefault(run.page, []).append((at, run, cut))
    units = user_units(data) if wanted else {}
    with pdfium.document(data) as handle:
        for number, pieces in sorted(wanted.items()):
            limits.check_time()
            with pdfium.page(handle, number - 1) as page:
                if not page:
                    continue
                sheet = _Sheet(page, number, frame_of(page, units.get(number - 1, 1.0)))
                for at, run, cut in pieces:
                    made[at].append(sheet.stripe(document.text, run, cut))
    return tuple(map(tuple, made))


def corner(data: bytes, number: int, box: Box) -> Quad:
    """A displayed box of a page (from 1) in the page's own coordinates."""
    with pdfium.document(data) as handle, pdfium.page(handle, number - 1) as page:
        return _quad(frame_of(page or 0, user_units(data).get(number - 1, 1.0)), box)


def page_count(data: bytes) -> int:
    """How many pages PDFium sees."""
    with pdfium.document(data) as handle:
        return int(pdfium.page_count(handle))


class _Sheet:
    """One page with its letters."""

    def __init__(self, page: int, number: int, frame: Frame) -> None:
        self._number, self._frame = number, frame
        with pdfium.page_text(page) as text:
            self._letters = list(_letters(text, frame)) if text else []

    def stripe(self, text: str, run: Run, cut: Span) -> Stripe:
        """The stripe of a part of a run."""
        assert run.bbox is not None
        found = self._found(text, run, run.bbox, cut)
        box = found or _in_proportion(run, run.bbox, cut)
        return Stripe(self._number, box, _quad(self._frame, box), found is not None)

    def _found(self, text: str, run: Run, box: Box, cut: Span) -> Box | None:
        """The box round the letters of the cut, if the run's letters stand in its box as they are written."""
        near = [letter for letter in self._letters if _inside(letter.box, box)]
        shown = "".join(letter.char for letter in near)
        before = len(_folded(text[run.start : cut.start]))
        whole, part = _folded(text[run.start : run.end]), _folded(text[cut.start : cut.end])
        at = shown.find(whole)
        if at < 0 or not part:
            return None
        boxes = [letter.box for letter in near[at + before : at + before + len(part)]]
        return (
            min(one[0] for one in boxes), min(one[1] for one in boxes),
            max(one[2] for one in boxes), max(one[3] for one in boxes),
        )  # fmt: skip


def _letters(text: int, frame: Frame) -> Iterator[_Letter]:
    rect = pdfium.Rect()
    for index in range(pdfium.count_chars(text)):
        char = _folded(chr(pdfium.get_unicode(text, index)))
        if char and pdfium.char_box(text, index, ctypes.byref(rect)):
            box = frame.box(rect.left, rect.bottom, rect.right, rect.top)
            for one in char:
                yield _Letter(one, box)


def _folded(text: str) -> str:
    """Letters without blanks, ligatures resolved, one case: what both readings of a line share."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if not char.isspace() and char not in _SKIPPED)


def _inside(letter: Box, box: Box) -> bool:
    x, y = (letter[0] + letter[2]) / 2, (letter[1] + letter[3]) / 2
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _in_proportion(run: Run, box: Box, cut: Span) -> Box:
    """The share of the run's box that the cut has of its characters; of upright lines the whole."""
    x0, top, x1, bottom = box
    if bottom - top > x1 - x0:
        return box
    width = (x1 - x0) / (run.end - run.start)
    return (x0 + width * (cut.start - run.start), top, x0 + width * (cut.end - run.start), bottom)


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip()))


def _quad(frame: Frame, box: Box) -> Quad:
    x0, top, x1, bottom = box
    corners = (_own(frame, x0, top), _own(frame, x1, top), _own(frame, x0, bottom), _own(frame, x1, bottom))
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    return ax, ay, bx, by, cx, cy, dx, dy


def _own(frame: Frame, x: float, y: float) -> tuple[float, float]:
    """A displayed point in the page's own coordinates: the frame's map backwards."""
    determinant = frame.a * frame.d - frame.b * frame.c
    x, y = x - frame.e, y - frame.f
    return (frame.d * x - frame.c * y) / determinant, (frame.a * y - frame.b * x) / determinant
