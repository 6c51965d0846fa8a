"""Structure set by hand, where no style says so: bold or capital lines, typed numbers and letters."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from trustaudit.document import Block, BlockKind, Document

_MOST_WORDS = 12
_CANDIDATES = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})
_OPENING = 6  # paragraphs among which the title is sought
_LARGER = 1.25  # times the body's size
_BODY = _CANDIDATES | {BlockKind.TABLE_CELL}
_BLANK = re.compile(r"_{2,}|\.{4,}|…{2,}")
_BEFORE = {"v": "iv", "x": "ix"}  # the number before, of those written with one letter
_LABEL = re.compile(
    r"""(?:
      (?P<number>\d{1,3}(?:\.\d{1,3})+)[.)]?\s+    # 1.1
    | \(?(?P<single>\d{1,3})[.)]\s+                # 1.  1)  (1)
    | \((?P<letter>[a-zA-Z]|[ivxlcIVXLC]{2,6})\)\s*  # (a)  (iv)
    | (?P<closed>[a-zA-Z]|[ivxlc]{2,6})[.)]\s+(?=[A-Z“"])  # a)  A.
    | (?P<bullet>[•●○◦▪■❖➢✓✗☐–-])\s+
    )""",
    re.VERBOSE,
)


def structured(document: Document) -> Document:
    """The document with what was set by hand marked as what it is.

    Paragraphs with a typed label are list items. Where nothing is marked as a heading, a line counts
    as one when all its letters are bold or capitals, it is short, does not end like a sentence and is
    followed by text that is not set so; the first of them is the title.
    """
    labels = _Labels()
    blocks = [labels.block(document, block) for block in document.blocks]
    if not any(block.kind is BlockKind.HEADING for block in blocks):
        _promote(document, blocks)
    if not any(block.kind is BlockKind.TITLE for block in blocks):
        _entitle(document, blocks)
    return document if tuple(blocks) == document.blocks else replace(document, blocks=tuple(blocks))


@dataclass(slots=True)
class _Labels:
    """The labels met so far: they tell the letter i from the number i."""

    letter: str = ""
    roman: str = ""

    def block(self, document: Document, block: Block) -> Block:
        """The block as a list item, if it begins with a typed label and is a plain paragraph."""
        if block.kind is not BlockKind.PARAGRAPH:
            return block
        label = _LABEL.match(document.text, block.start, min(block.start + 40, block.end))
        if label is None or label.end() >= block.end:
            return block
        return replace(block, kind=BlockKind.LIST_ITEM, level=self._depth(label))

    def _depth(self, label: re.Match[str]) -> int:
        """Depth by the kind of label: 1. and bullets, 1.1 and (a), (i)."""
        if label["number"]:
            return label["number"].count(".") + 1
        letters = (label["letter"] or label["closed"] or "").lower()
        if not letters:
            return 1
        if self._is_roman(letters):
            self.roman = letters
            return 3
        self.letter, self.roman = letters, ""
        return 2

    def _is_roman(self, letters: str) -> bool:
        if len(letters) > 1:
            return True
        return self.letter != "h" if letters == "i" else _BEFORE.get(letters) == self.roman


def _promote(document: Document, blocks: list[Block]) -> None:
    marked = [_is_line(document, block) for block in blocks]
    titled = any(block.kind is BlockKind.TITLE for block in blocks)
    first = next((at for at, block in enumerate(blocks) if block.kind in _CANDIDATES), -1)
    for at, block in enumerate(blocks):
        if marked[at] and _leads(blocks, marked, at):
            is_title = at == first and not titled and block.kind is BlockKind.PARAGRAPH
            blocks[at] = replace(block, kind=BlockKind.TITLE if is_title else BlockKind.HEADING, level=1)


def _entitle(document: Document, blocks: list[Block]) -> None:
    """One of the first lines is the title where it is set much larger than most of the text."""
    largest, chosen = _LARGER * _body_size(document, blocks), -1
    for at in _opening(blocks):
        size = min((run.size or 0.0 for run in document.runs_in(blocks[at].span)), default=0.0)
        words = document.text[blocks[at].start : blocks[at].end].split()
        if size and size >= largest and (size > largest or chosen < 0) and len(words) <= _MOST_WORDS:
            largest, chosen = size, at
    if chosen >= 0:
        blocks[chosen] = replace(blocks[chosen], kind=BlockKind.TITLE, level=1)


def _body_size(document: Document, blocks: list[Block]) -> float:
    """The size in which most of the text is set, notes and furniture left out."""
    counts: Counter[float] = Counter()
    for block in blocks:
        if block.kind in _BODY:
            for run in document.runs_in(block.span):
                counts[run.size or 0.0] += run.end - run.start
    return max(counts, key=lambda size: (counts[size], size), default=0.0)


def _opening(blocks: list[Block]) -> list[int]:
    """The first paragraphs, as far as no heading stands before them."""
    found: list[int] = []
    for at, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING or len(found) == _OPENING:
            break
        if block.kind is BlockKind.PARAGRAPH:
            found.append(at)
    return found


def _is_line(document: Document, block: Block) -> bool:
    if block.kind not in _CANDIDATES or block.end - block.start > 200:
        return False
    text = document.text[block.start : block.end]
    label = _LABEL.match(text)
    start = label.end() if label is not None else 0
    words = text[start:].split()
    if not 0 < len(words) <= _MOST_WORDS or "\n" in text or "\t" in text[start:] or _BLANK.search(text):
        return False
    if text[start:].startswith(("{", "[", "<", "«", "$")) or text.endswith((",", ";", ":")):
        return False  # a blank to be filled in, or what leads over to the next line
    if text.endswith(".") and len(words) > 5:
        return False
    letters = [char for char in text[start:] if char.isalpha()]
    if len(letters) < 3:
        return False
    return all(char.isupper() for char in letters) or _is_bold(document, block.start + start, block.end)


def _is_bold(document: Document, start: int, end: int) -> bool:
    """Every letter of the range is bold and can be seen."""
    for run in document.runs_in(Block(start, end).span):
        piece = document.text[max(run.start, start) : min(run.end, end)]
        if (not run.bold or run.hidden is not None) and any(map(str.isalpha, piece)):
            return False
    return True


def _leads(blocks: list[Block], marked: list[bool], at: int) -> bool:
    """Body text that is no such line follows, at most two other lines later."""
    for after in range(at + 1, min(at + 4, len(blocks))):
        if blocks[after].kind in _CANDIDATES and not marked[after]:
            return True
        if not marked[after]:
            return False
    return False
