"""Opening hours of one place or service that differ from paper to paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from trustaudit.audit import Severity
from trustaudit.document import Span
from trustaudit.journey.contact_words import Words, contact_words
from trustaudit.journey.precedence import Precedence
from trustaudit.journey.told import Told, related
from trustaudit.journey_audit import Conflict

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\.?"
_TO = r"\s*(?:-|–|—|to|until|till|through|and)\s*"
_CLOCK = r"(?:\d{1,2}(?:[:.]\d{2})?\s?(?:a\.?m\.?|p\.?m\.?)?(?:\s?o'clock)?|noon|midnight)"
_SPAN_OF_DAYS = re.compile(
    rf"\b(?:(?P<first>{_DAY})(?:{_TO}(?P<last>{_DAY}))?|(?P<every>every day|daily|seven days a week"
    rf"|7 days a week|all week)"
    rf"|(?P<week>(?:on )?(?:weekdays|working days|business days))|(?P<end>weekends?))\b",
    re.IGNORECASE,
)
_TIMES = re.compile(rf"(?<![\d.,:$€£])(?P<from>{_CLOCK}){_TO}(?P<till>{_CLOCK})(?![\d%])", re.IGNORECASE)
_ALWAYS = re.compile(
    r"\b24/7\b|\b24 ?/ ?7\b|\b(?:around|round) the clock\b|\b24 hours a day\b|\bday and night\b"
    r"|\bat any hour\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:open|opens|opening|hours|reach(?:ed|able)?|available|availability|there for you|staffed|line"
    r"|call|phone|answers?|telephone"
    r"|service|visit|come|welcome|see you|between|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon"
    r"|weekdays)\b",
    re.IGNORECASE,
)
_NO_HOURS = re.compile(
    r"\bquiet hours\b|\bclosed\b|\bappointment\b|\b(?:meeting|concert|lesson|doors)\b|\bmaintenance window\b",
    re.IGNORECASE,
)
_ALL_DAY = (0, 24 * 60)


@dataclass(frozen=True, slots=True)
class Hours:
    """``times``: minutes of the day by day of the week; -1 where no day is named."""

    told: Told
    place: str
    times: Mapping[int, tuple[int, int]]
    said: str
    span: Span


def hours(papers: Sequence[Told], order: Precedence) -> Iterator[Conflict]:
    """A conflict for each place for which two papers name other hours; linear in the text."""
    words = contact_words()
    found: dict[str, list[Hours]] = {}
    for paper in papers:
        for each in _of(paper, words):
            found.setdefault(each.place, []).append(each)
    for held in found.values():
        ranked = sorted(held, key=lambda each: (-each.told.rank, each.told.index, each.span))
        told: set[int] = set()
        for at, other in enumerate(ranked):
            anchor = next((one for one in ranked[:at] if one.told is not other.told), None)
            if anchor is None or other.told.index in told or not related(anchor.told, other.told):
                continue
            if any(agree(one, other) for one in ranked[:at] if one.told is not other.told):
                continue
            told.add(other.told.index)
            yield _conflict(anchor, other, order)


def agree(one: Hours, other: Hours) -> bool:
    """Do both say the same, as far as both speak of the same days?"""
    if -1 in one.times or -1 in other.times:
        return bool(set(one.times.values()) & set(other.times.values()))
    common = one.times.keys() & other.times.keys()
    if not common:
        return True  # other days: the one paper may go on where the other ends
    return all(one.times[day] == other.times[day] for day in common) and (
        one.times.keys() == other.times.keys() or len(common) < 5
    )


def _conflict(one: Hours, other: Hours, order: Precedence) -> Conflict:
    first, second = sorted((one, other), key=lambda each: (each.told.index, each.span))
    apart = _apart(first, second)
    return Conflict(
        kind="hours",
        topic=f"{one.place.replace(' ', '-')}-hours",
        title=f"Two papers, two opening hours: {one.place}",
        message=f"{first.told.path} says {first.said}, {second.told.path} says {second.said}: {apart}",
        cost=f"who comes or calls by the wrong paper finds nobody there: {apart}",
        binds=order.binding(first.told, second.told)[1],
        severity=Severity.MINOR,
        first=first.told.passage(first.told.around(first.span)),
        second=second.told.passage(second.told.around(second.span)),
    )


def _apart(one: Hours, other: Hours) -> str:
    """How many hours a week lie between the two; the hours a day where a paper names no days."""
    if -1 in one.times or -1 in other.times:
        mine, theirs = (max(end - start for start, end in each.times.values()) for each in (one, other))
        return (
            f"{abs(mine - theirs) / 60:g} hours a day less in one of them"
            if mine != theirs
            else "other times"
        )
    minutes = sum(
        len(_minutes(one.times.get(day)) ^ _minutes(other.times.get(day))) for day in range(len(_DAYS))
    )
    return f"they differ in {minutes / 60:g} hours of the week"


def _minutes(times: tuple[int, int] | None) -> set[int]:
    return set(range(*times)) if times else set()


def _of(paper: Told, words: Words) -> Iterator[Hours]:
    text = paper.document.text
    if not (_TIMES.search(text) or _ALWAYS.search(text)):
        return
    for sentence in paper.reading.sentences:
        piece = text[sentence.start : sentence.end]
        always = _ALWAYS.search(piece)
        if not (always or _TIMES.search(piece)) or not _OPEN.search(piece) or _NO_HOURS.search(piece):
            continue
        times = read_hours(piece)
        place = words.place(piece)
        if times and place:
            said = " ".join((always[0] if always else _said(piece)).split())
            yield Hours(paper, place, times, said, sentence.span)


def _said(piece: str) -> str:
    """The words from the first day or time to the last time."""
    times = list(_TIMES.finditer(piece))
    days = _SPAN_OF_DAYS.search(piece)
    start = min(times[0].start(), days.start() if days else len(piece))
    return piece[start : max(times[-1].end(), days.end() if days else 0)]


def read_hours(text: str) -> dict[int, tuple[int, int]]:
    """Minutes of the day by day of the week (0 is Monday; -1: no day is named); empty where none is read."""
    if _ALWAYS.search(text):
        return dict.fromkeys(range(7), _ALL_DAY)
    out: dict[int, tuple[int, int]] = {}
    days = list(_SPAN_OF_DAYS.finditer(text))
    for found in _TIMES.finditer(text):
        times = _times(found)
        if times is None:
            continue
        before = [each for each in days if each.end() <= found.start()]
        named = before[-1] if before else next(iter(days), None)
        for day in _named(named) if named else (-1,):
            out.setdefault(day, times)
    return out


def _named(found: re.Match[str]) -> Sequence[int]:
    if found["every"]:
        return range(7)
    if found["week"]:
        return range(5)
    if found["end"]:
        return (5, 6)
    first = _day(found["first"])
    last = _day(found["last"]) if found["last"] else first
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)]


def _day(word: str) -> int:
    return _DAYS.index(word[:3].lower())


def _times(found: re.Match[str]) -> tuple[int, int] | None:
    """Minutes of the day; None for numbers that are no times of a day."""
    marked = re.search(r"[ap]\.?m|:\d\d|\.\d\d|noon|midnight", found[0], re.IGNORECASE)
    if not marked:
        return None
    start, end = _clock(found["from"]), _clock(found["till"])
    if start is None or end is None:
        return None
    late = re.search(r"p\.?m", found["till"], re.IGNORECASE)
    early = re.search(r"[ap]\.?m", found["from"], re.IGNORECASE)
    if late and not early and start + 720 < end:
        start += 720  # "1 to 5 pm"
    return (start, end) if end > start else (start, end + 24 * 60)


def _clock(word: str) -> int | None:
    lowered = word.lower()
    if lowered in {"noon", "midnight"}:
        return 720 if lowered == "noon" else 0
    numbers = [int(part) for part in re.findall(r"\d+", word)]
    hour, minute = numbers[0], numbers[1] if len(numbers) > 1 else 0
    if hour > 24 or minute > 59:
        return None
    if re.search(r"p\.?m", lowered):
        hour = hour % 12 + 12
    elif re.search(r"a\.?m", lowered):
        hour %= 12
    return hour * 60 + minute
