"""Bytes to characters."""

from __future__ import annotations

import pytest

from trustaudit.parsing.encoding import decode

WORDS = "Fälligkeit – “fee” €5"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_and_utf8(encoding: str) -> None:
    decoded = decode(WORDS.encode(encoding))
    assert decoded.text == WORDS
    assert not decoded.notes


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark(encoding: str) -> None:
    assert decode(("The fee is due. " * 4).encode(encoding)).text.startswith("The fee")


def test_declared_in_the_page() -> None:
    page = f'<meta charset="shift_jis"><p>{"料金"}'
    assert decode(page.encode("shift_jis")).text == page


def test_latin1_means_windows_1252() -> None:
    assert decode(b'<meta charset="iso-8859-1">\x93fee\x94').text.endswith("“fee”")


def test_a_guess_is_said() -> None:
    decoded = decode(("A sentence about money, and what it costs. " * 3 + WORDS).encode("cp1252"))
    assert decoded.text.endswith(WORDS)
    assert "read as cp1252" in decoded.notes[0].reason


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    decoded = decode(("ä" * 50).encode() + b"\xff" + "ö".encode())
    assert decoded.text.startswith("ää")
    assert "1 bytes are not utf-8" in decoded.notes[0].reason


@pytest.mark.parametrize("name", ["rot13", "zip", "nonsense", "utf-8\0"])
def test_no_charset_of_a_text_is_ignored(name: str) -> None:
    assert decode(b"plain", name).text == "plain"
