"""What is drawn into a paragraph: text boxes, charts, diagrams; and pictures, of which no text is known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

from trustaudit.document import Color
from trustaudit.parsing import paint
from trustaudit.parsing.docx.cascade import Ground
from trustaudit.parsing.docx.context import Context, Frame, Line, alternative
from trustaudit.parsing.docx.names import (
    ALTERNATE,
    CHART,
    DIAGRAM,
    DRAWING,
    OFFICE,
    PLACED,
    RELATED,
    RELATION_ID,
    SHAPE,
    VML,
    WORD,
)  # fmt: skip
from trustaudit.parsing.docx.properties import integer
from trustaudit.parsing.xmltree import own_text

_EMU = 12_700  # per point
_LARGE = (250.0, 150.0)  # points from which a picture is likely to hold text that is read
_NARROW = 280.0  # points: half a page
_WIDTH = re.compile(r"(?<![\w-])width\s*:\s*(\d+(?:\.\d+)?)pt", re.IGNORECASE)
_HIDDEN = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_SHAPES = frozenset(VML + name for name in ("shape", "rect", "roundrect", "oval", "group"))
_NAMED = {"white": paint.WHITE, "black": paint.BLACK}


def collect(node: Element, context: Context, part: str, ground: Ground, line: Line) -> None:
    """Put into the line what a drawing, picture or object holds; say what of it is not read."""
    for found, behind in _walk(node, context, ground):
        tag = found.tag
        if tag == WORD + "txbxContent":
            line.frames.append(Frame(found, behind, _is_beside(found)))
        elif tag == CHART + "chart":
            line.texts += _chart(found, context, part)
        elif tag == DIAGRAM + "relIds":
            line.texts += _diagram(found, context, part)
        elif tag == OFFICE + "OLEObject":
            program = found.get("ProgID") or "object"
            context.unread(part, f"an embedded object ({program}) is not read: only its picture is shown")
        elif tag == PLACED + "extent" and _is_large(found) and _is_picture(found):
            context.unread(part, "a large picture: text in it is not read")
        elif tag == VML + "textpath" and found.get("string"):
            line.texts.append(found.get("string") or "")


def _walk(node: Element, context: Context, ground: Ground) -> Iterator[tuple[Element, Ground]]:
    """All elements down to text boxes, one branch of each alternative, with the ground each stands on."""
    stack = [(node, ground)]
    while stack:
        at, behind = stack.pop()
        if at.tag == ALTERNATE:
            branch = alternative(at)
            if branch is not None:
                stack.append((branch, behind))
            continue
        yield at, behind
        if at.tag == WORD + "txbxContent":
            continue
        behind = _inside(at, context, behind)
        stack += [(child, behind) for child in reversed(at)]


def _is_beside(box: Element) -> bool:
    """Whether text flows beside a box: it is not set in a line, and less than half as wide as a page."""
    for holder in box.iterancestors():
        if holder.tag == PLACED + "inline":
            return False
        if holder.tag == PLACED + "anchor":
            extent = holder.find(PLACED + "extent")
            return extent is not None and 0 < integer(extent.get("cx"), 0) / _EMU < _NARROW
        if holder.tag in _SHAPES and (width := _WIDTH.search(holder.get("style") or "")):
            absolute = "absolute" in (holder.get("style") or "")
            return absolute and 0 < float(width[1]) < _NARROW
    return False


def _inside(node: Element, context: Context, ground: Ground) -> Ground:
    """The ground inside a shape: its fill where it is plain, not to be told where it is not."""
    hidden = ground.hidden
    if node.tag == SHAPE + "wsp":
        properties = node.find(SHAPE + "spPr")
        return Ground(*_fill(properties, context, node, ground), hidden)
    if node.tag in _SHAPES:
        hidden = hidden or bool(_HIDDEN.search(node.get("style") or ""))
        if node.get("filled") in ("f", "false"):
            return Ground(ground.color, ground.page, hidden)
        return Ground(_vml_color(node), page=False, hidden=hidden)
    if node.tag == PLACED + "anchor":
        properties = node.find(PLACED + "docPr")
        hidden = hidden or (properties is not None and properties.get("hidden") in ("1", "true"))
        return Ground(ground.color, ground.page, hidden)
    return ground


def _fill(
    properties: Element | None, context: Context, shape: Element, ground: Ground
) -> tuple[Color | None, bool]:
    for child in () if properties is None else properties:
        if child.tag == DRAWING + "solidFill":
            return context.theme.fill(child), False
        if child.tag == DRAWING + "noFill":
            return ground.color, ground.page
        if child.tag in (DRAWING + "gradFill", DRAWING + "blipFill", DRAWING + "pattFill"):
            return None, False
    reference = shape.find(f"{SHAPE}style/{DRAWING}fillRef")
    if reference is not None and integer(reference.get("idx"), 0) > 0:
        return (context.theme.fill(reference) if reference.get("idx") == "1" else None), False
    return ground.color, ground.page


def _vml_color(node: Element) -> Color | None:
    if node.find(VML + "fill") is not None:
        kind = node.find(VML + "fill")
        if kind is not None and kind.get("type") not in (None, "solid"):
            return None
    value = (node.get("fillcolor") or "white").split(" ")[0].lower()
    return _NAMED.get(value) or paint.from_hex(value)


def _chart(node: Element, context: Context, part: str) -> list[str]:
    """Titles and labels of a chart; its figures stand in its picture only."""
    root = _target(node.get(RELATION_ID), context, part)
    if root is None:
        return []
    context.unread(part, "a chart: its titles are read, its figures are not")
    return _paragraphs(root)


def _diagram(node: Element, context: Context, part: str) -> list[str]:
    """The texts of a diagram's points, in the order in which they were written."""
    root = _target(node.get(RELATED + "dm"), context, part)
    if root is None:
        context.unread(part, "a diagram is not read: its data are missing")
        return []
    return _paragraphs(root)


def _target(name: str | None, context: Context, part: str) -> Element | None:
    relation = context.package.relations(part).get(name or "")
    return None if relation is None or relation.external else context.package.part(relation.target)


def _paragraphs(root: Element) -> list[str]:
    texts = ("".join(own_text(text) for text in p.iter(DRAWING + "t")) for p in root.iter(DRAWING + "p"))
    return [text for text in texts if text.strip()]


def _is_large(extent: Element) -> bool:
    width, height = (integer(extent.get(name), 0) / _EMU for name in ("cx", "cy"))
    return width >= _LARGE[0] and height >= _LARGE[1]


def _is_picture(extent: Element) -> bool:
    holder = extent.getparent()
    return holder is not None and next(holder.iter(DRAWING + "blip"), None) is not None
