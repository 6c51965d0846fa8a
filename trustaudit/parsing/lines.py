"""The structure that lines of plain text show: headings, list items, notes, furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trustaudit.document import Block, BlockKind, Document, Run, SourceMap

_words = str.split


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the blanks round it; ``indent`` counts those before it."""

    start: int
    end: int
    text: str
    indent: int


Group = list[Line]
"""Lines without a blank line between them."""

_LINE = re.compile(r"([^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]*)(?:\r\n|[\r\n\f\v\x1c-\x1e\x85\u2028\u2029]|\Z)")
_MARKER = re.compile(
    r"(?P<bullet>[-*+•·◦▪●○■□►➢–—]|o(?=\s{2,}))(?:\s+|$)"
    r"|(?P<paren>\((?:[a-zA-Z]{1,2}|[ivxlcIVXLC]{1,6}|\d{1,3})\))(?:\s+|$|(?=[A-Z]))"
    r"|(?P<dotted>\d{1,3}(?:\.\d{1,3})+[.)]?)(?:\s+|$)"
    r"|(?P<number>\d{1,3}[.)])(?:\s+|$)"
    r"|(?P<letter>[a-zA-Z][.)]|[ivx]{2,5}[.)])(?:\s+|$)"
)
_NAMED = re.compile(
    r"(?:ARTICLE|SECTION|CLAUSE|SCHEDULE|EXHIBIT|ANNEX|APPENDIX|ADDENDUM|ATTACHMENT|PART|CHAPTER)\s+"
    r"(?:[IVXLC]+|\d+(?:\.\d+)*|[A-Z])\b[.:]?",
    re.IGNORECASE,
)
_UNDERLINE = re.compile(r"([=\-~_*^#])\1{2,}")
_RULE = re.compile(r"[=\-~_*#+.·—–\s]{3,}")
_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–—]?(?:\s+of\s+\d{1,4})?", re.IGNORECASE
)
_LEADERS = re.compile(r".*(?:\.\s?){4,}\s*\d{1,4}")
_LONGEST_ENTRY = 300  # characters of a line of a table of contents
_SUBJECT = re.compile(r"(?:subject(?: line)?|betreff|objet|asunto)\s*:\s*\S", re.IGNORECASE)
_PREVIEW = re.compile(r"(?:pre-?header|preview(?: text)?)\s*:\s*\S", re.IGNORECASE)
_NOTE = re.compile(r"(\*{1,3}|†{1,2}|‡{1,2}|[¹²³⁴-⁹]|\[\d{1,3}\])\s*(?=[\w(\"“'])")
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|welcome|thanks?)\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?:[.;:!?)\]]|\b(?:and|or|and/or))[\"”’]?,?$")


def blocks(text: str, start: int = 0, end: int | None = None) -> tuple[Block, ...]:
    """The blocks of a range of a text; together they hold every character that is not blank."""
    groups = list(_groups(text, start, len(text) if end is None else end))
    structured = [block for group in groups for block in _structure(group)]
    return tuple(noted(text, _titled(text, _headed(text, structured))))


def document(text: str) -> Document:
    """A text that is in memory already, as it is."""
    found = blocks(text)
    runs = tuple(Run(block.start, block.end) for block in found)
    return Document(text, found, runs, source_map=SourceMap.identity(text))


def _groups(text: str, start: int, end: int) -> Iterator[Group]:
    group: Group = []
    for found in _LINE.finditer(text, start, end):
        raw = found.group(1)
        stripped = raw.strip()
        if stripped:
            indent = len(raw) - len(raw.lstrip())
            begin = found.start() + indent
            group.append(Line(begin, begin + len(stripped), stripped, len(raw[:indent].expandtabs(4))))
        elif group:
            yield group
            group = []
    if group:
        yield group


def _structure(group: Group) -> Iterator[Block]:
    """The blocks of one group: each marker begins an item, every other line goes on with its block."""
    kind, level, first = BlockKind.PARAGRAPH, 0, 0
    for at in range(len(group)):
        begun = _begins(group, at, first)
        if begun is None:
            continue
        if at > first:
            yield _block(group, first, at, kind, level)
        (kind, level), first = begun, at
    yield _block(group, first, len(group), kind, level)


def _block(group: Group, first: int, stop: int, kind: BlockKind, level: int) -> Block:
    return Block(group[first].start, group[stop - 1].end, kind, level)


_Begun = tuple[BlockKind, int]


def _begins(group: Group, at: int, first: int) -> _Begun | None:
    """What begins with this line, or None where it goes on with the block before."""
    line = group[at]
    alone = len(group) == 1
    before = group[at - 1] if at else None
    special = _special(line, alone, before)
    if special is not None:
        return special
    following = group[at + 1] if at + 1 < len(group) else None
    if following is not None and _is_underlined(line.text, following.text):
        return BlockKind.HEADING, 1 if following.text[0] in "=#*" else 2
    marker = _MARKER.match(line.text)
    if marker and _is_marker(marker, line, before, group[first], following):
        return _item(marker, line, following)
    if _is_capitals(line.text) and (alone or at == 0) and not (following and _is_capitals(following.text)):
        return BlockKind.HEADING, 1
    ended = before is not None and (at - 1 == first and _stands_alone(group, at - 1))
    return (BlockKind.PARAGRAPH, 0) if at == 0 or ended else None


def _is_underlined(text: str, below: str) -> bool:
    """A line of dashes below makes a heading of a short line, but not of a greeting in a frame."""
    return len(text) <= 90 and bool(_UNDERLINE.fullmatch(below)) and not _GREETING.match(text)


