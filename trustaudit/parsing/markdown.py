"""Markdown: the text as it is rendered, each piece with its exact place in the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from trustaudit.document import Block, BlockKind, Document, Run, SourceMap, Span, Unread, line_starts
from trustaudit.parsing import inline, joining, lines, markup, templates
from trustaudit.parsing.builder import Builder, Style
from trustaudit.parsing.encoding import decode
from trustaudit.parsing.inline import Content
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.maps import through

if TYPE_CHECKING:
    from markdown_it.token import Token

_NOTE = re.compile(r"\[\^[^\]\s]+\]:")
_SMALL_BLOCK = re.compile(r"\s*<(small|sub|sup)>.*</\1>\s*", re.IGNORECASE | re.DOTALL)


def parse(data: bytes, name: str, limits: Limits) -> Document:  # noqa: ARG001  as every parser
    """Read a Markdown file or template."""
    decoded = decode(data)
    template = templates.read(decoded.text)
    body, places = templates.visible(templates.without(template, template.subjects))
    canvas = inline.normalised(body)
    walk = _Walk(canvas, limits)
    for token in inline.tokens(canvas):
        walk.take(token, canvas)
    document = _finished(walk, places, decoded.notes)
    for span in reversed(template.subjects):
        document = _with_subject(document, span, decoded.text)
    return document


@dataclass
class _Walk:
    """The tokens of the document in order, into a builder."""

    source: str
    limits: Limits
    builder: Builder = field(default_factory=Builder)
    kinds: list[tuple[BlockKind, int]] = field(default_factory=lambda: [(BlockKind.PARAGRAPH, 0)])
    lists: int = 0
    lines: tuple[int, ...] = ()
    cursor: int = 0  # where the last inline content ended
    unread: list[Unread] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lines = line_starts(self.source)

    def take(self, token: Token, canvas: str) -> None:
        """One token of the block level."""
        self.limits.check_time()
        if token.type == "inline":
            self._inline(token, canvas)
        elif token.type in {"fence", "code_block"}:
            self._code(token, canvas)
        elif token.type == "html_block":
            self._html(token, canvas)
        elif token.nesting == 1:
            self._open(token)
        elif token.nesting == -1:
            self._close(token)

    def _open(self, token: Token) -> None:
        kind, level = self.kinds[-1]
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            self.lists += 1
        elif token.type == "list_item_open":
            kind, level = BlockKind.LIST_ITEM, self.lists
        elif token.type == "heading_open":
            kind, level = BlockKind.HEADING, int(token.tag[1])
        elif token.type in {"td_open", "th_open"}:
            kind, level = BlockKind.TABLE_CELL, 0
        self.kinds.append((kind, level))
        self.builder.start(kind, level)

    def _close(self, token: Token) -> None:
        if token.type in {"bullet_list_close", "ordered_list_close"}:
            self.lists -= 1
        self.kinds.pop()
        self.builder.start(*self.kinds[-1])

    def _inline(self, token: Token, canvas: str) -> None:
        content = inline.located(token, canvas, self.lines, self.cursor)
        self.cursor = content.end
        kind = self.kinds[-1][0]
        if kind is BlockKind.PARAGRAPH and _SMALL_BLOCK.fullmatch(token.content):
            self.builder.start(BlockKind.FOOTNOTE, 0)
        notes = kind is BlockKind.PARAGRAPH and bool(_NOTE.match(token.content))
        style, link = Style(bold=kind is BlockKind.HEADING), ""
        for piece in inline.pieces(token.children or [], content, style, link):
            if notes and _NOTE.match(canvas, piece.source or 0):
                self.builder.start(BlockKind.FOOTNOTE, 0)
            self.builder.add(piece.text, piece.style, piece.source, piece.link)

    def _code(self, token: Token, canvas: str) -> None:
        """Code is text too: what stands in it is seen."""
        first = token.map[0] + (token.type == "fence") if token.map else 0
        content = Content.of_lines(token.content, canvas, self.lines, first)
        kind, level = self.kinds[-1]
        self.builder.start(kind, level)
        for text, at in content.cut(0, len(token.content)):
            self.builder.add(text, Style(), at)
        self.builder.close()

    def _html(self, token: Token, canvas: str) -> None:
        """A block of HTML: read as such, at its place."""
        start = self.lines[token.map[0]] if token.map else 0
        end = self.lines[token.map[1]] if token.map and token.map[1] < len(self.lines) else len(canvas)
        read = markup.read(canvas[start:end], self.limits, mail=False)
        small = bool(_SMALL_BLOCK.fullmatch(token.content))
        for block in read.blocks:
            kind = BlockKind.FOOTNOTE if small and block.kind is BlockKind.PARAGRAPH else block.kind
            self.builder.start(kind, block.level)
            for text, at, style, link in _pieces(read, block):
                self.builder.add(text, style, start + at, link)
        self.builder.start(*self.kinds[-1])
        self.unread += [note for note in read.unread if note.where != "pictures"]


def _pieces(read: Document, block: Block) -> Iterator[tuple[str, int, Style, str]]:
    """The text of a block cut where its place, style or link changes; type sizes are not told by Markdown."""
    assert read.source_map is not None
    cuts = {block.start, block.end, *(at for at in read.source_map.starts if block.start < at < block.end)}
    for start, end in ((run.start, run.end) for run in read.runs_in(block.span)):
        cuts |= {start, end}
    links = [link for link in read.links if link.start < block.end and link.end > block.start]
    for link in links:
        cuts |= {link.start, link.end}
    ordered = sorted(cuts)
    for start, end in pairwise(ordered):
        run = next(iter(read.runs_in(replace(block, start=start, end=end).span)), None)
        style = Style(bold=run.bold, italic=run.italic, hidden=run.hidden) if run else Style()
        target = next((link.target for link in links if link.start <= start < link.end), "")
        yield read.text[start:end], read.source_map.source(start), style, target


def _with_subject(document: Document, span: Span, source: str) -> Document:
    """What the front matter or a block of that name sets comes first."""
    words = " ".join(source[span.start : span.end].split())
    at = span.start + len(source[span.start : span.end]) - len(source[span.start : span.end].lstrip())
    subject = Document(
        words,
        (Block(0, len(words), BlockKind.SUBJECT),),
        (Run(0, len(words)),),
        source_map=SourceMap((0,), (at,), line_starts(source)),
    )
    return joining.concatenated(subject, document) if words else document


def _finished(walk: _Walk, places: SourceMap, notes: tuple[Unread, ...]) -> Document:
    document = walk.builder.document(unread=(*notes, *walk.unread))
    blocks = lines.noted(document.text, list(document.blocks))
    return replace(
        document,
        blocks=tuple(_titled(blocks)),
        source_map=through(walk.builder.source_map(()), places, len(document.text)),
        links=markup.joined(document.links),
    )


def _titled(blocks: list[Block]) -> list[Block]:
    """A heading that opens the document is its title."""
    for at, block in enumerate(blocks[:2]):
        if block.kind is BlockKind.HEADING and block.level == 1:
            blocks[at] = Block(block.start, block.end, BlockKind.TITLE, 1)
            break
    return blocks
