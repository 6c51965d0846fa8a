"""All pages of a PDF as lines in reading order, and what of them could not be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from trustaudit.document import Page, Unread
from trustaudit.errors import LimitError
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.pdf import pdfium
from trustaudit.parsing.pdf.chars import PageReader
from trustaudit.parsing.pdf.fragment import Line
from trustaudit.parsing.pdf.frame import Frame, frame_of
from trustaudit.parsing.pdf.lines import by_angle, chunks
from trustaudit.parsing.pdf.order import Regions, ordered
from trustaudit.parsing.pdf.visibility import Picture

SCANNED = "a picture without text: it would need text recognition"
BROKEN = "its fonts do not say which characters they show"
DAMAGED = "the page is damaged"


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


def read(data: bytes, limits: Limits) -> Source:
    """Open the PDF and read its pages, up to the limits."""
    source, problems = Source(), []
    characters = 0
    with pdfium.document(data) as handle:
        count = pdfium.page_count(handle)
        for index in range(min(count, limits.pages)):
            limits.check_time()
            sheet, problem = _sheet(handle, index)
            source.sheets.append(sheet)
            if problem:
                problems.append((index + 1, problem))
            characters += sum(len(line.text) for line in sheet.lines)
            if characters > limits.characters:
                raise LimitError(f"the text is longer than {limits.characters:,} characters")
        problems += [(number, f"over the limit of {limits.pages:,} pages") for number in range(limits.pages + 1, count + 1)]
        source.unread = tuple(_folded(problems)) + tuple(_attachments(handle))
    return source


def _sheet(handle: int, index: int) -> tuple[Sheet, str]:
    """One page; with the reason where it could not be read."""
    empty = Sheet(Page(index + 1, 0.0, 0.0), [])
    with pdfium.page(handle, index) as page:
        if not page:
            return empty, DAMAGED
        frame = frame_of(page, 1.0)
        size = Page(index + 1, round(frame.width, 2), round(frame.height, 2))
        with pdfium.page_text(page) as text:
            if not text:
                return Sheet(size, []), DAMAGED
            reader = PageReader(text, frame)
            if reader.broken():
                return Sheet(size, []), BROKEN
            made = chunks(reader.fragments(), index + 1)
            if not made:
                return Sheet(size, []), SCANNED if _has_picture(page) else ""
            _look(page, frame, made)
            return Sheet(size, _in_order(made)), ""


def _look(page: int, frame: Frame, lines: list[Line]) -> None:
    picture = Picture(page, frame)
    for line in lines:
        for fragment in line.fragments:
            fragment.look = picture.look(fragment)


def _in_order(lines: list[Line]) -> list[Line]:
    regions = Regions()
    return [line for group in by_angle(lines) for line in ordered(group, regions)]


def _has_picture(page: int) -> bool:
    return any(
        pdfium.object_type(pdfium.get_object(page, at)) in (pdfium.IMAGE, pdfium.FORM, pdfium.SHADING)
        for at in range(pdfium.count_objects(page))
    )


def _folded(problems: list[tuple[int, str]]) -> Iterable[Unread]:
    """Neighbouring pages with the same problem as one entry: ``pages 3-17``."""
    indexed = enumerate(sorted(problems))
    for (_, reason), group in groupby(indexed, key=lambda entry: (entry[1][0] - entry[0], entry[1][1])):
        numbers = [number for _, (number, _) in group]
        first, last = numbers[0], numbers[-1]
        yield Unread(f"page {first}" if first == last else f"pages {first}-{last}", reason)


def _attachments(handle: int) -> Iterable[Unread]:
    count = pdfium.attachment_count(handle)
    if count > 0:
        yield Unread(f"{count} attached file{'s' if count > 1 else ''}", "attached files are not read")
