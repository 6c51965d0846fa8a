"""Pages as a report shows them: their pictures, with fine print tinted and findings boxed over them.

Everything is drawn in points of the page, so that the picture may have any size.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from trustaudit.document import Box, Document, Page, Run, Span
from trustaudit.report.finding_view import FindingView
from trustaudit.report.pictures import PagePictures

_SPARE = 1.0  # points between the letters and the box round them


@dataclass(frozen=True, slots=True)
class Boxed:
    """A finding's boxes on one page, as the data of an SVG path."""

    number: int
    title: str
    style: str
    path: str


@dataclass(frozen=True, slots=True)
class PageView:
    """``fine`` is the data of an SVG path over the fine print, empty where there is none."""

    number: int
    width: float
    height: float
    source: str  # data: URL
    fine: str
    boxes: tuple[Boxed, ...]


def page_views(
    document: Document, pictures: PagePictures, findings: Sequence[FindingView], fine: Iterable[Span]
) -> tuple[PageView, ...]:
    """The pages that there are pictures of, in their order."""
    sheets = [page for page in document.pages if page.number in pictures and page.width and page.height]
    tints: dict[int, list[Box]] = {}
    for span in fine:
        _sort(document, span, tints)
    boxes: dict[int, list[Boxed]] = {}
    for each in sorted(findings, key=lambda each: -each.number):  # the worst on top
        found: dict[int, list[Box]] = {}
        if each.quote is not None:
            _sort(document, each.finding.span, found)
        for page, parts in found.items():
            boxed = Boxed(each.number, each.finding.title, each.style, _path(parts))
            boxes.setdefault(page, []).append(boxed)
    return tuple(_view(page, pictures[page.number], tints, boxes) for page in sheets)


def _view(page: Page, picture: bytes, tints: dict[int, list[Box]], boxes: dict[int, list[Boxed]]) -> PageView:
    source = "data:image/png;base64," + b64encode(picture).decode()
    fine = _path(tints.get(page.number, ()))
    return PageView(page.number, page.width, page.height, source, fine, tuple(boxes.get(page.number, ())))


def _sort(document: Document, span: Span, into: dict[int, list[Box]]) -> None:
    """The boxes of a span's parts by page."""
    for run in document.runs_in(span):
        if run.page is not None and run.bbox is not None:
            into.setdefault(run.page, []).append(_part(run, run.bbox, span))


def _part(run: Run, box: Box, span: Span) -> Box:
    """The box of a run's part in the span: its characters are taken to be equally wide; turned runs whole."""
    x0, top, x1, bottom = box
    length = run.end - run.start
    if bottom - top > x1 - x0 and length > 2:
        return box
    width = (x1 - x0) / length
    return (
        x0 + width * (max(run.start, span.start) - run.start), top,
        x1 - width * (run.end - min(run.end, span.end)), bottom,
    )  # fmt: skip


def _path(boxes: Iterable[Box]) -> str:
    return "".join(_rectangle(*box) for box in _joined(boxes))


def _joined(boxes: Iterable[Box]) -> Iterator[Box]:
    """Boxes that follow each other on one line as one."""
    last: Box | None = None
    for box in boxes:
        if last is not None and abs(box[1] - last[1]) < 3 and -2 < box[0] - last[2] < 12:
            last = (last[0], min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
            continue
        if last is not None:
            yield last
        last = box
    if last is not None:
        yield last


def _rectangle(x0: float, top: float, x1: float, bottom: float) -> str:
    width, height = x1 - x0 + 2 * _SPARE, bottom - top + 2 * _SPARE
    return f"M{x0 - _SPARE:.1f} {top - _SPARE:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}z"
