"""What cannot be read is said; what is broken or too large ends with a plain reason."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from trustaudit.document import Document
from trustaudit.errors import EncryptedError, LimitError, UnreadableError
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.pdf import parse


def source(*pages: Callable[[Canvas], None], **options: Any) -> bytes:
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(400, 500), invariant=1, **options)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


@pytest.fixture(autouse=True)
def _without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    """These pages hold no words; what text recognition makes of pages has tests of its own."""
    monkeypatch.setenv("PATH", "")


def words(canvas: Canvas) -> None:
    canvas.drawString(40, 400, "some plain words")


def picture(canvas: Canvas) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    image = Image.new("L", (200, 250), 255)
    for x in range(20, 180):
        image.putpixel((x, 40 + x % 7), 0)
    canvas.drawImage(ImageReader(image), 0, 0, 400, 500)


def unread(document: Document) -> list[str]:
    return [f"{entry.where}: {entry.reason}" for entry in document.unread]


def test_pages_that_are_pictures_are_named_and_folded() -> None:
    found = parse(source(words, picture, picture, words, picture), "", Limits())
    assert unread(found) == [
        "pages 2-3: a picture without text: it would need text recognition: install trustaudit[ocr] and tesseract",
        "page 5: a picture without text: it would need text recognition: install trustaudit[ocr] and tesseract",
    ]
    assert [run.page for run in found.runs] == [1, 4]


def test_a_stamp_over_a_picture_does_not_make_it_read() -> None:
    def stamped(canvas: Canvas) -> None:
        picture(canvas)
        canvas.drawString(40, 20, "Received 3 May")

    found = parse(source(stamped), "", Limits())
    assert found.text == "Received 3 May"
    assert len(found.unread) == 1


def test_blank_pages_are_not_unread() -> None:
    assert parse(source(words, lambda c: None), "", Limits()).unread == ()


def test_letters_that_are_drawn_as_shapes_are_unread() -> None:
    def drawn(canvas: Canvas) -> None:
        for at in range(60):
            canvas.rect(40 + 5 * at, 300, 3, 9, fill=1)

    assert "drawn shapes" in unread(parse(source(drawn), "", Limits()))[0]


def test_a_password_is_asked_for_and_an_empty_one_is_tried() -> None:
    locked = source(words, encrypt=StandardEncryption("secret", "owner"))
    with pytest.raises(EncryptedError, match="password"):
        parse(locked, "", Limits())
    assert (
        parse(source(words, encrypt=StandardEncryption("", "owner")), "", Limits()).text == "some plain words"
    )


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"not a pdf at all", b"%PDF-1.4\n%%EOF", bytes(range(256)) * 10]
)
def test_what_is_no_pdf_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        parse(data, "", Limits())


def test_a_truncated_file_is_read_as_far_as_it_goes_or_refused() -> None:
    whole = source(*[words] * 5)
    for share in (0.3, 0.6, 0.9):
        try:
            found = parse(whole[: int(len(whole) * share)], "", Limits())
        except UnreadableError:
            continue
        assert set(found.text.split()) <= {"some", "plain", "words"}


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=20))
def test_flipped_bytes_never_raise_anything_else(flips: list[tuple[int, int]]) -> None:
    data = bytearray(BASE)
    for at, value in flips:
        data[at % len(data)] = value
    try:
        found = parse(bytes(data), "", Limits())
    except UnreadableError:
        return
    for run in found.runs:
        assert found.text[run.start : run.end].strip()


BASE = source(words, picture, pageCompression=0)


def test_limits_of_bytes_pages_and_characters() -> None:
    data = source(*[words] * 5)
    with pytest.raises(LimitError, match="larger"):
        parse(data, "", Limits(source_bytes=100))
    with pytest.raises(LimitError, match="longer"):
        parse(data, "", Limits(characters=20))
    found = parse(data, "", Limits(pages=2))
    assert len(found.pages) == 2
    assert unread(found) == ["pages 3-5: over the limit of 2 pages"]


def test_the_clock_is_looked_at() -> None:
    with pytest.raises(LimitError, match="longer than"):
        parse(source(words), "", Limits(seconds=-1))


def test_a_page_of_half_a_million_characters_ends() -> None:
    def draw(canvas: Canvas) -> None:
        for at in range(1000):
            canvas.drawString(10, 490 - at * 0.48, f"word{at} " * 70)

    start = time.monotonic()
    assert len(parse(source(draw), "", Limits()).text) > 400_000
    assert time.monotonic() - start < 20


def test_attached_files_are_named() -> None:
    base = source(words, pageCompression=0)
    names = b"/Names << /EmbeddedFiles << /Names [(terms.pdf) << /Type /Filespec /F (terms.pdf) /UF (terms.pdf) >>] >> >> /Type /Catalog"
    found = parse(base.replace(b"/Type /Catalog", names), "", Limits())
    assert unread(found) == ["attachment terms.pdf: files inside the PDF are not read"]


def test_fonts_that_do_not_say_their_characters_are_unread() -> None:
    content = b"BT /F1 12 Tf 40 400 Td <0001000200030004000500060007> Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
    ]
    data, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += (
        b"xref\n0 7\n0000000000 65535 f \n%strailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (table, len(data))
    )
    found = parse(data, "", Limits())
    assert found.text == ""
    assert "fonts do not say" in unread(found)[0]
