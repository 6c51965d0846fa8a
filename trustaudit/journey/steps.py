"""How many steps it takes to ask: what a paragraph that speaks of asking makes the customer do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from trustaudit.audit import Side
from trustaudit.document import Span
from trustaudit.journey.data import WaitingData
from trustaudit.journey_audit import Passage, Staged
from trustaudit.language.modality import Modality
from trustaudit.language.norms import Norm

_SENTENCE = re.compile(r"(?:[^.!?]|[.!?](?!\s))+[.!?]?")
_MOST = 60  # sentences of a document that are looked at


def steps_of(document: Staged, data: WaitingData) -> tuple[int, Passage] | None:
    """The steps of the sentence that asks for most of them, and that sentence; None where none is named."""
    text = document.audit.document.text
    best: tuple[int, Span] | None = None
    for span in list(_sentences(document, data))[:_MOST]:
        count = len(_steps_in(text[span.start : span.end], document, data))
        if count and (best is None or count > best[0]):
            best = count, span
    if best is None:
        return None
    return best[0], document.passage(best[1].start, best[1].end)


def _sentences(document: Staged, data: WaitingData) -> Iterator[Span]:
    """The sentences with a word of duty and a step, in paragraphs that speak of asking."""
    text = document.audit.document.text
    asks, duties, steps = (_any(words) for words in (data.asks, data.duties, data.steps))
    for block in document.audit.document.blocks:
        if not asks.search(text, block.start, block.end):
            continue
        for found in _SENTENCE.finditer(text, block.start, block.end):
            said = found.group()
            if duties.search(said) and steps.search(said):
                lead = len(said) - len(said.lstrip())
                yield Span(found.start() + lead, found.start() + len(said.rstrip()))


def _steps_in(sentence: str, document: Staged, data: WaitingData) -> set[str]:
    """The different things to do behind the first word of duty; none where the duty is the company's own."""
    duty = _any(data.duties).search(sentence)
    if duty is None or _ours(sentence, duty.start(), document):
        return set()
    return {found.group().lower() for found in _any(data.steps).finditer(sentence, duty.start())}


def _ours(sentence: str, at: int, document: Staged) -> bool:
    """Whether the norm that the word of duty belongs to binds the company."""
    parties = document.audit.parties
    bearing = [
        norm for norm in _norms(sentence, parties.company, parties.customer) if norm.start <= at < norm.end
    ]
    duties = [norm for norm in bearing if norm.modality is Modality.OBLIGATION]
    return any(norm.side is Side.COMPANY for norm in duties) and all(
        norm.side is not Side.CUSTOMER for norm in duties
    )


def _norms(sentence: str, company: tuple[str, ...], customer: tuple[str, ...]) -> tuple[Norm, ...]:
    from trustaudit.pipeline import norms

    read = {"active", "passive", "nominal"}
    return tuple(each for each in norms(sentence, company=company, customer=customer) if each.source in read)


@cache
def _any(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
