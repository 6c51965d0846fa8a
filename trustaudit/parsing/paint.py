"""Colours as a page shows them: mixing, tint and shade, luminance, and what is too faint to see."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable

from trustaudit.document import Color, Hidden

BLACK: Color = (0, 0, 0)
WHITE: Color = (255, 255, 255)
FAINT = 1.5  # contrast below which text counts as hidden
TINY = 2.0  # points below which text counts as hidden

_HEX = re.compile(r"#?([0-9a-fA-F]{6})\Z")


def from_hex(value: str | None) -> Color | None:
    """``"1F497D"`` or ``"#1f497d"`` as a colour; None for anything else."""
    match = _HEX.match(value or "")
    if match is None:
        return None
    number = int(match[1], 16)
    return number >> 16, number >> 8 & 255, number & 255


def mix(over: Color, under: Color, share: float) -> Color:
    """The colour of a pattern that covers ``share`` (0..1) of the ground."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(over, under, strict=True))
    return red, green, blue


def lighten(color: Color, tint: float) -> Color:
    """Theme tint of Office Open XML (ECMA-376 part 1, 17.3.2.6): lightness L becomes L*t + 1 - t."""
    return _with_lightness(color, lambda light: light * tint + 1 - tint)


def darken(color: Color, shade: float) -> Color:
    """Theme shade of Office Open XML (ECMA-376 part 1, 17.3.2.6): lightness L becomes L*s."""
    return _with_lightness(color, lambda light: light * shade)


def luminance(color: Color) -> float:
    """Relative luminance 0..1 (WCAG 2.2)."""
    red, green, blue = (_linear(part / 255) for part in color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio 1..21 (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def automatic(background: Color | None) -> Color:
    """What word processors show for the colour *automatic*: white on dark, else black.

    They switch at about a quarter of full brightness (weights of ITU-R BT.601), not at the
    middle, which is where readers would.
    """
    if background is None:
        return BLACK
    red, green, blue = background
    return WHITE if 0.299 * red + 0.587 * green + 0.114 * blue < 61 else BLACK


def hidden(size: float | None, color: Color | None, background: Color | None) -> Hidden | None:
    """Why text set so cannot be seen, as far as size and colour tell."""
    if size is not None and size < TINY:
        return Hidden.TINY
    if color is not None and background is not None and contrast(color, background) < FAINT:
        return Hidden.FAINT
    return None


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _with_lightness(color: Color, change: Callable[[float], float]) -> Color:
    hue, light, saturation = colorsys.rgb_to_hls(*(part / 255 for part in color))
    changed = min(max(change(light), 0.0), 1.0)
    red, green, blue = (round(part * 255) for part in colorsys.hls_to_rgb(hue, changed, saturation))
    return red, green, blue
