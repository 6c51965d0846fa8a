"""From the coordinates of a page's content to the page as it is displayed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from ctypes import byref, c_int
from dataclasses import dataclass, replace

from trustaudit.document import Box
from trustaudit.parsing.pdf import pdfium

_PACKED, _UNPACKED = 200_000, 2_000_000  # bytes of an object stream that are looked into
_SCALE = 1_000_000  # PDFium's mapping gives whole numbers


@dataclass(frozen=True, slots=True)
class Frame:
    """An affine map, ``x' = a*x + c*y + e`` and ``y' = b*x + d*y + f``, and the size, in points."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    width: float
    height: float
    unit: float = 1.0  # the page's UserUnit, inside a … f already

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x0, y0 = self.a * left + self.c * bottom + self.e, self.b * left + self.d * bottom + self.f
        x1, y1 = self.a * right + self.c * top + self.e, self.b * right + self.d * top + self.f
        if x0 > x1:
            x0, x1 = x1, x0
        return (x0, y1, x1, y0) if y0 > y1 else (x0, y0, x1, y1)

    def shows(self, box: Box) -> bool:
        """Whether a part of the box is on the page."""
        return box[2] > 0 and box[3] > 0 and box[0] < self.width and box[1] < self.height

    def clipped(self, box: Box) -> Box:
        """The part of the box that is on the page, if any is; else the box."""
        if not self.shows(box):
            return box
        return (max(box[0], 0.0), max(box[1], 0.0), min(box[2], self.width), min(box[3], self.height))

    def after(self, a: float, b: float, c: float, d: float, e: float, f: float) -> Frame:
        """The map for what is inside a form that is placed by the given matrix."""
        (ax, bx), (cy, dy), (x, y) = self.direction(a, b), self.direction(c, d), self.point(e, f)
        return replace(self, a=ax, b=bx, c=cy, d=dy, e=x, f=y)

    def direction(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y, self.b * x + self.d * y


def frame_of(page: int, unit: float) -> Frame:
    """The map for a loaded page: /Rotate and /CropBox are PDFium's, ``unit`` is /UserUnit."""
    width, height = pdfium.page_width(page), pdfium.page_height(page)
    span = 1_000.0  # far points make the whole numbers exact enough
    e, f = _device(page, width, height, 0, 0)
    ax, bx = _device(page, width, height, span, 0)
    cy, dy = _device(page, width, height, 0, span)
    return Frame(
        unit * (ax - e) / span, unit * (bx - f) / span, unit * (cy - e) / span, unit * (dy - f) / span,
        unit * e, unit * f, unit * width, unit * height, unit,
    )  # fmt: skip


def _device(page: int, width: float, height: float, x: float, y: float) -> tuple[float, float]:
    out_x, out_y = c_int(), c_int()
    pdfium.page_to_device(page, 0, 0, _SCALE, _SCALE, 0, x, y, byref(out_x), byref(out_y))
    return out_x.value * width / _SCALE, out_y.value * height / _SCALE


def user_units(data: bytes) -> dict[int, float]:
    """/UserUnit (1/72 inch) of the pages, from 0, that have one: PDFium does not know it.

    Looked for only where the file mentions it, in the open or in a compressed object stream.
    """
    if b"/UserUnit" not in data and not any(b"/UserUnit" in part for part in _object_streams(data)):
        return {}
    import io

    import pdfplumber

    units: dict[int, float] = {}
    try:
        with pdfplumber.open(io.BytesIO(data)) as opened:
            for index, page in enumerate(opened.pages):
                unit = page.page_obj.attrs.get("UserUnit")
                if isinstance(unit, int | float) and 0 < unit < 1000:
                    units[index] = float(unit)
    except Exception:  # noqa: BLE001  a damaged file fails in many ways there, and PDFium still reads it
        return {}
    return units


def _object_streams(data: bytes) -> Iterator[bytes]:
    """The unpacked object streams, of which each packs the dictionaries of some pages."""
    for found in re.finditer(rb"/ObjStm\b", data):
        start = data.find(b"stream", found.end(), found.end() + 400)
        if start < 0:
            continue
        unpacker = zlib.decompressobj()
        try:
            yield unpacker.decompress(data[start + 6 : start + _PACKED].lstrip(b"\r\n"), _UNPACKED)
        except zlib.error:
            continue
