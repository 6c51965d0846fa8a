"""What is drawn on a page beside text: pictures, and the ruling lines that make tables."""

from __future__ import annotations

from ctypes import byref, c_float
from dataclasses import dataclass, field

from trustaudit.document import Box
from trustaudit.parsing.pdf import pdfium
from trustaudit.parsing.pdf.frame import Frame

_MOST = 20_000  # objects of a page that are looked at
_THIN = 2.0  # points; a thinner shape is a rule
_SHORT = 8.0  # points; a shorter rule is a part of a drawing


@dataclass(slots=True)
class Shapes:
    """Rules as boxes, boxes that could be cells, and the area of the pictures in square points."""

    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)
    pictured: float = 0.0


def shapes(page: int, frame: Frame) -> Shapes:
    """The page's own shapes; those inside forms are looked at one level deep as one."""
    found = Shapes()
    left, bottom, right, top = (c_float() for _ in range(4))
    refs = tuple(byref(edge) for edge in (left, bottom, right, top))
    for at in range(min(pdfium.count_objects(page), _MOST)):
        handle = pdfium.get_object(page, at)
        kind = pdfium.object_type(handle)
        if kind == pdfium.TEXT or not pdfium.object_bounds(handle, *refs):
            continue
        box = frame.box(left.value, bottom.value, right.value, top.value)
        if kind == pdfium.PATH:
            _rule(found, box)
        else:
            found.pictured += _area(box, frame)
    return found


def _rule(found: Shapes, box: Box) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    if height <= _THIN and width >= _SHORT:
        found.across.append(box)
    elif width <= _THIN and height >= _SHORT:
        found.down.append(box)
    elif width >= _SHORT and height >= _SHORT:
        x0, top, x1, bottom = box
        found.across += [(x0, top, x1, top), (x0, bottom, x1, bottom)]
        found.down += [(x0, top, x0, bottom), (x1, top, x1, bottom)]


def _area(box: Box, frame: Frame) -> float:
    """Square points of a box on the page."""
    width = min(box[2], frame.width) - max(box[0], 0)
    height = min(box[3], frame.height) - max(box[1], 0)
    return max(width, 0.0) * max(height, 0.0)
