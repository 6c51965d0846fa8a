"""Telephone numbers, e-mail and postal addresses for one purpose that differ from paper to paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trustaudit.audit import Severity
from trustaudit.document import Document, Span
from trustaudit.journey.contact_words import Words, contact_words
from trustaudit.journey.precedence import Precedence
from trustaudit.journey.told import Told, related
from trustaudit.journey_audit import Conflict

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]+\.)+[a-zA-Z]{2,24}(?![\w@])")
_PHONE = re.compile(r"(?<![\w.,/@:#-])(?:\+|\(?0|\(?[1-9])[\d ()./-]{5,18}\d(?![\w%]|[.,-]\d)")
_DATE = re.compile(
    r"^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{4} ?- ?\d{4}"
    r"|\d{1,2}[./]\d{1,2} .*)$"
)
_CALLED = re.compile(
    r"\b(?:call|phone|telephone|tel|line|hotline|dial|ring|reach|mobile|helpline|number|freephone|toll-free|on|at)\b",
    re.IGNORECASE,
)
_FAX = re.compile(
    r"\b(?:fax|telefax|account|iban|invoice|order|case|reference|ref|customer|policy"
    r"|contract|article|section|vat|no)"

                  r"\b[ .:#]*(?:number|no|nr)?[ .:#]*\Z", re.IGNORECASE)  # fmt: skip
_STREET = re.compile(
    r"(?<![\w.])(?P<number>\d{1,5}[a-zA-Z]?),? (?P<name>(?:[A-Z][\w'’.-]+ ){1,3}(?:Street|St|Road|Rd"
    r"|Lane|Avenue|Ave|Drive|Way|Square"
    r"|Place|Boulevard|Blvd|Court|Quay|Row|Terrace|Park|Close|Hill|Gardens|Wharf|Crescent))\b"
    r"|(?P<strasse>[A-ZÄÖÜ][\w-]*(?:straße|strasse|str\.|weg|platz|allee"
    r"|gasse)) (?P<hausnummer>\d{1,4}[a-z]?)"
)
_ABOUT = re.compile(
    r"\b(?:questions?|queries|enquir\w+) (?:about|on|regarding|concerning) (?:the |your |this "
    r"|our )?(?P<what>\w{4,})",
    re.IGNORECASE,
)
_NO_REPLY = re.compile(r"^(?:no-?reply|do-?not-?reply|mailer)", re.IGNORECASE)
_GENERAL = re.compile(
    r"^(?:support|help|helpdesk|info|contact|hello|hi|service|services|customer-?service|customer-?care|care|team|office|mail|kontakt"
    r"|kundenservice|questions|ask|enquiries|inquiries|billing|invoices?|accounts?|accounting|payments?|sales|orders?|returns?"
    r"|complaints?|privacy|dataprotection|dpo|claims?)\d*$"
)
_NEAR = 110  # characters before or behind a contact, within its sentence, in which its purpose stands
_MOST = 2  # contacts for one purpose in a paper: with more of them each is for some place or person
_CHANNELS = {"phone": "telephone number", "email": "e-mail address", "address": "postal address"}


@dataclass(frozen=True, slots=True)
class Contact:
    """``value`` is what is compared, ``said`` what is written."""

    told: Told
    channel: str  # phone | email | address
    purpose: str
    value: str
    said: str
    span: Span


def contacts(papers: Sequence[Told], order: Precedence) -> Iterator[Conflict]:
    """A conflict for each purpose for which two papers name other contacts; linear in the text."""
    words = contact_words()
    found: dict[tuple[str, str], dict[int, list[Contact]]] = {}
    for paper in papers:
        for contact in _of(paper, words):
            by_paper = found.setdefault((contact.channel, contact.purpose), {})
            by_paper.setdefault(paper.index, []).append(contact)
    for by_paper in found.values():
        usable = [held for _, held in sorted(by_paper.items()) if len({one.value for one in held}) <= _MOST]
        yield from _differing(usable, order)


def _differing(held: Sequence[list[Contact]], order: Precedence) -> Iterator[Conflict]:
    """Each other contact against that of the paper that binds, or of the first."""
    ranked = sorted(held, key=lambda each: (-each[0].told.rank, each[0].told.index))
    known: list[Contact] = list(ranked[0]) if ranked else []
    for other in ranked[1:]:
        if any(_same(one, its) for one in known for its in other):
            continue
        if related(known[0].told, other[0].told) and _for_all(known[0], other[0]):
            yield _conflict(known[0], other[0], order)
            known += other


def _for_all(one: Contact, other: Contact) -> bool:
    """Can two contacts be for the same thing? An address that names a person or a matter is for that."""
    if one.channel != "email":
        return True
    mine, theirs = (each.value.partition("@")[0] for each in (one, other))
    return mine == theirs or bool(_GENERAL.match(mine) and _GENERAL.match(theirs))


def _same(one: Contact, other: Contact) -> bool:
    if one.channel != "phone":
        return one.value == other.value
    short, long = sorted((one.value, other.value), key=len)
    return long.endswith(short.lstrip("0")) and len(short.lstrip("0")) >= 5


def _conflict(one: Contact, other: Contact, order: Precedence) -> Conflict:
    first, second = sorted((one, other), key=lambda each: (each.told.index, each.span))
    what = _CHANNELS[one.channel]
    lost = {
        "phone": "a call may reach nobody, and nobody knows which number to trust",
        "email": "a message may reach nobody, and time runs while it lies there",
        "address": "a letter may arrive at the wrong door, and count as never sent",
    }[one.channel]
    return Conflict(
        kind="contact",
        topic=f"{one.purpose}-{one.channel}",
        title=f"Two papers, two contacts: {what} for {one.purpose}",
        message=f"{first.told.path} gives {first.said}, {second.told.path} gives {second.said}",
        cost=lost,
        binds=order.binding(first.told, second.told)[1],
        severity=Severity.MINOR,
        first=first.told.passage(first.told.around(first.span)),
        second=second.told.passage(second.told.around(second.span)),
    )


def _of(paper: Told, words: Words) -> Iterator[Contact]:
    document = paper.document
    for channel, value, span in _written(document):
        sentence = paper.sentence(span.start).span
        purpose = _purpose(document.text, span, sentence, words)
        if purpose:
            yield Contact(paper, channel, purpose, value, " ".join(document.quote(span).split()), span)


def _written(document: Document) -> Iterator[tuple[str, str, Span]]:
    """Every contact of a text: channel, value for comparing, place; none in a template's variable."""
    text = document.text
    holes = document.placeholders
    for channel, pattern in (("email", _EMAIL), ("phone", _PHONE), ("address", _STREET)):
        for found in pattern.finditer(text):
            span = Span(*found.span())
            value = _value(channel, found, text)
            if value and not any(hole.start < span.end and span.start < hole.end for hole in holes):
                yield channel, value, span


