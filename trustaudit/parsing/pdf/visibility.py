"""What a reader of the page can see: the page is rendered once, each fragment's box looked at.

A run is visible where the rendered page shows ink inside its box. This catches what no colour
arithmetic can: covered, clipped, layered and off-page text.
"""

from __future__ import annotations

import ctypes
import math
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, cast

from trustaudit.document import Box, Color, Hidden
from trustaudit.parsing.pdf import pdfium
from trustaudit.parsing.pdf.fragment import Fragment, Look
from trustaudit.parsing.pdf.frame import Frame
from trustaudit.parsing.pdf.render import rendered

if TYPE_CHECKING:
    from PIL import Image

_DPI = 100
_MOST_PIXELS = 6_000_000  # a poster is rendered coarser
_FAINT = 1.5  # WCAG contrast under which nobody sees text
_NOISE = 6  # grey levels; less than this between two pixels is no ink
_INVISIBLE_MODES = (3, 7)  # PDF 32000-1, 9.3.6: neither filled nor stroked
_ALIKE = 40  # of 255, in each part of a colour
_PATTERN = (191, 191, 191)  # what PDFium gives as the colour of patterns, and of true 75 % grey
_LINE_SHARE = 0.15  # of a box: a rule that crosses it fills less
_TINY = 2.0  # points


def luminance(color: Color) -> float:
    """Relative luminance of sRGB, 0..1 (WCAG 2.2, definition of relative luminance)."""
    red, green, blue = (_LINEAR[part] for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=4096)
def contrast_ratio(one: Color, other: Color) -> float:
    """Contrast of two colours, 1..21 (WCAG 2.2, definition of contrast ratio)."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


_LINEAR = tuple(
    part / 255 / 12.92 if part / 255 <= 0.04045 else ((part / 255 + 0.055) / 1.055) ** 2.4
    for part in range(256)
)


class Picture:
    """The page as it is displayed, in pixels: grey at once, in colours when they are asked for."""

    def __init__(self, page: int, frame: Frame) -> None:
        width, height = frame.width / frame.unit, frame.height / frame.unit
        self._scale = min(_DPI / 72, math.sqrt(_MOST_PIXELS / max(width * height, 1))) / frame.unit
        self._size = (max(round(frame.width * self._scale), 1), max(round(frame.height * self._scale), 1))
        self._frame = frame
        self._page = page
        self._notes = pdfium.annotation_count(page) > 0
        self._grey = rendered(page, *self._size, "L", annotations=self._notes)
        self._core: Any = self._grey.im  # without the checks of each call: there is one for each fragment

    def see(self, fragment: Fragment) -> None:
        """Give the fragment its look; the box of what can be seen ends where the page does."""
        if fragment.ink.color == _PATTERN and self._is_pattern(fragment.box):
            fragment.ink = fragment.ink._replace(color=None)
        fragment.look = self._look(fragment)
        if fragment.look.hidden is None:
            fragment.box = self._frame.clipped(fragment.box)

    def _look(self, fragment: Fragment) -> Look:
        """Background, contrast and, where it cannot be seen, the reason."""
        ink = fragment.ink
        pixels = self._pixels(fragment.box)
        if pixels is None:
            return Look(None, None, Hidden.OFF_PAGE)
        common, inked = _levels(self._core.crop(pixels).histogram())
        if inked and ink.alpha == 255 and ink.mode == 0 and ink.color and fragment.size >= _TINY:
            look = _plain(ink.color, common)
            if look is not None:
                return look
        background = (common, common, common) if common in (0, 255) else self._common_color(pixels)
        if not inked and ink.color and ink.color != background:
            inked = self._has_hues(pixels)
        color = None if ink.mode in _INVISIBLE_MODES else ink.color
        seen = _blend(color, background, ink.alpha) if color else self._far_color(pixels, background)
        if inked and ink.alpha and color and _alike(seen, background):
            background = self._behind(
                pixels, seen, background
            )  # heavy type: more ink than background in its box
            seen = _blend(color, background, ink.alpha)
        contrast = round(contrast_ratio(seen, background), 2)
        return Look(background, contrast, _reason(fragment, inked, contrast))

    def _is_pattern(self, box: Box) -> bool:
        """Whether the ink is darker than the grey that PDFium gives for every pattern, or has a hue."""
        pixels = self._pixels(box)
        if pixels is None:
            return False
        seen = self._far_color(pixels, self._common_color(pixels))
        return min(seen) < _PATTERN[0] - _ALIKE / 2

    def ink(self) -> float:
        """Share of the page that differs from its most common grey."""
        histogram = self._grey.histogram()
        common = histogram.index(max(histogram))
        near = sum(histogram[max(common - _NOISE, 0) : common + _NOISE])
        return 1 - near / max(sum(histogram), 1)

    @cached_property
    def _colors(self) -> Image.Image:
        return rendered(self._page, *self._size, "RGBX", annotations=self._notes)

    def _pixels(self, box: Box) -> tuple[int, int, int, int] | None:
        """The box in whole pixels; None outside the page."""
        scale = self._scale
        width, height = self._size
        x0, y0 = max(int(box[0] * scale), 0), max(int(box[1] * scale), 0)
        x1, y1 = min(math.ceil(box[2] * scale), width), min(math.ceil(box[3] * scale), height)
        if x0 >= width or y0 >= height or x1 <= 0 or y1 <= 0:
            return None
        return x0, y0, max(x1, x0 + 1), max(y1, y0 + 1)

    def _has_hues(self, pixels: tuple[int, int, int, int]) -> bool:
        """Whether colours differ that are the same in grey."""
        ranges = cast("tuple[tuple[int, int], ...]", self._colors.crop(pixels).getextrema())
        return max(high - low for low, high in ranges[:3]) >= _NOISE

    def _sampled(self, pixels: tuple[int, int, int, int]) -> list[tuple[int, Color]]:
        """Colours in the box with how often they stand there, of at most 4,096 pixels."""
        piece = self._colors.crop(pixels)
        if piece.width * piece.height > 4096:
            piece = piece.resize((min(piece.width, 128), min(piece.height, 32)), resample=0)
        found = cast("list[tuple[int, tuple[int, int, int, int]]]", piece.getcolors(maxcolors=4096) or [])
        return [(count, color[:3]) for count, color in found]

    def _common_color(self, pixels: tuple[int, int, int, int]) -> Color:
        """The colour of most pixels in the box."""
        return max(self._sampled(pixels))[1]

    def _behind(self, pixels: tuple[int, int, int, int], seen: Color, common: Color) -> Color:
        """The most common colour beside the ink's, if it fills more than a line would; else that of all."""
        sampled = self._sampled(pixels)
        other = [entry for entry in sampled if not _alike(entry[1], seen)]
        share = sum(count for count, _ in other) / max(sum(count for count, _ in sampled), 1)
        return max(other)[1] if share > _LINE_SHARE else common

    def _far_color(self, pixels: tuple[int, int, int, int], background: Color) -> Color:
        """The colour that differs most from the background: the ink, where its colour is not known."""
        return max((contrast_ratio(color, background), color) for _, color in self._sampled(pixels))[1]


