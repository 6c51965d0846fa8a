"""What a paragraph is to its reader, by its style, its outline level and its length."""

from __future__ import annotations

import re
from collections.abc import Iterable

from trustaudit.document import BlockKind
from trustaudit.parsing.builder import Style

_HEADING = re.compile(r"heading (\d)")
_CONTENTS = re.compile(
    r"(?:toc|index|contents) (?:\d|heading)|table of (?:figures|authorities)|toa heading|table index"
)
_TITLES = frozenset({"title", "book title"})
BODY_LEVEL = 9  # outline level of text that is no heading
_LONG, _SENTENCE, _SHORT = 30, 15, 5  # words from which a "heading" is a clause set in a heading's style
_PAGE_WORDS = re.compile(r"[^\W\d_]+")
_OF_PAGES = frozenset(
    {
        "page",
        "of",
        "pg",
        "p",
        "seite",
        "von",
        "sur",
        "de",
        "pagina",
        "página",
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "vi",
        "x",
    }
)


def kind(
    names: tuple[str, ...], outline: int, text: str, *, strong: bool, numbered: bool, depth: int, cells: int
) -> tuple[BlockKind, int]:
    """The kind of a body paragraph and its level (1 outermost).

    ``names`` are its style's and those of the styles that it builds on, in small letters; ``outline`` is
    0 for the highest level, 9 for none; ``strong`` says that all of it is bold or in capitals; ``depth``
    counts list levels from 0; ``cells`` tables around.
    """
    named = _by_name(names)
    if named is not None and named[0] is not BlockKind.HEADING:
        return named
    level = outline + 1 if 0 <= outline < BODY_LEVEL else named[1] if named else 0
    if level and reads_as_heading(text, strong=strong):
        return BlockKind.HEADING, level
    if numbered:
        return BlockKind.LIST_ITEM, depth + 1
    if cells:
        return BlockKind.TABLE_CELL, cells
    return BlockKind.PARAGRAPH, 0


def reads_as_heading(text: str, *, strong: bool) -> bool:
    """Contracts number whole clauses with heading styles; a clause is no heading."""
    text = text.strip()
    words = len(text.split())
    if not strong and (text.endswith((";", ",", ":")) or text[:1].islower()):
        return False
    sentence = text.endswith((".", ";", ","))
    if not strong:
        return words <= (_SHORT if sentence else _SENTENCE)
    return words <= _SENTENCE or (words <= _LONG and not sentence)


def is_strong(pieces: Iterable[tuple[str, Style]]) -> bool:
    """Every letter is bold or a capital."""
    return all(style.bold or style.caps or text == text.upper() for text, style in pieces)


def is_page_number(text: str) -> bool:
    """Nothing but a page number and the words round it ("Page 3 of 12", "- 3 -")."""
    return all(word.lower() in _OF_PAGES for word in _PAGE_WORDS.findall(text))


def _by_name(names: tuple[str, ...]) -> tuple[BlockKind, int] | None:
    for name in names:
        heading = _HEADING.match(name)
        if heading is not None:
            return BlockKind.HEADING, int(heading[1])
        if name in _TITLES:
            return BlockKind.TITLE, 1
        if name == "subtitle":
            return BlockKind.HEADING, 2
        if name == "caption":
            return BlockKind.CAPTION, 0
        if _CONTENTS.match(name):
            return BlockKind.CONTENTS, 0
    return None
