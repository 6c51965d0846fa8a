"""Pages drawn by PDFium into pictures."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from trustaudit.parsing.pdf import pdfium

if TYPE_CHECKING:
    from PIL import Image

_ANNOTATIONS, _RGB_ORDER = 0x01, 0x10  # FPDF_ANNOT, FPDF_REVERSE_BYTE_ORDER
_FORMATS = {"L": (1, 1, 0), "RGBX": (3, 4, _RGB_ORDER)}  # FPDFBitmap_Gray, _BGRx


def rendered(page: int, width: int, height: int, mode: str, *, annotations: bool = True) -> Image.Image:
    """The loaded page on white, so many pixels wide and high; ``mode`` is ``L`` (grey) or ``RGBX``."""
    from PIL import Image

    width, height = max(width, 1), max(height, 1)
    form, depth, flags = _FORMATS[mode]
    stride = (width * depth + 3) // 4 * 4
    buffer = bytearray(stride * height)
    place = (ctypes.c_char * len(buffer)).from_buffer(buffer)
    bitmap = pdfium.create_bitmap(width, height, form, place, stride)
    try:
        pdfium.fill_bitmap(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.render(bitmap, page, 0, 0, width, height, 0, flags | (_ANNOTATIONS if annotations else 0))
    finally:
        pdfium.destroy_bitmap(bitmap)
    return Image.frombuffer(mode, (width, height), buffer, "raw", mode, stride, 1)
