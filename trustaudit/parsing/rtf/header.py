"""The tables at the head of an RTF: fonts, colours, names of styles."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from trustaudit.document import Color
from trustaudit.parsing.rtf.tokens import group_end

_FONT = re.compile(r"\\f(\d{1,9})(?!\d)")
_CHARSET = re.compile(r"\\fcharset(\d{1,3})")
_STYLE = re.compile(r"\\s(\d{1,9})(?!\d)")
_OUTLINE = re.compile(r"\\outlinelevel(\d)")
_WORDS = re.compile(r"\{\\\*[^{}]*\}|\\[a-zA-Z]+-?\d* ?|\\'[0-9a-fA-F]{2}|[{};]")
_PART = re.compile(r"\\(red|green|blue)(\d{1,3})")


@dataclass(frozen=True, slots=True)
class Named:
    """A paragraph style: its name in small letters, its outline level (9: none)."""

    name: str = ""
    outline: int = 9


@dataclass(slots=True)
class Tables:
    charsets: dict[int, int] = field(default_factory=dict)  # font -> character set
    fonts: dict[int, str] = field(default_factory=dict)  # font -> name in small letters
    colors: tuple[Color | None, ...] = ()
    styles: dict[int, Named] = field(default_factory=dict)


def read_fonts(tables: Tables, source: str) -> None:
    """The inside of ``fonttbl``."""
    for entry in re.split(r"(?=\\f\d)", source):
        font = _FONT.match(entry)
        if font is None:
            continue
        charset = _CHARSET.search(entry)
        tables.charsets[int(font[1])] = int(charset[1]) if charset else 0
        tables.fonts[int(font[1])] = _name(entry)


def read_colors(tables: Tables, source: str) -> None:
    """The inside of ``colortbl``: entries end with a semicolon, an empty one is the automatic colour."""
    colors: list[Color | None] = []
    for entry in source.split(";")[:-1]:
        parts = {name: min(int(value), 255) for name, value in _PART.findall(entry)}
        colors.append((parts.get("red", 0), parts.get("green", 0), parts.get("blue", 0)) if parts else None)
    tables.colors = tuple(colors)


def read_styles(tables: Tables, source: str) -> None:
    """The inside of ``stylesheet``: one group a style, its name last."""
    at = source.find("{")
    while at >= 0:
        end = group_end(source, at + 1)
        entry = source[at + 1 : end]
        style = _STYLE.search(entry)
        if not entry.startswith("\\*") and (style is not None or "\\" in entry):
            outline = _OUTLINE.search(entry)
            tables.styles[int(style[1]) if style else 0] = Named(
                _name(entry), int(outline[1]) if outline else 9
            )
        at = source.find("{", end)


def _name(entry: str) -> str:
    return " ".join(_WORDS.sub("", entry).split()).lower()
