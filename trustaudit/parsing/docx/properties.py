"""What one ``rPr`` or ``pPr`` says, as a dictionary of only the things said."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, TypedDict

from lxml.etree import _Element as Element

from trustaudit.document import Color
from trustaudit.parsing.docx.names import OFF, VAL, WORD, WORD14
from trustaudit.parsing.docx.theme import HIGHLIGHTS, Theme
from trustaudit.parsing.paint import BLACK, WHITE, from_hex, mix

Ink = Color | Literal["auto"]

_NUMBER = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*(pt|in|mm|cm|pc|pi)?\s*\Z")
_UNITS = {"pt": 1.0, "in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "pc": 12.0, "pi": 12.0}
_CLEAR = 95.0  # percent of transparency from which letters cannot be seen
_PERCENT = re.compile(r"pct(\d+)\Z")


class RunProperties(TypedDict, total=False):
    """Of characters. Sizes in points; ``vertical`` is superscript, subscript or baseline."""

    size: float
    complex_size: float
    color: Ink
    highlight: Ink
    shade: Ink
    bold: bool
    italic: bool
    caps: bool
    small_caps: bool
    vanish: bool
    complex: bool
    vertical: str
    style: str
    font: str
    effect: str  # "none": no fill at all; "unknown": a gradient, an outline


class ParagraphProperties(TypedDict, total=False):
    """Of paragraphs. ``line`` is the raw spacing with its rule; ``outline`` is 0..8, 9 for body text."""

    style: str
    line: str
    rule: str
    shade: Ink
    outline: int
    number: str
    depth: int
    align: str


_TOGGLES = {
    WORD + "b": "bold", WORD + "i": "italic", WORD + "caps": "caps", WORD + "smallCaps": "small_caps",
    WORD + "vanish": "vanish", WORD + "rtl": "complex", WORD + "cs": "complex",
}  # fmt: skip
_SIZES = {WORD + "sz": "size", WORD + "szCs": "complex_size"}
_WORDS = {WORD + "vertAlign": "vertical", WORD + "rStyle": "style"}


class Reader:
    """Reads property elements; knows the theme, because colours may point there."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def run(self, node: Element | None) -> RunProperties:
        """What an ``rPr`` says."""
        said: RunProperties = {}
        if node is None:
            return said
        values: dict[str, object] = {}
        for child in node:
            tag = child.tag
            if tag in _TOGGLES:
                values[_TOGGLES[tag]] = (child.get(VAL) or "1").lower() not in OFF
            elif tag in _SIZES:
                size = points(child.get(VAL), 0.5)
                if size is not None:
                    values[_SIZES[tag]] = size
            elif tag in _WORDS:
                values[_WORDS[tag]] = child.get(VAL) or ""
            else:
                self._colored(child, values)
        if "filled" in values:
            values["color"] = values.pop("filled")
        said.update(values)  # type: ignore[typeddict-item]
        return said

    def paragraph(self, node: Element | None) -> ParagraphProperties:
        """What a ``pPr`` says."""
        said: ParagraphProperties = {}
        for child in () if node is None else node:
            tag = child.tag
            if tag == WORD + "pStyle":
                said["style"] = child.get(VAL) or ""
            elif tag == WORD + "spacing" and child.get(WORD + "line"):
                said["line"] = child.get(WORD + "line") or ""
                said["rule"] = child.get(WORD + "lineRule") or "auto"
            elif tag == WORD + "numPr":
                _numbered(child, said)
            elif tag == WORD + "shd":
                said["shade"] = self.shade(child)
            elif tag == WORD + "outlineLvl":
                said["outline"] = integer(child.get(VAL), 9)
            elif tag == WORD + "jc":
                said["align"] = child.get(VAL) or ""
        return said

    def shade(self, node: Element) -> Ink:
        """The ground that a ``shd`` paints; "auto" where it paints none."""
        fill = self._ink(node, "fill", "themeFill", "themeFillTint", "themeFillShade")
        pattern = node.get(VAL) or "clear"
        if pattern in ("clear", "nil"):
            return fill
        front = self._ink(node, "color", "themeColor", "themeTint", "themeShade")
        over, under = BLACK if front == "auto" else front, WHITE if fill == "auto" else fill
        if pattern == "solid":
            return over
        percent = _PERCENT.match(pattern)
        return mix(over, under, int(percent[1]) / 100 if percent else 0.5)

    def _colored(self, child: Element, values: dict[str, object]) -> None:
        tag = child.tag
        if tag == WORD + "color":
            values["color"] = self._ink(child, "val", "themeColor", "themeTint", "themeShade")
        elif tag == WORD + "highlight":
            values["highlight"] = HIGHLIGHTS.get(child.get(VAL) or "", "auto")
        elif tag == WORD + "shd":
            values["shade"] = self.shade(child)
        elif tag == WORD + "rFonts":
            font = child.get(WORD + "ascii") or child.get(WORD + "hAnsi")
            if font:
                values["font"] = font
        elif tag == WORD14 + "textFill":
            self._filled(child, values)
        elif tag == WORD14 + "textOutline" and child.find(WORD14 + "noFill") is None:
            values.setdefault("effect", "unknown")

    def _filled(self, node: Element, values: dict[str, object]) -> None:
        """Word 2010's fill of letters, which goes before the plain colour."""
        solid = node.find(WORD14 + "solidFill")
        if solid is None:
            values["effect"] = "unknown" if node.find(WORD14 + "noFill") is None else "none"
            return
        for color in solid:
            clear = color.find(WORD14 + "alpha")
            share = 0 if clear is None else integer(clear.get(WORD14 + "val"), 0) / 1000
            if share > _CLEAR:
                values["effect"] = "none"
            elif color.tag == WORD14 + "srgbClr" and len(color) == 0:
                values["filled"] = from_hex(color.get(WORD14 + "val")) or "auto"
            elif "color" not in values or len(color):
                values["effect"] = "unknown"

    def _ink(self, node: Element, plain: str, theme: str, tint: str, shade: str) -> Ink:
        name = node.get(WORD + theme)
        if name and name != "none":
            color = self._theme.color(name, node.get(WORD + tint), node.get(WORD + shade))
            if color is not None:
                return color
        return from_hex(node.get(WORD + plain)) or "auto"


def _numbered(node: Element, said: ParagraphProperties) -> None:
    for child in node:
        if child.tag == WORD + "numId":
            said["number"] = child.get(VAL) or "0"
        elif child.tag == WORD + "ilvl":
            said["depth"] = min(max(integer(child.get(VAL), 0), 0), 8)


@lru_cache(maxsize=4096)
def points(value: str | None, unit: float) -> float | None:
    """A measure in points: a bare number counts ``unit`` points each; None for what is no number."""
    match = _NUMBER.match(value or "")
    if match is None:
        return None
    size = float(match[1]) * (_UNITS[match[2]] if match[2] else unit)
    return size if 0 <= size <= 4000 else None


def integer(value: str | None, default: int) -> int:
    try:
        return int(value or "")
    except ValueError:
        return default
