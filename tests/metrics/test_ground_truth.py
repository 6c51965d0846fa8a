"""Papers with a known share of fine print, written as PDF, DOCX and HTML and read by the real parsers."""

from __future__ import annotations

import pytest

from tests.metrics.compose import Piece, as_docx, as_html, as_pdf, share
from trustaudit.document import Document
from trustaudit.metrics import fine_print
from trustaudit.parsing import parse

WRITERS = {"paper.pdf": as_pdf, "paper.docx": as_docx, "paper.html": as_html}

SMALL = Piece(60, size=7, fine=True)
GREY = Piece(60, color="#9a9a9a", fine=True)
HEAD = Piece(4, size=14, kind="heading")


def body(count: int, size: float = 11) -> list[Piece]:
    return [Piece(80, size=size)] * count


CASES = {
    "nothing": [HEAD, *body(6)],
    "one small paragraph": [HEAD, *body(5), SMALL],
    "half of it small": [*body(3), *[Piece(80, size=7.5, fine=True)] * 3],
    "most of it small": [*body(2), *[Piece(80, size=7, fine=True)] * 6],
    "all small": [Piece(80, size=6, fine=True)] * 4,
    "small beside the text": [*body(5, 12), Piece(70, size=9, fine=True)],
    "nine points beside ten are text": [*body(5, 10), Piece(70, size=9)],
    "small print longer than the text": [*body(3), *[Piece(80, size=8.5, fine=True)] * 5],
    "grey on white": [HEAD, *body(4), GREY],
    "grey that can be read": [*body(4), Piece(60, color="#666666")],
    "white on blue can be read": [*body(4), Piece(60, color="#ffffff", background="#003366")],
    "grey on grey": [*body(4), Piece(60, color="#777777", background="#bbbbbb", fine=True)],
    "large grey heading-like print": [*body(4), Piece(30, size=20, color="#8a8a8a")],
    "capitals": [*body(5), Piece(40, capitals=True, fine=True)],
    "small headings do not count": [*body(4), Piece(4, size=6, kind="heading"), *body(2)],
    "several causes at once": [*body(5), SMALL, GREY, Piece(40, size=7, color="#aaaaaa", fine=True)],
}


def read(name: str, data: bytes) -> Document:
    return parse(data, name)


@pytest.mark.parametrize("case", CASES, ids=[case.replace(" ", "-") for case in CASES])
@pytest.mark.parametrize("name", WRITERS)
def test_ratio_is_the_share_that_was_written(case: str, name: str) -> None:
    pieces = CASES[case]

    found = fine_print(read(name, WRITERS[name](pieces)))

    assert found.ratio.value == pytest.approx(share(pieces), abs=0.01)


@pytest.mark.parametrize("case", CASES, ids=[case.replace(" ", "-") for case in CASES])
def test_formats_agree(case: str) -> None:
    ratios = [fine_print(read(name, write(CASES[case]))).ratio.value for name, write in WRITERS.items()]

    assert None not in ratios
    assert max(filter(None, ratios), default=0) - min(ratio or 0 for ratio in ratios) <= 0.02


def test_rotated_pages_are_as_large_as_upright_ones() -> None:
    pieces = CASES["one small paragraph"]

    assert fine_print(read("turned.pdf", as_pdf(pieces, rotated=True))).ratio.value == pytest.approx(
        share(pieces), abs=0.01
    )


def test_plain_text_has_no_ratio_but_an_estimate() -> None:
    text = "\n\n".join(piece.text(at) for at, piece in enumerate(CASES["capitals"])).encode()

    assert fine_print(read("paper.txt", text)).ratio.value is None
