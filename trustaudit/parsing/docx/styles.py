"""The style sheet: chains of styles flattened once, each into a layer of what it says."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from trustaudit.parsing.docx.names import OFF, PARAGRAPH_PROPERTIES, RUN_PROPERTIES, VAL, WORD
from trustaudit.parsing.docx.properties import Ink, ParagraphProperties, Reader, RunProperties


@dataclass(frozen=True, slots=True)
class Layer:
    """What one level of the cascade says, its base styles included; ``names`` run from style to base."""

    run: RunProperties = field(default_factory=RunProperties)
    paragraph: ParagraphProperties = field(default_factory=ParagraphProperties)
    cell_shade: Ink | None = None
    names: tuple[str, ...] = ()
    conditions: tuple[tuple[str, Layer], ...] = ()  # of table styles: "firstRow" …
    bands: tuple[int, int] = (1, 1)  # rows and columns in one band

    def over(self, base: Layer) -> Layer:
        """This layer laid over another of the same level."""
        return Layer(
            base.run | self.run,
            base.paragraph | self.paragraph,
            base.cell_shade if self.cell_shade is None else self.cell_shade,
            (self.names + base.names)[:_NAMES],
            _joined(base.conditions, self.conditions),
            self.bands if self.bands != (1, 1) else base.bands,
        )


NOTHING = Layer()
_NAMES = 12  # of a chain that are worth knowing


class Styles:
    """Styles by id. A style that is missing, or whose chain goes in a circle, says nothing more."""

    def __init__(self, root: Element | None, reader: Reader) -> None:
        self._reader = reader
        self._nodes: dict[str, Element] = {}
        self._layers: dict[str, Layer] = {}
        self._default: dict[str, str] = {}
        self.defaults = NOTHING
        if root is None:
            return
        for node in root.iterchildren(WORD + "style"):
            name = node.get(WORD + "styleId") or ""
            self._nodes.setdefault(name, node)
            if (node.get(WORD + "default") or "0").lower() not in OFF:
                self._default.setdefault(node.get(WORD + "type") or "", name)
        for name, node in self._nodes.items():
            if (_value(node, "name") or "").lower() == "normal":
                self._default.setdefault("paragraph", name)  # Word's own, marked as the default or not
        self.defaults = Layer(
            reader.run(root.find(f"{WORD}docDefaults/{WORD}rPrDefault/{RUN_PROPERTIES}")),
            reader.paragraph(root.find(f"{WORD}docDefaults/{WORD}pPrDefault/{PARAGRAPH_PROPERTIES}")),
        )

    def layer(self, style: str | None, kind: str) -> Layer:
        """The flattened style, or the default one of its kind (paragraph, character, table)."""
        name = style if style in self._nodes else self._default.get(kind)
        if name is None:
            return NOTHING
        if name not in self._layers:
            self._flatten(name)
        return self._layers[name]

    def _flatten(self, name: str) -> None:
        chain: list[str] = []
        at: str | None = name
        while at in self._nodes and at not in self._layers and at not in chain:
            chain.append(at)
            at = _value(self._nodes[at], "basedOn")
        layer = self._layers.get(at or "", NOTHING)
        for step in reversed(chain):
            layer = self._read(self._nodes[step]).over(layer)
            self._layers[step] = layer

    def _read(self, node: Element) -> Layer:
        own = self._said(node)
        conditions = tuple(
            (part.get(WORD + "type") or "", self._said(part))
            for part in node.iterchildren(WORD + "tblStylePr")
        )
        bands = (_band(node, "tblStyleRowBandSize"), _band(node, "tblStyleColBandSize"))
        name = (_value(node, "name") or node.get(WORD + "styleId") or "").lower()
        return Layer(own.run, own.paragraph, own.cell_shade, (name,), conditions, bands)

    def _said(self, node: Element) -> Layer:
        shade = node.find(f"{WORD}tcPr/{WORD}shd")
        return Layer(
            self._reader.run(node.find(RUN_PROPERTIES)),
            self._reader.paragraph(node.find(PARAGRAPH_PROPERTIES)),
            None if shade is None else self._reader.shade(shade),
        )


def _joined(
    base: tuple[tuple[str, Layer], ...], over: tuple[tuple[str, Layer], ...]
) -> tuple[tuple[str, Layer], ...]:
    merged = dict(base)
    for name, layer in over:
        merged[name] = layer.over(merged[name]) if name in merged else layer
    return tuple(merged.items())


def _value(node: Element, child: str) -> str | None:
    found = node.find(WORD + child)
    return None if found is None else found.get(VAL)


def _band(node: Element, name: str) -> int:
    value = node.find(f"{WORD}tblPr/{WORD}{name}")
    text = "" if value is None else value.get(VAL) or ""
    return max(int(text), 1) if text.isdecimal() else 1
