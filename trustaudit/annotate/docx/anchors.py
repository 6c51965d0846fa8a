"""Where in the main part a note can be set: at the words themselves, or at what leads to them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from trustaudit.annotate.docx.canvas import Canvas, Edge
from trustaudit.annotate.docx.package import Parts
from trustaudit.document import Span
from trustaudit.parsing.docx.trace import Origin

_NOTES = ("footnote", "endnote")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A range of the main part; ``where`` says in words what it is where it is not the passage itself."""

    start: Edge
    end: Edge
    where: str = ""


@dataclass(frozen=True, slots=True)
class _Story:
    """A flow of text of the file: which part, and the text box or note in it."""

    part: str
    box: Element | None = None
    note: Element | None = None


@dataclass
class Anchors:
    """Finds the anchors of spans of one document.

    Word takes comments in the main text. A passage of a footnote is therefore marked at the footnote's mark,
    one of a text box at the box, and one of a page header nowhere.
    """

    parts: Parts
    canvas: Canvas
    origins: Sequence[Origin]
    _trees: dict[str, list[Element]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._starts = [each.start for each in self.origins]
        self._trees[self.parts.main] = self.canvas.elements
        self._numbers = {element: number for number, element in enumerate(self.canvas.elements)}

    def find(self, span: Span) -> Anchor | str:
        """The anchor, or why there is none."""
        pieces = list(self._pieces(span))
        if not pieces:
            return "its words are numbers of paragraphs or labels of a chart, not text of the file"
        story = self._story(pieces[0])
        if story.part != self.parts.main:
            return self._led(story)
        if story.box is not None:
            return self._whole(story.box, "in the text box here")
        same = [piece for piece in pieces if self._story(piece) == story]
        first, last = same[0], same[-1]
        return Anchor(
            Edge(first.element, first.offset),
            Edge(last.element, last.offset + last.end - last.start, end=True),
        )

    def end_of(self, span: Span, anchor: Anchor) -> Edge:
        """The end of a longer span, such as the sentence round a passage, in the same story."""
        whole = self.find(span)
        return anchor.end if isinstance(whole, str) or anchor.where else whole.end

    def _pieces(self, span: Span) -> Iterator[Origin]:
        """The stretches of the span, cut to it."""
        at = max(bisect_right(self._starts, span.start) - 1, 0)
        for each in self.origins[at:]:
            if each.start >= span.end:
                return
            start, end = max(each.start, span.start), min(each.end, span.end)
            if start < end:
                yield Origin(start, end, each.part, each.element, each.offset + start - each.start)

    def _story(self, piece: Origin) -> _Story:
        element = self._elements(piece.part)[piece.element]
        box = note = None
        for above in element.iterancestors():
            name = above.tag.rpartition("}")[2]
            if name == "txbxContent":
                box = above
            elif name in _NOTES:
                note = above
        return _Story(piece.part, box, note)

    def _elements(self, part: str) -> list[Element]:
        if part not in self._trees:
            self._trees[part] = list(self.parts.tree(part).iter("*"))
        return self._trees[part]

    def _led(self, story: _Story) -> Anchor | str:
        """The mark of the note that holds the words."""
        if story.note is None:
            return "it stands in a page header or footer, where Word takes no comments"
        name = story.note.tag.rpartition("}")[2]
        word = self.canvas.word
        for reference in self.canvas.root.iter(f"{word}{name}Reference"):
            gone = any(above.tag == word + "del" for above in reference.iterancestors())
            if reference.get(f"{word}id") == story.note.get(f"{word}id") and not gone:
                return self._whole(reference, f"in the {name} that this mark leads to")
        return f"the mark of its {name} is not in the text"

    def _whole(self, element: Element, where: str) -> Anchor:
        """A whole element of the main text; of a text box, the drawing that stands in the text."""
        word = self.canvas.word
        boxes = list(element.iterancestors(f"{word}txbxContent"))
        number = self._numbers[boxes[-1] if boxes else element]
        return Anchor(Edge(number, 0), Edge(number, 1, end=True), where)
