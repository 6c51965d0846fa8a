"""Marked copies of PDFs: highlights over the right words, seen in the rendered page; the file itself untouched."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest

from tests.annotate.sources import pdf as written
from tests.annotate.words import order
from trustaudit import parsing, scan
from trustaudit.annotate import mark, pdf
from trustaudit.errors import EncryptedError, UnreadableError

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
WORDS = "may change these terms at any time without notice"
SCALE = 3


def picture(data: bytes, page: int = 0) -> Any:
    document = pypdfium2.PdfDocument(data)
    try:
        return document[page].render(scale=SCALE, may_draw_forms=False).to_pil().convert("RGB")
    finally:
        document.close()


def notes_on(page: Any) -> list[Any]:
    return [each.get_object() for each in page["/Annots"]]


def coloured(image: Any) -> set[tuple[int, int]]:
    """The pixels that are neither black, white nor grey, outside of the summary's corner."""
    corner = 46 * SCALE
    return {
        (x, y)
        for x in range(0, image.width, 2)
        for y in range(0, image.height, 2)
        if (x > corner or y > corner) and max(pixel := image.getpixel((x, y))) - min(pixel) > 40
    }


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [False, True])
def test_the_highlight_is_over_the_words_and_nowhere_else(rotate: int, crop: bool) -> None:
    data = written(rotate=rotate, crop=crop)
    document = parsing.parse(data, "terms.pdf")
    start = document.text.replace("\n", " ").index(WORDS)
    copy = pdf.mark(data, order(document, [(start, start + len(WORDS))]))
    seen = coloured(picture(copy.data))
    assert seen
    # the words themselves, in the page's own coordinates: "may change these" ends the first line,
    # "terms … notice" begins the second
    from reportlab.pdfbase.pdfmetrics import stringWidth

    lead = 60 + stringWidth("The customer reads this. We ", "Helvetica", 12)
    first = (lead, 388, lead + stringWidth("may change these", "Helvetica", 12))
    second = (60, 372, 60 + stringWidth("terms at any time without notice", "Helvetica", 12))
    boxes = [displayed(data, x0, base - 4, x1, base + 12) for x0, base, x1 in (first, second)]
    for x, y in seen:
        at = (x / SCALE, y / SCALE)
        assert any(
            box[0] - 2 <= at[0] <= box[2] + 2 and box[1] - 2 <= at[1] <= box[3] + 2 for box in boxes
        ), at
    for box in boxes:
        width, height = box[2] - box[0], box[3] - box[1]
        inside = {
            at for at in seen if box[0] <= at[0] / SCALE <= box[2] and box[1] <= at[1] / SCALE <= box[3]
        }
        assert (
            len(inside) * 4 > 0.5 * width * height * SCALE * SCALE
        )  # every second pixel each way was looked at


