"""Lines of a laid out page, put together again from runs (a run never crosses a line)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trustaudit.document import Block, Document, Run, Span

_LEAST_LINES = 3


def line_lengths(document: Document, block: Block) -> Iterator[tuple[Span, float | None]]:
    """The block's lines as spans, each with the size of its first run; nothing where there is no layout."""
    line: list[Run] = []
    for run in document.runs_in(block.span):
        if run.bbox is None:
            return
        if line and not _beside(line[-1], run):
            yield _joined(line, block)
            line = []
        line.append(run)
    if line:
        yield _joined(line, block)


def broken_lines(document: Document, block: Block) -> list[Span]:
    """The lines of a paragraph that were broken by hand, where it has three and more; else none."""
    lines = [
        Span(block.start + found.start(), block.start + found.end())
        for found in re.finditer(r"\S[^\n]*", document.text[block.start : block.end])
    ]
    return lines if len(lines) >= _LEAST_LINES else []


def _beside(one: Run, other: Run) -> bool:
    """Do two runs stand on one line: same page, overlapping by half the lower one's height?"""
    assert one.bbox is not None
    assert other.bbox is not None
    if one.page != other.page:
        return False
    shared = min(one.bbox[3], other.bbox[3]) - max(one.bbox[1], other.bbox[1])
    return shared > 0.5 * min(one.bbox[3] - one.bbox[1], other.bbox[3] - other.bbox[1])


def _joined(line: list[Run], block: Block) -> tuple[Span, float | None]:
    return Span(max(line[0].start, block.start), min(line[-1].end, block.end)), line[0].size
