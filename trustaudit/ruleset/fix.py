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


def fixed(fix: Fix, text: str, span: Span) -> str | None:
    """The new wording of ``text[span]``, or None where the rule declares none for it."""
    quote = text[span.start : span.end]
    wording = fix.replace.get(" ".join(quote.split()).casefold())
    if wording is not None:
        made = _in_case_of(quote, wording)
    elif fix.once and len(set(quote)) == 1 and quote[0] in fix.once:
        made = quote[0]
    elif fix.calm and quote.isupper() and all(word.lower() in fix.calm for word in _WORD.findall(quote)):
        made = quote.lower()
        if _BEGINS.search(text, 0, span.start):
            made = made[0].upper() + made[1:]
    else:
        return None
    return made if made != quote else None


def _in_case_of(quote: str, wording: str) -> str:
    """The wording with the capitals of what it stands for."""
    if len(quote) > 1 and quote.isupper():
        return wording.upper()
    return wording[0].upper() + wording[1:] if quote[0].isupper() else wording
