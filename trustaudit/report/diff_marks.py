"""Two wordings, word by word: what was taken out of the one and put into the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

_TOKEN = re.compile(r"\s+|[^\W_]+|[^\w\s]|_+")
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "‐": "-"})
_LABEL = re.compile(
    r"\s*(?:[(\[]?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivxlc]{1,6})[.)\]]+|\d{1,3}(?:\.\d{1,3})+)(?=\s)"
)
_MOST = 3_000  # tokens of one side above which two wordings are shown whole: nobody reads such marks


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a wording; ``marked`` where the other wording has not got it."""

    text: str
    marked: bool = False


def marked(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both wordings in pieces that join to the whole text.

    Case, quotes, white space and the number at the beginning are not marked.
    """
    first, second = _LABEL.match(old), _LABEL.match(new)
    if first or second:
        at, there = first.end() if first else 0, second.end() if second else 0
        was, now = marked(old[at:], new[there:])
        return _before(old[:at], was), _before(new[:there], now)
    ours, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    if max(len(ours), len(theirs)) > _MOST:
        return (Piece(old),), (Piece(new),)
    one, two = [_key(token) for token in ours], [_key(token) for token in theirs]
    flags: tuple[list[bool], list[bool]] = ([False] * len(one), [False] * len(two))
    for tag in Indel.opcodes(one, two):
        if tag.tag != "equal":
            flags[0][tag.src_start : tag.src_end] = [True] * (tag.src_end - tag.src_start)
            flags[1][tag.dest_start : tag.dest_end] = [True] * (tag.dest_end - tag.dest_start)
    return tuple(_pieces(ours, _smooth(ours, flags[0]))), tuple(_pieces(theirs, _smooth(theirs, flags[1])))


def _before(label: str, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return (Piece(label), *pieces) if label else pieces


def _key(token: str) -> str:
    return " " if token.isspace() else token.translate(_PLAIN).lower()


def _smooth(tokens: Sequence[str], flags: Sequence[bool]) -> list[bool]:
    """Blanks between two marks are marked, blanks at the edge of one are not."""
    out = list(flags)
    for at, token in enumerate(tokens):
        if token.isspace():
            before = at > 0 and flags[at - 1]
            after = at + 1 < len(tokens) and flags[at + 1]
            out[at] = before and after
    return out


def _pieces(tokens: Sequence[str], flags: Sequence[bool]) -> Iterator[Piece]:
    text, state = "", False
    for token, flag in zip(tokens, flags, strict=True):
        if flag is not state and text:
            yield Piece(text, state)
            text = ""
        state = flag
        text += token
    if text:
        yield Piece(text, state)
