"""The order in which a person reads a page: columns one after the other, rows from left to right."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from trustaudit.parsing.pdf.fragment import Line
from trustaudit.parsing.pdf.furniture import NUMBER
from trustaudit.parsing.pdf.lines import join, rows
from trustaudit.parsing.pdf.passages import finished

CONTENTS = re.compile(r"(?:table of )?contents|index", re.IGNORECASE)
_BIN = 3.0  # points; gutters are looked for on this grid
_FEWEST = 3  # lines on each side that make a column
_DEPTH = 4  # columns inside columns
_RUNNING = 0.7  # of the lines of a narrow column go on in the next
_CELL_GAP = 2.0  # ems between two pieces of a row that are cells, not words


@dataclass(slots=True)
class Regions:
    """Counts the columns and cells of a page, so that each line knows its own."""

    count: int = 0

    def next(self) -> int:
        self.count += 1
        return self.count


def ordered(lines: list[Line], regions: Regions, depth: int = 0) -> list[Line]:
    """The lines in reading order, pieces of one row joined, each with its region's number."""
    gutter = _gutter(lines) if depth < _DEPTH and len(lines) >= 2 * _FEWEST else None
    if gutter is None:
        return _stacked(lines, regions)
    made: list[Line] = []
    for band in _bands(lines, gutter):
        left = [line for line in band if line.end <= gutter]
        right = [line for line in band if line.start >= gutter]
        if len(left) + len(right) == len(band) and _columns(left, right):
            made += ordered(left, regions, depth + 1) + ordered(right, regions, depth + 1)
        else:
            made += _stacked(band, regions)
    return made


