"""The walk through an OpenDocument text: blocks in the order in which they are read."""

from __future__ import annotations

from dataclasses import replace

from lxml.etree import _Element as Element

from trustaudit.document import BlockKind
from trustaudit.parsing import kinds
from trustaudit.parsing.builder import Builder
from trustaudit.parsing.odt import numbering
from trustaudit.parsing.odt.context import Context, Line, Note, Scope
from trustaudit.parsing.odt.inline import Around, Inline
from trustaudit.parsing.odt.names import DRAW, HEADING, ID, OFFICE, PARAGRAPH, TABLE, TEXT
from trustaudit.parsing.odt.numbering import Counter
from trustaudit.parsing.odt.styles import Flat
from trustaudit.parsing.xmltree import is_element

_PAUSE = 64  # paragraphs between looks at the clock
_SILENT = frozenset({
    TEXT + "tracked-changes", OFFICE + "forms", TEXT + "sequence-decls", TEXT + "variable-decls",
    TEXT + "user-field-decls", TEXT + "dde-connection-decls", OFFICE + "annotation",
    TABLE + "covered-table-cell",
    TEXT + "table-of-content-source", TEXT + "alphabetical-index-source", TEXT + "bibliography-source",
    TEXT + "illustration-index-source", TEXT + "table-index-source", TEXT + "user-index-source",
    TEXT + "object-index-source", TABLE + "shapes",
})  # fmt: skip
_INDEXES = frozenset(
    TEXT + name
    for name in (
        "table-of-content", "alphabetical-index", "illustration-index", "table-index", "user-index",
        "object-index", "bibliography",
    )
)  # fmt: skip


