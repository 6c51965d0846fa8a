"""The computed style of an element: what it inherits, its own declarations, and whether it can be seen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from trustaudit.document import Color, Hidden
from trustaudit.parsing.builder import Style
from trustaudit.parsing.markup import values, veils
from trustaudit.parsing.markup.values import POINTS
from trustaudit.parsing.markup.veils import Veil

_words = str.split

NOTHING: Mapping[str, str] = MappingProxyType({})
_OFF = -350.0
"""Points to the left or above from which on nothing is on the screen (-500 pixels is the usual trick)."""


@dataclass(frozen=True, eq=False)
class Look:  # compared by identity: looks of the same question are the same object
    """How text in an element is set. Sizes in points; ``None``: could not tell.

    Colours are those that are declared; what is seen of them is dimmed by the ``veils``.
    """

    size: float | None = 12.0
    root: float | None = 12.0
    color: Color | None = (0, 0, 0)
    background: Color | None = (255, 255, 255)
    line: tuple[str, float] | None = None  # ("times", 1.5) of the size or ("points", 18.0)
    bold: bool = False
    italic: bool = False
    caps: bool = False
    white_space: str = "normal"
    visible: bool = True  # visibility, which a descendant may turn back
    hidden: Hidden | None = None  # what no descendant can turn back
    veils: tuple[Veil, ...] = ()  # opacity, the outermost first
    custom: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    @cached_property
    def style(self) -> Style:
        """The fields of a run."""
        leading = None
        if self.line is not None:
            leading = self.line[1] if self.line[0] == "points" else _times(self.size, self.line[1])
        return Style(
            size=None if self.size is None else round(self.size, 3),
            color=veils.seen(self.color, self.veils),
            background=veils.seen(self.background, self.veils),
            leading=None if leading is None else round(leading, 3),
            bold=self.bold,
            italic=self.italic,
            caps=self.caps,
            hidden=self.reason,
        )

    @property
    def reason(self) -> Hidden | None:
        """Why nobody sees this text."""
        if self.hidden is not None:
            return self.hidden
        if not self.visible:
            return Hidden.STYLE
        if self.size is not None and self.size < 2:
            return Hidden.TINY
        color, background = veils.seen(self.color, self.veils), veils.seen(self.background, self.veils)
        if color is None or background is None:
            return None
        return Hidden.FAINT if values.contrast(color, background) < 1.5 else None

    @property
    def keeps_space(self) -> bool:
        return self.white_space in {"pre", "pre-wrap", "break-spaces"}


def _times(size: float | None, factor: float) -> float | None:
    return None if size is None else size * factor


_HIDING = frozenset(
    _words("display opacity position text-indent margin-left clip clip-path transform overflow overflow-y")
)
_SEEN = _HIDING | frozenset(
    _words(
        "font-size color background-color background-image line-height font-weight font-style "
        "text-transform font-variant white-space visibility"
    )
)


def computed(parent: Look, own: Mapping[str, str]) -> Look:
    """The look of an element with these declarations (the winners of the cascade) in this parent."""
    if _SEEN.isdisjoint(own) and not any(name.startswith("--") for name in own):
        return parent
    custom = _custom(parent, own)
    if custom or any("var(" in value for value in own.values()):
        own = {name: _resolved(value, custom) for name, value in own.items()}
    size = _size(parent, own)
    background = _background(parent, own)
    return Look(
        size=size,
        root=parent.root,
        background=background,
        color=_color(parent, own, background),
        line=_line(parent, own, size),
        bold=_bold(parent, own.get("font-weight")),
        italic=_italic(parent, own.get("font-style")),
        caps=_caps(parent, own),
        white_space=_inherited(own.get("white-space"), parent.white_space, "normal"),
        visible=_visible(parent, own.get("visibility")),
        hidden=parent.hidden or (None if _HIDING.isdisjoint(own) else _hidden(parent, own, size)),
        veils=veils.veiled(parent.veils, own.get("opacity"), parent.background),
        custom=custom,
    )


def _custom(parent: Look, own: Mapping[str, str]) -> Mapping[str, str]:
    """Custom properties, inherited and own."""
    custom = {name: value for name, value in own.items() if name.startswith("--")}
    return MappingProxyType({**parent.custom, **custom}) if custom else parent.custom


_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*((?:[^()]|\([^()]*\))*))?\)")


def _resolved(value: str, custom: Mapping[str, str]) -> str:
    """``var()`` put in; one that is not known stays, and its value cannot be told."""
    for _ in range(10):
        if "var(" not in value:
            break
        changed = _VAR.sub(lambda found: custom.get(found[1], found[2] or found[0]), value)
        if changed == value:
            break
        value = changed.strip().lower()
    return value


def _size(look: Look, own: Mapping[str, str]) -> float | None:
    value = own.get("font-size")
    if value is None or value in {"inherit", "unset"}:
        return look.size
    if value in {"initial", "revert"}:
        return 12.0
    return values.font_size(value, look.size, look.root)


def _color(look: Look, own: Mapping[str, str], background: Color | None) -> Color | None:
    value = own.get("color")
    if value is None or value in {"inherit", "unset", "currentcolor"}:
        return look.color
    if value in {"initial", "revert"}:
        return (0, 0, 0)
    painted = values.legacy_paint(value) if "legacy" in own else values.paint(value)
    if painted is None:
        return None if _is_open(value) else look.color
    return values.over(painted, background)


def _is_open(value: str) -> bool:
    """Not a mistake that browsers ignore, but something that only they can work out."""
    return "(" in value or "\ue003" in value or "\ue005" in value


def _background(look: Look, own: Mapping[str, str]) -> Color | None:
    """What is behind the text: the colour of the nearest ancestor that has one; None for images."""
    if own.get("background-image", "none") not in {"none", "initial", "inherit", "unset"}:
        return None
    value = own.get("background-color")
    if value is None or value in {"transparent", "inherit", "initial", "unset", "none"}:
        return look.background
    painted = values.legacy_paint(value)
    if painted is None:
        return None if _is_open(value) else look.background
    return values.over(painted, look.background)


def _line(look: Look, own: Mapping[str, str], size: float | None) -> tuple[str, float] | None:
    value = own.get("line-height")
    if value is None or value in {"inherit", "unset"}:
        return look.line
    if re.fullmatch(r"\d*\.?\d+", value):
        return ("times", float(value))
    points = values.length(value, size, look.root)
    return None if points is None else ("points", points)


def _bold(look: Look, value: str | None) -> bool:
    if value is None or value == "inherit":
        return look.bold
    if value in {"bold", "bolder"}:
        return True
    return value.isdigit() and int(value) >= 600


def _italic(look: Look, value: str | None) -> bool:
    return look.italic if value is None or value == "inherit" else value != "normal"


def _caps(look: Look, own: Mapping[str, str]) -> bool:
    transform, variant = own.get("text-transform"), own.get("font-variant")
    caps = look.caps if transform in {None, "inherit"} else transform == "uppercase"
    return caps or (variant is not None and "small-caps" in variant)


def _inherited(value: str | None, parent: str, initial: str) -> str:
    if value is None or value in {"inherit", "unset"}:
        return parent
    return initial if value == "initial" else value


def _visible(look: Look, value: str | None) -> bool:
    if value is None or value == "inherit":
        return look.visible
    return value not in {"hidden", "collapse"}


def _hidden(look: Look, own: Mapping[str, str], size: float | None) -> Hidden | None:
    """Why nothing in this element can be seen, whatever its descendants say."""
    if own.get("display") == "none":
        return Hidden.STYLE
    opacity = own.get("opacity", "1")
    if re.fullmatch(r"0?\.0\d*|0+|0(?:\.\d+)?%|0?\.0", opacity):
        return Hidden.INVISIBLE
    if _is_off_page(look, own, size):
        return Hidden.OFF_PAGE
    return Hidden.COVERED if _is_clipped(look, own, size) else None


def _is_off_page(look: Look, own: Mapping[str, str], size: float | None) -> bool:
    placed = own.get("position") in {"absolute", "fixed"}
    names = ("text-indent", "margin-left") + (("left", "top") if placed else ())
    if any((_points(own.get(name), look, size) or 0.0) <= _OFF for name in names):
        return True
    return placed and any((_points(own.get(n), look, size) or 0.0) <= _OFF for n in ("right", "bottom"))


def _is_clipped(look: Look, own: Mapping[str, str], size: float | None) -> bool:
    if "clip" in own and re.fullmatch(r"rect\((?:\s*[01](?:px)?\s*,?){4}\)", own["clip"]):
        return own.get("position") in {"absolute", "fixed"}
    if own.get("clip-path", "").replace(" ", "") in {"inset(50%)", "inset(100%)", "circle(0)"}:
        return True
    if re.fullmatch(r"scale\(0(?:\.0+)?\)", own.get("transform", "")):
        return True
    if "hidden" not in (
        own.get("overflow"),
        own.get("overflow-y"),
        own.get("overflow", "").partition(" ")[0],
    ):
        return False
    lengths = [_points(own.get(name), look, size) for name in ("max-height", "height", "width")]
    return any(part is not None and part <= 1 * POINTS for part in lengths)


def _points(value: str | None, look: Look, size: float | None) -> float | None:
    if value is None or value.endswith("%") or not re.match(r"[-+.\d]", value):
        return None
    return values.length(value, size, look.root)
