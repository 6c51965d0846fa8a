"""The words of a passage that tell what it is about, without their endings."""

from __future__ import annotations

import re
from functools import lru_cache

from trustaudit.ruleset.phrase import MARKS

_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_STOP = frozenset(
    """
    the a an this that these those each every any all some no not never our your my their his her its of
    for to in on at
    by with without and or but nor as such is are be been being was were will shall may might must can
    could should
    would has have had do does did it they we you he she who whom which what when where if unless than then
    there here so
    more less most least very only also just up down out off over under about into from per within during
    between before
    after until till since upon through against both either neither other another same own one two three
    four five six
    seven eight nine ten twelve day days week weeks month months year years hour hours minute minutes
    business working
    calendar written writing please dear hello regards kind thank thanks however therefore hereby herein
    thereof hereof
    said agreement contract terms party parties section clause case cases time times make makes made get
    gets give
    gives given take takes taken come comes use used using apply applies subject including amount number
    period term
    percent dollars euros pounds eur usd gbp chf s t maximum minimum first last
    """.split()  # noqa: SIM905 - a list of words reads as words
)
_SAME = {
    "telephon": "phon",
    "shipp": "deliver",
    "shipment": "deliver",
    "delivery": "deliver",
    "postag": "deliver",
    "cancellation": "cancel",
    "termination": "terminat",
    "payment": "pay",
    "payabl": "pay",
    "paid": "pay",
    "bill": "invoic",
    "invoice": "invoic",
    "repaid": "repay",
    "refundabl": "refund",
    "kept": "keep",
    "sent": "send",
    "sold": "sell",
    "told": "tell",
    "held": "hold",
    "lost": "los",
    "availability": "availab",
    "reminded": "remind",
    "reminder": "remind",
    "cost": "price",
    "notic": "notif",
    "notification": "notif",
    "notify": "notif",
    "answer": "respond",
    "repli": "respond",
    "reply": "respond",
    "response": "respond",
    "respons": "respond",
    "erasur": "eras",
    "delet": "eras",
    "deletion": "eras",
    "visitor": "visit",
}
"""Endings that no rule takes off, and words that say the same of a figure."""


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its ending: *invoices* and *invoiced* are one."""
    if word in _SAME:
        return _SAME[word]
    bare = word.removesuffix("'s")
    for end in ("ing", "ies", "es", "ed", "s", "e", "y"):
        if bare.endswith(end) and len(bare) - len(end) > 2:
            bare = bare.removesuffix(end)
            break
    if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "ls":
        bare = bare[:-1]
    return _SAME.get(bare, bare)


def stems(text: str) -> frozenset[str]:
    """The stems of the words that weigh, of a text as phrases see it; the marks of the sides are none."""
    words = _WORD.findall(text)
    return frozenset(
        stem(word) for word in words if len(word) > 2 and word not in _STOP and word[0] not in MARKS
    )
