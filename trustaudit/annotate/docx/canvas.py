"""One part of a DOCX in which marks are set: runs are cut at their edges, nothing else changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import pairwise

from lxml.etree import _Element as Element

Place = tuple[int, int]
"""A child of a run, and how many characters of it stand before the place."""

_BLANKS = " \t\r\n"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_INVISIBLE = frozenset("\u00ad\u200b\ufeff")  # left out of the document's text, as by the parser
_HOLDERS = (
    "p", "hyperlink", "ins", "moveTo", "smartTag", "sdtContent", "fldSimple", "customXml", "dir", "bdo",
)  # fmt: skip
"""What runs stand in."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A place in the text: before (or at the end of a range: after) a character of an element.

    ``element`` is its number in the part, ``offset`` counts the characters that it shows.
    """

    element: int
    offset: int
    end: bool = False


@dataclass
class Canvas:
    """The tree of a part; cut once at all edges, then marks are set beside what the edges became."""

    root: Element
    elements: list[Element] = field(default_factory=list)
    _at: dict[Edge, Element] = field(default_factory=dict)
    _last: dict[Element, Element] = field(default_factory=dict)  # what was set behind an element last

    def __post_init__(self) -> None:
        self.elements = list(self.root.iter("*"))
        self.word = self.root.tag.rpartition("}")[0] + "}"
        self._holders = frozenset(self.word + name for name in _HOLDERS)

    def cut(self, edges: Iterable[Edge]) -> None:
        """Cut the runs so that one begins or ends at each edge."""
        by_run: dict[Element, set[Edge]] = {}
        for edge in edges:
            element = self.elements[edge.element]
            unit = self.unit(element)
            if unit.tag == self.word + "r" and element.getparent() is unit:
                by_run.setdefault(unit, set()).add(edge)
            else:
                self._at[edge] = unit
        for run, wanted in by_run.items():
            self._cut(run, wanted)

    def unit(self, element: Element) -> Element:
        """The run, formula or drawing that the element belongs to: what stands beside other runs."""
        node = element
        while (parent := node.getparent()) is not None and parent.tag not in self._holders:
            node = parent
        formula = [each for each in node.iterancestors() if each.tag.startswith(_MATH)]
        return formula[-1] if formula else node

    def top(self, unit: Element) -> Element:
        """The unit, or the link, insertion or control round it that stands in the paragraph itself."""
        node = unit
        while (parent := node.getparent()) is not None and parent.tag != self.word + "p":
            node = parent
        return node

    def at(self, edge: Edge) -> Element:
        return self._at[edge]

    def before(self, unit: Element, mark: Element) -> None:
        """Set a mark before a unit; later ones stand nearer to it."""
        unit.addprevious(mark)

    def behind(self, unit: Element, mark: Element) -> None:
        """Set a mark behind a unit; later ones stand farther from it."""
        last = self._last.get(unit, unit)
        last.addnext(mark)
        self._last[unit] = mark

    def _cut(self, run: Element, edges: set[Edge]) -> None:
        properties = run.find(self.word + "rPr")
        children = [child for child in run if child is not properties]
        places = {edge: self._place(children, edge) for edge in edges}
        inner = {place for place in places.values() if (0, 0) < place < (len(children), 0)}
        pieces: list[tuple[Place, Element]] = [((0, 0), run)]
        for place, atom in self._atoms(children, inner):
            if place in inner:
                pieces.append((place, _another(pieces[-1][1], properties)))
            if pieces[-1][1] is not atom.getparent():
                pieces[-1][1].append(atom)
        for edge, place in places.items():
            reached = [piece for begin, piece in pieces if begin < place or (begin == place and not edge.end)]
            self._at[edge] = reached[-1] if reached else run

    def _place(self, children: list[Element], edge: Edge) -> Place:
        """Which child of its run an edge stands before, and how many of its characters."""
        element = self.elements[edge.element]
        index = children.index(element)
        if element.tag != self.word + "t" or len(element):
            return index + edge.end, 0
        places = shown(element)
        if edge.end:
            raw = places[min(edge.offset, len(places)) - 1] + 1
            return (index, raw) if edge.offset < len(places) else (index + 1, 0)
        return index, places[edge.offset] if edge.offset else 0

    def _atoms(self, children: list[Element], inner: set[Place]) -> Iterator[tuple[Place, Element]]:
        """The children in order, texts cut at the places inside of them."""
        for index, child in enumerate(children):
            cuts = sorted(offset for at, offset in inner if at == index and offset)
            if not cuts:
                yield (index, 0), child
                continue
            text = child.text or ""
            kept = kept_range(child)
            child.text = text[kept.start : cuts[0]]
            child.set(_SPACE, "preserve")
            yield (index, 0), child
            for offset, until in pairwise([*cuts, kept.stop]):
                atom = child.makeelement(child.tag, {_SPACE: "preserve"})
                atom.text = text[offset:until]
                yield (index, offset), atom


def _another(run: Element, properties: Element | None) -> Element:
    """An empty run set like this one, behind it."""
    made = run.makeelement(run.tag, {str(name): str(value) for name, value in run.attrib.items()})
    if properties is not None:
        made.append(deepcopy(properties))
    run.addnext(made)
    return made


def kept_range(node: Element) -> range:
    """The places of an element's text that count: blanks at its ends do where it says so."""
    text = node.text or ""
    loose = bool(text) and (text[0].isspace() or text[-1].isspace())
    if not loose or node.get(_SPACE) == "preserve":
        return range(len(text))
    begin = len(text) - len(text.lstrip(_BLANKS))
    return range(begin, max(len(text.rstrip(_BLANKS)), begin))


def shown(node: Element) -> list[int]:
    """The places, in an element's text, of the characters that it shows, one by one."""
    text = node.text or ""
    return [place for place in kept_range(node) if text[place] not in _INVISIBLE]