def displayed(data: bytes, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    """A box of the page's own space as it is displayed, in points from the upper left corner, by pypdf's numbers."""
    page = pypdf.PdfReader(io.BytesIO(data)).pages[0]
    left, bottom, right, top = (float(value) for value in page.cropbox)
    turned: Any = {
        0: lambda x, y: (x - left, top - y),
        90: lambda x, y: (y - bottom, x - left),
        180: lambda x, y: (right - x, y - bottom),
        270: lambda x, y: (top - y, right - x),
    }[page.rotation]
    (ax, ay), (bx, by) = turned(x0, y0), turned(x1, y1)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def test_a_passage_over_two_pages_is_marked_on_both() -> None:
    data = written()
    document = parsing.parse(data, "terms.pdf")
    start, end = document.text.index("nothing else"), document.text.index("second page") + len("second page")
    copy = pdf.mark(data, order(document, [(start, end)]))
    pages = pypdf.PdfReader(io.BytesIO(copy.data)).pages
    marks = [[note for note in notes_on(page) if note["/Subtype"] == "/Highlight"] for page in pages]
    assert [len(each) for each in marks] == [1, 1]
    assert marks[0][0]["/Contents"].startswith("Major: A title")
    assert marks[1][0]["/Contents"].startswith("(Continued from the page before.)\nMajor: A title")


def test_the_source_is_the_beginning_of_the_copy() -> None:
    data = written(widget=True)
    document = parsing.parse(data, "terms.pdf")
    start = document.text.index("customer")
    copy = pdf.mark(data, order(document, [(start, start + 8)]))
    assert copy.data.startswith(data)
    first = pypdf.PdfReader(io.BytesIO(copy.data)).pages[0]
    kinds = [each["/Subtype"] for each in notes_on(first)]
    assert sorted(kinds) == ["/Highlight", "/Link", "/Text", "/Widget"]
    assert pypdf.PdfReader(io.BytesIO(copy.data)).get_fields()["name"]["/V"] == "Ana Lindt"  # type: ignore[index]
    again = parsing.parse(copy.data, "terms.pdf")
    assert (again.text, again.runs) == (document.text, document.runs)


def test_the_copy_reads_and_is_judged_as_the_original() -> None:
    path = EXAMPLES / "services-agreement.pdf"
    audit = scan(path)
    copy = mark(audit, path.read_bytes())
    again = scan(copy.data, name=str(path))
    assert again.document.text == audit.document.text
    assert again.findings == audit.findings
    assert len(copy.placed) + len(copy.whole) + len(copy.unplaced) == len(audit.findings)
    assert mark(audit, path.read_bytes()).data == copy.data


def test_notes_without_a_place_stand_in_the_summary() -> None:
    data = written()
    document = parsing.parse(data, "terms.pdf")
    copy = pdf.mark(data, order(document, [(0, 0)]))
    first = pypdf.PdfReader(io.BytesIO(copy.data)).pages[0]
    (summary,) = [each for each in notes_on(first) if each["/Subtype"] == "/Text"]
    assert "About the document as a whole: Major: A title" in summary["/Contents"]


def test_a_protected_pdf_is_refused() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(written()))
    writer.encrypt("", "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    document = parsing.parse(out.getvalue(), "terms.pdf")
    with pytest.raises(EncryptedError, match="protected"):
        pdf.mark(out.getvalue(), order(document, []))


def test_a_signed_pdf_is_warned_about_and_its_signed_bytes_stay() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(written()))
    sums = pypdf.generic.ArrayObject(map(pypdf.generic.NumberObject, (0, 100, 200, 300)))
    signature = {"/Type": pypdf.generic.NameObject("/Sig"), "/ByteRange": sums}
    made = pypdf.generic.DictionaryObject(
        {pypdf.generic.NameObject(key): value for key, value in signature.items()}
    )
    writer.root_object[pypdf.generic.NameObject("/Signature")] = writer._add_object(made)
    out = io.BytesIO()
    writer.write(out)
    data = out.getvalue()
    document = parsing.parse(data, "terms.pdf")
    copy = pdf.mark(data, order(document, []))
    assert "signed" in copy.warnings[0]
    assert copy.data.startswith(data)


@pytest.mark.slow
def test_hostile_files_end_in_a_copy_or_a_clear_error(data_dir: Path) -> None:
    marked = refused = 0
    for path in sorted(data_dir.glob("hostile/**/*.pdf"))[::16]:
        data = path.read_bytes()
        if len(data) > 60_000:
            continue
        try:
            document = parsing.parse(data, path.name)
        except UnreadableError:
            continue
        try:
            copy = pdf.mark(data, order(document, [(each.start, each.end) for each in document.blocks[:10]]))
        except UnreadableError as error:
            refused += "PDF is" in str(error)
            continue
        assert copy.data.startswith(data)
        assert parsing.parse(copy.data, path.name).text == document.text, path
        marked += 1
    assert marked > 15
    assert 0 < refused < marked
