"""Small pictures of pages, for reports: rendered once, in few colours, so that forty of them can be sent.

A page without colour is kept in eight greys: pale print stays pale, and the file is a third of what it would
be otherwise. A page with colour has sixteen of its own.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from trustaudit.parsing.limits import Limits
from trustaudit.parsing.pdf import pdfium
from trustaudit.parsing.pdf.render import rendered

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES = 60_000
"""Of one picture, by default."""

_PIXELS = 590_000  # an A4 page at 78 dots an inch: the words of the text can just be read
_FINEST, _SMALLER, _TRIES = 2.0, 0.8, 6  # dots a point at most; each try has so much of the last one's width
_GREYS, _COLORS = 8, 16
_LEVELS = [round(grey * (_GREYS - 1) / 255) for grey in range(256)]
_PALETTE = [round(level * 255 / (_GREYS - 1)) for level in range(_GREYS) for _ in range(3)]
_GLANCE = 0.3  # of the picture's width: so small it is looked at for colours
_HUE = 24  # of 255 between two parts of a colour; less is grey
_COLORED = 0.0005  # share of the pixels from which a page has colour


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
    small = rendered(page, round(width * scale * _GLANCE), round(height * scale * _GLANCE), "RGBX")
    mode = "RGBX" if _has_colors(small.convert("RGB")) else "L"
    for _ in range(_TRIES):
        picture = _png(_few_colors(rendered(page, round(width * scale), round(height * scale), mode)))
        if len(picture) <= most_bytes:
            return picture
        scale *= _SMALLER
    return None


def _few_colors(seen: Image.Image) -> Image.Image:
    """The picture with a palette of at most sixteen colours."""
    from PIL.Image import Dither, Quantize, frombytes

    if seen.mode != "L":
        return seen.convert("RGB").quantize(_COLORS, Quantize.FASTOCTREE, dither=Dither.NONE)
    few = frombytes("P", seen.size, seen.point(_LEVELS).tobytes())
    few.putpalette(_PALETTE)
    return few


def _has_colors(seen: Image.Image) -> bool:
    from PIL.ImageChops import difference, lighter

    red, green, blue = seen.split()
    hues = lighter(difference(red, green), difference(green, blue)).histogram()
    return sum(hues[_HUE:]) > _COLORED * seen.width * seen.height


def _png(few: Image.Image) -> bytes:
    out = io.BytesIO()
    few.save(out, "PNG", bits=4, compress_level=3)
    return out.getvalue()
