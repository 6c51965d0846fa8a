"""Pictures of pages: as many as were asked for, small, and in colours that keep pale print pale."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from trustaudit.errors import UnreadableError
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.pdf import parse
from trustaudit.parsing.pdf.pictures import MOST_BYTES, page_pictures

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "services-agreement.pdf"


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("L")


def drawn(size: tuple[float, float] = (595, 842), noise: bool = False) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=True)
    canvas.setFillGray(0.7)
    canvas.rect(0, 0, size[0], size[1] / 2, stroke=0, fill=1)
    if noise:
        picture = Image.frombytes("L", (600, 600), random.Random(1).randbytes(360_000))
        canvas.drawInlineImage(picture, 0, 0, *size)
    canvas.save()
    return out.getvalue()


def near(pixel: object, color: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(part - wanted) < 20 for part, wanted in zip(pixel, color, strict=True))


def test_the_pages_that_were_asked_for() -> None:
    pictures = page_pictures(EXAMPLE.read_bytes(), [3, 1, 1, 99, 0, -1])

    assert list(pictures) == [1, 3]
    assert all(len(png) <= MOST_BYTES for png in pictures.values())
    assert opened(pictures[1]).width / opened(pictures[1]).height == pytest.approx(595 / 842, abs=0.005)


def test_grey_stays_grey_and_stands_where_it_was() -> None:
    picture = opened(page_pictures(drawn(), [1])[1])

    assert picture.getpixel((10, 10)) == 255
    assert picture.getpixel((10, picture.height - 10)) == pytest.approx(0.7 * 255, abs=19)


def test_a_page_with_colour_keeps_it() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=True)
    canvas.setFillColorRGB(0.1, 0.3, 0.8)
    canvas.rect(0, 742, 595, 100, stroke=0, fill=1)
    canvas.setFillGray(0)
    canvas.drawString(50, 700, "black on white")
    canvas.save()

    picture = Image.open(io.BytesIO(page_pictures(out.getvalue(), [1])[1])).convert("RGB")

    assert near(picture.getpixel((10, 10)), (26, 76, 204))
    assert near(picture.getpixel((10, picture.height - 10)), (255, 255, 255))


def test_a_page_of_noise_is_made_smaller_until_it_fits() -> None:
    png = page_pictures(drawn(noise=True), [1])[1]

    assert len(png) <= MOST_BYTES
    assert opened(png).width > 100
    assert page_pictures(drawn(noise=True), [1], most_bytes=500) == {}


@pytest.mark.parametrize("size", [(20, 10), (14_000, 9_000), (5_000, 3)])
def test_odd_pages(size: tuple[float, float]) -> None:
    (png,) = page_pictures(drawn(size), [1]).values()

    assert len(png) <= MOST_BYTES


def test_same_bytes_twice() -> None:
    assert page_pictures(drawn(), [1]) == page_pictures(drawn(), [1])


def test_what_is_no_pdf() -> None:
    with pytest.raises(UnreadableError):
        page_pictures(b"hello", [1])


def test_the_clock_runs_for_each_file_and_not_since_the_program_began() -> None:
    defaults = [*(page_pictures.__defaults__ or ()), *(parse.__defaults__ or ())]

    assert not any(isinstance(value, Limits) for value in defaults)
