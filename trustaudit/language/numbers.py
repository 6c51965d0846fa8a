"""Numbers in words and digits: *thirty*, *forty-five*, *one hundred and twenty*, *1,500.50*, *one-half*."""

from __future__ import annotations

import re

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_VALUES = (
    {word: float(value) for value, word in enumerate(_ONES)}
    | {word: 20.0 + 10 * step for step, word in enumerate(_TENS)}
    | {"fourty": 40.0, "dozen": 12.0}
)
_SCALES = {"hundred": 100.0, "thousand": 1_000.0, "million": 1_000_000.0, "billion": 1_000_000_000.0}
_WORD = "|".join(sorted((*_VALUES, *_SCALES), key=lambda word: (-len(word), word)))
FIRST_WORD = rf"(?:{_WORD})"
IN_WORDS = rf"(?:(?:{_WORD})(?:(?:[ -]|,? and )(?:{_WORD})){{0,12}})"
IN_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"


def from_words(text: str) -> float | None:
    """*forty-five* → 45; None where the words make no number. Case does not matter."""
    total = part = 0.0
    seen = False
    for word in re.findall(r"[a-z]+", text.lower()):
        if word in _VALUES:
            part += _VALUES[word]
        elif word == "hundred":
            part = (part or 1.0) * 100.0
        elif word in _SCALES:
            total += (part or 1.0) * _SCALES[word]
            part = 0.0
        elif word != "and":
            return None
        seen = True
    return total + part if seen else None


def from_digits(text: str) -> float:
    """*1,500.50* → 1500.5."""
    return float(text.replace(",", ""))


def number(text: str) -> float | None:
    """The value of a number in digits or in words; None where it is neither."""
    if re.fullmatch(IN_DIGITS, text):
        return from_digits(text)
    return from_words(text)
