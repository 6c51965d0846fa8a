"""Who is who: the company whose paper it is, the customer, and what *we* and *you* mean here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from trustaudit.audit import Kind, Side
from trustaudit.language import roles
from trustaudit.language.deciding import Sided, decided
from trustaudit.language.entities import core
from trustaudit.language.introductions import find_parties
from trustaudit.language.named import cast, named_parties
from trustaudit.language.party import Party, subjects
from trustaudit.language.providers import provider_names

_PASSAGE = 1_500  # characters up to which a text is a passage: every role word in it is a party
_ADDRESSING = 4  # *you* per 1,000 words from which on a text speaks to its reader
_WE = re.compile(r"\b(?:we|us|our|ours)\b", re.IGNORECASE)
_YOU = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sides:
    """Every name of a party in the document, in lower case, with its side, longest first.

    ``BOTH`` is a group of all parties or a role that each has in turn, ``NEITHER`` a group denied
    (*neither party*), ``UNKNOWN`` a party whose side is not known. Names in ``cased`` are ordinary words
    too, and mean the party only when they begin with a capital.
    """

    names: tuple[tuple[str, Side], ...] = ()
    we: Side = Side.COMPANY
    you: Side = Side.CUSTOMER
    company: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    cased: frozenset[str] = frozenset()


def find_sides(
    text: str, kind: Kind | None = None, company: Sequence[str] = (), customer: Sequence[str] = ()
) -> Sides:
    """The sides of a document or of a sentence; configured names come first.

    A party whose side the text does not tell is ``UNKNOWN``. Linear in the text.
    """
    addressed = _addressed(text)
    parties = [] if kind is Kind.MESSAGE else _introduced(text, addressed=addressed)
    if company and customer and len(text) <= _PASSAGE:
        parties = _opposite_missing(text, parties, company, customer)
    if company and parties and len(text) <= _PASSAGE and not customer and not _named(text, company):
        company = ()
    named = _only_named(text, parties, kind, addressed=addressed or bool(company or customer))
    sided = decided(
        text, _with_configured([*parties, *named], company, customer), company, customer, addressed=addressed
    )
    if named:
        sided = cast(text, sided)
    if addressed:
        sided += _provider(text, sided, configured=bool(company))
    return _sides(text, sided, company, customer, addressed=addressed)


def _only_named(text: str, parties: Sequence[Party], kind: Kind | None, *, addressed: bool) -> list[Party]:
    """The names that act in a passage where fewer than two parties are known by a definition or a role."""
    apart = [party for party in parties if party.names and not all(map(roles.interchangeable, party.names))]
    if kind is Kind.MESSAGE or addressed or len(apart) > 1:
        return []
    return named_parties(text, [name for party in apart for name in party.names])


def _named(text: str, names: Sequence[str]) -> bool:
    """Does the text name one of them? A passage that names others by their roles is not about a name."""
    lowered = text.lower()
    return any(name.lower() in lowered for name in names)


def _opposite_missing(
    text: str, parties: Sequence[Party], company: Sequence[str], customer: Sequence[str]
) -> list[Party]:
    """In a passage whose both sides are configured: no other parties, unless it names neither."""
    if _named(text, (*company, *customer)):
        return [party for party in parties if any(party.goes_by(name) for name in (*company, *customer))]
    return list(parties)


def _addressed(text: str) -> bool:
    """Does the text speak to *you*?"""
    times = len(_YOU.findall(text))
    if len(text) <= _PASSAGE:
        return bool(times or _WE.search(text))
    return times > 2 and times * 1_000 >= _ADDRESSING * text.count(" ")


def _introduced(text: str, *, addressed: bool) -> list[Party]:
    """The parties that are defined, and the role words that act without being defined."""
    counts = subjects(text)
    parties = list(find_parties(text, counts))
    acting = sum(any(counts[name.lower()] for name in party.names) for party in parties)
    speaking = addressed and len(text) > _PASSAGE and len(_WE.findall(text)) > 5
    if speaking or (len(parties) > 1 and (addressed or acting > 1)):
        return parties
    taken = " | ".join(name.lower() for party in parties for name in party.names)
    passage = len(text) <= _PASSAGE
    least = 2 if acting < 2 else max(6, max(counts.values(), default=0) // 3)
    for word, rung in roles.rungs().items():
        rarely = (
            0 if acting < 2 and rung in {roles.SUPPLIES, roles.RECEIVES} and len(text) < 30_000 else least
        )
        if roles.interchangeable(word) or word in taken or not (passage or counts[word] >= rarely):
            continue
        at = _in_passage(text, word, addressed=addressed) if passage else _in_document(text, word)
        if at >= 0:
            parties.append(Party((text[at : at + len(word)],), at))
            taken += " | " + word
    return parties


def _in_document(text: str, word: str) -> int:
    """Where a role word first stands with *the* in a long text that has it three times or more; else -1."""
    if word not in text.lower():
        return -1
    forms = rf"(?:{word.title()}|{word.upper()})(?![\w-])|\b(?:the|each) {word}(?![\w-])"
    bare = re.findall(rf"(?<![\w-]){forms}", text)
    return text.lower().find(word) if len(bare) > 2 else -1


def _in_passage(text: str, word: str, *, addressed: bool) -> int:
    """Where the word stands as a party in a short text; -1 if nowhere."""
    for found in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.IGNORECASE):
        if _of_no_party(text, found):
            continue
        if found[0][0].isupper() or (not addressed and word not in roles.vocabulary()["roles-ambiguous"]):
            return found.start()
        if not addressed and re.search(
            r"(?i)\b(?:the|each|every|said|such) \Z", text[max(0, found.start() - 6) : found.start()]
        ):
            return found.start()
    return -1


_ANYBODY_OWNS = re.compile(r"\b(?:an?|any|its|their|his|her) \Z", re.IGNORECASE)
_TO_ANYBODY = re.compile(r"\b(?:by|of|from|to|with) (?:an?|its|their|his|her) \Z", re.IGNORECASE)
_FORMS = frozenset({"company", "corporation", "firm", "bank"})
"""Role words that names of businesses end with too."""


def _of_no_party(text: str, found: re.Match[str]) -> bool:
    """Is it the end of a business's name (*Acme Corporation*), or just anybody (*a customer's use*)?"""
    before = text[max(0, found.start() - 30) : found.start()]
    if found[0].islower():
        owner = text.startswith(("'s", "’s"), found.end())
        return bool((_ANYBODY_OWNS if owner else _TO_ANYBODY).search(before))
    named = re.search(r"\b(?!The |THE |This |Any |And |Or )[A-Z][\w&-]+ \Z", before)
    return found[0].lower() in _FORMS and named is not None and not found[0].isupper()


def _with_configured(
    parties: Sequence[Party], company: Sequence[str], customer: Sequence[str]
) -> list[Party]:
    """The parties, and the configured names that the document does not introduce."""
    out = list(parties)
    for name in (*company, *customer):
        bare = re.sub(r"^(?i:the) ", "", name.strip())
        if not bare or _pronoun(bare):
            continue
        known = next((at for at, party in enumerate(out) if party.goes_by(bare)), None)
        if known is None:
            out.append(Party((bare,), 0))
        elif bare.lower() not in {name.lower() for name in out[known].names}:
            out[known] = replace(out[known], names=(*out[known].names, bare))
    return out


def _pronoun(name: str) -> bool:
    return bool(_WE.fullmatch(name) or _YOU.fullmatch(name))


def _provider(text: str, sided: Sequence[Sided], *, configured: bool) -> list[Sided]:
    """The provider's own name, where the text speaks to *you* and names nobody else as the company."""
    if (
        configured
        or len(text) <= _PASSAGE
        or any(one.side is Side.COMPANY and one.party.names for one in sided)
    ):
        return []
    taken = {name.lower() for one in sided for name in one.party.names}
    names = [name for name in provider_names(text) if name not in taken]
    return [Sided(Party((name,), 0), Side.COMPANY, f"the terms speak of {name} and “you”") for name in names]


