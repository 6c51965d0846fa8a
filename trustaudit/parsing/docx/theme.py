"""Theme colours, and the colours that Word writes by name."""

from __future__ import annotations

from collections.abc import Mapping

from lxml.etree import _Element as Element

from trustaudit.document import Color
from trustaudit.parsing.docx.names import DRAWING, WORD
from trustaudit.parsing.paint import darken, from_hex, lighten

_SLOTS = {
    "dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2", "text1": "dk1", "background1": "lt1",
    "text2": "dk2", "background2": "lt2", "tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
_MAPPED = {"text1": "t1", "text2": "t2", "background1": "bg1", "background2": "bg2"}

HIGHLIGHTS: dict[str, Color] = {
    "black": (0, 0, 0), "blue": (0, 0, 255), "cyan": (0, 255, 255), "green": (0, 255, 0),
    "magenta": (255, 0, 255), "red": (255, 0, 0), "yellow": (255, 255, 0), "white": (255, 255, 255),
    "darkBlue": (0, 0, 128), "darkCyan": (0, 128, 128), "darkGreen": (0, 128, 0),
    "darkMagenta": (128, 0, 128), "darkRed": (128, 0, 0), "darkYellow": (128, 128, 0),
    "darkGray": (128, 128, 128), "lightGray": (192, 192, 192),
}  # fmt: skip


class Theme:
    """Colours by the names that documents use for them; empty where the theme is missing."""

    def __init__(self, theme: Element | None, settings: Element | None) -> None:
        self._slots = {} if theme is None else _slots(theme)
        self._mapping = {} if settings is None else _mapping(settings)

    def color(self, name: str | None, tint: str | None = None, shade: str | None = None) -> Color | None:
        """A theme colour; ``tint`` and ``shade`` are hexadecimal bytes, "FF" is the colour itself."""
        slot = self._mapping.get(name or "") or _SLOTS.get(name or "", name or "")
        color = self._slots.get(slot)
        if color is None:
            return None
        if tint:
            return lighten(color, _byte(tint))
        return darken(color, _byte(shade)) if shade else color

    def fill(self, node: Element) -> Color | None:
        """The colour of a drawing's ``solidFill``; None where it cannot be told."""
        for child in node:
            if child.tag == DRAWING + "srgbClr":
                color = from_hex(child.get("val"))
            elif child.tag == DRAWING + "schemeClr":
                color = self.color(child.get("val"))
            else:
                return None
            return None if color is None else _modulated(color, child)
        return None


def _modulated(color: Color, node: Element) -> Color | None:
    """The colour after its lightness is scaled and moved; other changes cannot be told."""
    scale, offset = 1.0, 0.0
    for child in node:
        if child.tag == DRAWING + "lumMod":
            scale = _share(child.get("val"))
        elif child.tag == DRAWING + "lumOff":
            offset = _share(child.get("val"))
        else:
            return None
    if offset == 0:
        return darken(color, scale)
    return lighten(color, scale) if abs(scale + offset - 1) < 0.001 else None


def _share(value: str | None) -> float:
    """Thousandths of a percent, or percent with its sign, as a share."""
    text = value or ""
    try:
        return float(text[:-1]) / 100 if text.endswith("%") else int(text) / 100_000
    except ValueError:
        return 1.0


def _slots(theme: Element) -> dict[str, Color]:
    found = {}
    for scheme in theme.iter(DRAWING + "clrScheme"):
        for slot in scheme:
            for value in slot:
                color = from_hex(value.get("lastClr") or value.get("val"))
                if color is not None and isinstance(slot.tag, str):
                    found[slot.tag.rpartition("}")[2]] = color
        break
    return found


def _mapping(settings: Element) -> Mapping[str, str]:
    """Which slot text and background take, where the settings change it."""
    node = settings.find(WORD + "clrSchemeMapping")
    if node is None:
        return {}
    found = {}
    for name, attribute in _MAPPED.items():
        slot = node.get(WORD + attribute)
        if slot:
            found[name] = _SLOTS.get(slot, slot)
    return found


def _byte(value: str | None) -> float:
    try:
        return int(value or "FF", 16) / 255
    except ValueError:
        return 1.0
