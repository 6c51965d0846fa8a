"""Under which conditions a norm holds, and what it excepts: spans of the clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trustaudit.document import Span

_TAIL = r"[^,;.()]{2,200}"
_CONDITION = re.compile(
    rf"\b(?:if|when|whenever|where|once|as soon as|upon|after|before|within|until|during|in the event(?: that| of)?|in case(?: of)?|so long as|as long as|subject to|on condition that|"
    rf"at any time|from time to time|at (?:its|their|your|our|[ꓚꓜꓐꓑ]'s) (?:own |sole |absolute )*(?:discretion|option|election)|in (?:its|their|[ꓚꓜꓐꓑ]'s) (?:own |sole |absolute )*(?:discretion|opinion)|"
    rf"with(?:out)? (?:the )?(?:prior |written |express |further |[ꓚꓜꓐꓑ]'s )*(?:consent|notice|approval|cause|reason|permission)|for (?:any|no) (?:or no )?reason|for (?:convenience|cause)|"
    rf"by (?:giving|providing)|on (?:at least )?(?:\w+ )?(?:\(\d+\) )?(?:days|weeks|months)'?|with (?:at least )?(?:\w+ )?(?:\(\d+\) )?(?:days|weeks|months)'?)(?:\b{_TAIL})?"
)
_EXCEPTION = re.compile(
    rf"\b(?:except(?: (?:that|for|as|where|if|to the extent|in))?|unless|provided(?:,)? (?:however,? )?that|save(?: for| that| as)|other than|notwithstanding|excluding|but not|nothing in this (?:section|clause|paragraph))\b{_TAIL}"
)


def conditions(text: str, start: int, end: int) -> Iterator[Span]:
    """Ranges of ``text[start:end]`` that say when: *if …*, *upon thirty days' notice*, *at its sole discretion*."""
    for found in _CONDITION.finditer(text, start, end):
        yield Span(found.start(), found.end())


def exceptions(text: str, start: int, end: int) -> Iterator[Span]:
    """Ranges of ``text[start:end]`` that take out of the norm: *except …*, *unless …*, *provided that …*."""
    for found in _EXCEPTION.finditer(text, start, end):
        yield Span(found.start(), found.end())
