"""The documents of a journey as they are compared with each other: their readings, what they are, whose."""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from trustaudit.audit import Kind
from trustaudit.document import Document, Span
from trustaudit.journey_audit import Passage, Staged
from trustaudit.language import roles
from trustaudit.language.entities import core
from trustaudit.language.parties import find_sides
from trustaudit.language.reading import Reading
from trustaudit.language.sentences import Sentence
from trustaudit.ruleset import load_rules

_LIKE = 88.0  # per cent of likeness from which two names are the same one, or meant to be
_LONG = 420  # characters from which on a sentence is quoted in part
_TITLES = 90  # characters of the beginning in which a paper says what it is
_BINDING = re.compile(
    r"\b(?:agreement|contract|terms|conditions|lease|policy|licen[cs]e|addendum|amendment|covenants?|tenancy)\b"
)
_LOOSE = re.compile(
    r"\b(?:quot(?:e|ation)|offer|proposal|order form|purchase order|order confirmation|term sheet|estimate"
    r"|statement of work|work order|letter of intent)\b"
)
_FORMAL = frozenset({Kind.CONTRACT.value, Kind.TERM_SHEET.value})
_KNOWN_AS = re.compile(
    r"(?:[a-z-]+ ){0,3}(?:agreement|contract|lease|policy|addendum|terms of (?:service|use)|terms"
    r"|conditions|note|deed|form)\b"
)
_PLAIN_TITLE = re.compile(
    r"^(?:the |this |our |general |standard |and )*(?:agreement|contract|terms|conditions|form)$"
)
_ENTITY = re.compile(
    r"(?:[A-Z0-9][\w&'’.-]*,? (?:& |of |and )?){1,5}(?:Inc|INC|LLC|L\.L\.C|Ltd|LTD|Limited|LIMITED|Corp"
    r"|CORP|Corporation|CORPORATION"
    r"|GmbH|AG|plc|PLC|LLP|LP|L\.P|B\.V|N\.V|S\.A|SA|AB|Company|COMPANY)\b"
)
_HEAD = 3_000  # characters in which a contract names its parties
_ABOUT = {
    "secrecy": re.compile(r"\b(?:non-?disclosure|confidentiality|secrecy|nda)\b"),
    "data": re.compile(r"\b(?:data processing|data protection|dpa|privacy)\b"),
    "loan": re.compile(r"\b(?:prototype|sample|evaluation|loan|loaned)\b"),
    "lease": re.compile(r"\b(?:lease|tenancy|rental|sublease)\b"),
    "work": re.compile(r"\b(?:employment|labour|labor)\b"),
    "licence": re.compile(r"\b(?:licen[cs]e|eula|software)\b"),
    "supply": re.compile(r"\b(?:supply|sale|purchase|distribution|manufacturing)\b"),
    "services": re.compile(r"\b(?:services?|consulting|maintenance|support)\b"),
}


@dataclass(frozen=True)
class Told:
    """One document of the journey with its reading. ``index`` is its place among the documents compared."""

    staged: Staged
    index: int
    reading: Reading

    @property
    def document(self) -> Document:
        return self.staged.audit.document

    @property
    def path(self) -> str:
        return self.staged.path

    @property
    def read_anew(self) -> bool:
        """Are the sides read otherwise than for the audit, which knew names that the paper does not use?"""
        parties, text = self.staged.audit.parties, self.document.text.lower()
        return any(
            name not in {"we", "you"} and name.lower() not in text
            for name in (*parties.company, *parties.customer)
        )

    @cached_property
    def title(self) -> str:
        """What the paper calls itself, in lower case: its first words, or its file's name."""
        head = " ".join(self.document.text[:_TITLES].split()).lower()
        name = re.sub(r"[\W_]+", " ", self.staged.path.rpartition("/")[2].rpartition(".")[0]).lower()
        return f"{name} | {head}"

    @cached_property
    def rank(self) -> int:
        """3 a contract, 2 a paper that is meant to become part of one, 1 a message or an advertisement."""
        head = self.title
        formal = self.staged.kind in _FORMAL or self.staged.stage == "contract" or bool(_LOOSE.search(head))
        if formal and _LOOSE.search(head) and not _BINDING.search(head.partition("|")[0]):
            return 2
        if self.staged.kind == Kind.CONTRACT:
            return 3
        if self.staged.stage == "contract" and _BINDING.search(head):
            return 3
        return 2 if formal else 1

    @cached_property
    def about(self) -> str:
        """Which agreement the paper is, by its title: secrecy, data, loan, lease …; empty: no telling."""
        if self.rank < 2:
            return ""
        return next((kind for kind, sign in _ABOUT.items() if sign.search(self.title)), "")

    @cached_property
    def known_as(self) -> str:
        """The name of an agreement by itself, such as *reseller agreement*; empty for a plain one or none."""
        if self.rank < 3:
            return ""
        for part in reversed(self.title.split("|")):
            found = _KNOWN_AS.search(part)
            if found:
                return "" if _PLAIN_TITLE.match(found[0]) else found[0]
        return ""

    @cached_property
    def names(self) -> frozenset[str]:
        """Proper names of both sides; of a paper that is meant to be signed all that its head names."""
        found = {*self.company_names, *self.customer_names}
        if self.rank > 1:
            head = " ".join(self.document.text[:_HEAD].split())
            found |= {core(match[0]) for match in _ENTITY.finditer(head)}
        return frozenset(found)

    @cached_property
    def company_names(self) -> tuple[str, ...]:
        return self._proper(self.staged.audit.parties.company)

    @cached_property
    def customer_names(self) -> tuple[str, ...]:
        return self._proper(self.staged.audit.parties.customer)

    def _proper(self, names: Sequence[str]) -> tuple[str, ...]:
        """The names that stand in the text and are no role words or pronouns, as their core."""
        lowered = self.document.text.lower()
        return tuple(
            core(name)
            for name in names
            if name.lower() not in {"we", "you"} and roles.rung(name) is None and name.lower() in lowered
        )

    def sentence(self, offset: int) -> Sentence:
        return self.reading.sentences[max(self.reading.sentence_at(offset), 0)]

    def around(self, span: Span) -> Span:
        """The sentence of a place; of a very long one the part between semicolons or line ends."""
        sentence = self.sentence(span.start).span
        whole = Span(min(sentence.start, span.start), max(sentence.end, span.end))
        if whole.end - whole.start <= _LONG:
            return whole
        text = self.document.text
        low = max(text.rfind(mark, whole.start, span.start) + 1 for mark in ";\n:") or whole.start
        ends = [at for mark in ";\n" if (at := text.find(mark, span.end, whole.end)) >= 0]
        start, end = max(low, whole.start), min([*ends, whole.end])
        while start < span.start and text[start].isspace():
            start += 1
        if end - start <= _LONG:
            return Span(start, end)
        return Span(_word_start(text, max(start, span.start - 150), span.start),
                    _word_end(text, min(end, span.end + 150), span.end))  # fmt: skip

    def passage(self, span: Span) -> Passage:
        return self.staged.passage(span.start, span.end)


