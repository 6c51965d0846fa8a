"""Who is who: the company whose paper it is, the customer, and what *we* and *you* mean here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from trustaudit.audit import Kind, Side
from trustaudit.language import roles
from trustaudit.language.definitions import Party, find_parties, subjects
from trustaudit.language.providers import provider_names
from trustaudit.language.standing import standing

_DECIDES = 0.12  # least difference of standing, of 2, that tells two parties apart
_SENTENCE = 1_500  # characters up to which a text is a passage, in which every role word is a party
_WE = re.compile(r"\b(?:we|us|our|ours)\b", re.IGNORECASE)
_YOU = re.compile(r"\b(?:you|your|yours)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sides:
    """Every name of a party in the document, in lower case, with its side, longest first.

    ``BOTH`` is a group of all parties or an interchangeable role; ``UNKNOWN`` a party whose side is not known.
    Names in ``cased`` are ordinary words too and mean the party only when they begin with a capital.
    """

    names: tuple[tuple[str, Side], ...] = ()
    we: Side = Side.COMPANY
    you: Side = Side.CUSTOMER
    company: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    cased: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Sided:
    """A party with its side and the words that told it."""

    party: Party
    side: Side
    why: str


def find_sides(
    text: str, kind: Kind | None = None, company: Sequence[str] = (), customer: Sequence[str] = ()
) -> Sides:
    """The sides of a document or a sentence; configured names come first. Linear in the text."""
    counts = subjects(text)
    parties = _with_configured(_gathered(text, kind, counts), company, customer)
    sided = _decided(text, parties, company, customer)
    sided += _providers(text, sided)
    sided += _bystanders(text, sided)
    return _sides(text, sided)


def _gathered(text: str, kind: Kind | None, counts: Counter[str]) -> list[Party]:
    """Parties that are defined, and role words that act without being defined."""
    parties = list(find_parties(text, counts)) if kind is not Kind.MESSAGE else []
    taken = {name.lower() for party in parties for name in party.names}
    lowered = text.lower()
    passage = len(text) <= _SENTENCE
    for word in roles.rungs():
        if word in taken or word not in lowered or roles.interchangeable(word):
            continue
        found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", lowered)
        if found is None:
            continue
        if passage or counts[word] + counts["the " + word] >= _needed(parties):
            parties.append(Party((text[found.start() : found.end()],), found.start()))
    return _without_contained(parties, lowered)


def _needed(parties: Sequence[Party]) -> int:
    """How often a role word must act to count as a party: rarely where nobody is defined."""
    return 2 if len(parties) < 2 else 6


def _without_contained(parties: list[Party], lowered: str) -> list[Party]:
    """Drop role words that stand only inside a longer one (*provider* in *service provider*)."""
    kept = []
    names = [name.lower() for party in parties for name in party.names]
    for party in parties:
        own = party.names[0].lower()
        longer = [name for name in names if name != own and re.search(rf"\b{re.escape(own)}\b", name)]
        if len(party.names) == 1 and longer and own in roles.rungs():
            inside = sum(lowered.count(name) for name in longer)
            if lowered.count(own) <= inside:
                continue
        kept.append(party)
    return kept


def _with_configured(parties: list[Party], company: Sequence[str], customer: Sequence[str]) -> list[Party]:
    """Add the configured names that the document does not introduce."""
    for name in (*company, *customer):
        if _pronoun(name) or any(_named(party, name) for party in parties):
            continue
        parties.append(Party((name,), 0))
    return parties


def _pronoun(name: str) -> bool:
    return bool(_WE.fullmatch(name) or _YOU.fullmatch(name))


def _named(party: Party, name: str) -> bool:
    """Does the party go by this name, or by one that begins with it (*Acme* for *Acme Inc.*)?"""
    wanted = re.sub(r"^the ", "", name.lower().strip())
    return any(
        known.lower() == wanted
        or known.lower().startswith(wanted + " ")
        or wanted.startswith(known.lower() + " ")
        for known in party.names
    )


def _decided(
    text: str, parties: list[Party], company: Sequence[str], customer: Sequence[str]
) -> list[_Sided]:
    """Each party with its side: configuration first, then roles, then what each does in the text."""
    sided: list[_Sided] = []
    for party in parties:
        if any(_named(party, name) for name in company):
            sided.append(_Sided(party, Side.COMPANY, "configured as the company"))
        elif any(_named(party, name) for name in customer):
            sided.append(_Sided(party, Side.CUSTOMER, "configured as the customer"))
        elif party.we != party.you:
            side = Side.COMPANY if party.we else Side.CUSTOMER
            sided.append(_Sided(party, side, f"defined as “{'we' if party.we else 'you'}”"))
        elif all(roles.interchangeable(name) for name in party.names):
            sided.append(_Sided(party, Side.BOTH, "a role that each party has in turn"))
        else:
            sided.append(_Sided(party, Side.UNKNOWN, ""))
    return _completed(text, sided)


def _completed(text: str, sided: list[_Sided]) -> list[_Sided]:
    """Give sides to those that have none yet."""
    unknown = [index for index, one in enumerate(sided) if one.side is Side.UNKNOWN]
    if not unknown:
        return sided
    known = {one.side for one in sided}
    if len(unknown) == 1 and len(known & {Side.COMPANY, Side.CUSTOMER}) == 1:
        side = Side.CUSTOMER if Side.COMPANY in known else Side.COMPANY
        if _fits(sided[unknown[0]].party, side):
            sided[unknown[0]] = replace(sided[unknown[0]], side=side, why="the only other party")
            return sided
    ranks = [_rank(text, one.party) for one in sided]
    does = standing(text, [one.party for one in sided])
    for index in unknown:
        side, why = _judged(index, sided, ranks, does)
        sided[index] = replace(sided[index], side=side, why=why)
    return sided


def _fits(party: Party, side: Side) -> bool:
    """May the only other party have this side, by its role word?"""
    rung = party.rung
    return rung is None or (rung != roles.SUPPLIES if side is Side.CUSTOMER else rung != roles.RECEIVES)


def _rank(text: str, party: Party) -> int | None:
    return party.rung


def _judged(
    index: int, sided: Sequence[_Sided], ranks: Sequence[int | None], does: Sequence[float]
) -> tuple[Side, str]:
    """The side of one party among the others, with the words that tell it."""
    own = ranks[index]
    name = sided[index].party.names[0]
    if own in {roles.SUPPLIES, roles.RECEIVES}:
        side = Side.COMPANY if own == roles.SUPPLIES else Side.CUSTOMER
        return side, f"“{name}” {'supplies' if side is Side.COMPANY else 'receives'} by its role"
    others = [at for at in range(len(sided)) if at != index and sided[at].side is not Side.BOTH]
    if not others:
        return _alone(own, name)
    ranked = [rank for at in others if (rank := ranks[at]) is not None]
    if own is not None and ranked:
        if all(own < rank for rank in ranked):
            return Side.COMPANY, f"“{name}” stands above the other role"
        if all(own > rank for rank in ranked):
            return Side.CUSTOMER, f"“{name}” stands below the other role"
    if own is None and ranked and len(others) == len(ranked):
        if all(rank == roles.RECEIVES for rank in ranked):
            return Side.COMPANY, f"“{name}” faces a party that receives by its role"
        if all(rank == roles.SUPPLIES for rank in ranked):
            return Side.CUSTOMER, f"“{name}” faces a party that supplies by its role"
    return _by_deeds(index, others, does, name)


def _alone(own: int | None, name: str) -> tuple[Side, str]:
    """A role word with nobody opposite."""
    if own is None or own == roles.LADDER.index("roles-works"):
        return Side.UNKNOWN, ""
    side = Side.COMPANY if own <= roles.LADDER.index("roles-company") else Side.CUSTOMER
    return side, f"“{name}” by its role, nobody else being named"


def _by_deeds(index: int, others: Sequence[int], does: Sequence[float], name: str) -> tuple[Side, str]:
    """Compare what the party does with what the others do."""
    highest, lowest = max(does[at] for at in others), min(does[at] for at in others)
    if does[index] - highest >= _DECIDES:
        return Side.COMPANY, f"“{name}” provides, grants or is paid more than the other party"
    if lowest - does[index] >= _DECIDES:
        return Side.CUSTOMER, f"“{name}” pays, buys or is granted more than the other party"
    return Side.UNKNOWN, ""


def _providers(text: str, sided: Sequence[_Sided]) -> list[_Sided]:
    """The provider's own name, where the text speaks to *you*."""
    taken = {name.lower() for one in sided for name in one.party.names}
    if (
        len(text) <= 200
        or len(_YOU.findall(text, 0)) < 3
        or any(one.side is Side.COMPANY for one in sided if one.why.startswith("configured"))
    ):
        return []
    return [
        _Sided(Party((name,), 0), Side.COMPANY, f"the terms speak of {name} and “you”")
        for name in provider_names(text)
        if name not in taken
    ]


