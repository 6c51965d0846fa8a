"""Where two wordings of a clause differ: stretches of words, without what is only another name of a party."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from trustaudit.document import Span
from trustaudit.journey.compare_facts import Facts, Token
from trustaudit.journey.compare_words import SMALL

_MOST = 9_000_000  # words of one wording times those of the other that are set against each other


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of words that differs; one of the two may be empty. ``gap``: equal words before it."""

    old: tuple[Token, ...]
    new: tuple[Token, ...]
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of the whole of each version: a name that only one has was given up or taken on."""

    old: Collection[str] = frozenset()
    new: Collection[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Both:
    """The facts of a clause in both versions, and what differs in their words."""

    old: Facts
    new: Facts
    regions: tuple[Region, ...]

    @staticmethod
    def of(old: Facts, new: Facts, known: Vocabulary | None = None) -> Both:
        found = _regions(old.tokens, new.tokens)
        return Both(old, new, tuple(each for each in found if known is None or not _renamed(each, known)))

    def changed(self, *, old: bool) -> set[int]:
        """Where the words begin that differ."""
        return {t.start for region in self.regions for t in (region.old if old else region.new)}

    def touches(self, span: Span, *, old: bool) -> bool:
        """Does a place lie in words that differ?"""
        sides = (region.old if old else region.new for region in self.regions)
        return any(span.overlaps(Span(t.start, t.end)) for side in sides for t in side)


def _regions(old: Sequence[Token], new: Sequence[Token]) -> list[Region]:
    if len(old) * len(new) > _MOST:
        return [_middle(old, new)]
    regions: list[Region] = []
    gap = 0
    joined = False
    for tag in Indel.opcodes([token.key for token in old], [token.key for token in new]):
        if tag.tag == "equal":
            gap, joined = tag.src_end - tag.src_start, False
            continue
        gone, come = tuple(old[tag.src_start : tag.src_end]), tuple(new[tag.dest_start : tag.dest_end])
        if joined:
            last = regions.pop()
            gone, come, gap = last.old + gone, last.new + come, last.gap
        regions.append(Region(gone, come, gap))
        joined = True
    return regions


def _middle(old: Sequence[Token], new: Sequence[Token]) -> Region:
    """All between the first and the last word that differs."""
    ours, theirs = [t.key for t in old], [t.key for t in new]
    least = min(len(ours), len(theirs))
    head = next((at for at in range(least) if ours[at] != theirs[at]), least)
    tail = next((at for at in range(least - head) if ours[-1 - at] != theirs[-1 - at]), least - head)
    return Region(tuple(old[head : len(old) - tail]), tuple(new[head : len(new) - tail]), head)


def _renamed(region: Region, known: Vocabulary) -> bool:
    """A party by its mark on one side, on the other by a name that this version alone has."""
    for one, other, elsewhere in (
        (region.old, region.new, known.old),
        (region.new, region.old, known.new),
    ):
        marks = [t for t in one if t.kind == "mark"]
        names = [t for t in other if t.key not in SMALL]
        plain = all(t.kind == "mark" or t.key in SMALL for t in one)
        if marks and plain and names and all(t.kind == "word" and t.key not in elsewhere for t in names):
            return len(names) <= 3 * len(marks)
    return False
