"""A safe change that a rule declares, as data, and what it makes of a passage.

Only wording and typography: the meaning and the order of what is said stay. A passage for which the rule
declares nothing is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from trustaudit.document import Span

_WORD = re.compile(r"[^\W\d_]+")
_BEGINS = re.compile(r"(?:\A|[.!?:]\s+|\n\s*)[\s\"'“‘(*_>•–—-]*\Z")


@dataclass(frozen=True, slots=True)
class FixExample:
    """A text before and after the fix: run as a test."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What may be changed in a passage that the rule finds.

    ``replace``: the whole passage, in lower case with single blanks, and its new wording. ``calm``: words
    that may be set in small letters where the passage is nothing but such words in capitals. ``once``: marks
    of which one is enough.
    """

    replace: Mapping[str, str] = field(default_factory=dict)
    calm: tuple[str, ...] = ()
    once: str = ""
    results: tuple[FixExample, ...] = ()


def changes(fix: Fix, text: str, span: Span) -> tuple[tuple[Span, str], ...]:
    """Which parts of a finding become what, in order, none overlapping another.

    A finding may reach from the first to the last of several passages of one clause; each of them is changed.
    """
    found: list[tuple[Span, str]] = []
    end = span.start
    for match in _pattern(fix).finditer(text, span.start, span.end):
        made = _made(fix, text, match)
        if made != match[0] and match.start() >= end:
            found.append((Span(*match.span()), made))
            end = match.end()
    return tuple(found)


def _pattern(fix: Fix) -> re.Pattern[str]:
    """What the fix may change: its phrases, rows of a mark, words in capitals."""
    phrases = sorted(fix.replace, key=len, reverse=True)
    parts = [r"\s+".join(map(re.escape, phrase.split())) for phrase in phrases]
    branches = [rf"(?<![\w-])(?i:{'|'.join(parts)})(?![\w-])"] if parts else []
    branches += [f"{re.escape(mark)}{{2,}}" for mark in fix.once]
    branches += [_CAPITALS] if fix.calm else []
    return re.compile("|".join(branches))


_CAPITALS = r"\b[A-Z]{2,}\b(?:[ '’,-]+\b[A-Z]{2,}\b)*"


def _made(fix: Fix, text: str, match: re.Match[str]) -> str:
    quote = match[0]
    wording = fix.replace.get(" ".join(quote.split()).casefold())
    if wording is not None:
        return _in_case_of(quote, wording)
    if quote[0] in fix.once:
        return quote[0]
    if any(word.lower() not in fix.calm for word in _WORD.findall(quote)) or _goes_on(text, match):
        return quote  # a name, an abbreviation: nobody has said that it may be written small
    made = quote.lower()
    return made[0].upper() + made[1:] if _BEGINS.search(text, 0, match.start()) else made


_CAPITAL_BEFORE = re.compile(r"\b[A-Z]{2,}[\s'’,-]+\Z")
_CAPITAL_BEHIND = re.compile(r"[\s'’,-]+[A-Z]{2,}\b")
_NEAR = 80  # characters; longer than any word in capitals and what stands behind it


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether words in capitals stand beside these: half a shout would be set small."""
    before = text[max(match.start() - _NEAR, 0) : match.start()]
    return bool(_CAPITAL_BEFORE.search(before) or _CAPITAL_BEHIND.match(text, match.end()))


def _in_case_of(quote: str, wording: str) -> str:
    """The wording with the capitals of what it stands for."""
    if len(quote) > 1 and quote.isupper():
        return wording.upper()
    return wording[0].upper() + wording[1:] if quote[0].isupper() else wording