def _stands_alone(group: Group, at: int) -> bool:
    """The line before was a heading, a rule, a subject: what follows is a new block."""
    line = group[at]
    if _special(line, False, None) is not None:
        return True
    if _UNDERLINE.fullmatch(line.text) or (at == 0 and _is_capitals(line.text)):
        return True
    marker = _MARKER.match(line.text)
    return bool(marker) and _is_heading_text(line.text[marker.end() :]) if marker else False


def _special(line: Line, alone: bool, before: Line | None) -> _Begun | None:
    """Lines that are known by themselves."""
    text = line.text
    number = alone and len(text) <= 16 and _PAGE_NUMBER.fullmatch(text)
    if number or _RULE.fullmatch(text):
        return BlockKind.PAGE_NUMBER, 0
    if before is None and _SUBJECT.match(text) and line.start < 400:
        return BlockKind.SUBJECT, 0
    if line.start < 600 and _PREVIEW.match(text):
        return BlockKind.PREHEADER, 0
    if len(text) <= _LONGEST_ENTRY and _LEADERS.fullmatch(text):
        return BlockKind.CONTENTS, 0
    if _NAMED.match(text) and len(text) <= 80 and not text.endswith((",", ";")) and _titles(text):
        return BlockKind.HEADING, 1
    return None


def _titles(text: str) -> bool:
    """``Section 3. Term`` is a heading, ``Section 3 applies to all orders.`` a sentence."""
    rest = _NAMED.sub("", text, count=1).strip(" .:-–—")
    return not rest or _is_capitals(rest) or _is_title_case(rest)


def _is_marker(
    marker: re.Match[str], line: Line, before: Line | None, opened: Line, following: Line | None
) -> bool:
    """In the middle of a group a number may be the wrapped end of a sentence."""
    if before is None:
        return marker.end() < len(line.text) or following is not None
    if marker.lastgroup in {"bullet", "paren"} or _SENTENCE_END.search(before.text):
        return True
    shape = _MARKER.match(opened.text)
    return shape is not None and shape.lastgroup == marker.lastgroup


def _item(marker: re.Match[str], line: Line, following: Line | None) -> _Begun:
    rest = line.text[marker.end() :]
    depth = marker.group().count(".") if marker.lastgroup == "dotted" else 0
    level = max(depth + (marker.lastgroup == "dotted" and marker.group().strip()[-1] not in ".)"), 1)
    goes_on = following is not None and not _MARKER.match(following.text) and not rest.isupper()
    numbered = marker.lastgroup in {"number", "dotted", "letter"}
    if numbered and not goes_on and _is_heading_text(rest):
        return BlockKind.HEADING, level
    return BlockKind.LIST_ITEM, level if numbered else 1 + line.indent // 4


def _is_heading_text(rest: str) -> bool:
    bare = rest.rstrip(".")
    if not bare or len(rest) > 80 or rest.endswith((",", ";")):
        return False
    return _is_capitals(bare) or (len(bare.split()) <= 8 and _is_title_case(bare))


def _is_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 3 or len(text) > 90 or "{{" in text or "http" in text or text.endswith((",", ";")):
        return False
    return text.upper() == text and len(text.split()) <= 12


_SMALL = frozenset(_words("a an and as at by for from in of on or the to with nor not per via &"))


def _is_title_case(text: str) -> bool:
    words = [word for word in re.split(r"[\s/]+", text) if word]
    if not words or not words[0][:1].isupper() or re.search(r"[.;:!?@{}<>%]|\d{3}", text):
        return False
    return all(word[:1].isupper() or word.lower() in _SMALL or not word[:1].isalpha() for word in words)


def _headed(text: str, found: list[Block]) -> list[Block]:
    """In a long text a short line in Title Case before a longer paragraph is a heading."""
    if len(found) < 15:
        return found
    headed = list(found)
    for at, block in enumerate(found[:-3]):
        line = text[block.start : block.end]
        if block.kind is not BlockKind.PARAGRAPH or len(line) > 70 or "\n" in line:
            continue
        longer = found[at + 1].end - found[at + 1].start >= 80
        if longer and len(line.split()) <= 8 and _is_title_case(line) and not _GREETING.match(line):
            headed[at] = Block(block.start, block.end, BlockKind.HEADING, 2)
    return headed


def _titled(text: str, found: list[Block]) -> list[Block]:
    """The first block of a text of some length, where it reads like a title."""
    if len(found) < 4 or len(text) < 600:
        return found
    first = found[0]
    line = text[first.start : first.end]
    if first.kind is BlockKind.HEADING and not _MARKER.match(line):
        return [Block(first.start, first.end, BlockKind.TITLE, 1), *found[1:]]
    titled = len(line) <= 100 and "\n" not in line and _is_title_case(line) and len(line.split()) >= 2
    if first.kind is BlockKind.PARAGRAPH and titled and not _GREETING.match(line):
        return [Block(first.start, first.end, BlockKind.TITLE, 1), *found[1:]]
    return found


def noted(text: str, found: list[Block]) -> list[Block]:
    """Blocks that an asterisk, dagger or number elsewhere in the text points at."""
    noted = list(found)
    for at, block in enumerate(found):
        if block.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
            continue
        mark = _NOTE.match(text, block.start, block.end)
        if mark and _is_pointed_at(text, mark.group(1), block.start):
            noted[at] = Block(block.start, block.end, BlockKind.FOOTNOTE, 0)
    return noted


def _is_pointed_at(text: str, mark: str, before: int) -> bool:
    """A word before the block carries the same mark."""
    near = r"[\w.,;:!?)\"”%]" + (" ?" if mark[0] == "[" else "")
    return bool(re.search(near + re.escape(mark) + r"(?![\w*\[])", text[:before]))
