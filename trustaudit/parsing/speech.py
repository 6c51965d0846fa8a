"""Prompts that are spoken: SSML and call scripts. Words stay in place, pauses part sentences and paragraphs.

``<break>``, ``<emphasis>``, ``<say-as>``, ``<prosody>``, ``<sub>`` and their like are marks for a voice: they
vanish, what they hold is said. A long pause, ``<p>``, ``<s>``, ``<Say>`` begin a block of their own; a short
one is a blank. What no caller hears (descriptions, metadata, addresses of sound files) is left out.
"""

from __future__ import annotations

import html
import re

from trustaudit.document import Document, line_starts
from trustaudit.parsing import templates
from trustaudit.parsing.builder import Builder, Style
from trustaudit.parsing.encoding import decode
from trustaudit.parsing.limits import Limits

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[|\]\]>|<[?!][^>]*>"
    r"|</?(?P<name>[A-Za-z][\w:.-]*)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_PARTS = frozenset("speak p s say gather response prompt voice paragraph sentence pause menu choice".split())  # noqa: SIM905
_UNHEARD = frozenset("desc metadata meta lexicon lexeme play redirect record".split())  # noqa: SIM905
_PIECE = re.compile(r"\s+|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|[^\s&]+|&")
_TIME = re.compile(r"time\s*=\s*[\"']\s*\+?([\d.]+)\s*(ms|s)\b")
_STRONG = re.compile(r"strength\s*=\s*[\"']\s*(?:x-)?strong")
_LONG = 0.75  # seconds: a pause that ends what was said
_FEW = 3  # words: behind fewer, such as a greeting, even a long pause ends nothing


def parse(data: bytes, name: str, limits: Limits) -> Document:  # noqa: ARG001 - as all parsers
    """Read a prompt; every word at its place in the source."""
    limits.check_time()
    decoded = decode(data)
    source = decoded.text
    template = templates.read(source)
    said = _Said()
    at, unheard = 0, ""
    for found in _TAG.finditer(template.mask):
        if not unheard:
            said.add(template, at, found.start())
        at = found.end()
        tag = (found["name"] or "").lower().rpartition(":")[2]
        if unheard:
            unheard = "" if found[0].startswith(f"</{found['name']}") and tag == unheard else unheard
        elif tag in _UNHEARD and not found[0].startswith("</") and not found[0].endswith("/>"):
            unheard = tag
        elif tag in _PARTS or (tag == "break" and said.words >= _FEW and _long(found["rest"] or "")):
            said.start()
        elif tag == "break":
            said.blank(found.start())
    if not unheard:
        said.add(template, at, len(source))
    said.builder.close()
    document = said.builder.document(unread=decoded.notes)
    return Document(
        document.text,
        document.blocks,
        document.runs,
        source_map=said.builder.source_map(line_starts(source)),
        unread=document.unread,
    )


def _long(attributes: str) -> bool:
    """Does a pause end what was said?"""
    time = _TIME.search(attributes)
    if time is not None:
        return float(time[1]) * (0.001 if time[2] == "ms" else 1.0) >= _LONG
    return _STRONG.search(attributes) is not None


class _Said:
    """What was said so far, white space folded."""

    def __init__(self) -> None:
        self.builder = Builder()
        self.start()

    def start(self) -> None:
        """Begin a block."""
        self.builder.start()
        self.words = 0
        self._blank = True

    def blank(self, at: int) -> None:
        """One blank, however many follow each other."""
        if not self._blank:
            self.builder.add(" ", Style(), at)
        self._blank = True

    def add(self, template: templates.Template, start: int, end: int) -> None:
        """The words between two tags."""
        for low, high, slot in template.pieces(start, end):
            if slot:
                self._word(template.source[low:high], low)
                continue
            for found in _PIECE.finditer(template.canvas, low, high):
                word = found[0]
                if word.isspace():
                    self.blank(found.start())
                else:
                    self._word(html.unescape(word) if word[0] == "&" else word, found.start())

    def _word(self, word: str, at: int) -> None:
        self.builder.add(word, Style(), at)
        self.words += 1
        self._blank = False
