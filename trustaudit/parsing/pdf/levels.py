"""How deep each list item stands: the labels before it tell the letter i from the number i."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from trustaudit.document import BlockKind
from trustaudit.parsing.pdf.passages import LABEL, Passage

_BEFORE = {"v": "iv", "x": "ix"}  # the number before, of those written with one letter
_ROMAN = frozenset("ivxlc")


def set_levels(made: Iterable[Passage]) -> None:
    """Give the list items of a document, in reading order, their depth: 1 is the outermost."""
    labels = _Labels()
    for passage in made:
        if passage.kind is BlockKind.LIST_ITEM and (label := LABEL.match(passage.lines[0].text)):
            passage.level = labels.depth(label[0])


@dataclass(slots=True)
class _Labels:
    """The labels met so far in the list that is open."""

    letter: str = ""
    roman: str = ""

    def depth(self, label: str) -> int:
        """By the kind of label: 1. and bullets, 1.1 and (a), 1.1.1 and (i)."""
        digits = re.match(r"[\d.]+", label)
        if digits:
            self.letter = self.roman = ""
            return max(len([part for part in digits[0].split(".") if part]), 1)
        inner = label.strip("()[].").lower()
        if not inner.isalpha():
            return 1
        if self._is_roman(inner):
            self.roman = inner
            return 3
        self.letter, self.roman = inner, ""
        return 2

    def _is_roman(self, inner: str) -> bool:
        if len(inner) > 1:
            return set(inner) <= _ROMAN
        return self.letter != "h" if inner == "i" else _BEFORE.get(inner) == self.roman != ""