def _gutter(lines: list[Line]) -> float | None:
    """The middle of the emptiest vertical lane between two columns, or None."""
    low, high = min(line.start for line in lines), max(line.end for line in lines)
    bins = int((high - low) / _BIN) + 1
    if bins < 20 or bins > 20_000:
        return None
    change = [0] * (bins + 1)
    for line in lines:
        change[int((line.start - low) / _BIN)] += 1
        change[min(int((line.end - low) / _BIN) + 1, bins)] -= 1
    covered, total = [], 0
    for step in change[:-1]:
        total += step
        covered.append(total)
    lane = _lane(covered, max(1, len(lines) // 4))
    if lane is not None:
        return low + lane * _BIN
    lane = _lane(covered, 1)  # a short column beside a long one: only where both are running text
    return low + lane * _BIN if lane is not None and _parts_text(lines, low + lane * _BIN) else None


def _parts_text(lines: list[Line], gutter: float) -> bool:
    """Whether running text stands on both sides of a lane, as in a page with a sidebar."""
    left = [line for line in lines if line.end <= gutter]
    right = [line for line in lines if line.start >= gutter]
    return _columns(left, right) and _runs_on(left) and _runs_on(right)


def _lane(covered: list[int], most: int) -> float | None:
    """Of the runs of bins that few lines cross, the middle of the best: fewest crossings, then widest."""
    best: tuple[int, int, float] | None = None
    at, last = 0, len(covered)
    while at < last:
        if covered[at] > most:
            at += 1
            continue
        level, start = covered[at], at
        while at < last and covered[at] <= most:
            level = min(level, covered[at])
            at += 1
        lows = [one for one in range(start, at) if covered[one] == level]
        inside = max(covered[:start], default=0) > level + 2 and max(covered[at:], default=0) > level + 2
        if inside and len(lows) >= 2:
            found = (level, -len(lows), (lows[0] + lows[-1] + 1) / 2)
            best = min(best, found) if best else found
    return best[2] if best else None


def _bands(lines: list[Line], gutter: float) -> list[list[Line]]:
    """Lines from top to bottom, cut where lines that cross the gutter begin or end."""
    bands: list[list[Line]] = []
    crossing_before: bool | None = None
    for line in sorted(lines, key=lambda one: (one.base, one.start)):
        crossing = line.start < gutter < line.end
        if crossing != crossing_before:
            bands.append([])
        bands[-1].append(line)
        crossing_before = crossing
    return bands


def _columns(left: list[Line], right: list[Line]) -> bool:
    """Whether both sides are running text, and not the cells of a table or labels with their clauses."""
    if min(len(left), len(right)) < _FEWEST:
        return False
    return _prose(left) and _prose(right) and not _label_like(left) and not _tabular(left, right)


def _prose(side: list[Line]) -> bool:
    """Lines that mostly hold several words, and fill their width or follow closely."""
    words = sorted(line.text.count(" ") + 1 for line in side)
    return words[len(words) // 2] >= 2


def _label_like(side: list[Line]) -> bool:
    width = max(line.end for line in side) - min(line.start for line in side)
    return width < 4 * side[0].size


def _tabular(left: list[Line], right: list[Line]) -> bool:
    """Whether lines stand row by row beside each other and are too short to be running text."""
    bases = sorted(line.base for line in right)
    beside = sum(_near(bases, line.base, 0.3 * line.size) for line in left)
    if beside < 0.8 * min(len(left), len(right)):
        return False
    return min(_filled(left), _filled(right)) < 0.4 and not (_runs_on(left) and _runs_on(right))


def _runs_on(side: list[Line]) -> bool:
    """Whether most lines go on in the next one with a small letter, as sentences in a narrow column do."""
    down = sorted(side, key=lambda line: line.base)
    going = sum(after.text[0].islower() and not finished(before.text) for before, after in pairwise(down))
    return going >= _RUNNING * (len(down) - 1)


def _near(bases: list[float], base: float, slack: float) -> bool:
    at = bisect_left(bases, base - slack)
    return at < len(bases) and bases[at] <= base + slack


def _filled(side: list[Line]) -> float:
    """Share of the lines that reach the last sixth of their column."""
    low, high = min(line.start for line in side), max(line.end for line in side)
    return sum(line.end > high - (high - low) / 6 for line in side) / len(side)


def _stacked(lines: list[Line], regions: Regions) -> list[Line]:
    """Rows from top to bottom; pieces of a row are one line, or cells where rows repeat a wide gap."""
    made: list[Line] = []
    region = regions.next()
    stacked = rows(lines)
    grouped = [_pieces(row) for row in stacked]
    columns = [piece.start for row in grouped if len(row) > 1 for piece in row[1:]]
    if len(columns) > 2 * _FEWEST:  # a table: its narrow gaps are looked at again
        grouped = [
            _pieces(row, columns) if len(first) > 1 else first
            for row, first in zip(stacked, grouped, strict=True)
        ]
    if any(CONTENTS.fullmatch(line.text) for line in lines):
        grouped = _contents(grouped)
    for at, row in enumerate(grouped):
        wide = len(row) > 1
        table = wide and any(
            0 <= near < len(grouped) and _aligned(row, grouped[near]) for near in (at - 1, at + 1)
        )
        for piece in row:
            piece.region, piece.cell = (regions.next(), table) if wide else (region, False)
            made.append(piece)
    return made


def _contents(grouped: list[list[Line]]) -> list[list[Line]]:
    """Rows that end in page numbers that count up, each as one line."""
    numbered = [row for row in grouped if len(row) > 1 and NUMBER.fullmatch(row[-1].text)]
    numbers = [int(row[-1].text) for row in numbered if row[-1].text.isdigit()]
    if len(numbered) < 3 or numbers != sorted(numbers):
        return grouped
    made = []
    found = {id(row) for row in numbered}
    for row in grouped:
        if id(row) in found:
            line = join(row)
            line.listed = True
            made.append([line])
        else:
            made.append(row)
    return made


def _pieces(row: list[Line], columns: Sequence[float] = ()) -> list[Line]:
    """A row's lines, those that stand near joined; a label and what it labels are one.

    A line that begins where other rows have their ``columns`` needs less of a gap to be a cell.
    """
    groups, end = [[row[0]]], row[0].end
    for before, line in pairwise(row):
        gap, end = line.start - end, max(end, line.end)
        label = len(groups) == 1 and len(groups[0]) == 1 and len(before.text) <= 6
        blank = before.text.endswith(":") and not line.text.strip("_. ")
        size = max(line.size, before.size)
        near = sum(abs(line.start - column) < 0.3 * size for column in columns) if gap > 0.8 * size else 0
        needed = 0.8 if near >= _FEWEST else _CELL_GAP
        if blank or gap < needed * size or (label and gap < 6 * line.size):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [join(group) for group in groups]


def _aligned(row: list[Line], other: list[Line]) -> bool:
    """Whether two rows have cells that begin or end at the same places."""
    if len(other) < 2:
        return False
    return any(
        min(abs(cell.start - beside.start), abs(cell.end - beside.end)) < 0.5 * cell.size
        for cell in row[1:]
        for beside in other[1:]
    )
