"""The walk through a document: blocks in the order in which they are read."""

from __future__ import annotations

from dataclasses import replace

from lxml.etree import _Element as Element

from trustaudit.document import BlockKind, Hidden
from trustaudit.errors import LimitError
from trustaudit.parsing import kinds
from trustaudit.parsing.builder import Builder
from trustaudit.parsing.docx.cascade import Format
from trustaudit.parsing.docx.context import Context, Line, Scope, Story, passable
from trustaudit.parsing.docx.forms import prompt_name
from trustaudit.parsing.docx.inline import Inline
from trustaudit.parsing.docx.names import (
    ALTERNATE,
    PARAGRAPH,
    PARAGRAPH_PROPERTIES,
    RUN_PROPERTIES,
    VAL,
    WORD,
)
from trustaudit.parsing.docx.numbering import Label
from trustaudit.parsing.docx.properties import RunProperties, integer
from trustaudit.parsing.docx.tables import Tables

_OPEN = frozenset(
    WORD + name for name in ("sdtContent", "customXml", "ins", "moveTo", "smartTag", "body")
) | {ALTERNATE}
_LOOSE = frozenset({WORD + "r", WORD + "hyperlink", WORD + "fldSimple"})
_NARROW = 5_600  # twentieths of a point: half a page
_PAUSE = 64  # paragraphs between looks at the clock


