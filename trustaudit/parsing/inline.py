"""Inline Markdown with places: each token of markdown-it remembers where in its content it began."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block.reference import reference
from markdown_it.rules_block.state_block import StateBlock
from markdown_it.rules_inline.state_inline import StateInline
from markdown_it.token import Token

from trustaudit.parsing.builder import Style
from trustaudit.parsing.markup.kinds import BLOCKS


class _State(StateInline):
    """Notes for each token the offset in the content at which it was pushed."""

    begun = 0

    def append_pending(self, text: str) -> None:
        if not self.pending:
            self.begun = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802  markdown-it's name
        token = super().pushPending()
        token.meta["at"] = self.begun
        return token

    def push(self, ttype: str, tag: str, nesting: Any) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta["at"] = self.pos
        return token


_MARKS = "[*_`&<!~"
_MOST_MARKS = 5000
"""In one paragraph; what has more is no prose, would cost minutes, and is read as it stands."""


class _Inline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Parse with places; adjacent texts stay apart, because they may not be adjacent in the source."""
        state = _State(src, md, env, tokens)
        if sum(map(src.count, _MARKS)) > _MOST_MARKS:
            state.pending, state.pos = src, 0
            state.pushPending()
            return state.tokens
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    made.inline = _Inline()
    made.inline.ruler2.disable("fragments_join")
    made.inline.ruler.disable("linkify")
    made.core.ruler.disable("text_join")
    made.block.ruler.at("reference", _reference)
    return made


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A link's definition; ``[^1]: …`` is a footnote and not one."""
    at = state.bMarks[start] + state.tShift[start]
    return False if state.src.startswith("[^", at) else reference(state, start, end, silent)


def normalised(source: str) -> str:
    """What the parser would change itself, changed without moving a line or column."""
    return source.replace("\0", "\ufffd").replace("\r\n", " \n").replace("\r", "\n")


def tokens(source: str) -> list[Token]:
    """The tokens of a normalised source."""
    return _parser().parse(source)


@dataclass(frozen=True)
class Content:
    """A token's content, line by line at its place in the source."""

    text: str
    starts: tuple[int, ...]  # of the lines in the content
    sources: tuple[int, ...]  # of the same lines in the source
    end: int

    @staticmethod
    def of_lines(text: str, source: str, lines: Sequence[int], first: int) -> Content:
        """Each line of the content stands in its own line of the source, behind what marks the block."""
        return _aligned(text, source, lines, first, 0)

    def source(self, offset: int) -> int:
        """Where an offset of the content stands in the source."""
        line = max(bisect_right(self.starts, offset) - 1, 0)
        return self.sources[line] + offset - self.starts[line]

    def cut(self, start: int, end: int) -> Iterator[tuple[str, int]]:
        """A range of the content in pieces that are whole in the source."""
        while start < end:
            line = bisect_right(self.starts, start)
            stop = min(self.starts[line] if line < len(self.starts) else end, end)
            yield self.text[start:stop], self.source(start)
            start = stop


def located(token: Token, source: str, lines: Sequence[int], after: int) -> Content:
    """Where an inline token's content stands; ``after`` is where the one before ended."""
    first = token.map[0] if token.map else 0
    return _aligned(token.content, source, lines, first, after)


def _aligned(text: str, source: str, lines: Sequence[int], first: int, after: int) -> Content:
    starts, sources = [], []
    offset, at, number = 0, after, first
    for line in text.split("\n"):
        begin = max(lines[number] if number < len(lines) else len(source), at)
        stop = lines[number + 1] if number + 1 < len(lines) else len(source)
        found = source.find(line, begin, stop)
        if found < 0 and line.strip():  # tabs were expanded, or escapes of a table taken out
            blanks = len(line) - len(line.lstrip())
            found = source.find(line.strip(), begin, stop)
            found = found if found >= 0 else source.find(line.split()[0], begin, stop)
            found = max(found - blanks, 0) if found >= 0 else found
        at = found if found >= 0 else begin
        starts.append(offset)
        sources.append(at)
        offset += len(line) + 1
        at += len(line)
        number += 1
    return Content(text, tuple(starts), tuple(sources), at)


@dataclass(frozen=True, slots=True)
class InlinePiece:
    """What is added to the builder."""

    text: str
    style: Style
    source: int | None
    link: str


_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")
_BOLD = {"b", "strong"}
_ITALIC = {"i", "em", "cite"}


_SINGLE = {"softbreak": " ", "hardbreak": "\n", "text_special": ""}


def pieces(children: list[Token], content: Content, style: Style, link: str) -> Iterator[InlinePiece]:
    """The rendered text of inline tokens, piece by piece."""
    for child in children:
        at = int(child.meta.get("at", 0))
        if child.type == "text" and child.content:
            begin = content.text.find(child.content, at)  # an autolink's text stands behind its bracket
            begin = at if begin < 0 else begin
            for text, source in content.cut(begin, begin + len(child.content)):
                yield InlinePiece(text, style, source, link)
        elif child.type in _SINGLE:
            escaped = child.markup.startswith("\\") and child.type == "text_special"
            text = _SINGLE[child.type] or child.content
            yield InlinePiece(text, style, content.source(at) + escaped, link)
        elif child.type == "code_inline":
            yield from _code(child, content, at, style, link)
        elif child.type == "html_inline":
            style, text = _html(child.content, style)
            if text:
                yield InlinePiece(text, style, content.source(at), link)
        elif child.type in {"link_open", "link_close"}:
            link = str(child.attrGet("href") or "")
        else:
            style = _emphasised(child.type, style)


def _code(child: Token, content: Content, at: int, style: Style, link: str) -> Iterator[InlinePiece]:
    """Between its backticks; one blank on each side may have been taken off."""
    begin = at + len(child.markup)
    found = content.text.replace("\n", " ").find(child.content, begin)
    begin = found if found >= 0 else begin
    for text, source in content.cut(begin, begin + len(child.content)):
        yield InlinePiece(text.replace("\n", " "), style, source, link)


def _html(tag: str, style: Style) -> tuple[Style, str]:
    """Inline HTML: emphasis and breaks; the rest vanishes."""
    found = _TAG.match(tag)
    if not found:
        return style, ""
    opens, name = not found[1], found[2].lower()
    if name == "br" or (name in BLOCKS and name not in {"td", "th"}):
        return style, "\n"
    if name in _BOLD:
        return replace(style, bold=opens), ""
    return (replace(style, italic=opens), "") if name in _ITALIC else (style, "")


def _emphasised(kind: str, style: Style) -> Style:
    if kind in {"strong_open", "strong_close"}:
        return replace(style, bold=kind == "strong_open")
    if kind in {"em_open", "em_close"}:
        return replace(style, italic=kind == "em_open")
    return style
