"""Small pictures of pages, for reports: rendered once, in eight greys, so that forty of them can be sent.

Eight levels of grey keep pale print pale, and make the file a third of what colours would.
"""

from __future__ import annotations

import ctypes
import io
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from trustaudit.parsing.limits import Limits
from trustaudit.parsing.pdf import pdfium

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 60_000
"""Of one picture, by default."""

_PIXELS = 590_000  # an A4 page at 78 dots an inch: the words of the text can just be read
_FINEST, _SMALLER, _TRIES = 2.0, 0.8, 6  # dots a point at most; each try has so much of the last one's width
_GREYS = 8
_LEVELS = [round(grey * (_GREYS - 1) / 255) for grey in range(256)]
_PALETTE = [round(level * 255 / (_GREYS - 1)) for level in range(_GREYS) for _ in range(3)]
_ANNOTATIONS = 0x01  # FPDF_ANNOT
_GREY_BITMAP = 1  # FPDFBitmap_Gray


def page_pictures(
    data: bytes, pages: Iterable[int], most_bytes: int = MOST_BYTES, limits: Limits | None = None
) -> dict[int, bytes]:
    """Page number, from 1, to a PNG of at most so many bytes; pages that cannot be drawn are left out.

    Raises ``EncryptedError`` and ``UnreadableError`` as reading does, ``LimitError`` when time is up.
    """
    limits = limits or Limits()
    made: dict[int, bytes] = {}
    with pdfium.document(data) as handle:
        count = pdfium.page_count(handle)
        for number in sorted({number for number in pages if 1 <= number <= count}):
            limits.check_time()
            with pdfium.page(handle, number - 1) as page:
                picture = _picture(page, most_bytes) if page else None
            if picture is not None:
                made[number] = picture
    return made


def _picture(page: int, most_bytes: int) -> bytes | None:
    """The page as large as the bytes allow."""
    width, height = pdfium.page_width(page), pdfium.page_height(page)
    if not (width > 0 and height > 0):
        return None
    scale = min(math.sqrt(_PIXELS / (width * height)), _FINEST)
    for _ in range(_TRIES):
        picture = _png(_rendered(page, max(round(width * scale), 1), max(round(height * scale), 1)))
        if len(picture) <= most_bytes:
            return picture
        scale *= _SMALLER
    return None


def _rendered(page: int, width: int, height: int) -> Image.Image:
    """The page in grey on white, with its annotations."""
    from PIL import Image

    stride = (width + 3) // 4 * 4
    buffer = bytearray(stride * height)
    place = (ctypes.c_char * len(buffer)).from_buffer(buffer)
    bitmap = pdfium.create_bitmap(width, height, _GREY_BITMAP, place, stride)
    try:
        pdfium.fill_bitmap(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        pdfium.render(bitmap, page, 0, 0, width, height, 0, _ANNOTATIONS)
    finally:
        pdfium.destroy_bitmap(bitmap)
    return Image.frombuffer("L", (width, height), buffer, "raw", "L", stride, 1)


def _png(grey: Image.Image) -> bytes:
    from PIL import Image

    few = Image.frombytes("P", grey.size, grey.point(_LEVELS).tobytes())
    few.putpalette(_PALETTE)
    out = io.BytesIO()
    few.save(out, "PNG", bits=4, compress_level=3)
    return out.getvalue()
