"""Blocks are cut at every edge of a mark, whatever overlaps what, and lose no character."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from trustaudit.document import Block, BlockKind, Document, Span
from trustaudit.report.passages import Mark, groups, passages
from trustaudit.report.quotes import in_context


def _document(lengths: list[int]) -> Document:
    text, blocks = "", []
    for length in lengths:
        text += "\n\n" if text else ""
        blocks.append(Block(len(text), len(text) + length))
        text += "abcdefghijklmnopqrstuvwxyz"[:length]
    return Document(text, tuple(blocks))


@st.composite
def _marked(draw: st.DrawFn) -> tuple[Document, list[Mark], list[Span]]:
    read = _document(draw(st.lists(st.integers(1, 20), min_size=1, max_size=6)))
    offsets = st.integers(0, len(read.text))
    spans = st.tuples(offsets, offsets).map(lambda pair: Span(min(pair), max(pair)))
    marks = [
        Mark(number, span, "major", number % 3)
        for number, span in enumerate(draw(st.lists(spans, max_size=6)), 1)
        if read.text[span.start : span.end].strip()
    ]
    return read, marks, draw(st.lists(spans, max_size=3))


@given(_marked())
def test_every_mark_covers_its_words_opens_once_and_closes_once(
    case: tuple[Document, list[Mark], list[Span]],
) -> None:
    read, marks, fine = case
    shown = passages(read, marks, fine)
    assert ["".join(piece.text for piece in each.pieces) for each in shown] == [
        read.quote(block.span) for block in read.blocks
    ]
    pieces = [piece for each in shown for piece in each.pieces]
    for mark in marks:
        covered = "".join(piece.text for piece in pieces if mark.number in piece.numbers)
        assert covered == read.quote(mark.span).replace("\n\n", "").replace("\n", "")
        assert sum(mark.number in piece.opens for piece in pieces) == 1
        assert sum(mark.number in piece.closes for piece in pieces) == 1
    tinted = "".join(piece.text for piece in pieces if piece.fine)
    expected = {at for span in fine for at in range(span.start, span.end)}
    assert tinted == "".join(char for at, char in enumerate(read.text) if at in expected and char != "\n")


def test_the_worst_mark_colours_what_several_share() -> None:
    read = _document([10])
    marks = [
        Mark(1, Span(0, 6), "minor", 3),
        Mark(2, Span(4, 10), "critical", 5),
        Mark(3, Span(4, 5), "deposit", 1),
    ]
    (shown,) = passages(read, marks, ())
    assert [(piece.text, piece.style, tuple(sorted(piece.numbers))) for piece in shown.pieces] == [
        ("abcd", "minor", (1,)), ("e", "critical", (1, 2, 3)), ("f", "critical", (1, 2)), ("ghij", "critical", (2,)),
    ]  # fmt: skip


def test_lists_and_cells_in_a_row_belong_together() -> None:
    kinds = (
        BlockKind.LIST_ITEM,
        BlockKind.LIST_ITEM,
        BlockKind.PARAGRAPH,
        BlockKind.TABLE_CELL,
        BlockKind.TABLE_CELL,
    )
    blocks = tuple(Block(at, at + 1, kind) for at, kind in enumerate(kinds))
    shown = passages(Document("abcde", blocks), (), ())
    assert [(group.kind, len(group.passages)) for group in groups(shown)] == [
        ("list-item", 2), ("paragraph", 1), ("table-cell", 2),
    ]  # fmt: skip


def test_a_quote_stands_in_its_sentence() -> None:
    text = "First one. You pay 1.5% whatever happens, always. Last one."
    read = Document(text, (Block(0, len(text)),))
    start = text.index("whatever")
    quote = in_context(read, Span(start, start + len("whatever happens")))
    assert (quote.before, quote.text, quote.after) == ("You pay 1.5% ", "whatever happens", ", always.")


def test_a_long_quote_and_a_long_sentence_are_cut() -> None:
    text = "word " * 1000
    read = Document(text.strip(), (Block(0, len(text) - 1),))
    quote = in_context(read, Span(2000, 4000))
    assert quote.before.startswith("…")
    assert quote.after.endswith("…")
    assert len(quote.text) < 1000
    assert " … " in quote.text


def test_many_findings_in_one_block_cost_little() -> None:
    read = Document("x" * 200_000, (Block(0, 200_000),))
    marks = [Mark(number, Span(number * 20, number * 20 + 30), "major", 4) for number in range(1, 9_000)]
    start = time.process_time()
    (shown,) = passages(read, marks, [mark.span for mark in marks])
    assert time.process_time() - start < 2
    assert sum(len(piece.opens) for piece in shown.pieces) == len(marks)
