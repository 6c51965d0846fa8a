"""How RTF says that characters and paragraphs look, and what is seen of it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from trustaudit.document import Color, Hidden
from trustaudit.parsing import paint
from trustaudit.parsing.builder import Style

_RAISED = 0.65  # superscript and subscript as seen
_SMALL_CAPITALS = 0.8
_SINGLE = 1.15  # pitch of single spacing to size, for usual fonts
_CLIPPED = 2.0  # points of exact spacing below which a line shows nothing of its letters


class Look(NamedTuple):
    """Of characters; colours are places in the colour table, 0 for automatic."""

    font: int = 0
    size: float = 12.0
    color: int = 0
    highlight: int = 0
    shade: int = 0
    bold: bool = False
    italic: bool = False
    caps: bool = False
    small_caps: bool = False
    hidden: bool = False
    raised: bool = False
    deleted: bool = False
    suppressed: bool = False  # HTML's twin of the text, in what mail programs write


class Paragraph(NamedTuple):
    """Of paragraphs; ``line`` in twips as written."""

    style: int = 0
    outline: int = 9
    line: int = 0
    multiple: bool = False
    shade: int = 0
    in_table: bool = False
    depth: int = 0  # tables around, where it is said
    list_level: int = 0
    list_number: int = 0


@dataclass(frozen=True)
class Painter:
    """Colours of one document, and whether something is drawn behind its text."""

    colors: tuple[Color | None, ...]
    doubtful_page: bool = False

    def color(self, place: int) -> Color | None:
        return self.colors[place] if 0 <= place < len(self.colors) else None

    def style(self, look: Look, paragraph: Paragraph, cell: int, *, lower: bool) -> Style:
        """How text is seen. ``cell`` is the shading of the cell around; ``lower``: it has small letters."""
        size = look.size * (_RAISED if look.raised else 1)
        size *= _SMALL_CAPITALS if look.small_caps and lower and not look.caps else 1
        grounds = (look.highlight, look.shade, paragraph.shade, cell)
        painted = next((color for color in map(self.color, grounds) if color is not None), None)
        background: Color | None = painted or paint.WHITE
        color = self.color(look.color) or paint.automatic(background)
        leading, clipped = _leading(look.size, paragraph)
        hidden = Hidden.STYLE if look.hidden else paint.hidden(size, color, background)
        if hidden is Hidden.FAINT and painted is None and self.doubtful_page:
            hidden = background = None
        return Style(
            size=round(size, 2),
            color=color,
            background=background,
            leading=leading,
            bold=look.bold,
            italic=look.italic,
            caps=look.caps or look.small_caps,
            hidden=hidden or (Hidden.COVERED if clipped else None),
        )


def _leading(size: float, paragraph: Paragraph) -> tuple[float, bool]:
    """Line pitch in points, rounded up, and whether it clips the letters away."""
    single = size * _SINGLE
    if paragraph.line == 0:
        return _up(single), False
    if paragraph.multiple:
        return _up(single * abs(paragraph.line) / 240), False
    pitch = abs(paragraph.line) / 20
    if paragraph.line > 0:
        return _up(max(single, pitch)), False
    return _up(pitch), pitch < _CLIPPED


def _up(value: float) -> float:
    return math.ceil(round(value * 100, 6)) / 100
