"""Numbers as lists write them: 3, 03, c, C, iii, III, 3rd, third."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_MARKS = "*†‡§"


def decimal(number: int) -> str:
    return str(number)


def roman(number: int) -> str:
    """Lower case; numbers that have no Roman form stay decimal."""
    if not 0 < number < 4000:
        return str(number)
    parts = []
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        parts.append(sign * count)
    return "".join(parts)


def letters(number: int) -> str:
    """From a to z, then aa, bb: the letter is repeated, as Word does."""
    if not 0 < number <= 26 * 30:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def alphabetic(number: int) -> str:
    """From a to z, then aa, ab: counting on, as OpenDocument does by default."""
    if number < 1:
        return str(number)
    out = ""
    while number:
        number, digit = divmod(number - 1, 26)
        out = chr(ord("a") + digit) + out
    return out


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def cardinal_words(number: int) -> str:
    """Thirty-one; numbers of four digits and more stay digits."""
    words = _words(number)
    return words[:1].upper() + words[1:]


def ordinal_words(number: int) -> str:
    """Thirty-first."""
    words = _words(number)
    if words[:1].isdigit() or words.startswith("-"):
        return ordinal(number)
    head, dash, last = words.rpartition("-")
    head, dash, last = (head, dash, last) if dash else words.rpartition(" ")
    turned = _ORDINALS.get(last, f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    spoken = head + dash + turned
    return spoken[:1].upper() + spoken[1:]


def marks(number: int) -> str:
    """*, †, ‡, §, **, ††: the signs of footnotes."""
    if not 0 < number <= 4 * 30:
        return str(number)
    return _MARKS[(number - 1) % 4] * ((number - 1) // 4 + 1)


def _words(number: int) -> str:
    if not 0 <= number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    if hundreds:
        return f"{_SMALL[hundreds]} hundred" + (f" {_words(rest)}" if rest else "")
    if number < 20:
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens] + (f"-{_SMALL[ones]}" if ones else "")


def upper(form: Callable[[int], str]) -> Callable[[int], str]:
    """The same numerals in capitals."""
    return lambda number: form(number).upper()
