"""What a marked DOCX says: the words between the two marks of each comment, read by the parser's own trace."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from trustaudit.annotate.values import Note, Order
from trustaudit.audit import Effect, Severity
from trustaudit.document import Document
from trustaudit.parsing.docx import traced
from trustaudit.parsing.docx.package import Package
from trustaudit.parsing.limits import Limits

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def commented(data: bytes) -> dict[str, str]:
    """Comment id → the words of the text between its marks (of the main text only)."""
    limits = Limits()
    document, origins = traced(data, limits)
    package = Package(data, limits)
    elements = list(package.root().iter("*"))
    where = [
        (each.element, document.text[each.start : each.end]) for each in origins if each.part == package.main
    ]
    begins = {
        node.get(f"{WORD}id"): at
        for at, node in enumerate(elements)
        if node.tag == f"{WORD}commentRangeStart"
    }
    ends = {
        node.get(f"{WORD}id"): at for at, node in enumerate(elements) if node.tag == f"{WORD}commentRangeEnd"
    }
    return {
        name or "": "".join(
            words
            for element, words in sorted(where, key=lambda pair: pair[0])
            if start < element < ends[name]
        )
        for name, start in begins.items()
    }


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rejected(data: bytes) -> bytes:
    """The document after its reader has rejected every insertion of ours."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(content)
                for node in list(root.iter(f"{WORD}ins")):
                    if node.get(f"{WORD}author") == "trustaudit":
                        above = node.getparent()
                        assert above is not None
                        above.remove(node)
                content = etree.tostring(root)
            target.writestr(name, content)
    return out.getvalue()


def note(document: Document, start: int, end: int, number: int = 1) -> Note:
    quote = document.text[start:end]
    return Note(
        number,
        start,
        end,
        quote,
        "Major: A title",
        Effect.WITHDRAWAL,
        Severity.MAJOR,
        (("Why", "so"),),
        "Better words.",
    )


def order(
    document: Document, spans: Iterator[tuple[int, int]] | list[tuple[int, int]], *, suggest: bool = False
) -> Order:
    made = tuple(note(document, start, end, number) for number, (start, end) in enumerate(spans, 1))
    return Order(document, made, ("trustaudit: a summary.",), suggest)
