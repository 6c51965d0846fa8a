"""What stands inside a paragraph of OpenDocument text."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from trustaudit.parsing.builder import Style
from trustaudit.parsing.odt.context import Context, Line, Note
from trustaudit.parsing.odt.looks import look
from trustaudit.parsing.odt.names import DRAW, LINK, OFFICE, PARAGRAPH, STYLE, SVG, TEXT
from trustaudit.parsing.odt.styles import Ink, Said, length, over
from trustaudit.parsing.xmltree import is_element

_BLANKS = re.compile(r"[ \t\r\n]+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"))
_SILENT = frozenset({
    OFFICE + "annotation", OFFICE + "annotation-end", OFFICE + "forms", TEXT + "ruby-text", TEXT + "script",
    TEXT + "tracked-changes", TEXT + "number", SVG + "title", SVG + "desc",
})  # fmt: skip
_PAGES = frozenset({TEXT + "page-number", TEXT + "page-count"})
_NARROW = 280.0  # points: half a page
_LARGE = (250.0, 150.0)  # points from which a picture is likely to hold text that is read
_MOST_SPACES = 1000
_PAUSE = 2048  # pieces between looks at the clock
_OBJECTS = (DRAW + "object", DRAW + "object-ole")


@dataclass(frozen=True, slots=True)
class Around:
    """What holds at a point of a paragraph."""

    said: Said
    ground: Ink
    hidden: bool
    link: str = ""
    placeholder: str = ""


class Inline:
    """Reads paragraphs into lines."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def read(self, node: Element, around: Around, line: Line) -> None:
        """Add what an element holds, in the order of reading."""
        self._text(node.text, around, line)
        for at, child in enumerate(node, 1):
            if at % _PAUSE == 0:
                self._context.limits.check_time()
            if is_element(child):
                self.child(child, around, line)
            self._text(child.tail, around, line)

    def style(self, around: Around, text: str) -> Style:
        return look(around.said, around.ground, hidden=around.hidden, lower=text != text.upper())

    def _text(self, text: str | None, around: Around, line: Line) -> None:
        if not text:
            return
        text = _BLANKS.sub(" ", text)
        if line.blank:
            text = text.lstrip(" ")
        if text:
            self._add(text.translate(_INVISIBLE), around, line)
            line.blank = text.endswith(" ")

    def _add(self, text: str, around: Around, line: Line) -> None:
        if text:
            line.add(text, self.style(around, text), around.link, around.placeholder)
            line.blank = False

    def child(self, node: Element, around: Around, line: Line) -> None:
        tag = str(node.tag)
        if tag in _SILENT:
            return
        if tag == TEXT + "s":
            count = node.get(TEXT + "c") or "1"
            self._add(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES), around, line)
        elif tag == TEXT + "tab":
            self._add("\t", around, line)
        elif tag == TEXT + "line-break":
            self._add("\n", around, line)
        elif tag == TEXT + "note":
            self._note(node, around, line)
        elif tag.startswith(DRAW):
            self._drawn(node, around, line)
        else:
            self._held(node, tag, around, line)

    def _held(self, node: Element, tag: str, around: Around, line: Line) -> None:
        """A span, a link, a field: its content under what it says."""
        if tag == TEXT + "span":
            style = self._context.styles.flat("text", node.get(TEXT + "style-name"))
            around = replace(around, said=over(around.said, style.said))
        elif tag == TEXT + "a":
            around = replace(around, link=node.get(LINK) or "")
        elif tag == TEXT + "placeholder":
            around = replace(around, placeholder="".join(map(str, node.itertext())).strip("<> ") or "?")
        elif tag == TEXT + "database-display":
            around = replace(around, placeholder=node.get(TEXT + "column-name") or "?")
        elif tag == TEXT + "hidden-text":
            self._hidden(node, around, line)
            return
        elif tag == TEXT + "hidden-paragraph" or node.get(TEXT + "display") == "none":
            return
        line.page = line.page or tag in _PAGES
        self.read(node, around, line)

    def _hidden(self, node: Element, around: Around, line: Line) -> None:
        text = node.get(TEXT + "string-value") or "".join(map(str, node.itertext()))
        hidden = node.get(TEXT + "is-hidden", "true") == "true"
        self._add(text, replace(around, hidden=around.hidden or hidden), line)

    def _note(self, node: Element, around: Around, line: Line) -> None:
        citation, body = node.find(TEXT + "note-citation"), node.find(TEXT + "note-body")
        written = "" if citation is None else "".join(map(str, citation.itertext())).strip()
        mark = f"[{written}]" if written else ""
        own = citation is not None and citation.get(TEXT + "label") is not None
        self._add(written if own else mark, around, line)
        if body is not None:
            line.notes.append(Note(body, mark, node.get(TEXT + "note-class") == "endnote"))

    def _drawn(self, node: Element, around: Around, line: Line) -> None:
        """Text boxes and shapes with text are read after the paragraph; pictures and objects are named."""
        style = self._context.styles.flat("graphic", node.get(DRAW + "style-name"))
        ground = style.said.get("ground", around.ground)
        if node.tag == DRAW + "a":
            around = replace(around, link=node.get(LINK) or "")
        if any(child.tag in _OBJECTS for child in node):
            self._context.say("an embedded object is not read: only its picture is shown")
            return
        if any(child.tag == DRAW + "image" for child in node) and _is_large(node):
            self._context.say("a large picture: text in it is not read")
        if node.tag == DRAW + "text-box" or any(child.tag in (PARAGRAPH, TEXT + "list") for child in node):
            line.frames.append((node, ground, _is_beside(node)))
            return
        for child in node:
            if is_element(child) and child.tag.startswith(DRAW):
                self._drawn(child, replace(around, ground=ground), line)


def _is_beside(node: Element) -> bool:
    """Whether text flows beside a frame: it is not set in a line, and less than half as wide as a page."""
    for holder in (node, node.getparent()):
        width = None if holder is None else length(holder.get(SVG + "width"))
        if holder is not None and width is not None:
            return 0 < width < _NARROW and holder.get(TEXT + "anchor-type") not in (None, "as-char")
    return False


def _is_large(node: Element) -> bool:
    width, height = (length(node.get(SVG + name)) or 0.0 for name in ("width", "height"))
    return width >= _LARGE[0] and height >= _LARGE[1]


def style_name(node: Element) -> str | None:
    """The paragraph style that an element names."""
    return node.get(TEXT + "style-name") or node.get(STYLE + "style-name")
