"""CSS opacity: an element with all that is in it, letters and ground, is laid half-seen over what is behind.

A veil is the opacity of one element (0..1, None: could not tell) and the colour behind that element.
"""

from __future__ import annotations

import re

from trustaudit.document import Color
from trustaudit.parsing.markup import values

Veil = tuple[float | None, Color | None]

_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%?)")


def opacity(value: str | None) -> float | None:
    """0..1 as browsers read it; 1 for what they ignore; None for what only they can work out."""
    if value is None:
        return 1.0
    found = _NUMBER.fullmatch(value.strip())
    if found is None:
        return None if "(" in value else 1.0
    return min(max(float(found[1]) / (100 if found[2] else 1), 0.0), 1.0)


def veiled(veils: tuple[Veil, ...], value: str | None, behind: Color | None) -> tuple[Veil, ...]:
    """The veils of an element: those it stands behind, and its own where it is not opaque."""
    own = opacity(value)
    return veils if own == 1 else (*veils, (own, behind))


def seen(color: Color | None, veils: tuple[Veil, ...]) -> Color | None:
    """The colour as it is seen through the veils, the innermost first; None: could not tell."""
    for share, behind in reversed(veils):
        if color is None or share is None:
            return None
        color = values.over((*color, share), behind)
    return color
