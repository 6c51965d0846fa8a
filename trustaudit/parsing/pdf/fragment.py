"""The pieces that a page's text is made of, before and after they are put into lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from trustaudit.document import Box, Color, Hidden


class Ink(NamedTuple):
    """How characters are set. ``color`` is None where it is a pattern; ``mode`` is PDF's render mode."""

    size: float | None
    color: Color | None
    alpha: int
    bold: bool
    italic: bool
    caps: bool
    mode: int = 0
    rough: bool = False  # its size was told from a picture


class Look(NamedTuple):
    """What the rendered page showed where a fragment stands."""

    background: Color | None = None
    contrast: float | None = None
    hidden: Hidden | None = None


@dataclass(slots=True)
class Fragment:
    """Characters of one style on one line.

    ``angle`` is the direction of the text on the displayed page, in whole degrees clockwise. ``start``
    and ``end`` are positions along that direction, ``base`` is that of the base line across it, in points.
    """

    text: str
    box: Box
    start: float
    end: float
    base: float
    angle: int
    ink: Ink
    size: float  # type size, or the height of the box where the size is unknown; never 0
    spaced: bool = False  # PDFium saw a blank before it
    ended: bool = False  # PDFium saw a blank after it
    handle: int = 0  # PDFium's text object, valid while its page is open
    look: Look = Look()
    note: bool = False  # from a note that is attached to the page


@dataclass(slots=True)
class Line:
    """Fragments on one base line, read together."""

    fragments: list[Fragment]
    page: int
    start: float = 0.0
    end: float = 0.0
    base: float = 0.0
    size: float = 0.0  # of most of its characters
    angle: int = 0
    text: str = ""
    bold: bool = False  # all of it
    region: int = 0  # column or cell, counted over the page
    cell: bool = False
    box: Box = (0.0, 0.0, 0.0, 0.0)
    listed: bool = False  # in a table of contents
    leading: float | None = None

    @property
    def width(self) -> float:
        return self.end - self.start
