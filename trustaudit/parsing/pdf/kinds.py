"""What each passage is to its reader: title, heading, list item, footnote, caption, contents."""

from __future__ import annotations

import re
from collections import Counter

from trustaudit.document import BlockKind, Page
from trustaudit.parsing.pdf.fragment import Line
from trustaudit.parsing.pdf.order import CONTENTS
from trustaudit.parsing.pdf.passages import LABEL, Passage, listed

_CAPTION = re.compile(
    r"(?:figure|fig\.|table|exhibit|diagram|chart)\s+\d+(?:\.\d+)?\s*[.:–—-]", re.IGNORECASE
)
_MARKER = re.compile(r"(?:\(?\d{1,3}\)?|[*†‡§¶]{1,3}|[¹²³⁴⁵⁶⁷⁸⁹⁰]+)\.?\s*(?=[A-Za-z“\"(])")
_ARTICLE = re.compile(
    r"(?:article|chapter|part|schedule|annex|appendix|exhibit|section|recitals?)\b", re.IGNORECASE
)
_NUMBERED = re.compile(r"(\d{1,3}(?:\.\d{1,3})*)[.)]?\s")
_SENTENCE = re.compile(r"[a-z]{2,}[.;,]$")
_ENDS_IN_NUMBER = re.compile(r"[^\d\s].*\s(?:[A-Z]{1,2}-)?(?:\d{1,3}|[ivxl]{1,5})$")
_HEADING_WORDS, _QUESTION_WORDS = 16, 24
_SMALL = 0.92  # of the body size


def body_size(lines: list[list[Line]]) -> float:
    """The size with most characters, in points."""
    count: Counter[float] = Counter()
    for on_page in lines:
        for line in on_page:
            count[round(line.size * 2) / 2] += len(line.text)
    return max(count, key=lambda size: (count[size], size), default=10.0)


def classify(page: Page, made: list[Passage], body: float) -> None:
    """Set the kinds of one page's passages; cells and furniture keep theirs."""
    open_passages = [passage for passage in made if passage.kind is BlockKind.PARAGRAPH]
    for passage in _footnotes(page, open_passages, body):
        passage.kind = BlockKind.FOOTNOTE
    for passage in open_passages:
        if passage.kind is BlockKind.PARAGRAPH:
            passage.kind, passage.level = _kind(passage, body)
    _contents(made)
    if page.number == 1:
        _title(made, body, page)


def _contents(made: list[Passage]) -> None:
    """Lines after the heading *Contents* that end in a page's number."""
    start = next((at for at, passage in enumerate(made) if CONTENTS.fullmatch(passage.text)), None)
    for passage in made[start + 1 :] if start is not None else ():
        if (
            len(passage.lines) == 1
            and _ENDS_IN_NUMBER.search(passage.text)
            and passage.kind is not BlockKind.TABLE_CELL
        ):
            passage.kind, passage.level = BlockKind.CONTENTS, 0


def _kind(passage: Passage, body: float) -> tuple[BlockKind, int]:
    text = passage.text
    if passage.lines[0].fragments[0].note:
        return BlockKind.NOTE, 0
    if passage.lines[0].listed or listed(text):
        return BlockKind.CONTENTS, 0
    if _CAPTION.match(text) and len(text) < 200:
        return BlockKind.CAPTION, 0
    if _is_heading(passage, text, body):
        return BlockKind.HEADING, _heading_level(passage, text, body)
    label = LABEL.match(text)
    if label and label.end() < len(text):
        return BlockKind.LIST_ITEM, 1  # its depth is told by the labels before it: see levels
    return BlockKind.PARAGRAPH, 0


def _is_heading(passage: Passage, text: str, body: float) -> bool:
    """Short, and set off from the body by size, weight, capitals or a number of its own."""
    words = text.split()
    if (
        len(words) > (_QUESTION_WORDS if text.endswith("?") else _HEADING_WORDS)
        or len(passage.lines) > 3
        or "___" in text
    ):
        return False
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 3:
        return False
    if text.endswith((";", ",")) or passage.size < _SMALL * body:
        return False
    if passage.size > 1.15 * body or all(line.bold for line in passage.lines):
        return not (_SENTENCE.search(text) and len(words) > 8) and not (text.endswith(":") and len(words) > 6)
    if all(char.isupper() for char in letters):
        return len(letters) > 3 and not text.endswith(":")
    return _numbered_title(text)


def _numbered_title(text: str) -> bool:
    """Whether a line in body type is a number and a few words in title case: ``2.1 Term of License``."""
    label = LABEL.match(text)
    numbered = label is not None and any(map(str.isdigit, label[0]))
    words = text[label.end() :].split() if label and numbered else text.split()
    if (
        not (numbered or _ARTICLE.match(text))
        or not words
        or len(words) > 8
        or text.endswith((":", ".", "?"))
    ):
        return False
    return (
        all(word[0].isupper() or len(word) < 4 for word in words if word[0].isalpha())
        and words[0][0].isupper()
    )


def _heading_level(passage: Passage, text: str, body: float) -> int:
    number = _NUMBERED.match(text)
    if number:
        return number[1].count(".") + 1
    return 1 if passage.size > 1.15 * body or _ARTICLE.match(text) or text.isupper() else 2


def _footnotes(page: Page, made: list[Passage], body: float) -> list[Passage]:
    """Small passages at the foot of the page, from the first that has a marker."""
    low = [passage for passage in made if passage.lines[0].base > page.height * 0.5]
    foot = [
        passage
        for passage in low
        if passage.size < _SMALL * body and not any(_under(other, passage, body) for other in low)
    ]
    marked = [passage for passage in foot if _MARKER.match(passage.text)]
    if not marked:
        return []
    top = min(passage.lines[0].base for passage in marked)
    return [passage for passage in foot if passage.lines[0].base >= top]


def _under(other: Passage, passage: Passage, body: float) -> bool:
    """Whether ``other`` is body text below the passage, in the same column."""
    one, two = other.lines[0], passage.lines[0]
    beside = min(one.end, two.end) - max(one.start, two.start)
    return (
        beside > 0
        and other.size >= _SMALL * body
        and one.base > two.base
        and other.lines[0].angle == two.angle
    )


def _title(made: list[Passage], body: float, page: Page) -> None:
    """The first heading that no heading on the first page's upper half outdoes."""
    headings = [
        passage
        for passage in made
        if passage.kind is BlockKind.HEADING
        and passage.lines[0].base < page.height * 0.6
        and passage.lines[0].angle == 0
        and not _NUMBERED.match(passage.text)
    ]
    if not headings:
        return
    largest = max(passage.size for passage in headings)
    first = next(passage for passage in headings if passage.size > 0.97 * largest)
    before = made[: made.index(first)]
    if largest > 1.15 * body or sum(len(passage.text) for passage in before) < 400:
        first.kind, first.level = BlockKind.TITLE, 1
