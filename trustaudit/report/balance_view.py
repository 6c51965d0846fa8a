"""Who bears what, and what is asked and given back, as a report shows it."""

from __future__ import annotations

from dataclasses import dataclass

from trustaudit.audit import Audit, Balance, Pair, Side
from trustaudit.document import Document, Span
from trustaudit.report import words
from trustaudit.report.escaping import shortened
from trustaudit.report.pictures import shares
from trustaudit.report.places import Places


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
class BalanceView:
    bars: tuple[Bar, ...]
    glance: str  # the bars in one sentence, or empty
    sentence: str
    pairs: tuple[PairView, ...]
    given: str  # "7 of 11", or empty


def view(audit: Audit) -> BalanceView:
    """The two bars, one sentence about them, and the pairs."""
    bars = _bars(audit.balance)
    pairs = tuple(_pair(each, audit.document) for each in audit.balance.pairs)
    given = sum(each.degree != "missing" for each in pairs)
    return BalanceView(
        bars, _glance(bars), _sentence(audit.balance), pairs, f"{given} of {len(pairs)}" if pairs else ""
    )


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
        return "No duties or powers could be read, so nothing is said about who bears what."
    lead = f"{balance.band[0].upper()}{balance.band[1:]}: the" if balance.band else "The"
    return (
        f"{lead} company holds {words.percent(balance.share)} of what it would hold "
        "if it had every power and the customer every burden; 50% is even."
    )


def _pair(pair: Pair, document: Document) -> PairView:
    degree, note = _degree(pair)
    return PairView(
        pair.pair,
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
    return note.lstrip(" :,–-")


def _quote(document: Document, span: Span | None) -> str:
    return shortened(document.quote(span), 220) if span else ""


def _where(document: Document, span: Span | None) -> str:
    if span is None:
        return ""
    return Places(document).at(span)
