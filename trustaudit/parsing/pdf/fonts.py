"""What a font says about its weight, slant and capitals, of which each sign may be missing."""

from __future__ import annotations

import ctypes
import re
from ctypes import byref, c_int

from trustaudit.parsing.pdf import pdfium

_BOLD_NAME = re.compile(
    r"bold|black|heavy|(?<!semi)(?<!demi)demi|semibold|[-,](?:bd|b|bi|blk)$|cmbx", re.IGNORECASE
)
_ITALIC_NAME = re.compile(r"italic|oblique|[-,](?:it|i|bi)$|cmti|slanted", re.IGNORECASE)
_CAPS_NAME = re.compile(r"small ?-?caps|smcp|[-,]sc$|cmcsc|allcaps", re.IGNORECASE)
_FORCE_BOLD, _ITALIC_FLAG, _ALL_CAPS, _SMALL_CAPS = 1 << 18, 1 << 6, 1 << 16, 1 << 17


def font_style(font: int) -> tuple[bool, bool, bool]:
    """Bold, italic, capitals: by weight and angle, flags and name, of which each may be missing."""
    if not font:
        return False, False, False
    buffer = ctypes.create_string_buffer(256)
    pdfium.font_name(font, buffer, 256)
    name = buffer.value.decode("latin-1").rpartition("+")[2]
    flags, angle = pdfium.font_flags(font), c_int()
    slanted = bool(pdfium.font_angle(font, byref(angle))) and angle.value != 0
    bold = pdfium.font_weight(font) >= 600 or bool(_BOLD_NAME.search(name))
    flagged = flags > 0
    return (
        bold or (flagged and bool(flags & _FORCE_BOLD)),
        slanted or bool(_ITALIC_NAME.search(name)) or (flagged and bool(flags & _ITALIC_FLAG)),
        bool(_CAPS_NAME.search(name)) or (flagged and bool(flags & (_ALL_CAPS | _SMALL_CAPS))),
    )
