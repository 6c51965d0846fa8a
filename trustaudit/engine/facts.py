"""Kind ``fact``: what a message shows as a whole, once all other rules have looked at its sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from trustaudit.audit import MessageEntry, MessageFacts
from trustaudit.document import Span
from trustaudit.engine.found import Hit
from trustaudit.language.message import Message
from trustaudit.language.parts import PartKind
from trustaudit.language.reading import Reading
from trustaudit.metrics.money_first import Judged, judge, worst_of
from trustaudit.metrics.outline import outline
from trustaudit.ruleset.rule import Fact, Rule

_PERSON = "person-to-reach"
LABEL = "message"
"""The label by which a rule says what it means for a message."""


def judged(reading: Reading, rules: Sequence[Rule], hits: Mapping[int, Sequence[Hit]]) -> Judged:
    """The message with what the rules found in its sentences, by label."""
    found: dict[str, list[Span]] = {}
    for index, places in hits.items():
        label = rules[index].labels.get(LABEL)
        if label:
            found.setdefault(label, []).extend(hit.span for hit in places)
    message = Message(reading)
    found[_PERSON] = _person(message)
    found.setdefault("human-contact", []).extend(found[_PERSON])
    return judge(message, found)


def facts_of(judged: Judged) -> MessageFacts:
    """The values that go into an ``Audit``."""
    worst = worst_of(judged)
    return MessageFacts(
        channel=worst.message.channel,
        purpose=worst.purpose,
        money_first=worst.money_first,
        conditional_on_payment=any(one.condition is not None for one in judged.each or (judged,)),
        threat_or_penalty=any(one.threats for one in judged.each or (judged,)),
        outline=outline(worst),
        messages=tuple(map(_entry, judged.each)),
    )


def _entry(judged: Judged) -> MessageEntry:
    """What is said of one message of a catalogue."""
    document, span = judged.message.document, judged.message.span
    place = document.place(span)
    return MessageEntry(
        key=judged.message.key,
        start=span.start,
        end=span.end,
        line=place.line,
        column=place.column,
        channel=judged.message.channel,
        purpose=judged.purpose,
        money_first=judged.money_first,
        conditional_on_payment=judged.condition is not None,
        threat_or_penalty=bool(judged.threats),
    )


def fact_hits(find: Fact, judged: Judged) -> list[Hit]:
    """Where the fact shows; empty where it is not so."""
    return [Hit(span) for one in judged.each or (judged,) for span in _FACTS[find.fact](one)]


def _one(span: Span | None) -> list[Span]:
    return [] if span is None else [span]


def _greeting(judged: Judged) -> list[Span]:
    for part in judged.message.parts:
        if part.kind is PartKind.GREETING and part.name is not None:
            return [part.span]
    return []


def _money_first(judged: Judged) -> list[Span]:
    if judged.verdict != "yes":
        return []
    if judged.first_ask is not None:
        return [judged.first_ask.span]
    return _one(judged.hostile or judged.condition or (judged.asks[0].span if judged.asks else None))


_SHOUT = re.compile(r"(?:\b[A-Z]{3,}\b(?:[ '’,-]+\b[A-Z]{2,}\b)+|\b[A-Z]{6,}\b|!{2,})")


def _shouting(judged: Judged) -> list[Span]:
    """Words in capitals, and rows of exclamation marks, outside placeholders."""
    document = judged.message.document
    fields = document.placeholders
    return [
        Span(*found.span())
        for part in judged.message.content()
        for found in _SHOUT.finditer(document.text, part.start, part.end)
        if not any(field.start < found.end() and found.start() < field.end for field in fields)
    ]


_PHONE = re.compile(r"(?<![\d.,])(?:\+\d{1,3}[ -]?)?(?:\(?\d{2,4}\)?[ -])?\d{3,4}[ -]\d{3,4}(?![\d.,]\d)")
_ASKED = re.compile(
    r"\b(?:[Aa]sk(?: for)?|[Tt]ell|[Rr]ing|[Cc]all|[Pp]hone|[Tt]ext|[Ww]rite to|[Cc]ontact"
    r"|[Ss]peak (?:to|with)|[Tt]alk to"
    r"|[Ww]ord with|[Rr]each)\s+(?:(?:Mr|Mrs|Ms|Dr|Sister|Prof)\.?\s+)?(?!Us\b|Now\b|Me\b|Support\b"
    r"|Center\b|Centre\b)[A-Z][a-z]+\b"
)


def _person(message: Message) -> list[Span]:
    """A telephone number in a sentence, or somebody to ask by name."""
    text = message.document.text
    for part in message.content():
        if part.kind is not PartKind.BODY or _wordless(text[part.start : part.end]):
            continue
        found = _ASKED.search(text, part.start, part.end) or _PHONE.search(text, part.start, part.end)
        if found:
            return [Span(*found.span())]
    return []


def _wordless(sentence: str) -> bool:
    """A line of an address or a table: numbers and hardly a word."""
    return len(re.findall(r"\b[a-z]{2,}", sentence)) < 3


_FACTS: Mapping[str, Callable[[Judged], list[Span]]] = {
    "greeting-by-name": _greeting,
    "purpose-first": lambda judged: _one(judged.purpose_first),
    "no-contact": lambda judged: _one(judged.no_contact),
    "money-first": _money_first,
    _PERSON: lambda judged: list(judged.found.get(_PERSON, ())),
    "shouting": _shouting,
}
