"""Suppressions written as comments into the document: HTML, Markdown, templates, plain text.

A comment on a line of its own holds for the block that comes next; one in a line with other words holds for
the block of these words; ``ignore-file`` holds for the whole document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trustaudit.document import Document, SourceMap, Span
from trustaudit.suppression.values import Read, Suppression
from trustaudit.suppression.words import MARK, understand

_COMMENT = re.compile(
    r"<!--(?P<html>.*?)-->"  # HTML, Markdown
    r"|\{#(?P<jinja>.*?)#\}"  # Jinja, Twig, Django
    r"|<%#(?P<erb>.*?)%>"  # ERB, EJS
    r"|\{\{!(?:--)?(?P<bars>.*?)(?:--)?\}\}"  # Handlebars, Mustache
    r"|\{%-?\s*comment\s*-?%\}(?P<liquid>.*?)\{%-?\s*endcomment\s*-?%\}",
    re.DOTALL,
)
_LINE = re.compile(r"^[ \t]*#[ \t]*(?P<line>trustaudit:[^\r\n]*)", re.MULTILINE)
_LINES_IN = frozenset({"text/plain", "text/x-message-catalogue"})
"""Where a line that begins with # is no heading and no text that somebody is shown."""


def has_comments(data: bytes) -> bool:
    """Whether it is worth while to look closer: cheap, never wrong about ASCII-compatible text."""
    return MARK.encode() in data or MARK.encode("utf-16-le") in data or MARK.encode("utf-16-be") in data


def read(document: Document, data: bytes) -> Read:
    """The suppressions in the document's own bytes; none for formats that have no lines (PDF, DOCX)."""
    from trustaudit.parsing.encoding import decode

    source_map = document.source_map
    if source_map is None or not has_comments(data):
        return Read()
    source = decode(data).text
    made: list[Suppression] = []
    problems: list[str] = []
    for start, end, words in _comments(source, document.media_type):
        line = source.count("\n", 0, start) + 1
        where = f"{document.name}:{line}"
        try:
            said = understand(words)
        except ValueError as error:
            problems.append(f"{where}: this suppression has no effect: {error}")
            continue
        span = None if said.whole_file else _scope(document, source_map, source, Span(start, end))
        made.append(Suppression(said.rules, said.reason, where, said.until, span, in_source=True))
    return Read(tuple(made), tuple(problems))


def _comments(source: str, media_type: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and words of every comment that speaks to us, in order."""
    patterns = [_COMMENT, _LINE] if media_type in _LINES_IN else [_COMMENT]
    found = [match for pattern in patterns for match in pattern.finditer(source)]
    for match in sorted(found, key=lambda each: each.start()):
        words = (match[match.lastgroup or 0] or "").strip()
        if words.lower().startswith(MARK):
            yield match.start(), match.end(), words[len(MARK) :].strip()


def _scope(document: Document, source_map: SourceMap, source: str, comment: Span) -> Span:
    """The characters of the text that the comment holds for; empty, at the end, where no block follows."""
    line = source.rfind("\n", 0, comment.start) + 1
    alone = not source[line : comment.start].strip()
    for block in document.blocks:
        start, end = source_map.source(block.start), source_map.source(max(block.end - 1, block.start)) + 1
        if end > comment.end or (not alone and end > line):
            # in the middle of a block, a comment of its own line speaks of what comes after it
            return (
                Span(_after(document, source_map, block.start, comment.end), block.end)
                if (alone and start < comment.start)
                else block.span
            )
    return Span(len(document.text), len(document.text))


def _after(document: Document, source_map: SourceMap, start: int, offset: int) -> int:
    """The first character of the text, from ``start``, that stands at or after an offset of the source."""
    from bisect import bisect_left

    return bisect_left(range(len(document.text)), offset, lo=start, key=source_map.source)
