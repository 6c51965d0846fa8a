"""The machine that follows an RTF token by token: groups save and restore, words act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from trustaudit.document import Unread
from trustaudit.errors import LimitError
from trustaudit.parsing import symbols
from trustaudit.parsing.builder import Style
from trustaudit.parsing.fieldcode import LIST_FIELDS
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.rtf import charsets
from trustaudit.parsing.rtf.flow import Piece, Story
from trustaudit.parsing.rtf.header import Tables
from trustaudit.parsing.rtf.looks import Look, Painter, Paragraph
from trustaudit.parsing.rtf.tokens import group_end

_PICTURED = ("symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings")


@dataclass(slots=True)
class Field:
    """A field and what is known of it before its result."""

    instruction: list[str] = field(default_factory=list)
    name: str = ""
    link: str = ""
    placeholder: str = ""
    box: str = ""  # what a form field shows by itself
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Mode:
    """What text means at a point."""

    silent: bool = False  # inside a drawing, but not in a text box
    label: bool = False  # the text of an automatic number
    instruction: bool = False  # of a field


@dataclass(slots=True)
class Group:
    """What a closing brace brings back, and what it does first."""

    look: Look
    paragraph: Paragraph
    skip_count: int
    mode: Mode
    closing: list[Callable[[], None]] = field(default_factory=list)


class Machine:
    """The state at one point of the source."""

    def __init__(self, source: str, limits: Limits) -> None:
        self.source = source
        self.limits = limits
        self.at = 0
        self.tables = Tables()
        self.first_page = "\\titlepg" in source  # it has a header of its own
        self.facing_pages = "\\facingp" in source  # left ones have headers of their own
        self.backdrop = "\\shpfblwtxt1" in source  # something is drawn behind the text
        self.painter = Painter((), self.backdrop)
        self.unread: list[Unread] = []
        self.body = Story()
        self.headers: list[Story] = []
        self.footers: list[Story] = []
        self.stories = [self.body]
        self.fields: list[Field] = []
        self.groups: list[Group] = []
        self.look, self.plain, self.paragraph, self.mode = Look(), Look(), Paragraph(), Mode()
        self.codec = "cp1252"
        self.star = False
        self.skip_count, self.to_skip = 1, 0  # characters that stand for a Unicode one in old readers
        self.cells: list[int] = []  # shading of the row's cells, and which of them is being read
        self.cell = 0
        self.notes = {False: 0, True: 0}  # footnotes and endnotes so far
        self._bytes = bytearray()
        self._styles: dict[object, Style] = {}
        self._length = 0

    @property
    def story(self) -> Story:
        return self.stories[-1]

    @property
    def midway(self) -> bool:
        """Bytes wait for those that belong to them."""
        return bool(self._bytes)

    def open(self) -> None:
        """A brace opens. Raise ``LimitError`` where groups are nested too deep."""
        self.flush()
        if len(self.groups) >= self.limits.depth:
            raise LimitError(f"groups are nested more than {self.limits.depth} deep")
        self.groups.append(Group(self.look, self.paragraph, self.skip_count, self.mode))
        self.star, self.to_skip = False, 0

    def close(self) -> None:
        """A brace closes."""
        self.flush()
        if not self.groups:
            return
        group = self.groups[-1]
        for act in reversed(group.closing):
            act()
        self.groups.pop()
        self.look, self.paragraph = group.look, group.paragraph
        self.skip_count, self.mode, self.to_skip = group.skip_count, group.mode, 0

    def on_close(self, act: Callable[[], None]) -> None:
        """Do something when the group around ends."""
        if self.groups:
            self.groups[-1].closing.append(act)

    def skip_group(self) -> str:
        """Jump to the end of the group around; what is jumped over."""
        end = group_end(self.source, self.at)
        inside, self.at = self.source[self.at : end], end
        return inside

    def begin_story(self, story: Story) -> None:
        """Text goes into a story of its own until the group ends."""
        self.flush()
        fields, self.fields = self.fields, []
        self.stories.append(story)
        self.mode, self.paragraph = Mode(), Paragraph()

        def end() -> None:
            self.end_line()
            self.stories.pop()
            self.fields = fields

        self.on_close(end)

    def end_line(self) -> None:
        """A paragraph ends; one whose end is deleted runs on into the next."""
        self.flush()
        if not self.look.deleted and not self.mode.silent:
            self.story.end_line(self.paragraph)

    def text(self, text: str) -> None:
        """Characters as they stand in the source (one for each byte)."""
        if self.to_skip:
            self.to_skip, text = max(self.to_skip - len(text), 0), text[self.to_skip :]
        if self._bytes or not text.isascii() or self._is_pictured():
            self._bytes += text.encode("latin-1", "replace")
        elif text:
            self.emit(text)

    def byte(self, value: int) -> None:
        if self.to_skip:
            self.to_skip -= 1
        else:
            self._bytes.append(value)

    def flush(self) -> None:
        """Turn the bytes collected into text."""
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        if self._is_pictured():
            font = self.tables.fonts.get(self.look.font, "")
            self.emit("".join(symbols.symbol(code, font) for code in data))
            return
        codec = charsets.of_font(self.tables.charsets.get(self.look.font, 1)) or self.codec
        try:
            self.emit(data.decode(codec))
        except UnicodeDecodeError:
            self.emit(data.decode(codec, "replace"))

    def emit(self, text: str) -> None:
        """Text, decoded, into the place that is being read."""
        if self.mode.silent or self.look.deleted or self.look.suppressed:
            return
        if self.mode.instruction:
            if self.fields:
                self.fields[-1].instruction.append(text)
            return
        self._length += len(text)
        if self._length > self.limits.characters:
            raise LimitError(f"more than {self.limits.characters:,} characters")
        text = symbols.in_font(text, self.tables.fonts.get(self.look.font, ""))
        link = next((entry.link for entry in reversed(self.fields) if entry.link), "")
        name = next((entry.placeholder for entry in self.fields if entry.placeholder), "")
        for entry in self.fields:
            entry.shown = True
            if entry.name in LIST_FIELDS:
                self.story.line.contents = True
        self.story.add(Piece(text, self._style(text), link, name), label=self.mode.label)

    def _style(self, text: str) -> Style:
        lower = text != text.upper()
        cell = self.cells[self.cell] if self.paragraph.in_table and self.cell < len(self.cells) else 0
        key = (self.look, self.paragraph, cell, lower)
        if key not in self._styles:
            self._styles[key] = self.painter.style(self.look, self.paragraph, cell, lower=lower)
        return self._styles[key]

    def _is_pictured(self) -> bool:
        font = self.look.font
        return (
            self.tables.charsets.get(font) == charsets.SYMBOL and self.tables.fonts.get(font, "") in _PICTURED
        )
