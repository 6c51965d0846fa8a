"""The parts of a message, in the order in which a person meets them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from trustaudit.document import Block, BlockKind, Document, Placeholder, Span
from trustaudit.language.sentences import Sentence


class PartKind(StrEnum):
    """What a piece of a message is to its reader."""

    SUBJECT = "subject"
    PREHEADER = "preheader"
    HEADLINE = "headline"
    GREETING = "greeting"
    BODY = "body"
    ACTION = "call-to-action"
    CLOSING = "closing"
    SENDER = "sender"
    FOOTER = "footer"


OPENING = frozenset({PartKind.SUBJECT, PartKind.PREHEADER, PartKind.HEADLINE})
AROUND = frozenset({PartKind.GREETING, PartKind.CLOSING, PartKind.SENDER, PartKind.FOOTER})


@dataclass(frozen=True, slots=True)
class Part:
    """One sentence, or a piece of one where a greeting opens it; ``name`` is the name in a greeting."""

    kind: PartKind
    start: int
    end: int
    name: Span | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


_OF_BLOCK = {
    BlockKind.SUBJECT: PartKind.SUBJECT,
    BlockKind.PREHEADER: PartKind.PREHEADER,
    BlockKind.TITLE: PartKind.HEADLINE,
    BlockKind.HEADING: PartKind.HEADLINE,
    BlockKind.BUTTON: PartKind.ACTION,
    BlockKind.FOOTER: PartKind.FOOTER,
}
_HAIL = re.compile(
    r"\W{0,4}(?:(?:hi|hello|hallo|hey|heya|dear|hiya|howdy|g'day|namaste|salaam|ola|ciao"
    r"|greetings|welcome(?: back)?"
    r"|good news|(?:good )?(?:morning|afternoon|evening)|good day|thanks"
    r"|thank you|congratulations|happy birthday|sorry)\b[ ,]{0,3}(?:again )?(?:there\b[ ,]*)?)",
    re.IGNORECASE,
)
_GREETS = re.compile(
    r"\W{0,4}(?:hi|hello|hallo|hey|heya|dear|hiya|howdy|g'day|namaste|salaam|ola|ciao|greetings|welcome"
    r"|(?:good )?(?:morning|afternoon|evening)|good day)\b",
    re.IGNORECASE,
)
_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Madam|Family|Herr|Frau|Mme|M)\b\.?"
_WORD = r"(?:[A-Z][\w'’-]*\.?|de|van|von|der|da|di|la|el|bin|al)"
_PERSON = re.compile(
    rf"(?:{_TITLE}(?: and {_TITLE})? {_WORD}(?: {_WORD})?"
    rf"|[A-Z][a-zà-ÿ'’-]+(?: {_WORD})?(?: (?:and|&) [A-Z][\w-]+)?)"
)
_VOCATIVE = re.compile(rf"\W{{0,2}}(?:{_TITLE} {_WORD}(?: {_WORD})?|[A-Z][a-zà-ÿ]+)(?=\s?[,:!—–-])")
_TITLED = re.compile(r"(?:Mr|Mrs|Ms|Miss|Dr|Family|Parents of) [A-Z]")
_NOBODY = frozenset(
    """
    customer customers client clients member members sir madam user users guest guests friend friends all
    team there everyone everybody parents valued resident residents neighbour neighbours neighbor occupier
    colleague tenant patient student students subscriber subscribers shopper traveller passenger reader
    readers account applicant candidate to holder donor supporter partner partners shareholder homeowner
    owner again back new our the your you we this a an it and for in on at with prospective visitor staff
    """.split()  # noqa: SIM905 - a list of words reads as words
)
_NO_VOCATIVE = frozenset(
    """
    please unfortunately reminder note notice important warning attention thanks thank hello hi dear today
    tomorrow yes no sorry welcome good great news first finally here now then also however because if when
    after before subject re fwd monday tuesday wednesday thursday friday saturday sunday questions library
    urgent alert cheers regards best sincerely congratulations hurry final last invoice receipt payment
    order amount card total balance address reference your our subtotal date name hotel hey again reply
    call oh ok okay well so and but otherwise colours cash order details admission remaining settle goods
    member breakfast email e-mail username password login server status from to or unsubscribe
    """.split()  # noqa: SIM905
)
_NAME_FIELD = re.compile(
    r"(?i)(?:^|[^a-z])(?:f|l|first|last|full|given|sur|nick|user|real|display|to|recipient|customer"
    r"|client|patient|member|guest"
    r"|contact|donor|parent|tenant|subscriber|person|name|student|owner|student)[._\s-]*(?:f|l|first"
    r"|last|full)?[._\s-]*name\b"
    r"|(?:^|[^a-z])(?:name|fname|firstname|lastname|fullname|username|user|customer|client|recipient"
    r"|patient|tenant|guest|member"
    r"|parent|donor|subscriber|salutation|invitee|attendee|requester|resident|passenger|applicant|volunteer|pupil"
    r"|student|member|account\.owner|buyer|rider|traveller|traveler)(?:[^a-z]|$)|(?:first|last|full|user|customer|given)_?name"
)
_SURE_NAME = re.compile(
    r"(?i)(?:^|[^a-z])(?:customer|client|patient|guest|member|recipient|donor|first|given|full)_?name(?:[^a-z]|$)"
)
_OTHER_NAME = re.compile(
    r"(?i)e?mail|company|product|service|shop|store|site|domain|brand|order|sender|host|team|project"
    r"|app\b|\bid\b|number|plan|url|link|password"
)
_CLOSES = re.compile(
    r"\W{0,3}(?:(?:many |with )?(?:thanks|thank you|cheers)(?: again| so much| very much)?"
    r"|(?:with )?(?:kind|best|warm|kindest|warmest|friendly)"
    r"(?: regards| wishes)?|regards|sincerely|yours(?: \w+)?|respectfully|love|take care"
    r"|see you(?: there| soon| then)?|all the best|sent with love)\s*[,.!]?\s*",
    re.IGNORECASE,
)
_VERB = re.compile(r"\b(?:on|at|in|for|to|is|are|you|your)\b", re.IGNORECASE)
_FOOTER = re.compile(
    r"\bunsubscribe\b|©|\ball rights reserved\b|\bcopyright\b|\bview (?:this|it) (?:email|e-mail"
    r"|mail)? ?(?:in|online)|\byou (?:are|'re|’re) receiving this"
    r"|\byou (?:received|get|got) this (?:e-?mail|mail|message)|\bregistered (?:office|in england)"
    r"|\bprivacy policy\b|\bif you.{1,12}having trouble (?:with|clicking)"
    r"|\bsent from an? (?:unattended|automated)|\bmanage (?:your )?(?:preferences|notifications"
    r"|subscriptions?)",
    re.IGNORECASE,
)
_ACTION = re.compile(
    r"\W{0,3}(?:pay|view|see|check|update|confirm|verify|reset|set|get|download|track|start|activate"
    r"|log|sign|open|go|click|upgrade|renew|buy"
    r"|shop|donate|manage|complete|choose|book|read|try|join|claim|redeem|change|rate|take|cancel|add"
    r"|make|learn|find|unlock|send|reply|accept|approve|visit|browse)\b",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\(?\s?(?:https?://\S+|\{\{[^}]*(?:url|link|href)[^}]*\}\}|%\w*url\w*%|<%=[^%]*(?:url|path)[^%]*%>)",
    re.IGNORECASE,
)


def parts(document: Document, sentences: Sequence[Sentence]) -> tuple[Part, ...]:
    """Every sentence of a message as one part, or two where it opens with a greeting."""
    found: list[Part] = []
    greeted = False
    for sentence in sentences:
        block = document.blocks[sentence.block]
        if block.kind is BlockKind.PAGE_NUMBER:
            continue
        for part in _of_sentence(document, sentence, block, greeted=greeted):
            greeted = greeted or part.kind is PartKind.GREETING
            found.append(part)
    return tuple(_ended(document, found))


def _of_sentence(document: Document, sentence: Sentence, block: Block, *, greeted: bool) -> Iterator[Part]:
    text = document.text[sentence.start : sentence.end]
    known = _OF_BLOCK.get(block.kind)
    if known in {PartKind.SUBJECT, PartKind.PREHEADER, PartKind.FOOTER, PartKind.ACTION}:
        yield Part(known, sentence.start, sentence.end)
        return
    greeting = _greeting(document, sentence, text, greeted=greeted)
    if greeting is not None:
        yield greeting
        rest = _after(document.text, greeting.end, sentence.end)
        if rest < sentence.end:
            yield Part(known or PartKind.BODY, rest, sentence.end)
        return
    yield Part(known or _by_words(text), sentence.start, sentence.end)


def _by_words(text: str) -> PartKind:
    if _FOOTER.search(text):
        return PartKind.FOOTER
    link = _LINK.search(text)
    words = len((text[: link.start()] if link else text).split())
    if words <= 7 and _ACTION.match(text) and (link or text.rstrip().endswith(("→", "»", ">"))):
        return PartKind.ACTION
    return PartKind.BODY


def _after(text: str, start: int, end: int) -> int:
    """Where the words behind a greeting begin."""
    while start < end and (text[start].isspace() or text[start] in ",.!:;–—-"):
        start += 1
    return start


def _greeting(document: Document, sentence: Sentence, text: str, *, greeted: bool) -> Part | None:
    """The words that address the reader at the start of a sentence, with the name in them."""
    hail = _HAIL.match(text)
    if hail is not None:
        name = _name(document, sentence.start + hail.end(), sentence.end)
        if name is not None and (_GREETS.match(text) or _set_off(document, name)):
            return Part(PartKind.GREETING, sentence.start, name.end, name)
        if greeted or not _GREETS.match(text):
            return None
        stop = re.compile(r"[,!:\n]|$").search(text, hail.end())
        end = stop.start() if stop else len(text)
        short = len(text[hail.end() : end].split()) <= 4
        return Part(PartKind.GREETING, sentence.start, sentence.start + end) if short else None
    if greeted:
        return None
    name = _vocative(document, sentence, text)
    return Part(PartKind.GREETING, sentence.start, name.end, name) if name else None


def _set_off(document: Document, name: Span) -> bool:
    """Does a name after thanks or wishes address somebody, or begin the sentence's matter?"""
    behind = document.text[name.end : name.end + 2]
    return behind[:1] in {",", "!", ":", "."} or not behind.strip()


