"""Lines to passages: what belongs to one paragraph, on one page or across columns and pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from trustaudit.document import BlockKind
from trustaudit.parsing.pdf.fragment import Line

LABEL = re.compile(
    r"""(?:
      [(\[]?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6}|[a-z]{2})[)\]]\.?
    | (?:\d{1,3}\.){1,5}\d{0,3}[.)]? | \d{1,3}(?:\.\d{1,3}){1,4}
    | [A-Za-z]\. | [ivxIVX]{1,5}\.
    | (?:Section|SECTION|Article|ARTICLE|Clause|§{1,2})\s?(?:\d[\d.]*|[IVXLC]+\b)[.:]?
    | [•▪●○■□◦‣▶➢✓☐◆–—*·-]
    )(?=\s|$)""",
    re.VERBOSE,
)
LEADER = re.compile(r"(?:\.\s?){5,}\s*(?:[A-Z]{1,3}-)?(?:\d{1,4}|[ivxlc]{1,6})?\s*$|…{2,}\s*\d{1,4}$")
_FINISHED = re.compile(r"[.;:?!][\"'”’)\]]*$|(?:;|,)\s*(?:and|or)$")
_PROSE_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_PROSE = 4  # blanks in a line of running text
_CELL_LINES = 6  # a table's cell with more lines is a text of its own, with paragraphs
_FIELD = re.compile(r"[^:_]{1,40}:(?P<blank>\s*_{3,})?")
_REFERENCE = re.compile(
    r"\b(?:sections?|articles?|clauses?|exhibits?|paragraphs?|and|or|of|the|to|in|under|by)$", re.IGNORECASE
)


def listed(text: str) -> bool:
    """Whether dots lead to a page's number."""
    return (".." in text or ". ." in text or "…" in text) and bool(LEADER.search(text))


def finished(text: str) -> bool:
    """Whether a line ends as a sentence or an item ends."""
    return bool(_FINISHED.search(text, max(len(text) - 10, 0)))


@dataclass(slots=True)
class Passage:
    """Lines of one block to be."""

    lines: list[Line]
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    aside: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        return max(self.lines, key=lambda line: len(line.text)).size


@dataclass(frozen=True, slots=True)
class Measure:
    """Where a region's lines usually begin and end, in points, their usual pitch, and their number."""

    left: float
    right: float
    pitch: float  # in ems
    lines: int


def usual_pitch(pages: list[list[Line]]) -> float:
    """The document's distance of base lines inside a paragraph, in ems."""
    return _pitch([lines for lines in pages if lines], 1.25)


def measures(lines: list[Line], pitch: float) -> dict[int, Measure]:
    """By region. A region with too few lines has the page's pitch, and such a page the given ``pitch``."""
    regions: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        regions[line.region].append(line)
    general = _pitch(list(regions.values()), pitch)
    made = {}
    for number, members in regions.items():
        ends = sorted(line.end for line in members if line.text.count(" ") >= 4) or [
            max(m.end for m in members)
        ]
        right = ends[min(int(len(ends) * 0.85), len(ends) - 1)]
        made[number] = Measure(
            min(line.start for line in members), right, _pitch([members], general), len(members)
        )
    return made


def _pitch(regions: list[list[Line]], default: float) -> float:
    """The usual distance of base lines, in ems: of lines that follow one that is full."""
    drops: Counter[float] = Counter()
    for members in regions:
        right = max(line.end for line in members)
        for line, after in pairwise(members):
            drop = (after.base - line.base) / max(line.size, 1)
            if line.text.count(" ") < _PROSE or after.region != line.region:
                continue
            if 0.8 < drop < 3.5 and line.end > right - 6 * line.size and abs(line.size - after.size) < 1:
                drops[round(drop, 1)] += 1
    common = drops.most_common()
    if not common or common[0][1] < 2:
        return default
    most = common[0][1]
    return min(drop for drop, count in common if count * 2 > most)


def passages(lines: list[Line], pitch: float) -> list[Passage]:
    """The page's lines, in reading order, as passages."""
    known = measures(lines, pitch)
    made: list[Passage] = []
    for line in lines:
        if made and not _breaks(made[-1].lines, line, known[line.region]):
            made[-1].lines.append(line)
        else:
            made.append(Passage([line], BlockKind.TABLE_CELL if line.cell else BlockKind.PARAGRAPH))
    _set_leading(made)
    return made


