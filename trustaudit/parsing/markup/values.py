"""CSS values in points and sRGB. ``None``: could not tell (``var()`` unknown, ``calc()`` too rich)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import tinycss2
import tinycss2.color4

from trustaudit.document import Color

POINTS = 0.75
"""Points in a CSS pixel (CSS Values 4, 6.2: 1in = 96px = 72pt)."""

_NESTED = 6  # brackets in a value

_UNITS = {"px": 0.75, "pt": 1.0, "pc": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "q": 72 / 101.6}
_KEYWORDS = {
    "xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24, "xx-large": 32,
    "xxx-large": 48,
}  # fmt: skip  # pixels, as browsers have them for a 16-pixel default
FONT_SIZES = (10, 13, 16, 18, 24, 32, 48)
"""Pixels for ``<font size=1>`` … ``<font size=7>`` (WHATWG HTML, 15.3.10)."""

_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z%]*)", re.IGNORECASE)
_CALC = re.compile(r"\s*(?:([+-]?(?:\d+\.?\d*|\.\d+))([a-z%]*)|([-+*/()]))")
_CHOICE = re.compile(r"(min|max|clamp)\((.*)\)", re.DOTALL)
_WHOLE_CALC = re.compile(r"(?:-webkit-)?calc\((.*)\)", re.DOTALL)


def font_size(value: str, parent: float | None, root: float | None) -> float | None:
    """A ``font-size`` in points; ``parent`` and ``root`` are sizes in points."""
    if value in _KEYWORDS:
        return _KEYWORDS[value] * POINTS
    if value in {"smaller", "larger"}:
        factor = 1.2 if value == "larger" else 1 / 1.2
        return None if parent is None else parent * factor
    size = length(value, parent, root)
    return size if size is None or size >= 0 else parent


def length(value: str, em: float | None, root: float | None, whole: float | None = None) -> float | None:
    """A length in points. ``whole`` is what percentages are of; without it they are of ``em``."""
    found = _LENGTH.fullmatch(value)
    if found:
        return _scaled(float(found[1]), found[2], em, root, em if whole is None else whole)
    inner = _WHOLE_CALC.fullmatch(value)
    return _calculated(inner[1], em, root) if inner else _chosen(value, em, root, whole)


def _chosen(value: str, em: float | None, root: float | None, whole: float | None) -> float | None:
    """``min()``, ``max()`` and ``clamp()`` of lengths; None where one of them cannot be told."""
    found = _CHOICE.fullmatch(value)
    if not found or value.count("(") > _NESTED:
        return None
    parts = [_part(part, em, root, whole) for part in _arguments(found[2])]
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    if found[1] == "clamp":
        return max(known[0], min(known[1], known[2])) if len(known) == 3 else None
    return min(known) if found[1] == "min" else max(known)


def _part(value: str, em: float | None, root: float | None, whole: float | None) -> float | None:
    """A length, or a sum as ``calc()`` has it."""
    size = length(value, em, root, whole)
    return _calculated(value, em, root) if size is None else size


def _arguments(inner: str) -> list[str]:
    """Cut at the commas that stand in no brackets."""
    parts, depth = [""], 0
    for char in inner:
        depth += (char == "(") - (char == ")")
        if char == "," and not depth:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts]


def _scaled(
    number: float, unit: str, em: float | None, root: float | None, whole: float | None
) -> float | None:
    if unit in _UNITS:
        return number * _UNITS[unit]
    if unit == "":
        return number * POINTS if number else 0.0
    base = {"em": em, "%": None if whole is None else whole / 100, "rem": root}.get(unit)
    if unit in {"ex", "ch"} and em is not None:
        base = em / 2  # the usual estimate where the font is not known (CSS Values 4, 6.1.1)
    return None if base is None else number * base


def _calculated(inner: str, em: float | None, root: float | None) -> float | None:
    """Sums and products of lengths and numbers; None for what is not one."""
    terms: list[float | str] = []
    at = 0
    while at < len(inner.rstrip()):
        found = _CALC.match(inner, at)
        if not found:
            return None
        at = found.end()
        if found[3]:
            terms.append(found[3])
            continue
        number = float(found[1]) if not found[2] else _scaled(float(found[1]), found[2], em, root, em)
        if number is None:
            return None
        terms.append(number)
    return _Sum(terms).value() if len(terms) < 100 else None


@dataclass
class _Sum:
    """Recursive descent over the terms of a ``calc()``."""

    terms: list[float | str]
    at: int = 0

    def value(self) -> float | None:
        try:
            total = self._sum()
        except (IndexError, ZeroDivisionError, TypeError):
            return None
        return total if self.at == len(self.terms) else None

    def _sum(self) -> float:
        total = self._product()
        while self.at < len(self.terms):
            sign = self.terms[self.at]
            if sign in ("+", "-"):
                self.at += 1
                total += self._product() if sign == "+" else -self._product()
            elif isinstance(sign, float):
                total += self._product()  # "1em -2px": the sign was read with the number
            else:
                break
        return total

    def _product(self) -> float:
        total = self._factor()
        while self.at < len(self.terms) and self.terms[self.at] in ("*", "/"):
            sign = self.terms[self.at]
            self.at += 1
            total = total * self._factor() if sign == "*" else total / self._factor()
        return total

    def _factor(self) -> float:
        term = self.terms[self.at]
        self.at += 1
        if term == "(":
            total = self._sum()
            self.at += 1
            return total
        if isinstance(term, str):
            raise TypeError(term)
        return term


Paint = tuple[int, int, int, float]
"""sRGB 0..255 and alpha 0..1."""


@lru_cache(maxsize=2048)
def paint(value: str) -> Paint | None:
    """A colour, or None where it is none or depends on what is not known."""
    parsed: Any = tinycss2.color4.parse_color(value)
    if parsed is None or parsed == "currentcolor":
        return None
    red, green, blue, alpha = parsed.to("srgb")
    return (_byte(red), _byte(green), _byte(blue), float(alpha))


def _byte(part: float | None) -> int:
    return min(max(round((part or 0.0) * 255), 0), 255)


@lru_cache(maxsize=512)
def legacy_paint(value: str) -> Paint | None:
    """The colour of a ``bgcolor`` or ``<font color>``, which may lack its ``#``."""
    text = value.strip().lower()
    if re.fullmatch(r"[0-9a-f]{6}|[0-9a-f]{3}", text):
        text = f"#{text}"
    return paint(text)


def over(top: Paint, behind: Color | None) -> Color | None:
    """A colour laid over an opaque one."""
    red, green, blue, alpha = top
    if alpha >= 1:
        return (red, green, blue)
    if behind is None:
        return None
    mixed = [round(alpha * a + (1 - alpha) * b) for a, b in zip((red, green, blue), behind, strict=True)]
    return (mixed[0], mixed[1], mixed[2])


def luminance(color: Color) -> float:
    """Relative luminance 0..1 (WCAG 2.2, definition of relative luminance)."""
    parts = [part / 255 for part in color]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@lru_cache(maxsize=4096)
def contrast(one: Color, other: Color) -> float:
    """Contrast ratio 1..21 (WCAG 2.2, definition of contrast ratio)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
