"""The noun that a figure is of: *the welcome bonus is 50 euros*, *a unit price of 0.28 euros*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from trustaudit.language.amounts import Amount, Measurable

_LINK = re.compile(
    r"(?P<noun>(?:[a-z][a-z'-]* ){1,5})(?:is|are|was|of|costs?|cost|at|amounts? to|equals|will be"
    r"|shall be)\s?:?"
    r"\s(?:only |just |up to |at most |about |approximately |a total of |max(?:imum)? )?\Z"
)
_COLON = re.compile(r"(?P<noun>(?:[a-z][a-z'-]* ){0,4}[a-z][a-z'-]*):\s\Z")
_STOP = frozenset(
    """
    the a an this that each every any your our my their its his her of for to in on at by with and or as
    such said
    is are be been was were will shall may must can should would has have had new one only all per from up
    not no
    it you we they he she there which who whom whose where when if than then so more less most least total
    amount
    amounts sum sums period periods term value price fee fees cost costs charge charges rate rates maximum
    minimum
    least notice under after before within during between payment payments additional other further equal
    following per least first last next time times part due paid payable agreed using order ordered
    """.split()  # noqa: SIM905 - a list of words reads as words
)
_HEADS = frozenset({"price", "fee", "fees", "cost", "costs", "charge", "charges", "rate", "term", "period"})
"""Heads that say nothing without the word before them."""
_INSTANCES = frozenset(
    """
    balance invoice total subtotal order account bill statement amount payment instalment installment booking
    transaction purchase receipt credit debit today due customer case claim number client dear hello please
    """.split()  # noqa: SIM905
)
"""What is another sum for every customer: no two papers contradict each other by it."""
_GENERAL = frozenset(
    {"late fee", "late charge", "return fee", "cancellation fee", "notice period", "trial period"}
)
"""What may be of several things: a list of topics tells which."""
_VERBAL = re.compile(r"(?:ed|ing|ly|lose|lost|buy|pay|get|give|make|take|ask|add|see|send|want|need|like) ")
_SHORT = 20  # words of a sentence that is about one thing


def heads_of(text: str, amount: Amount, within: Sequence[Amount]) -> tuple[str, ...]:
    """What a figure is of, two words each without plural; none where it cannot be told.

    Of the only sum in a short sentence every pair of nouns there may be what it is of.
    """
    head = linked_head(text, amount, within)
    if head:
        return (head,)
    alone = amount.kind is Measurable.MONEY and sum(one.kind is amount.kind for one in within) == 1
    return tuple(_pairs(text)) if alone and text.count(" ") <= _SHORT else ()


def linked_head(text: str, amount: Amount, within: Sequence[Amount]) -> str:
    """The noun to which *is*, *of*, *costs* or a colon ties a figure; empty for none or one too general."""
    before = max([other.end for other in within if other.end <= amount.start], default=0)
    window = text[max(before, amount.start - 70) : amount.start]
    found = _LINK.search(window) or (_COLON.search(window) if amount.kind is Measurable.MONEY else None)
    head = _pair(found["noun"].split()) if found else ""
    return "" if head in _GENERAL else head


def _pair(words: list[str]) -> str:
    """The last two nouns of a phrase."""
    while words and words[-1] in _STOP - _HEADS:
        words.pop()
    named: list[str] = []
    for word in reversed(words):
        if word in _STOP - _HEADS or word.endswith("'s") or len(named) == 2:
            break
        named.insert(0, _singular(word.strip("'")))
    return " ".join(named) if len(named) == 2 and not _INSTANCES & set(named) else ""


def _pairs(text: str) -> Iterator[str]:
    """Two words in a row that are both names of things, as far as a list of others tells."""
    words = re.findall(r"[a-z][a-z'-]+|[^\sa-z]", text)
    for one, other in pairwise(words):
        both = {one, other}
        if min(len(one), len(other)) > 2 and not both & _STOP and not _VERBAL.search(f"{one} {other} "):
            pair = {_singular(one), _singular(other)}
            if not pair & _INSTANCES:
                yield f"{_singular(one)} {_singular(other)}"


def _singular(word: str) -> str:
    return (
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    )