def _breaks(current: list[Line], line: Line, measure: Measure) -> bool:
    """Whether a line begins a new passage after those of the current one in the same column."""
    before = current[-1]
    if line.region != before.region or line.cell != before.cell or line.angle != before.angle:
        return True
    if line.cell and measure.lines <= _CELL_LINES:
        return False
    if _set_apart(before, line, measure):
        return True
    if _fills_in(current[0], line):
        return False
    short = _short(before, line, measure)
    return _closed(before, line) or _new_item(before, line, short) or _new_sentence(current, line, short)


def _closed(before: Line, line: Line) -> bool:
    """Whether nothing can follow: a blank to fill in, an entry of a list of contents, a note."""
    if before.text.endswith("___") or line.listed or before.listed:
        return True
    return listed(before.text) or before.fragments[0].note


def _set_apart(before: Line, line: Line, measure: Measure) -> bool:
    """Whether a line is further away than lines of a paragraph are, or of another size."""
    drop, size = line.base - before.base, max(line.size, before.size)
    if drop <= 0 or drop > (measure.pitch * 1.3 + 0.05) * size:
        return True
    resumed = line.text[0].islower() and not finished(before.text)
    return abs(line.size - before.size) > (0.3 if resumed else 0.12) * size


def _fills_in(label: Line, line: Line) -> bool:
    """Whether a line stands under the blank of ``Purpose: ____``: more blank, or how it is to be filled."""
    field = _FIELD.match(label.text) if line.start > label.start + 2 * line.size else None
    return field is not None and field["blank"] is not None and not _FIELD.match(line.text)


def _short(before: Line, line: Line, measure: Measure) -> bool:
    """Whether the next line's first word would have fitted on the line before."""
    word = len(line.text.split(" ", 1)[0]) + 1
    width = line.width / max(len(line.text), 1) * word
    return before.end + width < measure.right - 0.5 * line.size


def _new_item(before: Line, line: Line, short: bool) -> bool:
    if not LABEL.match(line.text):
        return False
    indented = abs(line.start - before.start) > 0.5 * line.size
    if not finished(before.text) and not before.text.endswith(","):
        return short and (indented or not before.text[-1].isalnum())
    return short or indented or bool(LABEL.match(before.text)) or not before.text.endswith(",")


def _new_sentence(current: list[Line], line: Line, short: bool) -> bool:
    before = current[-1]
    ended = finished(before.text)
    opens = not line.text[0].islower()
    if before.bold != line.bold and short:
        return True
    if short and opens:
        return not _centred_together(before, line)
    step = line.start - before.start
    if step > 0.9 * line.size and ended and opens:
        return not (len(current) == 1 and LABEL.match(before.text))
    return step < -0.9 * line.size and len(current) > 1 and ended and opens


def _centred_together(before: Line, line: Line) -> bool:
    """Whether both lines are centred on one axis and set alike, as a title of two lines is."""
    same = abs((before.start + before.end) - (line.start + line.end)) < 2 * line.size
    indented = abs(before.start - line.start) > 0.5 * line.size
    return same and indented and before.bold == line.bold and before.text.isupper() == line.text.isupper()


def _set_leading(made: list[Passage]) -> None:
    """Each line's pitch: to the line before it in its passage, or for the first to the one after."""
    for passage in made:
        for before, line in pairwise(passage.lines):
            line.leading = round(line.base - before.base, 2)
        if len(passage.lines) > 1:
            passage.lines[0].leading = passage.lines[1].leading


def flows(before: Passage, after: Passage) -> bool:
    """Whether a passage goes on in the next column or on the next page."""
    if before.kind not in _PROSE_KINDS or after.kind is not BlockKind.PARAGRAPH:
        return False
    last, first = before.lines[-1], after.lines[0]
    if last.angle != first.angle or abs(before.size - after.size) > 0.1 * before.size:
        return False
    if finished(last.text) or last.text.endswith("___") or before.text.count(" ") < 2:
        return False
    return first.text[0].islower() or bool(_REFERENCE.search(last.text)) or _goes_on(before, after)


def _goes_on(before: Passage, after: Passage) -> bool:
    """Whether an unfinished passage goes on with a word in capitals: a name, or an amount in brackets."""
    last, first = before.lines[-1], after.lines[0]
    label = LABEL.match(first.text)
    if label and not (first.text[0] == "(" and last.text[-1].isalpha()):
        return False
    if first.bold != last.bold or first.text.isupper() or len(before.lines) < 2:
        return False
    full = last.end > max(line.end for line in before.lines) - 4 * last.size
    return full or (last.text[-1].isalnum() and len(after.lines) > 1)  # a reprinted page breaks anywhere


def interrupted(before: Passage, after: Passage) -> bool:
    """Whether a column or page ends between two passages."""
    last, first = before.lines[-1], after.lines[0]
    return last.page != first.page or (last.region != first.region and first.base < last.base)
