"""The phrase language in which rules say what they look for.

A phrase is written as a person would say it, and is matched in one clause, without regard to case,
line breaks or typographic quotes:

==================  =====================================================================
``may terminate``   these words, next to each other (a comma, hyphen or bracket may stand between)
``terminat*``       any word that begins so
``(a|b c)``         one of these
``[prior]``         may be there or not; ``[prior|advance]`` one of these or none
``...``             up to 8 other words, none of them a *not*; ``...3`` up to 3
``....``            up to 8 other words of any kind; ``....20`` up to 20
``<name>``          a list of the vocabulary
``<company>``       the company, however it is named here: *we*, *the Provider*, *Acme*
``<customer>``      the customer; ``<customer>'s`` and ``<company>'s`` are *your* and *our*
``<both>``          either party, each party, neither party, the parties
``<party>``         any party, whichever side it is on
``<number>``        a number in digits or words; also ``<money>``, ``<percent>``, ``<period>``,
                    and ``<small-money>`` for sums of up to three figures
``^`` and ``$``     beginning and end of the clause
==================  =====================================================================

A gap never crosses a semicolon. There is no other repetition, so no phrase can be slow: the cost of
a match is bounded by the length of the clause and the sizes of the gaps.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

COMPANY, CUSTOMER, BOTH, NEITHER, PARTY = "ꓚ", "ꓜ", "ꓐ", "ꓠ", "ꓑ"
"""One-character marks that stand for the parties in the text that phrases are matched against."""

MARKS = COMPANY + CUSTOMER + BOTH + NEITHER + PARTY

BUILT_IN = frozenset(
    {"company", "customer", "both", "neither", "party", "number", "money", "small-money", "percent", "period"}
)

_TOKEN = re.compile(
    r"\s+|(?P<gap>\.{3,4})(?P<size>\d*)|<(?P<ref>[a-z][a-z0-9-]*)>(?P<owner>'s)?"
    r"|(?P<open>[(\[])|(?P<close>[)\]])|(?P<bar>\|)|(?P<edge>[\^$])|(?P<mark>[,:!?%&/])"
    r"|(?P<word>[^\W_]+(?:[-'][^\W_]+)*)(?P<star>\*)?"
)
DEFAULT_GAP = 8
MAX_GAP = 40


class PhraseError(ValueError):
    """A phrase that cannot be understood; ``column`` counts from 1."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    text: str  # punctuation


@dataclass(frozen=True, slots=True)
class Gap:
    size: int
    stops_at_not: bool


@dataclass(frozen=True, slots=True)
class Ref:
    name: str
    owner: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    end: bool


@dataclass(frozen=True, slots=True)
class Choice:
    branches: tuple[Phrase, ...]
    optional: bool = False


Item = Word | Mark | Gap | Ref | Edge | Choice
Phrase = tuple[Item, ...]


@lru_cache(maxsize=20_000)
def parse_phrase(text: str) -> Phrase:
    """The phrase as a tree; raises ``PhraseError`` with the column of the fault."""
    branches, _ = _parse_branches(text, 0, "")
    if len(branches) > 1:
        return (Choice(tuple(branches)),)
    if not branches[0]:
        raise PhraseError("an empty phrase", 1)
    if isinstance(branches[0][0], Gap) or isinstance(branches[0][-1], Gap):
        raise PhraseError("a phrase may not begin or end with a gap", 1)
    return branches[0]


def _parse_branches(text: str, at: int, closing: str) -> tuple[list[Phrase], int]:
    branches: list[Phrase] = []
    items: list[Item] = []
    opened = at
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise PhraseError(f"{text[at]!r} has no meaning here", at + 1)
        if found["close"]:
            if found["close"] != closing:
                raise PhraseError(f"{found['close']!r} closes nothing", at + 1)
            return [*branches, tuple(items)], found.end()
        at = found.end()
        if found["bar"]:
            branches.append(tuple(items))
            items = []
        elif found["open"]:
            inner, after = _parse_branches(text, at, ")" if found["open"] == "(" else "]")
            _check_branches(inner, at)
            items.append(Choice(tuple(inner), optional=found["open"] == "["))
            at = after
        elif (item := _item(found)) is not None:
            items.append(item)
    if closing:
        raise PhraseError(f"{'(' if closing == ')' else '['!r} is never closed", opened)
    return [*branches, tuple(items)], at


def _check_branches(branches: Sequence[Phrase], at: int) -> None:
    for branch in branches:
        if not branch:
            raise PhraseError("an empty alternative; write [a] for what may be missing", at + 1)
        if isinstance(branch[0], Gap) or isinstance(branch[-1], Gap):
            raise PhraseError("an alternative may not begin or end with a gap", at + 1)


def _item(found: re.Match[str]) -> Item | None:
    if found["gap"]:
        size = int(found["size"]) if found["size"] else DEFAULT_GAP
        if not 0 < size <= MAX_GAP:
            raise PhraseError(f"a gap spans 1 to {MAX_GAP} words", found.start() + 1)
        return Gap(size, stops_at_not=len(found["gap"]) == 3)
    if found["ref"]:
        return Ref(found["ref"], owner=bool(found["owner"]))
    if found["edge"]:
        return Edge(end=found["edge"] == "$")
    if found["mark"]:
        return Mark(found["mark"])
    if found["word"]:
        return Word(found["word"].lower(), prefix=bool(found["star"]))
    return None


def names_in(phrase: Phrase) -> frozenset[str]:
    """The vocabulary lists that the phrase refers to; sides and built-in names are not among them."""
    names: set[str] = set()
    for item in phrase:
        if isinstance(item, Ref) and item.name not in BUILT_IN:
            names.add(item.name)
        elif isinstance(item, Choice):
            for branch in item.branches:
                names |= names_in(branch)
    return frozenset(names)
