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

The compiled form carries its *literals*: sets of strings of which each set must have a member in
the clause. The engine looks for them first and runs only phrases that can match.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

COMPANY, CUSTOMER, BOTH, NEITHER, PARTY = "ꓚ", "ꓜ", "ꓐ", "ꓠ", "ꓑ"
"""One-character marks that stand for the parties in the text that phrases are matched against."""

MARKS = COMPANY + CUSTOMER + BOTH + NEITHER + PARTY

_WORDS_FOR_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|"
    "twenty|thirty|forty|forty-five|fifty|sixty|ninety|hundred"
)
_NUMBER = rf"(?:\d[\d,.]*|(?:{_WORDS_FOR_NUMBERS})\b)"
_UNIT = r"(?:(?:business|working|calendar|banking) )?(?:second|minute|hour|day|week|month|quarter|year)s?"
_SIDES = {
    "company": COMPANY,
    "customer": CUSTOMER,
    "both": f"[{BOTH}{NEITHER}]",
    "neither": NEITHER,
    "party": f"[{COMPANY}{CUSTOMER}{PARTY}]",
}
_BUILT_IN = {
    "number": _NUMBER,
    "percent": rf"{_NUMBER} ?(?:%|per ?cent\b)",
    "money": rf"(?:(?:[$€£¥]|(?:usd|eur|gbp|us\$|chf|aud|cad) ?){_NUMBER}"
    rf"|{_NUMBER} ?(?:dollars|euros?|pounds|usd|eur|gbp)\b)",
    "small-money": r"(?:(?:[$€£¥]|\b(?:usd|eur|gbp|us\$) ?) ?\d{1,3}\b(?![,.]\d{3})"
    r"|\b\d{1,3} ?(?:dollars|euros?|pounds|usd|eur|gbp)\b)",
    "period": rf"(?:{_NUMBER}(?: ?\(\d+\))?[ -]{_UNIT}\b)",
}
BUILT_IN = frozenset(_SIDES) | frozenset(_BUILT_IN)

_SEP = r"[^\w;.!?]{1,4}"
_EDGE = r"[^\w\s;]{0,3}"
_NOT = r"(?:not|never|nor|neither|cannot)\b"
_TOKEN = re.compile(
    r"\s+|(?P<gap>\.{3,4})(?P<size>\d*)|<(?P<ref>[a-z][a-z0-9-]*)>(?P<owner>'s)?"
    r"|(?P<open>[(\[])|(?P<close>[)\]])|(?P<bar>\|)|(?P<edge>[\^$])|(?P<mark>[,:!?%&/])"
    r"|(?P<word>[^\W_]+(?:[-'][^\W_]+)*)(?P<star>\*)?"
)
DEFAULT_GAP = 8
MAX_GAP = 40
_DULL = frozenset(
    "may will shall must the this that any all not and for with from have has are our your can been".split()  # noqa: SIM905
)


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


@dataclass(frozen=True, slots=True)
class Pattern:
    """``regex`` to search a clause for; each set of ``literals`` must have a member in it, best first."""

    regex: str
    literals: tuple[tuple[str, ...], ...]


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


