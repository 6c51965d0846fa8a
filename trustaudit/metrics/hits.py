"""Which words are hit by which test of a fine-print profile (the tests are described in ``fine_print``)."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from trustaudit.document import Block, BlockKind, Document, Run
from trustaudit.metrics.capitals import capital_passages
from trustaudit.metrics.lines import line_lengths
from trustaudit.metrics.profiles import Profile
from trustaudit.metrics.typography import body_size, page_scales, run_contrast, seen_size
from trustaudit.metrics.words import CAPITAL, LOWER, PROSE, Words

CAUSES = ("small", "pale", "capitals", "tight", "line", "footnoted", "starred", "hidden")
BIT = {cause: 1 << at for at, cause in enumerate(CAUSES)}
"""Each cause is one bit of a word's byte."""

_SPARE = 0.1  # points; 8 points come out of a printer driver as 7.92 or 8.04
_SPARE_RELATIVE = 0.05  # points
_SPARE_LEADING = 0.02
_SPARE_ROUGH = 0.04  # of a size that was told from a picture
_STAR = re.compile(r"[*†‡⁑]{1,3}|[¹²³⁰-⁹]{1,2}|\(\*{1,3}\)")
_REDACTION = re.compile(r"confidential|omitted|redacted", re.IGNORECASE)
_STARRED = re.compile(
    r"(?<=\w)[*†‡⁑]{1,3}(?!\w)|(?<=[^\W\d])[¹²³⁰-⁹]{1,2}(?!\w)"
    r"|(?<=[\w\"”’.,!?%)] )[*†‡⁑]{1,3}(?=[\s.,;)])|\(\*{1,3}\)"
)


def hits_of(
    document: Document, words: Words, limits: Profile, body: float | None
) -> tuple[bytearray, list[int]]:
    """Hits by word as bits of ``BIT``, and the indexes of the words whose size is unknown."""
    return _Tests(document, words, limits, body).run()


class _Tests:
    """Runs every test of a profile over the words; a word's hits are the bits of its byte."""

    def __init__(self, document: Document, words: Words, limits: Profile, body: float | None) -> None:
        self._document = document
        self._words = words
        self._limits = limits
        self._hits = bytearray(len(words))
        self._body = body
        self._scales = page_scales(document)
        self._cases = words.cases

    def run(self) -> tuple[bytearray, list[int]]:
        """Hits by word, and the words whose size is unknown."""
        sizeless = self._by_type()
        self._capitals()
        for block, within in zip(self._document.blocks, self._words.of_blocks, strict=True):
            self._by_place(block, within)
            self._by_setting(block, within)
        return self._hits, sizeless

    def _by_type(self) -> list[int]:
        """Size, contrast and visibility: a word is set as the character in its middle is."""
        words, limits = self._words, self._limits
        middles = [(start + end) // 2 for start, end in zip(words.starts, words.ends, strict=True)]
        sizeless: list[int] = []
        at = 0
        for run in self._document.runs:
            first = bisect_left(middles, run.start, at)
            at = bisect_left(middles, run.end, first)
            size = seen_size(run, self._scales)
            if size is None or (run.rough and limits.relative is None):
                sizeless.extend(range(first, at))
            bits = BIT["hidden"] if run.hidden is not None else 0
            bits |= BIT["pale"] if _is_pale(run, size, limits) else 0
            if run.rough:
                normal = capital = bits | self._smaller(size)
            else:
                normal, capital = (bits | self._small(size, case) for case in (LOWER, CAPITAL))
            if normal or capital:
                for index in range(first, at):
                    self._hits[index] |= capital if self._cases[index] == CAPITAL else normal
        return sizeless

    def _small(self, size: float | None, case: int) -> int:
        """The bit of *small*, or 0."""
        if size is None:
            return 0
        limits = self._limits
        hard = limits.hard_pt
        if case == CAPITAL and limits.hard_capitals_pt is not None:
            hard = limits.hard_capitals_pt
        if hard is not None and size < hard - _SPARE:
            return BIT["small"]
        if limits.soft_pt is None or limits.relative is None or self._body is None:
            return 0
        under = min(limits.soft_pt - _SPARE, limits.relative * self._body - _SPARE_RELATIVE)
        return BIT["small"] if size < under else 0

    def _smaller(self, size: float | None) -> int:
        """The bit of *small* for a size told from a picture: only beside the body, with room to err."""
        limits, body = self._limits, self._rough_body
        if size is None or body is None or limits.relative is None:
            return 0
        under = min(limits.soft_pt or size + 1, limits.relative * body)
        return BIT["small"] if size < under * (1 - _SPARE_ROUGH) else 0

    @cached_property
    def _rough_body(self) -> float | None:
        return body_size(self._document, rough=True)

    def _capitals(self) -> None:
        limits = self._limits
        if limits.capitals_words is None:
            return
        for block, within in zip(self._document.blocks, self._words.of_blocks, strict=True):
            if block.kind in PROSE or block.kind is BlockKind.TABLE_CELL:
                least = int(limits.capitals_words)
                for passage in capital_passages(self._cases, within, least, limits.capitals_share):
                    self._mark(passage, "capitals")

    def _by_place(self, block: Block, within: range) -> None:
        if self._limits.footnotes and block.kind is BlockKind.FOOTNOTE:
            self._mark(within, "footnoted")
        if self._limits.starred and self._is_starred(block):
            self._mark(within, "starred")

    def _is_starred(self, block: Block) -> bool:
        """A note behind an asterisk that stands in the text before it."""
        mark = _STAR.match(self._document.text, block.start, block.end)
        if block.kind not in PROSE or mark is None:
            return False
        if _REDACTION.search(self._document.text, block.start, min(block.end, block.start + 150)):
            return False  # says what was struck out for the public copy
        return self._first_stars.get(mark[0], block.start) < block.start

    @cached_property
    def _first_stars(self) -> dict[str, int]:
        """Where each mark first stands behind a word."""
        first: dict[str, int] = {}
        for found in _STARRED.finditer(self._document.text):
            first.setdefault(found[0], found.start())
        return first

    def _by_setting(self, block: Block, within: range) -> None:
        """Line pitch and line length, in blocks that fill three lines or more."""
        limits = self._limits
        if block.kind not in PROSE or len(within) < limits.leading_words:
            return
        if limits.leading is not None:
            for run in self._document.runs_in(block.span):
                if (
                    run.leading
                    and run.size
                    and not run.rough
                    and run.leading / run.size < limits.leading - _SPARE_LEADING
                ):
                    self._mark(
                        self._words.within(max(run.start, block.start), min(run.end, block.end)), "tight"
                    )
        if limits.line_characters is not None:
            for line, size in line_lengths(self._document, block):
                if (
                    line.end - line.start > limits.line_characters
                    and size is not None
                    and size <= limits.line_pt
                ):
                    self._mark(self._words.within(line.start, line.end), "line")

    def _mark(self, within: range, cause: str) -> None:
        bit = BIT[cause]
        for index in within:
            self._hits[index] |= bit


def _is_pale(run: Run, size: float | None, limits: Profile) -> bool:
    seen = run_contrast(run)
    if seen is None or limits.contrast is None:
        return False
    large = size is not None and size >= (limits.large_bold_pt if run.bold else limits.large_pt)
    least = limits.contrast_large if large and limits.contrast_large is not None else limits.contrast
    return seen < least
