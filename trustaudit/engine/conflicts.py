"""Kind ``conflict``: two passages of one document that cannot both be right.

``number-words``  a number whose words and digits differ: *thirty (45) days*
``two-periods``   two periods for one thing of one side: notice, cure, payment
``two-amounts``   two rates or sums for one thing of one side
``two-laws``      two governing laws
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from trustaudit.document import Span
from trustaudit.engine.found import Hit
from trustaudit.language.amounts import conflicts_in_numbers
from trustaudit.language.degrees import Degree, called, degrees
from trustaudit.language.reading import Reading
from trustaudit.language.sentences import Sentence
from trustaudit.ruleset.rule import Conflict

_SAME = 0.7  # share of the words of both that two norms on one thing have in common
_MOST = 40  # norms of one kind that are compared with each other
_WORD = re.compile(r"[a-z]{2,}")
_NO_WORDS = re.compile(
    r"(?:the|of|or|and|to|in|an|any|by|at|on|its|it|this|that|such|be|is|are|for|with|as|from|than|more|less|not"
    r"|days?|months?|weeks?|years?|hours?|business|calendar|least|later|prior|written|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|forty|sixty|ninety)"
)
"""Words of no weight in telling what a sentence is about."""


def conflicts(find: Conflict, reading: Reading) -> list[Hit] | str:
    """A hit for each contradiction, at its later place; a reason where there is no such check."""
    check = CHECKS.get(find.check)
    if check is None:
        return f"'{find.check}' is not compared within one document"
    return list(check(find, reading))


def _number_words(_: Conflict, reading: Reading) -> Iterator[Hit]:
    for found in conflicts_in_numbers(reading.document.text.replace("\n", " ")):
        yield Hit(found.span, f"the words say {found.words:g}, the digits {found.digits:g}")


def _two_periods(find: Conflict, reading: Reading) -> Iterator[Hit]:
    return _two(find, reading, lambda unit: unit == "day")


def _two_amounts(find: Conflict, reading: Reading) -> Iterator[Hit]:
    return _two(find, reading, lambda unit: unit != "day")


def _two(find: Conflict, reading: Reading, fits: Callable[[str], bool]) -> Iterator[Hit]:
    """Norms of one side, kind and topic that say the same of one thing, but for the amount."""
    groups: dict[tuple[str, ...], list[Degree]] = {}
    norms = [norm for norm in reading.norms if norm.source not in ("owed", "implied")]
    for each in degrees(reading, norms):
        if fits(each.unit) and (not find.about or called(each.thing) in find.about):
            norm = each.norm
            key = (each.thing, each.unit, norm.side, norm.modality, norm.topic)
            groups.setdefault(key, []).append(each)
    hits = [hit for group in groups.values() for hit in _disagreeing(group, reading)]
    yield from sorted(hits, key=lambda hit: hit.span)


def _disagreeing(group: Sequence[Degree], reading: Reading) -> Iterator[Hit]:
    """Pairs of norms in two sentences, of one amount each, whose words are nearly the same."""
    by_norm: dict[Span, list[Degree]] = {}
    for each in group:
        by_norm.setdefault(each.norm.span, []).append(each)
    single = [found[0] for found in by_norm.values() if len({each.value for each in found}) == 1][:_MOST]
    words = [_words(reading, each) for each in single]
    told: set[Span] = set()
    for at, later in enumerate(single):
        for before in range(at):
            earlier = single[before]
            apart = reading.sentence_at(earlier.span.start) != reading.sentence_at(later.span.start)
            new = apart and later.span not in told and earlier.value != later.value
            if new and _alike(words[before], words[at]):
                told.add(later.span)
                message = f"{called(later.thing)}: {earlier.said} there, {later.said} here"
                yield Hit(later.span, message, ((earlier.span, f"says {earlier.said}"),))


def _words(reading: Reading, each: Degree) -> frozenset[str]:
    """The words of the sentence of a norm that tell what it is about."""
    sentence = reading.sentences[max(reading.sentence_at(each.norm.start), 0)]
    words = _WORD.findall(reading.document.quote(sentence.span).lower())
    return frozenset(word for word in words if not _NO_WORDS.fullmatch(word))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= 3 and len(one & other) >= _SAME * len(one | other)


_GOVERNS = re.compile(r"\bgovern(?:ed|ing|s)?\b|\bchoice of law\b", re.IGNORECASE)
_LAW_OF = re.compile(
    r"\blaws?\s+of\s+(?:the\s+)?(?:(?:State|Commonwealth|Republic|Province|Kingdom|Federal Republic)\s+"
    r"of\s+)?(?P<place>[A-Z][a-z]+(?:(?:\s+and)?\s+[A-Z][a-z]+){0,3})"
)
_DEPENDS = re.compile(
    r"\b(?:if you|resid\w+|live|located|outside|depending|according to|users? in|customers? in)\b",
    re.IGNORECASE,
)


def _two_laws(_: Conflict, reading: Reading) -> Iterator[Hit]:
    """Two sentences that put the paper under two laws, whoever and wherever one is."""
    first: tuple[str, Span] | None = None
    for sentence in reading.sentences:
        law = _law(reading, sentence)
        if law is None:
            continue
        if first is None:
            first = law
        elif law[0] not in first[0] and first[0] not in law[0]:
            message = f"{first[0]} there, {law[0]} here"
            yield Hit(law[1], message, ((first[1], f"says {first[0]}"),))
            return


def _law(reading: Reading, sentence: Sentence) -> tuple[str, Span] | None:
    """The one place whose law a sentence names as governing."""
    text = reading.document.quote(sentence.span)
    if not _GOVERNS.search(text) or _DEPENDS.search(text):
        return None
    found = list(_LAW_OF.finditer(text))
    places = {" ".join(each["place"].split()) for each in found}
    if len(places) != 1:
        return None
    span = Span(sentence.start + found[0].start(), sentence.start + found[0].end("place"))
    return places.pop(), span


CHECKS: Mapping[str, Callable[[Conflict, Reading], Iterator[Hit]]] = {
    "number-words": _number_words,
    "two-periods": _two_periods,
    "two-amounts": _two_amounts,
    "two-laws": _two_laws,
}
