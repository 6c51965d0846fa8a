"""Where the clauses of a document are: what stands the same in many documents is told by their hashes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256

from trustaudit.document import Block, BlockKind

LEAST_WORDS = 8
"""Shorter pieces are headings and labels, which are alike everywhere."""

_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.FOOTNOTE})
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_MASK = (1 << 63) - 1

Clause = tuple[int, int, int]
"""Start, end, and the hash of the words."""


def words_of(text: str) -> list[str]:
    """The words that tell clauses apart: without case and marks, and with every number alike."""
    return ["0" if word[0].isdigit() else word.lower() for word in _WORD.findall(text)]


def hash_of(words: list[str]) -> int:
    """63 bits that are the same wherever the same words are."""
    return short_hash(" ".join(words).encode("utf-8", "replace"))


def short_hash(data: bytes) -> int:
    """The first 63 bits of the SHA-256: what an INTEGER PRIMARY KEY holds."""
    return int.from_bytes(sha256(data).digest()[:8], "big") & _MASK


def clauses(text: str, blocks: tuple[Block, ...]) -> Iterator[Clause]:
    """The clauses of a text: its paragraphs, list items, cells and notes of at least ``LEAST_WORDS``."""
    for block in blocks:
        if block.kind in _KINDS:
            words = words_of(text[block.start : block.end])
            if len(words) >= LEAST_WORDS:
                yield block.start, block.end, hash_of(words)


def clauses_of_body(body: bytes) -> list[Clause]:
    """The clauses of a stored text."""
    from trustaudit.batch.store_text import unpack_words

    return list(clauses(*unpack_words(body)))
