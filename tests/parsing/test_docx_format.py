"""How characters of a DOCX look after all levels of styles are resolved."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest

from trustaudit.document import Document, Hidden, Run

Read = Callable[..., Document]

THEME = (
    "<a:dk1><a:sysClr val='windowText' lastClr='000000'/></a:dk1><a:lt1><a:sysClr val='window' lastClr='FFFFFF'/></a:lt1>"
    "<a:accent1><a:srgbClr val='4F81BD'/></a:accent1>"
)


def p(text: str, run: str = "", paragraph: str = "") -> str:
    return f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def style(
    kind: str, name: str, run: str = "", *, base: str = "", paragraph: str = "", default: bool = False
) -> str:
    based = f"<w:basedOn w:val='{base}'/>" if base else ""
    first = " w:default='1'" if default else ""
    return (
        f"<w:style w:type='{kind}'{first} w:styleId='{name}'><w:name w:val='{name}'/>{based}"
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def defaults(run: str) -> str:
    return f"<w:docDefaults><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault></w:docDefaults>"


def first(document: Document) -> Run:
    return document.runs[0]


def test_size_through_the_levels(read_docx: Read) -> None:
    styles = (
        defaults("<w:sz w:val='21'/>")
        + style("paragraph", "Body", "<w:sz w:val='24'/>")
        + style("paragraph", "Small", base="Body")
        + style("character", "Tiny", "<w:sz w:val='14'/>")
    )
    cases = {
        ("", ""): 10.5,
        ("", "<w:pStyle w:val='Body'/>"): 12.0,
        ("", "<w:pStyle w:val='Small'/>"): 12.0,
        ("<w:rStyle w:val='Tiny'/>", "<w:pStyle w:val='Small'/>"): 7.0,
        ("<w:rStyle w:val='Tiny'/><w:sz w:val='18'/>", "<w:pStyle w:val='Small'/>"): 9.0,
        ("", "<w:pStyle w:val='Missing'/>"): 10.5,
    }
    for (run, paragraph), size in cases.items():
        assert first(read_docx(p("x", run, paragraph), styles=styles)).size == size


def test_size_without_any_level(read_docx: Read) -> None:
    assert first(read_docx(p("x"))).size == 10.0


def test_the_default_style_holds_where_none_is_named(read_docx: Read) -> None:
    styles = style("paragraph", "N", "<w:sz w:val='22'/>", default=True)
    assert first(read_docx(p("x"), styles=styles)).size == 11.0
    unmarked = style("paragraph", "Normal", "<w:sz w:val='24'/>")
    assert first(read_docx(p("x"), styles=unmarked)).size == 12.0


@pytest.mark.parametrize(("tag", "field"), [("b", "bold"), ("i", "italic"), ("caps", "caps")])
def test_toggles_are_true_in_an_odd_number_of_levels(read_docx: Read, tag: str, field: str) -> None:
    for paragraph, character in itertools.product((False, True), repeat=2):
        styles = style("paragraph", "P", f"<w:{tag}/>" if paragraph else "") + style(
            "character", "C", f"<w:{tag}/>" if character else ""
        )
        body = p("x", "<w:rStyle w:val='C'/>", "<w:pStyle w:val='P'/>")
        assert getattr(first(read_docx(body, styles=styles)), field) is (paragraph != character)
        for value in ("0", "1"):
            direct = p("x", f"<w:rStyle w:val='C'/><w:{tag} w:val='{value}'/>", "<w:pStyle w:val='P'/>")
            assert getattr(first(read_docx(direct, styles=styles)), field) is (value == "1")
        always = defaults(f"<w:{tag}/>") + styles
        assert getattr(first(read_docx(body, styles=always)), field) is True


def test_a_base_style_is_one_level_with_what_builds_on_it(read_docx: Read) -> None:
    styles = style("paragraph", "A", "<w:b/>") + style("paragraph", "B", "<w:b/>", base="A")
    assert first(read_docx(p("x", "", "<w:pStyle w:val='B'/>"), styles=styles)).bold is True


def test_styles_in_a_circle_end(read_docx: Read) -> None:
    styles = style("paragraph", "A", "<w:sz w:val='30'/>", base="B") + style(
        "paragraph", "B", "<w:b/>", base="A"
    )
    assert first(read_docx(p("x", "", "<w:pStyle w:val='A'/>"), styles=styles)).size == 15.0


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ("w:themeColor='accent1'", (0x4F, 0x81, 0xBD)),
        ("w:themeColor='accent1' w:themeShade='BF'", (0x36, 0x5F, 0x91)),  # as Word writes beside them
        ("w:themeColor='accent1' w:themeTint='99'", (0x95, 0xB3, 0xD7)),
        ("w:themeColor='text1' w:themeTint='80'", (0x7F, 0x7F, 0x7F)),
        ("w:themeColor='background1' w:themeShade='BF'", (0xBF, 0xBF, 0xBF)),
        ("w:themeColor='accent6'", (0x12, 0x34, 0x56)),
    ],
)
def test_theme_colours(read_docx: Read, attributes: str, expected: tuple[int, int, int]) -> None:
    color = first(read_docx(p("x", f"<w:color w:val='123456' {attributes}/>"), theme=THEME)).color
    assert color is not None
    assert max(abs(one - other) for one, other in zip(color, expected, strict=True)) <= 1


def test_without_a_theme_the_written_value_holds(read_docx: Read) -> None:
    body = p("x", "<w:color w:val='365F91' w:themeColor='accent1' w:themeShade='BF'/>")
    assert first(read_docx(body)).color == (0x36, 0x5F, 0x91)


def test_the_settings_may_swap_text_and_background(read_docx: Read) -> None:
    settings = "<w:clrSchemeMapping w:t1='light1' w:bg1='dark1'/>"
    body = p("x", "<w:color w:val='000000' w:themeColor='text1'/><w:highlight w:val='black'/>")
    assert first(read_docx(body, theme=THEME, settings=settings)).color == (255, 255, 255)


@pytest.mark.parametrize(
    ("run", "paragraph", "color", "background"),
    [
        ("", "", (0, 0, 0), (255, 255, 255)),
        ("", "<w:shd w:val='clear' w:fill='000080'/>", (255, 255, 255), (0, 0, 128)),
        ("", "<w:shd w:val='clear' w:fill='auto'/>", (0, 0, 0), (255, 255, 255)),
        (
            "<w:shd w:val='clear' w:fill='FFFF99'/>",
            "<w:shd w:val='clear' w:fill='000080'/>",
            (0, 0, 0),
            (255, 255, 153),
        ),
        ("<w:highlight w:val='yellow'/><w:shd w:val='clear' w:fill='0000FF'/>", "", (0, 0, 0), (255, 255, 0)),
        ("<w:highlight w:val='none'/>", "", (0, 0, 0), (255, 255, 255)),
        ("", "<w:shd w:val='pct50' w:color='000000' w:fill='FFFFFF'/>", (0, 0, 0), (128, 128, 128)),
        ("", "<w:shd w:val='solid' w:color='101010' w:fill='FFFFFF'/>", (255, 255, 255), (16, 16, 16)),
    ],
)
def test_background_and_automatic_colour(
    read_docx: Read, run: str, paragraph: str, color: tuple[int, ...], background: tuple[int, ...]
) -> None:
    found = first(read_docx(p("x", run, paragraph)))
    assert (found.color, found.background) == (color, background)
    assert found.hidden is None


@pytest.mark.parametrize(
    ("run", "hidden"),
    [
        ("<w:vanish/>", Hidden.STYLE),
        ("<w:vanish w:val='0'/>", None),
        ("<w:color w:val='FFFFFF'/>", Hidden.FAINT),
        ("<w:color w:val='F4F4F4'/>", Hidden.FAINT),
        ("<w:color w:val='808080'/>", None),
        ("<w:color w:val='FFFFFF'/><w:shd w:val='clear' w:fill='000000'/>", None),
        ("<w:color w:val='000000'/><w:highlight w:val='black'/>", Hidden.FAINT),
        ("<w:sz w:val='2'/>", Hidden.TINY),
        ("<w:sz w:val='4'/>", None),
    ],
)
def test_hidden_text_stays_and_is_marked(read_docx: Read, run: str, hidden: Hidden | None) -> None:
    document = read_docx(p("secret", run))
    assert document.text == "secret"
    assert first(document).hidden is hidden


def test_hidden_by_a_style_and_shown_again(read_docx: Read) -> None:
    styles = style("character", "H", "<w:vanish/>")
    assert first(read_docx(p("x", "<w:rStyle w:val='H'/>"), styles=styles)).hidden is Hidden.STYLE
    shown = p("x", "<w:rStyle w:val='H'/><w:vanish w:val='false'/>")
    assert first(read_docx(shown, styles=styles)).hidden is None


def test_hidden_rows_and_clipped_lines(read_docx: Read) -> None:
    row = f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{p('x')}</w:tc></w:tr></w:tbl>"
    assert first(read_docx(row)).hidden is Hidden.STYLE
    clipped = p("x", "", "<w:spacing w:line='20' w:lineRule='exact'/>")
    assert first(read_docx(clipped)).hidden is Hidden.COVERED


def test_white_letters_over_a_picture_cannot_be_told(read_docx: Read) -> None:
    picture = "<w:p><w:r><w:drawing><wp:anchor behindDoc='1'/></w:drawing></w:r></w:p>"
    found = first(read_docx(picture + p("x", "<w:color w:val='FFFFFF'/>")))
    assert (found.hidden, found.background) == (None, None)


@pytest.mark.parametrize(
    ("fill", "background", "hidden"),
    [
        ("<a:solidFill><a:srgbClr val='002060'/></a:solidFill>", (0, 0x20, 0x60), None),
        ("<a:gradFill/>", None, None),
        ("<a:noFill/>", (255, 255, 255), Hidden.FAINT),
    ],
)
def test_white_letters_in_a_text_box(
    read_docx: Read, fill: str, background: tuple[int, ...] | None, hidden: Hidden | None
) -> None:
    box = (
        "<w:p><w:r><w:drawing><wp:inline><a:graphic><wps:wsp><wps:spPr>" + fill + "</wps:spPr><wps:txbx><w:txbxContent>"
        + p("x", "<w:color w:val='FFFFFF'/>") + "</w:txbxContent></wps:txbx></wps:wsp></a:graphic></wp:inline></w:drawing>"
        "</w:r></w:p>"
    )  # fmt: skip
    found = first(read_docx(box))
    assert (found.background, found.hidden) == (background, hidden)


@pytest.mark.parametrize(
    ("run", "text", "size"),
    [
        ("<w:vertAlign w:val='superscript'/>", "x", 13.0),
        ("<w:vertAlign w:val='subscript'/>", "x", 13.0),
        ("<w:vertAlign w:val='baseline'/>", "x", 20.0),
        ("<w:smallCaps/>", "Provider", 16.0),
        ("<w:smallCaps/>", "ACME 2024", 20.0),
        ("<w:caps/>", "Provider", 20.0),
        ("<w:rtl/><w:szCs w:val='28'/>", "שלום", 14.0),
        ("<w:szCs w:val='28'/>", "x", 20.0),
    ],
)
def test_size_as_seen(read_docx: Read, run: str, text: str, size: float) -> None:
    assert first(read_docx(p(text, f"<w:sz w:val='40'/>{run}"))).size == size


def test_capitals_by_style_leave_the_letters(read_docx: Read) -> None:
    document = read_docx(p("No refund", "<w:caps/>") + p("No refund", "<w:smallCaps/>"))
    assert document.text == "No refund\n\nNo refund"
    assert [run.caps for run in document.runs] == [True, True]


@pytest.mark.parametrize(
    ("spacing", "leading"),
    [
        ("", 11.5),
        ("<w:spacing w:line='360'/>", 17.25),
        ("<w:spacing w:line='240' w:lineRule='auto'/>", 11.5),
        ("<w:spacing w:line='160' w:lineRule='exact'/>", 8.0),
        ("<w:spacing w:line='160' w:lineRule='atLeast'/>", 11.5),
        ("<w:spacing w:line='400' w:lineRule='atLeast'/>", 20.0),
        ("<w:spacing w:after='200'/>", 11.5),
    ],
)
def test_leading(read_docx: Read, spacing: str, leading: float) -> None:
    assert first(read_docx(p("x", "", spacing))).leading == leading


@pytest.mark.parametrize("size", range(9, 60))
def test_single_spacing_is_never_under_1_15(read_docx: Read, size: int) -> None:
    run = first(read_docx(p("x", f"<w:sz w:val='{size}'/>")))
    assert run.leading is not None
    assert run.size is not None
    assert run.leading / run.size >= 1.15


TABLE_STYLE = (
    "<w:style w:type='table' w:styleId='T'><w:name w:val='T'/><w:rPr><w:sz w:val='16'/></w:rPr>"
    "<w:tblStylePr w:type='firstRow'><w:rPr><w:b/><w:color w:val='FFFFFF'/></w:rPr><w:tcPr><w:shd w:val='clear' "
    "w:fill='1F497D'/></w:tcPr></w:tblStylePr>"
    "<w:tblStylePr w:type='band2Horz'><w:tcPr><w:shd w:val='clear' w:fill='EEEEEE'/></w:tcPr></w:tblStylePr></w:style>"
)


def table(look: str, *rows: str) -> str:
    written = "".join(f"<w:tr><w:tc>{row}</w:tc></w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr><w:tblStyle w:val='T'/>{look}</w:tblPr>{written}</w:tbl>"


@pytest.mark.parametrize("look", ["<w:tblLook w:val='0420'/>", "<w:tblLook w:firstRow='1' w:noVBand='1'/>"])
def test_conditional_formats_of_tables(read_docx: Read, look: str) -> None:
    runs = read_docx(table(look, p("Head"), p("one"), p("two")), styles=TABLE_STYLE).runs
    assert [run.bold for run in runs] == [True, False, False]
    assert [run.size for run in runs] == [8.0, 8.0, 8.0]
    assert [run.background for run in runs] == [(0x1F, 0x49, 0x7D), (255, 255, 255), (0xEE, 0xEE, 0xEE)]
    assert [run.hidden for run in runs] == [None, None, None]


def test_a_tables_first_row_only_where_it_is_shown(read_docx: Read) -> None:
    runs = read_docx(table("<w:tblLook w:val='0400'/>", p("one"), p("two")), styles=TABLE_STYLE).runs
    assert [run.bold for run in runs] == [False, False]


def test_bold_in_a_tables_style_and_a_paragraphs_style_cancel(read_docx: Read) -> None:
    styles = TABLE_STYLE + style("paragraph", "P", "<w:b/>")
    body = table("<w:tblLook w:val='0420'/>", p("Head", "", "<w:pStyle w:val='P'/>"))
    assert first(read_docx(body, styles=styles)).bold is False


def test_a_cells_own_shading_wins(read_docx: Read) -> None:
    cell = (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val='clear' w:fill='222222'/></w:tcPr>"
        + p("x")
        + "</w:tc></w:tr></w:tbl>"
    )
    run = first(read_docx(cell))
    assert (run.background, run.color) == ((0x22, 0x22, 0x22), (255, 255, 255))


@pytest.mark.parametrize(
    ("fill", "color", "hidden"),
    [
        ("<w14:solidFill><w14:srgbClr w14:val='FFFFFF'/></w14:solidFill>", (255, 255, 255), Hidden.FAINT),
        ("<w14:solidFill><w14:srgbClr w14:val='000000'><w14:alpha w14:val='100000'/></w14:srgbClr></w14:solidFill>", None, Hidden.INVISIBLE),
        ("<w14:noFill/>", None, Hidden.INVISIBLE),
        ("<w14:gradFill/>", None, None),
    ],
)  # fmt: skip
def test_the_fill_of_letters(
    read_docx: Read, fill: str, color: tuple[int, ...] | None, hidden: Hidden | None
) -> None:
    run = first(read_docx(p("x", f"<w:color w:val='FF0000'/><w14:textFill>{fill}</w14:textFill>")))
    assert (run.color, run.hidden) == (color, hidden)


def test_outlined_letters_cannot_be_told(read_docx: Read) -> None:
    outline = "<w14:textOutline><w14:solidFill/></w14:textOutline>"
    run = first(read_docx(p("x", f"<w:color w:val='FFFFFF'/>{outline}")))
    assert (run.color, run.hidden) == (None, None)
