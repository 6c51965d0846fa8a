"""What is drawn on a page beside text: pictures, and the ruling lines that make tables."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float
from dataclasses import dataclass, field

from trustaudit.document import Box
from trustaudit.parsing.pdf import pdfium
from trustaudit.parsing.pdf.frame import Frame

_MOST = 5_000  # objects of a page, and segments of a path, that are looked at
_DEEPEST = 3  # forms in forms
_THIN = 2.0  # points; a thinner shape is a rule
_SHORT = 8.0  # points; a shorter rule is a part of a drawing
_RECTANGLE = 6  # segments; a path with more is looked at segment by segment
_LINE_TO, _CURVE_TO = 0, 1  # FPDF_SEGMENT_LINETO, FPDF_SEGMENT_BEZIERTO


@dataclass(slots=True)
class Shapes:
    """Rules as boxes without width, and the area of the pictures in square points."""

    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)
    pictured: float = 0.0


class _Budget:
    """Counts the objects looked at, so that a page of a million strokes ends soon."""

    def __init__(self) -> None:
        self.left = _MOST

    def spend(self) -> bool:
        self.left -= 1
        return self.left >= 0


def shapes(page: int, frame: Frame) -> Shapes:
    """The page's pictures and rules, those inside forms included."""
    found, budget = Shapes(), _Budget()
    for at in range(pdfium.count_objects(page)):
        if not budget.spend():
            break
        _object(found, pdfium.get_object(page, at), frame, _DEEPEST, budget)
    return found


def _object(found: Shapes, handle: int, frame: Frame, depth: int, budget: _Budget) -> None:
    kind = pdfium.object_type(handle)
    if kind == pdfium.FORM and depth:
        matrix = pdfium.Matrix()
        pdfium.object_matrix(handle, byref(matrix))
        inner = frame.after(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        for at in range(max(pdfium.form_count(handle), 0)):
            if not budget.spend():
                return
            _object(found, pdfium.form_object(handle, at), inner, depth - 1, budget)
    elif kind == pdfium.IMAGE:
        found.pictured += _area(_bounds(handle, frame), frame)
    elif kind == pdfium.PATH:
        _path(found, handle, frame, budget)


def _bounds(handle: int, frame: Frame) -> Box:
    left, bottom, right, top = (c_float() for _ in range(4))
    pdfium.object_bounds(handle, byref(left), byref(bottom), byref(right), byref(top))
    return frame.box(left.value, bottom.value, right.value, top.value)


def _path(found: Shapes, handle: int, frame: Frame, budget: _Budget) -> None:
    count = pdfium.count_segments(handle)
    if count <= _RECTANGLE:
        _rule(found, _bounds(handle, frame))
        return
    matrix = pdfium.Matrix()
    pdfium.object_matrix(handle, byref(matrix))
    inner = frame.after(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    for box in _strokes(handle, min(count, max(budget.left, 0)), inner):
        budget.spend()
        if box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
            _rule(found, box)


def _strokes(handle: int, count: int, frame: Frame) -> Iterator[Box]:
    """The straight segments of a path, each as a box; none of a path with curves."""
    x, y = c_float(), c_float()
    before: tuple[float, float] | None = None
    for at in range(count):
        segment = pdfium.get_segment(handle, at)
        kind = pdfium.segment_type(segment)
        if kind == _CURVE_TO:
            return
        pdfium.segment_point(segment, byref(x), byref(y))
        here = (x.value, y.value)
        if kind == _LINE_TO and before is not None:
            yield frame.box(*before, *here)
        before = here


def _rule(found: Shapes, box: Box) -> None:
    x0, top, x1, bottom = box
    width, height = x1 - x0, bottom - top
    if height <= _THIN and width >= _SHORT:
        found.across.append((x0, top, x1, top))
    elif width <= _THIN and height >= _SHORT:
        found.down.append((x0, top, x0, bottom))
    elif width >= _SHORT and height >= _SHORT:
        found.across += [(x0, top, x1, top), (x0, bottom, x1, bottom)]
        found.down += [(x0, top, x0, bottom), (x1, top, x1, bottom)]


def _area(box: Box, frame: Frame) -> float:
    """Square points of a box on the page."""
    width = min(box[2], frame.width) - max(box[0], 0)
    height = min(box[3], frame.height) - max(box[1], 0)
    return max(width, 0.0) * max(height, 0.0)
