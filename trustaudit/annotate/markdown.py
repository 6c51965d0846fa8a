"""Markdown: a footnote behind each passage, so that the page shows the notes where footnotes are."""

from __future__ import annotations

import re

from trustaudit.annotate.notes import leftovers
from trustaudit.annotate.sources import source
from trustaudit.annotate.spots import inserted as put
from trustaudit.annotate.spots import spots
from trustaudit.annotate.text import plain_for, refuse_marked
from trustaudit.annotate.values import Copy, Note, Order

_MARK = re.compile(r"\[\^trustaudit-\d+\]")
_RULE = "<!-- trustaudit notes; without the marks and what follows this is the original -->"
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#{}$~])")


def mark(data: bytes, order: Order) -> Copy:
    """The marked copy. Raises ``UnreadableError`` where the encoding is unclear, or it is marked already."""
    read = source(data)
    refuse_marked(read.text, _MARK, _RULE)
    placed, unplaced = spots(order.document, read, order.notes)
    whole = tuple(note for note in order.notes if note.start == note.end)
    marks = [(spot.ranges[-1].end, f"[^trustaudit-{spot.note.number}]") for spot in placed]
    notes = tuple(spot.note for spot in placed)
    lines = ["", "", _RULE, ""]
    lines += [line for each in order.head for line in (escaped(each), "")]
    for each in leftovers(whole, unplaced):
        lines += [f"{escaped(line)}  " for line in each.split("\n")] + [""]
    for note in notes:
        lines += [*_footnote(note), ""]
    text = put(read.text, marks) + plain_for(read, read.newline.join(lines))
    return Copy(read.encoded(text), notes, tuple(unplaced), whole)


def unmarked(data: bytes) -> bytes:
    """The original's bytes, out of a copy that ``mark`` made."""
    read = source(data)
    text = read.text.partition(f"{read.newline * 2}{_RULE}")[0]
    return read.encoded(_MARK.sub("", text))


def escaped(words: str) -> str:
    """Words that Markdown shows as they are, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))


def _footnote(note: Note) -> list[str]:
    """A footnote's definition: its paragraphs stand indented by four blanks."""
    lines = [f"[^trustaudit-{note.number}]: **{escaped(note.title)}**"]
    for label, words in note.lines:
        lines += ["", f"    *{escaped(label)}:* {escaped(words)}"]
    return lines
