"""Norms: who must, may, may not or need not do what, under which conditions, and who is owed it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trustaudit.audit import Side
from trustaudit.document import Span
from trustaudit.language.actors import Actor
from trustaudit.language.conditions import conditions, exceptions
from trustaudit.language.heads import Head, heads
from trustaudit.language.modality import CORRELATIVE, Modality
from trustaudit.language.nominal import nominals, unconsented
from trustaudit.language.owed import owed_to
from trustaudit.language.topics import topic_of
from trustaudit.ruleset.phrase import BOTH, COMPANY, CUSTOMER, NEITHER, PARTY

if TYPE_CHECKING:
    from trustaudit.language.reading import Clause, Reading

_SIDE = {
    COMPANY: Side.COMPANY,
    CUSTOMER: Side.CUSTOMER,
    BOTH: Side.BOTH,
    NEITHER: Side.BOTH,
    PARTY: Side.UNKNOWN,
}
_MARK = {Side.COMPANY: COMPANY, Side.CUSTOMER: CUSTOMER}


@dataclass(frozen=True, slots=True)
class Norm:
    """One bond or freedom of one side.

    ``bearer`` is written as in the text; ``start``, ``end`` are the whole norm, ``action`` what is to be
    done. ``source`` says how it was read: *active*, *passive*, *nominal*, *consent*, *owed* (a duty of the
    other side toward this one) or *implied* (in a whole document: what a power of one side means for the other).
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


@dataclass(frozen=True, slots=True)
class _Piece:
    """A norm still in the coordinates of its clause's text."""

    marks: tuple[tuple[str, int, int], ...]  # each with the place where the party is named, or (-1, -1)
    modality: Modality
    start: int
    action: int
    end: int
    negated: bool
    source: str


def norms_in(reading: Reading) -> tuple[Norm, ...]:
    """The norms of a document in the order of its text; each once, however it was read. Linear in the text."""
    found: dict[tuple[Side, Modality, int, int], Norm] = {}
    for clause in reading.clauses:
        for piece in _pieces(reading.clause_text(clause), clause.own - clause.start, implied=_whole(reading)):
            for norm in _norms(reading, clause, piece):
                found.setdefault((norm.side, norm.modality, norm.start, norm.action.start), norm)
    return tuple(sorted(found.values(), key=lambda norm: (norm.start, norm.end, norm.side, norm.modality)))


def _whole(reading: Reading) -> bool:
    """Is this a document with two parties, rather than a sentence by itself?"""
    return len(reading.document.text) > 3_000


def _pieces(text: str, own: int, *, implied: bool) -> list[_Piece]:
    """The norms of a clause: by verbs, by nouns, those owed to the other side, and those implied."""
    pieces: list[_Piece] = []
    for piece in (*_active(text, own), *_nominal(text, own)):
        if not any(_repeats(piece, known) for known in pieces):
            pieces.append(piece)
    out = list(pieces)
    for piece in pieces:
        owed = _owed(text, piece) or _claimed(text, piece)
        if owed is not None:
            out.append(owed)
        elif implied and (opposite := _opposite(piece)) is not None:
            out.append(opposite)
    return out


def _repeats(piece: _Piece, known: _Piece) -> bool:
    """Does a norm say what one read before it says of the same words?"""
    overlap = piece.start < known.end and known.start < piece.end
    return (
        overlap
        and piece.source != "active"
        and piece.modality is known.modality
        and _who(piece) == _who(known)
    )


def _who(piece: _Piece) -> set[Side]:
    return {_SIDE[mark] for mark, _, _ in piece.marks}


def _active(text: str, own: int) -> Iterator[_Piece]:
    found = _without_doubles(text, [head for head in heads(text) if head.actor and head.modality])
    starts = [_begin(text, head) for head in found]
    for index, head in enumerate(found):
        assert head.actor is not None
        assert head.modality is not None
        end = _action_end(text, head.end, next((at for at in starts[index + 1 :] if at >= head.end), len(text)))
        if end <= own or not text[head.end : end].strip(" ,;:.()"):
            continue
        start = head.start if head.inherited else min(head.actor.start, head.start)
        yield _Piece(_marks(text, head.actor), head.modality, start, head.end, end, head.negated, "active")


def _without_doubles(text: str, found: list[Head]) -> list[Head]:
    """*designates and appoints* is one norm."""
    out: list[Head] = []
    for head in found:
        if out and head.inherited and head.modality is out[-1].modality:
            between = text[out[-1].end : head.start]
            if len(between) < 25 and re.fullmatch(r"\w* ?(?:,? ?(?:and|or),? (?:\w+ly )?|, )", between):
                continue
        out.append(head)
    return out


def _begin(text: str, head: Head) -> int:
    """Where the words of a norm begin: at its subject, or at its verb where the subject is inherited."""
    assert head.actor is not None
    return head.start if head.inherited else min(head.actor.start, head.start)


def _action_end(text: str, start: int, stop: int) -> int:
    """The action ends at a semicolon or at the next norm."""
    semicolon = text.find(";", start, stop)
    end = semicolon if semicolon >= 0 else stop
    cut = re.search(r"(?:[,;(]? (?:and|or|but|which|nor)|,)? ?\Z", text[start:end])
    return start + cut.start() if cut and end < len(text) else end


