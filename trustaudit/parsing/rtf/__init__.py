"""RTF to Document: an own reader of control words.

Type sizes, colours and hidden text stand in control words, which readers of plain text throw away.
Pages are not known to the format.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from trustaudit.document import BlockKind, Document, Unread
from trustaudit.errors import UnreadableError
from trustaudit.parsing import kinds
from trustaudit.parsing.builder import Builder
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.rtf import acts, words
from trustaudit.parsing.rtf.destinations import CALL
from trustaudit.parsing.rtf.flow import Line, Story
from trustaudit.parsing.rtf.header import Named, Tables
from trustaudit.parsing.rtf.machine import Machine
from trustaudit.parsing.rtf.tokens import TOKEN, number
from trustaudit.parsing.structure import structured

MEDIA_TYPE = "application/rtf"

_PAUSE = 20_000  # tokens between looks at the clock
_BEGIN = "{\\rtf"
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"))


def parse(data: bytes, name: str, limits: Limits) -> Document:
    """Read an RTF. Raise ``LimitError`` or ``UnreadableError``."""
    source = data.decode("latin-1")
    begin = source.find(_BEGIN, 0, 1024)
    if begin < 0:
        raise UnreadableError("no {\\rtf at its beginning: not an RTF")
    machine = Machine(source, limits)
    machine.at = begin
    _run(machine)
    builder = Builder()
    _furniture(machine.headers, machine, builder)
    endnotes: list[Story] = []
    _write(machine.body, machine, builder, endnotes)
    for note in endnotes:
        _write(note, machine, builder, [])
    _furniture(machine.footers, machine, builder)
    document = builder.document(
        name=name,
        media_type=MEDIA_TYPE,
        sha256=hashlib.sha256(data).hexdigest(),
        unread=tuple(machine.unread),
    )
    return structured(document)


def _run(machine: Machine) -> None:
    """Follow the source to the end of its outermost group."""
    count = 0
    match = TOKEN.match(machine.source, machine.at)
    while match is not None:
        machine.at = match.end()
        count += 1
        if count % _PAUSE == 0:
            machine.limits.check_time()
        word, value, code, symbol, brace, _, text, _ = match.groups()
        if text is not None:
            machine.text(text)
        elif word is not None:
            _word(machine, word, value)
        elif code is not None:
            machine.byte(int(code, 16))
        elif symbol is not None:
            _symbol(machine, symbol)
        elif brace == "{":
            machine.open()
        elif brace == "}":
            machine.close()
            if not machine.groups:
                break
        match = TOKEN.match(machine.source, machine.at)
    _finish(machine)


def _finish(machine: Machine) -> None:
    if machine.groups:
        machine.unread.append(Unread("whole file", "the file ends in the middle: text may be missing"))
    while machine.groups:
        machine.close()
    machine.end_line()


def _word(machine: Machine, word: str, value: str | None) -> None:
    number_value = None if value is None else number(value, 0)
    machine.flush()
    if word == "u" and number_value is not None:
        acts.unicode(machine, number_value)
    else:
        acts.act(machine, word, number_value)


def _symbol(machine: Machine, symbol: str) -> None:
    if symbol == "*":
        machine.star = True
    elif symbol in "\r\n":
        machine.end_line()
    elif symbol in "\\{}" and machine.midway:
        machine.byte(ord(symbol))  # the second byte of a character
    elif symbol in words.SYMBOLS:
        machine.flush()
        if machine.to_skip:
            machine.to_skip -= 1
        else:
            machine.emit(words.SYMBOLS[symbol])


def _furniture(stories: list[Story], machine: Machine, builder: Builder) -> None:
    """Headers or footers, each distinct one once."""
    seen: set[str] = set()
    for story in stories:
        text = "\n".join(line.text for line in story.lines)
        if text not in seen:
            seen.add(text)
            _write(story, machine, builder, [])


def _write(story: Story, machine: Machine, builder: Builder, endnotes: list[Story]) -> None:
    """A story's paragraphs as blocks; text boxes and footnotes after their paragraph, or their table."""
    waiting: list[Story] = []
    for at, line in enumerate(story.lines):
        _block(line, story, machine.tables, builder)
        waiting += line.after
        in_table = _in_table(line) and at + 1 < len(story.lines) and _in_table(story.lines[at + 1])
        if not in_table:  # a table's wait for its end
            for hanging in _sorted(waiting, endnotes):
                _write(hanging, machine, builder, endnotes)
            waiting = []


def _in_table(line: Line) -> bool:
    return line.shape.in_table or line.shape.depth > 0


def _sorted(waiting: list[Story], endnotes: list[Story]) -> Iterator[Story]:
    for story in waiting:
        if story.endnote:
            endnotes.append(story)
        else:
            yield story


def _block(line: Line, story: Story, tables: Tables, builder: Builder) -> None:
    text = line.text
    if not text.strip():
        return
    shape = line.shape
    named = tables.styles.get(shape.style, Named())
    outline = shape.outline if shape.outline < kinds.BODY_LEVEL else named.outline
    cells = shape.depth or int(shape.in_table)
    kind, level = kinds.kind(
        (named.name,),
        outline,
        text,
        strong=kinds.is_strong((piece.text, piece.style) for piece in line.pieces),
        numbered=bool(line.label),
        depth=shape.list_level,
        cells=cells,
    )
    if line.contents:
        kind, level = BlockKind.CONTENTS, 0
    if story.kind is not None:
        kind, level = story.kind, 0
        if line.page and kind is not BlockKind.FOOTNOTE and kinds.is_page_number(text):
            kind = BlockKind.PAGE_NUMBER
    builder.start(kind, level)
    pieces = line.label + line.pieces
    for piece in pieces:
        shown = _clean(piece.text.replace(CALL, story.mark))
        builder.add(shown, piece.style, link=piece.link, placeholder=piece.placeholder)


def _clean(text: str) -> str:
    """Text with its surrogate pairs joined and what is never seen left out."""
    if text.isascii():
        return text
    if any("\ud800" <= char <= "\udfff" for char in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text.translate(_INVISIBLE)
