"""The noun that a figure is of: *the welcome bonus is 50 euros*, *a unit price of 0.28 euros*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trustaudit.language.amounts import Amount, Measurable

_LINK = re.compile(
    r"(?P<noun>(?:[a-z][a-z'-]* ){1,5})(?:is|are|was|of|costs?|cost|at|amounts? to|equals|will be|shall be)\s?:?"
    r"\s(?:only |just |up to |at most |about |approximately |a total of |max(?:imum)? )?\Z"
)
_COLON = re.compile(r"(?P<noun>(?:[a-z][a-z'-]* ){0,4}[a-z][a-z'-]*):\s\Z")
_STOP = frozenset(
    """
    the a an this that each every any your our my their its his her of for to in on at by with and or as such said
    is are be been was were will shall may must can should would has have had new one only all per from up not no
    it you we they he she there which who whom whose where when if than then so more less most least total amount
    amounts sum sums period periods term value price fee fees cost costs charge charges rate rates maximum minimum
    least notice under after before within during between payment payments additional other further equal
    following per least first last next time times part due paid payable agreed using order ordered
    """.split()  # noqa: SIM905 - a list of words reads as words
)
_HEADS = frozenset({"price", "fee", "fees", "cost", "costs", "charge", "charges", "rate", "term", "period"})
"""Heads that say nothing without the word before them."""


def head_of(text: str, amount: Amount, within: Sequence[Amount]) -> str:
    """Two words or three that name what a figure is of, without plural; empty where none can be told."""
    before = max([other.end for other in within if other.end <= amount.start], default=0)
    window = text[max(before, amount.start - 70) : amount.start]
    found = _LINK.search(window) or (_COLON.search(window) if amount.kind is Measurable.MONEY else None)
    if not found:
        return ""
    words = found["noun"].split()
    while words and words[-1] in _STOP - _HEADS:
        words.pop()
    named: list[str] = []
    for word in reversed(words):
        if word in _STOP - _HEADS or len(named) == 2:
            break
        if word.endswith("'s"):
            break
        named.insert(0, _singular(word.strip("'")))
    return " ".join(named) if len(named) == 2 else ""


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