def _sides(
    text: str, sided: Sequence[Sided], company: Sequence[str], customer: Sequence[str], *, addressed: bool
) -> Sides:
    """Names, displays and evidence of the decided parties."""
    names: dict[str, Side] = {}
    for one in sided:
        for form in _forms(one.party.names):
            names.setdefault(form, one.side)
    for one in sided:
        for form in _short_forms(text, one.party.names):
            names.setdefault(form, one.side)
    for word, side in _common(text, addressed=addressed, known=names):
        names.setdefault(word, side)
    we = Side.CUSTOMER if any(_WE.fullmatch(name) for name in customer) else Side.COMPANY
    you = Side.COMPANY if any(_YOU.fullmatch(name) for name in company) else Side.CUSTOMER
    return Sides(
        tuple(sorted(names.items(), key=lambda item: (-len(item[0]), item[0]))),
        we=we,
        you=you,
        company=tuple(_displayed(text, sided, Side.COMPANY, we, you, addressed=addressed)),
        customer=tuple(_displayed(text, sided, Side.CUSTOMER, we, you, addressed=addressed)),
        evidence=tuple(f"{', '.join(one.party.names)}: {one.side}, {one.why}" for one in sided if one.why),
        cased=_cased(text, names),
    )


def _forms(names: Iterable[str]) -> Iterator[str]:
    """Names in lower case, and without their final stop."""
    for name in names:
        yield name.lower()
        yield name.lower().rstrip(".")


