"""The text of a document, made harmless for each language a report is written in.

A document is foreign: it may hold control characters that move a terminal's cursor, marks that turn the
order of a line round, half a surrogate pair that no file can hold, or a cell that a spreadsheet would run.
"""

from __future__ import annotations

import re

_REPLACEMENT = "\ufffd"
_SURROGATES = re.compile("[\ud800-\udfff]")
# C0 without tab and line feed, DEL, C1, surrogates, the non-characters, and the marks that reorder a line
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~$&])")
_MARKDOWN_START = re.compile(r"^(?:([#+\-=:])|(\d+)([.)])(?=\s|$))")
_LINK = re.compile(r"(?i)(?<=www)\.|:(?=//)")
_MENTION = re.compile(r"@|#(?=\d)")
_BLANKS = re.compile(r"\s+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def writable(text: str) -> str:
    """What UTF-8 can hold: a lone surrogate becomes U+FFFD, one for one."""
    return _SURROGATES.sub(_REPLACEMENT, text)


def printable(text: str) -> str:
    """Without anything that a screen or an XML parser would obey or refuse; as long as it was."""
    return _UNPRINTABLE.sub(_REPLACEMENT, text)


def one_line(text: str) -> str:
    """Printable, with every run of white space as one blank."""
    return _BLANKS.sub(" ", printable(_BLANKS.sub(" ", text))).strip()


def shortened(text: str, length: int) -> str:
    """One line of at most so many characters, cut at a word, with an ellipsis where it was cut."""
    line = one_line(text)
    if len(line) <= length:
        return line
    head = line[: length - 1]
    return (head.rsplit(" ", 1)[0] if " " in head[length // 2 :] else head).rstrip(" ,;:.") + "…"


def markdown(text: str) -> str:
    """One line in which no character means anything to Markdown or HTML, wherever it stands.

    Addresses do not become links, and ``@name`` or ``#12`` calls nobody: an empty comment cuts them.
    """
    escaped = _MARKDOWN.sub(r"\\\1", one_line(text))
    escaped = _MARKDOWN_START.sub(r"\2\\\1\3", escaped)
    escaped = _LINK.sub(lambda found: "\\" + found.group(), escaped)
    escaped = escaped.replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\&", "&amp;")
    return _MENTION.sub(lambda found: found.group() + "<!-- -->", escaped)


def cell(text: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula."""
    clean = printable(text)
    return f"'{clean}" if clean.lstrip(" ").startswith(_FORMULA) else clean


def annotation(text: str) -> str:
    """The message of a workflow command."""
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def annotation_property(text: str) -> str:
    """A property of a workflow command: colon and comma end it too."""
    return annotation(text).replace(":", "%3A").replace(",", "%2C")
