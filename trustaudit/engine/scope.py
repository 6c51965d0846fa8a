"""Where a rule looks: kinds of block, fine print, parts of a message."""

from __future__ import annotations

from trustaudit.audit import Kind
from trustaudit.document import FURNITURE, BlockKind, Span
from trustaudit.engine.found import in_fine_print
from trustaudit.language.reading import Reading
from trustaudit.metrics.fine_print import FinePrint
from trustaudit.ruleset.rule import Scope

_NOT_CLAUSES = FURNITURE | {BlockKind.CONTENTS, BlockKind.HEADING, BlockKind.TITLE}


def in_scope(scope: Scope, span: Span, reading: Reading, fine: FinePrint) -> bool:
    """Does the rule look here? Without named blocks: all of a message, the sentences of a contract."""
    block = reading.document.block_at(span.start)
    if block is not None and not _right_block(scope, block.kind, reading.kind):
        return False
    if scope.fine_print != "any" and in_fine_print(span, fine) is not (scope.fine_print == "only"):
        return False
    return scope.part == "any" or _in_part(scope.part, span, reading)


def _right_block(scope: Scope, block: BlockKind, kind: Kind) -> bool:
    if scope.blocks:
        return block.value in scope.blocks
    return block is not BlockKind.PAGE_NUMBER if kind is Kind.MESSAGE else block not in _NOT_CLAUSES


def _in_part(part: str, span: Span, reading: Reading) -> bool:
    """Subject; opening: the first three sentences behind it; closing: the last two."""
    block = reading.document.block_at(span.start)
    if part == "subject":
        return block is not None and block.kind is BlockKind.SUBJECT
    index = reading.sentence_at(span.start)
    if part == "opening":
        return index < 4
    return index >= len(reading.sentences) - 2
