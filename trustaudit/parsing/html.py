"""HTML pages, e-mail templates, MJML and SSML."""

from __future__ import annotations

from dataclasses import replace

from trustaudit.document import Document
from trustaudit.parsing import markup
from trustaudit.parsing.encoding import decode
from trustaudit.parsing.limits import Limits


def parse(data: bytes, name: str, limits: Limits) -> Document:  # noqa: ARG001  as every parser
    """Read a page or a template."""
    decoded = decode(data)
    document = markup.read(decoded.text, limits)
    return replace(document, unread=(*decoded.notes, *document.unread))
