"""Signs of what a message is for: classes of words and a few forms, with what each adds to the odds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from trustaudit import resources
from trustaudit.errors import RuleError

FILE = "purpose-signs.yaml"
_WORD = re.compile(r"[^\W_]+(?:[-'&.][^\W_]+)*|%")
_LONGEST = 4  # words in one term
_DAYS = r"mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun"
_MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
FORMS: Mapping[str, re.Pattern[str]] = {
    "<clock>": re.compile(
        r"\b\d{1,2}[.:]\d\d\b(?!\s?(?:%|eur|usd|gbp|kr))|\b\d{1,2} ?(?:am|pm|a\.m|p\.m|o'clock)\b"
        r"|\b(?:at|from|till?|until|by|half|quarter (?:past|to)|before|after) (?:[1-9]|1[0-2]|one|two|three"
        r"|four|five|six|seven|eight|nine|ten|eleven|twelve|noon)\b(?! (?:days?|weeks?|months?|per|%))"
    ),
    "<day>": re.compile(
        rf"\b(?:{_DAYS})(?:days?|s)?\b|\btomorrow\b|\btonight\b"
        rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS}|may)\b"
        rf"|\b(?:{_MONTHS}|may) \d{{1,2}}\b|\b\d{{1,2}}/\d{{1,2}}\b|\bthe \d{{1,2}}(?:st|nd|rd|th)\b"
    ),
    "<sum>": re.compile(
        r"(?:[$€£¥₹]|\b(?:rs|inr|aud|cad|chf|eur|usd|gbp|kr|r)\.? ?)\d"
        r"|\d[\d.,]* ?(?:[$€£₹]|(?:dollars?|euros?|eur|pounds?|quid|bucks|kr|rupees|cents"
        r"|francs|usd|gbp|chf)\b)"
        r"|\b\d+[.,]\d\d\b(?! ?(?:am|pm|to|till))"
    ),
    "<percent>": re.compile(r"\d ?(?:%|percent|per cent)"),
    "<code>": re.compile(r"\b\d{3}[ -]?\d{3}\b(?! ?\d)"),
    "<ask>": re.compile(r"\?"),
    "<amount>": re.compile(r"\{\{?[^}]*(?:amount|total|price|balance)[^}]*\}|\$\{?\w*(?:amount|total|price)"),
}
"""What is known by its form rather than by a word."""


@dataclass(frozen=True)
class Signs:
    """Class by stems of a term, and points: class → purpose → points at full strength."""

    terms: Mapping[tuple[str, ...], tuple[str, ...]]
    first: Mapping[str, int]  # stem a term begins with → words of the longest such term
    points: Mapping[str, Mapping[str, float]]
    bias: Mapping[str, float]
    hand: float  # what one point of a phrase of purposes.yaml counts
    file: float  # and one of the file's name


@cache
def signs() -> Signs:
    """The signs that come with trustaudit."""
    return _load(resources.rules_dir() / FILE)


@cache
def _load(path: Path) -> Signs:
    return read_signs(path.read_text(encoding="utf-8"), path.name)


def read_signs(source: str, path: str) -> Signs:
    """The signs from YAML; ``RuleError`` says what is wrong."""
    import yaml

    try:
        data = yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  both safe
        terms: dict[tuple[str, ...], list[str]] = {}
        for name, words in data["classes"].items():
            for term in words:
                terms.setdefault(tuple(map(stem, words_of(str(term)))), []).append(str(name))
        points = {
            str(name): {str(purpose): float(value) for purpose, value in row.items()}
            for name, row in data.get("points", {}).items()
        }
        bias = {str(purpose): float(value) for purpose, value in data.get("bias", {}).items()}
        hand, file = float(data.get("hand", 1.0)), float(data.get("file", 1.0))
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise RuleError(f"{path}: not a list of signs: {error}") from error
    first: dict[str, int] = {}
    for stems in terms:
        first[stems[0]] = max(first.get(stems[0], 0), len(stems))
    return Signs({key: tuple(names) for key, names in terms.items()}, first, points, bias, hand, file)


def words_of(text: str) -> list[str]:
    """The words of a text in lower case; ``%`` is one."""
    return _WORD.findall(text.lower().replace("’", "'"))


def classes_in(text: str, known: Signs) -> Iterator[str]:
    """The classes that a text shows, as often as it does; the longest term at each place."""
    stems = [stem(word) for word in words_of(text)]
    at = 0
    while at < len(stems):
        longest = min(known.first.get(stems[at], 0), len(stems) - at, _LONGEST)
        for size in range(longest, 0, -1):
            found = known.terms.get(tuple(stems[at : at + size]))
            if found:
                yield from found
                at += size - 1
                break
        at += 1
    low = text.lower()
    for name, form in FORMS.items():
        if form.search(low):
            yield name


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its English ending: *delivered*, *delivering*, *deliveries* and *delivery* are one."""
    word = word.removesuffix("'s").removesuffix("'")
    for ending, least in (("ing", 6), ("ed", 5), ("ies", 5), ("es", 5), ("s", 4), ("y", 5), ("e", 4)):
        if len(word) >= least and word.endswith(ending) and not word.endswith(("ss", "us", "is")):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] != "s":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word
