"""Boxes over the pictures of pages: round the words of a finding, and no more."""

from __future__ import annotations

from trustaudit.document import Block, Document, Page, Run, Span
from trustaudit.report.page_views import page_views


def paper() -> Document:
    text = "0123456789" * 4
    lines = [
        Run(10 * at, 10 * at + 10, bbox=(100, 20 * at, 200, 20 * at + 10), page=1 + at // 2)
        for at in range(4)
    ]
    return Document(text, (Block(0, 40),), tuple(lines), (Page(1, 300, 400), Page(2, 300, 400)))


def fine(span: Span) -> list[str]:
    return [view.fine for view in page_views(paper(), {1: b"one", 2: b"two"}, (), [span])]


def test_a_part_of_a_line_is_boxed_by_its_characters() -> None:
    assert fine(Span(2, 5)) == ["M119.0 -1.0h32.0v12.0h-32.0z", ""]


def test_every_line_has_its_box_on_its_own_page() -> None:
    assert fine(Span(15, 25)) == ["M149.0 19.0h52.0v12.0h-52.0z", "M99.0 39.0h52.0v12.0h-52.0z"]


def test_pages_without_a_picture_are_left_out() -> None:
    (view,) = page_views(paper(), {2: b"two"}, (), [])

    assert (view.number, view.fine, view.boxes) == (2, "", ())
