"""E-mail: the subject, and the one body that its reader sees."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.errors import HeaderParseError
from email.message import EmailMessage

from trustaudit.document import Block, BlockKind, Document, Run, SourceMap, Unread, line_starts
from trustaudit.errors import UnreadableError
from trustaudit.parsing import joining, lines, markup
from trustaudit.parsing.encoding import decode
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.maps import through
from trustaudit.parsing.transfer import transferred

_words = str.split

_HEADERS = ("from", "reply-to", "to", "subject", "list-unsubscribe")
_DOCUMENTS = frozenset(_words("pdf docx doc odt rtf html htm txt md eml msg"))
_PARTS = 1000
_LONGEST_HEADER = 5000  # characters; the library's parser of addresses takes minutes for very long ones
_MORE_TEXT = 1.5  # times as many words in the plain part as in the HTML one before it is worth a word


def parse(data: bytes, name: str, limits: Limits) -> Document:  # noqa: ARG001  as every parser
    """Read a message. Raises ``UnreadableError`` where it has neither a subject nor a body to read."""
    start = _start(data)
    message = email.message_from_bytes(data[start:], policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    contents = _contents(message, limits)
    headers = {key: value for key in _HEADERS if (value := _header(message, key))}
    body, unread = _body(contents, limits, data, start)
    subject = _subject(data, start, headers.get("subject", ""))
    if subject is None and (body is None or not body.blocks):
        left = "; ".join(f"{note.where}: {note.reason}" for note in contents.unread[:3])
        raise UnreadableError(f"an e-mail without subject and text{left and f' ({left})'}")
    document = _joined(subject, body)
    return replace(document, headers={**document.headers, **headers}, unread=(*unread, *contents.unread))


def _start(data: bytes) -> int:
    """Blank lines and the envelope line of a mailbox before the first header are none of the message."""
    found = re.match(rb"(?:\xef\xbb\xbf)?\s*(?:>?From [^\r\n]*\r?\n)?", data)
    return found.end() if found else 0


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of text: its decoded characters and where they stand in the file."""

    text: str
    places: SourceMap | None
    notes: tuple[Unread, ...]


@dataclass
class _Contents:
    """The parts of a message by what they are for."""

    html: list[EmailMessage]
    text: list[EmailMessage]
    unread: list[Unread]


def _contents(message: EmailMessage, limits: Limits) -> _Contents:
    """Sort the parts; the first of each kind is the body, attachments are named and left alone."""
    found = _Contents([], [], [])
    for number, part in enumerate(_leaves(message, 0)):
        limits.check_time()
        if number >= _PARTS:
            found.unread.append(Unread("message", f"more than {_PARTS} parts: the rest was not read"))
            break
        kind = part.get_content_type()
        if _is_attachment(part) or kind not in {"text/html", "text/plain"}:
            found.unread += _attachment(part, kind)
        elif kind == "text/html":
            found.html.append(part)
        else:
            found.text.append(part)
    return found


def _leaves(message: EmailMessage, depth: int) -> Iterator[EmailMessage]:
    """The parts that hold content, those of forwarded messages too."""
    if depth > 50:
        return
    payload = message.get_payload()
    if message.is_multipart() and isinstance(payload, list):
        for part in payload:
            if isinstance(part, EmailMessage):
                yield from _leaves(part, depth + 1)
    else:
        yield message


def _is_attachment(part: EmailMessage) -> bool:
    try:
        return part.get_content_disposition() == "attachment" or (
            bool(_file_name(part)) and part.get_content_type() not in {"text/html", "text/plain"}
        )
    except (ValueError, AttributeError, IndexError, TypeError, HeaderParseError):
        return False


def _file_name(part: EmailMessage) -> str:
    try:
        return " ".join(str(part.get_filename() or "").split())
    except (ValueError, AttributeError, IndexError, TypeError, LookupError, HeaderParseError):
        return ""


