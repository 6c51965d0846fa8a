"""Does money speak first? The verdict of a message, its index, and the facts that both rest on.

The verdict answers questions in this order: is paying the very subject, and expected (then it is
*legitimate*, unless the message opens with blame, alarm or a threat); does a debt, a price or a fee stand
before another subject, or is that made to wait for payment (then *yes*); else *no*. The index explains, and
does not decide:

    35 order + 20 condition + 15 share + 15 pressure + 15 care gap         where the subject is something else
    35 clarity + 25 threat before help + 20 pressure + 20 care gap         where paying is the subject

Each part is between 0 and 1, so that the index lies between 0 and 100; it counts ranks of sentences, not
characters, so that filling cannot lower it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from trustaudit.audit import MoneyEntry, MoneyFirst
from trustaudit.document import Span
from trustaudit.language.message import Message, Piece
from trustaudit.language.parts import OPENING, Part, PartKind
from trustaudit.language.purposes import PAYING, purpose_of

_MONEY = re.compile(
    r"[$€£¥]|\d[.,]\d\d\b|\b(?:pay|pays|paid|paying|payable|payments?|prepa\w+|deposits?|fees?"
    r"|charg\w+|invoic\w+|bill(?:s|ed|ing)?"
    r"|balances?|pric\w+|costs?|co-?pay|ow(?:e|es|ed|ing)|overdue|settle\w*|amounts?|sums?|refund\w*"
    r"|debit\w*|debts?|rent|arrears"
    r"|eur(?:os?)?|usd|gbp|dollars?|pounds|cents|kr|instal?lments?|retainer|tuition|fares?|fines?"
    r"|money|upgrad\w+|subscri\w+|card"
    r"|unpaid|outstanding|remit\w*|total|discount\w*|coupons?|vouchers?|dues|top up|rate|half|third"
    r"|percent|remaining|arrived?)\b",
    re.IGNORECASE,
)
_CARING = (
    "thanks", "help-offered", "human-contact", "choice", "reason-given", "apology", "remedy",
    "exit-or-reschedule",
)  # fmt: skip
_ORDER, _CONDITION, _SHARE, _PRESSURE, _CARE_GAP = 35.0, 20.0, 15.0, 15.0, 15.0
_CLARITY, _THREAT_FIRST, _PRESSURE_PAYING, _CARE_GAP_PAYING = 35.0, 25.0, 20.0, 20.0
_MONEY_SHARE = 0.4  # how likely a purpose about money must be where another one is likelier
_HALF = 0.5  # a message of which half is money has the full share
Found = Mapping[str, Sequence[Span]]
"""Where rules have found something, by the name of their ``message`` label."""


@dataclass(frozen=True)
class Judged:
    """A message with what rules found in it, and everything that follows from both."""

    message: Message
    found: Found
    each: tuple[Judged, ...] = ()  # the messages of a catalogue

    @cached_property
    def asks(self) -> tuple[Part, ...]:
        """Sentences with money that the reader owes or is to pay, in the order of the reader."""
        return tuple(part for part in self._sentences if self._is_ask(part))

    @cached_property
    def _sentences(self) -> tuple[Part, ...]:
        return tuple(part for part in self.message.content() if part.end - part.start > 1)

    def _is_ask(self, part: Part) -> bool:
        text = self.message.document.text
        if not _MONEY.search(text, part.start, part.end):
            return False
        return self.says("money-duty", part) is not None and self.says("no-duty", part) is None

    def says(self, name: str, part: Part) -> Span | None:
        """Where a part says a phrase of a vocabulary list."""
        if not self.message.reading.compiler.knows(name):
            return None
        view = self.message.reading.view
        start, end = view.locate(part.start), view.locate(part.end)
        hit = self.message.reading.compiler.compile_list(name).compiled.search(view.text[start:end])
        return view.span(start + hit.start(), start + hit.end()) if hit and hit[0] else None

    def places(self, *labels: str) -> list[Span]:
        """Where rules with these labels found something, in order."""
        return sorted(span for label in labels for span in self.found.get(label, ()))

    @cached_property
    def condition(self) -> Span | None:
        return next(iter(self.places("condition")), None)

    @cached_property
    def threats(self) -> list[Span]:
        return self.places("threat", "penalty")

    @cached_property
    def hostile(self) -> Span | None:
        """Blame, alarm or a threat in the opening."""
        for part in self._opening:
            hit = self.says("hostile", part)
            if hit is not None:
                return hit
            for span in self.places("threat", "blame"):
                if part.span.overlaps(span):
                    return span
        return None

    @property
    def _opening(self) -> tuple[Part, ...]:
        return self.message.opening

    @cached_property
    def first_ask(self) -> Part | None:
        """The ask, or the price of a failure, in the opening, where one is."""
        fines = self.places("penalty")
        return next((part for part in self._opening if part in self.asks or self._fined(part, fines)), None)

    def _fined(self, part: Part, fines: Sequence[Span]) -> bool:
        text = self.message.document.text
        priced = _MONEY.search(text, part.start, part.end) is not None
        return priced and any(part.span.overlaps(span) for span in fines)

    @cached_property
    def paying(self) -> bool:
        """Is an expected payment the very subject?"""
        purpose = self.message.purpose
        if purpose in PAYING:
            return not (self.condition is not None and self._something_else)
        if purpose in {"marketing", "thank-you"} or self.condition is not None:
            return False
        if self.message.guess.money >= _MONEY_SHARE:
            return True
        return any(self.says("paying-subject", part) for part in self._opening)

    @property
    def purpose(self) -> str:
        """What the message is for; money that something else waits for is not its purpose."""
        guess = self.message.guess
        return self._come_for if guess.purpose in PAYING and not self.paying else guess.purpose

    @property
    def _come_for(self) -> str:
        """What is made to wait, by the sentences that neither ask nor make it wait."""
        message, asks = self.message, set(self.asks)
        waits = self.condition
        rest = [
            part for part in message.parts if part not in asks and not (waits and part.span.overlaps(waits))
        ]
        return purpose_of(rest, message.document, message.alone).other if rest else message.guess.other

    @property
    def _something_else(self) -> bool:
        """Does what waits for the payment go beyond the service that the payment keeps up?"""
        if self.condition is None:
            return False
        rank = self._rank(self.condition)
        waits = self._text(self.message.parts[rank]) if rank >= 0 else ""
        return not _KEPT_UP.search(waits)

    @cached_property
    def verdict(self) -> str:
        """One of yes, no and legitimate."""
        if self.paying:
            return "yes" if self.hostile else "legitimate"
        if self.message.purpose == "marketing":
            return "no"
        if self.condition is not None or self.first_ask is not None:
            return "yes"
        return "yes" if self.hostile and self.asks else "no"

    @cached_property
    def money_first(self) -> MoneyFirst:
        entries = tuple(self._paying_entries() if self.paying else self._entries())
        index = min(round(sum(entry.points for entry in entries), 1), 100.0)
        return MoneyFirst(index, self.verdict, entries)

    # The parts of the index

    def _entries(self) -> Iterator[MoneyEntry]:
        if not self.asks:
            return
        ask = self.asks[0]
        cares = self._care_ranks()
        rank = self._rank(ask.span)
        if not cares:
            yield MoneyEntry("order", _ORDER, "an ask, and no word of care anywhere", ask.span)
        elif min(cares) > rank:
            yield MoneyEntry("order", _ORDER / 2, "the ask stands before any word of care", ask.span)
        yield from self._condition_entry()
        share = len(self.asks) / max(len(self._sentences), 1)
        points = round(_SHARE * min(share / _HALF, 1.0), 1)
        yield MoneyEntry(
            "share", points, f"{len(self.asks)} of {len(self._sentences)} sentences are about money", ask.span
        )
        yield from self._pressure_entry(_PRESSURE)
        yield from self._care_gap_entry(_CARE_GAP)

    def _condition_entry(self) -> Iterator[MoneyEntry]:
        if self.condition is not None:
            yield MoneyEntry("condition", _CONDITION, "service is made to wait for payment", self.condition)
        elif penalty := self.places("penalty"):
            yield MoneyEntry("condition", _CONDITION / 2, "a fee or penalty is announced", penalty[0])

    def _paying_entries(self) -> Iterator[MoneyEntry]:
        missing = [why for why, there in self._clarity() if not there]
        if missing:
            points = round(_CLARITY * len(missing) / 3, 1)
            yield MoneyEntry("clarity", points, f"not said: {', '.join(missing)}")
        helps = self.places("help-offered", "human-contact", "choice")
        if self.threats and (not helps or self.threats[0] < helps[0]):
            yield MoneyEntry(
                "threat-before-help",
                _THREAT_FIRST,
                "what is threatened stands before any help",
                self.threats[0],
            )
        yield from self._pressure_entry(_PRESSURE_PAYING)
        yield from self._care_gap_entry(_CARE_GAP_PAYING)

    def _clarity(self) -> Iterator[tuple[str, bool]]:
        """What a bill or reminder owes its reader."""
        text = self.message.document.quote(self.message.span)
        sums = re.search(r"\d|amount|total|value|price|balance", text, re.IGNORECASE)
        yield "how much", sums is not None
        yield "by when, or when it happened", bool(self.places("notice")) or "date" in text.lower()
        yield "whom to ask where something is wrong", bool(self.places("help-offered", "human-contact"))

    def _pressure_entry(self, most: float) -> Iterator[MoneyEntry]:
        """Threats count half, everything else that pushes a quarter."""
        hard = self.places("threat", "penalty")
        soft = self.places("urgency", "demand", "no-reply", "blame")
        share = min(0.5 * len(hard) + 0.25 * len(soft), 1.0)
        if share:
            what = "threatens or punishes" if hard else "pushes"
            yield MoneyEntry("pressure", round(most * share, 1), f"it {what}", (hard or soft)[0])

    def _care_gap_entry(self, most: float) -> Iterator[MoneyEntry]:
        there = (
            ("a name or greeting", self.message.name is not None),
            ("a warm word", bool(self.places("thanks", "apology")) or self._warm()),
            ("somebody to reach", bool(self.places("human-contact"))),
            ("a choice or a way out", bool(self.places("choice", "exit-or-reschedule"))),
        )
        missing = [what for what, has in there if not has]
        if missing:
            points = round(most * len(missing) / len(there), 1)
            yield MoneyEntry("care-gap", points, f"missing: {', '.join(missing)}")

    def _warm(self) -> bool:
        return any(self.says("warm", part) for part in self._sentences)

    def _care_ranks(self) -> list[int]:
        """The ranks of sentences that care: deposits, warm words, and what the message is about."""
        spans = [*self.places(*_CARING), *(part.span for part in self._sentences if self.says("warm", part))]
        return [rank for rank in map(self._rank, spans) if rank >= 0]

    def _rank(self, span: Span) -> int:
        return self.message.at(span.start)

    # Facts that rules ask for

    @cached_property
    def purpose_first(self) -> Span | None:
        """The opening that says what it is about for the reader."""
        if self.verdict == "yes" or self.hostile:
            return None
        pushing = [*self.places("urgency", "demand")]
        for part in self._opening:
            if part.kind in OPENING and len(self._opening) > 1 and not _speaks(self._text(part)):
                continue
            if any(part.span.overlaps(span) for span in pushing):
                return None
            if _speaks(self._text(part)):
                return part.span
        return None

    def _text(self, part: Part) -> str:
        return self.message.document.text[part.start : part.end]

    @cached_property
    def no_contact(self) -> Span | None:
        """The place where somebody to turn to is missed; None where it is not, or where there is one."""
        if self.places("human-contact", "help-offered"):
            return None
        hurts = self.places("condition", "threat", "penalty", "blame")
        if hurts:
            return hurts[0]
        if self.asks and (self.verdict == "yes" or self.purpose in {"payment-reminder", "arrears"}):
            return self.asks[0].span
        return self._left_alone()

    def _left_alone(self) -> Span | None:
        """An advert without a way out; a changed password, and no word on what to do if it was another."""
        if self.places("exit-or-reschedule", "remedy") or not self._opening:
            return None
        if self.purpose == "marketing" and self.message.channel != "web":
            return self._opening[-1].span
        found = (
            _SECURITY.search(self.message.document.text, *self.message.span)
            if self.purpose == "account"
            else None
        )
        return Span(*found.span()) if found else None


_KEPT_UP = re.compile(
    r"\bsuspen|\bdisconnect|\bcut\b|\bkeep\b[^.]{0,30}\bactive|\byour [^.]{0,20}(?:service|account"
    r"|subscription|supply|plan|workspace|policy)\b",
    re.IGNORECASE,
)
_SECURITY = re.compile(r"\b(?:password|e-?mail(?: address)?)\b[^.!?]{0,30}\bchanged\b", re.IGNORECASE)
_SLOGAN = re.compile(r"\?\s*$|^\W*(?:hurry|act now|only|unlock|save)\b", re.IGNORECASE)


def _speaks(text: str) -> bool:
    """More than a label, a name or a slogan."""
    return len(re.findall(r"[^\W\d_]{2,}", text)) >= 2 and not _SLOGAN.search(text)


_REACHED = re.compile(
    r"(?<![\w.])(?!no-?reply|do-?not|noreply)[\w.+-]+@(?:[\w-]+\.)+\w{2,}|(?<![\w.])\w+@\{\{"
    r"|(?<![\d.,/])(?:\+\d{1,3}[ -])?\(?\d{2,5}\)?[ -]\d{3,5}(?:[ -]\d{2,5})?(?![\d.,/:]\d)",
)
_PERSON = "person-to-reach"


def judge(message: Message, found: Found) -> Judged:
    """Everything that is said of a message; ``found`` are the places of rules by their message label."""
    pieces = message.pieces()
    known = found.get(_PERSON, ())
    addresses = [] if known else list(_addresses(message))
    if pieces:
        addresses = [*known, *(span for piece in pieces for span in _addresses(piece) if span not in known)]
    if addresses:
        contact = [*found.get("human-contact", ()), *addresses]
        found = {**found, _PERSON: addresses, "human-contact": contact}
    if not pieces:
        return Judged(message, found)
    return Judged(message, found, tuple(map(Judged, pieces, _shared_out(pieces, found))))


def _shared_out(pieces: Sequence[Piece], found: Found) -> list[dict[str, list[Span]]]:
    """What was found in each message of a catalogue."""
    starts = [piece.entry.start for piece in pieces]
    shares: list[dict[str, list[Span]]] = [{} for _ in pieces]
    for label, spans in found.items():
        for span in spans:
            at = bisect_right(starts, span.start) - 1
            if at >= 0 and span.start < pieces[at].entry.end:
                shares[at].setdefault(label, []).append(span)
    return shares


_RANKS = ("no", "legitimate", "yes")


def worst_of(judged: Judged) -> Judged:
    """The message of a catalogue that is worst; the message itself where it is the only one."""
    if not judged.each:
        return judged
    return max(
        judged.each,
        key=lambda one: (
            _RANKS.index(one.verdict),
            one.condition is not None,
            len(one.threats),
            one.money_first.index,
        ),
    )


def _addresses(message: Message) -> Iterator[Span]:
    """A telephone number, or an address of somebody, in a sentence that invites to use it."""
    text = message.document.text
    for part in message.parts:
        if part.kind is PartKind.BODY and len(re.findall(r"\b[a-z]{2,}", text[part.start : part.end])) >= 2:
            hit = _REACHED.search(text, part.start, part.end)
            if hit:
                yield Span(*hit.span())
                return
