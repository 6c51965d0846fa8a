"""Plain text: the document's text is the decoded input itself, so that offsets are the caller's own.

The one exception are templates: control tags vanish, and the source map leads back.
"""

from __future__ import annotations

import re

from trustaudit.document import Block, BlockKind, Document, Run, Span
from trustaudit.parsing import lines, templates
from trustaudit.parsing.encoding import decode
from trustaudit.parsing.limits import Limits

_INSTRUCTION = re.compile(
    r"^[ \t]*#[ \t]*trustaudit:[^\r\n]*|<!--[ \t\r\n]*trustaudit:(?:(?!-->).){0,2000}-->",
    re.MULTILINE | re.DOTALL,
)
_WORDS = re.compile(r"[^\r\n]")


def parse(data: bytes, name: str, limits: Limits) -> Document:
    """Read a text or a text template."""
    decoded = decode(data)
    limits.check_time()
    template = templates.read(_without_instructions(decoded.text))
    text, source_map = templates.visible(template)
    if name.lower().endswith(("subject.txt", "subject.html", "subject.erb")) and text.strip():
        found = _whole(text, BlockKind.SUBJECT)
    else:
        found = _blocks(text, templates.located(source_map, template.subjects, text))
    return Document(
        text,
        found,
        tuple(Run(block.start, block.end) for block in found),
        source_map=source_map,
        unread=decoded.notes,
    )


def _without_instructions(text: str) -> str:
    """Blanks in place of lines and comments that speak to us, which no customer is shown."""
    if "trustaudit:" not in text:
        return text
    return _INSTRUCTION.sub(lambda found: _WORDS.sub(" ", found[0]), text)


def _whole(text: str, kind: BlockKind) -> tuple[Block, ...]:
    start = len(text) - len(text.lstrip())
    return (Block(start, len(text.rstrip()), kind),)


def _blocks(text: str, subjects: tuple[Span, ...]) -> tuple[Block, ...]:
    """The structure of the lines, with the parts that set the subject taken out as such."""
    found: list[Block] = []
    at = 0
    for subject in subjects:
        found += lines.blocks(text, at, subject.start)
        found.append(Block(subject.start, subject.end, BlockKind.SUBJECT))
        at = subject.end
    return (*found, *lines.blocks(text, at))