class Compiler:
    """Phrases to patterns with one vocabulary; lists are compiled once."""

    def __init__(self, vocabulary: Mapping[str, Sequence[str]]) -> None:
        self._vocabulary = vocabulary
        self._lists: dict[str, tuple[str, list[tuple[str, ...]]]] = {}

    def compile(self, text: str) -> Pattern:
        """Raises ``PhraseError`` where the phrase is wrong or names an unknown list."""
        regex, sets = self._sequence(parse_phrase(text))
        return Pattern(regex, tuple(sorted(sets, key=_dullness)))

    def compile_list(self, name: str) -> Pattern:
        """The pattern that finds any phrase of a vocabulary list."""
        regex, sets = self._ref(Ref(name))
        return Pattern(regex, tuple(sorted(sets, key=_dullness)))

    def patterns_of(self, name: str) -> list[Pattern]:
        """One pattern for each phrase of a vocabulary list, in its order; none for an unknown list."""
        return [self.compile(text) for text in self._vocabulary.get(name, ())]

    def _sequence(self, phrase: Phrase) -> tuple[str, list[tuple[str, ...]]]:
        out: list[str] = []
        sets: list[tuple[str, ...]] = []
        glued = True  # the next word needs no separator: we stand at the start, or behind a gap
        for item in phrase:
            if isinstance(item, Gap):
                out.append(_gap(item, glued=glued))
                glued = True
            elif isinstance(item, Edge):
                out.append(r"[^\w]{0,4}\Z" if item.end else r"\A[^\w]{0,4}")
            elif isinstance(item, Mark):
                out.append(rf" ?{re.escape(item.text)}")
                glued = False
            elif isinstance(item, Choice) and item.optional:
                inner, _ = self._choice(item)
                out.append(f"(?:{inner}{_SEP})?" if glued else f"(?:{_SEP}{inner})?")
            else:
                inner, inner_sets = self._one(item)
                out.append(inner if glued else _SEP + inner)
                sets += inner_sets
                glued = False
        return "".join(out), sets

    def _one(self, item: Item) -> tuple[str, list[tuple[str, ...]]]:
        if isinstance(item, Word):
            tail = r"\w*" if item.prefix else r"\b"
            return rf"\b{re.escape(item.text)}{tail}", [(_literal(item.text),)]
        if isinstance(item, Ref):
            return self._ref(item)
        assert isinstance(item, Choice)
        return self._choice(item)

    def _choice(self, item: Choice) -> tuple[str, list[tuple[str, ...]]]:
        compiled = [self._sequence(branch) for branch in item.branches]
        regex = "|".join(regex for regex, _ in compiled)
        return f"(?:{regex})", _union([sets for _, sets in compiled])

    def _ref(self, item: Ref) -> tuple[str, list[tuple[str, ...]]]:
        owner = "'s" if item.owner else ""
        if item.name in _SIDES:
            regex = _SIDES[item.name]
            return regex + (owner or "(?!'s)"), [tuple(regex.strip("[]"))]
        if item.name in _BUILT_IN:
            return _BUILT_IN[item.name], []
        if item.name not in self._vocabulary:
            raise PhraseError(f"no vocabulary list is called <{item.name}>", 1)
        if item.name not in self._lists:
            self._lists[item.name] = ("", [])
            branches = tuple(parse_phrase(text) for text in self._vocabulary[item.name])
            regex, sets = self._choice(Choice(branches))
            self._lists[item.name] = (regex, sets)
        regex, cached = self._lists[item.name]
        if not regex:
            raise PhraseError(f"the vocabulary list <{item.name}> contains itself", 1)
        return regex + owner, cached


def _gap(gap: Gap, *, glued: bool) -> str:
    guard = f"(?!{_NOT})" if gap.stops_at_not else ""
    lead = "" if glued else rf"{_EDGE}[ -]"
    return rf"{lead}(?:{guard}[^\s;]+ ){{0,{gap.size}}}?{_EDGE}"


def _literal(word: str) -> str:
    """The longest piece of a word that stands in the text as it is, whatever joins its parts there."""
    return max(re.split(r"[-']", word), key=len)


def _dullness(literals: tuple[str, ...]) -> tuple[float, int]:
    """Smaller for sets that few clauses hold: long words, few alternatives."""
    score = sum(2.0 if word in _DULL or word in MARKS else 1.0 / len(word) for word in literals)
    return score, len(literals)


def _union(branches: list[list[tuple[str, ...]]]) -> list[tuple[str, ...]]:
    """What must be there when any one of the branches is: the best set of each, together."""
    if not all(branches):
        return []
    best = [min(sets, key=_dullness) for sets in branches]
    return [tuple(dict.fromkeys(word for literals in best for word in literals))]
