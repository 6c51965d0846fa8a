"""The norms of one clause in the coordinates of its text: from verbs, from nouns, and from each other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from trustaudit.audit import Side
from trustaudit.language.actors import Actor
from trustaudit.language.heads import Head, heads
from trustaudit.language.modality import CORRELATIVE, Modality
from trustaudit.language.nominal import nominals, unconsented
from trustaudit.language.owed import authorised, claimed_from, owed_to, remedy_of
from trustaudit.ruleset.phrase import BOTH, COMPANY, CUSTOMER, NEITHER, PARTY

SIDES = {
    COMPANY: Side.COMPANY,
    CUSTOMER: Side.CUSTOMER,
    BOTH: Side.BOTH,
    NEITHER: Side.BOTH,
    PARTY: Side.UNKNOWN,
}
_MARKS = {Side.COMPANY: COMPANY, Side.CUSTOMER: CUSTOMER}
_NOMINAL_TAIL = 250  # characters that a norm read from nouns may go on behind them


class Named(NamedTuple):
    """A party of a norm: its mark, and where it is named; -1 where it is not."""

    mark: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Piece:
    """A norm of a clause; ``action`` is where what is to be done begins."""

    bearers: tuple[Named, ...]
    modality: Modality
    start: int
    action: int
    end: int
    negated: bool
    source: str

    @property
    def sides(self) -> frozenset[Side]:
        return frozenset(SIDES[bearer.mark] for bearer in self.bearers)


def pieces(text: str, own: int, *, implied: bool) -> list[Piece]:
    """The norms of a clause whose own words begin at ``own``, what stands before being its lead-in.

    ``implied``: also what the powers of one side mean for the other. Linear in the text.
    """
    if not any(mark in text for mark in SIDES):
        return []
    found = [*_active(text, own)]
    found += _new(found, _nominal(text, own))
    return found + [other for piece in found for other in _counterparts(text, piece, implied=implied)]


def _active(text: str, own: int) -> Iterator[Piece]:
    """Norms by their verbs."""
    found = _without_doubles(text, [head for head in heads(text) if head.actor and head.modality])
    following = len(text)
    out: list[Piece] = []
    for head in reversed(found):
        assert head.actor is not None
        assert head.modality is not None
        start = head.start if head.inherited else min(head.actor.start, head.start)
        end = _action_end(text, head.end, following if following >= head.end else len(text))
        following = start if start >= head.end or start < following else following
        if end > own and text[head.end : end].strip(" ,;:.()"):
            bearers = _bearers(text, head.actor)
            out.append(Piece(bearers, head.modality, start, head.end, end, head.negated, "active"))
    return reversed(out)


def _without_doubles(text: str, found: Iterable[Head]) -> list[Head]:
    """*designates and appoints* is one norm."""
    out: list[Head] = []
    for head in found:
        if out and head.inherited and head.modality is out[-1].modality:
            between = text[out[-1].end : head.start]
            if len(between) < 25 and re.fullmatch(r"\w* ?(?:,? ?(?:and|or),? (?:\w+ly )?|, )", between):
                continue
        out.append(head)
    return out


def _action_end(text: str, start: int, stop: int) -> int:
    """The action ends at a semicolon or before the next norm, without the *and* between."""
    semicolon = text.find(";", start, stop)
    end = semicolon if semicolon >= 0 else stop
    tail = text[max(start, end - 12) : end]
    cut = re.search(r"(?:[,;(]? (?:and|or|but|which|nor)|,)? ?\Z", tail)
    return end - len(tail) + cut.start() if cut and end < len(text) else end


def _bearers(text: str, actor: Actor) -> tuple[Named, ...]:
    """The parties of a subject with their places."""
    places = (at for at in range(actor.start, actor.end) if text[at] in actor.marks)
    return tuple(Named(text[at], at, at + 1) for _, at in zip(actor.marks, places, strict=False))


def _nominal(text: str, own: int) -> Iterator[Piece]:
    """Norms by their nouns, passives with an agent, and acts that need the other side's consent."""
    for found in nominals(text):
        end = _action_end(text, found.end, min(len(text), found.end + _NOMINAL_TAIL))
        if end > own:
            at = found.who[0]
            who = tuple(
                Named(char, at + i, at + i + 1)
                for i, char in enumerate(text[slice(*found.who)])
                if char in SIDES
            )
            yield Piece(
                who,
                found.modality,
                found.start,
                found.start,
                end,
                found.modality is Modality.PROHIBITION,
                found.source,
            )
    for start, stop, mark in unconsented(text):
        other = SIDES[mark].other
        if other in _MARKS and stop > own:
            yield Piece(
                (Named(_MARKS[other]),),
                Modality.PROHIBITION,
                start,
                start,
                stop,
                negated=True,
                source="consent",
            )


def _new(known: Iterable[Piece], more: Iterable[Piece]) -> Iterator[Piece]:
    """Those of ``more`` that do not say of the same words what another has said."""
    spans: dict[tuple[Modality, frozenset[Side]], list[tuple[int, int]]] = defaultdict(list)
    for piece in known:
        spans[piece.modality, piece.sides].append((piece.start, piece.end))
    for piece in sorted(more, key=lambda piece: (piece.start, piece.end)):
        said = spans[piece.modality, piece.sides]
        at = bisect_right(said, (piece.end,))
        if not any(start < piece.end and piece.start < end for start, end in said[max(0, at - 2) : at + 1]):
            said.insert(at, (piece.start, piece.end))
            yield piece


def _counterparts(text: str, piece: Piece, *, implied: bool) -> Iterator[Piece]:
    """What a norm of one side gives to the other, or asks of it."""
    mark: str | None = None
    modality = Modality.OBLIGATION
    if piece.modality is Modality.OBLIGATION:
        mark = owed_to(text, piece.action, piece.end) or remedy_of(text, piece.start, piece.end)
        modality = Modality.PERMISSION if authorised(text, piece.action) else Modality.ENTITLEMENT
    elif piece.modality is Modality.ENTITLEMENT:
        mark = claimed_from(text, piece.action, piece.end)
    if mark is not None and SIDES[mark] in _MARKS and SIDES[mark] not in piece.sides:
        at = text.index(mark, piece.start)
        yield replace(
            piece, bearers=(Named(mark, at, at + 1),), modality=modality, negated=False, source="owed"
        )
    elif implied and piece.modality in CORRELATIVE and len(piece.sides) == 1:
        (side,) = piece.sides
        if side in _MARKS:
            other = (Named(_MARKS[side.other]),)
            yield replace(piece, bearers=other, modality=CORRELATIVE[piece.modality], source="implied")
