"""A document as the units that are aligned: its sentences, in words that are equal where they mean the same.

Numbering, references to numbered sections, quotation marks, white space, line ends, hyphens at line ends,
case and typographic forms are not words: two sentences that differ in these alone are the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from trustaudit.document import FURNITURE, BlockKind, Span
from trustaudit.language.reading import Reading

_SKIPPED = FURNITURE | {BlockKind.CONTENTS}
_LABEL = re.compile(
    r"[\s\"'“#*•·▪◦‣–—>-]*(?:(?:(?:section|article|clause|§+)\s*)?"
    r"(?:[(\[]?(?:\d{1,3}(?:\.\d{1,3}){0,5}|[a-z]|[ivxlc]{1,6})[.)\]:]+(?:\d{1,3}\.?)*(?=\s|\Z)"
    r"|\d{1,3}(?:\.\d{1,3}){1,5}(?=\s)))[\s*]*",
    re.IGNORECASE,
)
_INLINE = re.compile(r"(?<=[\s;:,(])\((?:[a-z]|[ivxlc]{1,5}|(?P<digits>\d{1,2}))\)(?=\s)", re.IGNORECASE)
_COUNT_WORD = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty|hundred)\s*\Z",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(sections?|clauses?|articles?|paragraphs?|subsections?|subclauses?|parts?)\s+"
    r"(?:\d+(?:\.\d+)*|[ivxlc]+\b|[a-z]\b)(?:\s?\([a-z0-9]{1,4}\))*"
    r"(?:(?:\s?,|\s?(?:and|or|to|through|[-–]))\s+\d+(?:\.\d+)*(?![\w%])(?:\s?\([a-z0-9]{1,4}\))*"
    r"(?!\s+(?:business\s|calendar\s)?(?:days?|weeks?|months?|years?|hours?)\b))*",
    re.IGNORECASE,
)
_REFERENCE_SIGN = re.compile(r"§+\s*\d+(?:\.\d+)*(?:\s?\([a-z0-9]{1,4}\))*", re.IGNORECASE)
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐­]\s*\n\s*(?=[a-z])|­")
_LINK = re.compile(r"\]\((?:https?:|mailto:|#|/)[^)\s]*\)")
_JOINED = re.compile(r"(?<=[^\W\d_])[-‐‑](?=[^\W\d_])")  # some formats lose a hyphen at a line end
_BLANK = re.compile(r"_{3,}|\.{4,}")
_LONG = 400  # words; a sentence of more is a list without ends
_SEAM = 40  # one pair of neighbouring words in so many is a seam
_PARTS = re.compile(r"[^\S\n]*(?:[\n\t]|[^\w\s,;'’“\"(-])")
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+|[%$€£¥]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence; ``words`` are compared, ``heading`` is what it stands under."""

    start: int
    end: int
    words: tuple[str, ...]
    heading: str = ""
    title: bool = False  # it is a heading itself
    sentence: int = -1

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def normal(text: str) -> tuple[str, ...]:
    """The words of a passage as they are compared."""
    return tuple(_TOKEN.findall(_plain(text)))


def _plain(text: str) -> str:
    """Without numbering, references and typographic forms; in lower case."""
    text = _LINK.sub("]", _HYPHEN.sub("", unicodedata.normalize("NFKC", text)))
    text = _JOINED.sub("", text.replace("’", "'"))
    label = _LABEL.match(text)
    while label and label.end():
        text = text[label.end() :]
        label = _LABEL.match(text)
    text = _INLINE.sub(_without_label, f" {text}")
    text = _REFERENCE_SIGN.sub("section", _REFERENCE.sub(_reference, text))
    return _BLANK.sub(" ", text).lower()


def unread_spans(text: str) -> list[tuple[int, int]]:
    """Numbering, references and blanks of a passage: what is not compared, in its own coordinates."""
    at = 0
    label = _LABEL.match(text)
    while label and label.end() > at and label.end() < len(text):
        at = label.end()
        label = _LABEL.match(text, at)
    inline = (each.span() for each in _INLINE.finditer(text) if _without_label(each) == " ")
    others = (
        each.span() for pattern in (_REFERENCE, _REFERENCE_SIGN, _BLANK) for each in pattern.finditer(text)
    )
    return [(0, at), *inline, *others]


def _without_label(found: re.Match[str]) -> str:
    """``(a)`` and ``(2)`` go; the digits of ``thirty (30)`` stay."""
    if found["digits"] and _COUNT_WORD.search(found.string, max(0, found.start() - 20), found.start()):
        return found[0]
    return " "


def _reference(found: re.Match[str]) -> str:
    """``Sections 3 and 4`` are *section*, wherever they stand now."""
    return found[1].lower().rstrip("s") + " "


def units(reading: Reading) -> tuple[Unit, ...]:
    """The sentences of a document that have words, in order, without furniture and contents."""
    return tuple(_units(reading))


def _units(reading: Reading) -> Iterator[Unit]:
    document = reading.document
    heading = ""
    for index, sentence in enumerate(reading.sentences):
        block = document.blocks[sentence.block]
        if block.kind in _SKIPPED:
            continue
        text = document.text[sentence.start : sentence.end]
        title = block.kind in (BlockKind.HEADING, BlockKind.TITLE)
        if title:
            heading = " ".join(text.split())
        words = normal(text)
        if words:
            unit = Unit(sentence.start, sentence.end, words, "" if title else heading, title, index)
            yield from cut(unit, document.text, _seams(words)) if len(words) > _LONG else (unit,)


def _seams(words: Sequence[str]) -> list[int]:
    """Where a sentence without end is cut: behind words that decide it; an insertion moves no seam."""
    seams: list[int] = []
    last = 0
    for at in range(1, len(words)):
        decided = crc32(f"{words[at - 1]} {words[at]}".encode("utf-8", "replace")) % _SEAM == 0
        if at - last >= _LONG or (decided and at - last >= _LONG // 4):
            seams.append(at)
            last = at
    return seams


def cut(unit: Unit, text: str, after: Sequence[int]) -> list[Unit]:
    """The unit in pieces, each ending behind so many of its words; all of it where that cannot be told.

    Used where another format ends a sentence elsewhere.
    """
    whole = text[unit.start : unit.end]
    places = list(_word_ends(whole, unit.words))
    pieces: list[Unit] = []
    start, first = unit.start, 0
    for count in (*after, len(unit.words)):
        if not first < count <= len(unit.words) or len(places) != len(unit.words):
            continue
        end = unit.end if count == len(unit.words) else unit.start + places[count - 1]
        pieces.append(Unit(start, end, unit.words[first:count], unit.heading, unit.title, unit.sentence))
        start, first = end, count
        while start < unit.end and not text[start].isalnum() and text[start] not in "(\"“'":
            start += 1
    return pieces or [unit]


def parted(unit: Unit, text: str, count: int) -> bool:
    """Does something else than a blank stand behind so many of its words: a colon, a stop, another line?"""
    ends = list(_word_ends(text[unit.start : unit.end], unit.words))
    if len(ends) != len(unit.words):
        return False
    return _PARTS.match(text, unit.start + ends[count - 1]) is not None


def _word_ends(text: str, words: Sequence[str]) -> Iterator[int]:
    """Where each of the compared words ends in the text as it is written; stops where one is not found."""
    lowered = text.lower()
    at = 0 if len(lowered) == len(text) else len(text)
    for word in words:
        found = re.compile(rf"{'[-‐‑]?'.join(map(re.escape, word))}").search(lowered, at)
        if found is None:
            return
        at = found.end()
        yield at
