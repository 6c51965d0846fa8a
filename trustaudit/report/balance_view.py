"""Who bears what, and what is asked and given back, as a report shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trustaudit.audit import Audit, Balance, Pair, Side
from trustaudit.document import Document, Span
from trustaudit.report import words
from trustaudit.report.escaping import shortened
from trustaudit.report.pictures import shares
from trustaudit.report.places import Places

_DEGREES = ("missing", "weaker", "given")  # what comes first in the table


@dataclass(frozen=True, slots=True)
class Bar:
    """Both sides' shares of one thing, 0..1, with their counts."""

    label: str
    company: float
    customer: float
    company_count: int
    customer_count: int


@dataclass(frozen=True, slots=True)
class PairView:
    """``degree``: given | weaker | missing, also as a word for readers who see no colour."""

    pair: str
    asked: str
    asked_place: str
    returned: str
    returned_place: str
    degree: str
    note: str
    asked_of: str


@dataclass(frozen=True, slots=True)
class DegreeView:
    """The same thing in two degrees, with the words of both sides."""

    thing: str
    company: str
    company_place: str
    customer: str
    customer_place: str


@dataclass(frozen=True, slots=True)
class TopicView:
    """What each side must and may in one topic; ``share`` is the company's part of it, 0..1."""

    topic: str
    company_burdens: int
    company_powers: int
    customer_burdens: int
    customer_powers: int
    share: float


@dataclass(frozen=True, slots=True)
class BalanceView:
    bars: tuple[Bar, ...]
    glance: str  # the bars in one sentence, or empty
    sentence: str
    pairs: tuple[PairView, ...]
    given: str  # "7 of 11", or empty
    degrees: tuple[DegreeView, ...]
    topics: tuple[TopicView, ...]  # those that tilt most to the company first


def view(audit: Audit) -> BalanceView:
    """The two bars, one sentence about them, and the pairs."""
    bars = _bars(audit.balance)
    made = [_pair(each, audit.document) for each in audit.balance.pairs]
    pairs = tuple(sorted(made, key=lambda each: _DEGREES.index(each.degree)))
    given = sum(each.degree != "missing" for each in pairs)
    return BalanceView(
        bars, _glance(bars), _sentence(audit.balance), pairs, f"{given} of {len(pairs)}" if pairs else "",
        _degrees(audit), _topics(audit.balance),
    )  # fmt: skip


def _degrees(audit: Audit) -> tuple[DegreeView, ...]:
    places = Places(audit.document)
    return tuple(
        DegreeView(
            _called(each.topic),
            each.company,
            places.at(each.company_span) if each.company_span else "",
            each.customer,
            places.at(each.customer_span) if each.customer_span else "",
        )
        for topic in audit.balance.topics
        for each in topic.asymmetries
    )


def _topics(balance: Balance) -> tuple[TopicView, ...]:
    made = []
    for each in balance.topics:
        ours = each.company.powers + each.customer.burdens
        theirs = each.company.burdens + each.customer.powers
        counts = (each.company.burdens, each.company.powers, each.customer.burdens, each.customer.powers)
        made.append((theirs - ours, TopicView(_called(each.topic), *counts, ours / max(ours + theirs, 1))))
    return tuple(view for _, view in sorted(made, key=_tilt))


def _tilt(made: tuple[int, TopicView]) -> tuple[bool, int, str]:
    """Those that tilt most to the company first; what has no topic stands last."""
    return made[1].topic == "Other", made[0], made[1].topic


def _called(name: str) -> str:
    """A topic or pair as a reader writes it."""
    said = name.replace("-", " ").replace("_", " ")
    said = f"{said[:1].upper()}{said[1:]}"
    return f"IP{said[2:]}" if said == "Ip" or said.startswith("Ip ") else said


def _bars(balance: Balance) -> tuple[Bar, ...]:
    made = []
    for label, name in (("Burdens: duties, costs, risks", "burdens"), ("Powers: rights, choices", "powers")):
        company = sum(getattr(topic.company, name) for topic in balance.topics)
        customer = sum(getattr(topic.customer, name) for topic in balance.topics)
        both = shares(company, customer)
        if both:
            made.append(Bar(label, *both, company, customer))
    return tuple(made)


def _glance(bars: tuple[Bar, ...]) -> str:
    by_name = {bar.label.partition(":")[0]: bar for bar in bars}
    parts = []
    if "Burdens" in by_name:
        parts.append(f"the customer bears {by_name['Burdens'].customer:.0%} of the burdens")
    if "Powers" in by_name:
        parts.append(f"the company holds {by_name['Powers'].company:.0%} of the powers")
    sentence = "; ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}." if sentence else ""


def _sentence(balance: Balance) -> str:
    if balance.share is None:
        why = balance.reason or "no duties or rights could be read"
        return f"{why[0].upper()}{why[1:]}, so nothing is said about who bears what."
    lead = f"{balance.band[0].upper()}{balance.band[1:]}: " if balance.band else ""
    said = f"of all duties and rights in it, {words.percent(balance.share)} work for the company"
    usual = f" {balance.reason[0].upper()}{balance.reason[1:]}." if balance.reason else ""
    counted = f"{lead}{said} (its own rights, and the customer's duties); 50% is even.{usual}"
    return f"{counted[0].upper()}{counted[1:]}"


def _pair(pair: Pair, document: Document) -> PairView:
    degree, note = _degree(pair)
    return PairView(
        _called(pair.pair),
        _quote(document, pair.asked),
        _where(document, pair.asked),
        _quote(document, pair.returned),
        _where(document, pair.returned),
        degree,
        note,
        words.SIDE[pair.asked_of] if pair.asked_of in (Side.COMPANY, Side.CUSTOMER) else "",
    )


def _degree(pair: Pair) -> tuple[str, str]:
    """What came back, and in how far: nothing, something weaker, or the same."""
    note = pair.degree
    if pair.returned is None and note.startswith(("given", "weaker", "mutual", "full")):
        return ("weaker" if note.startswith("weaker") else "given"), _rest(note)
    if pair.returned is None:
        return "missing", "" if note == "missing" else note
    weaker = bool(note) and not note.startswith(("given", "mutual", "full", "equal"))
    return ("weaker" if weaker else "given"), _rest(note)


def _rest(note: str) -> str:
    """What the degree says beside its first word, which the mark already says."""
    for word in ("given", "weaker"):
        note = note.removeprefix(word)
    return re.sub(r"^ ?[:,–-]? ?", "", note)  # one sign: what follows may be the paper's own


def _quote(document: Document, span: Span | None) -> str:
    return shortened(document.quote(span), 220) if span else ""


def _where(document: Document, span: Span | None) -> str:
    if span is None:
        return ""
    return Places(document).at(span)
