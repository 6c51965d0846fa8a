"""Marks behind words, and the notes that begin with one: stars, numbers in brackets, raised figures."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trustaudit.document import Block, BlockKind, Document, Run, Span

_SIGNS, _RAISED = "*†‡⁑§", "¹²³⁰-⁹"
_MARK = re.compile(
    rf"(?<![{_SIGNS}{_RAISED}])(?:[{_SIGNS}]{{1,4}}|[{_RAISED}]{{1,2}})(?![{_SIGNS}{_RAISED}])"
    rf"|\(\*{{1,3}}\)|\[(?:\d{{1,2}}|[a-z]|[{_SIGNS}]{{1,3}})\]"
)
_FIGURE = re.compile(r"\d{1,2}|[a-z]|[*†‡§]{1,3}")
_NUMBERED = re.compile(r"\(?(\d{1,2})[.)]?\s")
_PLAIN = str.maketrans("¹²³⁰⁴⁵⁶⁷⁸⁹", "1230456789")
_SMALLER = 0.87  # of the size of the word before: a raised figure is set at most so large


@dataclass(frozen=True, slots=True)
class Mark:
    """``sign`` is the mark itself, the same for ``¹``, ``[1]`` and a raised 1."""

    sign: str
    span: Span


@dataclass(frozen=True, slots=True)
class Note:
    """A note with the mark that it begins with."""

    sign: str
    span: Span


def marks(document: Document) -> tuple[list[Mark], list[Note]]:
    """Marks behind words, and the notes that begin with one, both in the order of the document."""
    raised = list(_raised(document))
    calls: list[Mark] = []
    notes: list[Note] = []
    at = 0
    for block in document.blocks:
        known = {mark.span: mark for mark in _in_block(document, block)}
        while at < len(raised) and raised[at].span.start < block.end:
            known.setdefault(raised[at].span, raised[at])
            at += 1
        found = [known[span] for span in sorted(known)]
        starts = [mark for mark in found if _begins_note(document, block, mark)]
        starts = starts or _numbered(document, block)
        calls += [mark for mark in found if mark not in starts and _stands_behind(document.text, block, mark)]
        for which, mark in enumerate(starts):
            end = starts[which + 1].span.start if which + 1 < len(starts) else block.end
            notes.append(Note(mark.sign, Span(mark.span.start, _stripped(document, end))))
    return calls, _told_from_bullets(document, notes)


def note_of(call: Mark, notes: Sequence[Note]) -> Note | None:
    """The next note with the call's mark; else the last one before it (notes can stand beside)."""
    same = [note for note in notes if note.sign == call.sign]
    at = bisect_left(same, call.span.start, key=lambda note: note.span.start)
    return same[at] if at < len(same) else (same[-1] if same else None)


def _in_block(document: Document, block: Block) -> Iterator[Mark]:
    for found in _MARK.finditer(document.text, block.start, block.end):
        yield Mark(found[0].strip("()[]").translate(_PLAIN), Span(*found.span()))


def _raised(document: Document) -> Iterator[Mark]:
    """Figures that are set smaller than the word they stand behind, or than the note they begin."""
    runs = document.runs
    for before, run in pairwise(runs):
        if before.end == run.start and _is_small(document, run, before):
            yield Mark(document.text[run.start : run.end].strip(), Span(run.start, run.end))
        elif before.end == run.start and _is_small(document, before, run):
            block = document.block_at(before.start)
            if block is not None and block.start == before.start:
                yield Mark(document.text[before.start : before.end].strip(), Span(before.start, before.end))


def _is_small(document: Document, run: Run, beside: Run) -> bool:
    if run.end - run.start > 3 or run.size is None or beside.size is None:
        return False
    figure = _FIGURE.fullmatch(document.text[run.start : run.end].strip())
    return figure is not None and run.size < _SMALLER * beside.size


def _stands_behind(text: str, block: Block, mark: Mark) -> bool:
    """Behind a word, at once; a number in brackets may have a blank before it."""
    start = mark.span.start
    if start > block.start and text[start] == "[" and text[start - 1] == " ":
        start -= 1
    return start > block.start and not text[start - 1].isspace()


def _begins_note(document: Document, block: Block, mark: Mark) -> bool:
    """Does the mark stand at the beginning of a block or a line, or behind the end of a sentence?"""
    text = document.text
    before, after = text[block.start : mark.span.start], text[mark.span.end : mark.span.end + 3]
    if not re.match(r"\s?[\"“'‘(]?\w", after) or (mark.sign == "§" and re.match(r"\s?\d", after)):
        return False
    return not before.strip() or before[-1] == "\n" or bool(re.search(r"[.!?;)]\s+$", before))


def _numbered(document: Document, block: Block) -> list[Mark]:
    """The plain number that a footnote begins with."""
    if block.kind is not BlockKind.FOOTNOTE:
        return []
    found = _NUMBERED.match(document.text, block.start, block.end)
    return [Mark(found[1], Span(*found.span(1)))] if found else []


def _told_from_bullets(document: Document, notes: list[Note]) -> list[Note]:
    """Without the items of lists whose bullets are stars: two in a row with one mark are a list."""
    blocks = [document.block_index(note.span.start) for note in notes]
    kept = []
    for at, note in enumerate(notes):
        beside = [
            other
            for other in (at - 1, at + 1)
            if 0 <= other < len(notes) and notes[other].sign == note.sign
            and abs(blocks[other] - blocks[at]) <= 1
        ]  # fmt: skip
        if not beside:
            kept.append(note)
    return kept


def _stripped(document: Document, end: int) -> int:
    while end > 0 and document.text[end - 1].isspace():
        end -= 1
    return end
