"""Where the customer waits: who decides, by when, who answers, and how many steps it takes to ask.

Read from what the rules of process and care find, from the duties of the norms, and from words of duty before
words of asking. Where nothing is said, the answer is *could not tell*; a score is the mean of the questions
that could be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from trustaudit.audit import Finding, Kind
from trustaudit.journey.data import WaitingData, journey_data
from trustaudit.journey.statement import passage_of
from trustaudit.journey.steps import steps_of
from trustaudit.journey_audit import Passage, Staged, WaitAnswer, Waiting

DECIDES, BY_WHEN, ANSWERS, STEPS = "who decides", "by when", "who answers", "how many steps"
YES, PARTLY, NO, UNKNOWN = "yes", "partly", "no", "could not tell"

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SAID = {
    (DECIDES, YES): "the person who decides is named",
    (DECIDES, NO): "nobody is named who decides, or nothing is open to decide",
    (BY_WHEN, YES): "an answer is promised by a time",
    (BY_WHEN, NO): "no time is promised",
    (ANSWERS, YES): "there is a person to reach",
    (ANSWERS, NO): "there is no way to reach a person",
}
_WORTH = {YES: 1.0, PARTLY: 0.5, NO: 0.0}


@dataclass(frozen=True, slots=True)
class _Told:
    """What one document says to a question: for it or against it, and where."""

    good: bool
    passage: Passage


@dataclass(frozen=True, slots=True)
class _Read:
    """A document and all that the rules of waiting find in it."""

    document: Staged
    findings: tuple[Finding, ...]


def waiting(documents: Sequence[Staged]) -> tuple[Waiting, ...]:
    """Each stage in which the customer waits, in order: the usual ones, and where a rule of process finds."""
    data = journey_data().waiting
    grouped: dict[str, list[_Read]] = {}
    for document in documents:
        usual = document.stage in data.stages
        if usual or any(found.rule in data.no[DECIDES] for found in document.audit.findings):
            grouped.setdefault(document.stage, []).append(_Read(document, _findings(document, data)))
    return tuple(_stage(stage, own, data) for stage, own in grouped.items())


def _findings(document: Staged, data: WaitingData) -> tuple[Finding, ...]:
    """What the audit found; in a message, beside it, what the rules for contracts find in the same words."""
    found = document.audit.findings
    if document.audit.kind is not Kind.MESSAGE:
        return found
    from trustaudit.pipeline import scan_text

    parties = document.audit.parties
    again = scan_text(
        document.audit.document.text,
        kind=Kind.CONTRACT,
        company=parties.company,
        customer=parties.customer,
        audience=document.audit.audience,
        select=data.rules,
    )
    same = again.document.text == document.audit.document.text
    return (*found, *(each for each in again.findings if same))


def _stage(stage: str, documents: Sequence[_Read], data: WaitingData) -> Waiting:
    answers = [_answer(question, documents, data) for question in (DECIDES, BY_WHEN, ANSWERS)]
    steps, share = _steps(documents, data)
    told = [_WORTH[answer.answer] for answer in answers if answer.answer != UNKNOWN]
    told += [share] if share is not None else []
    said = (*answers, steps)
    if not told:
        return Waiting(stage, None, "could not tell: nothing is said of how a request is answered", said)
    score = round(100 * sum(told) / len(told), 1)
    return Waiting(stage, score, f"{len(told)} of 4 questions could be told; the score is their mean", said)


def _answer(question: str, documents: Sequence[_Read], data: WaitingData) -> WaitAnswer:
    told = [each for document in documents for each in _told(question, document, data)]
    good = next((each for each in told if each.good), None)
    bad = next((each for each in told if not each.good), None)
    if good and bad:
        said = f"{_SAID[question, YES]} in one place; in another, {_SAID[question, NO]}"
        return WaitAnswer(question, PARTLY, said, bad.passage)
    found = good or bad
    if found is None:
        return WaitAnswer(question, UNKNOWN, "nothing is said of it")
    answer = YES if found.good else NO
    return WaitAnswer(question, answer, _SAID[question, answer], found.passage)


def _told(question: str, read: _Read, data: WaitingData) -> Iterator[_Told]:
    for found in read.findings:
        if found.rule in data.yes.get(question, ()):
            yield _Told(True, passage_of(read.document, found))
        elif found.rule in data.no.get(question, ()) and not _timed(question, found):
            yield _Told(False, passage_of(read.document, found))
    if question == DECIDES:
        person = _person(data.deciders).search(read.document.audit.document.text)
        if person:
            yield _Told(True, read.document.passage(person.start(), person.end()))


def _timed(question: str, found: Finding) -> bool:
    """A sentence that names a time does not leave the customer without one, whoever decides."""
    return question == BY_WHEN and re.search(r"\b(?:days?|hours?|weeks?)\b", found.quote) is not None


@cache
def _person(verbs: tuple[str, ...]) -> re.Pattern[str]:
    """A first and a last name, or a title and a name, before a verb of deciding."""
    name = r"(?:(?:Ms|Mr|Mrs|Dr)\.? [A-Z][\w'’-]+|[A-Z][a-zé'’-]+ [A-Z][\w'’-]+)"
    return re.compile(rf"\b{name}(?:, [^,.\n]{{2,40}},)? (?:will )?(?:{'|'.join(verbs)})\b")


def _steps(documents: Sequence[_Read], data: WaitingData) -> tuple[WaitAnswer, float | None]:
    """How many things the customer must do to ask, by the longest of the documents."""
    counted = [found for each in documents if (found := steps_of(each.document, data)) is not None]
    if not counted:
        return WaitAnswer(STEPS, UNKNOWN, "nothing is said of what the customer must do to ask"), None
    count, passage = max(counted, key=lambda found: found[0])
    share = data.worth[count - 1] if count <= len(data.worth) else 0.0
    named = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    said = f"{named} step{'' if count == 1 else 's'} that the customer must take"
    return WaitAnswer(STEPS, YES if share == 1 else PARTLY if share else NO, said, passage), share
