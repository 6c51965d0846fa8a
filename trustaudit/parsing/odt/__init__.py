"""OpenDocument text (zipped, or one flat XML file) to Document.

Deleted text and annotations are no part of the paper and are left out; pages are not known to the format.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from lxml.etree import _Element as Element

from trustaudit.document import BlockKind, Document, Unread
from trustaudit.errors import EncryptedError, LimitError, UnreadableError
from trustaudit.parsing.archive import Archive
from trustaudit.parsing.builder import Builder
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.odt.context import Context, Scope
from trustaudit.parsing.odt.names import MANIFEST, OFFICE, STYLE, TEXT
from trustaudit.parsing.odt.numbering import ListStyles
from trustaudit.parsing.odt.styles import Styles, holder
from trustaudit.parsing.odt.walk import Walk
from trustaudit.parsing.structure import structured
from trustaudit.parsing.xmltree import read_xml

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

_TOP = ("header-first", "header", "header-left")
_BOTTOM = ("footer-first", "footer", "footer-left")


def parse(data: bytes, name: str, limits: Limits) -> Document:
    """Read an ODT. Raise ``EncryptedError``, ``LimitError`` or ``UnreadableError``."""
    try:
        return _parse(data, name, limits)
    except RecursionError as error:
        raise LimitError("content is nested too deep") from error


def _parse(data: bytes, name: str, limits: Limits) -> Document:
    unread: list[Unread] = []
    content, pages = _roots(data, limits, unread)
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableError("no text document in it: a spreadsheet, a presentation, or damaged")
    common = holder(pages, "styles")
    reading = _context(common, holder(content, "automatic-styles"), limits, unread)
    framing = _context(common, holder(pages, "automatic-styles"), limits, unread)
    builder = Builder()
    masters = list(_masters(pages, body, reading))
    _furniture(masters, _TOP, BlockKind.HEADER, Walk(framing, builder))
    walk = Walk(reading, builder)
    walk.blocks(body, Scope())
    walk.endnotes()
    _furniture(masters, _BOTTOM, BlockKind.FOOTER, Walk(framing, builder))
    document = builder.document(
        name=name, media_type=MEDIA_TYPE, sha256=hashlib.sha256(data).hexdigest(), unread=tuple(unread)
    )
    return structured(document)


def _context(
    common: Element | None, automatic: Element | None, limits: Limits, unread: list[Unread]
) -> Context:
    return Context(Styles(common, automatic), ListStyles(automatic, common), limits, unread)


def _roots(data: bytes, limits: Limits, unread: list[Unread]) -> tuple[Element, Element | None]:
    """The roots of content and page styles; the same one in a flat file."""
    if not data.startswith(b"PK"):
        if b"opendocument" not in data[:4096]:
            raise UnreadableError("neither a zip container nor flat OpenDocument XML")
        root, losses = read_xml(data, limits)
        unread += [Unread("whole file", loss) for loss in losses]
        return root, root
    archive = Archive(data, limits)
    _refuse_encrypted(archive, limits)
    content = _part(archive, "content.xml", limits, unread)
    if content is None:
        raise UnreadableError("no content.xml in the container: not OpenDocument, or damaged")
    try:
        return content, _part(archive, "styles.xml", limits, unread)
    except (LimitError, EncryptedError):
        raise
    except UnreadableError as error:
        unread.append(Unread("styles.xml", str(error)))
        return content, None


def _part(archive: Archive, name: str, limits: Limits, unread: list[Unread]) -> Element | None:
    data = archive.read(name)
    if not data:
        return None
    root, losses = read_xml(data, limits)
    unread += [Unread(name, loss) for loss in losses]
    return root


def _refuse_encrypted(archive: Archive, limits: Limits) -> None:
    manifest = archive.read("META-INF/manifest.xml")
    if manifest and b"encryption-data" in manifest:
        root, _ = read_xml(manifest, limits)
        if next(root.iter(MANIFEST + "encryption-data"), None) is not None:
            raise EncryptedError("the file is protected by a password")


def _masters(pages: Element | None, body: Element, context: Context) -> Iterator[Element]:
    """The page styles that the text uses, in their order."""
    known: dict[str, Element] = {}
    for node in () if pages is None else pages.iter(STYLE + "master-page"):
        known.setdefault(node.get(STYLE + "name") or "", node)
    wanted: list[str] = []
    for paragraph in body.iter(TEXT + "p", TEXT + "h"):
        master = context.styles.flat("paragraph", paragraph.get(TEXT + "style-name")).said.get("master")
        if master or not wanted:
            wanted.append(master or "Standard")
    for name in wanted:
        at: str | None = name
        while at in known:
            node = known.pop(at)
            yield node
            at = node.get(STYLE + "next-style-name")


def _furniture(masters: list[Element], tags: tuple[str, ...], kind: BlockKind, walk: Walk) -> None:
    """Headers or footers, each distinct one once."""
    seen: set[str] = set()
    for master in masters:
        for tag in tags:
            node = master.find(STYLE + tag)
            if node is None or node.get(STYLE + "display") == "false":
                continue
            text = " ".join("".join(map(str, node.itertext())).split())
            if text not in seen:
                seen.add(text)
                walk.blocks(node, Scope(kind))
