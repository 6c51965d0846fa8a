"""One page's characters as fragments: PDFium asked once per text object, not once per character."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Iterator
from ctypes import byref, c_double, c_uint
from typing import NamedTuple

from trustaudit.document import Box, Color
from trustaudit.parsing.pdf import pdfium
from trustaudit.parsing.pdf.fonts import font_style
from trustaudit.parsing.pdf.fragment import Fragment, Ink
from trustaudit.parsing.pdf.frame import Frame

_HYPHEN = dict.fromkeys((0x02, 0xAD, 0xFFFE), "-")  # PDFium: a hyphen at the end of a line
_BULLETS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0A8: "☐", 0xF06F: "o"}  # Symbol, Wingdings
_BLANKS = dict.fromkeys((0x09, 0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x200A, 0x202F, 0x3000), " ")
_NOTHING = dict.fromkeys([*range(2), *range(3, 9), *range(14, 32), 0x7F, 0x200B, 0xFEFF, 0xFFFF])
CLEAN: dict[int, str | None] = {**_NOTHING, **_HYPHEN, **_BULLETS, **_BLANKS}

_STROKED = (1, 5)  # render modes that only draw the outline
_WIDE = 0.62  # of the size: fixed-pitch type is 0.6 wide; more means that blanks were stretched


class _Setting(NamedTuple):
    """What all characters of a text object share; ``angle`` in degrees clockwise on the displayed page."""

    handle: int
    ink: Ink
    size: float
    base: float
    angle: int
    cos: float
    sin: float


class PageReader:
    """Reads the fragments of one open page."""

    def __init__(self, text: int, frame: Frame) -> None:
        self._text, self._frame = text, frame
        self.count = max(pdfium.count_chars(text), 0)
        self._chars = characters(text, self.count)
        self._fonts: dict[int, tuple[bool, bool, bool]] = {}
        self._rect, self._matrix = pdfium.Rect(), pdfium.Matrix()
        self._x, self._y = c_double(), c_double()
        self._rgba = tuple(c_uint() for _ in range(4))
        self._rect_at, self._matrix_at = byref(self._rect), byref(self._matrix)
        self._x_at, self._y_at = byref(self._x), byref(self._y)
        self._rgba_at = tuple(byref(part) for part in self._rgba)

    def broken(self) -> bool:
        """Whether most characters (of a sample of 100) have no known meaning."""
        step = max(self.count // 100, 1)
        sample = [at for at in range(0, self.count, step) if not self._chars[at].isspace()]
        bad = sum(pdfium.map_error(self._text, at) == 1 or self._chars[at] in "\0\ufffd" for at in sample)
        return bool(sample) and bad * 2 > len(sample)

    def fragments(self) -> Iterator[Fragment]:
        """The fragments in the order of the content."""
        at, gap = 0, 0
        while at < self.count:
            handle = pdfium.text_object(self._text, at)
            if not handle:
                at += 1
                continue
            end = self._end_of_object(at, handle)
            setting = self._setting(at, handle)
            blank = at > gap and " " in self._chars[gap:at]
            for first, last in self._pieces(at, end):
                for fragment in self._fragments(first, last, setting):
                    if blank:
                        fragment.spaced, blank = True, False
                    yield fragment
            at = gap = end

    def _end_of_object(self, at: int, handle: int) -> int:
        """The first character after ``at`` that belongs to another object, or the end of its line.

        Most objects are a line: the line's last character is asked first, then it is galloped.
        """
        text, of = self._text, pdfium.text_object
        line = self._chars.find("\r", at)
        count = line if line > at else self.count
        if of(text, count - 1) == handle:
            return count
        step, low = 8, at
        while (probe := low + step) < count:
            found = of(text, probe)
            if found != handle and (found or not self._same(probe, handle)):
                break
            low, step = probe, step * 2
        high = min(low + step, count)
        while high - low > 1:
            middle = (low + high) // 2
            found = of(text, middle)
            if found == handle or (not found and self._same(middle, handle)):
                low = middle
            else:
                high = middle
        return low + 1

    def _same(self, at: int, handle: int) -> bool:
        """Whether the character was put between two that are of the object."""
        while at < self.count:
            found = pdfium.text_object(self._text, at)
            if found:
                return bool(found == handle)
            at += 1
        return False

    def _pieces(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        """Ranges without line breaks."""
        text = self._chars[start:end]
        if "\n" not in text and "\r" not in text:
            return ((start, end),)
        return [(start + found.start(), start + found.end()) for found in re.finditer(r"[^\r\n]+", text)]

    def _fragments(self, start: int, end: int, setting: _Setting) -> Iterable[Fragment]:
        """The range as one fragment, or cut at blanks that are wider than three ems.

        Only a range that is suspiciously wide for its characters is asked for each of its blanks.
        """
        raw = self._chars[start:end]
        text = raw if raw.isascii() and raw.isprintable() else raw.translate(CLEAN)
        if not text or text.isspace():
            return ()
        first = start + len(raw) - len(raw.lstrip())
        last = end - 1 - (len(raw) - len(raw.rstrip()))
        box = self._box(first, last)
        if max(box[2] - box[0], box[3] - box[1]) > _WIDE * setting.size * (last - first + 2):
            cuts = list(self._without_gaps(first, last + 1, setting.size))
            if len(cuts) > 1:
                return [fragment for cut in cuts for fragment in self._fragments(*cut, setting)]
        return (self._fragment(text, first, last, box, setting),)

    def _fragment(self, text: str, first: int, last: int, box: Box, setting: _Setting) -> Fragment:
        cos, sin = setting.cos, setting.sin
        if setting.angle == 0:
            start, end = box[0], box[2]
        elif setting.angle % 90:
            x, y = self._origin(first)
            start = x * cos + y * sin
            end = start + self._extent(first, last + 1) + setting.size / 2
        else:
            start, end = sorted((box[0] * cos + box[1] * sin, box[2] * cos + box[3] * sin))
        clean = text.strip()
        return Fragment(
            " ".join(clean.split()) if "  " in clean else clean, box, start, end, setting.base, setting.angle,
            setting.ink, max(setting.size or box[3] - box[1], 0.1),
            text[0] == " ", text[-1] == " ", setting.handle,
        )  # fmt: skip

    def _without_gaps(self, start: int, end: int, size: float) -> Iterator[tuple[int, int]]:
        """The range, cut at blanks that are wider than three ems."""
        first = start
        for found in re.finditer(r"\s+", self._chars[start:end]):
            before, after = start + found.start() - 1, start + found.end()
            if before >= first and after < end and self._extent(before, after + 1) > 4 * size:
                yield first, before + 1
                first = after
        yield first, end

    def _extent(self, first: int, end: int) -> float:
        """Distance from the first character's origin to the last one's."""
        x0, y0 = self._origin(first)
        x1, y1 = self._origin(end - 1)
        return math.hypot(x1 - x0, y1 - y0)

    def _origin(self, at: int) -> tuple[float, float]:
        pdfium.char_origin(self._text, at, self._x_at, self._y_at)
        return self._frame.point(self._x.value, self._y.value)

    def _setting(self, at: int, handle: int) -> _Setting:
        """Size, direction, base line and ink of a text object, from one of its characters."""
        matrix, frame = self._matrix, self._frame
        pdfium.char_matrix(self._text, at, self._matrix_at)
        nominal = pdfium.char_size(self._text, at)
        size = abs(nominal) * math.hypot(matrix.c, matrix.d) * frame.unit
        if not math.isfinite(size):
            size = 0.0
        ink = self._ink(at, handle, size)
        x, y = frame.point(matrix.e, matrix.f)
        dx, dy = frame.direction(matrix.a, matrix.b)
        if nominal < 0:
            dx, dy = -dx, -dy
        if (dx > 0 and dy == 0) or not (dx or dy) or not math.isfinite(dx + dy):
            return _Setting(handle, ink, size, y if math.isfinite(y) else 0.0, 0, 1.0, 0.0)
        angle = round(math.degrees(math.atan2(dy, dx))) % 360
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        return _Setting(handle, ink, size, y * cos - x * sin, angle, cos, sin)

    def _box(self, first: int, last: int) -> Box:
        rect = self._rect
        pdfium.char_box(self._text, first, self._rect_at)
        left, right, low, high = rect.left, rect.right, rect.bottom, rect.top
        if last != first:
            pdfium.char_box(self._text, last, self._rect_at)
            left, right = min(left, rect.left), max(right, rect.right)
            low, high = min(low, rect.bottom), max(high, rect.top)
        box = self._frame.box(left, low, right, high)
        return box if math.isfinite(sum(box)) else (0.0, 0.0, 0.0, 0.0)

    def _ink(self, at: int, handle: int, size: float) -> Ink:
        mode = pdfium.render_mode(handle)
        font = pdfium.object_font(handle)
        style = self._fonts.get(font)
        if style is None:
            style = self._fonts[font] = font_style(font)
        read = pdfium.stroke_color if mode in _STROKED else pdfium.fill_color
        red, green, blue, alpha = self._rgba
        known = read(self._text, at, *self._rgba_at)
        color: Color | None = (red.value, green.value, blue.value) if known else None
        return Ink(round(size, 2), color, alpha.value if known else 255, *style, mode=mode)


def characters(text: int, count: int) -> str:
    """The page's characters, one for each of PDFium's."""
    buffer = (ctypes.c_ushort * (count + 1))()
    pdfium.get_text(text, 0, count, buffer)
    chars = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
    if len(chars) == count and "\0" not in chars:
        return chars
    codes = (pdfium.get_unicode(text, at) for at in range(count))  # positions differ: one by one
    return "".join(
        chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes
    )
