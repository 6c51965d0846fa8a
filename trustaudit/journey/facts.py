"""The figures of a document and what each is about: a topic by the words round it, or the noun it is of.

A figure is looked at in the words of its own clause. The other figures there are masked: no phrase reaches
over one of the same kind. Where a clause gives two figures of a kind and the words fit both (*30 days in the
first year and 60 days afterwards*), none of them is ``sole``, and none is said to contradict anything.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trustaudit.document import Span
from trustaudit.journey.headnouns import heads_of, linked_head
from trustaudit.journey.told import Told
from trustaudit.journey.topics import Topics
from trustaudit.language.amounts import Amount, Measurable
from trustaudit.language.degrees import said

_BEFORE, _AFTER = 150, 110  # characters round a figure in which the words stand that say what it counts
_STANDS_FOR = {Measurable.PERIOD: "1 day", Measurable.MONEY: "$1", Measurable.PERCENT: "1%"}
_PER = re.compile(
    r"\s?(?:per|an?|each|every|/|for each|for every)\s?(?P<unit>hour|day|week|month|year|annum|kwh|person"
    r"|user|seat|night|guest|reminder|letter|invoice|transaction|item|parcel|order|visit|mile|km)\b"
    r"|\s(?P<adverb>hourly|daily|weekly|monthly|yearly|annually|p\.a\.)"
)
_ADVERBS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month", "yearly": "year",
            "annually": "year", "p.a.": "year", "annum": "year"}  # fmt: skip
_RANGE = re.compile(r"(?<![\w.,])(?:between )?(?P<low>[\d.,]*\d|[a-z]+)(?: to | and | or |-| - )\Z")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of a document. ``value`` is in ``unit``: *day* for any period, *%*, a currency, with *per*.

    ``topic`` is the index of a topic, or -1 for what the noun ``head`` names. ``marks`` are the words that
    tell its subject from others. ``sole``: nothing in its clause makes it doubtful.
    """

    document: int
    topic: int
    head: str
    value: float
    unit: str
    said: str
    span: Span  # the sentence
    place: Span  # the figure itself
    marks: frozenset[int]
    sole: bool
    amount: Amount
    around: str = ""  # the words near it, as phrases see them, without other figures
    at: int = 0  # where it stands in these


def facts(told: Told, topics: Topics) -> Iterator[Fact]:
    """All figures of a document of which it can be said what they count, in order; linear in the text."""
    view = told.reading.view
    known = told.reading.amounts
    starts = [amount.start for amount in known]
    for clause in told.reading.clauses:
        within = known[bisect_left(starts, clause.start) : bisect_left(starts, clause.end)]
        if not within:
            continue
        text = told.reading.clause_text(clause)
        moved = [_moved(amount, clause.start) for amount in _without_rates(within, view.text)]
        own = clause.own - clause.start
        found = list(_of_clause(text, moved, topics))
        for amount, topic, head, sole in found:
            if amount.start < own:
                continue
            place = view.span(clause.start + amount.start, clause.start + amount.end)
            low = max(0, amount.start - _BEFORE)
            marks = topics.apart.owners(text[low : amount.end + _AFTER])
            value, unit = comparable(amount, text)
            words = _said(amount, text)
            quoted = told.around(place)
            around, at = _near(text, moved, amount)
            yield Fact(
                told.index, topic, head, value, unit, words, quoted, place, marks, sole, amount, around, at
            )


def _without_rates(within: Sequence[Amount], text: str) -> Iterator[Amount]:
    """The figures of a clause but for those that another is counted by: *10 hours a month*."""
    before = -9
    for amount in within:
        if amount.start - before > 1 or not text.startswith(("a ", "an "), amount.start):
            yield amount
        before = amount.end


def _moved(amount: Amount, by: int) -> Amount:
    return Amount(amount.kind, amount.value, amount.unit, amount.start - by, amount.end - by)


def _of_clause(
    text: str, within: Sequence[Amount], topics: Topics
) -> Iterator[tuple[Amount, int, str, bool]]:
    """Each figure of a clause with its topics, and whether nothing makes it doubtful."""
    strict = [_topics_at(text, within, at, topics, "#;") for at in range(len(within))]
    for at, amount in enumerate(within):
        others = [other for other, each in enumerate(within) if other != at and each.kind is amount.kind]
        for topic in sorted(strict[at]):
            loose = (other for other in others if not strict[other])
            same = any(topic in strict[other] for other in others)
            doubt = same or any(topic in _topics_at(text, within, other, topics, "#") for other in loose)
            yield amount, topic, "", not doubt
        if not strict[at]:
            for head in heads_of(text, amount, within) or ("",):
                yield amount, -1, head, True
        elif head := linked_head(text, amount, within):
            yield amount, -1, head, True


def _topics_at(text: str, within: Sequence[Amount], at: int, topics: Topics, mask: str) -> frozenset[int]:
    """The topics that the words round a figure tell."""
    amount = within[at]
    around = _masked(text, within, at, mask)
    fits = {topic for topic, _ in topics.says.find(around) if topics.topics[topic].counts is amount.kind}
    return frozenset(fits - topics.unless.owners(around)) if fits else frozenset()


def _masked(text: str, within: Sequence[Amount], at: int, mask: str) -> str:
    """The words round a figure, in which it alone is a figure."""
    amount = within[at]
    low, high = max(0, amount.start - _BEFORE), min(len(text), amount.end + _AFTER)
    parts: list[str] = []
    done = low
    for index, other in enumerate(within):
        if other.end <= low or other.start >= high:
            continue
        parts.append(text[done : max(other.start, done)])
        stop = mask if other.kind is amount.kind else "#"
        parts.append(_STANDS_FOR[amount.kind] if index == at else stop)
        done = other.end
        if index == at:
            done = _past_possessive(text, done)
    parts.append(text[done:high])
    return "".join(parts)


def _near(text: str, within: Sequence[Amount], amount: Amount) -> tuple[str, int]:
    """The words round a figure up to the next ones of its kind, and where it stood in them."""
    ends = [other.end for other in within if other.end <= amount.start and other.kind is amount.kind]
    starts = [other.start for other in within if other.start >= amount.end and other.kind is amount.kind]
    low = max([*ends, amount.start - _BEFORE, 0])
    high = min([*starts, amount.end + _AFTER, len(text)])
    return text[low : amount.start] + " " + text[amount.end : high], amount.start - low


def _past_possessive(text: str, at: int) -> int:
    if text.startswith("'s", at):
        return at + 2
    return at + 1 if text.startswith("'", at) else at


def comparable(amount: Amount, text: str) -> tuple[float, str]:
    """Value and unit of a figure, so that figures of one unit can be compared; rates with their per."""
    days = amount.days
    if days is not None:
        return days, "day"
    found = _PER.match(text, amount.end)
    if not found:
        return amount.value, amount.unit
    per = found["unit"] or found["adverb"]
    return amount.value, f"{amount.unit}/{_ADVERBS.get(per, per)}"


def _said(amount: Amount, text: str) -> str:
    low = _RANGE.search(text, max(0, amount.start - 24), amount.start)
    if low and low["low"][0].isdigit() and amount.kind is Measurable.PERIOD:
        return f"{low['low']} to {said(amount)}"
    return said(amount)
