"""Passages to the document: single blanks, hyphens at line ends undone, one run a line and style."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from trustaudit.document import Hidden
from trustaudit.parsing.builder import Builder, Style
from trustaudit.parsing.pdf.fragment import Fragment, Line
from trustaudit.parsing.pdf.lines import blank_between
from trustaudit.parsing.pdf.passages import Passage

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]{2,})-$")
_START = re.compile(r"[^\W\d_]+")
_KEPT = frozenset(
    {
        *("non", "self", "third", "well", "co", "multi", "cross", "long", "short", "high", "low", "full"),
        *(
            "ex",
            "pre",
            "post",
            "re",
            "sub",
            "semi",
            "inter",
            "all",
            "best",
            "good",
            "on",
            "off",
            "in",
            "up",
            "part",
        ),
        *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first", "second"),
        *("year", "day", "month", "follow", "state", "end", "user"),
    }
)  # first halves of compounds that are written with a hyphen


class Words:
    """The words of the document, to tell a hyphen of the language from one of the line's end."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages

    @cached_property
    def _known(self) -> frozenset[str]:
        found: set[str] = set()
        for passage in self._passages:
            broken = False
            for line in passage.lines:
                words = _WORD.findall(line.text.casefold())
                start, broken = int(broken), line.text.endswith("-")
                found.update(words[start : len(words) - broken])  # halves of words are no words
        return frozenset(found)

    def keeps_hyphen(self, first: str, second: str) -> bool:
        """Whether ``first-second``, broken after the hyphen, is a compound word."""
        first, second = first.casefold(), second.casefold()
        if f"{first}-{second}" in self._known:
            return True
        if f"{first}{second}" in self._known:
            return False
        if len(first) > 4 and first.endswith("ly") and len(second) > 3:  # mutually-agreed
            return True
        return first in _KEPT or (
            len(first) > 2 and len(second) > 3 and self._known.issuperset((first, second))
        )


def write(builder: Builder, passage: Passage, words: Words) -> None:
    """Add the passage as one block."""
    builder.start(passage.kind, passage.level, aside=passage.aside)
    glue = ""
    for at, line in enumerate(passage.lines):
        after = passage.lines[at + 1] if at + 1 < len(passage.lines) else None
        drop, follow = _join(line, after, words)
        _write_line(builder, line, glue, drop)
        glue = follow


def _join(line: Line, after: Line | None, words: Words) -> tuple[int, str]:
    """How many characters the line loses at its end, and what stands between it and the next."""
    if after is None:
        return 0, ""
    if line.text.endswith("-") and not line.text.endswith(("--", " -")):
        broken, start = _BROKEN.search(line.text), _START.match(after.text)
        if broken and start and start[0][0].islower() and not words.keeps_hyphen(broken[1], start[0]):
            return 1, ""
        if start or after.text[:1].isdigit():
            return 0, ""
    return 0, " "


def _write_line(builder: Builder, line: Line, glue: str, drop: int) -> None:
    last = len(line.fragments) - 1
    for at, fragment in enumerate(line.fragments):
        text = fragment.text[:-drop] if drop and at == last else fragment.text
        if at and blank_between(line.fragments[at - 1], fragment):
            glue = " "
        builder.add(glue + text, style_of(fragment, line))
        glue = ""


def style_of(fragment: Fragment, line: Line) -> Style:
    """The run's style as the document model has it."""
    ink, look = fragment.ink, fragment.look
    return Style(
        size=ink.size, color=ink.color, background=look.background, contrast=look.contrast,
        leading=line.leading, bold=ink.bold, italic=ink.italic, caps=ink.caps, hidden=look.hidden,
        page=line.page, bbox=_rounded(fragment), rough=ink.rough,
    )  # fmt: skip


def _rounded(fragment: Fragment) -> tuple[float, float, float, float] | None:
    x0, top, x1, bottom = fragment.box
    box = (round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2))
    return box if fragment.look.hidden is Hidden.OFF_PAGE or box[2] > box[0] or box[3] > box[1] else None
