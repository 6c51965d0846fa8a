"""The words of a document, found once and shared by every measure.

A word begins with a letter or a digit and ends at white space or a dash between words; what hangs on to it
(quotes, commas) belongs to it. So a word is the same word in PDF, DOCX, HTML and plain text.
"""

from __future__ import annotations

import re
import weakref
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property

from trustaudit.document import FURNITURE, Block, BlockKind, Document, Run, Span

_WORD = re.compile(r"[^\W_][^\s\u2014]*")
_TAIL = ".,;:!?)]}>\"'`”’»*†‡…_-–"

LOWER, NEUTRAL, CAPITAL = 0, 1, 2
"""How a word is written: see ``Words.cases``."""

PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.FOOTNOTE, BlockKind.NOTE})
"""Blocks that hold sentences: what readability is measured on."""


class Words:
    """Words as index ranges: word ``i`` stands at ``text[starts[i]:ends[i]]``."""

    def __init__(self, text: str, blocks: Sequence[Block], runs: Sequence[Run]) -> None:
        self._text = text
        self._blocks = blocks
        self._runs = runs
        spans = [found.span() for found in _WORD.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]

    def __len__(self) -> int:
        return len(self.starts)

    def within(self, start: int, end: int) -> range:
        """The indexes of the words that begin in ``text[start:end]``."""
        first = bisect_left(self.starts, start)
        return range(first, bisect_left(self.starts, end, first))

    def span(self, first: int, last: int) -> Span:
        """From the beginning of word ``first`` to the end of word ``last``."""
        return Span(self.starts[first], self.ends[last])

    @cached_property
    def shown(self) -> list[str]:
        """Each word without what hangs on to its end, as it is written."""
        text = self._text
        return [text[start:end].rstrip(_TAIL) for start, end in zip(self.starts, self.ends, strict=True)]

    @cached_property
    def lower(self) -> list[str]:
        """Each word in lower case, the apostrophe straight."""
        lower_of = {word: word.lower().replace("’", "'") for word in set(self.shown)}
        return [lower_of[word] for word in self.shown]

    @cached_property
    def cases(self) -> bytearray:
        """For each word LOWER, NEUTRAL (figures, single letters) or CAPITAL (two capitals or more, no other).

        Words that a style shows in capitals are CAPITAL, whatever their letters are.
        """
        case_of = {word: _case(word) for word in set(self.shown)}
        cases = bytearray(map(case_of.__getitem__, self.shown))
        for run in self._runs:
            if run.caps:
                for index in self.within(run.start, run.end):
                    if cases[index] == LOWER and self.ends[index] <= run.end:
                        cases[index] = CAPITAL
        return cases

    @cached_property
    def of_blocks(self) -> list[range]:
        """For each block the indexes of its words."""
        return [self.within(block.start, block.end) for block in self._blocks]

    @cached_property
    def total(self) -> int:
        """Words of the document, without what is printed round the text on each page."""
        return self.counted(lambda block: block.kind not in FURNITURE)

    @cached_property
    def prose(self) -> int:
        """Words that stand in sentences."""
        return self.counted(lambda block: block.kind in PROSE)

    def counted(self, wanted: Callable[[Block], bool]) -> int:
        """Words in the blocks that are wanted."""
        pairs = zip(self._blocks, self.of_blocks, strict=True)
        return sum(len(words) for block, words in pairs if wanted(block))


def _case(word: str) -> int:
    if word.islower():
        return LOWER
    if word.isupper():
        return CAPITAL if sum(map(str.isalpha, word)) > 1 else NEUTRAL
    return LOWER if word.upper() != word.lower() else NEUTRAL


_kept: dict[int, tuple[weakref.ref[Document], Words]] = {}
"""The one cache of this room: words by the identity of their document, as long as the document lives."""


def words_of(document: Document) -> Words:
    """The document's words; the second call with the same document costs nothing."""
    key = id(document)
    held = _kept.get(key)
    if held is not None and held[0]() is document:
        return held[1]
    found = Words(document.text, document.blocks, document.runs)
    _kept[key] = (weakref.ref(document, lambda _: _kept.pop(key, None)), found)
    return found
