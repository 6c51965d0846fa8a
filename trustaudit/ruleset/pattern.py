"""Phrases to patterns: regular expressions, and the steps by which a clause is known to be worth trying."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from trustaudit.ruleset.phrase import (
    BOTH,
    COMPANY,
    CUSTOMER,
    MARKS,
    NEITHER,
    PARTY,
    Choice,
    Edge,
    Gap,
    Item,
    Mark,
    Phrase,
    PhraseError,
    Ref,
    Word,
    parse_phrase,
)

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

_SEP = r"[^\w;.!?]{1,4}"
_EDGE = r"[^\w\s;]{0,3}"
_NOT = r"(?:not|never|nor|neither|cannot)\b"
_DULL = frozenset(
    "may will shall must the this that any all not and for with from have has are our your can been".split()  # noqa: SIM905
)


_WIDTHS = {"number": 1, "money": 3, "small-money": 3, "percent": 3, "period": 5}
"""The most words that a built-in name can take up."""


@dataclass(frozen=True, slots=True)
class Step:
    """One of ``words`` comes at most ``reach`` words behind the step before; ``*`` ends a prefix."""

    words: tuple[str, ...]
    reach: int


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is known of a piece of a phrase without its expression: its steps and the most words it takes."""

    steps: tuple[Step, ...]
    width: int
    tail: int  # words that may follow the last step within the piece


