"""Plain text: a numbered mark behind each passage, and the notes as a list at the end."""

from __future__ import annotations

import re

from trustaudit.annotate.notes import leftovers
from trustaudit.annotate.sources import Source, source
from trustaudit.annotate.spots import inserted as put
from trustaudit.annotate.spots import spots
from trustaudit.annotate.values import Copy, Order
from trustaudit.errors import UnreadableError

_MARK = re.compile(r"\[ta:\d+\]")
_RULE = "---- trustaudit: notes; without the marks [ta:N] and what follows this is the original ----"
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "−": "-"})


def mark(data: bytes, order: Order) -> Copy:
    """The marked copy. Raises ``UnreadableError`` where the encoding is unclear, or it is marked already."""
    read = source(data)
    refuse_marked(read.text, _MARK, _RULE)
    placed, unplaced = spots(order.document, read, order.notes)
    whole = tuple(note for note in order.notes if note.start == note.end)
    marks = [(spot.ranges[-1].end, f"[ta:{spot.note.number}]") for spot in placed]
    notes = tuple(spot.note for spot in placed)
    lines = ["", "", _RULE, *order.head, ""]
    for note in notes:
        lines += [f"[ta:{note.number}] {note.title}", f"    “{' '.join(note.quote.split())}”"]
        lines += [f"    {label}: {words}" for label, words in note.lines] + [""]
    lines += [line for each in leftovers(whole, unplaced) for line in (*each.split("\n"), "")]
    text = put(read.text, marks) + plain_for(read, read.newline.join(lines))
    return Copy(read.encoded(text), notes, tuple(unplaced), whole)


def unmarked(data: bytes) -> bytes:
    """The original's bytes, out of a copy that ``mark`` made."""
    read = source(data)
    text = read.text.partition(f"{read.newline * 2}{_RULE}")[0]
    return read.encoded(_MARK.sub("", text))


def plain_for(read: Source, words: str) -> str:
    """Words without typographic signs, where the file's encoding does not hold them."""
    try:
        words.encode(read.encoding)
    except UnicodeEncodeError:
        return words.translate(_PLAIN)
    return words


def refuse_marked(text: str, *signs: re.Pattern[str] | str) -> None:
    """Raise ``UnreadableError`` where marks stand in the source: taking out ours would take out those."""
    for sign in signs:
        if sign in text if isinstance(sign, str) else sign.search(text):
            raise UnreadableError("it has marks of trustaudit in it: annotate the original, not a copy")
