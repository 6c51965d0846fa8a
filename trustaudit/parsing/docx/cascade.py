"""From what the levels say to how characters look: ECMA-376 part 1, 17.7.2 and 17.7.3."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from trustaudit.document import Color, Hidden
from trustaudit.parsing import paint
from trustaudit.parsing.builder import Style
from trustaudit.parsing.docx.properties import Ink, ParagraphProperties, RunProperties, points
from trustaudit.parsing.docx.styles import NOTHING, Layer, Styles

Toggle = Literal["bold", "italic", "caps", "small_caps", "vanish"]
TOGGLES: tuple[Toggle, ...] = ("bold", "italic", "caps", "small_caps", "vanish")

_DEFAULT_SIZE = 10.0  # where no level gives one (17.3.2.38)
_RAISED = 0.65  # superscript and subscript as seen
_SMALL_CAPITALS = 0.8
_SINGLE = 1.15  # pitch of single spacing to size, for usual fonts
_CLIPPED = 2.0  # points of exact spacing below which a line shows nothing of its letters


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies behind: ``color`` None where it cannot be told; ``page`` where nothing was painted."""

    color: Color | None = paint.WHITE
    page: bool = True
    hidden: bool = False  # everything on it is hidden


@dataclass(frozen=True, slots=True)
class Format:
    """How a paragraph's characters look before anything is said about a single run."""

    key: int
    run: RunProperties
    toggles: tuple[bool, ...]
    paragraph: ParagraphProperties
    names: tuple[str, ...]
    ground: Ground


class Cascade:
    """Resolves formats; each distinct combination once."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._formats: dict[object, Format] = {}
        self._looks: dict[object, Style] = {}
        self._tables: list[Layer] = []
        self.doubtful_page = False  # something may be drawn behind the text
        defaults = styles.defaults.run
        self._always = tuple(bool(defaults.get(name)) for name in TOGGLES)

    def paragraph(self, direct: ParagraphProperties, table: Layer, ground: Ground) -> Format:
        """The format of a paragraph inside a table style's layer (or ``NOTHING``) on a ground."""
        key = (tuple(direct.items()), id(table), ground)
        if key not in self._formats:
            self._tables.append(table)  # its id stays its own while it lives
            self._formats[key] = self._paragraph(direct, table, ground)
        return self._formats[key]

    def _paragraph(self, direct: ParagraphProperties, table: Layer, ground: Ground) -> Format:
        style = self._styles.layer(direct.get("style"), "paragraph")
        defaults = self._styles.defaults
        merged = defaults.paragraph | table.paragraph | style.paragraph | direct
        toggles = tuple(
            bool(table.run.get(name, False)) != bool(style.run.get(name, False)) for name in TOGGLES
        )
        shade = merged.get("shade", "auto")
        if shade != "auto":
            ground = Ground(shade, page=False, hidden=ground.hidden)
        run = defaults.run | table.run | style.run
        return Format(len(self._formats), run, toggles, merged, style.names, ground)

    def look(self, form: Format, direct: RunProperties, *, lower: bool = True) -> Style:
        """How a run looks. ``lower`` says that its text has small letters, which small capitals shrink."""
        key = (form.key, lower, tuple(direct.items()))
        if key not in self._looks:
            self._looks[key] = self._look(form, direct, lower)
        return self._looks[key]

    def _look(self, form: Format, direct: RunProperties, lower: bool) -> Style:
        name = direct.get("style")
        character = self._styles.layer(name, "character") if name else NOTHING
        said = form.run | character.run | direct
        bold, italic, caps, small, vanish = self._toggled(form, character.run, direct)
        plain = said.get("size", _DEFAULT_SIZE)
        set_size = said.get("complex_size", plain) if said.get("complex") else plain
        size = set_size * (_RAISED if said.get("vertical") in ("superscript", "subscript") else 1)
        size *= _SMALL_CAPITALS if small and lower and not caps else 1
        background, bare = _background(said, form.ground)
        ink = said.get("color", "auto")
        color: Color | None = paint.automatic(background) if ink == "auto" else ink
        if said.get("effect"):
            color = None
        leading, clipped = _leading(form.paragraph, set_size)
        hidden = Hidden.STYLE if vanish or form.ground.hidden else paint.hidden(size, color, background)
        if hidden is Hidden.FAINT and bare and self.doubtful_page:
            hidden = background = None
        return Style(
            size=round(size, 2),
            color=color,
            background=background,
            leading=leading,
            bold=bold,
            italic=italic,
            caps=caps or small,
            hidden=hidden or _unseen(said, clipped=clipped),
        )

    def _toggled(self, form: Format, character: RunProperties, direct: RunProperties) -> tuple[bool, ...]:
        """Direct formatting says it plainly; else true by default, or true in an odd number of levels."""
        values = []
        for at, name in enumerate(TOGGLES):
            said = direct.get(name)
            if said is None:
                said = self._always[at] or form.toggles[at] != bool(character.get(name, False))
            values.append(bool(said))
        return tuple(values)


def _unseen(said: RunProperties, *, clipped: bool) -> Hidden | None:
    if said.get("effect") == "none":
        return Hidden.INVISIBLE
    return Hidden.COVERED if clipped else None


def _background(said: RunProperties, ground: Ground) -> tuple[Color | None, bool]:
    """The colour behind, and whether that is the bare page."""
    for ink in (said.get("highlight", "auto"), said.get("shade", "auto")):
        if ink != "auto":
            return ink, False
    return ground.color, ground.page


def shaded(ground: Ground, shade: Ink | None) -> Ground:
    """The ground after a cell's shading."""
    return ground if shade is None or shade == "auto" else Ground(shade, page=False, hidden=ground.hidden)


def _leading(paragraph: ParagraphProperties, size: float) -> tuple[float, bool]:
    """Line pitch in points (rounded up, so that single spacing never counts as tight), and clipped?"""
    rule = paragraph.get("rule", "auto")
    single = size * _SINGLE
    if rule == "auto":
        multiple = (points(paragraph.get("line"), 1) or 240) / 240
        return _up(single * multiple), False
    pitch = points(paragraph.get("line"), 0.05) or 0.0
    if rule == "atLeast":
        return _up(max(pitch, single)), False
    return _up(pitch), 0 < pitch < _CLIPPED


def _up(value: float) -> float:
    return math.ceil(round(value * 100, 6)) / 100
