"""Under which conditions a norm holds, and what it excepts: ranges of the clause."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from trustaudit.document import Span

_TAIL = r"[^,;.()]{2,200}"
_WILL = (
    r"(?:its|their|your|our|[ꓚꓜꓐꓑ]'s) (?:own |sole |absolute |reasonable )*(?:discretion|option|election"
    r"|opinion|judge?ment)"
)
_TIME = r"(?:at least )?(?:[a-z-]+ )?(?:\(\d+\) )?(?:\d+ )?(?:business )?(?:days|weeks|months)'?"
_CONDITION = re.compile(
    rf"\b(?:if|when|whenever|where|once|as soon as|upon|after|before|within|until|during|in the event"
    rf"(?: that| of)?"
    rf"|in case(?: of)?|so long as|as long as|subject to|on condition that|at any time|from time to time"
    rf"|(?:at|in) {_WILL}|by (?:giving|providing)|for (?:convenience|cause|(?:any|no)(?: or no)? reason)"
    rf"|with(?:out)? (?:the |a |any )?(?:prior |written |express |further |[ꓚꓜꓐꓑ]'s )*"
    rf"(?:consent|notice|approval|cause|reason|permission)|(?:on|with) {_TIME})\b(?:{_TAIL})?"
)
_EXCEPTION = re.compile(
    rf"\b(?:except(?: (?:that|for|as|where|if|to the extent|in))?|unless|provided,? (?:however,? )?that"
    rf"|save(?: for| that| as)|other than|notwithstanding|excluding|but not|nothing in this (?:section"
    rf"|clause))\b{_TAIL}"
)
_LEADING = 5  # conditions before the first norm that are carried to every norm of the clause


@dataclass(frozen=True, slots=True)
class Terms:
    """The conditions and exceptions of a clause, in order; ``first`` is where its first norm begins."""

    conditions: tuple[Span, ...]
    exceptions: tuple[Span, ...]
    first: int

    @staticmethod
    def of(text: str, own: int, first: int) -> Terms:
        """Those of ``text`` behind ``own``."""
        return Terms(tuple(_spans(_CONDITION, text, own)), tuple(_spans(_EXCEPTION, text, own)), first)

    def conditions_of(self, start: int, end: int) -> Iterator[Span]:
        """Those inside a norm, and those that open the clause before its first norm."""
        return _of(self.conditions, self.first, start, end)

    def exceptions_of(self, start: int, end: int) -> Iterator[Span]:
        """As ``conditions_of``."""
        return _of(self.exceptions, self.first, start, end)


def _spans(pattern: re.Pattern[str], text: str, start: int) -> Iterator[Span]:
    for found in pattern.finditer(text, start):
        yield Span(*found.span())


def _of(parts: tuple[Span, ...], first: int, start: int, end: int) -> Iterator[Span]:
    for part in parts[:_LEADING]:
        if part.start < first and part.start < start:
            yield part
    at = bisect_left(parts, (start,))
    while at < len(parts) and parts[at].start < end:
        if parts[at].start >= first:
            yield parts[at]
        at += 1