def _name(document: Document, start: int, end: int) -> Span | None:
    """A person's name, or a placeholder for one, that begins here."""
    text = document.text
    while start < end and _name_field(document, start) is None and text[start] in " ,*_\"'>(\n":
        start += 1
    titled = re.match(rf"{_TITLE}\s", text[start:end])
    at = start + titled.end() if titled else start
    field = _name_field(document, at)
    if field is not None:
        return Span(start, _joined(document, field, end))
    person = _PERSON.match(text, start, end)
    if person is None or person[0].split()[0].lower().strip(".,") in _NOBODY:
        return Span(start, start + 12) if text[start : start + 11].lower() == "parents of " else None
    first = person[0].split()[0]
    return None if first.isupper() and len(first) > 3 else Span(start, person.end())


def _name_field(document: Document, at: int) -> int | None:
    """The end of a placeholder for a name that begins here."""
    fields = document.placeholders
    index = bisect_left(fields, at, key=_begins)
    if index == len(fields) or fields[index].start != at or not _names_a_person(fields[index].name):
        return None
    return fields[index].end


def _begins(field: Placeholder) -> int:
    return field.start


def _names_a_person(name: str) -> bool:
    """``order.customer_name`` does, ``order.name`` does not."""
    return bool(_SURE_NAME.search(name)) or (
        _NAME_FIELD.search(name) is not None and not _OTHER_NAME.search(name)
    )


