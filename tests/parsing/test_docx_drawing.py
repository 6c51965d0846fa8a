"""What is drawn into a DOCX: boxes on grounds, pictures, diagrams, decorated words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from trustaudit.document import Document, Hidden

Read = Callable[..., Document]

THEME = "<a:dk1><a:sysClr val='windowText' lastClr='000000'/></a:dk1><a:accent1><a:srgbClr val='4F81BD'/></a:accent1>"
WHITE = "<w:p><w:r><w:rPr><w:color w:val='FFFFFF'/></w:rPr><w:t>x</w:t></w:r></w:p>"


def shape(properties: str, style: str = "", content: str = WHITE, placed: str = "") -> str:
    return (
        f"<w:p><w:r><w:drawing><wp:anchor>{placed}<a:graphic><a:graphicData><wps:wsp><wps:spPr>{properties}</wps:spPr>{style}"
        f"<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></w:r></w:p>"
    )


def filled(color: str) -> str:
    return f"<a:solidFill>{color}</a:solidFill>"


@pytest.mark.parametrize(
    ("properties", "style", "background"),
    [
        (filled("<a:schemeClr val='accent1'/>"), "", (0x4F, 0x81, 0xBD)),
        (filled("<a:schemeClr val='tx1'/>"), "", (0, 0, 0)),
        (filled("<a:schemeClr val='accent1'><a:lumMod val='20000'/><a:lumOff val='80000'/></a:schemeClr>"), "", (0xDC, 0xE6, 0xF2)),
        (filled("<a:schemeClr val='accent1'><a:lumMod val='75%'/></a:schemeClr>"), "", (0x37, 0x60, 0x92)),
        (filled("<a:schemeClr val='accent1'><a:satMod val='75000'/></a:schemeClr>"), "", None),
        (filled("<a:schemeClr val='accent9'/>"), "", None),
        (filled("<a:sysClr val='window'/>"), "", None),
        (filled(""), "", None),
        ("<a:blipFill/>", "", None),
        ("", "<wps:style><a:fillRef idx='1'><a:schemeClr val='accent1'/></a:fillRef></wps:style>", (0x4F, 0x81, 0xBD)),
        ("", "<wps:style><a:fillRef idx='3'><a:schemeClr val='accent1'/></a:fillRef></wps:style>", None),
        ("", "<wps:style><a:fillRef idx='0'><a:schemeClr val='accent1'/></a:fillRef></wps:style>", (255, 255, 255)),
    ],
)  # fmt: skip
def test_the_ground_of_a_shape(
    read_docx: Read, properties: str, style: str, background: tuple[int, ...] | None
) -> None:
    found = read_docx(shape(properties, style), theme=THEME).runs[0].background
    if background is None or found is None:
        assert found == background
    else:
        assert max(abs(a - b) for a, b in zip(found, background, strict=True)) <= 1


@pytest.mark.parametrize(
    ("attributes", "inside", "background", "hidden"),
    [
        ("fillcolor='#002060'", "", (0, 0x20, 0x60), None),
        ("fillcolor='black [3213]'", "", (0, 0, 0), None),
        ("", "", (255, 255, 255), Hidden.FAINT),
        ("fillcolor='fuchsia'", "", None, None),
        ("fillcolor='#002060'", "<v:fill type='gradient'/>", None, None),
        ("fillcolor='#002060'", "<v:fill type='solid'/>", (0, 0x20, 0x60), None),
        ("style='visibility:hidden' fillcolor='#002060'", "", (0, 0x20, 0x60), Hidden.STYLE),
    ],
)
def test_the_ground_of_an_old_shape(
    read_docx: Read, attributes: str, inside: str, background: tuple[int, ...] | None, hidden: Hidden | None
) -> None:
    body = (
        f"<w:p><w:r><w:pict><v:shape {attributes}>{inside}<v:textbox><w:txbxContent>{WHITE}</w:txbxContent></v:textbox>"
        "</v:shape></w:pict></w:r></w:p>"
    )
    run = read_docx(body).runs[0]
    assert (run.background, run.hidden) == (background, hidden)


def test_a_hidden_drawing(read_docx: Read) -> None:
    document = read_docx(
        shape(filled("<a:srgbClr val='000000'/>"), placed="<wp:docPr id='1' name='b' hidden='1'/>")
    )
    assert document.runs[0].hidden is Hidden.STYLE


@pytest.mark.parametrize(
    ("width", "height", "said"), [(5_000_000, 3_000_000, True), (900_000, 300_000, False)]
)
def test_large_pictures_are_said(read_docx: Read, width: int, height: int, said: bool) -> None:
    picture = (
        f"<w:p><w:r><w:drawing><wp:inline><wp:extent cx='{width}' cy='{height}'/><a:graphic><a:blip/></a:graphic></wp:inline>"
        "</w:drawing></w:r></w:p>"
    )
    assert bool(read_docx(picture).unread) is said


def test_decorated_words_and_lost_diagrams(read_docx: Read) -> None:
    words = "<w:p><w:r><w:pict><v:shape><v:textpath string='DRAFT'/></v:shape></w:pict></w:r></w:p>"
    lost = "<w:p><w:r><w:drawing><wp:inline><dgm:relIds r:dm='d9'/></wp:inline></w:drawing></w:r></w:p>"
    document = read_docx(words + lost)
    assert document.text == "DRAFT"
    assert document.runs[0].size is None
    assert "diagram" in document.unread[0].reason
