"""DOCX to Document: an own walk over the XML, with formats resolved as Word resolves them.

Comments of reviewers, deleted text and the instructions of fields are no part of the paper and are
left out; pages are not known to the format.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from lxml.etree import _Element as Element

from trustaudit.document import BlockKind, Document
from trustaudit.errors import LimitError
from trustaudit.parsing.builder import Builder
from trustaudit.parsing.docx import furniture
from trustaudit.parsing.docx.cascade import Cascade
from trustaudit.parsing.docx.context import Context, Story
from trustaudit.parsing.docx.names import PLACED, VML, WORD
from trustaudit.parsing.docx.notes import Notes
from trustaudit.parsing.docx.numbering import Numbering
from trustaudit.parsing.docx.package import Package
from trustaudit.parsing.docx.properties import Reader
from trustaudit.parsing.docx.styles import Styles
from trustaudit.parsing.docx.theme import Theme
from trustaudit.parsing.docx.trace import Origin, Trace
from trustaudit.parsing.docx.walk import Walk
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.structure import structured

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def parse(data: bytes, name: str, limits: Limits) -> Document:
    """Read a DOCX. Raise ``EncryptedError``, ``LimitError`` or ``UnreadableError``."""
    try:
        return _parse(data, name, limits)
    except RecursionError as error:
        raise LimitError("content is nested too deep") from error


def traced(data: bytes, limits: Limits) -> tuple[Document, tuple[Origin, ...]]:
    """The document as ``parse`` gives it, and from which element each stretch of its text comes.

    For who writes marks into a copy. Raises what ``parse`` raises.
    """
    trace = Trace()
    try:
        document = _parse(data, "", limits, trace)
    except RecursionError as error:
        raise LimitError("content is nested too deep") from error
    return document, trace.origins(document)


def _parse(data: bytes, name: str, limits: Limits, trace: Trace | None = None) -> Document:
    package = Package(data, limits)
    main = package.root()
    settings = _related(package, "settings")
    context = replace(_context(package, main, settings), trace=trace)
    builder = Builder()
    walk = Walk(context, builder)
    for part, root in furniture.headers(main, package, settings):
        walk.story(root, Story(part, BlockKind.HEADER))
    body = main.find(WORD + "body")
    walk.story(main if body is None else body, Story(package.main))
    walk.endnotes()
    for part, root in furniture.footers(main, package, settings):
        walk.story(root, Story(part, BlockKind.FOOTER))
    builder.close()
    document = builder.document(
        name=name,
        media_type=MEDIA_TYPE,
        sha256=hashlib.sha256(data).hexdigest(),
        unread=tuple(package.unread),
        source_map=builder.source_map(()) if trace else None,
    )
    return structured(document)


def _context(package: Package, main: Element, settings: Element | None) -> Context:
    theme = Theme(_related(package, "theme"), settings)
    reader = Reader(theme)
    styles = Styles(_related(package, "styles"), reader)
    cascade = Cascade(styles)
    cascade.doubtful_page = _has_backdrop(main)
    numbering = Numbering(_related(package, "numbering"), reader)
    return Context(package, theme, reader, styles, cascade, numbering, Notes(package, main, settings))


def _related(package: Package, kind: str) -> Element | None:
    name = package.related(kind)
    return None if name is None else package.part(name)


def _has_backdrop(main: Element) -> bool:
    """Something is drawn behind the text: white letters may stand on it."""
    anchored = (node.get("behindDoc") in ("1", "true") for node in main.iter(PLACED + "anchor"))
    return any(anchored) or next(main.iter(VML + "background", VML + "rect", VML + "shape"), None) is not None
