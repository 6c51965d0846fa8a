"""Promises of one paper that another takes back: ``rules/journey-promises.yaml``, held against the papers.

A promise is read where its own paper does not qualify it. A clause takes it back in another paper, about the
same subject as far as the words beside both tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from trustaudit import resources
from trustaudit.audit import Severity
from trustaudit.document import Span
from trustaudit.journey.phrasebook import Phrasebook
from trustaudit.journey.precedence import Precedence
from trustaudit.journey.told import Told, related
from trustaudit.journey.topics import known_topics
from trustaudit.journey_audit import Conflict
from trustaudit.ruleset.data import read_data
from trustaudit.ruleset.problems import Problem, near, refuse

FILE = "journey-promises.yaml"
_KEYS = ("kind", "title", "severity", "lost", "gives", "but", "takes", "spares", "same", "unsigned")
_NEEDED = ("kind", "title", "lost", "gives", "takes")
_MOST = 4  # papers with one promise that are each set against what takes it back; the others are counted


@dataclass(frozen=True, slots=True)
class Promise:
    """``kind``: promise or right; ``lost`` is what it costs who believed it.

    ``unsigned``: only a paper that is no contract can give it; in a contract the words mean something else.
    """

    id: str
    kind: str
    title: str
    lost: str
    severity: Severity = Severity.MAJOR
    unsigned: bool = False


@dataclass(frozen=True)
class Promises:
    """All promises, and the phrases that give them and take them back."""

    promises: tuple[Promise, ...]
    both: Phrasebook  # owners are twice the index, and one more for what takes back
    clears: Phrasebook  # the same, of what clears
    same: Phrasebook  # owners are indices of ``sames``
    sames: tuple[int, ...]  # to which promise each word of ``same`` belongs

    def shared(self, promise: int, one: str, other: str) -> bool:
        """Where a promise lists what it is about: do both clauses name one of these?"""
        if promise not in self.sames:
            return True
        both = self.same.owners(one) & self.same.owners(other)
        return any(self.sames[at] == promise for at in both)


@dataclass(frozen=True, slots=True)
class Place:
    """A clause of a paper that gives or takes something."""

    told: Told
    span: Span
    text: str  # of the clause as phrases see it
    marks: frozenset[int]


def known_promises() -> Promises:
    """The promises that come with trustaudit."""
    return _load(resources.rules_dir() / FILE)


@cache
def _load(path: Path) -> Promises:
    return read_promises(path.read_bytes(), path.name)


def read_promises(source: bytes, name: str) -> Promises:
    """Raises ``RuleError`` that names every fault with file and line."""
    file = read_data(source)
    problems = [Problem(name, line, message) for line, message in file.faults]
    refuse(problems)
    raw: Mapping[str, Mapping[str, Any]] = (file.data or {}).get("promises") or {}
    for key, entry in raw.items():
        problems += [
            Problem(
                name, file.line(("promises", key, each)), f"unknown key '{each}' in {key}.{near(each, _KEYS)}"
            )
            for each in entry
            if each not in _KEYS
        ]
        problems += [
            Problem(name, file.line(("promises", key)), f"{key} has no '{each}'")
            for each in _NEEDED
            if not entry.get(each)
        ]
    refuse(problems)
    found = tuple(
        Promise(
            key,
            e["kind"],
            e["title"],
            e["lost"],
            Severity(e.get("severity", Severity.MAJOR)),
            bool(e.get("unsigned")),
        )
        for key, e in raw.items()
    )
    words = [(at, str(word)) for at, entry in enumerate(raw.values()) for word in entry.get("same") or ()]
    same = Phrasebook([(number, word) for number, (_, word) in enumerate(words)])
    both, clears = _book(raw, "gives", "takes"), _book(raw, "but", "spares")
    return Promises(found, both, clears, same, tuple(at for at, _ in words))


def _book(raw: Mapping[str, Mapping[str, Any]], *parts: str) -> Phrasebook:
    """The phrases of two parts of each promise in one book, so that a clause is looked at once."""
    return Phrasebook(
        [
            (2 * at + number, str(phrase))
            for at, entry in enumerate(raw.values())
            for number, part in enumerate(parts)
            for phrase in entry.get(part) or ()
        ]
    )


def promises(papers: Sequence[Told], order: Precedence) -> Iterator[Conflict]:
    """A conflict for each paper that promises what another one takes back; linear in the text."""
    known = known_promises()
    places: dict[int, list[Place]] = {}
    for paper in papers:
        for owner, place in _places(paper, known):
            places.setdefault(owner, []).append(place)
    for at, promise in enumerate(known.promises):
        if 2 * at in places and 2 * at + 1 in places:
            pairs = _pairs(places[2 * at], places[2 * at + 1], at, known)
            yield from _told(promise, pairs, order)


def _places(paper: Told, known: Promises) -> Iterator[tuple[int, Place]]:
    """What the clauses of a paper give and take, by the owner in the book."""
    for clause in paper.reading.clauses:
        text = paper.reading.clause_text(clause)
        own = clause.own - clause.start
        found = {owner: span for owner, span in known.both.find(text) if span.end > own}
        if not found:
            continue
        cleared = known.clears.owners(text)
        marks = known_topics().apart.owners(text)
        for owner, span in found.items():
            signed = owner % 2 == 0 and paper.rank == 3 and known.promises[owner // 2].unsigned
            if owner not in cleared and not signed:
                quoted = paper.around(paper.reading.span(clause, span.start, span.end))
                yield owner, Place(paper, quoted, text, marks)


def _pairs(
    gives: Sequence[Place], takes: Sequence[Place], promise: int, known: Promises
) -> Iterator[tuple[Place, Place]]:
    """The first clause of each paper that promises, with the clause that takes it back most bindingly."""
    qualified = {place.told.index for place in takes}
    takers = sorted(takes, key=lambda place: (-place.told.rank, place.told.index, place.span))
    done: set[int] = set()
    for given in gives:
        if given.told.index in qualified or given.told.index in done:
            continue
        for taken in takers:
            if _answers(given, taken) and known.shared(promise, given.text, taken.text):
                done.add(given.told.index)
                yield given, taken
                break


def _answers(given: Place, taken: Place) -> bool:
    alike = known_topics().comparable(given.marks, taken.marks)
    return given.told is not taken.told and alike and related(given.told, taken.told)


def _told(promise: Promise, pairs: Iterator[tuple[Place, Place]], order: Precedence) -> Iterator[Conflict]:
    """The conflicts of one promise; papers beyond the first few are counted in the last one."""
    found = list(pairs)
    for number, (given, taken) in enumerate(found[:_MOST], start=1):
        rest = len(found) - _MOST
        more = f"; {rest} more papers promise it too" if number == _MOST and rest > 0 else ""
        yield taken_back(promise, given, taken, order, more)


def taken_back(promise: Promise, given: Place, taken: Place, order: Precedence, more: str = "") -> Conflict:
    """The conflict of a promise and what takes it back; the promise stands first."""
    winner, why = order.binding(given.told, taken.told)
    if winner is taken.told:
        cost = f"{promise.lost}: {taken.told.path} binds"
    elif winner is given.told:
        cost = f"{taken.told.path} asks for what {given.told.path} rules out; if it is done, {promise.lost}"
    else:
        cost = f"{promise.lost}, if {taken.told.path} is what counts"
    return Conflict(
        kind=promise.kind,
        topic=promise.id,
        title=f"Given in one paper, taken back in another: {promise.title}",
        message=f"{given.told.path} gives it, {taken.told.path} takes it back{more}",
        cost=cost,
        binds=why,
        severity=promise.severity,
        first=given.told.passage(given.span),
        second=taken.told.passage(taken.span),
    )
