"""PDFium's C functions, bound with plain pointers, and documents and pages that are always closed.

PDFium is not safe for threads: one document at a time in a process, which a lock sees to.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import POINTER, c_bool, c_char_p, c_double, c_float, c_int, c_size_t, c_uint, c_ulong, c_void_p
from typing import Any

import pypdfium2  # noqa: F401  its import starts the library, its exit ends it
import pypdfium2_raw as raw

from trustaudit.errors import EncryptedError, UnreadableError


class Matrix(ctypes.Structure):
    _fields_ = tuple((name, c_float) for name in "abcdef")


class Rect(ctypes.Structure):
    _fields_ = tuple((name, c_float) for name in ("left", "top", "right", "bottom"))


def _bind(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """The function with untyped pointers: 1.5 times faster than the generated prototypes."""
    address = ctypes.cast(getattr(raw, name), c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


_uint_p, _double_p, _float_p = POINTER(c_uint), POINTER(c_double), POINTER(c_float)

load_document = _bind("FPDF_LoadMemDocument64", c_void_p, c_char_p, c_size_t, c_char_p)
close_document = _bind("FPDF_CloseDocument", None, c_void_p)
last_error = _bind("FPDF_GetLastError", c_ulong)
page_count = _bind("FPDF_GetPageCount", c_int, c_void_p)
attachment_count = _bind("FPDFDoc_GetAttachmentCount", c_int, c_void_p)
get_attachment = _bind("FPDFDoc_GetAttachment", c_void_p, c_void_p, c_int)
attachment_name = _bind("FPDFAttachment_GetName", c_ulong, c_void_p, c_void_p, c_ulong)
load_page = _bind("FPDF_LoadPage", c_void_p, c_void_p, c_int)
close_page = _bind("FPDF_ClosePage", None, c_void_p)
page_width = _bind("FPDF_GetPageWidthF", c_float, c_void_p)
page_height = _bind("FPDF_GetPageHeightF", c_float, c_void_p)
page_to_device = _bind(
    "FPDF_PageToDevice",
    c_int, c_void_p, c_int, c_int, c_int, c_int, c_int, c_double, c_double, POINTER(c_int), POINTER(c_int),
)  # fmt: skip
flatten = _bind("FPDFPage_Flatten", c_int, c_void_p, c_int)

load_text = _bind("FPDFText_LoadPage", c_void_p, c_void_p)
close_text = _bind("FPDFText_ClosePage", None, c_void_p)
count_chars = _bind("FPDFText_CountChars", c_int, c_void_p)
get_text = _bind("FPDFText_GetText", c_int, c_void_p, c_int, c_int, c_void_p)
get_unicode = _bind("FPDFText_GetUnicode", c_uint, c_void_p, c_int)
text_object = _bind("FPDFText_GetTextObject", c_void_p, c_void_p, c_int)
char_matrix = _bind("FPDFText_GetMatrix", c_int, c_void_p, c_int, POINTER(Matrix))
char_size = _bind("FPDFText_GetFontSize", c_double, c_void_p, c_int)
char_box = _bind("FPDFText_GetLooseCharBox", c_int, c_void_p, c_int, POINTER(Rect))
char_origin = _bind("FPDFText_GetCharOrigin", c_int, c_void_p, c_int, _double_p, _double_p)
fill_color = _bind("FPDFText_GetFillColor", c_int, c_void_p, c_int, _uint_p, _uint_p, _uint_p, _uint_p)
stroke_color = _bind("FPDFText_GetStrokeColor", c_int, c_void_p, c_int, _uint_p, _uint_p, _uint_p, _uint_p)
map_error = _bind("FPDFText_HasUnicodeMapError", c_int, c_void_p, c_int)

object_font = _bind("FPDFTextObj_GetFont", c_void_p, c_void_p)
render_mode = _bind("FPDFTextObj_GetTextRenderMode", c_int, c_void_p)
font_embedded = _bind("FPDFFont_GetIsEmbedded", c_int, c_void_p)
font_weight = _bind("FPDFFont_GetWeight", c_int, c_void_p)
font_flags = _bind("FPDFFont_GetFlags", c_int, c_void_p)
font_angle = _bind("FPDFFont_GetItalicAngle", c_int, c_void_p, POINTER(c_int))
font_name = _bind("FPDFFont_GetBaseFontName", c_size_t, c_void_p, c_char_p, c_size_t)

count_objects = _bind("FPDFPage_CountObjects", c_int, c_void_p)
get_object = _bind("FPDFPage_GetObject", c_void_p, c_void_p, c_int)
object_type = _bind("FPDFPageObj_GetType", c_int, c_void_p)
object_bounds = _bind("FPDFPageObj_GetBounds", c_int, c_void_p, _float_p, _float_p, _float_p, _float_p)
object_matrix = _bind("FPDFPageObj_GetMatrix", c_int, c_void_p, POINTER(Matrix))
count_segments = _bind("FPDFPath_CountSegments", c_int, c_void_p)
get_segment = _bind("FPDFPath_GetPathSegment", c_void_p, c_void_p, c_int)
segment_point = _bind("FPDFPathSegment_GetPoint", c_int, c_void_p, _float_p, _float_p)
segment_type = _bind("FPDFPathSegment_GetType", c_int, c_void_p)
count_marks = _bind("FPDFPageObj_CountMarks", c_int, c_void_p)
get_mark = _bind("FPDFPageObj_GetMark", c_void_p, c_void_p, c_ulong)
mark_name = _bind("FPDFPageObjMark_GetName", c_bool, c_void_p, c_void_p, c_ulong, POINTER(c_ulong))
form_count = _bind("FPDFFormObj_CountObjects", c_int, c_void_p)
form_object = _bind("FPDFFormObj_GetObject", c_void_p, c_void_p, c_ulong)

create_bitmap = _bind("FPDFBitmap_CreateEx", c_void_p, c_int, c_int, c_int, c_void_p, c_int)
fill_bitmap = _bind("FPDFBitmap_FillRect", c_int, c_void_p, c_int, c_int, c_int, c_int, c_ulong)
render = _bind("FPDF_RenderPageBitmap", None, c_void_p, c_void_p, c_int, c_int, c_int, c_int, c_int, c_int)
destroy_bitmap = _bind("FPDFBitmap_Destroy", None, c_void_p)

annotation_count = _bind("FPDFPage_GetAnnotCount", c_int, c_void_p)
get_annotation = _bind("FPDFPage_GetAnnot", c_void_p, c_void_p, c_int)
remove_annotation = _bind("FPDFPage_RemoveAnnot", c_int, c_void_p, c_int)
close_annotation = _bind("FPDFPage_CloseAnnot", None, c_void_p)
annotation_type = _bind("FPDFAnnot_GetSubtype", c_int, c_void_p)
annotation_flags = _bind("FPDFAnnot_GetFlags", c_int, c_void_p)
annotation_string = _bind("FPDFAnnot_GetStringValue", c_ulong, c_void_p, c_char_p, c_void_p, c_ulong)
annotation_rect = _bind("FPDFAnnot_GetRect", c_int, c_void_p, POINTER(Rect))
init_forms = _bind("FPDFDOC_InitFormFillEnvironment", c_void_p, c_void_p, c_void_p)
exit_forms = _bind("FPDFDOC_ExitFormFillEnvironment", None, c_void_p)
form_type = _bind("FPDF_GetFormType", c_int, c_void_p)
field_value = _bind("FPDFAnnot_GetFormFieldValue", c_ulong, c_void_p, c_void_p, c_void_p, c_ulong)
field_type = _bind("FPDFAnnot_GetFormFieldType", c_int, c_void_p, c_void_p)

FormInfo = raw.FPDF_FORMFILLINFO
TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
_FORMAT, _PASSWORD, _SECURITY = 3, 4, 5  # FPDF_ERR_FORMAT and so on


@contextmanager
def document(data: bytes) -> Iterator[int]:
    """The open document's handle; the empty password is tried. ``data`` must outlive it.

    Another thread's document waits until this one is closed.

    Raises ``EncryptedError`` when a password is needed, ``UnreadableError`` for what is no PDF.
    """
    with _lock:
        yield from _opened(data)


_lock = threading.RLock()


def _unlock() -> None:
    """A child that is forked while a thread reads has that thread's lock, and not the thread."""
    global _lock  # noqa: PLW0603  # the child's own
    _lock = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_unlock)


