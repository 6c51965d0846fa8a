"""Tables that are drawn with rules: which lines of text stand in which cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from trustaudit.document import Box
from trustaudit.parsing.pdf.fragment import Fragment, Line
from trustaudit.parsing.pdf.lines import around, join, line_of, rows
from trustaudit.parsing.pdf.order import Regions
from trustaudit.parsing.pdf.shapes import Shapes

_MOST_RULES = 400  # of each direction; a page with more is a drawing
_TOUCH = 3.0  # points between rules that meet

Cell = tuple[int, int, int, int]
"""Top, left, bottom and right edge, rounded to points: sorts as a table is read."""


@dataclass(slots=True)
class Table:
    """Rules that meet each other."""

    across: list[Box] = field(default_factory=list)
    down: list[Box] = field(default_factory=list)

    def box(self) -> Box:
        return around(self.across + self.down)

    def is_grid(self) -> bool:
        """At least two columns: one frame round a text is no table."""
        return (
            _places([rule[0] for rule in self.down]) >= 3 and _places([rule[1] for rule in self.across]) >= 2
        )

    def cell(self, x: float, y: float) -> Cell | None:
        """The cell round a point: the nearest rules that pass it on each side."""
        beside = [rule[0] for rule in self.down if rule[1] - _TOUCH <= y <= rule[3] + _TOUCH]
        above = [rule[1] for rule in self.across if rule[0] - _TOUCH <= x <= rule[2] + _TOUCH]
        left, right = (
            max((at for at in beside if at <= x), default=None),
            min((at for at in beside if at > x), default=None),
        )
        top, bottom = (
            max((at for at in above if at <= y), default=None),
            min((at for at in above if at > y), default=None),
        )
        if left is None or right is None or top is None or bottom is None:
            return None
        return round(top), round(left), round(bottom), round(right)


def _places(positions: list[float]) -> int:
    """How many different positions, those within a few points counted once."""
    count, last = 0, float("-inf")
    for position in sorted(positions):
        if position - last > _TOUCH:
            count, last = count + 1, position
    return count


def find_tables(drawn: Shapes) -> list[Table]:
    """Groups of rules that meet and make at least two columns."""
    if not (drawn.down and drawn.across) or max(len(drawn.down), len(drawn.across)) > _MOST_RULES:
        return []
    tables: list[Table] = []
    for rule in drawn.down:
        meeting = [other for other in drawn.across if _meet(rule, other)]
        table = Table(meeting, [rule])
        touching = [one for one in tables if any(other in one.across for other in meeting)]
        for one in touching:
            table.across += [other for other in one.across if other not in table.across]
            table.down += one.down
        tables = [one for one in tables if one not in touching] + [table]
    return [table for table in tables if table.is_grid()]


def _meet(down: Box, across: Box) -> bool:
    return (
        across[0] - _TOUCH <= down[0] <= across[2] + _TOUCH
        and down[1] - _TOUCH <= across[1] <= down[3] + _TOUCH
    )


Filled = dict[int, list[tuple[Cell, Line]]]
"""By ``id`` of the line that stands for a table in the order of the page: its cells with their lines."""


def fill(tables: list[Table], lines: list[Line]) -> tuple[list[Line], Filled]:
    """The lines outside tables, with one that stands for each table, and what those hold."""
    filled: Filled = {}
    for table in tables:
        inside: list[tuple[Cell, Line]] = []
        outside: list[Line] = []
        box = table.box()
        for line in lines:
            pieces = _pieces(table, box, line)
            if pieces is None:
                outside.append(line)
            else:
                inside += pieces
        if len({cell for cell, _ in inside}) < 2:
            continue
        place = Line([], inside[0][1].page, box[0], box[2], box[1] + 0.1, 1.0, text="table", box=box)
        filled[id(place)] = inside
        lines = [*outside, place]
    return lines, filled


def _pieces(table: Table, box: Box, line: Line) -> list[tuple[Cell, Line]] | None:
    """The line's parts with their cells; None when a part of it is in none."""
    if (
        not line.fragments
        or line.base < box[1]
        or line.base > box[3] + _TOUCH
        or line.end < box[0]
        or line.start > box[2]
    ):
        return None
    places = [(table.cell(*_centre(fragment)), fragment) for fragment in line.fragments]
    made = []
    for cell, group in groupby(places, key=lambda entry: entry[0]):
        if cell is None:
            return None
        made.append((cell, line_of([fragment for _, fragment in group], line.page)))
    return made


def _centre(fragment: Fragment) -> tuple[float, float]:
    x0, top, x1, bottom = fragment.box
    return (x0 + min((x1 - x0) / 2, fragment.size)), (top + bottom) / 2


def cells(inside: list[tuple[Cell, Line]], regions: Regions) -> list[Line]:
    """The lines of a table, cell after cell, row by row."""
    made = []
    for _, group in groupby(sorted(inside, key=lambda entry: entry[0]), key=lambda entry: entry[0]):
        region = regions.next()
        for row in rows([line for _, line in group]):
            line = join(row)
            line.region, line.cell = region, True
            made.append(line)
    return made
