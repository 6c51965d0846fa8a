"""Where the customer waits: who decides, by when, who answers, and how many steps it takes to ask.

Read from what the rules found and from the norms of the sentences that speak of requests and answers. Where
nothing is said, the answer is *could not tell*; a score is the mean of the questions that could be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from trustaudit.audit import Finding, Side
from trustaudit.journey.data import WaitingData, journey_data
from trustaudit.journey.statement import passage_of
from trustaudit.journey_audit import Passage, Staged, WaitAnswer, Waiting

DECIDES, BY_WHEN, ANSWERS, STEPS = "who decides", "by when", "who answers", "how many steps"
YES, PARTLY, NO, UNKNOWN = "yes", "partly", "no", "could not tell"

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\s|$)|\n|$)")
_MOST = 40  # sentences of a document that are read for norms
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SAID = {
    (DECIDES, YES): "the person who decides is named",
    (DECIDES, NO): "it is sent off, and nobody is named who decides",
    (BY_WHEN, YES): "an answer is promised by a time",
    (BY_WHEN, NO): "no time is promised",
    (ANSWERS, YES): "there is a person to reach",
    (ANSWERS, NO): "there is no way to reach a person",
}


@dataclass(frozen=True, slots=True)
class _Told:
    """What one document says to a question: for it or against it, and where."""

    good: bool
    passage: Passage


def waiting(documents: Sequence[Staged], *, stages: Sequence[str] = ()) -> tuple[Waiting, ...]:
    """Each stage in which the customer waits, in order. ``stages``: own ones of which that is known."""
    data = journey_data().waiting
    grouped: dict[str, list[Staged]] = {}
    for document in documents:
        grouped.setdefault(document.stage, []).append(document)
    made = []
    for stage, own in grouped.items():
        if stage in data.stages or stage in stages or any(_process(each, data) for each in own):
            made.append(_stage(stage, own, data))
    return tuple(made)


def _process(document: Staged, data: WaitingData) -> bool:
    """Whether a finding says that somebody waits here."""
    ids = {rule for rules in data.no.values() for rule in rules}
    return any(found.rule in ids for found in document.audit.findings)


def _stage(stage: str, documents: Sequence[Staged], data: WaitingData) -> Waiting:
    answers = [_answer(question, documents, data) for question in (DECIDES, BY_WHEN, ANSWERS)]
    steps, share = _steps(documents, data)
    told = [_WORTH[answer.answer] for answer in answers if answer.answer != UNKNOWN]
    told += [share] if share is not None else []
    if not told:
        return Waiting(
            stage, None, "could not tell: nothing is said of how a request is answered", (*answers, steps)
        )
    score = round(100 * sum(told) / len(told), 1)
    return Waiting(
        stage, score, f"the mean of {len(told)} of 4 questions that could be told", (*answers, steps)
    )


_WORTH = {YES: 1.0, PARTLY: 0.5, NO: 0.0}


def _answer(question: str, documents: Sequence[Staged], data: WaitingData) -> WaitAnswer:
    told = [each for document in documents for each in _told(question, document, data)]
    good = next((each for each in told if each.good), None)
    bad = next((each for each in told if not each.good), None)
    if good and bad:
        said = f"{_SAID[question, YES]} in one place; in another, {_SAID[question, NO]}"
        return WaitAnswer(question, PARTLY, said, bad.passage)
    if good or bad:
        answer = YES if good else NO
        found = good or bad
        assert found is not None
        return WaitAnswer(question, answer, _SAID[question, answer], found.passage)
    return WaitAnswer(question, UNKNOWN, "nothing is said of it")


def _told(question: str, document: Staged, data: WaitingData) -> Iterator[_Told]:
    for found in document.audit.findings:
        if found.rule in data.yes.get(question, ()):
            yield _Told(True, passage_of(document, found))
        elif found.rule in data.no.get(question, ()) and not _timed(question, found):
            yield _Told(False, passage_of(document, found))
    if question == DECIDES:
        person = _person(data.deciders).search(document.audit.document.text)
        if person:
            yield _Told(True, document.passage(person.start(), person.end()))


def _timed(question: str, found: Finding) -> bool:
    """A sentence that names a day does not leave the customer without one, whoever decides."""
    return question == BY_WHEN and re.search(r"\b(?:days?|hours?|weeks?)\b", found.quote) is not None


@cache
def _person(verbs: tuple[str, ...]) -> re.Pattern[str]:
    """A first and a last name, or a title and a name, before a verb of deciding."""
    name = r"(?:(?:Ms|Mr|Mrs|Dr)\.? [A-Z][\w'’-]+|[A-Z][a-zé'’-]+ [A-Z][\w'’-]+)"
    return re.compile(rf"\b{name}(?:, [^,.\n]{{2,40}},)? (?:will )?(?:{'|'.join(verbs)})\b")


def _steps(documents: Sequence[Staged], data: WaitingData) -> tuple[WaitAnswer, float | None]:
    """How many things the customer must do to ask, by the longest of the documents."""
    counted = [pair for document in documents for pair in [_duties(document, data)] if pair[0]]
    if not counted:
        return WaitAnswer(STEPS, UNKNOWN, "nothing is said of what the customer must do to ask"), None
    count, passage = max(counted, key=lambda pair: pair[0])
    share = data.steps[count - 1] if count <= len(data.steps) else 0.0
    named = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    said = f"{named} step{'' if count == 1 else 's'} that the customer must take"
    return WaitAnswer(STEPS, YES if share == 1 else PARTLY if share else NO, said, passage), share


def _duties(document: Staged, data: WaitingData) -> tuple[int, Passage | None]:
    """Duties of the customer in sentences that speak of asking and answering, and the first of them."""
    from trustaudit.language.modality import Modality
    from trustaudit.pipeline import norms

    text = document.audit.document.text
    spans = list(_asking(text, data.asks))[:_MOST]
    if not spans:
        return 0, None
    pieces = [text[start:end] for start, end in spans]
    starts = list(accumulate((len(piece) + 2 for piece in pieces), initial=0))
    parties = document.audit.parties
    found = norms("\n\n".join(pieces), company=parties.company, customer=parties.customer)
    duties = [
        norm for norm in found if norm.side is Side.CUSTOMER and norm.modality is Modality.OBLIGATION
        and norm.source in {"active", "passive", "nominal"}
    ]  # fmt: skip
    if not duties:
        return 0, None
    first = duties[0]
    at = max(index for index, start in enumerate(starts[:-1]) if start <= first.start)
    begin = spans[at][0] + first.start - starts[at]
    end = min(begin + first.end - first.start, spans[at][1])
    return len(duties), document.passage(begin, end)


def _asking(text: str, asks: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The sentences that hold a word of asking or answering, without white space round them."""
    word = _any(tuple(asks))
    for sentence in _SENTENCE.finditer(text):
        piece = sentence.group()
        if word.search(piece):
            lead = len(piece) - len(piece.lstrip())
            yield sentence.start() + lead, sentence.start() + len(piece.rstrip())


@cache
def _any(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