def _attachment(part: EmailMessage, kind: str) -> list[Unread]:
    """One line for each attachment; pictures and signatures in the body are no documents."""
    name = _file_name(part)
    suffix = name.rpartition(".")[2].lower()
    if suffix in _DOCUMENTS or kind in {"application/pdf", "application/rtf"}:
        return [Unread(f"attachment {name or kind}", "not read with the message: scan it by itself")]
    if kind.startswith("multipart/"):
        return [Unread("message", f"a broken part of type {kind}")]
    if name or _is_attachment(part):
        return [Unread(f"attachment {name or kind}", f"not read: {kind}")]
    seen = kind.startswith("image/")
    return [] if seen else [Unread(f"part {kind}", "not read: neither HTML nor plain text")]


def _header(message: EmailMessage, key: str) -> str:
    """A header decoded, or as it stands where its encoding is broken."""
    written = next((raw for name, raw in message.raw_items() if name.lower() == key), None)
    if written is not None and len(str(written)) > _LONGEST_HEADER:
        return " ".join(str(written)[:_LONGEST_HEADER].split())
    try:
        value = message.get(key)
    except Exception:  # noqa: BLE001  the header parser of the library has many ways to fail on spam
        value = written
    return " ".join(str(value).split()) if value is not None else ""


def _body(
    contents: _Contents, limits: Limits, data: bytes, start: int
) -> tuple[Document | None, tuple[Unread, ...]]:
    """The HTML part where there is one, else the plain one; a forwarded message's parts follow."""
    chosen = contents.html or contents.text
    documents: list[Document] = []
    unread: list[Unread] = []
    for part in chosen:
        read = _decoded(part, data, start)
        unread += read.notes
        document = _html(read, limits) if contents.html else _plain(read)
        unread += document.unread
        documents.append(_placed(document, read.places))
    if contents.html and contents.text:
        unread += _differing(documents, contents.text, data, start)
    body = documents[0] if documents else None
    for other in documents[1:]:
        assert body is not None
        body = joining.concatenated(body, other)
    return body, tuple(unread)


def _html(part: _Part, limits: Limits) -> Document:
    return markup.read(part.text, limits, mail=True)


def _plain(part: _Part) -> Document:
    return lines.document(part.text.rstrip())


def _decoded(part: EmailMessage, data: bytes, start: int) -> _Part:
    """The characters of a part by its transfer encoding and charset."""
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    try:
        charset = str(part.get_content_charset() or "")
    except (ValueError, AttributeError, LookupError, TypeError, HeaderParseError):
        charset = ""
    decoded = decode(content, charset)
    places = transferred(part, content, decoded.text, data, start)
    return _Part(decoded.text, places, decoded.notes)


def _differing(documents: list[Document], texts: list[EmailMessage], data: bytes, start: int) -> list[Unread]:
    """The plain text is the same message for other readers; much more of it is something else."""
    html = sum(len(document.text.split()) for document in documents)
    text = sum(len(_decoded(part, data, start).text.split()) for part in texts)
    if text > _MORE_TEXT * html + 20:
        return [Unread("plain text part", f"{text} words beside {html} in the HTML part: not read")]
    return []


def _placed(document: Document, places: SourceMap | None) -> Document:
    """The document with its places in the file; without them where they cannot be told."""
    if places is None or document.source_map is None:
        return replace(document, source_map=None)
    return replace(document, source_map=through(document.source_map, places, len(document.text)))


def _subject(data: bytes, start: int, subject: str) -> Document | None:
    """The subject as a document of one block, at its place where it stands there as it is."""
    if not subject:
        return None
    found = re.search(rb"^subject:[ \t]*", data[start : start + 100_000], re.IGNORECASE | re.MULTILINE)
    at = start + found.end() if found else -1
    written = bool(found) and data[at : at + len(subject) * 4].decode("utf-8", "replace").startswith(subject)
    source_map = SourceMap((0,), (at,), _lines(data)) if written else None
    block = Block(0, len(subject), BlockKind.SUBJECT)
    return Document(subject, (block,), (Run(0, len(subject)),), source_map=source_map)


def _lines(data: bytes) -> tuple[int, ...]:
    return line_starts(data.decode("latin-1"))


def _joined(subject: Document | None, body: Document | None) -> Document:
    if subject is None or body is None:
        return body or subject or Document("", ())
    return joining.concatenated(subject, body)