class Pattern:
    """A phrase ready to be searched for; its expression is built when it is asked for: most never are."""

    def __init__(self, phrase: Phrase | str, steps: tuple[Step, ...], compiler: Compiler) -> None:
        self._phrase = phrase
        self.steps = steps
        self._compiler = compiler

    @cached_property
    def regex(self) -> str:
        """Over the text of a clause as rules see it."""
        phrase = self._phrase
        return self._compiler.expression(parse_phrase(phrase) if isinstance(phrase, str) else phrase)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.regex)

    @cached_property
    def literals(self) -> tuple[tuple[str, ...], ...]:
        """Sets of strings of which each has a member in every text that matches, the rarest set first."""
        sets = [tuple(word.rstrip("*") for word in step.words) for step in self.steps]
        return tuple(sorted(sets, key=dullness))

    def may_match(self, text: str) -> bool:
        """Are the words there that it cannot do without? Costs no expression; most texts lack some."""
        return all(any(word in text for word in words) for words in self.literals)

    def matches(self, text: str) -> bool:
        """Does it match somewhere in a text as rules see it?"""
        return self.may_match(text) and self.compiled.search(text) is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where it matches, without matches of nothing."""
        return [found.span() for found in self.compiled.finditer(text) if found.end() > found.start()]


class Compiler:
    """Phrases to patterns with one vocabulary; each phrase and each list is compiled once.

    ``steps`` are those of phrases that are known already, and are then neither parsed nor checked again.
    """

    def __init__(
        self, vocabulary: Mapping[str, Sequence[str]], steps: Mapping[str, tuple[Step, ...]] | None = None
    ) -> None:
        self._vocabulary = vocabulary
        self._known = steps or {}
        self._patterns: dict[str, Pattern] = {}
        self._under_way: set[str] = set()  # lists whose shape is being found
        self._shapes: dict[str, _Shape] = {}
        self._expressions: dict[str, str] = {}

    def compile(self, text: str) -> Pattern:
        """Raises ``PhraseError`` where the phrase is wrong or names an unknown list."""
        if text not in self._patterns:
            known = self._known.get(text)
            self._patterns[text] = (
                self._pattern(parse_phrase(text)) if known is None else Pattern(text, known, self)
            )
        return self._patterns[text]

    @property
    def steps(self) -> dict[str, tuple[Step, ...]]:
        """The steps of every phrase that was compiled."""
        return {text: pattern.steps for text, pattern in self._patterns.items()}

    def compile_list(self, name: str) -> Pattern:
        """The pattern that finds any phrase of a vocabulary list, or a side or built-in name."""
        text = f"<{name}>"
        if text not in self._patterns:
            phrase, known = (Ref(name),), self._known.get(text)
            self._patterns[text] = self._pattern(phrase) if known is None else Pattern(phrase, known, self)
        return self._patterns[text]

    def knows(self, name: str) -> bool:
        """Is there a vocabulary list of this name?"""
        return name in self._vocabulary

    def patterns_of(self, name: str) -> list[Pattern]:
        """One pattern for each phrase of a vocabulary list, in its order; none for an unknown list."""
        return [self.compile(text) for text in self._vocabulary.get(name, ())]

    def _pattern(self, phrase: Phrase) -> Pattern:
        return Pattern(phrase, self._shape(phrase).steps, self)

    # What must be there

    def _shape(self, phrase: Phrase) -> _Shape:
        steps: list[Step] = []
        width = reach = 0
        for item in phrase:
            shape = self._item_shape(item)
            if shape.steps:
                first, *rest = shape.steps
                steps += [Step(first.words, reach + first.reach), *rest]
                reach = shape.tail
            else:
                reach += shape.width
            width += shape.width
        return _Shape(tuple(steps), width, reach)

    def _item_shape(self, item: Item) -> _Shape:
        if isinstance(item, Word):
            return _Shape((Step((_literal(item),), 1),), 1, 1)
        if isinstance(item, Gap):
            return _Shape((), item.size + 1, 0)
        if isinstance(item, Ref):
            return self._ref_shape(item.name)
        if isinstance(item, Choice):
            return self._choice_shape(item.branches, optional=item.optional)
        return _Shape((), 0, 0)

    def _ref_shape(self, name: str) -> _Shape:
        if name in _SIDES:
            return _Shape((Step(tuple(_SIDES[name].strip("[]")), 1),), 1, 1)
        if name in _BUILT_IN:
            return _Shape((), _WIDTHS[name], 0)
        if name not in self._shapes:
            if name in self._under_way:
                raise PhraseError(f"the vocabulary list <{name}> contains itself", 1)
            self._under_way.add(name)
            self._shapes[name] = self._choice_shape(self._list(name), optional=False)
            self._under_way.remove(name)
        return self._shapes[name]

    def _choice_shape(self, branches: Sequence[Phrase], *, optional: bool) -> _Shape:
        shapes = [self._shape(branch) for branch in branches]
        width = max(shape.width for shape in shapes)
        if optional or not all(shape.steps for shape in shapes):
            return _Shape((), width, 0)
        best = [min((step.words for step in shape.steps), key=dullness) for shape in shapes]
        words = tuple(dict.fromkeys(word for words in best for word in words))
        return _Shape((Step(words, width),), width, width)

    def _list(self, name: str) -> tuple[Phrase, ...]:
        if name not in self._vocabulary:
            raise PhraseError(f"no vocabulary list is called <{name}>", 1)
        return tuple(parse_phrase(text) for text in self._vocabulary[name])

    # What it looks like

    def expression(self, phrase: Phrase) -> str:
        """The regular expression of a phrase."""
        out: list[str] = []
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
                inner = self._choice(item.branches)
                out.append(f"(?:{inner}{_SEP})?" if glued else f"(?:{_SEP}{inner})?")
            else:
                out.append(self._one(item) if glued else _SEP + self._one(item))
                glued = False
        return "".join(out)

    def _one(self, item: Word | Ref | Choice) -> str:
        if isinstance(item, Word):
            return rf"\b{re.escape(item.text)}" + (r"\w*" if item.prefix else r"\b") + r"(?:'s\b)?"
        if isinstance(item, Choice):
            return self._choice(item.branches)
        if item.name in _SIDES:
            return _SIDES[item.name] + ("'s" if item.owner else "(?!'s)")
        if item.name in _BUILT_IN:
            return _BUILT_IN[item.name]
        if item.name not in self._expressions:
            self._expressions[item.name] = self._choice(self._list(item.name))
        return self._expressions[item.name] + ("'s" if item.owner else "")

    def _choice(self, branches: Sequence[Phrase]) -> str:
        return f"(?:{'|'.join(self.expression(branch) for branch in branches)})"


def _gap(gap: Gap, *, glued: bool) -> str:
    guard = f"(?!{_NOT})" if gap.stops_at_not else ""
    lead = "" if glued else rf"{_EDGE}[ -]"
    return rf"{lead}(?:{guard}[^\s;]+ ){{0,{gap.size}}}?{_EDGE}"


def _literal(word: Word) -> str:
    """The longest piece of a word that stands in the text by itself, whatever joins its parts there."""
    *inner, last = re.split(r"[-']", word.text)
    return max([*inner, last + "*" * word.prefix], key=lambda piece: len(piece.rstrip("*")))


def dullness(words: Sequence[str]) -> tuple[float, int]:
    """Smaller for sets that few clauses hold: long words, few alternatives."""
    score = sum(2.0 if word in _DULL or word in MARKS else 1.0 / len(word) for word in words)
    return score, len(words)
