"""Kinds that need the whole document: ``required`` and ``reciprocal``. Each joins two halves that the
pass over the clauses has found.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from trustaudit.audit import Confidence, Pair, Severity
from trustaudit.document import Span
from trustaudit.engine.clauses import Seen
from trustaudit.engine.found import Hit
from trustaudit.language.amounts import Amount, Measurable
from trustaudit.language.reading import Reading
from trustaudit.ruleset.phrase import Choice, Phrase, Ref, parse_phrase
from trustaudit.ruleset.rule import Reciprocal

NOT_GIVEN = "nothing in the document gives the same in return"
_AROUND = 60  # characters behind and before a half in which its amount may stand
_WHOLE = 100  # words; what has no more is a passage, of which nobody can say what it lacks
_WEAKER = 0.5  # of what is asked: what gives less than this is no fair return
_COUNTED = {"days": Measurable.PERIOD, "percent": Measurable.PERCENT, "money": Measurable.MONEY}


def of_a_passage(hits: Sequence[Hit], reading: Reading) -> list[Hit]:
    """The hits as they stand in a document; what a passage lacks may stand elsewhere: worth a look."""
    if len(reading.document.text.split(None, _WHOLE)) > _WHOLE:
        return list(hits)
    return [
        Hit(hit.span, f"{hit.message}; this is a passage, it may stand elsewhere", hit.related,
            Confidence.LOW, Severity.INFO)
        for hit in hits
    ]  # fmt: skip


def required(grounds: Sequence[Seen], protections: Sequence[Seen]) -> list[Hit]:
    """One hit where the ground is there and the protection nowhere; the other grounds are related places."""
    if not grounds or protections:
        return []
    first, *others = sorted(seen.span for seen in grounds)
    related = tuple((span, "also calls for it") for span in others[:5])
    return [Hit(first, "nothing in the document answers this", related)]


def reciprocal(
    find: Reciprocal, asked: Sequence[Seen], given: Sequence[Seen], reading: Reading, severity: Severity
) -> tuple[list[Hit], Pair | None]:
    """One hit where something is asked of one side only, and the pair as it stands.

    A clause that asks it of both sides is its own return. What is given in a far lesser degree is found too,
    one step below ``severity``, the rule's own.
    """
    one_way = sorted(seen.span for seen in asked if not seen.mutual)
    mutual = sorted(seen.span for seen in asked if seen.mutual)
    back = sorted(seen.span for seen in given)
    if not one_way:
        return [], Pair(find.pair, find.asked_of, mutual[0], mutual[0], "mutual") if mutual else None
    if not back and not mutual:
        related = tuple((span, "asks it too") for span in one_way[1:6])
        pair = Pair(find.pair, find.asked_of, one_way[0], None, "missing")
        return [Hit(one_way[0], NOT_GIVEN, related)], pair
    lesser = _lesser(find, one_way, back, reading) if back and not mutual else None
    if lesser is None:
        return [], Pair(find.pair, find.asked_of, one_way[0], (back or mutual)[0], "given")
    place, answer, said = lesser
    hit = Hit(place, f"what is given back is much less: {said}", ((answer, "is what is given back"),))
    weak = Hit(hit.span, hit.message, hit.related, severity=severity.raised(-1))
    return [weak], Pair(find.pair, find.asked_of, place, answer, f"weaker: {said}")


def _lesser(
    find: Reciprocal, asked: Sequence[Span], given: Sequence[Span], reading: Reading
) -> tuple[Span, Span, str] | None:
    """What is asked, what comes back, and both amounts, where every return that is counted falls short.

    Of a duty the return is the other side's like duty, so less of it is less; of a power or a limit it is the
    other side's like power, so a longer notice or a higher limit is less.
    """
    measure = _COUNTED.get(find.degree)
    if measure is None:
        return None
    ours = [(span, amount) for span in asked if (amount := _amount(span, measure, reading))]
    theirs = [(span, amount) for span in given if (amount := _amount(span, measure, reading))]
    if not ours or len(theirs) < len(given):
        return None  # a return that no amount limits may be a full one
    power = _first_side(parse_phrase(find.asked[0])) != find.asked_of.value
    rates = [_rate(one[1], other[1], inverse=power) for one in ours for other in theirs]
    if None in rates or max(rate for rate in rates if rate is not None) >= _WEAKER:
        return None
    (place, one), (answer, other) = ours[0], theirs[0]
    return place, answer, f"{_said(other, reading)} for {_said(one, reading)}"


def _rate(asked: Amount, given: Amount, *, inverse: bool) -> float | None:
    """Which share of the one is the other; None where they cannot be compared."""
    one, other = asked.days or asked.value, given.days or given.value
    if one <= 0 or other <= 0 or (asked.days is None and asked.unit != given.unit):
        return None
    return one / other if inverse else other / one


def _amount(span: Span, measure: Measurable, reading: Reading) -> Amount | None:
    """The amount inside a half or nearest to it within its sentence, in coordinates of the view."""
    view, sentence = reading.view, reading.sentences[max(reading.sentence_at(span.start), 0)]
    start, end = view.locate(span.start), view.locate(span.end)
    low = max(start - _AROUND, view.locate(sentence.start))
    high = min(end + _AROUND, view.locate(max(sentence.end, span.end)))
    known = reading.amounts
    first = bisect_left(known, low, key=lambda each: each.start)
    last = bisect_right(known, high, key=lambda each: each.end)
    near = [
        (max(start - each.end, each.start - end, 0), each.start, each)
        for each in known[first:last]
        if each.kind is measure
    ]
    return min(near, key=lambda each: each[:2])[2] if near else None


def _said(amount: Amount, reading: Reading) -> str:
    return " ".join(reading.document.quote(reading.view.span(amount.start, amount.end)).split())


def _first_side(phrase: Phrase) -> str:
    """The side that a phrase begins with, or names first; empty for none."""
    for item in phrase:
        if isinstance(item, Ref) and item.name in ("company", "customer"):
            return item.name
        if isinstance(item, Choice):
            named = next((side for branch in item.branches if (side := _first_side(branch))), "")
            if named:
                return named
    return ""