def _joined(document: Document, end: int, limit: int) -> int:
    """First name and last name often are two fields."""
    fields = document.placeholders
    for placeholder in fields[bisect_left(fields, end, key=_begins) :]:
        if placeholder.start > limit:
            break
        if not document.text[end : placeholder.start].strip():
            if _OTHER_NAME.search(placeholder.name):
                break
            end = placeholder.end
    return end


def _vocative(document: Document, sentence: Sentence, text: str) -> Span | None:
    """``Ana, see you`` and ``{{ name }}, we miss you``."""
    field = _name_field(document, sentence.start)
    if field is not None:
        behind = document.text[field : field + 2].lstrip()
        return Span(sentence.start, field) if behind[:1] in {",", "!", ":", "-", "–"} else None
    called = _VOCATIVE.match(text)
    if called is None or len(text) < called.end() + 12:
        return None
    word = called[0].strip().split()[0].lower().strip(".,")
    if text[called.end()] == ":" and not _TITLED.match(called[0].strip()):
        return None
    if text[called.end()] in "-–—" and text[called.end() - 1] != " ":
        return None
    known = word in _NOBODY or word in _NO_VOCATIVE
    return None if known else Span(sentence.start, sentence.start + called.end())


def _ended(document: Document, found: list[Part]) -> Iterator[Part]:
    """The closing and who signs, known by where they stand: at the end, in few words."""
    text = document.text
    body = [index for index, part in enumerate(found) if part.kind is PartKind.BODY]
    tail = set(body[-3:]) if len(body) > 1 else set()
    closed = False
    for index, part in enumerate(found):
        if part.kind is PartKind.BODY:
            words = text[part.start : part.end]
            closing = _CLOSES.match(words)
            if closing and _only_closes(words, closing.end(), last=index in tail):
                closed = True
                yield Part(PartKind.CLOSING, part.start, part.end)
                continue
            if index in tail and len(words.split()) <= 5 and (closed or _signs(words)):
                yield Part(PartKind.SENDER, part.start, part.end)
                continue
        yield part


def _only_closes(words: str, end: int, *, last: bool) -> bool:
    """Is there no more behind a closing than who signs?"""
    behind = words[end:]
    return not behind or (
        last and len(behind.split()) <= 4 and (words[end - 1] in ",.!\n" or not _VERB.search(behind))
    )


def _signs(words: str) -> bool:
    """A line of names only, without an end mark: ``Studio Halm``."""
    pieces = [piece for piece in re.split(r"[\s,&]+", words) if piece]
    return (
        bool(pieces)
        and not words.rstrip().endswith((".", "!", "?", ":"))
        and all(piece[0].isupper() or piece in {"and", "of", "the", "at", "to"} for piece in pieces)
        and not any(char.isdigit() for char in words)
    )
