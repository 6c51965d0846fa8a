"""What every part of the walk needs at hand, and the small values that it passes on."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from trustaudit.document import BlockKind, Unread
from trustaudit.errors import LimitError
from trustaudit.parsing.builder import Style
from trustaudit.parsing.docx.cascade import Cascade, Ground
from trustaudit.parsing.docx.fields import Fields
from trustaudit.parsing.docx.names import ALTERNATE, COMPAT
from trustaudit.parsing.docx.notes import Notes
from trustaudit.parsing.docx.numbering import Numbering
from trustaudit.parsing.docx.package import Package
from trustaudit.parsing.docx.properties import Reader
from trustaudit.parsing.docx.styles import NOTHING, Layer, Styles
from trustaudit.parsing.docx.theme import Theme
from trustaudit.parsing.docx.trace import Trace

_UNDERSTOOD = (
    "http://schemas.microsoft.com/office/word/",
    "http://schemas.microsoft.com/office/drawing/2010/main",
)


@dataclass(frozen=True)
class Context:
    """One document being read."""

    package: Package
    theme: Theme
    reader: Reader
    styles: Styles
    cascade: Cascade
    numbering: Numbering
    notes: Notes
    symbols_lost: set[str] = field(default_factory=set)
    trace: Trace | None = None  # where somebody wants to know which element each character is from

    def unread(self, where: str, reason: str) -> None:
        """Say once that something is not in the text."""
        entry = Unread(where, reason)
        if entry not in self.package.unread:
            self.package.unread.append(entry)

    def check_depth(self, depth: int) -> None:
        """Raise ``LimitError`` where tables, boxes and controls are nested too deep."""
        if depth > min(self.package.limits.depth, 120):  # a level takes several frames of Python's stack
            raise LimitError(f"content is nested {depth} levels deep")


@dataclass(frozen=True)
class Story:
    """A flow of text: the body, a header, one note. ``kind`` overrides that of its blocks."""

    part: str
    kind: BlockKind | None = None
    mark: str = ""  # of a note
    fields: Fields = field(default_factory=Fields)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where in a story blocks stand: in which table format, on which ground, how deep."""

    layer: Layer = NOTHING
    ground: Ground = field(default_factory=Ground)
    cells: int = 0  # tables around
    depth: int = 0  # containers around
    contents: bool = False
    aside: bool = False  # beside the text


@dataclass(frozen=True, slots=True)
class Frame:
    """A text box, to be read after the paragraph that holds it."""

    content: Element
    ground: Ground
    aside: bool = False


Piece = tuple[str, Style, str, str]
"""Text, its look, the target of its link, the name of its placeholder."""


@dataclass(slots=True)
class Line:
    """One paragraph's content as it is collected."""

    pieces: list[Piece] = field(default_factory=list)
    frames: list[Frame] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)  # of diagrams and charts, a paragraph each
    notes: list[Element] = field(default_factory=list)
    page: bool = False  # holds a page number
    contents: bool = False  # stands in a table of contents
    origins: list[tuple[int, Element | None]] = field(default_factory=list)  # characters, from which element

    def add(
        self, text: str, style: Style, link: str = "", placeholder: str = "", node: Element | None = None
    ) -> None:
        if not text:
            return
        self.origins.append((len(text), node))
        if self.pieces:
            before, look, leads, name = self.pieces[-1]
            if look is style and leads == link and name == placeholder:
                self.pieces[-1] = (before + text, style, link, placeholder)
                return
        self.pieces.append((text, style, link, placeholder))

    @property
    def text(self) -> str:
        return "".join(piece[0] for piece in self.pieces)


def alternative(node: Element) -> Element | None:
    """The one branch of an ``mc:AlternateContent`` to read: the first understood, else the fallback."""
    fallback = first = None
    for child in node:
        if child.tag == COMPAT + "Choice":
            first = child if first is None else first
            prefixes = (child.get("Requires") or "").split()
            if all((child.nsmap.get(name) or "").startswith(_UNDERSTOOD) for name in prefixes):
                return child
        elif child.tag == COMPAT + "Fallback":
            fallback = child
    return first if fallback is None else fallback


def passable(node: Element) -> Element | None:
    """The element whose children stand in the place of this one."""
    return alternative(node) if node.tag == ALTERNATE else node
