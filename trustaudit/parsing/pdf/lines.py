"""Fragments to lines: what stands on one base line without a column gap between."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby, pairwise

from trustaudit.document import Box
from trustaudit.parsing.pdf.fragment import Fragment, Line

_GAP = 0.75  # ems between two fragments that follow each other in the content and are still one line
_TIGHT = 0.18  # ems; less is no blank
_LABEL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*[.)]?|(?:[a-zA-Z]|[ivxlc]{2,5})[.)])")


def chunks(fragments: Iterable[Fragment], page: int) -> list[Line]:
    """Lines in the order of the content, each unbroken by a column's or cell's gap."""
    made: list[list[Fragment]] = []
    for fragment in fragments:
        if made and _continues(made[-1], fragment):
            _extend(made[-1], fragment)
        else:
            fragment.spaced = False  # the blank was between it and another place
            made.append([fragment])
    lines = [line_of(group, page) for group in _rejoined(made)]
    _settle(lines)
    return lines


def _settle(lines: list[Line]) -> None:
    """Give raised and lowered marks (``14th``, ``M2``) the base line of the text that they touch."""
    marks = [line for line in lines if len(line.text) <= 8]
    for mark in marks if len(marks) < 500 else ():
        for line in lines:
            rise, size = abs(line.base - mark.base), line.size
            if (
                mark.size < 0.85 * size and 0 < rise < 0.6 * size and line.angle == mark.angle
                and min(abs(mark.start - line.end), abs(line.start - mark.end)) < 0.4 * size
            ):  # fmt: skip
                mark.base = line.base
                break


def _continues(group: list[Fragment], fragment: Fragment) -> bool:
    """Whether the fragment stands right after the group, on its base line or raised from it."""
    last = group[-1]
    if last.angle != fragment.angle or last.note != fragment.note:
        return False
    size = max(last.size, fragment.size)
    gap = fragment.start - last.end
    return _same_base(last, fragment) and -0.6 * size < gap < _GAP * size


def _same_base(one: Fragment, other: Fragment) -> bool:
    small, large = (one.size, other.size) if one.size < other.size else (other.size, one.size)
    rise = abs(one.base - other.base)
    return rise < 0.25 * large or (small < 0.8 * large and rise < 0.6 * large)


def _extend(group: list[Fragment], fragment: Fragment) -> None:
    """Add a fragment; one that continues the last in the same style is joined to it."""
    last = group[-1]
    if len(group) == 1 and _is_label(last, fragment):
        fragment.spaced = True
    if last.ink != fragment.ink or abs(last.base - fragment.base) > 0.1:
        group.append(fragment)
        return
    blank = " " if blank_between(last, fragment) else ""
    last.text = f"{last.text}{blank}{fragment.text}"
    last.end, last.ended = max(last.end, fragment.end), fragment.ended
    one, two = last.box, fragment.box
    last.box = (min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3]))


def blank_between(one: Fragment, other: Fragment) -> bool:
    return one.ended or other.spaced or other.start - one.end > _TIGHT * max(one.size, other.size)


def _is_label(one: Fragment, other: Fragment) -> bool:
    """Whether a line begins with a number that stands close to its clause: ``1.2Term``."""
    return (
        other.start > one.end + 0.02 * other.size
        and bool(_LABEL.fullmatch(one.text))
        and other.text[0].isalpha()
    )


def _rejoined(groups: list[list[Fragment]]) -> list[list[Fragment]]:
    """Groups that the content brought apart but that touch on the page, joined."""
    order = sorted(
        range(len(groups)), key=lambda at: (groups[at][0].angle, groups[at][0].base, groups[at][0].start)
    )
    made: list[list[Fragment]] = []
    for at in order:
        group = groups[at]
        for candidate in reversed(made[-6:]):
            if _touches(candidate[-1], group[0]):
                for fragment in group:
                    _extend(candidate, fragment)
                break
        else:
            made.append(group)
    return made


def _touches(last: Fragment, first: Fragment) -> bool:
    if last.angle != first.angle or last.note != first.note or not _same_base(last, first):
        return False
    size, gap = max(last.size, first.size), first.start - last.end
    return -0.3 * size < gap < 0.6 * size


def line_of(fragments: list[Fragment], page: int) -> Line:
    """One line out of fragments in reading order."""
    first = fragments[0]
    if len(fragments) == 1:
        return Line(
            fragments,
            page,
            first.start,
            first.end,
            first.base,
            first.size,
            first.angle,
            first.text,
            first.ink.bold,
            box=first.box,
        )
    sizes: Counter[float] = Counter()
    bases: Counter[float] = Counter()
    for fragment in fragments:
        sizes[fragment.size] += len(fragment.text)
        bases[fragment.base] += len(fragment.text)
    boxes = [fragment.box for fragment in fragments]
    worded = [fragment for fragment in fragments if any(map(str.isalnum, fragment.text))]
    return Line(
        fragments, page,
        min(fragment.start for fragment in fragments), max(fragment.end for fragment in fragments),
        max(bases, key=lambda base: (bases[base], base)), max(sizes, key=lambda size: (sizes[size], size)),
        first.angle, text_of(fragments), all(fragment.ink.bold for fragment in worded), box=around(boxes),
    )  # fmt: skip


def around(boxes: list[Box]) -> Box:
    """The smallest box round some boxes."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def text_of(fragments: list[Fragment]) -> str:
    parts = [fragments[0].text]
    for one, other in pairwise(fragments):
        if blank_between(one, other):
            parts.append(" ")
        parts.append(other.text)
    return "".join(parts)


def join(lines: list[Line]) -> Line:
    """Lines side by side as one."""
    if len(lines) == 1:
        return lines[0]
    ordered = sorted(lines, key=lambda line: line.start)
    for before, line in pairwise(ordered):
        if line.start - before.end > 0.25 * max(before.size, line.size) or _is_label(
            before.fragments[-1], line.fragments[0]
        ):
            line.fragments[0].spaced = True
    return line_of([fragment for line in ordered for fragment in line.fragments], lines[0].page)


def rows(lines: list[Line]) -> list[list[Line]]:
    """Lines grouped by base line, from top to bottom, each group from left to right."""
    made: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: (one.base, one.start)):
        if made and line.base - made[-1][0].base < 0.35 * min(line.size, made[-1][0].size):
            made[-1].append(line)
        else:
            made.append([line])
    return [sorted(row, key=lambda one: one.start) for row in made]


def by_angle(lines: list[Line]) -> list[list[Line]]:
    """Lines of one direction each, the direction of most characters first."""
    if all(line.angle == 0 for line in lines):
        return [lines] if lines else []
    ordered = sorted(lines, key=lambda line: line.angle)
    groups = [list(group) for _, group in groupby(ordered, key=lambda line: line.angle)]
    return sorted(groups, key=lambda group: -sum(len(line.text) for line in group))