def _short_forms(text: str, names: Iterable[str]) -> Iterator[str]:
    """Full names without their legal form, where the text has them so (*Acme* for *Acme Inc.*)."""
    for name in names:
        short = core(name)
        if short != name.lower() and len(short) > 2 and short not in roles.rungs() and short in text.lower():
            yield short


def _common(text: str, *, addressed: bool, known: dict[str, Side]) -> Iterator[tuple[str, Side]]:
    """Groups and interchangeable roles everywhere; where the text speaks to *you*, users and the like."""
    lists = roles.vocabulary()
    yield from ((group, Side.BOTH) for group in (*lists["roles-groups"], *lists["roles-interchangeable"]))
    yield from ((group, Side.NEITHER) for group in lists["roles-no-party"])
    yield from ((other, Side.UNKNOWN) for other in lists["roles-others"] if other in text.lower())
    if addressed and not any(side is Side.CUSTOMER for side in known.values()):
        lowered = text.lower()
        for word in lists["roles-addressees"]:
            if word in lowered:
                yield word, Side.CUSTOMER
                yield word + "s", Side.CUSTOMER


def _displayed(
    text: str, sided: Sequence[Sided], side: Side, we: Side, you: Side, *, addressed: bool
) -> Iterator[str]:
    """The names of a side as written, and the pronouns that stand for it."""
    for one in sided:
        if one.side is side:
            yield from one.party.names
    if not addressed and all(one.side is Side.BOTH for one in sided):
        yield from _in_turn(text, side)
    if we is side and addressed and re.search(r"\bwe\b", text, re.IGNORECASE):
        yield "we"
    if you is side and addressed and re.search(r"\byou\b", text, re.IGNORECASE):
        yield "you"


def _in_turn(text: str, side: Side) -> Iterator[str]:
    """The interchangeable roles of a mutual form: who discloses is shown as the company."""
    words = ("disclosing party", "discloser") if side is Side.COMPANY else ("receiving party", "recipient")
    for word in words:
        found = re.search(rf"\b{word}\b", text, re.IGNORECASE)
        if found is not None and side in {Side.COMPANY, Side.CUSTOMER}:
            yield found[0]


def _cased(text: str, names: Iterable[str]) -> frozenset[str]:
    """Role words that the document writes with a capital inside a sentence."""
    known = roles.rungs()
    words = [name for name in names if name in known]
    if not words:
        return frozenset()
    longest = sorted(map(re.escape, words), key=lambda word: (-len(word), word))
    pattern = re.compile(rf"(?<=[a-z,;] )(?:{'|'.join(longest)})\b", re.IGNORECASE)
    return frozenset(found[0].lower() for found in pattern.finditer(text) if found[0][0].isupper())
