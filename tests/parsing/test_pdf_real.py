"""Invariants of the document model on generated and on real papers."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from trustaudit.document import Document
from trustaudit.errors import UnreadableError
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.pdf import parse

WORDS = re.compile(r"[^\W_]+")


def check(document: Document) -> None:
    """Blocks and runs are ordered, disjoint, inside the text, and cover every character that is not blank."""
    text, pages = document.text, {page.number: page for page in document.pages}
    for pieces in (document.blocks, document.runs):
        end = 0
        for piece in pieces:
            assert end <= piece.start < piece.end <= len(text)
            assert not text[end : piece.start].strip()
            end = piece.end
        assert not text[end:].strip()
    assert "  " not in text.replace("\n\n", "\n")
    for run in document.runs:
        assert run.page in pages
        if run.hidden is None and run.bbox is not None:
            x0, top, x1, bottom = run.bbox
            page = pages[run.page or 0]
            assert -0.01 <= x0 <= x1 <= page.width + 0.01
            assert -0.01 <= top <= bottom <= page.height + 0.01


placed = st.tuples(
    st.integers(-50, 620),
    st.integers(-50, 850),
    st.integers(1, 40),
    st.integers(0, 359),
    st.text("abcdefg ABC .-(1)é•", min_size=1, max_size=40),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(placed, max_size=25), min_size=1, max_size=4))
def test_invariants_hold_wherever_text_is_put(pages: list[list[tuple[int, int, int, int, str]]]) -> None:
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(595, 842), invariant=1)
    for page in pages:
        for x, y, size, angle, text in page:
            canvas.saveState()
            canvas.setFont("Helvetica", size)
            canvas.translate(x, y)
            canvas.rotate(angle if angle > 180 else 0)
            canvas.drawString(0, 0, text)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()
    check(parse(data.getvalue(), "", Limits()))


def papers(data_dir: Path) -> list[Path]:
    return [
        *sorted((data_dir / "cuad" / "pdf").glob("*.pdf"))[::12],
        *sorted((data_dir / "documents").rglob("*.pdf"))[::8],
    ]


@pytest.mark.slow
def test_real_papers_hold_the_invariants_and_have_the_words_of_another_reader(data_dir: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (Debian: poppler-utils) is not installed")
    same = total = 0
    for path in papers(data_dir):
        document = parse(path.read_bytes(), path.name, Limits())
        check(document)
        other = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.decode()
        ours, theirs = (Counter(WORDS.findall(text.casefold())) for text in (document.text, other))
        same += (ours & theirs).total()
        total += max(ours.total(), theirs.total())
    assert same / total > 0.98


@pytest.mark.slow
def test_no_text_of_real_contracts_is_hidden(data_dir: Path) -> None:
    for path in papers(data_dir):
        document = parse(path.read_bytes(), path.name, Limits())
        assert not [
            document.text[run.start : run.end]
            for run in document.runs
            if run.hidden and run.size and run.size > 2
        ]


@pytest.mark.slow
def test_hostile_files_end_in_a_document_or_a_reason(data_dir: Path) -> None:
    for path in sorted((data_dir / "hostile").rglob("*.pdf")):
        with suppress(UnreadableError):
            check(parse(path.read_bytes(), path.name, Limits()))
