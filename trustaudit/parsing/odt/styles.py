"""Styles of OpenDocument: chains flattened once, laid over each other as they are nested."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypedDict

from lxml.etree import _Element as Element

from trustaudit.document import Color
from trustaudit.parsing import paint
from trustaudit.parsing.odt.names import DRAW, FORMAT, OFFICE, STYLE, TEXT

Ink = Color | Literal["none"]

_NAMES = 12  # of a chain of styles that are worth knowing
_LENGTH = re.compile(r"\s*(-?\d+(?:\.\d+)?)(pt|in|cm|mm|pc|px|%)\s*\Z")
_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "px": 0.75, "%": 0.01}


class Said(TypedDict, total=False):
    """What a style says. Sizes in points; ``scale`` multiplies the size around, ``raised`` that seen."""

    size: float
    scale: float
    raised: float
    color: Ink
    background: Ink
    bold: bool
    italic: bool
    caps: bool
    small_caps: bool
    hidden: bool
    ground: Ink  # of the paragraph, cell, frame
    pitch: float  # line pitch in points, exact or at least
    exact: bool
    multiple: float  # of single spacing
    outline: int
    list_style: str
    master: str


@dataclass(frozen=True, slots=True)
class Flat:
    """A style with all that it builds on; ``names`` run from the style to its base, in small letters."""

    said: Said
    names: tuple[str, ...] = ()


class Styles:
    """Styles by family and name. Automatic ones go before common ones of the same name."""

    def __init__(self, common: Element | None, automatic: Element | None) -> None:
        self._nodes: dict[tuple[str, str], Element] = {}
        self._defaults: dict[str, Said] = {}
        self._flat: dict[tuple[str, str], Flat] = {}
        for holder in (automatic, common):
            for node in () if holder is None else holder:
                family = node.get(STYLE + "family") or ""
                if node.tag == STYLE + "style":
                    self._nodes.setdefault((family, node.get(STYLE + "name") or ""), node)
                elif node.tag == STYLE + "default-style":
                    self._defaults.setdefault(family, _said(node))

    def flat(self, family: str, name: str | None) -> Flat:
        """A style flattened; what is missing, or goes in a circle, says nothing more."""
        key = (family, name or "")
        if key not in self._flat:
            self._flatten(key)
        return self._flat[key]

    def _flatten(self, key: tuple[str, str]) -> None:
        chain: list[tuple[str, str]] = []
        at = key
        while at in self._nodes and at not in self._flat and at not in chain:
            chain.append(at)
            at = (key[0], self._nodes[at].get(STYLE + "parent-style-name") or "")
        flat = self._flat.get(at) or Flat(self._defaults.get(key[0], {}))
        self._flat.setdefault(key, flat)
        for step in reversed(chain):
            node = self._nodes[step]
            name = node.get(STYLE + "display-name") or (node.get(STYLE + "name") or "").replace("_20_", " ")
            flat = Flat(over(flat.said, _said(node)), (name.lower(), *flat.names[:_NAMES]))
            self._flat[step] = flat


def over(base: Said, said: Said) -> Said:
    """A style laid over what is around it; a size in percent is one of the size around."""
    merged = base | said
    scale = said.get("scale")
    if scale is not None and "size" not in said:
        if "size" in base:
            merged["size"] = base["size"] * scale
            merged.pop("scale", None)
        else:
            merged["scale"] = base.get("scale", 1.0) * scale
    return merged


def _said(node: Element) -> Said:
    said: Said = {}
    outline = node.get(STYLE + "default-outline-level")
    if outline and outline.isdecimal():
        said["outline"] = int(outline)
    if node.get(STYLE + "list-style-name") is not None:
        said["list_style"] = node.get(STYLE + "list-style-name") or ""
    if node.get(STYLE + "master-page-name"):
        said["master"] = node.get(STYLE + "master-page-name") or ""
    for child in node:
        if child.tag == STYLE + "text-properties":
            _of_text(child, said)
        elif child.tag == STYLE + "paragraph-properties":
            _of_paragraph(child, said)
        elif child.tag in (STYLE + "table-cell-properties", STYLE + "table-properties"):
            _ground(child.get(FORMAT + "background-color"), said)
        elif child.tag == STYLE + "graphic-properties":
            _of_frame(child, said)
    return said


def _of_text(node: Element, said: Said) -> None:
    _sized(node, said)
    color = paint.from_hex(node.get(FORMAT + "color"))
    if color is not None:
        said["color"] = color
    if node.get(STYLE + "use-window-font-color") == "true":
        said["color"] = "none"
    behind = node.get(FORMAT + "background-color")
    if behind is not None:
        said["background"] = paint.from_hex(behind) or "none"
    weight, slant = node.get(FORMAT + "font-weight"), node.get(FORMAT + "font-style")
    if weight is not None:
        said["bold"] = weight == "bold" or (weight.isdecimal() and int(weight) >= 600)
    if slant is not None:
        said["italic"] = slant in ("italic", "oblique")
    if node.get(FORMAT + "text-transform") is not None:
        said["caps"] = node.get(FORMAT + "text-transform") == "uppercase"
    if node.get(FORMAT + "font-variant") is not None:
        said["small_caps"] = node.get(FORMAT + "font-variant") == "small-caps"
    if node.get(TEXT + "display") is not None:
        said["hidden"] = node.get(TEXT + "display") == "none"


def _sized(node: Element, said: Said) -> None:
    size = length(node.get(FORMAT + "font-size"))
    if size is not None:
        said["scale" if "%" in (node.get(FORMAT + "font-size") or "") else "size"] = size
    position = (node.get(STYLE + "text-position") or "").split()
    if position:
        share = length(position[1]) if len(position) > 1 else None
        said["raised"] = 1.0 if position[0] == "0%" else share or 0.65


def _of_paragraph(node: Element, said: Said) -> None:
    _ground(node.get(FORMAT + "background-color"), said)
    height, least = node.get(FORMAT + "line-height"), length(node.get(STYLE + "line-height-at-least"))
    value = length(height)
    if value is not None and "%" in (height or ""):
        said["multiple"] = value
        said.pop("pitch", None)
    elif value is not None or least is not None:
        said["pitch"], said["exact"] = value if value is not None else least or 0.0, value is not None


def _of_frame(node: Element, said: Said) -> None:
    if node.get(DRAW + "fill") == "solid":
        _ground(node.get(DRAW + "fill-color"), said)
    elif node.get(DRAW + "fill") is None:
        _ground(node.get(FORMAT + "background-color"), said)


def _ground(value: str | None, said: Said) -> None:
    if value is not None:
        said["ground"] = paint.from_hex(value) or "none"


def length(value: str | None) -> float | None:
    """A measure in points, or a share where it is in percent."""
    match = _LENGTH.match(value or "")
    return None if match is None else float(match[1]) * _UNITS[match[2]]


def holder(root: Element | None, name: str) -> Element | None:
    """The element of a document part that holds its styles of one sort."""
    return None if root is None else root.find(OFFICE + name)