def _value(channel: str, found: re.Match[str], text: str) -> str:
    """What is compared; empty for what only looks like a contact."""
    if channel == "email":
        return "" if _NO_REPLY.match(found[0]) else found[0].lower()
    if channel == "address":
        street = found["strasse"] or found["name"]
        return " ".join(re.findall(r"\w+", f"{street} {found['hausnummer'] or found['number']}".lower()))
    digits = re.sub(r"\D", "", found[0])
    before = text[max(0, found.start() - 60) : found.start()]
    if not 7 <= len(digits) <= 15 or _DATE.match(found[0]) or _FAX.search(before):
        return ""
    return digits.removeprefix("00") if found[0].startswith("+") or _CALLED.search(before) else ""


def _purpose(text: str, span: Span, sentence: Span, words: Words) -> str:
    """What a contact is for, by the nearest words of its sentence; empty where none tells."""
    low, high = max(sentence.start, span.start - _NEAR), min(sentence.end, span.end + _NEAR)
    before, behind = text[low : span.start], text[span.end : max(high, span.end)]
    if re.search(r"\bbetween\b", text[sentence.start : sentence.end]):
        return ""  # the parties' addresses: whose it is decides, not what it is for
    about = None
    for about in _ABOUT.finditer(before):  # noqa: B007 - the last one
        pass
    if about is not None:
        return words.nearest(about["what"], "") or "about " + about["what"].lower()
    return words.nearest(before, behind)
