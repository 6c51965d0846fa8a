"""What the walk through an OpenDocument text has at hand, and what it collects."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from trustaudit.document import BlockKind, Unread
from trustaudit.errors import LimitError
from trustaudit.parsing.builder import Style
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.odt.numbering import Counter, ListStyles
from trustaudit.parsing.odt.styles import Ink, Styles

_DEEPEST = 100  # a level takes several frames of Python's stack


@dataclass
class Context:
    """One part (content or page styles) of one document being read."""

    styles: Styles
    lists: ListStyles
    limits: Limits
    unread: list[Unread] = field(default_factory=list)
    counters: dict[str, Counter] = field(default_factory=dict)  # by list style, and by list id
    headings: Counter = field(default_factory=Counter)
    characters: int = 0

    def say(self, reason: str) -> None:
        entry = Unread("content.xml", reason)
        if entry not in self.unread:
            self.unread.append(entry)

    def count(self, text: str) -> None:
        """Raise ``LimitError`` where the document is too long."""
        self.characters += len(text)
        if self.characters > self.limits.characters:
            raise LimitError(f"more than {self.limits.characters:,} characters")


@dataclass(frozen=True, slots=True)
class Scope:
    """Where blocks stand. ``list_style`` and ``depth`` are those of the lists around."""

    kind: BlockKind | None = None  # overrides that of the blocks
    ground: Ink = "none"
    hidden: bool = False
    cells: int = 0
    list_style: str = ""
    list_depth: int = 0
    counter: Counter | None = None
    nested: int = 0
    contents: bool = False
    aside: bool = False

    def check(self, limits: Limits) -> None:
        """Raise ``LimitError`` where content is nested too deep."""
        if self.nested > min(limits.depth, _DEEPEST):
            raise LimitError(f"content is nested {self.nested} levels deep")


@dataclass(frozen=True, slots=True)
class Note:
    body: Element
    mark: str
    endnote: bool


@dataclass(slots=True)
class Line:
    """One paragraph's content as it is collected."""

    pieces: list[tuple[str, Style, str, str]] = field(default_factory=list)
    frames: list[tuple[Element, Ink, bool]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    blank: bool = True  # the last character is white space that takes up what follows
    page: bool = False

    def add(self, text: str, style: Style, link: str = "", placeholder: str = "") -> None:
        if self.pieces:
            before, look, leads, name = self.pieces[-1]
            if look == style and leads == link and name == placeholder:
                self.pieces[-1] = (before + text, style, link, placeholder)
                return
        self.pieces.append((text, style, link, placeholder))

    @property
    def text(self) -> str:
        return "".join(piece[0] for piece in self.pieces)
