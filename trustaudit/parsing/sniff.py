"""What a file is, by its content; the suffix decides only among kinds of text."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from trustaudit.errors import EncryptedError, UnreadableError
from trustaudit.parsing.encoding import decode
from trustaudit.parsing.text_kinds import is_catalogue_name, text_kind

_HEAD = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ODT = "application/vnd.oasis.opendocument.text"

_FOREIGN = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"%!PS", "a PostScript file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"\xffWPC", "a WordPerfect file"),
    (b"AT&TFORM", "a DjVu file"),
)
_ODD = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_IMAGE_ADVICE = "the text in it needs OCR: save it as a searchable PDF"
_OTHER_ADVICE = "save the text in it as PDF, DOCX, HTML or plain text"

_OLE_KINDS = (
    ("WordDocument", "a Word 97-2003 document (.doc)", "save it as .docx or PDF"),
    ("__properties_version1.0", "an Outlook message (.msg)", "save it as .eml or .html"),
    ("__substg1.0_", "an Outlook message (.msg)", "save it as .eml or .html"),
    ("Workbook", "an Excel workbook (.xls)", "save the text in it as PDF or CSV"),
    ("Book", "an Excel workbook (.xls)", "save the text in it as PDF or CSV"),
    ("PowerPoint Document", "a PowerPoint presentation (.ppt)", "save it as PDF"),
)
_ZIP_KINDS = (
    ("xl/", "an Excel workbook (.xlsx)", "save the text in it as PDF or CSV"),
    ("ppt/", "a PowerPoint presentation (.pptx)", "save it as PDF"),
    ("visio/", "a Visio drawing", "save it as PDF"),
    ("META-INF/container.xml", "an EPUB book", "save it as HTML or PDF"),
    ("Index/Document.iwa", "an Apple Pages document", "save it as .docx or PDF"),
)


def sniff(data: bytes, name: str = "") -> str:
    """The media type of a file that can be read; ``UnreadableError`` says what else it is, and the mend."""
    start = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n\f")
    if _is_pdf(data):
        return "application/pdf"
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data.startswith(_OLE):
        raise _ole_error(data)
    if start.startswith((b"{\\rtf", b"{\\urtf")):
        return "application/rtf"
    _refuse_foreign(data)
    text = decode(data if is_catalogue_name(name) or len(data) <= _HEAD else _head(data)).text
    _refuse_binary(text)
    return text_kind(text, name)


def _head(data: bytes) -> bytes:
    """The beginning, cut between two characters of UTF-8."""
    return data[: _HEAD - 4] + data[_HEAD - 4 : _HEAD].rstrip(bytes(range(0x80, 0x100)))


def _is_pdf(data: bytes) -> bool:
    """A header at the start, or after junk; or none, but the body and the end of a PDF."""
    at = data.find(b"%PDF-", 0, 1024 + 5)
    if at < 0:
        return b"%%EOF" in data[-2048:] and bool(re.search(rb"\d+ \d+ obj\b", data[:_HEAD]))
    junk = data[:at].lstrip(b"\xef\xbb\xbf \t\r\n\f\0")
    mail = re.match(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]", junk)
    return not (mail or junk.startswith((b"{\\rtf", b"<", b"PK\x03\x04", _OLE)))


def _zip_kind(data: bytes) -> str:
    """DOCX and ODT by their parts; every other archive is refused by its name."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            declared = _opendocument_type(archive) if "mimetype" in names else ""
            main = _main_part(archive) if "[Content_Types].xml" in names else ""
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError, ValueError, EOFError) as error:
        # the reader of the format tells more than "damaged" where the archive's kind still shows
        if b"word/" in data:
            return _DOCX
        raise UnreadableError(f"a damaged zip archive ({error})") from error
    if declared.startswith(_ODT):
        return _ODT
    if main == "word" or (not main and "word/document.xml" in names):
        return _DOCX
    raise _zip_error(names, declared)


def _opendocument_type(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as part:
        return part.read(200).decode("ascii", errors="replace").strip()


def _main_part(archive: zipfile.ZipFile) -> str:
    """Which Office application's main part the content types name."""
    with archive.open("[Content_Types].xml") as part:
        types = part.read(2_000_000)
    if b"wordprocessingml.document.main" in types or b"wordprocessingml.template.main" in types:
        return "word"
    if b"ms-word.document.macroEnabled.main" in types or b"ms-word.template.macroEnabled" in types:
        return "word"
    return "other" if b"main+xml" in types else ""


def _zip_error(names: list[str], declared: str) -> UnreadableError:
    for prefix, what, mend in _ZIP_KINDS:
        if any(name.startswith(prefix) for name in names):
            return UnreadableError(f"{what}: {mend}")
    if declared.startswith("application/vnd.oasis.opendocument."):
        return UnreadableError(f"an OpenDocument {declared.rpartition('.')[2]}: save it as .odt or PDF")
    return UnreadableError("a zip archive without a document in it: unpack it and scan its files")


def _ole_error(data: bytes) -> UnreadableError:
    """OLE compound files hold many old formats; the names in their directory are UTF-16."""
    if _utf16("EncryptedPackage") in data:
        return EncryptedError("encrypted with a password: save it without one")
    for stream, what, mend in _OLE_KINDS:
        if _utf16(stream) in data:
            return UnreadableError(f"{what}: {mend}")
    return UnreadableError("an old Office or OLE file: save it as .docx or PDF")


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _refuse_foreign(data: bytes) -> None:
    for magic, what in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableError(f"{what}: {_IMAGE_ADVICE if 'image' in what else _OTHER_ADVICE}")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise UnreadableError(f"a WebP image: {_IMAGE_ADVICE}")
    if data[4:8] == b"ftyp":
        what = "a HEIC or AVIF image" if data[8:11] in {b"hei", b"avi", b"mif"} else "a video"
        raise UnreadableError(f"{what}: {_IMAGE_ADVICE if 'image' in what else _OTHER_ADVICE}")


def _refuse_binary(text: str) -> None:
    """Characters that no text holds, in a number that no slip explains."""
    sample = text[:_HEAD]
    odd = len(_ODD.findall(sample))
    lost = sample.count("\ufffd")
    if "\0" * 16 in sample or odd + lost > 0.1 * max(len(sample), 1):
        raise UnreadableError(f"binary data of no known kind: {_OTHER_ADVICE}")
