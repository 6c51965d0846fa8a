"""What is written onto a page after it was made: form fields, free text, comments.

What has an appearance is made part of the page, so that it is read where it stands and as it is set;
only what then is still missing becomes a note.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from trustaudit.document import Box, Hidden, Unread
from trustaudit.parsing.pdf import pdfium
from trustaudit.parsing.pdf.fragment import Fragment, Ink, Line, Look
from trustaudit.parsing.pdf.frame import Frame
from trustaudit.parsing.pdf.lines import line_of

_LINK, _FREE_TEXT, _STAMP, _POPUP, _WIDGET = 2, 3, 13, 16, 20  # FPDF_ANNOT_LINK …
_LETTERED = (_FREE_TEXT, _STAMP, _WIDGET)  # show letters of their own
_VALUE_FIELDS = (4, 5, 6)  # combo box, list box, text field: the others hold states, not words
_UNSEEN = 0x02 | 0x20  # annotation flags: hidden, no view
_XFA = (2, 3)
OURS = "trustaudit:"
"""How the names of the annotations begin that an annotated copy holds: they are no part of the paper."""


@dataclass(frozen=True, slots=True)
class Written:
    """The words of an annotation and its place in the page's own coordinates."""

    text: str
    rect: tuple[float, float, float, float]
    unseen: bool


@contextmanager
def form(document: int) -> Iterator[int | None]:
    """PDFium's form environment, None where the document has no form."""
    if pdfium.form_type(document) <= 0:
        yield None
        return
    info = pdfium.FormInfo(version=2)
    handle = pdfium.init_forms(document, ctypes.addressof(info))
    try:
        yield handle
    finally:
        if handle:
            pdfium.exit_forms(handle)


def unread_form(document: int) -> Iterator[Unread]:
    if pdfium.form_type(document) in _XFA:
        yield Unread("form", "it is an XFA form; only what its plain pages show is read")


def written(page: int, form_handle: int | None) -> tuple[list[Written], bool]:
    """The words written onto the page, and whether it holds annotations that show letters."""
    found: list[Written] = []
    shown = False
    _without_ours(page)
    for at in range(max(pdfium.annotation_count(page), 0)):
        annotation = pdfium.get_annotation(page, at)
        if not annotation:
            continue
        try:
            kind = pdfium.annotation_type(annotation)
            shown = shown or kind in _LETTERED
            entry = None if kind in (_LINK, _POPUP) else _written(annotation, kind, form_handle)
            if entry is not None:
                found.append(entry)
        finally:
            pdfium.close_annotation(annotation)
    return found, shown


def _without_ours(page: int) -> None:
    """Take the marks of an annotated copy off the loaded page; the file is not touched."""
    for at in reversed(range(max(pdfium.annotation_count(page), 0))):
        annotation = pdfium.get_annotation(page, at)
        if annotation:
            name = pdfium.utf16(_string(annotation, b"NM"))
            pdfium.close_annotation(annotation)
            if name.startswith(OURS):
                pdfium.remove_annotation(page, at)


def _written(annotation: int, kind: int, form_handle: int | None) -> Written | None:
    text = _field(annotation, form_handle) if kind == _WIDGET else _contents(annotation)
    if not text.strip():
        return None
    rect = pdfium.Rect()
    pdfium.annotation_rect(annotation, ctypes.byref(rect))
    unseen = bool(pdfium.annotation_flags(annotation) & _UNSEEN)
    return Written(text, (rect.left, rect.bottom, rect.right, rect.top), unseen)


def _field(annotation: int, form_handle: int | None) -> str:
    if not form_handle or pdfium.field_type(form_handle, annotation) not in _VALUE_FIELDS:
        return ""
    return pdfium.utf16(lambda buffer, size: pdfium.field_value(form_handle, annotation, buffer, size))


def _contents(annotation: int) -> str:
    return pdfium.utf16(_string(annotation, b"Contents"))


def _string(annotation: int, key: bytes) -> Callable[[Any, int], int]:
    return lambda buffer, size: int(pdfium.annotation_string(annotation, key, buffer, size))


def missing(found: list[Written], lines: list[Line], frame: Frame, page: int) -> list[Line]:
    """A note for each line of what was written and is not among the lines of the page."""
    read = "".join("".join(line.text.split()) for line in lines)
    made: list[Line] = []
    for entry in found:
        if "".join(entry.text.split()) in read:
            continue
        box = frame.box(*entry.rect)
        hidden = Hidden.STYLE if entry.unseen else None if frame.shows(box) else Hidden.OFF_PAGE
        texts = [" ".join(text.split()) for text in entry.text.splitlines() if text.strip()]
        made += [line_of([_note(text, frame.clipped(box), hidden)], page) for text in texts]
    return made


def _note(text: str, box: Box, hidden: Hidden | None) -> Fragment:
    ink = Ink(None, None, 255, bold=False, italic=False, caps=False)
    return Fragment(text, box, box[0], box[2], box[3], 0, ink, 1.0, look=Look(hidden=hidden), note=True)
