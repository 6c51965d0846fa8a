"""What is seen of the styles around a piece of OpenDocument text."""

from __future__ import annotations

import math

from trustaudit.document import Hidden
from trustaudit.parsing import paint
from trustaudit.parsing.builder import Style
from trustaudit.parsing.odt.styles import Ink, Said

_DEFAULT_SIZE = 12.0
_SMALL_CAPITALS = 0.8
_SINGLE = 1.15  # pitch of single spacing to size, for usual fonts
_CLIPPED = 2.0  # points of exact spacing below which a line shows nothing of its letters


def look(said: Said, ground: Ink, *, hidden: bool, lower: bool) -> Style:
    """How text is seen. ``ground`` is behind the paragraph; ``lower``: it has small letters."""
    size = said.get("size", _DEFAULT_SIZE * said.get("scale", 1.0))
    small = said.get("small_caps", False)
    seen = size * said.get("raised", 1.0) * (_SMALL_CAPITALS if small and lower else 1)
    behind = said.get("background", "none")
    painted = next((ink for ink in (behind, said.get("ground", "none"), ground) if ink != "none"), None)
    background = paint.WHITE if painted is None else painted
    ink = said.get("color", "none")
    color = paint.automatic(background) if ink == "none" else ink
    leading, clipped = _leading(size, said)
    unseen = Hidden.STYLE if hidden or said.get("hidden") else paint.hidden(seen, color, background)
    return Style(
        size=round(seen, 2),
        color=color,
        background=background,
        leading=leading,
        bold=said.get("bold", False),
        italic=said.get("italic", False),
        caps=said.get("caps", False) or small,
        hidden=unseen or (Hidden.COVERED if clipped else None),
    )


def _leading(size: float, said: Said) -> tuple[float, bool]:
    single = size * _SINGLE
    pitch = said.get("pitch")
    if pitch is None:
        return _up(single * said.get("multiple", 1.0)), False
    if said.get("exact"):
        return _up(pitch), pitch < _CLIPPED
    return _up(max(single, pitch)), False


def _up(value: float) -> float:
    return math.ceil(round(value * 100, 6)) / 100
