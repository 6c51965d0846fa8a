"""Text as a browser lays it out: white space folded, entities decoded, each piece with its place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from trustaudit.document import BlockKind
from trustaudit.parsing.builder import Builder, Style
from trustaudit.parsing.templates import Template

_SPACES = " \t\r\n\f"
_FILLERS = "\xa0\xad\u034f\u200b\u200c\u200d\u2007\u200e\u200f\u2060\ufeff"
"""What fills a preview line or a spacer cell: nothing to see, unless words follow in the same block."""

_WORDS = re.compile(r"[^ \t\r\n\f]+(?: [^ \t\r\n\f]+)*")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,32});?")

Piece = tuple[str, int]
"""Characters, and where they begin in the source."""


def decoded(canvas: str, start: int, end: int) -> Iterator[tuple[str, int, bool]]:
    """A range cut at its entities: characters, their place, and whether they stand for an entity."""
    at = start
    if "&" in canvas[start:end]:
        for found in _ENTITY.finditer(canvas, start, end):
            text = html.unescape(found.group())
            if text == found.group():
                continue
            if found.start() > at:
                yield canvas[at : found.start()], at, False
            yield text, found.start(), True
            at = found.end()
    if at < end:
        yield canvas[at:end], at, False


def plain(template: Template, start: int, end: int) -> str:
    """A range of the source as text, white space folded: for titles and link texts."""
    parts = []
    for begin, stop, slot in template.pieces(start, end):
        if slot:
            parts.append(template.canvas[begin:stop])
        else:
            parts += [text for text, _, _ in decoded(template.canvas, begin, stop)]
    return " ".join("".join(parts).split())


class Flow:
    """Fills a builder the way a page fills with text."""

    def __init__(self, template: Template, builder: Builder) -> None:
        self.template = template
        self.builder = builder
        self.kind, self.level, self.aside = BlockKind.PARAGRAPH, 0, False
        self.written = False  # whether any text was laid out at all
        self.fresh = True  # whether the block that is open has no text yet
        self._blank = True  # whether white space that follows is dropped
        self._breaks = 0
        self._begins = True
        self._fillers: list[tuple[str, int, Style, str]] = []

    def block(self, kind: BlockKind, level: int, aside: bool = False) -> None:
        """Begin a block; one without text is begun again, so that the innermost kind counts."""
        self.kind, self.level, self.aside = kind, level, aside
        self.fresh = self._blank = self._begins = True
        self._breaks = 0
        self._fillers.clear()

    def line_break(self) -> None:
        """``<br>``: one ends the line, two with nothing between them end the paragraph."""
        if not self.fresh:
            self._breaks += 1
            self._blank = True

    def space(self, style: Style) -> None:
        """White space between two pieces."""
        if not self._blank:
            self.builder.add(" ", style)
            self._blank = True

    def text(self, start: int, end: int, style: Style, keep: bool, link: str) -> None:
        """Lay out a range of the source."""
        canvas = self.template.canvas
        for begin, stop, slot in self.template.pieces(start, end):
            if slot:
                self._put(canvas[begin:stop], begin, style, link)
                continue
            for text, at, entity in decoded(canvas, begin, stop):
                if entity or keep:
                    self._put(text, at, style, link)
                else:
                    self._fold(text, at, style, link)

    def _fold(self, text: str, at: int, style: Style, link: str) -> None:
        """White space becomes one blank, which stands where the first of it stood."""
        if text[0] in _SPACES and not self._blank:
            self.builder.add(" ", style, at, link)
            self._blank = True
        for found in _WORDS.finditer(text):
            ended = found.end() < len(text)
            self._put(found.group() + " " if ended else found.group(), at + found.start(), style, link)
            self._blank = ended

    def _put(self, text: str, at: int, style: Style, link: str) -> None:
        if text[0] in _FILLERS and not text.strip(_FILLERS + _SPACES):
            self._fillers.append((text, at, style, link))
            self._blank = False
            return
        if self._fillers:
            held, self._fillers = self._fillers, []
            for filler in held if not self.fresh else ():
                self._add(*filler)
        self._add(text, at, style, link)

    def _add(self, text: str, at: int, style: Style, link: str) -> None:
        if self._begins:
            self.builder.start(self.kind, self.level, aside=self.aside)
            self._begins = False
        if self._breaks:
            self._broken(style)
        self.builder.add(text, style, at, link)
        self.fresh = self._blank = False
        self.written = True

    def _broken(self, style: Style) -> None:
        breaks, self._breaks = self._breaks, 0
        if breaks > 1:
            self.builder.start(self.kind, self.level, aside=self.aside)
        else:
            self.builder.add("\n", style)