def _opened(data: bytes) -> Iterator[int]:
    handle = load_document(data, len(data), None)
    if not handle and last_error() == _FORMAT and b"%PDF-" not in data[:1024] and b" obj" in data:
        data = b"%PDF-1.7\n" + data  # the header is lost: PDFium finds the objects by itself
        handle = load_document(data, len(data), None)
    if not handle:
        _refuse(last_error())
    try:
        yield handle
    finally:
        close_document(handle)


def _refuse(code: int) -> None:
    if code == _PASSWORD:
        raise EncryptedError("the PDF is encrypted and opens only with a password")
    if code == _SECURITY:
        raise EncryptedError("the PDF is encrypted in a way that cannot be read")
    raise UnreadableError("the PDF is damaged: its structure cannot be read")


@contextmanager
def page(handle: int, index: int) -> Iterator[int | None]:
    """The open page's handle, or None where the page cannot be loaded."""
    loaded = load_page(handle, index)
    try:
        yield loaded
    finally:
        if loaded:
            close_page(loaded)


@contextmanager
def page_text(loaded: int) -> Iterator[int | None]:
    """The page's text handle, or None."""
    text = load_text(loaded)
    try:
        yield text
    finally:
        if text:
            close_text(text)


def utf16(read: Callable[[Any, int], int]) -> str:
    """A string that PDFium hands out in UTF-16: asked for its size in bytes, then for itself."""
    size = read(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    read(buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def attachment(handle: int, at: int) -> str:
    """The name of an embedded file."""
    found = get_attachment(handle, at)
    return utf16(lambda buffer, size: int(attachment_name(found, buffer, size))) if found else ""
