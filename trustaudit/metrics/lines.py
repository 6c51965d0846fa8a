"""Lines of a laid out page, put together again from runs (a run never crosses a line)."""

from __future__ import annotations

from collections.abc import Iterator

from trustaudit.document import Block, Document, Run, Span


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
