"""Message catalogues: each message a block, or several, with its line and column in the file."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from trustaudit.document import BlockKind, Document, Entry, line_starts
from trustaudit.parsing import messages
from trustaudit.parsing.builder import Builder, Style
from trustaudit.parsing.encoding import decode
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.messages import Message

_CUTS = {
    "backslash": re.compile(r"\\u[0-9a-fA-F]{4}|\\.|<[^<>\n]{1,300}>|&(?:[a-z]+|#\d+);|\s*\n\s*", re.DOTALL),
    "line": re.compile(r"\\u[0-9a-fA-F]{4}|\\\r?\n[ \t]*|\\.|<[^<>\n]{1,300}>|&(?:[a-z]+|#\d+);|\r"),
    "xml": re.compile(r"<!\[CDATA\[|\]\]>|<[^<>]{1,300}>|&(?:[a-z]+|#\d+);|\\.|\s+"),
    "csv": re.compile(r'""|<[^<>\n]{1,300}>|&(?:[a-z]+|#\d+);|\s*\n\s*'),
    "": re.compile(r"<[^<>\n]{1,300}>|&(?:[a-z]+|#\d+);|\s*\n\s*"),
}
_FOREIGN = {"]]>": "", "<![CDATA[": "", "\r": "", '""': '"'}
_ESCAPED = {"n": "\n", "t": " ", "r": "", "f": "\n"}
_SUBJECT = re.compile(r"(?:^|[._\-/])subject$|Subject$", re.IGNORECASE)
_BREAKING = re.compile(r"</?(?:p|br|div|li|tr|td|h[1-6]|ul|ol|table)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z]")
_PART = re.compile(
    r"(?:(?<=.)[._\-/]|(?<=[a-z])(?=[A-Z]))(?:subject|title|head(?:er|ing|line)|pre(?:header|view)|greeting|salutation|intro"
    r"|body|text|html|content|message|line|p|paragraph|cta|button|link|action|closing|sign(?:ature|off|_off)|footer"
    r"|outro)?_?\d{0,3}$",
    re.IGNORECASE,
)
_A_WORD = re.compile(r"[^\W\d_]{2,}")
_LEAST = 4  # words: fewer are a label, not a message


def parse(data: bytes, name: str, limits: Limits) -> Document:
    """Read a catalogue; its format is that of the file's suffix."""
    decoded = decode(data)
    text = decoded.text
    builder = Builder()
    keys: list[tuple[str, int]] = []
    for number, message in enumerate(messages.messages(text, name.lower().rpartition(".")[2])):
        if number % 1000 == 0:
            limits.check_time()
        blocks = builder.count
        _add(builder, message, text)
        if builder.count > blocks:
            keys.append((message.key, blocks))
    document = builder.document(unread=decoded.notes)
    return Document(
        document.text,
        document.blocks,
        document.runs,
        source_map=builder.source_map(line_starts(text)),
        unread=document.unread,
        entries=tuple(_entries(document, keys)),
    )


def _entries(document: Document, keys: Sequence[tuple[str, int]]) -> Iterator[Entry]:
    """The messages of the file: texts of one parent that are parts of a mail are one, a label is none."""
    firsts = [first for _, first in keys] + [len(document.blocks)]
    at = 0
    while at < len(keys):
        parent, own = _parent(keys[at][0])
        stop = at + 1
        while own and stop < len(keys) and _parent(keys[stop][0]) == (parent, True):
            stop += 1
        start, end = document.blocks[firsts[at]].start, document.blocks[firsts[stop] - 1].end
        if len(_A_WORD.findall(document.text, start, end)) >= _LEAST:
            yield Entry(keys[at][0] if stop == at + 1 else parent, start, end)
        at = stop


def _parent(key: str) -> tuple[str, bool]:
    """What a key stands in, and whether its own name is that of a part of a mail."""
    found = _PART.search(key)
    return (key[: found.start()], True) if found else (key, False)


def _add(builder: Builder, message: Message, text: str) -> None:
    kind = BlockKind.SUBJECT if _SUBJECT.search(message.key) else BlockKind.PARAGRAPH
    builder.start(kind)
    style = Style()
    for number, part in enumerate(message.ranges):
        if number:
            builder.add("\n" if not message.joined else "" if message.escapes else " ", style)
        for piece, at in _pieces(text, *part, message.escapes):
            if piece == "\n\n":
                builder.start(kind)
            else:
                builder.add(piece, style, at)
    builder.close()


def _pieces(text: str, start: int, end: int, escapes: str) -> Iterator[tuple[str, int]]:
    """A range cut at its escapes and tags; two line breaks, or a tag that breaks, begin a new block."""
    at, broken = start, False
    for found in _CUTS[escapes].finditer(text, start, end):
        if found.start() > at:
            yield text[at : found.start()], at
            broken = False
        at = found.end()
        piece = _meaning(found.group())
        if piece == "\n" and broken:
            piece = "\n\n"
        broken = piece == "\n"
        if piece:
            yield piece, found.start()
    if at < end:
        yield text[at:end], at


def _meaning(raw: str) -> str:
    """What an escape stands for; a tag stands for nothing, or for a break."""
    if raw.startswith("<"):
        if not _TAG.match(raw) and not raw.startswith("<!["):
            return raw
        return "\n\n" if _BREAKING.match(raw) else ""
    if raw.startswith("&"):
        return html.unescape(raw)
    if raw.startswith("\\"):
        return _backslash(raw)
    return _FOREIGN.get(raw, " ")


def _backslash(raw: str) -> str:
    if raw[1:2] == "u" and len(raw) == 6:
        return chr(int(raw.removeprefix("\\u"), 16))
    if raw[1:].strip() == "":
        return ""
    return _ESCAPED.get(raw[1], raw[1:])
