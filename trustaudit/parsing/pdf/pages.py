"""All pages of a PDF as lines in reading order, and what of them could not be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from trustaudit.document import Page, Unread
from trustaudit.errors import LimitError
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.pdf import pdfium
from trustaudit.parsing.pdf.chars import PageReader, characters
from trustaudit.parsing.pdf.forms import Written, form, missing, unread_form, written
from trustaudit.parsing.pdf.fragment import Line
from trustaudit.parsing.pdf.frame import Frame, frame_of, user_units
from trustaudit.parsing.pdf.lines import by_angle, chunks
from trustaudit.parsing.pdf.order import Regions, ordered
from trustaudit.parsing.pdf.recognition import Recognizer
from trustaudit.parsing.pdf.recognized import lines_of, note
from trustaudit.parsing.pdf.shapes import Shapes, shapes
from trustaudit.parsing.pdf.tables import cells, fill, find_tables
from trustaudit.parsing.pdf.visibility import Picture

SCANNED = "a picture without text"
DRAWN = "drawn shapes without text"
BROKEN = "its fonts do not say which characters they show"
DAMAGED = "the page is damaged"
_SEEN = frozenset({SCANNED, DRAWN, BROKEN})
"""Faults of pages that show their words all the same."""
_STAMP = 100  # characters; fewer over a picture of the page are a stamp or a number, not its text
_PICTURE = 0.5  # share of the page
_INK = 0.002  # share of the page that is not background; less is a line or a speck


@dataclass(slots=True)
class Sheet:
    """One page and its lines."""

    page: Page
    lines: list[Line]


@dataclass(slots=True)
class Source:
    """What was read of a file, and what was not."""

    sheets: list[Sheet] = field(default_factory=list)
    unread: tuple[Unread, ...] = ()


class _GarbledError(Exception):
    """Making annotations part of a page has spoiled its fonts."""


def read(data: bytes, limits: Limits) -> Source:
    """Open the PDF and read its pages, up to the limits."""
    try:
        return _read(data, limits, in_place=True)
    except _GarbledError:
        return _read(data, limits, in_place=False)


def _read(data: bytes, limits: Limits, *, in_place: bool) -> Source:
    source, problems = Source(), []
    characters = 0
    units = user_units(data)
    with pdfium.document(data) as handle, form(handle) as form_handle, Recognizer(limits) as recognizer:
        opened = _Opened(handle, form_handle, units, limits, recognizer)
        count = pdfium.page_count(handle)
        for index in range(min(count, limits.pages)):
            limits.check_time()
            sheet, problem = _sheet(opened, index, in_place=in_place)
            source.sheets.append(sheet)
            if problem:
                problems.append((index + 1, problem))
            characters += sum(len(line.text) for line in sheet.lines)
            if characters > limits.characters:
                raise LimitError(f"the text is longer than {limits.characters:,} characters")
        problems += [
            (number, f"over the limit of {limits.pages:,} pages")
            for number in range(limits.pages + 1, count + 1)
        ]
        recognized = _recognized(source, problems, recognizer)
        source.unread = (*recognized, *_folded(problems), *_attachments(handle), *unread_form(handle))
    return source


def _recognized(source: Source, problems: list[tuple[int, str]], recognizer: Recognizer) -> list[Unread]:
    """Put what text recognition read in place of the pages' lines, with a note on each; name its faults."""
    notes = []
    reasons = dict(problems)
    for index, read in sorted(recognizer.results().items()):
        number, sheet = index + 1, source.sheets[index]
        at = problems.index((number, reasons[number]))
        if read.fault:
            problems[at] = (number, f"{reasons[number]}: {read.fault}")
            continue
        del problems[at]
        notes.append(note(f"page {number}", read))
        kept = [line for line in sheet.lines if line.fragments[0].note]
        frame = Frame(1, 0, 0, 1, 0, 0, sheet.page.width, sheet.page.height)
        sheet.lines = _in_order(lines_of(read, frame, number), Shapes()) + kept
    return notes


