"""Where the characters of an e-mail's part stand in the file, through its transfer encoding."""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.message import EmailMessage

from trustaudit.document import SourceMap, line_starts


def transferred(part: EmailMessage, content: bytes, text: str, data: bytes, start: int) -> SourceMap | None:
    """The places of a part's text; None where the part cannot be found in the file."""
    raw = part.get_payload(decode=False)
    if not isinstance(raw, str) or not raw.strip():
        return None
    written = _written(part, raw)
    if written is None:
        return None
    at = _found(data, written, start)
    if at < 0:
        return None
    encoding = str(part.get("content-transfer-encoding", "")).strip().lower()
    lines = line_starts(data.decode("latin-1"))
    if encoding == "base64":
        pieces = _base64_pieces(written, at)
    elif encoding == "quoted-printable":
        pieces = _quoted_pieces(written, at)
    else:
        pieces = [(0, at)]
    return _in_characters(pieces, content, text, lines)


def _written(part: EmailMessage, raw: str) -> bytes | None:
    """The part's bytes as they stand in the file; 8-bit parts come decoded from the library."""
    if raw.isascii() or _has_surrogates(raw):
        return raw.encode("ascii", "surrogateescape")
    try:
        return raw.encode(part.get_content_charset() or "utf-8")
    except (UnicodeEncodeError, ValueError, LookupError, AttributeError, TypeError, HeaderParseError):
        return None


def _has_surrogates(raw: str) -> bool:
    return all(ord(char) < 128 or 0xDC80 <= ord(char) <= 0xDCFF for char in raw)


def _found(data: bytes, written: bytes, start: int) -> int:
    """A part's bytes in the file; the e-mail library may have changed the line ends."""
    at = data.find(written, start)
    if at >= 0 and data.find(written, at + 1) < 0:
        return at
    return at if len(written) > 40 else -1


def _quoted_pieces(written: bytes, at: int) -> list[tuple[int, int]]:
    """Decoded offset → file offset for each stretch between escapes (RFC 2045, 6.7)."""
    pieces, length, cursor = [(0, at)], 0, 0
    for found in re.finditer(rb"[ \t]*=[ \t]*\r?\n|=[0-9A-Fa-f]{2}|[ \t]+(?=\r?\n)", written):
        length += found.start() - cursor
        if found.group()[:1] == b"=" and len(found.group()) == 3 and found.group()[1:2].isalnum():
            pieces.append((length, at + found.start()))
            length += 1
        cursor = found.end()
        pieces.append((length, at + cursor))
    return pieces


def _base64_pieces(written: bytes, at: int) -> list[tuple[int, int]]:
    """The start of each line: right to the line, nearly so to the column."""
    pieces, length, cursor = [], 0, 0
    for line in written.splitlines(keepends=True):
        pieces.append((length, at + cursor))
        length += len(line.strip().rstrip(b"=")) * 3 // 4
        cursor += len(line)
    return pieces


def _in_characters(
    pieces: list[tuple[int, int]], content: bytes, text: str, lines: tuple[int, ...]
) -> SourceMap | None:
    """The same with offsets of characters; each one that takes several bytes begins a piece."""
    if len(content) == len(text):
        return SourceMap(tuple(at for at, _ in pieces), tuple(to for _, to in pieces), lines)
    sizes = _byte_lengths(content, text)
    if sizes is None:
        return None
    merged = dict(pieces)
    starts, sources = [0], [pieces[0][1]]
    byte, current, base = 0, 0, pieces[0][1]
    for index, size in enumerate(sizes):
        if byte in merged:
            current, base = byte, merged[byte]
            starts.append(index)
            sources.append(base)
        if size != 1:
            starts.append(index + 1)
            after = max((at for at in range(byte, byte + size + 1) if at in merged), default=None)
            if after is not None:
                current, base = after, merged[after]
            sources.append(base + byte + size - current)
        byte += size
    return SourceMap(tuple(starts), tuple(sources), lines)


def _byte_lengths(content: bytes, text: str) -> list[int] | None:
    """Bytes of each character, where the charset is UTF-8; None for others of several bytes."""
    if text.encode("utf-8", "surrogatepass") != content:
        return None
    return [1 if ord(c) < 0x80 else 2 if ord(c) < 0x800 else 3 if ord(c) < 0x10000 else 4 for c in text]
