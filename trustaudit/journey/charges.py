"""Free in one paper, charged in another, whatever it is: *free installation*, *no joining fee*, *is on us*.

They are one thing where every word of the free thing's name is in the charged one's. What is free only from a
sum, on a day or for a while, and what is charged only in a case, are left out: both may be true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trustaudit.journey.charge_words import charged, free, may_say
from trustaudit.journey.precedence import Precedence
from trustaudit.journey.promises import Place, Promise, taken_back
from trustaudit.journey.told import Told, related
from trustaudit.journey.topics import known_topics
from trustaudit.journey_audit import Conflict

_TOTAL = re.compile(r"\b(?:unlimited|always|any time|as often as|as many|whatever)\b")
"""What makes even a charge in a case a contradiction."""
_LOST = {
    "fee": ("no such charge", "the charge is made although there was to be none"),
    "thing": ("free of charge", "what was to be free must be paid for"),
}


@dataclass(frozen=True, slots=True)
class _Named:
    """Something that a clause says is free or charged, by the stems of its name."""

    stems: frozenset[str]
    kind: str
    place: Place


def charges(papers: Sequence[Told], order: Precedence) -> Iterator[Conflict]:
    """A conflict for each thing that is free in one paper and charged in another; linear in the text."""
    given: dict[frozenset[str], list[_Named]] = {}
    taken: dict[str, list[_Named]] = {}
    for place in (place for paper in papers for place in _clauses(paper)):
        for said in free(place.text):
            given.setdefault(said.stems, []).append(_Named(*said, place))
        for said in charged(place.text):
            for stem in said.stems:
                taken.setdefault(stem, []).append(_Named(*said, place))
    for stems, claims in given.items():
        answers = [one for one in taken.get(min(stems), ()) if stems <= one.stems]
        yield from _taken_back(claims, sorted(answers, key=_binding_first), order)


def _taken_back(claims: Sequence[_Named], answers: Sequence[_Named], order: Precedence) -> Iterator[Conflict]:
    """The first claim of each paper that does not charge it itself, with the charge that binds most."""
    done = {one.place.told.index for one in answers}
    for claim in claims:
        index = claim.place.told.index
        against = next((one for one in answers if _answers(claim, one)), None)
        if against is not None and index not in done:
            done.add(index)
            yield taken_back(_promise(claim), claim.place, against.place, order)


def _binding_first(one: _Named) -> tuple[int, int, int]:
    return -one.place.told.rank, one.place.told.index, one.place.span.start


def _answers(claim: _Named, charge: _Named) -> bool:
    one, other = claim.place, charge.place
    return (
        one.told is not other.told
        and (claim.kind == "fee" or charge.kind == "charge" or bool(_TOTAL.search(one.text)))
        and known_topics().comparable(one.marks, other.marks)
        and related(one.told, other.told)
    )


def _promise(claim: _Named) -> Promise:
    title, lost = _LOST[claim.kind]
    name = "-".join(sorted(claim.stems))
    return Promise(f"{'no' if claim.kind == 'fee' else 'free'}-{name}", "promise", title, lost)


def _clauses(paper: Told) -> Iterator[Place]:
    """The clauses that may say that something is free or charged."""
    reading = paper.reading
    for clause in reading.clauses:
        text = reading.view.text[clause.own : clause.end]
        if text and may_say(text):
            span = paper.around(reading.view.span(clause.own, clause.end))
            yield Place(paper, span, text, known_topics().apart.owners(text))