class Walk:
    """Reads stories into one builder.

    Footnotes follow the paragraph (or the table) that refers to them, as on the page; endnotes come last.
    """

    def __init__(self, context: Context, builder: Builder) -> None:
        self._context = context
        self._builder = builder
        self._tables = Tables(context)
        self._endnotes: list[Element] = []
        self._footnotes: list[Element] = []
        self._carried: Line | None = None  # of a paragraph whose mark is deleted: it runs on in the next
        self._paragraphs = 0
        self._characters = 0

    def story(self, root: Element, story: Story) -> None:
        """A whole story: the body, one header, one note."""
        self._blocks(root, story, Scope(), Inline(self._context, story))
        self._flush(story)

    def endnotes(self) -> None:
        """The endnotes that were referred to, in order."""
        references, self._endnotes = self._endnotes, []
        self._notes(references, 1)

    def _blocks(self, container: Element, story: Story, scope: Scope, inline: Inline) -> None:
        self._context.check_depth(scope.depth)
        for node in container:
            tag = node.tag
            if tag == PARAGRAPH:
                self._paragraph(node, story, scope, inline)
            elif tag == WORD + "tbl":
                self._table(node, story, scope, inline)
            elif tag == WORD + "sdt":
                self._control(node, story, scope, inline)
            elif tag in _OPEN:
                inside = passable(node)
                if inside is not None:
                    self._blocks(inside, story, _deeper(scope), inline)
            elif tag == WORD + "altChunk":
                self._context.unread(
                    story.part, "a file of another format stands in the text and is not read"
                )
            elif tag in _LOOSE:
                self._context.unread(story.part, "text outside of any paragraph is not read")

    def _control(self, node: Element, story: Story, scope: Scope, inline: Inline) -> None:
        content = node.find(WORD + "sdtContent")
        if content is None:
            return
        gallery = node.find(f"{WORD}sdtPr/{WORD}docPartObj/{WORD}docPartGallery")
        contents = gallery is not None and gallery.get(VAL) == "Table of Contents"
        deeper = _deeper(scope, contents=scope.contents or contents)
        before, inline.prompt = inline.prompt, inline.prompt or prompt_name(node, content)
        self._blocks(content, story, deeper, inline)
        inline.prompt = before

    def _table(self, node: Element, story: Story, scope: Scope, inline: Inline) -> None:
        self._flush(story)
        for cell in self._tables.cells(node, scope.ground):
            inside = Scope(
                cell.layer, cell.ground, scope.cells + 1, scope.depth + 1, scope.contents, scope.aside
            )
            self._blocks(cell.content, story, inside, inline)
            self._flush(story)
        if not scope.cells:
            self._give_footnotes(scope.depth)

    def _paragraph(self, node: Element, story: Story, scope: Scope, inline: Inline) -> None:
        self._pace()
        context = self._context
        properties = node.find(PARAGRAPH_PROPERTIES)
        direct = context.reader.paragraph(properties)
        form = context.cascade.paragraph(direct, scope.layer, scope.ground)
        line, self._carried = self._carried or Line(), None
        inline.read(node, form, line)
        if properties is not None and _runs_on(properties):
            self._carried = line
            return
        mark = properties.find(RUN_PROPERTIES) if properties is not None else None
        marked = context.reader.run(mark)
        if line.pieces or not context.cascade.look(form, marked).hidden:
            place = replace(scope, aside=True) if _is_framed(properties) else scope
            self._emit(line, form, self._label(form, marked, line), story, place)
        self._after(line, story, scope)

    def _label(self, form: Format, mark: RunProperties, line: Line) -> tuple[Label, int] | None:
        """The number of a paragraph and its depth; counted even where the paragraph is empty."""
        said, numbering = form.paragraph, self._context.numbering
        number = said.get("number", "0")
        if number == "0":
            return None
        depth = said.get("depth")
        if depth is None:
            depth = numbering.depth(number, said.get("style", "")) or 0
        if line.pieces and all(piece[1].hidden is Hidden.STYLE for piece in line.pieces):
            look = self._context.cascade.look(form, mark)
            if look.hidden is Hidden.STYLE:
                return None  # a hidden paragraph is not counted
        label = numbering.label(number, depth)
        return (Label("", {}) if label is None else Label(label.text, mark | label.run)), depth

    def _emit(
        self, line: Line, form: Format, label: tuple[Label, int] | None, story: Story, scope: Scope
    ) -> None:
        text = line.text
        if not text.strip():
            return
        self._characters += len(text)
        numbered = label is not None and bool(label[0].text)
        kind, level = kinds.kind(
            form.names,
            form.paragraph.get("outline", kinds.BODY_LEVEL),
            text,
            strong=kinds.is_strong((piece[0], piece[1]) for piece in line.pieces),
            numbered=numbered,
            depth=label[1] if label else 0,
            cells=scope.cells,
        )
        if line.contents or scope.contents:
            kind, level = BlockKind.CONTENTS, 0
        if story.kind is not None:
            kind, level = story.kind, 0
            if line.page and kind is not BlockKind.FOOTNOTE and kinds.is_page_number(text):
                kind = BlockKind.PAGE_NUMBER
        self._builder.start(kind, level, aside=scope.aside)
        trace = self._context.trace
        if label is not None and numbered:
            look = self._context.cascade.look(form, label[0].run, lower=False)
            self._builder.add(label[0].text, look, trace.nowhere(len(label[0].text)) if trace else None)
        begun = not numbered  # blanks between a number and its text are the number's
        source = trace.line(story.part, line.origins) if trace else None
        for piece, style, link, placeholder in line.pieces:
            shown = piece if begun else piece.lstrip()
            begun = begun or bool(shown)
            origin = None if source is None else source + len(piece) - len(shown)
            self._builder.add(shown, style, origin, link=link, placeholder=placeholder)
            source = None if source is None else source + len(piece)

    def _after(self, line: Line, story: Story, scope: Scope) -> None:
        """What hangs on a paragraph: text boxes, diagrams, footnotes."""
        for frame in line.frames:
            boxed = Story(story.part, story.kind)
            around = Scope(ground=frame.ground, depth=scope.depth + 1, aside=frame.aside)
            self._blocks(frame.content, boxed, around, Inline(self._context, boxed))
            self._flush(boxed)
        for text in line.texts:
            self._characters += len(text)
            self._builder.start(story.kind or BlockKind.NOTE)
            trace = self._context.trace
            self._builder.add(text, source=trace.nowhere(len(text)) if trace else None)
        for reference in line.notes:
            endnote = reference.tag == WORD + "endnoteReference"
            (self._endnotes if endnote else self._footnotes).append(reference)
        if not scope.cells and story.kind is not BlockKind.FOOTNOTE:
            self._give_footnotes(scope.depth)

    def _give_footnotes(self, depth: int) -> None:
        references, self._footnotes = self._footnotes, []
        self._notes(references, depth + 1)

    def _notes(self, references: list[Element], depth: int) -> None:
        for reference in references:
            note = self._context.notes.take(reference)
            if note is None:
                continue
            story = Story(note.part, BlockKind.FOOTNOTE, note.mark)
            self._blocks(note.content, story, Scope(depth=depth), Inline(self._context, story))
            self._flush(story)

    def _flush(self, story: Story) -> None:
        """A paragraph that was to run on into one that never came stands by itself."""
        line, self._carried = self._carried, None
        if line is None:
            return
        form = self._context.cascade.paragraph({}, Scope().layer, Scope().ground)
        self._emit(line, form, None, story, Scope())
        self._after(line, story, Scope())

    def _pace(self) -> None:
        self._paragraphs += 1
        limits = self._context.package.limits
        if self._paragraphs % _PAUSE == 0:
            limits.check_time()
        if self._characters > limits.characters:
            raise LimitError(f"more than {limits.characters:,} characters")


def _deeper(scope: Scope, *, contents: bool | None = None) -> Scope:
    within = scope.contents if contents is None else contents
    return Scope(scope.layer, scope.ground, scope.cells, scope.depth + 1, within, scope.aside)


def _is_framed(properties: Element | None) -> bool:
    """The paragraph stands in a frame of its own, narrower than half a page, with the text beside it."""
    frame = None if properties is None else properties.find(WORD + "framePr")
    return frame is not None and 0 < integer(frame.get(WORD + "w"), 0) < _NARROW


def _runs_on(properties: Element) -> bool:
    """The paragraph's end is deleted or moved away, or it is a drop capital: the next one continues it."""
    mark = properties.find(RUN_PROPERTIES)
    if mark is not None and any(mark.find(WORD + name) is not None for name in ("del", "moveFrom")):
        return True
    frame = properties.find(WORD + "framePr")
    return frame is not None and (frame.get(WORD + "dropCap") or "none") != "none"
