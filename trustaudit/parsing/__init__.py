"""Bytes to Document: one module a format, the type sniffed from the content."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from importlib import import_module

from trustaudit.document import Document, Placeholder, Unread
from trustaudit.errors import LimitError, UnreadableError
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.sniff import sniff

_log = logging.getLogger(__name__)

PARSERS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/rtf": "rtf",
    "text/html": "html",
    "message/rfc822": "eml",
    "text/markdown": "markdown",
    "text/x-message-catalogue": "catalogue",
    "application/ssml+xml": "speech",
    "text/plain": "plain",
}
"""Media type → module of this package that reads it; imported when a file of the type comes."""


def parse(
    data: bytes, name: str = "", limits: Limits | None = None, media_type: str | None = None
) -> Document:
    """Read one file.

    ``name`` is the file's name (it may decide among kinds of text, never against the content) and
    ``media_type`` overrides what the content says. Raises ``UnreadableError`` with the reason where
    nothing can be read, and nothing else.
    """
    limits = limits or Limits()
    if len(data) > limits.source_bytes:
        raise LimitError(f"larger than the limit of {limits.source_bytes:,} bytes")
    kind = _chosen(media_type) if media_type else sniff(data, name)
    document = _read(PARSERS[kind], data, name, limits)
    if len(document.text) > limits.characters:
        raise LimitError(f"longer than the limit of {limits.characters:,} characters")
    return replace(
        document,
        name=name,
        media_type=kind,
        sha256=hashlib.sha256(data).hexdigest(),
        placeholders=document.placeholders or _placeholders(document.text),
        unread=document.unread or _emptiness(document),
    )


def _chosen(media_type: str) -> str:
    """The media type without its parameters, if there is a parser for it."""
    kind = media_type.partition(";")[0].strip().lower()
    if kind not in PARSERS:
        raise UnreadableError(f"no reader for {kind}; known: {', '.join(sorted(PARSERS))}")
    return kind


def _read(module: str, data: bytes, name: str, limits: Limits) -> Document:
    """Run one parser; whatever a broken file does to it becomes an ``UnreadableError``."""
    parser = import_module(f"trustaudit.parsing.{module}")
    try:
        document = parser.parse(data, name, limits)
    except UnreadableError:
        raise
    except RecursionError as error:
        raise LimitError("nested deeper than can be read") from error
    except MemoryError as error:
        raise LimitError("needs more memory than there is") from error
    except Exception as error:
        # the last net: one broken file must not end a run over many, and says what broke
        _log.debug("%s: %s", name, module, exc_info=True)
        raise UnreadableError(f"damaged or unusual: {type(error).__name__}: {error}") from error
    assert isinstance(document, Document)
    return document


def _placeholders(text: str) -> tuple[Placeholder, ...]:
    from trustaudit.parsing.placeholders import placeholders

    return placeholders(text)


def _emptiness(document: Document) -> tuple[Unread, ...]:
    """A document without a word says so."""
    return () if document.blocks else (Unread("whole file", "no text in it"),)
