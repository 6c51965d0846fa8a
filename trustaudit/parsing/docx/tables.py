"""Tables: rows and cells as they are shown, each cell with the part of the table style that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from trustaudit.parsing.docx.cascade import Ground, shaded
from trustaudit.parsing.docx.context import Context, passable
from trustaudit.parsing.docx.names import ALTERNATE, OFF, VAL, WORD
from trustaudit.parsing.docx.properties import Ink
from trustaudit.parsing.docx.styles import Layer

_OPEN = frozenset(WORD + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo")) | {ALTERNATE}
_BITS = {
    "firstRow": 0x20, "lastRow": 0x40, "firstColumn": 0x80, "lastColumn": 0x100, "noHBand": 0x200,
    "noVBand": 0x400,
}  # fmt: skip
# Later ones win: ECMA-376 part 1, 17.7.6
_ORDER = (
    "wholeTable", "band1Vert", "band2Vert", "band1Horz", "band2Horz", "firstCol", "lastCol", "firstRow",
    "lastRow", "neCell", "nwCell", "seCell", "swCell",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    content: Element
    layer: Layer
    ground: Ground


class Tables:
    """Finds the cells of tables; keeps the layers that it has put together."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._layers: dict[tuple[int, tuple[str, ...]], Layer] = {}

    def cells(self, table: Element, ground: Ground) -> Iterator[Cell]:
        """The cells of a table in the order of reading; deleted and continued ones left out."""
        properties = table.find(WORD + "tblPr")
        style = self._context.styles.layer(_child_value(properties, "tblStyle"), "table")
        flags = _flags(properties)
        ground = shaded(ground, self._shade(properties))
        rows = [row for row in _inside(table, WORD + "tr") if not _marked(row, "trPr", "del")]
        for at, row in enumerate(rows):
            below = Ground(ground.color, ground.page, ground.hidden or _marked(row, "trPr", "hidden"))
            cells = [cell for cell in _inside(row, WORD + "tc") if not _marked(cell, "tcPr", "cellDel")]
            for column, cell in enumerate(cells):
                place = _conditions(flags, (at, len(rows)), (column, len(cells)), style.bands)
                layer = self._layer(style, place)
                own = cell.find(WORD + "tcPr")
                if _continues(own):
                    continue
                shade = self._shade(own)
                yield Cell(cell, layer, shaded(below, layer.cell_shade if shade is None else shade))

    def _layer(self, style: Layer, place: tuple[str, ...]) -> Layer:
        if not style.conditions:
            return style
        key = (id(style), place)
        if key not in self._layers:
            said = dict(style.conditions)
            layer = style
            for name in place:
                if name in said:
                    layer = said[name].over(layer)
            self._layers[key] = layer
        return self._layers[key]

    def _shade(self, properties: Element | None) -> Ink | None:
        node = None if properties is None else properties.find(WORD + "shd")
        return None if node is None else self._context.reader.shade(node)


def _inside(container: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, through content controls and alternatives."""
    for child in container:
        if child.tag == wanted:
            yield child
        elif child.tag in _OPEN:
            inside = passable(child)
            if inside is not None:
                yield from _inside(inside, wanted)


def _flags(properties: Element | None) -> frozenset[str]:
    """Which parts of its style a table shows."""
    look = None if properties is None else properties.find(WORD + "tblLook")
    if look is None:
        return frozenset({"noHBand", "noVBand"})
    try:
        bits = int(look.get(VAL) or "0", 16)
    except ValueError:
        bits = 0
    chosen = set()
    for name, bit in _BITS.items():
        said = look.get(WORD + name)
        if said.lower() not in OFF if said is not None else bits & bit:
            chosen.add(name)
    return frozenset(chosen)


def _conditions(
    flags: frozenset[str], row: tuple[int, int], column: tuple[int, int], bands: tuple[int, int]
) -> tuple[str, ...]:
    """The conditional formats of one cell, in the order in which they are laid over each other."""
    top, left = "firstRow" in flags and row[0] == 0, "firstColumn" in flags and column[0] == 0
    bottom = "lastRow" in flags and row[0] == row[1] - 1
    right = "lastColumn" in flags and column[0] == column[1] - 1
    chosen = {"wholeTable"}
    if "noVBand" not in flags and not left:
        band = (column[0] - ("firstColumn" in flags)) // bands[1] % 2
        chosen.add(f"band{band + 1}Vert")
    if "noHBand" not in flags and not top:
        chosen.add(f"band{(row[0] - ('firstRow' in flags)) // bands[0] % 2 + 1}Horz")
    edges = {"firstCol": left, "lastCol": right, "firstRow": top, "lastRow": bottom}
    corners = {
        "neCell": top and right,
        "nwCell": top and left,
        "seCell": bottom and right,
        "swCell": bottom and left,
    }
    chosen |= {name for name, holds in (edges | corners).items() if holds}
    return tuple(name for name in _ORDER if name in chosen)


def _continues(properties: Element | None) -> bool:
    """A cell that a merged cell above covers; what it holds is not shown."""
    merge = None if properties is None else properties.find(WORD + "vMerge")
    return merge is not None and (merge.get(VAL) or "continue") == "continue"


def _marked(node: Element, properties: str, name: str) -> bool:
    found = node.find(f"{WORD}{properties}/{WORD}{name}")
    return found is not None and (found.get(VAL) or "1").lower() not in OFF


def _child_value(properties: Element | None, name: str) -> str | None:
    node = None if properties is None else properties.find(WORD + name)
    return None if node is None else node.get(VAL)
