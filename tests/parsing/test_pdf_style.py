"""Size, colour, contrast, weight and visibility as they are seen, on papers drawn here."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.lib.colors import CMYKColorSep, Color
from reportlab.pdfgen.canvas import Canvas

from trustaudit.document import BlockKind, Document, Hidden, Run
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.pdf import parse

WHITE, BLACK, GREY = (255, 255, 255), (0, 0, 0), (118, 118, 118)


def source(draw: Callable[[Canvas], None], size: tuple[float, float] = (400, 500)) -> bytes:
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=size, invariant=1, pageCompression=0)
    canvas.setFont("Helvetica", 12)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return data.getvalue()


def read(draw: Callable[[Canvas], None], size: tuple[float, float] = (400, 500)) -> Document:
    return parse(source(draw, size), "paper.pdf", Limits())


def run(document: Document, word: str) -> Run:
    start = document.text.index(word)
    return next(run for run in document.runs if run.start <= start < run.end)


@pytest.mark.parametrize("angle", [0, 90, 180, 270, 30])
def test_size_is_right_whatever_the_direction_of_the_text(angle: float) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(200, 250)
        canvas.rotate(angle)
        canvas.drawString(0, 0, "turned words")

    found = read(draw)
    assert found.text == "turned words"
    assert found.runs[0].size == pytest.approx(12, abs=0.01)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_pages_shown_rotated_have_boxes_from_the_top_left_of_what_is_shown(rotate: int) -> None:
    data = source(lambda c: c.drawString(20, 450, "corner"))
    found = parse(data.replace(b"/Rotate 0", b"/Rotate %d" % rotate), "", Limits())
    page, box = found.pages[0], found.runs[0].bbox
    assert (page.width, page.height) == ((400, 500) if rotate % 180 == 0 else (500, 400))
    assert found.runs[0].size == pytest.approx(12)
    assert box is not None
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    expected = {0: (38, 46), 90: (454, 38), 180: (362, 454), 270: (46, 362)}[rotate]
    assert middle == pytest.approx(expected, abs=5)


def test_scaled_and_nested_forms() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        canvas.setFont("Helvetica", 12)
        canvas.drawString(0, 0, "inner words")
        canvas.endForm()
        canvas.beginForm("outer")
        canvas.saveState()
        canvas.scale(0.5, 0.5)
        canvas.doForm("inner")
        canvas.restoreState()
        canvas.endForm()
        canvas.translate(50, 300)
        canvas.scale(1.5, 1.5)
        canvas.doForm("outer")

    found = run(read(draw), "inner")
    assert found.size == pytest.approx(9)
    assert found.bbox is not None
    assert found.bbox[0] == pytest.approx(50, abs=1)
    assert found.bbox[3] == pytest.approx(200, abs=4)


def test_negative_sizes_are_sizes() -> None:
    data = (
        source(lambda c: c.drawString(50, 300, "upright"))
        .replace(b"/F1 12 Tf", b"/F1 -9 Tf")
        .replace(b"1 0 0 1 50 300 Tm", b"-1 0 0 -1 50 300 Tm")
    )
    found = parse(data, "", Limits())
    assert found.runs[0].size == pytest.approx(9)


def test_user_unit_enlarges_page_size_and_type() -> None:
    data = source(lambda c: c.drawString(50, 300, "large")).replace(b"/MediaBox", b"/UserUnit 2 /MediaBox")
    found = parse(data, "", Limits())
    assert (found.pages[0].width, found.pages[0].height) == (800, 1000)
    assert found.runs[0].size == pytest.approx(24)
    assert found.runs[0].bbox is not None
    assert found.runs[0].bbox[0] == pytest.approx(100, abs=1)


def test_a_crop_box_moves_the_origin_and_hides_what_is_outside() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setCropBox((100, 100, 300, 400))
        canvas.drawString(110, 380, "inside")
        canvas.drawString(10, 20, "outside")

    found = read(draw)
    assert (found.pages[0].width, found.pages[0].height) == (200, 300)
    box = run(found, "inside").bbox
    assert box is not None
    assert box[:2] == pytest.approx((10, 10), abs=3)
    assert run(found, "inside").hidden is None
    assert run(found, "outside").hidden is Hidden.OFF_PAGE


def wcag(one: tuple[int, int, int], two: tuple[int, int, int]) -> float:
    def light(color: tuple[int, int, int]) -> float:
        parts = [c / 255 / 12.92 if c / 255 <= 0.03928 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in color]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = max(light(one), light(two)), min(light(one), light(two))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (BLACK, WHITE),
        (GREY, WHITE),
        ((200, 200, 200), WHITE),
        (WHITE, (0, 51, 102)),
        ((255, 0, 0), (0, 128, 0)),
        (BLACK, (255, 255, 0)),
        ((209, 168, 49), (171, 133, 51)),
        ((143, 184, 203), (173, 222, 231)),
        ((16, 139, 243), (23, 100, 255)),
    ],
)
@pytest.mark.parametrize("size", [5, 12, 30])
def test_contrast_is_that_of_ink_and_ground(
    ink: tuple[int, int, int], ground: tuple[int, int, int], size: int
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(*(part / 255 for part in ground))
        canvas.rect(20, 200, 300, 100, stroke=0, fill=1)
        canvas.setFillColorRGB(*(part / 255 for part in ink))
        canvas.setFont("Helvetica", size)
        canvas.drawString(40, 240, "contrast")

    found = read(draw).runs[0]
    assert (found.color, found.background) == (ink, ground)
    assert found.contrast == pytest.approx(wcag(ink, ground), abs=0.1)
    assert found.hidden is (Hidden.FAINT if wcag(ink, ground) < 1.5 else None)


def test_transparency_lowers_the_contrast() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillAlpha(0.5)
        canvas.drawString(40, 240, "half there")

    assert read(draw).runs[0].contrast == pytest.approx(wcag((127, 127, 127), WHITE), abs=0.1)


def test_spot_colours_are_what_they_look_like() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(CMYKColorSep(0, 0, 0, 1, spotName="Company Black", density=1))
        canvas.drawString(40, 240, "spot")

    found = read(draw).runs[0]
    assert found.color is not None
    assert max(found.color) < 60
    assert found.hidden is None


def test_weight_slant_and_small_capitals() -> None:
    def draw(canvas: Canvas) -> None:
        for at, font in enumerate(["Helvetica", "Helvetica-Bold", "Times-Italic", "Times-BoldItalic"]):
            canvas.setFont(font, 12)
            canvas.drawString(40, 400 - 40 * at, f"word{at}")

    found = read(draw)
    assert [(run(found, f"word{at}").bold, run(found, f"word{at}").italic) for at in range(4)] == [
        (False, False), (True, False), (False, True), (True, True),
    ]  # fmt: skip


def test_leading_is_the_pitch_of_the_lines() -> None:
    def draw(canvas: Canvas) -> None:
        for at in range(3):
            canvas.drawString(40, 400 - 15 * at, "some words that make a line of the text and go on")

    assert {found.leading for found in read(draw).runs} == {15.0}


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(40, 240, "secret")


def invisible(canvas: Canvas) -> None:
    text = canvas.beginText(40, 240)
    text.setTextRenderMode(3)
    text.textOut("secret")
    canvas.drawText(text)


def transparent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0)
    canvas.drawString(40, 240, "secret")


def covered(canvas: Canvas) -> None:
    canvas.drawString(40, 240, "secret")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(30, 230, 100, 40, stroke=0, fill=1)


def clipped(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(200, 10, 20, 20)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(40, 240, "secret")
    canvas.restoreState()


def off_page(canvas: Canvas) -> None:
    canvas.drawString(-300, 240, "secret")


def tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 1)
    canvas.drawString(40, 240, "secret")


def faint(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0.93, 0.93, 0.93))
    canvas.drawString(40, 240, "secret")


@pytest.mark.parametrize(
    ("draw", "reason"),
    [
        (white, Hidden.FAINT),
        (invisible, Hidden.INVISIBLE),
        (transparent, Hidden.INVISIBLE),
        (covered, Hidden.COVERED),
        (clipped, Hidden.COVERED),
        (off_page, Hidden.OFF_PAGE),
        (tiny, Hidden.TINY),
        (faint, Hidden.FAINT),
    ],
)
def test_hidden_text_stays_in_the_text_with_its_reason(
    draw: Callable[[Canvas], None], reason: Hidden
) -> None:
    def both(canvas: Canvas) -> None:
        canvas.drawString(40, 400, "plain words that are seen")
        draw(canvas)

    found = read(both)
    assert run(found, "secret").hidden is reason
    assert run(found, "plain").hidden is None


def test_white_on_a_dark_box_is_not_hidden() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(20, 220, 300, 60, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.setFont("Helvetica-Bold", 30)
        canvas.drawString(40, 240, "HEAVY")

    assert read(draw).runs[0].hidden is None


@pytest.mark.parametrize("size", [20, 120])
def test_heavy_black_type_is_not_its_own_background(size: float) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", size)
        canvas.drawString(10, 240, "MMM")

    found = read(draw).runs[0]
    assert (found.background, found.contrast, found.hidden) == (WHITE, 21.0, None)


def test_an_invisible_layer_over_a_scan_is_the_scan_s_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(40, 240, "scanned")  # stands for the picture
        invisible(canvas)

    found = read(draw)
    assert {piece.hidden for piece in found.runs} == {None}


def layered(on: bool) -> bytes:
    """A page with a layer, put together by hand: reportlab has none."""
    content = b"BT /F1 12 Tf 40 400 Td (plain) Tj ET /OC /L1 BDC BT /F1 12 Tf 40 240 Td (layered) Tj ET EMC"
    state = b"/ON [7 0 R]" if on else b"/OFF [7 0 R]"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [7 0 R] /D << " + state + b" >> >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Contents 4 0 R /Resources 5 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Font << /F1 6 0 R >> /Properties << /L1 7 0 R >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /OCG /Name (Small print) >>",
    ]
    return assembled(objects)


def assembled(objects: list[bytes]) -> bytes:
    data, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(objects) + 1, len(data)
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, start)
    )


@pytest.mark.parametrize(("on", "reason"), [(True, None), (False, Hidden.LAYER)])
def test_layers_that_are_switched_off(on: bool, reason: Hidden | None) -> None:
    found = parse(layered(on), "", Limits())
    assert run(found, "layered").hidden is reason
    assert run(found, "plain").hidden is None


def test_form_values_are_read_where_they_stand() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(40, 400, "Name of the customer:")
        canvas.acroForm.textfield(
            name="who", value="Ada Example", x=170, y=392, width=150, height=20, fontSize=12, borderWidth=0
        )

    found = read(draw)
    assert "Ada Example" in found.text
    assert run(found, "Ada").page == 1


def test_a_field_without_an_appearance_becomes_a_note() -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [6 0 R 7 0 R] >>",
        b"<< /Length 39 >>\nstream\nBT /F1 12 Tf 40 400 Td (plain) Tj ET   \nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (fee) /V (ninety euro) /Rect [40 300 200 320] /F 4 >>",
        b"<< /Type /Annot /Subtype /Text /Contents (ask Bob first) /Rect [300 300 320 320] /F 4 >>",
    ]
    found = parse(assembled(objects), "", Limits())
    assert "ninety euro" in found.text
    notes = [found.text[b.start : b.end] for b in found.blocks if b.kind is BlockKind.NOTE]
    assert "ask Bob first" in notes


_APPEARANCE = b"<< /Type /XObject /Subtype /Form /BBox [0 0 160 20] /Resources << /Font << /F1 5 0 R >> >> /Length 43 >>\nstream\nBT /F1 7 Tf 2 6 Td (seen on the page) Tj ET \nendstream"
_PLAIN = b"<< /Length 39 >>\nstream\nBT /F1 12 Tf 40 400 Td (plain) Tj ET   \nendstream"


def _annotated(annotation: bytes, catalog: bytes = b"") -> Document:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> /Annots [6 0 R] >>",
        _PLAIN,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Annot " + annotation + b" /Rect [40 300 200 320] /F 4 >>",
        _APPEARANCE,
    ]
    return parse(assembled(objects), "", Limits())


@pytest.mark.parametrize(
    "annotation",
    [
        b"/Subtype /FreeText /Contents (typed) /DA (/F1 7 Tf) /AP << /N 7 0 R >>",
        b"/Subtype /Stamp /AP << /N 7 0 R >>",
        b"/Subtype /Widget /FT /Sig /T (signature) /AP << /N 7 0 R >>",
        b"/Subtype /Widget /FT /Tx /T (x) /V (seen on the page) /AP << /N 7 0 R >>",
    ],
)
def test_what_was_put_onto_a_page_is_read_as_it_is_seen(annotation: bytes) -> None:
    found = _annotated(annotation, b"/AcroForm << /Fields [6 0 R] >>")

    there = run(found, "seen on the page")
    assert there.size == pytest.approx(7, abs=0.1)
    assert there.hidden is None
    assert there.bbox is not None
    assert there.bbox[1] == pytest.approx(185, abs=12)


def test_free_text_without_an_appearance_is_a_note() -> None:
    found = _annotated(b"/Subtype /FreeText /Contents (no refund after today) /DA (/F1 9 Tf)")

    assert "no refund after today" in found.text


def test_a_form_that_only_some_programs_show_is_said() -> None:
    found = _annotated(b"/Subtype /Link", b"/AcroForm << /Fields [] /XFA [(template) 4 0 R] >>")

    assert [entry.where for entry in found.unread] == ["form"]
    assert "XFA" in found.unread[0].reason
