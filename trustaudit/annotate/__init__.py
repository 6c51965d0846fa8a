"""An audit to a marked copy of its document: what a lawyer sends back. The source is never written to."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path

from trustaudit.annotate.notes import head, notes
from trustaudit.annotate.values import Copy, Note, Order
from trustaudit.audit import Audit
from trustaudit.errors import UnreadableError, UsageError

__all__ = ["MARKERS", "Copy", "Note", "annotate", "mark"]

MARKERS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "text/html": "html",
    "message/rfc822": "eml",
    "text/markdown": "markdown",
    "text/x-message-catalogue": "text",
    "text/plain": "text",
}
"""Media type → module of this package that marks a copy; imported when one is asked for."""

_CONVERT = {
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/rtf": "RTF",
}


def annotate(source: Audit | str | Path, output: str | Path, *, suggest: bool = False) -> Path:
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
    write(target, mark(source, read(path), suggest=suggest).data)
    return target


def mark(audit: Audit, data: bytes, *, suggest: bool = False) -> Copy:
    """The marked copy of the bytes that the audit is of. Raises ``UnreadableError``."""
    document = audit.document
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise UnreadableError("the file has changed since it was audited: audit it again")
    module = MARKERS.get(document.media_type)
    if module is None:
        what = _CONVERT.get(document.media_type, document.media_type)
        raise UnreadableError(f"{what} cannot be marked: save it as DOCX or PDF and annotate that")
    order = Order(document, notes(audit), head(audit), suggest)
    made = import_module(f"trustaudit.annotate.{module}").mark(data, order)
    assert isinstance(made, Copy)
    return made


def read(path: Path) -> bytes:
    """The source's bytes; raises ``UnreadableError``."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror or error}") from error


def refuse_same(path: Path, target: Path) -> None:
    """Raise ``UsageError`` where the copy would be written over the source, by whatever name."""
    same = path.absolute() == target.absolute()
    try:
        same = same or path.samefile(target)
    except OSError:  # one of them is not there: not the same file
        pass
    if same:
        raise UsageError(f"{target}: this is the document itself; name another file for the copy")


def write(target: Path, data: bytes) -> None:
    """The copy, there whole or not at all."""
    from trustaudit.report.files import replace_bytes

    replace_bytes(target, data, "the copy")
