"""Words that are neither fine print nor the text it is compared with.

They stand in neither part of the ratio, so that a document is not called fine print for what every
document has:

- titles, headings, subjects and buttons (short, set apart on purpose), tables of contents, page numbers;
- running headers and footers. One that is a paragraph (25 words and more) is no running line: it counts
  once, however many pages repeat it;
- signature blocks, blanks to fill in and their labels ("Name", "City, State, Zip");
- a template's variables and instructions, which nobody will read;
- footnotes that only cite a law or a case;
- figures in tables, and marks set small or high in the line (footnote marks, ordinals, trade marks);
- a mail's hidden preview line, which is made to be shown in the list of mails.

A heading of more than 25 words is a paragraph that looks like one, and counts.
"""

from __future__ import annotations

import re

from trustaudit.document import FURNITURE, Block, BlockKind, Document
from trustaudit.metrics.words import Words

_SET_APART = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.SUBJECT, BlockKind.BUTTON})
_NEVER = frozenset({BlockKind.CONTENTS, BlockKind.PAGE_NUMBER, BlockKind.PREHEADER})
_LONGEST_LINE = 25  # words of the longest heading or running line; above it the block is text

_SIGNATURE = re.compile(
    r"(?:by|name|print(?:ed)? name|title|its|date|signed|signature|witness|attest|authori[sz]ed signatory"
    r"|address|telephone|phone|fax|e-?mail)\b[^:\n]{0,20}:|[_.…]{5,}|/s/|x\s*_{3,}|\[signature",
    re.IGNORECASE,
)
_LABELS = """
    name names first last middle print printed type typed full legal your and or of the to address street city
    state zip code country postal phone telephone fax email e-mail date birth dob signature sign signed
    initials title company gender sex race amount number no account
"""
_LABEL_WORDS = frozenset(_LABELS.split())
_LONGEST_LABEL = 15  # words
_CITATION = re.compile(
    r"(?:see|cf|id|ibid)\b\.?[ ,]|\d+ (?:u\.s\.c|c\.f\.r|f\.\dd|fed\. reg|u\.s)\."
    r"|(?:section|article|art\.|§+) ?\d|[^.]{1,60}\bv\. "
    r"|(?:council )?(?:directive|regulation) (?:\([a-z]+\) )?(?:no )?\d",
    re.IGNORECASE,
)
_NORM_WORDS = frozenset(
    {
        "shall",
        "must",
        "may",
        "will",
        "can",
        "cannot",
        "agree",
        "agrees",
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
    }
)
_LONGEST_CITATION = 40  # words
_MARK = re.compile(r"\(?(?:\d{1,3}|[a-z]|st|nd|rd|th|tm|sm|®)\)?", re.IGNORECASE)


def countable(document: Document, words: Words) -> bytearray:
    """For each word 1 where it stands in the ratio, else 0."""
    kept = bytearray(len(words))
    lines: set[str] = set()
    for block, within in zip(document.blocks, words.of_blocks, strict=True):
        if not _stands(document, block, len(within), lines) or _to_fill_in(document, block, words, within):
            continue
        if block.kind is BlockKind.FOOTNOTE and _cites(document, block, words, within):
            continue
        kept[within.start : within.stop] = b"\x01" * len(within)
        if block.kind is BlockKind.TABLE_CELL:
            _drop_figures(kept, words, within)
    _drop_marks(document, words, kept)
    for placeholder in document.placeholders:
        inside = words.within(placeholder.start, placeholder.end)
        kept[inside.start : inside.stop] = bytes(len(inside))
    return kept


def _stands(document: Document, block: Block, length: int, lines: set[str]) -> bool:
    """Does the block belong into the ratio by its kind? Long running lines do the first time."""
    if block.kind in _NEVER:
        return False
    if block.kind in _SET_APART:
        return length > _LONGEST_LINE
    if block.kind not in FURNITURE:
        return length != 1 or not _MARK.fullmatch(document.text, block.start, block.end)
    if length < _LONGEST_LINE:
        return False
    line = re.sub(r"[\d\s]+", " ", document.text[block.start : block.end]).casefold()
    seen = line in lines
    lines.add(line)
    return not seen


def _to_fill_in(document: Document, block: Block, words: Words, within: range) -> bool:
    """Is the block part of a signature, a blank, or the label of one?"""
    if len(within) > _LONGEST_LABEL:
        return False
    if _SIGNATURE.match(document.text, block.start, block.end):
        return True
    return bool(within) and _LABEL_WORDS.issuperset(words.lower[within.start : within.stop])


def _cites(document: Document, block: Block, words: Words, within: range) -> bool:
    """Does a note only say where something is written?"""
    if len(within) > _LONGEST_CITATION or not within:
        return False
    if not _CITATION.search(document.text, block.start, block.end):
        return False
    return _NORM_WORDS.isdisjoint(words.lower[within.start : within.stop])


def _drop_figures(kept: bytearray, words: Words, within: range) -> None:
    for index in within:
        letters = sum(map(str.isalpha, words.shown[index]))
        if letters < 3 and any(map(str.isdigit, words.shown[index])):
            kept[index] = 0


def _drop_marks(document: Document, words: Words, kept: bytearray) -> None:
    """Leave out short marks that are set clearly smaller than what stands before them in the block."""
    before = None
    for run in document.runs:
        if (
            before is not None
            and run.end - run.start <= 5
            and run.size is not None
            and before.size is not None
            and run.size < 0.8 * before.size
            and run.start - before.end <= 1
        ):
            for index in words.within(run.start, run.end):
                if _MARK.fullmatch(words.shown[index]):
                    kept[index] = 0
        else:
            before = run