@lru_cache(maxsize=1024)
def _plain(color: Color, grey: int) -> Look | None:
    """The look of ink that is seen on plain black or white; None for what needs a closer one."""
    background = (grey, grey, grey)
    if grey not in (0, 255) or _alike(color, background):
        return None
    contrast = round(contrast_ratio(color, background), 2)
    return Look(background, contrast, None) if contrast >= _FAINT else None


def _levels(histogram: list[int]) -> tuple[int, bool]:
    """The most common grey level, and whether any pixel differs from another by more than noise."""
    white, total = histogram[255], sum(histogram)
    if white * 2 > total:
        return 255, sum(histogram[256 - _NOISE :]) < total
    levels = [level for level, count in enumerate(histogram) if count]
    return histogram.index(max(histogram)), levels[-1] - levels[0] >= _NOISE


def _reason(fragment: Fragment, inked: bool, contrast: float) -> Hidden | None:
    """Why the fragment cannot be seen; None where it can.

    Text in an invisible mode over a scanned page is what a text recogniser writes: the picture shows it.
    """
    ink = fragment.ink
    if not inked and _on_layer(fragment.handle):
        return Hidden.LAYER
    if ink.alpha == 0 or (ink.mode in _INVISIBLE_MODES and not inked):
        return Hidden.INVISIBLE
    if fragment.size < _TINY:
        return Hidden.TINY
    if contrast < _FAINT:
        return Hidden.FAINT
    return None if inked or _no_glyphs(fragment) else Hidden.COVERED


def _no_glyphs(fragment: Fragment) -> bool:
    """Whether nothing was drawn because the font is neither in the file nor on this machine."""
    font = pdfium.object_font(fragment.handle) if fragment.handle else None
    foreign = any(ord(char) > 0x24F and char.isalpha() for char in fragment.text)
    return foreign and bool(font) and pdfium.font_embedded(font) != 1


def _on_layer(handle: int) -> bool:
    """Whether the text object is marked as optional content."""
    for at in range(max(pdfium.count_marks(handle), 0) if handle else 0):
        mark = pdfium.get_mark(handle, at)
        size = ctypes.c_ulong()
        name = ctypes.create_string_buffer(64)
        pdfium.mark_name(mark, name, 64, ctypes.byref(size))
        if name.raw[: size.value].decode("utf-16-le", "ignore").rstrip("\0") == "OC":
            return True
    return False


def _alike(one: Color, other: Color) -> bool:
    return (
        abs(one[0] - other[0]) < _ALIKE
        and abs(one[1] - other[1]) < _ALIKE
        and abs(one[2] - other[2]) < _ALIKE
    )


def _blend(color: Color, background: Color, alpha: int) -> Color:
    """The colour as seen through its transparency."""
    if alpha == 255:
        return color
    share = alpha / 255
    red, green, blue = (
        round(over * share + under * (1 - share)) for over, under in zip(color, background, strict=True)
    )
    return red, green, blue
