"""Running headers, footers and page numbers: what stands at the same height on page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise

from trustaudit.document import BlockKind, Page
from trustaudit.parsing.pdf.fragment import Line

_EDGE = 0.14  # of the page's height: where headers and footers stand
_DEEP = 6  # lines looked at from each edge
_PART = re.compile(
    r"(?:article|annex|schedule|exhibit|section|appendix|part|chapter) [\divxlc]+$", re.IGNORECASE
)
_RANK = 3  # pages that a line must begin or end to be furniture at any height
_WORDY = 16  # characters; shorter lines at a page's end are often the same by chance
_SENTENCE = re.compile(r"(?:\S+ ){6,}\S*[a-z][.]$")
_STEP = 8.0  # points within which two heights are the same
NUMBER = re.compile(
    r"(?:page|seite|página|p\.)?\s*[-–—\[(]*\s*(?:[A-Z]{1,3}[-–.]\s?)?(\d{1,4}|[ivxlc]{1,7})\s*[-–—\])]*"
    r"(?:\s*(?:of|/|von|de)\s*\d{1,4})?\.?",
    re.IGNORECASE,
)

Kinds = dict[int, BlockKind]
"""By ``id`` of the line."""


def furniture(pages: list[Page], lines: list[list[Line]], body: float) -> Kinds:
    """The lines of all pages that are header, footer or page number.

    ``lines[i]`` are those of ``pages[i]``; ``body`` is the size of most of the text, in points.
    """
    kinds: Kinds = {}
    edges: dict[tuple[str, str], list[tuple[int, float, Line]]] = defaultdict(list)
    for page, on_page in zip(pages, lines, strict=True):
        for edge, place, line in _at_edges(page, on_page):
            edges[edge, _pattern(line.text)].append((page.number, place, line))
    for (edge, _), found in sorted(edges.items()):
        for line in _repeated(found, len(pages), body):
            kinds[id(line)] = _kind(edge, line)
    for _ in range(_DEEP):
        if not _outermost(lines, kinds):
            break
    _numbers(lines, kinds)
    return kinds


def _outermost(lines: list[list[Line]], kinds: Kinds) -> bool:
    """Lines that are the first or the last of page after page, however high: paper printed from other pages.

    Returns whether there were any, so that a footer of several lines is peeled off line by line.
    """
    before = len(kinds)
    for edge, at in (("top", 0), ("bottom", -1)):
        ends: dict[str, list[Line]] = defaultdict(list)
        for on_page in lines:
            inner = [line for line in on_page if id(line) not in kinds]
            if len(inner) > _RANK and len(inner[at].text) >= _WORDY and "__" not in inner[at].text:
                ends[_pattern(inner[at].text)].append(inner[at])
        for found in ends.values():
            if len(found) >= _RANK:
                kinds.update({id(line): _kind(edge, line) for line in found})
    return len(kinds) > before


def _kind(edge: str, line: Line) -> BlockKind:
    if NUMBER.fullmatch(line.text):
        return BlockKind.PAGE_NUMBER
    return BlockKind.HEADER if edge == "top" else BlockKind.FOOTER


def _pattern(text: str) -> str:
    """The text with its numbers masked."""
    if NUMBER.fullmatch(text):
        return "#"
    return re.sub(r"\d+", "#", text).casefold()


def _at_edges(page: Page, lines: list[Line]) -> list[tuple[str, float, Line]]:
    """The outermost lines with their edge and height."""
    upright = [line for line in lines if line.angle == 0]
    down = sorted(upright, key=lambda line: line.base)
    top = [line for line in down[:_DEEP] if line.base < page.height * _EDGE]
    bottom = [line for line in down[-_DEEP:] if line.base > page.height * (1 - _EDGE)]
    heads = [("top", line.base, line) for line in top]
    return heads + [("bottom", page.height - line.base, line) for line in bottom]


def _repeated(found: list[tuple[int, float, Line]], pages: int, size: float) -> list[Line]:
    """Those that stand at a height where their pattern stands on enough pages.

    In a short document a sentence in body ``size`` may stand twice at one height without being furniture.
    """
    few = pages <= 4
    at_height: dict[int, set[int]] = defaultdict(set)
    for number, place, _ in found:
        at_height[round(place / _STEP)].add(number)
    common = {
        near
        for near in at_height
        if len(at_height[near] | at_height.get(near - 1, set()) | at_height.get(near + 1, set()))
        >= (2 if few else 3)
    }
    made = [line for _, place, line in found if round(place / _STEP) in common]
    if made and _PART.match(made[0].text) and len({line.text for line in made}) > 1:
        return []  # headings at the top of their pages, each with its own number
    return [line for line in made if not (few and line.size > 0.92 * size and _SENTENCE.search(line.text))]


def _numbers(lines: list[list[Line]], kinds: Kinds) -> None:
    """Numbers that stand alone and count up through the document, wherever on the page they are."""
    alone: list[tuple[int, Line]] = []
    for on_page in lines:
        beside = Counter(round(line.base) for line in on_page)
        for line in on_page:
            found = NUMBER.fullmatch(line.text)
            if found and found[1].isdigit() and beside[round(line.base)] == 1 and id(line) not in kinds:
                alone.append((int(found[1]), line))
    counted = {id(line) for _, line in _counting(alone)}
    kinds.update(dict.fromkeys(counted, BlockKind.PAGE_NUMBER))
    _beside_numbers(lines, counted, kinds)


def _beside_numbers(lines: list[list[Line]], counted: set[int], kinds: Kinds) -> None:
    """Lines that follow those numbers again and again: the running header of the pages that were printed."""
    following: dict[str, list[Line]] = defaultdict(list)
    for on_page in lines:
        down = sorted(on_page, key=lambda line: line.base)
        for line, after in pairwise(down):
            if id(line) in counted and id(after) not in kinds and len(after.text) < 80:
                following[_pattern(after.text)].append(after)
    for found in following.values():
        if len(found) >= 3 and len(found) * 3 >= len(counted):
            kinds.update({id(line): BlockKind.HEADER for line in found})


def _counting(alone: list[tuple[int, Line]]) -> list[tuple[int, Line]]:
    """Members of runs of at least three that go up by one."""
    made: list[tuple[int, Line]] = []
    run: list[tuple[int, Line]] = []
    for entry in alone:
        if run and entry[0] == run[-1][0] + 1:
            run.append(entry)
            continue
        made += run if len(run) >= 3 else []
        run = [entry]
    return made + (run if len(run) >= 3 else [])
