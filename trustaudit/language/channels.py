"""How a message reaches its reader: sms, email, voice, letter or web."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trustaudit.document import BlockKind, Document
from trustaudit.language.parts import Part, PartKind

CHANNELS = ("sms", "email", "voice", "letter", "web")
_SPOKEN = re.compile(
    r"<(?:speak|say|gather|prompt|response)\b|\bpress (?:one|two|three|four|\d|star|pound|hash)\b"
    r"|\bthis is (?:an automated|a recorded|a message"
    r"|a call)\b|\bthis call\b|\byou have reached\b|\bafter the (?:tone|beep)\b"
    r"|\bthank you for calling\b|\bstay on the line\b|\bto hear this\b"
    r"|^(?:hello|good (?:morning|afternoon|evening))[^.!?\n]{0,40}[,.] (?:this is|it is|it's|my name is) ",
    re.IGNORECASE,
)
_NAMES = (
    ("voice", re.compile(r"(?:^|[^a-z])(?:voice|ivr|call|twiml|ssml|phone)(?:[^a-z]|$)")),
    ("sms", re.compile(r"(?:^|[^a-z])(?:sms|text_?message|mms|whatsapp|courtbot)(?:[^a-z]|$)")),
    ("email", re.compile(r"(?:^|[^a-z])(?:e?mails?|mailers?|newsletter|html_email)(?:[^a-z]|$)")),
    ("letter", re.compile(r"(?:^|[^a-z])letters?(?:[^a-z]|$)")),
)
_TEXTED = re.compile(
    r"\b(?:reply|text|txt|send) (?:with )?(?:stop|yes|no|y|n|c|help|later|start)\b|\bmsg ?& ?data rates\b",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"\b(?:yours (?:sincerely|faithfully|truly)|dear sir or madam|enclosed|enclosures?:|encl\."
    r"|to the occupier|our ref(?:erence)?:)",
    re.IGNORECASE,
)
_SHORT = 60  # words: a text message of three parts


def channel_of(document: Document, parts: Sequence[Part], name: str = "") -> str:
    """The channel by what the file is, then what its words and its name say, then its form."""
    text = document.text
    if document.media_type == "message/rfc822" or _has(document, BlockKind.SUBJECT, BlockKind.PREHEADER):
        return "email"
    if document.media_type == "application/ssml+xml" or _SPOKEN.search(text):
        return "voice"
    if channel := channel_named(name):
        return channel
    if document.media_type not in {"text/plain", "text/html", "text/markdown"}:
        return "letter"
    if document.media_type == "text/html":
        return (
            "email"
            if any(p.kind in {PartKind.GREETING, PartKind.CLOSING, PartKind.FOOTER} for p in parts)
            else "web"
        )
    return _plain(document)


def channel_named(name: str) -> str:
    """The channel that a file's path names, or nothing."""
    path = name.lower().replace("\\", "/")
    return next((channel for channel, sign in _NAMES if sign.search(path)), "")


def _plain(document: Document) -> str:
    """A plain text without a subject: short and in one piece, a text message; else a letter or an e-mail."""
    text = document.text
    if _TEXTED.search(text):
        return "sms"
    if len(text.split()) <= _SHORT and len(document.blocks) <= 1:
        return "sms"
    return "letter" if _LETTER.search(text) else "email"


def _has(document: Document, *kinds: BlockKind) -> bool:
    return any(block.kind in kinds for block in document.blocks)
