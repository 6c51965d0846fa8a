"""Pages that only show their words: read by tesseract where it is installed, named where it is not."""

from __future__ import annotations

import io
import shutil
import signal
from dataclasses import replace

import pytest

from tests.metrics.compose import Piece, as_pdf, share
from trustaudit.document import Document
from trustaudit.metrics import fine_print
from trustaudit.metrics.profiles import profiles
from trustaudit.parsing import parse
from trustaudit.parsing.limits import Limits

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="needs the program tesseract (Debian: tesseract-ocr)"
)

HEAD = Piece(4, size=14, kind="heading")
PAPER = [HEAD, *[Piece(80)] * 3, Piece(60, size=7, fine=True)]


def scanned(pdf: bytes, dots: int = 150, turned: int = 0) -> bytes:
    """The pages as pictures of so many dots an inch, turned counter-clockwise, and nothing else."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as source:
        pictures = [
            page.render(scale=dots / 72).to_pil().convert("L").rotate(turned, expand=True) for page in source
        ]
    out = io.BytesIO()
    pictures[0].save(
        out,
        "PDF",
        resolution=dots,
        save_all=True,
        append_images=pictures[1:],
        creationDate=None,
        modDate=None,
    )
    return out.getvalue()


@pytest.fixture(scope="module")
def paper() -> Document:
    return parse(scanned(as_pdf(PAPER)), "scan.pdf")


@needs_tesseract
def test_a_scan_has_the_words_of_the_page_that_was_scanned(paper: Document) -> None:
    written = parse(as_pdf(PAPER), "paper.pdf")

    assert paper.text.split() == written.text.split()
    assert [entry.where for entry in paper.unread] == ["page 1"]
    assert paper.unread[0].recognized
    assert paper.unread[0].reason.startswith("read by text recognition: 304 words, ")
    assert "sizes are relative only" in paper.unread[0].reason


@needs_tesseract
def test_each_word_has_a_box_of_its_own_where_it_stands(paper: Document) -> None:
    written = parse(as_pdf(PAPER), "paper.pdf")

    assert len(paper.runs) == len(paper.text.split())
    for run in paper.runs:
        assert run.bbox is not None
        there = next(written.runs_in(type(paper.blocks[0].span)(run.start, run.end))).bbox
        assert there is not None
        assert there[0] - 2 <= run.bbox[0] <= run.bbox[2] <= there[2] + 2
        assert there[1] - 3 <= run.bbox[1] <= run.bbox[3] <= there[3] + 3


@needs_tesseract
def test_small_is_told_beside_the_text_and_said_so(paper: Document) -> None:
    found = fine_print(paper)

    assert found.ratio.value == pytest.approx(share(PAPER), abs=0.01)
    assert "measured on pictures" in found.ratio.reason
    assert all(run.rough and run.contrast is None for run in paper.runs)


@needs_tesseract
def test_pale_print_beside_black_is_not_lost() -> None:
    pieces = [Piece(80), Piece(60, size=8, color="#9a9a9a")]

    found = parse(scanned(as_pdf(pieces)), "scan.pdf")

    assert found.text.split() == parse(as_pdf(pieces), "paper.pdf").text.split()


@needs_tesseract
def test_nothing_smaller_is_no_zero(paper: Document) -> None:
    alike = replace(paper, runs=tuple(replace(run, size=11.0) for run in paper.runs))

    found = fine_print(alike).ratio

    assert found.value is None
    assert "read from pictures" in found.reason


@needs_tesseract
def test_a_law_that_counts_in_points_cannot_be_told_from_a_picture(paper: Document) -> None:
    absolute = [name for name, limits in profiles().items() if limits.relative is None and limits.hard_pt]

    assert absolute
    for name in absolute:
        assert fine_print(paper, name).ratio.value is None


@needs_tesseract
@pytest.mark.slow
@pytest.mark.parametrize("turned", [90, 270])
def test_a_scan_that_lies_on_its_side_is_turned(turned: int, paper: Document) -> None:
    found = parse(scanned(as_pdf(PAPER), 200, turned), "scan.pdf")

    words = set(paper.text.split())
    assert sum(word in words for word in found.text.split()) > 0.95 * len(paper.text.split())


@needs_tesseract
def test_fonts_that_do_not_say_their_characters_are_read_from_the_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from trustaudit.parsing.pdf.chars import PageReader

    monkeypatch.setattr(PageReader, "broken", lambda _self: True)

    found = parse(as_pdf([HEAD, Piece(60)]), "paper.pdf")

    assert found.text.startswith("The parties agree that\n\nWill its and the")
    assert found.unread[0].recognized


@needs_tesseract
def test_pages_beyond_the_limit_are_named() -> None:
    two = scanned(as_pdf([Piece(300, size=14)] * 2), 100)

    found = parse(two, "scan.pdf", Limits(recognized_pages=1))

    assert [entry.recognized for entry in found.unread] == [True, False]
    assert found.unread[1].reason == "a picture without text: text recognition reads 1 pages of a document"
    assert fine_print(found).ratio.value is None


@needs_tesseract
def test_no_time_left_leaves_the_pages_unread_and_the_file_readable() -> None:
    found = parse(scanned(as_pdf([Piece(60)])), "scan.pdf", Limits(recognition_seconds=0))

    assert [entry.reason for entry in found.unread] == [
        "a picture without text: text recognition took too long"
    ]


@needs_tesseract
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="the system has no alarm")
def test_a_process_that_is_ended_in_time_gives_recognition_no_longer_than_that() -> None:
    signal.setitimer(signal.ITIMER_REAL, 600)
    try:
        found = parse(scanned(as_pdf([Piece(60)])), "scan.pdf", Limits(seconds=1))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)

    assert [entry.recognized for entry in found.unread] == [False]


@needs_tesseract
def test_the_same_scan_gives_the_same_document(paper: Document) -> None:
    assert parse(scanned(as_pdf(PAPER)), "scan.pdf") == paper


@pytest.mark.parametrize("missing", ["program", "extra"])
def test_without_it_the_pages_are_unread_and_the_mend_is_named(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if missing == "program":
        monkeypatch.setenv("PATH", "")
    else:
        monkeypatch.setitem(__import__("sys").modules, "pytesseract", None)

    found = parse(scanned(as_pdf(PAPER)), "scan.pdf")

    assert found.text == ""
    assert [(entry.where, entry.reason) for entry in found.unread] == [
        (
            "page 1",
            "a picture without text: it would need text recognition: install trustaudit[ocr] and tesseract",
        )
    ]
    assert fine_print(found).ratio.value is None
