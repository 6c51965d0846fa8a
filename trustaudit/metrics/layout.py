"""How the page is laid out: walls of text, headings, line length, leading, capitals, numbering."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from trustaudit.audit import Measure
from trustaudit.document import Block, BlockKind, Document, Span
from trustaudit.metrics.capitals import capital_passages
from trustaudit.metrics.lines import broken_lines, line_lengths
from trustaudit.metrics.prose import EVIDENCE, too_short, worst
from trustaudit.metrics.words import CAPITAL, LOWER, PROSE, words_of

WALL = 150
"""Words above which a paragraph is a wall (Connecticut 42-152(c): none over 150)."""

_LEAST_WORDS = 300  # shorter papers need neither headings nor numbers
_CLAUSE = 25  # words from which a paragraph is a clause that one may want to cite
_SHOUT_WORDS, _SHOUT_SHARE = 8, 0.7
_LABEL = re.compile(
    r"(?:(?:section|article|clause|§)\s*)?[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,6}|[a-z])\s?[.):\]]"
    r"|\d{1,3}(?:\.\d{1,3})*\s|(?:section|article|clause|§)\s*(?:\d|[ivxlc]+\b)",
    re.IGNORECASE,
)
_HEADS = frozenset({BlockKind.TITLE, BlockKind.HEADING})


def layout(document: Document) -> Mapping[str, Measure]:
    """All measures of this module, by name."""
    words = words_of(document)
    short = too_short(words.total, _LEAST_WORDS, "words")
    return {
        **_capitals(document),
        "wall_of_text": _wall_of_text(document),
        "headings_per_300_words": short or _headings(document),
        "unnumbered_clauses": short or _unnumbered(document),
        "line_length": _line_length(document),
        "leading_ratio": _leading_ratio(document),
    }


def _capitals(document: Document) -> Mapping[str, Measure]:
    """``capitals_share``: of the words of prose and tables; ``all_caps_paragraphs``: how many are shouted."""
    words = words_of(document)
    cases = words.cases
    lettered = capitals = 0
    passages: list[tuple[float, Span]] = []
    paragraphs: list[tuple[float, Span]] = []
    for block, within in _blocks(document):
        if block.kind not in PROSE and block.kind is not BlockKind.TABLE_CELL:
            continue
        letters = cases[within.start : within.stop]
        loud, quiet = letters.count(CAPITAL), letters.count(LOWER)
        lettered, capitals = lettered + loud + quiet, capitals + loud
        shouted = capital_passages(cases, within, _SHOUT_WORDS, _SHOUT_SHARE)
        passages += [(float(len(passage)), words.span(passage[0], passage[-1])) for passage in shouted]
        if loud >= _SHOUT_WORDS and loud >= _SHOUT_SHARE * (loud + quiet):
            paragraphs.append((float(loud), block.span))
    if not lettered:
        return dict.fromkeys(("capitals_share", "all_caps_paragraphs"), Measure(None, "no running text"))
    return {
        "capitals_share": Measure(capitals / lettered, "", worst(passages)),
        "all_caps_paragraphs": Measure(float(len(paragraphs)), "", worst(paragraphs)),
    }


def _blocks(document: Document) -> Iterable[tuple[Block, range]]:
    return zip(document.blocks, words_of(document).of_blocks, strict=True)


def _wall_of_text(document: Document) -> Measure:
    """Share of the words of prose that stand in paragraphs of more than 150 words."""
    lengths = [(float(len(within)), block.span) for block, within in _blocks(document) if block.kind in PROSE]
    total = sum(length for length, _ in lengths)
    if not total:
        return Measure(None, "no paragraphs")
    walls = [pair for pair in lengths if pair[0] > WALL]
    return Measure(sum(length for length, _ in walls) / total, "", worst(walls))


def _headings(document: Document) -> Measure:
    """Titles and headings for each 300 words: about one a page is usual in papers written to be read."""
    heads = sum(1 for block in document.blocks if block.kind in _HEADS)
    return Measure(300 * heads / words_of(document).total)


def _unnumbered(document: Document) -> Measure:
    """Share of the clauses (paragraphs of 25 words and more) that no number or heading lets one cite.

    The first paragraph under a heading is cited by it; the others need a number of their own.
    """
    clauses, bare = 0, []
    headed = False
    for block, within in _blocks(document):
        if block.kind in _HEADS:
            headed = True
        elif block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM} and len(within) >= _CLAUSE:
            clauses += 1
            labelled = block.kind is BlockKind.LIST_ITEM or _LABEL.match(
                document.text, block.start, block.end
            )
            if not labelled and not headed:
                bare.append((float(len(within)), block.span))
            headed = False
    if not clauses:
        return Measure(None, "no clauses of 25 words and more")
    return Measure(len(bare) / clauses, "", worst(bare))


def _line_length(document: Document) -> Measure:
    """Characters of the usual full line: the median over lines that are not the last of their paragraph.

    Plain text has lines where it was broken by hand, in paragraphs of three lines and more.
    """
    full = []
    for block in document.blocks:
        if block.kind in PROSE:
            lines = [line for line, _ in line_lengths(document, block)]
            if not lines and document.media_type == "text/plain":
                lines = broken_lines(document, block)
            full += [(line.end - line.start, line) for line in lines[:-1]]
    if len(full) < 3:
        return Measure(None, "no lines: the format is laid out when it is shown")
    full.sort(key=lambda pair: (pair[0], pair[1]))
    longest = tuple(line for _, line in reversed(full[-EVIDENCE:]))
    return Measure(float(full[len(full) // 2][0]), "", longest)


def _leading_ratio(document: Document) -> Measure:
    """Line pitch by type size, the median over the characters of prose."""
    weights: dict[float, int] = {}
    for run in document.runs:
        if run.leading and run.size and run.hidden is None:
            block = document.block_at(run.start)
            if block is not None and block.kind in PROSE:
                ratio = round(run.leading / run.size, 2)
                weights[ratio] = weights.get(ratio, 0) + run.end - run.start
    if not weights:
        return Measure(None, "the format has no line spacing")
    half, seen = sum(weights.values()) / 2, 0
    for ratio in sorted(weights):
        seen += weights[ratio]
        if seen >= half:
            return Measure(ratio)
    raise AssertionError  # the last ratio reaches the sum
