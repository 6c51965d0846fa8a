"""What a norm hangs on: notice, cause, consent, discretion … found by the vocabulary, weighed here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from trustaudit.document import Span
from trustaudit.language.amounts import Amount, Measurable
from trustaudit.language.reading import Reading
from trustaudit.ruleset.phrase import PhraseError


class Effect(StrEnum):
    """What a term does for who bears the norm."""

    FREES = "frees"  # a power with it is wider
    LIMITS = "limits"  # a power with it is narrower
    SOFTENS = "softens"  # a duty with it is lighter, a power with it is narrower
    HARDENS = "hardens"  # a duty with it is heavier, a power with it is wider
    MARKS = "marks"  # it changes the meaning, for whom cannot be told


@dataclass(frozen=True, slots=True)
class Term:
    """``said`` to a reader."""

    said: str
    effect: Effect


TERMS: Mapping[str, Term] = {
    "term-no-notice": Term("without notice", Effect.FREES),
    "term-no-cause": Term("without a reason", Effect.FREES),
    "term-discretion": Term("at one side's discretion", Effect.FREES),
    "term-any-time": Term("at any time", Effect.FREES),
    "term-at-once": Term("at once", Effect.HARDENS),
    "term-automatic": Term("automatically", Effect.MARKS),
    "term-lasting": Term("for ever, or not to be taken back", Effect.HARDENS),
    "term-not-exclusive": Term("not exclusive", Effect.MARKS),
    "term-exclusive": Term("exclusive", Effect.HARDENS),
    "term-no-charge": Term("at no charge", Effect.MARKS),
    "term-own-cost": Term("at one's own cost", Effect.HARDENS),
    "term-not-refundable": Term("not refundable", Effect.MARKS),
    "term-refundable": Term("refunded", Effect.MARKS),
    "term-notice": Term("with notice", Effect.LIMITS),
    "term-in-writing": Term("in writing", Effect.LIMITS),
    "term-in-advance": Term("in advance", Effect.LIMITS),
    "term-consent": Term("with consent", Effect.LIMITS),
    "term-breach": Term("after a breach", Effect.LIMITS),
    "term-cure": Term("with time to put it right", Effect.LIMITS),
    "term-reasonable": Term("as is reasonable", Effect.SOFTENS),
    "term-material": Term("where it is material", Effect.SOFTENS),
    "term-intent": Term("for intent or gross negligence", Effect.SOFTENS),
    "term-indirect-loss": Term("indirect losses named", Effect.MARKS),
    "term-only": Term("only as said", Effect.LIMITS),
    "term-except": Term("with an exception", Effect.SOFTENS),
    "term-subject-to": Term("subject to something else", Effect.SOFTENS),
    "term-by-law": Term("as the law requires or allows", Effect.SOFTENS),
    "term-jointly": Term("jointly and severally", Effect.HARDENS),
    "term-tacit": Term("deemed, without saying so", Effect.MARKS),
    "term-not": Term("a no", Effect.MARKS),
}
"""Lists of the vocabulary, the most telling first: what an earlier one has found, a later one does not."""

NEGATION = "term-not"
WEIGHTY = frozenset({
    NEGATION, "term-not-refundable", "term-refundable", "term-no-charge", "term-lasting", "term-exclusive",
    "term-not-exclusive", "term-automatic", "term-own-cost", "term-jointly",
})  # fmt: skip
"""What binds even in a sentence without a duty or a right: *fees are not refundable*."""


def terms_in(reading: Reading, text: str) -> dict[str, Span]:
    """The terms of a passage of the view, with the place of the first of each."""
    found: dict[str, Span] = {}
    taken: list[tuple[int, int]] = []
    for name in TERMS:
        for start, end in _spans(reading, name, text):
            if any(start < there_end and there < end for there, there_end in taken):
                continue
            taken.append((start, end))
            found.setdefault(name, Span(start, end))
    return found


THINGS: Mapping[str, tuple[Measurable, ...]] = {
    "degree-limit-of-liability": (Measurable.MONEY, Measurable.PERCENT, Measurable.PERIOD),
    "degree-interest": (Measurable.PERCENT,),
    "degree-time-it-lasts": (Measurable.PERIOD,),
    "degree-time-to-cure": (Measurable.PERIOD,),
    "degree-notice": (Measurable.PERIOD,),
    "degree-time-to-pay": (Measurable.PERIOD,),
}
"""What an amount may count, and what kinds of amount can; among equally near words the first."""

_EACH = re.compile(r"\b(?:every|each|per) \Z")
_OTHER_AMOUNT = re.compile(r"\d")  # the words behind it speak of that one
_AROUND = 45  # characters on both sides of an amount in which the words stand that say what it counts


def thing_of(reading: Reading, text: str, amount: Amount) -> str:
    """What an amount of a passage of the view counts, by the nearest words that say so; else empty."""
    if _EACH.search(text[max(0, amount.start - 12) : amount.start]):
        return ""  # *for every 2 days of delay* counts nothing of the sort
    low, high = max(0, amount.start - _AROUND), min(len(text), amount.end + _AROUND)
    around = text[low:high]
    best = ("", _AROUND + 1)
    for name, kinds in THINGS.items():
        if amount.kind not in kinds:
            continue
        for start, end in _spans(reading, name, around):
            between = text[amount.end : low + start] or text[low + end : amount.start]
            if not _OTHER_AMOUNT.search(between):
                best = (name, len(between)) if len(between) < best[1] else best
    return best[0]


def _spans(reading: Reading, name: str, text: str) -> list[tuple[int, int]]:
    """Where phrases of a list stand; nowhere, where the rules come without the list."""
    try:
        return reading.compiler.compile_list(name).spans(text)
    except PhraseError:
        return []