class Walk:
    """Reads elements into a builder; footnotes follow their paragraph or table, endnotes come last."""

    def __init__(self, context: Context, builder: Builder) -> None:
        self._context = context
        self._builder = builder
        self._inline = Inline(context)
        self._footnotes: list[Note] = []
        self._endnotes: list[Note] = []
        self._paragraphs = 0
        self._label = ""  # of the list item that begins here

    def blocks(self, container: Element, scope: Scope) -> None:
        """All blocks inside an element."""
        scope.check(self._context.limits)
        for node in container:
            tag = node.tag
            if tag in (PARAGRAPH, HEADING):
                self._paragraph(node, scope)
            elif tag == TEXT + "list":
                self._list(node, scope)
            elif tag == TEXT + "numbered-paragraph":
                self._numbered(node, scope)
            elif tag == TABLE + "table":
                self._table(node, scope)
            elif tag == TEXT + "section":
                hidden = scope.hidden or node.get(TEXT + "display") == "none"
                self.blocks(node, replace(scope, hidden=hidden, nested=scope.nested + 1))
            elif tag in _INDEXES:
                self.blocks(node, replace(scope, contents=True, nested=scope.nested + 1))
            elif is_element(node) and tag not in _SILENT:
                self._other(node, scope)

    def endnotes(self) -> None:
        notes, self._endnotes = self._endnotes, []
        self._give(notes, Scope(nested=1))

    def _other(self, node: Element, scope: Scope) -> None:
        """Frames anchored to the page; rows, bodies of indexes and what else only holds blocks."""
        if str(node.tag).startswith(DRAW):
            line = Line()
            holder = Around({}, scope.ground, scope.hidden)
            self._inline.child(node, holder, line)
            self._after(line, scope)
        else:
            self.blocks(node, replace(scope, nested=scope.nested + 1))

    def _table(self, node: Element, scope: Scope) -> None:
        style = self._context.styles.flat("table", node.get(TABLE + "style-name"))
        ground = style.said.get("ground", scope.ground)
        inside = replace(
            scope, ground=ground, cells=scope.cells + 1, nested=scope.nested + 1, list_depth=0, counter=None
        )
        for cell in node.iter(TABLE + "table-cell"):
            if _table_of(cell) is not node:
                continue
            own = self._context.styles.flat("table-cell", cell.get(TABLE + "style-name")).said
            self.blocks(cell, replace(inside, ground=own.get("ground", ground)))
        if not scope.cells:
            notes, self._footnotes = self._footnotes, []
            self._give(notes, scope)

    def _list(self, node: Element, scope: Scope) -> None:
        name = node.get(TEXT + "style-name") or scope.list_style
        counter = scope.counter if scope.list_depth else None
        if counter is None:
            counter = self._counter(node, name)
        inside = replace(
            scope, list_style=name, list_depth=scope.list_depth + 1, counter=counter, nested=scope.nested + 1
        )
        for item in node:
            if item.tag == TEXT + "list-item":
                self._item(item, inside)
            elif item.tag == TEXT + "list-header":
                self.blocks(item, inside)

    def _counter(self, node: Element, name: str) -> Counter:
        """A list begins to count anew unless it says that it continues one before."""
        known = self._context.counters
        before = node.get(TEXT + "continue-list")
        if before in known:
            counter = known[before]
        elif node.get(TEXT + "continue-numbering") == "true" and name in known:
            counter = known[name]
        else:
            counter = Counter()
        known[name] = counter
        identity = node.get(ID)
        if identity:
            known[identity] = counter
        return counter

    def _item(self, item: Element, scope: Scope) -> None:
        first = next((child for child in item if is_element(child)), None)
        if first is not None and first.tag in (PARAGRAPH, HEADING) and scope.counter is not None:
            start = item.get(TEXT + "start-value") or ""
            name = scope.list_style or self._paragraph_style(first).said.get("list_style", "")
            levels = self._context.lists.levels(name)
            begin = int(start) if start.isdecimal() else None
            self._label = numbering.label(levels, scope.list_depth, scope.counter, begin)
        self.blocks(item, scope)
        self._label = ""

    def _numbered(self, node: Element, scope: Scope) -> None:
        level = node.get(TEXT + "level") or "1"
        depth = int(level) if level.isdecimal() else 1
        name = node.get(TEXT + "style-name") or ""
        counter = self._context.counters.setdefault(node.get(TEXT + "list-id") or name, Counter())
        self._label = numbering.label(self._context.lists.levels(name), depth, counter)
        inside = replace(scope, list_style=name, list_depth=depth, counter=counter, nested=scope.nested + 1)
        self.blocks(node, inside)
        self._label = ""

    def _paragraph_style(self, node: Element) -> Flat:
        return self._context.styles.flat("paragraph", node.get(TEXT + "style-name"))

    def _paragraph(self, node: Element, scope: Scope) -> None:
        self._paragraphs += 1
        if self._paragraphs % _PAUSE == 0:
            self._context.limits.check_time()
        style = self._paragraph_style(node)
        hidden = scope.hidden or node.find(f".//{TEXT}hidden-paragraph[@{TEXT}is-hidden='true']") is not None
        around = Around(style.said, scope.ground, hidden)
        label, self._label = self._label, ""
        if node.tag == HEADING and not scope.list_depth:
            label = label or self._heading_label(node, style)
        written = node.find(TEXT + "number")
        if written is not None and (written.text or "").strip():
            label = f"{(written.text or '').strip()} "
        line = Line()
        self._inline.read(node, around, line)
        self._emit(line, label, node, style, scope, around)
        self._after(line, scope)

    def _heading_label(self, node: Element, style: Flat) -> str:
        level = _outline(node, style)
        if not level or node.get(TEXT + "is-list-header") == "true" or style.said.get("list_style") == "":
            return ""
        return numbering.label(self._context.lists.outline, level, self._context.headings)

    def _emit(self, line: Line, label: str, node: Element, style: Flat, scope: Scope, around: Around) -> None:
        text = line.text
        if not text.strip():
            return
        self._context.count(text)
        depth = max(scope.list_depth - 1, 0)
        kind, level = kinds.kind(
            style.names,
            (_outline(node, style) or kinds.BODY_LEVEL + 1) - 1,
            text,
            strong=kinds.is_strong((piece[0], piece[1]) for piece in line.pieces),
            numbered=bool(label),
            depth=depth,
            cells=scope.cells,
        )
        if scope.contents:
            kind, level = BlockKind.CONTENTS, 0
        if scope.kind is not None:
            kind, level = scope.kind, 0
            if line.page and kind is not BlockKind.FOOTNOTE and kinds.is_page_number(text):
                kind = BlockKind.PAGE_NUMBER
        self._builder.start(kind, level, aside=scope.aside)
        if label:
            self._builder.add(label, self._inline.style(around, label))
        for piece, look, link, placeholder in line.pieces:
            self._builder.add(piece, look, link=link, placeholder=placeholder)

    def _after(self, line: Line, scope: Scope) -> None:
        """What hangs on a paragraph: text boxes, then notes."""
        plain = Scope(scope.kind, scope.ground, scope.hidden, nested=scope.nested + 1)
        for frame, ground, aside in line.frames:
            self.blocks(frame, replace(plain, ground=ground, aside=aside))
        for note in line.notes:
            (self._endnotes if note.endnote else self._footnotes).append(note)
        if not scope.cells and scope.kind is not BlockKind.FOOTNOTE:
            notes, self._footnotes = self._footnotes, []
            self._give(notes, scope)

    def _give(self, notes: list[Note], scope: Scope) -> None:
        for note in notes:
            self._label = f"{note.mark} " if note.mark else ""
            self.blocks(note.body, Scope(BlockKind.FOOTNOTE, nested=scope.nested + 1))
            self._label = ""


def _outline(node: Element, style: Flat) -> int:
    """The outline level from 1; 0 for body text."""
    level = node.get(TEXT + "outline-level") or ""
    if node.tag == HEADING:
        return int(level) if level.isdecimal() else 1
    return style.said.get("outline", 0)


def _table_of(cell: Element) -> Element | None:
    parent = cell.getparent()
    while parent is not None and parent.tag != TABLE + "table":
        parent = parent.getparent()
    return parent
