"""The kind of a file by its content, whatever its name says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from trustaudit.errors import EncryptedError, UnreadableError
from trustaudit.parsing import parse
from trustaudit.parsing.sniff import sniff

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
MAIL = b"From: a@b.example\r\nTo: c@d.example\r\nMIME-Version: 1.0\r\n\r\nHello"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7\n...", "terms.txt", "application/pdf"),
        (b"\r\n\0junk before %PDF-1.4\n", "", "application/pdf"),
        (b"{\\rtf1 Hello}", "a.docx", "application/rtf"),
        (b"<!DOCTYPE html><p>Hello", "a.txt", "text/html"),
        (b"<p>Hello <b>you</b></p>", "", "text/html"),
        (b"\xef\xbb\xbf<html><body>x", "a.md", "text/html"),
        (b"{% extends 'base' %}\n<tr><td>Hi</td></tr>", "mail.twig", "text/html"),
        (b"<% if x %><p>Hi</p><% end %>", "mail.html.erb", "text/html"),
        (b"Hi <%= @name %>, welcome", "mail.text.erb", "text/plain"),
        (b"{% apply markdown %}\nHi **you**\n{% endapply %}", "m.phtml", "text/markdown"),
        (b"<mjml><mj-body></mj-body></mjml>", "a.mjml", "text/html"),
        (MAIL, "a.html", "message/rfc822"),
        (b"From someone Mon Jan  1\r\n" + MAIL, "mbox", "message/rfc822"),
        (b"# Terms\n\nSee [this](https://a.example).\n", "", "text/markdown"),
        (b"# Terms\n", "a.md", "text/markdown"),
        (b"# Terms\n\nSee [this](https://a.example).\n", "a.txt", "text/plain"),
        (b"Subject: Your visit\n\nHello", "a.txt", "text/plain"),
        (b"1 < 2 and <p> is a tag\n" * 3, "a.txt", "text/plain"),
        ("Grüße".encode("utf-16"), "", "text/plain"),
        (b"", "", "text/plain"),
        (b'{"a": 1}', "a.json", "text/plain"),
    ],
)
def test_kind_by_content(data: bytes, name: str, expected: str) -> None:
    assert sniff(data, name) == expected


def test_zip_kinds_by_their_parts(make_docx: Callable[..., bytes], make_odt: Callable[..., bytes]) -> None:
    assert sniff(make_docx("<w:p/>"), "a.pdf") == DOCX
    assert sniff(make_odt(""), "a.zip") == "application/vnd.oasis.opendocument.text"


def test_other_archives_are_named(zipped: Callable[..., bytes]) -> None:
    with pytest.raises(UnreadableError, match=r"Excel workbook \(.xlsx\)"):
        sniff(zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}), "a.docx")
    with pytest.raises(UnreadableError, match="unpack it"):
        sniff(zipped({"a.txt": "hello"}))
    with pytest.raises(UnreadableError, match="damaged zip"):
        sniff(b"PK\x03\x04" + b"nothing more")


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        ("WordDocument", r"\.doc\): save it as \.docx"),
        ("__substg1.0_0037001F", r"\.msg"),
        ("Workbook", r"\.xls"),
    ],
)
def test_old_office_files_say_how_to_convert(stream: str, said: str) -> None:
    with pytest.raises(UnreadableError, match=said):
        sniff(OLE + stream.encode("utf-16-le"), "a.pdf")


def test_encrypted_office_file_needs_a_password() -> None:
    with pytest.raises(EncryptedError, match="password"):
        sniff(OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx")


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n....", b"\xff\xd8\xff\xe0", b"RIFF....WEBPVP8", b"....ftypheic", b"II*\0"]
)
def test_images_ask_for_ocr(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"image.*OCR"):
        sniff(data, "scan.pdf")


@pytest.mark.parametrize("data", [b"\0" * 1000, bytes(range(256)) * 8, b"\x7fELF\x02\x01"])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        sniff(data, "a.txt")


def test_parse_sets_name_type_and_hash() -> None:
    document = parse(b"Hello {{ name }}", "a.txt")
    assert (document.name, document.media_type) == ("a.txt", "text/plain")
    assert document.sha256 == hashlib.sha256(b"Hello {{ name }}").hexdigest()
    assert [p.name for p in document.placeholders] == ["name"]


def test_a_stated_media_type_overrides_the_content() -> None:
    assert parse(b"<p>Hi</p>", "a.html", media_type="text/plain; charset=utf-8").text == "<p>Hi</p>"
    with pytest.raises(UnreadableError, match="no reader for image/png"):
        parse(b"x", media_type="image/png")


def test_an_empty_file_is_a_document_that_says_so() -> None:
    document = parse(b"\xef\xbb\xbf", "sms.txt")
    assert document.text == ""
    assert document.unread[0].reason == "no text in it"
