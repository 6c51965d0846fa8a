"""What stands inside a paragraph: runs, fields, links, symbols, references, in the order of reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lxml.etree import _Element as Element

from trustaudit.errors import LimitError
from trustaudit.parsing import symbols
from trustaudit.parsing.docx import drawing
from trustaudit.parsing.docx.cascade import Format
from trustaudit.parsing.docx.context import Context, Line, Story, alternative, passable
from trustaudit.parsing.docx.fields import Fields, substitute
from trustaudit.parsing.docx.forms import form_field, prompt_name
from trustaudit.parsing.docx.names import (
    ALTERNATE,
    MATH,
    RELATION_ID,
    RUN_PROPERTIES,
    WORD,
)  # fmt: skip
from trustaudit.parsing.docx.properties import RunProperties
from trustaudit.parsing.fieldcode import link_target
from trustaudit.parsing.xmltree import own_text

_TEXT = WORD + "t"
_RUN = WORD + "r"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PAUSE = 2048  # runs between looks at the clock
_DEEPEST = 200  # fields in fields
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"))
_SPACES = dict.fromkeys(map(ord, "\n\r"), " ")
_CHARACTERS = {
    WORD + "tab": "\t", WORD + "ptab": "\t", WORD + "br": "\n", WORD + "cr": "\n",
    WORD + "noBreakHyphen": "-",
}  # fmt: skip
_OPEN = frozenset(
    WORD + name for name in ("ins", "moveTo", "smartTag", "sdtContent", "customXml", "dir", "bdo")
) | {ALTERNATE}
_DRAWN = frozenset({WORD + "drawing", WORD + "pict", WORD + "object"})
_RULES = frozenset({MATH + "oMath", MATH + "oMathPara"})


class Inline:
    """Reads the content of paragraphs of one story into lines."""

    def __init__(self, context: Context, story: Story) -> None:
        self._context = context
        self._story = story
        self._fields: Fields = story.fields
        self._link = ""  # of the hyperlink element around
        self._runs = 0
        self.prompt = ""  # name of the content control around that shows its prompt

    def read(self, container: Element, form: Format, line: Line) -> None:
        """Add what a paragraph, or anything inside one, holds."""
        for node in container:
            tag = node.tag
            if tag == _RUN:
                self._run(node, form, line)
            elif tag in _OPEN:
                inside = passable(node)
                if inside is not None:
                    self.read(inside, form, line)
            elif tag in _SPECIAL:
                _SPECIAL[tag](self, node, form, line)
            elif tag in _RULES:
                self._formula(node, form, line)
        line.contents = line.contents or self._fields.in_list

    def _run(self, node: Element, form: Format, line: Line) -> None:
        self._runs += 1
        if self._runs % _PAUSE == 0:
            self._context.package.limits.check_time()
        properties = node.find(RUN_PROPERTIES)
        direct: RunProperties = {} if properties is None else self._context.reader.run(properties)
        self._contents(node, form, direct, line)

    def _contents(self, node: Element, form: Format, direct: RunProperties, line: Line) -> None:
        for child in node:
            if child.tag == _TEXT:
                self._text(child, form, direct, line)
            else:
                self._piece(child, form, direct, line)

    def _text(self, node: Element, form: Format, direct: RunProperties, line: Line) -> None:
        text = own_text(node)
        if not text:
            return
        loose = text[0].isspace() or text[-1].isspace()
        if loose and node.get(_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        if "\n" in text or "\r" in text:
            text = text.translate(_SPACES)
        if not text.isascii():
            text = text.translate(_INVISIBLE)
            text = self._shown(text, direct.get("font") or form.run.get("font", ""))
        self._add(text, form, direct, line, node)

    def _shown(self, text: str, font: str) -> str:
        shown = symbols.in_font(text, font)
        if symbols.UNKNOWN in shown and symbols.UNKNOWN not in text:
            self._context.unread(self._story.part, f"symbols of the font {font or '?'} have no known letters")
        return shown

    def _add(
        self, text: str, form: Format, direct: RunProperties, line: Line, node: Element | None = None
    ) -> None:
        if not text or not self._fields.visible:
            return
        style = self._context.cascade.look(form, direct)
        if style.caps and text == text.upper():  # small capitals leave capitals as large as they are
            style = self._context.cascade.look(form, direct, lower=False)
        self._fields.mark_shown()
        line.page = line.page or self._fields.page
        link = self._link or self._fields.link
        line.add(text, style, link, self.prompt or self._fields.placeholder, node)

    def _piece(self, node: Element, form: Format, direct: RunProperties, line: Line) -> None:
        tag = node.tag
        if tag in _CHARACTERS:
            self._add(_CHARACTERS[tag], form, direct, line, node)
        elif tag == WORD + "instrText":
            self._fields.instruct(own_text(node))
        elif tag in _PIECES:
            _PIECES[tag](self, node, form, direct, line)
        elif tag in _DRAWN:
            self._drawn(node, form, line)

    def note_mark(self, _node: Element, form: Format, direct: RunProperties, line: Line) -> None:
        """The mark of a note at its own beginning."""
        self._add(self._story.mark, form, direct, line)

    def alternatives(self, node: Element, form: Format, direct: RunProperties, line: Line) -> None:
        inside = alternative(node)
        if inside is not None:
            self._contents(inside, form, direct, line)

    def ruby(self, node: Element, form: Format, _direct: RunProperties, line: Line) -> None:
        """Text with a reading aid above it; the aid is left out."""
        for base in node.iterchildren(WORD + "rubyBase"):
            self.read(base, form, line)

    def _drawn(self, node: Element, form: Format, line: Line) -> None:
        if self._fields.visible:
            drawing.collect(node, self._context, self._story.part, form.ground, line)

    def symbol(self, node: Element, form: Format, direct: RunProperties, line: Line) -> None:
        try:
            code = int(node.get(WORD + "char") or "", 16)
        except ValueError:
            return
        font = node.get(WORD + "font") or ""
        shown = symbols.symbol(code, font)
        if shown == symbols.UNKNOWN:
            self._context.unread(self._story.part, f"symbols of the font {font or '?'} have no known letters")
        self._add(shown, form, direct, line, node)

    def reference(self, node: Element, form: Format, direct: RunProperties, line: Line) -> None:
        if not self._fields.visible:
            return
        self._add(self._context.notes.mark(node), form, direct, line, node)
        line.notes.append(node)

    def field_mark(self, node: Element, form: Format, direct: RunProperties, line: Line) -> None:
        kind = node.get(WORD + "fldCharType")
        if kind == "begin":
            if self._fields.depth >= _DEEPEST:
                raise LimitError(f"fields are nested more than {_DEEPEST} deep")
            self._fields.begin()
            prepared = form_field(node)
            if prepared is not None:
                self._fields.prepare(prepared)
        elif kind == "separate":
            self._fields.separate()
        elif kind == "end":
            self._end_field(form, direct, line)

    def _end_field(self, form: Format, direct: RunProperties, line: Line) -> None:
        entry = self._fields.end()
        if entry is None or entry.shown:
            return
        text = substitute(entry)
        if text and self._fields.visible:
            style = self._context.cascade.look(form, direct)
            line.add(text, style, self._link or entry.link, entry.placeholder)
        elif entry.name.startswith("INCLUDE") and entry.name != "INCLUDEPICTURE":
            self._context.unread(self._story.part, "text included from another file is not there")

    def simple_field(self, node: Element, form: Format, line: Line) -> None:
        self._fields.begin()
        self._fields.instruct(node.get(WORD + "instr") or "")
        self._fields.separate()
        self.read(node, form, line)
        self._end_field(form, {}, line)

    def hyperlink(self, node: Element, form: Format, line: Line) -> None:
        relation = self._context.package.relations(self._story.part).get(node.get(RELATION_ID) or "")
        anchor = node.get(WORD + "anchor")
        arguments = [relation.target] if relation is not None else []
        before, self._link = self._link, link_target(arguments + (["\\l", anchor] if anchor else []))
        self.read(node, form, line)
        self._link = before

    def control(self, node: Element, form: Format, line: Line) -> None:
        """A content control; one that shows its prompt is a placeholder by the name of the control."""
        content = node.find(WORD + "sdtContent")
        if content is None:
            return
        before = self.prompt
        self.prompt = before or prompt_name(node, content)
        self.read(content, form, line)
        self.prompt = before

    def _formula(self, node: Element, form: Format, line: Line) -> None:
        """A formula as one line of its signs, a fraction with a stroke; deleted ones left out."""
        deleted = {part for gone in node.iter(WORD + "del") for part in gone.iter(MATH + "t")}
        for part in node.iter(MATH + "t", MATH + "den"):
            if part not in deleted:
                self._add("/" if part.tag == MATH + "den" else own_text(part), form, {}, line, part)

    def subdocument(self, _node: Element, _form: Format, _line: Line) -> None:
        self._context.unread(self._story.part, "a subdocument in another file is not read")


_PIECES: Mapping[str, Callable[[Inline, Element, Format, RunProperties, Line], None]] = {
    WORD + "sym": Inline.symbol,
    WORD + "fldChar": Inline.field_mark,
    WORD + "footnoteReference": Inline.reference,
    WORD + "endnoteReference": Inline.reference,
    WORD + "footnoteRef": Inline.note_mark,
    WORD + "endnoteRef": Inline.note_mark,
    WORD + "ruby": Inline.ruby,
    ALTERNATE: Inline.alternatives,
}
_SPECIAL: Mapping[str, Callable[[Inline, Element, Format, Line], None]] = {
    WORD + "hyperlink": Inline.hyperlink,
    WORD + "fldSimple": Inline.simple_field,
    WORD + "sdt": Inline.control,
    WORD + "subDoc": Inline.subdocument,
}
