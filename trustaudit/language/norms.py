"""Norms: who must, may, may not or need not do what, under which conditions, and who is owed it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trustaudit.audit import Side
from trustaudit.document import Span
from trustaudit.language.conditions import Terms
from trustaudit.language.modality import Modality
from trustaudit.language.pieces import SIDES, Piece, pieces
from trustaudit.language.topics import topic_of

if TYPE_CHECKING:
    from trustaudit.language.reading import Clause, Reading

__all__ = ["Modality", "Norm", "norms_in"]

_WHOLE = 3_000  # characters from which a text is a document with two parties, not a sentence by itself


@dataclass(frozen=True, slots=True)
class Norm:
    """One bond or freedom of one side.

    ``bearer`` is written as in the text; ``start``, ``end`` are the whole norm, ``action`` what is to be
    done. ``source`` says how it was read: *active*, *passive*, *nominal*, *consent* (what needs the other
    side's consent is forbidden without), *owed* (a duty of the other side toward this one, or a claim of it
    against this one) or *implied* (in a whole document: what a power of one side means for the other).
    """

    bearer: str
    side: Side
    modality: Modality
    start: int
    end: int
    action: Span
    topic: str
    conditions: tuple[Span, ...] = ()
    exceptions: tuple[Span, ...] = ()
    negated: bool = False
    source: str = "active"

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


def norms_in(reading: Reading) -> tuple[Norm, ...]:
    """The norms of a document in the order of its text, each once however it was read; linear in the text."""
    found: dict[tuple[Side, Modality, int, int], Norm] = {}
    implied = len(reading.document.text) > _WHOLE
    for clause in reading.clauses:
        text = reading.clause_text(clause)
        own = clause.own - clause.start
        read = pieces(text, own, implied=implied)
        if not read:
            continue
        terms = Terms.of(text, own, min(piece.start for piece in read))
        for piece in read:
            for norm in _norms(reading, clause, text, piece, terms):
                found.setdefault((norm.side, norm.modality, norm.start, norm.action.start), norm)
    return tuple(sorted(found.values(), key=lambda norm: (norm.start, norm.end, norm.side, norm.modality)))


def _norms(reading: Reading, clause: Clause, text: str, piece: Piece, terms: Terms) -> Iterator[Norm]:
    """The norms of a piece in the coordinates of the document: one for each side that bears it."""
    span = reading.span(clause, piece.start, piece.end)
    action = reading.span(clause, max(piece.action, clause.own - clause.start), piece.end)
    topic = topic_of(text[piece.action : piece.end]) or topic_of(text[piece.start : piece.end])
    when = tuple(reading.span(clause, *part) for part in terms.conditions_of(piece.start, piece.end))
    but = tuple(reading.span(clause, *part) for part in terms.exceptions_of(piece.start, piece.end))
    for side, start, end in _bearers(piece):
        bearer = _named(reading, clause, start, end) if start >= 0 else _display(reading, side)
        yield Norm(bearer, side, piece.modality, *span, action, topic, when, but, piece.negated, piece.source)


def _bearers(piece: Piece) -> list[tuple[Side, int, int]]:
    """The sides that bear a norm and where they are named; the two sides together are one bearer."""
    named = {SIDES[bearer.mark]: (bearer.start, bearer.end) for bearer in reversed(piece.bearers)}
    if named.keys() >= {Side.COMPANY, Side.CUSTOMER}:
        starts, ends = zip(*named.values(), strict=True)
        return [(Side.BOTH, min(starts), max(ends))]
    return [(side, start, end) for side, (start, end) in named.items()]


_ARTICLE = re.compile(
    r"^(?:the|each|every|any|such|said|that|this|an?) (?=\w)(?!part)|['’]s?$", re.IGNORECASE
)


def _named(reading: Reading, clause: Clause, start: int, end: int) -> str:
    """The party as the document writes it, without article and possessive."""
    span = reading.view.span(clause.start + start, clause.start + end)
    return _ARTICLE.sub("", re.sub(r"\s+", " ", reading.document.quote(span)))


def _display(reading: Reading, side: Side) -> str:
    """The first name of a side that the passage itself does not name."""
    names = reading.sides.company if side is Side.COMPANY else reading.sides.customer
    return names[0] if names else ""