def _bystanders(text: str, sided: Sequence[_Sided]) -> list[_Sided]:
    """In terms that say *you*: users, members and the like are the customer too."""
    if len(_YOU.findall(text)) < 3 and len(text) > _SENTENCE:
        return []
    taken = {name.lower() for one in sided for name in one.party.names}
    words = sorted({*_words(text, roles.vocabulary()[roles.LADDER[roles.RECEIVES]])} - taken)
    return [_Sided(Party((word,), 0), Side.CUSTOMER, "") for word in words]


def _words(text: str, known: Sequence[str]) -> Iterator[str]:
    """Those of the known words that stand in the text, and their plurals."""
    pattern = "|".join(sorted(map(re.escape, known), key=lambda word: (-len(word), word)))
    for found in re.finditer(rf"\b(?:{pattern})s?\b", text.lower()):
        yield found[0]


def _sides(text: str, sided: Sequence[_Sided]) -> Sides:
    """Names, displays and evidence of the decided parties."""
    names: dict[str, Side] = {}
    for one in sided:
        for name in one.party.names:
            for form in _forms(name):
                names.setdefault(form, one.side)
    for group in roles.vocabulary()["roles-groups"]:
        names.setdefault(group, Side.BOTH)
    for role in roles.vocabulary()["roles-interchangeable"]:
        names.setdefault(role, Side.BOTH)
    ordered = tuple(sorted(names.items(), key=lambda item: (-len(item[0]), item[0])))
    return Sides(
        ordered,
        company=tuple(_displayed(sided, Side.COMPANY)),
        customer=tuple(_displayed(sided, Side.CUSTOMER)),
        evidence=tuple(f"{', '.join(one.party.names)}: {one.side}, {one.why}" for one in sided if one.why),
        cased=_cased(text, names),
    )


def _forms(name: str) -> Iterator[str]:
    """A name as written, and without its final stop."""
    lowered = name.lower()
    yield lowered
    if lowered.endswith("."):
        yield lowered[:-1]


def _displayed(sided: Sequence[_Sided], side: Side) -> Iterator[str]:
    for one in sided:
        if one.side is side:
            yield from one.party.names


def _cased(text: str, names: dict[str, Side]) -> frozenset[str]:
    """Role words that the document writes with a capital inside a sentence."""
    known = roles.rungs()
    words = [name for name in names if name in known or name.rstrip("s") in known]
    if not words:
        return frozenset()
    pattern = re.compile(
        rf"(?<=[a-z,;] )({'|'.join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))})\b",
        re.IGNORECASE,
    )
    capital = {found[1].lower() for found in pattern.finditer(text) if found[1][0].isupper()}
    return frozenset(capital | {word + "s" for word in capital if word + "s" in names})
