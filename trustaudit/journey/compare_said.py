"""Differences in norms, said to a reader: *Supplier's notice to end: 30 days → 90 days*."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from trustaudit.audit import Confidence, Side
from trustaudit.comparison import Aspect, NormChange, Passage, Turn
from trustaudit.document import Span
from trustaudit.journey.compare_terms import thing_of
from trustaudit.language.norms import Modality, Norm
from trustaudit.language.reading import Reading
from trustaudit.language.topics import topic_of

if TYPE_CHECKING:
    from trustaudit.journey.compare_facts import Measured
    from trustaudit.journey.compare_regions import Both

_MODALITIES: Mapping[Modality, str] = {
    Modality.OBLIGATION: "must",
    Modality.PERMISSION: "may",
    Modality.ENTITLEMENT: "has a right to",
    Modality.PROHIBITION: "may not",
    Modality.NO_OBLIGATION: "need not",
    Modality.NO_ENTITLEMENT: "has no right to",
}
_DENIED = {
    Modality.PROHIBITION: "may",
    Modality.NO_OBLIGATION: "must",
    Modality.NO_ENTITLEMENT: "has a right to",
}
_SIDES: Mapping[Side, str] = {
    Side.COMPANY: "the company",
    Side.CUSTOMER: "the customer",
    Side.BOTH: "both sides",
    Side.NEITHER: "neither side",
    Side.UNKNOWN: "a side that could not be told",
}
_THINGS: Mapping[str, str] = {
    "degree-time-to-cure": "time to put it right",
    "degree-notice": "notice",
    "degree-time-to-pay": "time to pay",
    "degree-time-it-lasts": "how long it lasts",
    "degree-limit-of-liability": "limit of liability",
    "degree-interest": "interest",
}
_TO: Mapping[str, str] = {
    "termination": "to end",
    "renewal": "on renewal",
    "price": "on prices",
    "change": "of a change",
    "late-fee": "on late payment",
}
_BARE = frozenset({"degree-limit-of-liability", "degree-time-to-pay", "degree-interest"})
_LONGEST = 220  # characters of a bond or of words that came or went


class Teller:
    """Says what differs, with the places in both versions."""

    def __init__(self, old: Reading, new: Reading) -> None:
        self._old, self._new = old, new

    def change(
        self, aspect: Aspect, one: Norm | None, two: Norm | None, *, was: str, now: str, turn: Turn,
        thing: str = "", places: tuple[Span | None, Span | None] = (None, None),
        units: Both | None = None, confidence: Confidence = Confidence.HIGH,
    ) -> NormChange:  # fmt: skip
        """A change of the norm that was ``one`` and is ``two``; its places are the given, else the norms'."""
        norm = main(one, two)
        topic = norm.topic if norm else self._topic(units)
        old = places[0] or (one.span if one else units.old.unit.span if units else None)
        new = places[1] or (two.span if two else units.new.unit.span if units else None)
        return NormChange(
            aspect=aspect,
            subject=self._subject(aspect, norm, topic, thing),
            bearer=norm.bearer if norm else "",
            side=norm.side if norm else Side.UNKNOWN,
            topic=topic,
            modality=norm.modality.value if norm else "",
            was=was,
            now=now,
            turn=turn,
            confidence=confidence,
            old=passage(self._old, old) if old else None,
            new=passage(self._new, new) if new else None,
        )

    def _subject(self, aspect: Aspect, norm: Norm | None, topic: str, thing: str) -> str:
        about = topic.replace("-", " ")
        bearer = norm.bearer if norm else ""
        if aspect is Aspect.AMOUNT:
            what = _THINGS.get(thing, thing or "amount")
            where = _TO.get(topic, f"({about})" if about else "")
            about = what if thing in _BARE else f"{what} {where}".strip()
            return f"{possessive(bearer)} {about}" if bearer else _capital(about)
        within = f" ({about})" if about else ""
        if aspect is Aspect.SIDE:
            return f"{_capital(thing or 'who bears it')}{within}"
        who = f"{bearer} {_binds(norm)}" if norm and bearer else "The clause"
        if aspect is Aspect.CONDITION:
            return f"{who}{within}, condition"
        if aspect is Aspect.SCOPE:
            return f"{who}{within}, wording"
        return f"{bearer}{within}" if bearer else _capital(about or "a norm")

    def _topic(self, units: Both | None) -> str:
        """Of a clause in which no norm was read, by its own words."""
        if units is None:
            return ""
        document = self._new.document
        return topic_of(document.quote(units.new.unit.span).lower())

    def thing(self, was: Measured | None, now: Measured | None, both: Both) -> str:
        """What an amount counts, by the words round it; empty where none says so."""
        for reading, each, facts in ((self._new, now, both.new), (self._old, was, both.old)):
            if each is None:
                continue
            view = reading.view
            low, high = view.locate(facts.unit.start), view.locate(facts.unit.end)
            found = thing_of(reading, view.text[low:high], each.amount)
            if found:
                return found
        return ""

    def bond(self, norm: Norm, *, old: bool) -> str:
        """``may terminate this agreement``: how it binds, and to what."""
        document = (self._old if old else self._new).document
        action = " ".join(document.quote(norm.action).split()).rstrip(" .;,")
        return _short(f"{_binds(norm)}: {action}")

    def quote(self, span: Span | None, *, old: bool) -> str:
        if span is None:
            return ""
        document = (self._old if old else self._new).document
        return _short(" ".join(document.quote(span).split()))

    def side(self, norm: Norm) -> str:
        """The bearer as it is written, and which side that is."""
        return f"{norm.bearer} ({_SIDES[norm.side]})" if norm.bearer else _SIDES[norm.side]

    def modality(self, modality: Modality) -> str:
        return _MODALITIES[modality]


def _binds(norm: Norm) -> str:
    """``may not``; behind *neither party*, which says the *not* itself, ``may``."""
    denied = norm.bearer.lower().startswith(("neither", "no ", "none"))
    return _DENIED.get(norm.modality, "must") if denied else _MODALITIES[norm.modality]


def main(one: Norm | None, two: Norm | None) -> Norm | None:
    """The norm as it is now; where it binds both sides now and bound one before, that one is who notices."""
    if one is not None and two is not None and two.side is Side.BOTH:
        return one
    return two or one


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def possessive(name: str) -> str:
    """``Supplier's``, ``Goods'``, ``your``: a side that is addressed has its own word."""
    lowered = name.lower()
    known = {"we": "our", "us": "our", "our": "our", "you": "your", "your": "your"}
    if lowered in known:
        return known[lowered].capitalize() if name[:1].isupper() else known[lowered]
    return f"{name}'" if lowered.endswith("s") else f"{name}'s"


def passage(reading: Reading, span: Span, heading: str = "") -> Passage:
    """A place in a document, with its quote."""
    place = reading.document.place(span)
    return Passage(span.start, span.end, reading.document.quote(span), heading, place.page, place.line)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rsplit(' ', 1)[0]}…"
