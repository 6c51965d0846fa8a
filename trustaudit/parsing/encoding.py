"""Bytes to characters: byte-order mark, declared charset, UTF-8, and only then a guess that is said."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from trustaudit.document import Unread

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})["']"""
    rb"""|@charset\s+"([\w.:-]{2,40})";""",
    re.IGNORECASE,
)
_HEAD = 4096  # browsers look for a declaration in the first kilobyte; templates put more before it
_SAMPLE = 65_536
_WESTERN = frozenset({0x80, 0x85, *range(0x91, 0x98), 0x99, *range(0xA0, 0x100)})
"""What English and western European text uses of windows-1252 beyond ASCII."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The characters, how they were decoded, and what was uncertain or lost."""

    text: str
    encoding: str
    bom: int = 0  # bytes of the byte-order mark, which is not in the text
    notes: tuple[Unread, ...] = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode a text file; ``declared`` is a charset named outside of it (an e-mail's part)."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return Decoded(text, encoding, len(mark), _losses(text, encoding))
    for encoding in (declared, _wide(data), "utf-8", _declaration(data)):
        text_or_none = _strictly(data, encoding)
        if text_or_none is not None:
            return Decoded(text_or_none, encoding)
    return _guessed(data)


def _strictly(data: bytes, encoding: str) -> str | None:
    """The text, or None where the bytes are not of the encoding or it is unknown."""
    if not encoding:
        return None
    try:
        codec = codecs.lookup(encoding)
        return data.decode(_browser_name(codec.name))
    except (LookupError, ValueError):  # unknown, not of it, or "rot13" and the like, no charset of a text
        return None


def _browser_name(encoding: str) -> str:
    """What is labelled Latin-1 or ASCII is windows-1252 in practice (WHATWG Encoding, labels)."""
    return "cp1252" if encoding in {"iso8859-1", "ascii"} else encoding


def _wide(data: bytes) -> str:
    """UTF-16 without a mark shows in the zero bytes of its ASCII half."""
    head = data[:_SAMPLE]
    if len(head) < 4 or b"\0" not in head:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half else ""


def _declaration(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD])
    if not found:
        return ""
    return next(group for group in found.groups() if group).decode("ascii", errors="ignore")


def _guessed(data: bytes) -> Decoded:
    """Neither marked nor declared nor UTF-8: broken UTF-8, windows-1252, or what the letters suggest."""
    repaired = data.decode("utf-8", errors="replace")
    lost = repaired.count("\ufffd")
    wide = sum(1 for byte in data[:_SAMPLE] if byte >= 0xC2)
    if lost <= 0.1 * wide:
        return Decoded(repaired, "utf-8", 0, _losses(repaired, "utf-8"))
    encoding = _likeliest(data[:_SAMPLE])
    text = data.decode(encoding, errors="replace")
    note = Unread("character encoding", f"not stated and not UTF-8: read as {encoding}, letters may be wrong")
    return Decoded(text, encoding, 0, (note, *_losses(text, encoding)))


def _likeliest(sample: bytes) -> str:
    high = [byte for byte in sample if byte >= 0x80]
    if len(high) < 0.05 * len(sample) and all(byte in _WESTERN for byte in high):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None else "cp1252"


def _losses(text: str, encoding: str) -> tuple[Unread, ...]:
    lost = text.count("\ufffd")
    if not lost:
        return ()
    return (Unread("character encoding", f"{lost} bytes are not {encoding} and were replaced"),)
