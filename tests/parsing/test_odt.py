"""OpenDocument text: what is read, how it looks, and what broken files come to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trustaudit.document import Document, Hidden, Run
from trustaudit.errors import EncryptedError, LimitError, UnreadableError
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.odt import parse

Make = Callable[..., bytes]
Read = Callable[..., Document]
Blocks = Callable[[Document], list[tuple[str, str]]]
Check = Callable[[Document], None]


def style(
    name: str,
    text: str = "",
    *,
    family: str = "paragraph",
    parent: str = "",
    paragraph: str = "",
    more: str = "",
) -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}"'
        + (f' style:parent-style-name="{parent}"' if parent else "")
        + f"><style:paragraph-properties {paragraph}/><style:text-properties {text}/>{more}</style:style>"
    )


def first(document: Document) -> Run:
    return document.runs[0]


def test_paragraphs_spaces_and_characters(read_odt: Read) -> None:
    document = read_odt(
        '<text:p>  One\n two<text:s text:c="2"/>three<text:tab/>four<text:line-break/>fi\u00adve '
        '<text:span> six</text:span> <text:soft-page-break/>seven </text:p><text:p/><text:p>Next.</text:p>'
    )  # fmt: skip
    assert document.text == "One two  three\tfour\nfive six seven\n\nNext."


def test_tracked_deletions_and_annotations_are_left_out(read_odt: Read) -> None:
    document = read_odt(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>We <text:change-start/>may<text:change-end/><text:change/>"
        "<office:annotation><text:p>why?</text:p></office:annotation> act.</text:p>"
    )
    assert document.text == "We may act."


def test_size_through_the_levels(read_odt: Read) -> None:
    styles = (
        '<style:default-style style:family="paragraph"><style:text-properties fo:font-size="10pt"/></style:default-style>'
        + style("Body", 'fo:font-size="12pt"')
        + style("Small", 'fo:font-size="50%"', parent="Body")
        + style("Loop", 'fo:font-weight="bold"', parent="Loop")
    )
    automatic = style("T1", 'fo:font-size="75%"', family="text") + style(
        "T2", 'style:text-position="super 58%"', family="text"
    )
    cases = {
        "<text:p>x</text:p>": 10.0,
        '<text:p text:style-name="Body">x</text:p>': 12.0,
        '<text:p text:style-name="Small">x</text:p>': 6.0,
        '<text:p text:style-name="Loop">x</text:p>': 10.0,
        '<text:p text:style-name="Body"><text:span text:style-name="T1">x</text:span></text:p>': 9.0,
        '<text:p text:style-name="Body"><text:span text:style-name="T2">x</text:span></text:p>': 6.96,
        '<text:p text:style-name="Body"><text:span text:style-name="T1"><text:span text:style-name="T2">x</text:span></text:span></text:p>': 5.22,
    }
    for body, size in cases.items():
        assert first(read_odt(body, styles=styles, automatic=automatic)).size == size, body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('fo:font-weight="bold"', {"bold": True}),
        ('fo:font-weight="700"', {"bold": True}),
        ('fo:font-style="italic"', {"italic": True}),
        ('fo:text-transform="uppercase"', {"caps": True}),
        ('fo:font-variant="small-caps"', {"caps": True, "size": 9.6}),
        ('fo:color="#c00000"', {"color": (0xC0, 0, 0), "hidden": None}),
        ('fo:color="#ffffff"', {"hidden": Hidden.FAINT}),
        ('fo:color="#ffffff" fo:background-color="#000000"', {"hidden": None, "background": (0, 0, 0)}),
        ('fo:color="#ffffff" style:use-window-font-color="true"', {"color": (0, 0, 0), "hidden": None}),
        ('fo:background-color="#000080"', {"color": (255, 255, 255)}),
        ('text:display="none"', {"hidden": Hidden.STYLE}),
        ('fo:font-size="1pt"', {"hidden": Hidden.TINY}),
    ],
)
def test_looks(read_odt: Read, text: str, expected: dict[str, object]) -> None:
    run = first(read_odt('<text:p text:style-name="P">Text</text:p>', automatic=style("P", text)))
    assert {name: getattr(run, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("paragraph", "leading"),
    [
        ("", 13.8),
        ('fo:line-height="150%"', 20.7),
        ('fo:line-height="9pt"', 9.0),
        ('style:line-height-at-least="0.25in"', 18.0),
        ('style:line-height-at-least="2mm"', 13.8),
    ],
)
def test_leading(read_odt: Read, paragraph: str, leading: float) -> None:
    document = read_odt('<text:p text:style-name="P">x</text:p>', automatic=style("P", paragraph=paragraph))
    assert first(document).leading == leading


def test_hidden_sections_and_texts(read_odt: Read) -> None:
    document = read_odt(
        '<text:section text:display="none"><text:p>one</text:p></text:section>'
        '<text:p>two <text:hidden-text text:is-hidden="true" text:string-value="three"/></text:p>'
    )
    assert document.text == "one\n\ntwo three"
    assert [run.hidden for run in document.runs] == [Hidden.STYLE, None, Hidden.STYLE]


def levels(name: str, *entries: str) -> str:
    return f'<text:list-style style:name="{name}">' + "".join(entries) + "</text:list-style>"


def number(depth: int, form: str = "1", more: str = 'style:num-suffix="."') -> str:
    return f'<text:list-level-style-number text:level="{depth}" style:num-format="{form}" {more}/>'


def item(text: str, inside: str = "", start: str = "") -> str:
    begin = f' text:start-value="{start}"' if start else ""
    return f"<text:list-item{begin}><text:p>{text}</text:p>{inside}</text:list-item>"


def test_lists_count_continue_and_begin_anew(read_odt: Read, blocks: Blocks) -> None:
    automatic = levels(
        "L",
        number(1),
        number(2, more='text:display-levels="2"'),
        number(3, "a", 'style:num-prefix="(" style:num-suffix=")"'),
    )
    body = (
        '<text:list xml:id="l1" text:style-name="L">'
        + item("x", f"<text:list>{item('x')}{item('x')}</text:list>")
        + item("x")
        + '</text:list><text:list text:style-name="L">'
        + item("x")
        + item("x", start="7")
        + '</text:list><text:list text:continue-list="l1" text:style-name="L">'
        + item("x")
        + '</text:list><text:list text:style-name="L" text:continue-numbering="true"><text:list-item><text:list>'
        + item("x", f"<text:list>{item('x')}</text:list>")
        + "</text:list></text:list-item></text:list>"
    )
    found = [text.rpartition(" ")[0] for _, text in blocks(read_odt(body, automatic=automatic))]
    assert found == ["1.", "1.1", "1.2", "2.", "1.", "7.", "3.", "3.1", "(a)"]


def test_list_kinds_and_second_paragraphs(read_odt: Read) -> None:
    bullet = '<text:list-level-style-bullet text:level="1" text:bullet-char="\uf0b7"/>'
    body = (
        '<text:list text:style-name="L"><text:list-header><text:p>Intro text that leads.</text:p></text:list-header>'
        "<text:list-item><text:p>One.</text:p><text:p>More of one.</text:p></text:list-item></text:list>"
    )
    document = read_odt(body, automatic=levels("L", bullet))
    assert document.text == "Intro text that leads.\n\n• One.\n\nMore of one."
    assert [str(block.kind) for block in document.blocks] == ["paragraph", "list-item", "paragraph"]


def test_a_pattern_writes_the_label(read_odt: Read) -> None:
    automatic = levels("L", number(1, "I", 'loext:num-list-format="Art. %1%:"'))
    assert (
        read_odt(f'<text:list text:style-name="L">{item("x")}</text:list>', automatic=automatic).text
        == "Art. I: x"
    )


def test_headings_titles_and_their_numbers(read_odt: Read, blocks: Blocks) -> None:
    outline = (
        '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1" '
        'style:num-suffix="."/></text:outline-style>'
    )
    styles = (
        outline + style("Title") + style("Contents_20_1") + style("Heading_20_1", 'fo:font-weight="bold"')
    )
    body = (
        '<text:p text:style-name="Title">Loan</text:p><text:table-of-content><text:table-of-content-source><text:p>no</text:p>'
        '</text:table-of-content-source><text:index-body><text:p text:style-name="Contents_20_1">1. Term 2</text:p>'
        '</text:index-body></text:table-of-content><text:h text:outline-level="1" text:style-name="Heading_20_1">Term</text:h>'
        '<text:p>It runs.</text:p><text:h text:outline-level="1">The Customer shall pay every fee at once when it is due.</text:h>'
    )
    assert blocks(read_odt(body, styles=styles)) == [
        ("title", "Loan"), ("contents", "1. Term 2"), ("heading", "1. Term"), ("paragraph", "It runs."),
        ("list-item", "2. The Customer shall pay every fee at once when it is due."),
    ]  # fmt: skip


def note(kind: str, mark: str, text: str) -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>{mark}</text:note-citation><text:note-body>'
        f"<text:p>{text}</text:p></text:note-body></text:note>"
    )


def test_notes(read_odt: Read, blocks: Blocks) -> None:
    body = f"<text:p>Free{note('footnote', '1', 'Fees apply.')} now{note('endnote', 'i', 'End.')}</text:p><text:p>Last.</text:p>"
    assert blocks(read_odt(body)) == [
        ("paragraph", "Free[1] now[i]"), ("footnote", "[1] Fees apply."), ("paragraph", "Last."), ("footnote", "[i] End."),
    ]  # fmt: skip


def test_tables_nested_and_covered(read_odt: Read, blocks: Blocks) -> None:
    cell = '<table:table-cell table:style-name="C"><text:p>{}</text:p>{}</table:table-cell>'
    inner = f"<table:table><table:table-row>{cell.format('in', '')}</table:table-row></table:table>"
    table = (
        f"<table:table><table:table-header-rows><table:table-row>{cell.format('a', inner)}</table:table-row></table:table-header-rows>"
        f"<table:table-row>{cell.format('b', '')}<table:covered-table-cell><text:p>no</text:p></table:covered-table-cell>"
        f"</table:table-row></table:table>"
    )
    shade = '<style:style style:name="C" style:family="table-cell"><style:table-cell-properties fo:background-color="#002060"/></style:style>'
    document = read_odt(f"{table}<text:p>After.</text:p>", automatic=shade)
    assert blocks(document) == [
        ("table-cell", "a"), ("table-cell", "in"), ("table-cell", "b"), ("paragraph", "After."),
    ]  # fmt: skip
    assert [block.level for block in document.blocks] == [1, 2, 1, 0]
    assert (first(document).color, first(document).background) == ((255, 255, 255), (0, 0x20, 0x60))


def test_links_placeholders_and_frames(read_odt: Read, blocks: Blocks) -> None:
    body = (
        '<text:p><text:a xlink:href="https://acme.example">terms</text:a> for <text:placeholder>&lt;Name&gt;</text:placeholder> '
        'and <text:database-display text:column-name="City">Bern</text:database-display><draw:frame><draw:text-box>'
        "<text:p>In the box.</text:p></draw:text-box></draw:frame></text:p><draw:frame><draw:object/></draw:frame>"
    )
    document = read_odt(body)
    assert blocks(document) == [("paragraph", "terms for <Name> and Bern"), ("paragraph", "In the box.")]
    assert [(document.text[link.start : link.end], link.target) for link in document.links] == [
        ("terms", "https://acme.example")
    ]
    assert [part.name for part in document.placeholders] == ["Name", "City"]
    assert "embedded object" in document.unread[0].reason


def test_headers_and_footers_of_the_pages_used(read_odt: Read, blocks: Blocks) -> None:
    masters = (
        '<style:master-page style:name="Standard"><style:header><text:p>Acme Inc.</text:p></style:header>'
        "<style:footer><text:p>Page <text:page-number>3</text:page-number></text:p></style:footer></style:master-page>"
        '<style:master-page style:name="Other"><style:header><text:p>Not used.</text:p></style:header></style:master-page>'
    )
    assert blocks(read_odt("<text:p>Body.</text:p>", masters=masters)) == [
        ("header", "Acme Inc."), ("paragraph", "Body."), ("page-number", "Page 3"),
    ]  # fmt: skip


def test_a_flat_file(read_odt: Read, make_odt: Make) -> None:
    flat = (
        '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:p>Flat.</text:p>'
        "</office:text></office:body></office:document>"
    )
    assert parse(flat.encode(), "", Limits()).text == "Flat."


def test_what_is_no_text_document(zipped: Make) -> None:
    with pytest.raises(UnreadableError, match=r"content\.xml"):
        parse(zipped({"mimetype": "x"}), "", Limits())
    with pytest.raises(UnreadableError, match="spreadsheet"):
        parse(zipped({"content.xml": "<a/>"}), "", Limits())
    with pytest.raises(UnreadableError, match="XML cannot be read"):
        parse(zipped({"content.xml": b"\x00\x01"}), "", Limits())
    for data in (b"", b"<html/>", b"PK"):
        with pytest.raises(UnreadableError):
            parse(data, "", Limits())


def test_a_password(zipped: Make) -> None:
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry>'
        "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    with pytest.raises(EncryptedError):
        parse(zipped({"META-INF/manifest.xml": manifest, "content.xml": b"\x12\x34"}), "", Limits())


def test_limits(make_odt: Make) -> None:
    with pytest.raises(LimitError, match="times its size"):
        parse(make_odt("<text:p/>" * 400_000), "", Limits())
    section = "<text:section>" * 150 + "<text:p>x</text:p>" + "</text:section>" * 150
    with pytest.raises(LimitError, match="nested"):
        parse(make_odt(section), "", Limits())
    with pytest.raises(LimitError, match="characters"):
        parse(make_odt("<text:p>word word</text:p>" * 20), "", Limits(characters=50))
    spans = "<text:span>" * 240 + "x" + "</text:span>" * 240
    assert parse(make_odt(f"<text:p>{spans}</text:p>"), "", Limits()).text == "x"


_TAGS = ("text:p", "text:h", "text:span", "text:list", "text:list-item", "table:table", "table:table-row", "table:table-cell",
         "text:note", "text:note-body", "text:note-citation", "draw:frame", "draw:text-box", "text:a", "text:section", "text:s")  # fmt: skip
_TREE = st.recursive(
    st.sampled_from(["word ", " ", "\n", "\u00ad", "ÄÖ", "<text:p>text</text:p>", "<text:tab/>"]),
    lambda inside: st.builds(
        lambda tag, content: f"<{tag}>{''.join(content)}</{tag}>",
        st.sampled_from(_TAGS),
        st.lists(inside, max_size=4),
    ),
    max_leaves=25,
)


@given(st.lists(_TREE, max_size=6))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_tree_of_elements_gives_a_sound_document(
    make_odt: Make, check_invariants: Check, trees: list[str]
) -> None:
    check_invariants(parse(make_odt("".join(trees)), "", Limits()))


def test_numbered_paragraphs_and_frames_of_the_page(read_odt: Read, blocks: Blocks) -> None:
    def numbered(text: str) -> str:
        return f'<text:numbered-paragraph text:list-id="n" text:level="1" text:style-name="L"><text:p>{text}</text:p></text:numbered-paragraph>'

    frame = "<draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame>"
    document = read_odt(frame + numbered("One.") + numbered("Two."), automatic=levels("L", number(1)))
    assert blocks(document) == [("paragraph", "Boxed."), ("list-item", "1. One."), ("list-item", "2. Two.")]


def test_a_written_number_goes_before_a_counted_one(read_odt: Read) -> None:
    assert (
        read_odt('<text:h text:outline-level="1"><text:number>§ 4</text:number>Fees</text:h>').text
        == "§ 4 Fees"
    )


def test_broken_page_styles_do_not_matter_and_are_said(zipped: Make) -> None:
    office, text = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "text"))
    content = (
        f'<office:document-content xmlns:office="{office}" xmlns:text="{text}"><office:body><office:text><text:p>Text.</text:p>'
        "</office:text></office:body></office:document-content>"
    )
    document = parse(zipped({"content.xml": content, "styles.xml": b"\x00\xff"}), "", Limits())
    assert document.text == "Text."
    assert document.unread[0].where == "styles.xml"


@pytest.mark.parametrize(
    ("properties", "background"),
    [
        ('draw:fill="solid" draw:fill-color="#002060"', (0, 0x20, 0x60)),
        ('fo:background-color="#002060"', (0, 0x20, 0x60)),
        ('draw:fill="none" fo:background-color="#002060"', (255, 255, 255)),
    ],
)
def test_the_ground_of_a_frame(read_odt: Read, properties: str, background: tuple[int, ...]) -> None:
    automatic = f'<style:style style:name="F" style:family="graphic"><style:graphic-properties {properties}/></style:style>'
    body = '<text:p><draw:frame draw:style-name="F"><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame></text:p>'
    assert first(read_odt(body, automatic=automatic)).background == background


def test_large_pictures_are_said(read_odt: Read) -> None:
    body = '<text:p>x<draw:frame svg:width="{}" svg:height="12cm"><draw:image/></draw:frame></text:p>'
    assert "large picture" in read_odt(body.format("15cm")).unread[0].reason
    assert read_odt(body.format("2cm")).unread == ()
