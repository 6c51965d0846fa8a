"""Small office files composed from raw XML, so that a test shows exactly what it reads."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

import pytest

from trustaudit.document import Document
from trustaudit.parsing import docx, odt
from trustaudit.parsing.limits import Limits

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": _WORD,
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    }.items()
)
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_ROOTS = {"styles": "styles", "numbering": "numbering", "settings": "settings", "footnotes": "footnotes",
          "endnotes": "endnotes"}  # fmt: skip
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODF_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": f"{_ODF}office:1.0",
        "style": f"{_ODF}style:1.0",
        "text": f"{_ODF}text:1.0",
        "table": f"{_ODF}table:1.0",
        "draw": f"{_ODF}drawing:1.0",
        "fo": f"{_ODF}xsl-fo-compatible:1.0",
        "svg": f"{_ODF}svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    }.items()
)

Make = Callable[..., bytes]
Read = Callable[..., Document]


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _relations(entries: Mapping[str, tuple[str, str]]) -> str:
    """Relation id -> (kind, target); targets with a scheme are outside."""
    written = "".join(
        f'<Relationship Id="{name}" Type="{_KINDS}{kind}" Target="{target}"'
        + (' TargetMode="External"' if ":" in target else "")
        + "/>"
        for name, (kind, target) in entries.items()
    )
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f"{written}</Relationships>"
    )


def make_docx(
    body: str = "",
    *,
    parts: Mapping[str, str | bytes] | None = None,
    relations: Mapping[str, tuple[str, str]] | None = None,
    theme: str = "",
    **inside: str,
) -> bytes:
    """A DOCX of the inside of ``w:body`` and, by name, of styles, numbering, settings, notes."""
    links = dict(relations or {})
    made: dict[str, str | bytes] = {
        "_rels/.rels": _relations({"r1": ("officeDocument", "word/document.xml")}),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
    }
    for name, content in inside.items():
        links[f"p{name}"] = (_ROOTS[name], f"{name}.xml")
        made[f"word/{name}.xml"] = f"<w:{name} {_NAMESPACES}>{content}</w:{name}>"
    if theme:
        links["ptheme"] = ("theme", "theme/theme1.xml")
        made["word/theme/theme1.xml"] = (
            f"<a:theme {_NAMESPACES}><a:themeElements><a:clrScheme>{theme}</a:clrScheme></a:themeElements></a:theme>"
        )
    for name, part in (parts or {}).items():
        made[name] = part.replace("NS", _NAMESPACES) if isinstance(part, str) else part
    made["word/_rels/document.xml.rels"] = _relations(links)
    return zipped(made)


def make_odt(body: str = "", *, automatic: str = "", styles: str = "", masters: str = "") -> bytes:
    """An ODT of the inside of ``office:text``, of automatic and common styles, and of master pages."""
    content = (
        f"<office:document-content {_ODF_NAMESPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    pages = (
        f"<office:document-styles {_ODF_NAMESPACES}><office:styles>{styles}</office:styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "styles.xml": pages,
    })  # fmt: skip


@pytest.fixture(name="make_docx", scope="session")
def _make_docx() -> Make:
    return make_docx


@pytest.fixture(name="make_odt", scope="session")
def _make_odt() -> Make:
    return make_odt


@pytest.fixture(name="zipped", scope="session")
def _zipped() -> Make:
    return zipped


@pytest.fixture(scope="session")
def read_docx() -> Read:
    def read(body: str = "", **parts: object) -> Document:
        return docx.parse(make_docx(body, **parts), "", Limits())  # type: ignore[arg-type]

    return read


@pytest.fixture(scope="session")
def read_odt() -> Read:
    def read(body: str = "", **parts: str) -> Document:
        return odt.parse(make_odt(body, **parts), "", Limits())

    return read


def blocks(document: Document) -> list[tuple[str, str]]:
    """The kind and the text of each block."""
    return [(str(block.kind), document.text[block.start : block.end]) for block in document.blocks]


def check_invariants(document: Document) -> None:
    """Blocks and runs are ordered, disjoint, without blanks at block ends, and cover all that is not blank."""
    end = 0
    covered: list[int] = []
    for block in document.blocks:
        text = document.text[block.start : block.end]
        assert block.start >= end
        assert text
        assert text == text.strip()
        end = block.end
    assert end == len(document.text)
    end = 0
    for run in document.runs:
        assert end <= run.start < run.end
        covered += range(run.start, run.end)
        end = run.end
    visible = {at for at, char in enumerate(document.text) if not char.isspace()}
    assert visible <= set(covered)
    pointed = [(link.start, link.end) for link in document.links]
    pointed += [(part.start, part.end) for part in document.placeholders]
    for start, end in pointed:
        assert 0 <= start < end <= len(document.text)


@pytest.fixture(name="blocks", scope="session")
def _blocks() -> Callable[[Document], list[tuple[str, str]]]:
    return blocks


@pytest.fixture(name="check_invariants", scope="session")
def _check_invariants() -> Callable[[Document], None]:
    return check_invariants
