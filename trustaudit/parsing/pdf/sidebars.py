"""Sidebars: narrow columns beside the text of a page."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from trustaudit.document import BlockKind
from trustaudit.parsing.pdf.passages import Passage

_NARROW = 0.55  # of the width of the text beside it
_WORDS = 12  # fewer are a label or a heading at the margin
_TEXT = 2  # times the characters of a sidebar stand in the text beside it
_BESIDE = 0.5  # of its height has text beside it
_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING})


class _Column(NamedTuple):
    left: float
    right: float
    top: float
    bottom: float
    characters: int
    words: int

    @property
    def width(self) -> float:
        return self.right - self.left


def set_asides(made: list[Passage]) -> None:
    """Mark the passages of one page that stand in a narrow column beside its text.

    Newspaper columns are as wide as each other, cells are told apart before, and the short labels at the
    margin of clauses have too few words: none of them is a sidebar.
    """
    columns: dict[int, list[Passage]] = defaultdict(list)
    for passage in made:
        if passage.kind in _KINDS and passage.lines[0].angle == 0:
            columns[passage.lines[0].region].append(passage)
    if len(columns) < 2:
        return
    known = {region: _column(members) for region, members in columns.items()}
    for region, members in columns.items():
        column = known[region]
        if column.words >= _WORDS and any(
            _beside(column, other) for at, other in known.items() if at != region
        ):
            for passage in members:
                passage.aside = True


def _column(members: list[Passage]) -> _Column:
    lines = [line for passage in members for line in passage.lines]
    lefts, tops, rights, bottoms = zip(*(line.box for line in lines), strict=True)
    text = [line.text for line in lines]
    return _Column(
        min(lefts), max(rights), min(tops), max(bottoms),
        sum(map(len, text)), sum(one.count(" ") + 1 for one in text),
    )  # fmt: skip


def _beside(column: _Column, text: _Column) -> bool:
    """Whether a column is narrow, and a longer text stands beside most of its height."""
    apart = column.left >= text.right or column.right <= text.left
    shared = min(column.bottom, text.bottom) - max(column.top, text.top)
    return (
        apart
        and column.width < _NARROW * text.width
        and column.characters * _TEXT < text.characters
        and shared > _BESIDE * (column.bottom - column.top)
    )
