"""From which element of which part each stretch of the text comes, for who marks a copy of the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from lxml.etree import _Element as Element

from trustaudit.document import Document

_GAP = 8  # longer than what separates blocks, which comes from no element


@dataclass(frozen=True, slots=True)
class Origin:
    """``text[start:end]`` is what the element shows from its character ``offset`` on.

    The element is told by its place in the order of the part's elements: it is found again in a tree that
    was read with comments and instructions, which this room leaves out.
    """

    start: int
    end: int
    part: str
    element: int
    offset: int


@dataclass
class Trace:
    """What the walk emits, numbered character by character in the order in which it is emitted."""

    _starts: list[int] = field(default_factory=list)
    _nodes: list[tuple[str, Element | None]] = field(default_factory=list)
    _length: int = 0

    def line(self, part: str, origins: Iterable[tuple[int, Element | None]]) -> int:
        """Number a paragraph's characters; the number of the first."""
        first = self._length
        for length, node in origins:
            self._mark(length, part, node)
        self._mark(_GAP, "", None)
        return first

    def nowhere(self, length: int) -> int:
        """Number characters that stand in no element, such as a paragraph's number; that of the first."""
        return self.line("", [(length, None)])

    def _mark(self, length: int, part: str, node: Element | None) -> None:
        self._starts.append(self._length)
        self._nodes.append((part, node))
        self._length += length

    def origins(self, document: Document) -> tuple[Origin, ...]:
        """The text's stretches in order; what comes from no element has none.

        The document's source map leads to the numbers that this trace gave.
        """
        places = document.source_map
        if places is None:
            return ()
        numbers = _numbers(node for _, node in self._nodes)
        ends = (*places.starts[1:], len(document.text))
        found: list[Origin] = []
        for start, source, end in zip(places.starts, places.sources, ends, strict=True):
            block = document.block_at(start)  # blanks at its end were dropped: what follows is no element's
            found += self._between(start, source, min(end, block.end) if block else end, numbers)
        return tuple(found)

    def _between(self, start: int, source: int, end: int, numbers: dict[Element, int]) -> list[Origin]:
        first = bisect_right(self._starts, source) - 1
        last = bisect_right(self._starts, source + end - start - 1)
        edges = (*self._starts[first:last], source + end - start)
        found = []
        for at, (begin, until) in enumerate(pairwise(edges), first):
            part, node = self._nodes[at]
            begun = max(begin, source)
            if node is not None and begun < until:
                move = start - source
                found.append(
                    Origin(begun + move, until + move, part, numbers[node], begun - self._starts[at])
                )
        return found


def _numbers(nodes: Iterable[Element | None]) -> dict[Element, int]:
    """Each element's place among the elements of its tree."""
    wanted = {node for node in nodes if node is not None}
    roots = {node.getroottree().getroot() for node in wanted}
    return {
        node: number
        for root in roots
        for number, node in enumerate(root.iter("*"))
        if node in wanted
    }  # fmt: skip
