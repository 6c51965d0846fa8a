"""An audit to a marked copy of its document: what a lawyer sends back. The source is never written to.

The room itself can be called: ``trustaudit.annotate("contract.docx", "marked.docx")``.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

from trustaudit.annotate.notes import head, notes
from trustaudit.annotate.values import Copy, Note, Order
from trustaudit.audit import Audit
from trustaudit.errors import UnreadableError, UsageError

__all__ = ["MARKERS", "Copy", "Note", "annotate", "mark"]

MARKERS = {
    "application/pdf": ("pdf", (".pdf",)),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx", (".docx", ".docm")),
    "text/html": ("html", ()),
    "text/markdown": ("markdown", ()),
    "text/x-message-catalogue": ("text", ()),
    "application/ssml+xml": ("text", ()),
    "text/plain": ("text", ()),
    "message/rfc822": ("page", (".html", ".htm")),
    "application/vnd.oasis.opendocument.text": ("page", (".html", ".htm")),
    "application/rtf": ("page", (".html", ".htm")),
}
"""Media type → module of this package that marks a copy, and how the copy is named.

The module is imported when a copy is asked for. No suffixes: any but those that other formats have.
"""

_RESERVED = frozenset({".pdf", ".docx", ".docm", ".odt", ".rtf", ".eml", ".doc", ".xlsx", ".pptx", ".zip"})
_MENDS = {
    "message/rfc822": "a message cannot be written into without breaking its encoding and signature",
    "application/vnd.oasis.opendocument.text": "ODT is not written here (for comments, save it as DOCX)",
    "application/rtf": "RTF is not written here (for comments, save it as DOCX)",
}


def annotate(source: Audit | str | Path, output: str | Path, suggest: bool = False) -> Path:
    """Write a copy of a document with a note beside each finding; gives the copy's path.

    ``source`` is a document, or an audit of one: its file is read again and must not have changed.
    ``suggest`` adds the rules' balanced wordings where the format can carry them apart from the text
    (DOCX: tracked insertions). Raises ``UnreadableError`` where the source cannot be read or marked,
    ``UsageError`` where the copy cannot be written, or would be the source.
    """
    path = Path(source.document.name if isinstance(source, Audit) else source)
    target = Path(output)
    refuse_same(path, target)
    if not isinstance(source, Audit):
        from trustaudit.pipeline import scan

        source = scan(path)
    check_name(source.document.media_type, target)
    write(target, mark(source, read(path), suggest=suggest).data)
    return target


def check_name(media_type: str, target: Path) -> None:
    """Raise ``UsageError`` where the copy's name promises another format than the copy will have."""
    _, suffixes = MARKERS.get(media_type, ("", ()))
    suffix = target.suffix.lower()
    if suffix not in suffixes if suffixes else suffix in _RESERVED:
        named = f"end it in {' or '.join(suffixes)}" if suffixes else "end it as the document's own name ends"
        why = _MENDS.get(media_type, "the copy has the format of the document")
        raise UsageError(f"{target}: {why}: {named}")


def mark(audit: Audit, data: bytes, *, suggest: bool = False) -> Copy:
    """The marked copy of the bytes that the audit is of. Raises ``UnreadableError``."""
    document = audit.document
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise UnreadableError("the file has changed since it was audited: audit it again")
    if document.media_type not in MARKERS:
        raise UnreadableError(f"{document.media_type} cannot be marked: save it as DOCX or PDF")
    module, _ = MARKERS[document.media_type]
    order = Order(document, notes(audit), head(audit), suggest)
    made = import_module(f"trustaudit.annotate.{module}").mark(data, order)
    assert isinstance(made, Copy)
    return replace(made, warnings=(*made.warnings, *_warnings(document.media_type, suggest=suggest)))


def _warnings(media_type: str, *, suggest: bool) -> Iterator[str]:
    """What the format cannot carry."""
    if suggest and MARKERS[media_type][0] != "docx":
        yield "only DOCX takes tracked insertions: the balanced wordings stand in the notes"
    if media_type == "text/x-message-catalogue":
        yield "the copy of a catalogue is for reading, not for loading"


def read(path: Path) -> bytes:
    """The source's bytes; raises ``UnreadableError``."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror or error}") from error


def refuse_same(path: Path, target: Path) -> None:
    """Raise ``UsageError`` where the copy would be written over the source, by whatever name."""
    same = path.absolute() == target.absolute()
    with suppress(OSError):  # one of them is not there: not the same file
        same = same or path.samefile(target)
    if same:
        raise UsageError(f"{target}: this is the document itself; name another file for the copy")


def write(target: Path, data: bytes) -> None:
    """The copy, there whole or not at all."""
    from trustaudit.report.files import replace_bytes

    replace_bytes(target, data, "the copy")


class _Room(ModuleType):
    """A module that is called as the function of its name."""

    def __call__(self, source: Audit | str | Path, output: str | Path, suggest: bool = False) -> Path:
        return annotate(source, output, suggest)


sys.modules[__name__].__class__ = _Room