def _word_start(text: str, at: int, most: int) -> int:
    while at < most and at > 0 and not text[at - 1].isspace():
        at += 1
    return at


def _word_end(text: str, at: int, least: int) -> int:
    while at > least and at < len(text) and not text[at].isspace():
        at -= 1
    return at


_LAST: list[tuple[tuple[Staged, ...], tuple[Told, ...]]] = []
"""The journey that was read last: what looks for contradictions and what looks for returns read the same."""


def told(documents: Sequence[Staged]) -> tuple[Told, ...]:
    """The documents in the order of the journey, each read again with the sides that its audit found."""
    given = tuple(documents)
    if _LAST and len(_LAST[0][0]) == len(given) and all(map(operator.is_, _LAST[0][0], given)):
        return _LAST[0][1]
    papers = _told(given)
    _LAST[:] = [(given, papers)]
    return papers


def forget() -> None:
    """Let go of the journey that was read last."""
    _LAST.clear()


def _told(documents: Sequence[Staged]) -> tuple[Told, ...]:
    vocabulary = load_rules(()).vocabulary
    out = []
    for index, staged in enumerate(sorted(documents, key=lambda one: one.order)):
        audit = staged.audit
        text = audit.document.text.lower()
        company, customer = (_named(names, text) for names in (audit.parties.company, audit.parties.customer))
        sides = find_sides(audit.document.text, audit.kind, company, customer)
        reading = Reading(audit.document, audit.kind, audit.audience, sides, vocabulary)
        out.append(Told(staged, index, reading))
    return tuple(out)


def _named(names: Sequence[str], text: str) -> tuple[str, ...]:
    """The names that stand in the text: one that only the settings know must not hide *the Customer*."""
    return tuple(name for name in names if name not in {"we", "you"} and name.lower() in text)


def same_name(one: str, other: str) -> bool:
    """Are two names one, or one in two spellings, or one short for the other?"""
    if f" {one} " in f" {other} " or f" {other} " in f" {one} ":
        return True
    return fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")) >= _LIKE


def related(one: Told, other: Told) -> bool:
    """May the two be about one relationship? Not where both name parties, and none of them is the same."""
    if one.rank == 3 == other.rank and not (one.names and other.names) and apart_by_title(one, other):
        return False
    return _meet(sorted(one.names), sorted(other.names)) and not (
        one.rank > 1 < other.rank
        and one.customer_names
        and other.customer_names
        and not _meet(one.customer_names, other.customer_names + other.company_names)
    )


def _meet(names: Sequence[str], others: Sequence[str]) -> bool:
    return not names or not others or any(same_name(name, other) for name in names for other in others)


def one_agreement(one: Told, other: Told) -> bool:
    """Is there nothing in their titles that tells that they are two agreements about two things?"""
    if one.about and other.about and one.about != other.about:
        return False
    return not apart_by_title(one, other)


def apart_by_title(one: Told, other: Told) -> bool:
    """Do two contracts call themselves two things?"""
    mine, theirs = one.known_as, other.known_as
    return bool(mine and theirs) and fuzz.token_set_ratio(mine, theirs) < _LIKE
