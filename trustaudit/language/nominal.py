"""Norms without an acting subject: nouns, passives with an agent, and acts that need consent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from trustaudit.language.actors import ONE, says_that
from trustaudit.language.forms import DENIED, ENTITLES, FORMS, WHO
from trustaudit.language.modality import Modality


class Nominal(NamedTuple):
    """A norm found by its nouns; ``who`` is where the party stands."""

    start: int
    end: int
    who: tuple[int, int]
    modality: Modality
    source: str


_DONE = r"\w+(?:ed|en|de|pt|id|nt|ld|lt|ne|wn|ght|ut|et|ad|ound)\b"
_NO = r"(?P<no>\bno (?:[\w,'-]+ ){1,14}?)?\b"
_PASSIVE = re.compile(
    rf"{_NO}(?P<modal>shall|will|must|may|can|cannot|is to|are to)(?P<not> not| only| never)?"
    rf"(?: also| \w+ly| at any time| then| have)* be(?: \w+ly)? (?P<verb>{_DONE})"
    rf"(?P<between>[^.;:]{{0,140}}?) by {WHO}(?!'s (?!(?:employees|agents)))"
)
_UNCONSENTED = re.compile(
    rf"{_NO}(?P<modal>shall|will|must|may|can|cannot)(?P<not> not)? be (?:\w+ly )?{_DONE}"
    rf"(?![^.;:]{{0,100}} by {ONE})[^.;:]{{0,100}}? without (?:the )?"
    rf"(?:{ONE}'s (?:express |prior |written |and |, )*"
    rf"(?:consent|approval|permission|agreement)"
    rf"|(?:express |prior |written |and |, )*(?:consent|approval|permission|agreement) of {ONE})"
)
_PARTICIPLE = re.compile(
    r"(?<!,)(?<! and)(?<! or) (?:\w+ed|made|given|paid|borne|taken|held|kept|set|written|incurred|owned"
    r"|caused"
    r"|due|payable)(?: \w+ly)?\Z"
)
_STATES = frozenset(
    "deemed limited bound construed governed required entitled obligated obliged permitted allowed".split()  # noqa: SIM905
)
_KEEPS = frozenset(("retained", "owned", "reserved"))
_RELATIVE = re.compile(r"(?<!,) (?:which|that)\b[^,;]{0,40}\Z")


def nominals(text: str) -> Iterator[Nominal]:
    """The norms of a clause that its subject does not carry, in the order of the forms."""
    for needed, words, modality in FORMS:
        if any(word in text for word in needed):
            for found in words.finditer(text):
                yield Nominal(*found.span(), found.span("who"), modality, "nominal")
    for found in ENTITLES.finditer(text):
        if not DENIED.search(text, max(0, found.start() - 300), found.start()):
            yield Nominal(*found.span(), found.span("who"), Modality.ENTITLEMENT, "nominal")
    for found in _PASSIVE.finditer(text) if " by " in text else ():
        made = _passive(found)
        if made is not None:
            yield made


def _passive(found: re.Match[str]) -> Nominal | None:
    """*may be terminated by Provider*: the agent bears what the modal makes."""
    between, verb = found["between"], found["verb"]
    if " by " in between or _PARTICIPLE.search(between) or verb in _STATES or _relative(found):
        return None
    negated = bool(found["no"]) or found["modal"] == "cannot" or (found["not"] or "") in {" not", " never"}
    power = found["modal"] in {"may", "can", "cannot"} or found["not"] == " only"
    modality = (
        Modality.PERMISSION if power else Modality.ENTITLEMENT if verb in _KEEPS else Modality.OBLIGATION
    )
    if negated:
        modality = Modality.PROHIBITION
    return Nominal(*found.span(), found.span("who"), modality, "passive")


def _relative(found: re.Match[str]) -> bool:
    """Does the passive stand in a relative clause (*for which the Premises may be used by Landlord*)?"""
    text, at = found.string, found.start()
    relative = _RELATIVE.search(text, max(0, at - 60), at)
    if relative is None:
        return False
    that = text.find("that", relative.start(), at)
    return that < 0 or not says_that(text, that + 5)


def unconsented(text: str) -> Iterator[tuple[int, int, str]]:
    """*shall not be assigned without Landlord's consent*: where, and the mark of the side that consents."""
    for found in _UNCONSENTED.finditer(text) if " without " in text else ():
        if found["no"] or found["not"] or found["modal"] == "cannot":
            mark = re.findall(ONE, found[0])
            yield found.start(), found.end(), mark[-1]
