"""E-mail: subject and body, what was left out, places in the file."""

from __future__ import annotations

import base64
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from trustaudit.document import Document, Span
from trustaudit.errors import UnreadableError
from trustaudit.parsing import eml
from trustaudit.parsing.limits import Limits

Blocks = Callable[[Document], list[tuple[str, str]]]
HEAD = b"From: Acme <no-reply@acme.example>\r\nTo: jane@b.example\r\nSubject: Your visit\r\nMIME-Version: 1.0\r\n"


def read(data: bytes) -> Document:
    return eml.parse(data, "a.eml", Limits())


def line_of(document: Document, data: bytes, word: str) -> tuple[int | None, int]:
    """The line that the document says and the one where the word stands in the file."""
    at = document.text.index(word)
    wanted = data.decode("latin-1")[: data.index(word.encode())].count("\n") + 1
    return document.place(Span(at, at + len(word))).line, wanted


def test_subject_comes_first(blocks: Blocks) -> None:
    data = HEAD + b"\r\nHello Jane,\r\n\r\nsee you soon.\r\n"
    document = read(data)
    assert blocks(document) == [
        ("subject", "Your visit"), ("paragraph", "Hello Jane,"), ("paragraph", "see you soon."),
    ]  # fmt: skip
    assert document.headers == {
        "from": "Acme <no-reply@acme.example>", "to": "jane@b.example", "subject": "Your visit",
    }  # fmt: skip
    for word in ("Your visit", "Hello", "soon"):
        said, there = line_of(document, data, word)
        assert said == there


def test_html_is_preferred_and_attachments_are_named(blocks: Blocks) -> None:
    message = EmailMessage()
    message["Subject"] = "Grüße"
    message["List-Unsubscribe"] = "<mailto:u@a.example>"
    message.set_content("Hello in plain")
    message.add_alternative("<p>Hello in <b>HTML</b></p>", subtype="html")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="contract.pdf")
    document = read(message.as_bytes(policy=SMTP))
    assert blocks(document) == [("subject", "Grüße"), ("paragraph", "Hello in HTML")]
    assert document.headers["list-unsubscribe"] == "<mailto:u@a.example>"
    assert [(note.where, note.reason) for note in document.unread] == [
        ("attachment contract.pdf", "not read with the message: scan it by itself")
    ]


def test_much_more_in_the_plain_part_is_said() -> None:
    message = EmailMessage()
    message["Subject"] = "x"
    message.set_content("word " * 100)
    message.add_alternative("<p>Hello</p>", subtype="html")
    assert "100 words beside 1" in read(message.as_bytes(policy=SMTP)).unread[0].reason


def test_quoted_printable_keeps_its_places() -> None:
    body = b"<html><body>\r\n<p>Der Preis betr=C3=A4gt=\r\n neun.</p>\r\n<p>Bitte =3D zahlen</p></body></html>\r\n"
    data = (
        HEAD
        + b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + body
    )
    document = read(data)
    assert "Der Preis beträgt neun." in document.text
    for word in ("neun", "Bitte", "zahlen"):
        said, there = line_of(document, data, word)
        assert said == there
    at = document.text.index("zahlen")
    line = data.decode("latin-1").split("\n")[line_of(document, data, "zahlen")[1] - 1]
    assert line[(document.place(Span(at, at + 6)).column or 0) - 1 :].startswith("zahlen")


def test_base64_knows_the_line() -> None:
    text = "\n".join(f"Line number {n} of the text." for n in range(20))
    data = (
        HEAD
        + b"Content-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(text.encode()).replace(b"\n", b"\r\n")
    )
    document = read(data)
    at = document.text.index("number 10")
    encoded = text.index("number 10") // 57
    assert (
        document.place(Span(at, at + 6)).line
        == data[: data.index(b"\r\n\r\n") + 4].count(b"\n") + 1 + encoded
    )


def test_forwarded_messages_are_read(blocks: Blocks) -> None:
    inner = EmailMessage()
    inner["Subject"] = "Inner"
    inner.set_content("the inner text")
    outer = EmailMessage()
    outer["Subject"] = "Outer"
    outer.set_content("see below")
    outer.add_attachment(inner)
    assert [text for _, text in blocks(read(outer.as_bytes(policy=SMTP)))][:3] == [
        "Outer",
        "see below",
        "the inner text",
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"Subject: =?bogus?q?=E4?=\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nHello \xe4",
        b'Subject: x\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nHello\r\n',
        b"Subject: x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nSGVsbG8=!!!\r\n",
        b'Subject: x\r\nContent-Type: text/plain; charset=\xe4\xff\r\nTo: "" <>,,\r\n\r\nHello\r\n',
        b"\n\nSubject: x\nFrom: <<>>\n\nHello",
        b"From MAILER Mon Jan 1\r\nSubject: x\r\n\r\nHello",
    ],
)  # fmt: skip
def test_broken_messages_are_read(data: bytes, check_invariants: Callable[[Document], None]) -> None:
    document = read(data)
    check_invariants(document)
    assert "Hello" in document.text


def test_a_message_of_nothing_is_unreadable() -> None:
    with pytest.raises(UnreadableError, match="without subject"):
        read(b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n")