def _marks(text: str, actor: Actor) -> tuple[tuple[str, int, int], ...]:
    """The parties of a subject with their places."""
    out = []
    for at in range(actor.start, actor.end):
        if text[at] in actor.marks and len(out) < len(actor.marks):
            out.append((text[at], at, at + 1))
    return tuple(out)


def _nominal(text: str, own: int) -> Iterator[_Piece]:
    for found in nominals(text):
        end = _action_end(text, found.end, len(text))
        if end > own:
            marks = tuple(
                (char, at, at + 1)
                for at, char in enumerate(text[slice(*found.who)], found.who[0])
                if char in _SIDE
            )
            yield _Piece(
                marks, found.modality, found.start, found.start, end, negated=False, source=found.source
            )
    for start, stop, mark in unconsented(text):
        other = _SIDE[mark].other
        if other in _MARK and stop > own:
            yield _Piece(
                ((_MARK[other], -1, -1),),
                Modality.PROHIBITION,
                start,
                start,
                stop,
                negated=True,
                source="consent",
            )


def _owed(text: str, piece: _Piece) -> _Piece | None:
    """The entitlement of the side to which a duty is owed."""
    if piece.modality is not Modality.OBLIGATION:
        return None
    action = text[piece.action : piece.end]
    mark = owed_to(action)
    if mark is None or _SIDE[mark] not in _MARK or any(mark == own for own, _, _ in piece.marks):
        return None
    at = piece.action + action.index(mark)
    return _Piece(
        ((mark, at, at + 1),),
        Modality.PERMISSION if _AUTHORISES.match(action) else Modality.ENTITLEMENT,
        piece.start,
        piece.action,
        piece.end,
        negated=False,
        source="owed",
    )


_AUTHORISES = re.compile(r" ?authori[sz]es?\b| ?(?:allow|permit)\b")
_FROM = re.compile(
    r"\b(?:recover|collect|receive|obtain|demand|claim|reimbursement|payment|damages|compensation)\b[^;.]{0,60}? from (?P<who>[ꓚꓜ])(?!')"
)


def _claimed(text: str, piece: _Piece) -> _Piece | None:
    """The duty of the side from which the other is entitled to receive."""
    if piece.modality is not Modality.ENTITLEMENT or piece.source == "owed":
        return None
    found = _FROM.search(text, piece.action, piece.end)
    if found is None or any(found["who"] == own for own, _, _ in piece.marks):
        return None
    who = (found["who"], *found.span("who"))
    return _Piece(
        (who,), Modality.OBLIGATION, piece.start, piece.action, piece.end, negated=False, source="owed"
    )


def _opposite(piece: _Piece) -> _Piece | None:
    """What a power of one side means for the other."""
    sides = _who(piece)
    if piece.modality not in CORRELATIVE or len(sides) != 1 or not sides <= set(_MARK):
        return None
    other = sides.pop().other
    return _Piece(
        ((_MARK[other], -1, -1),),
        CORRELATIVE[piece.modality],
        piece.start,
        piece.action,
        piece.end,
        piece.negated,
        "implied",
    )


def _norms(reading: Reading, clause: Clause, piece: _Piece) -> Iterator[Norm]:
    """The norms of a piece in the coordinates of the document: one for each side that bears it."""
    text = reading.clause_text(clause)
    own = clause.own - clause.start
    span = reading.span(clause, piece.start, piece.end)
    action = reading.span(clause, max(piece.action, own), piece.end)
    topic = topic_of(text[piece.action : piece.end]) or topic_of(text[piece.start : piece.end])
    when = tuple(
        reading.span(clause, *each) for each in conditions(text, own, len(text)) if _near(each, piece)
    )
    but = tuple(
        reading.span(clause, *each) for each in exceptions(text, own, len(text)) if _near(each, piece)
    )
    for side, start, end in _bearers(piece):
        bearer = _named(reading, clause, start, end) if start >= 0 else _display(reading, side)
        yield Norm(
            bearer,
            side,
            piece.modality,
            span.start,
            span.end,
            action,
            topic,
            when,
            but,
            piece.negated,
            piece.source,
        )


def _bearers(piece: _Piece) -> list[tuple[Side, int, int]]:
    """The sides that bear a norm and where they are named; the two sides together are one bearer."""
    named = [(_SIDE[mark], start, end) for mark, start, end in piece.marks]
    if {side for side, _, _ in named} >= {Side.COMPANY, Side.CUSTOMER}:
        return [(Side.BOTH, min(start for _, start, _ in named), max(end for _, _, end in named))]
    return list(dict((side, (side, start, end)) for side, start, end in reversed(named)).values())


def _near(part: Span, piece: _Piece) -> bool:
    """Does a condition belong to the norm: inside it, or opening the clause before it?"""
    return part.end <= piece.start + 1 or piece.start <= part.start < piece.end


def _named(reading: Reading, clause: Clause, start: int, end: int) -> str:
    """The party as the document writes it, without article and possessive."""
    span = reading.view.span(clause.start + start, clause.start + end)
    written = re.sub(r"\s+", " ", reading.document.quote(span))
    return re.sub(r"(?i)^(?:the|each|every|any|such|said|that|this|an?) (?=\w)(?!part)|['’]s?$", "", written)


def _display(reading: Reading, side: Side) -> str:
    """The first name of a side that the passage itself does not name."""
    names = reading.sides.company if side is Side.COMPANY else reading.sides.customer
    return names[0] if names else ""