@dataclass(frozen=True, slots=True)
class _Opened:
    """The open document, and what reading its pages needs."""

    handle: int
    form: int | None
    units: Mapping[int, float]
    limits: Limits
    recognizer: Recognizer


def _sheet(opened: _Opened, index: int, *, in_place: bool) -> tuple[Sheet, str]:
    """One page; with the reason where it could not be read. Annotations with letters become part of it."""
    handle = opened.handle
    with pdfium.page(handle, index) as page:
        if not page:
            return Sheet(Page(index + 1, 0.0, 0.0), []), DAMAGED
        found, shown = written(page, opened.form)
        if not (shown and in_place):
            return _page(page, index, found, opened)
        before = _letters(page)
        if pdfium.flatten(page, 0) != 1:
            return _page(page, index, found, opened)
    with pdfium.page(handle, index) as page:
        if not page or (before - _letters(page)).total() > 0.05 * before.total():
            raise _GarbledError
        return _page(page, index, found, opened)


def _letters(page: int) -> Counter[str]:
    with pdfium.page_text(page) as text:
        return Counter("".join(characters(text, pdfium.count_chars(text)).split()) if text else "")


def _page(page: int, index: int, found: list[Written], opened: _Opened) -> tuple[Sheet, str]:
    """One open page; where it only shows its words, it is offered to text recognition."""
    frame = frame_of(page, opened.units.get(index, 1.0))
    size = Page(index + 1, round(frame.width, 2), round(frame.height, 2))
    lines, fault = _lines(page, index + 1, found, frame, opened.limits)
    if fault in _SEEN:
        opened.recognizer.offer(index, page, frame)
    return Sheet(size, lines), fault


def _lines(
    page: int, number: int, found: list[Written], frame: Frame, limits: Limits
) -> tuple[list[Line], str]:
    with pdfium.page_text(page) as text:
        if not text:
            return [], DAMAGED
        reader = PageReader(text, frame)
        if reader.broken():
            return missing(found, [], frame, number), BROKEN
        limits.check_time()
        made = chunks(reader.fragments(), number)
        drawn = shapes(page, frame)
        picture = Picture(page, frame)
        for line in made:
            limits.check_time()
            for fragment in line.fragments:
                picture.see(fragment)
    notes = missing(found, made, frame, number)
    return _in_order(made, drawn) + notes, _without_text(made, drawn, picture, frame)


def _in_order(lines: list[Line], drawn: Shapes) -> list[Line]:
    regions = Regions()
    tables = find_tables(drawn)
    made: list[Line] = []
    for group in by_angle(lines):
        free, filled = fill(tables, group) if group[0].angle == 0 else (group, {})
        for line in ordered(free, regions):
            made += cells(filled[id(line)], regions) if id(line) in filled else [line]
    return made


def _without_text(lines: list[Line], drawn: Shapes, picture: Picture, frame: Frame) -> str:
    """The reason why a page that shows something has no text, or only a stamp; else nothing."""
    length = sum(len(line.text) for line in lines)
    if length >= _STAMP:
        return ""
    if drawn.pictured > _PICTURE * frame.width * frame.height:
        return SCANNED
    if length or picture.ink() < _INK:
        return ""
    return SCANNED if drawn.pictured else DRAWN


def _folded(problems: list[tuple[int, str]]) -> Iterable[Unread]:
    """Neighbouring pages with the same problem as one entry: ``pages 3-17``."""
    indexed = enumerate(sorted(problems))
    for (_, reason), group in groupby(indexed, key=lambda entry: (entry[1][0] - entry[0], entry[1][1])):
        numbers = [number for _, (number, _) in group]
        first, last = numbers[0], numbers[-1]
        yield Unread(f"page {first}" if first == last else f"pages {first}-{last}", reason)


def _attachments(handle: int) -> Iterable[Unread]:
    for at in range(max(pdfium.attachment_count(handle), 0)):
        name = pdfium.attachment(handle, at)
        yield Unread(f"attachment {name or at + 1}", "files inside the PDF are not read")
