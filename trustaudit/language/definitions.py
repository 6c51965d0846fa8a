"""Who signs: the parties a document names, each with all the names it goes by.

Read from definitions (*Acme Inc., a Delaware corporation (“Acme”)*, *hereinafter referred to as “Supplier”*,
*“Customer” means …*), from the opening (*between A Inc. and B Ltd.*) and from labelled lines (*Customer: B Ltd.*).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trustaudit.language import roles
from trustaudit.language.entities import core, entity_in, shortens

_QUOTE = r"(?:[\"“”„«»]|``|''|(?<=\()\?|\?(?=\))|(?<!\w)[‘’'](?=\w)|(?<=[\w.,])[’'](?!\w))"
_TERM = re.compile(rf"{_QUOTE}\s?([^\"“”„«»`()]{{1,60}}?)[,.]?\s?{_QUOTE}")
_BRACKET = re.compile(r"\(\s?([^()]{1,220})\)|\(([^()]{1,80}\([^()]{0,60}\)[^()]{0,80})\)")
_CALLED = re.compile(
    r"(?:hereinafter|hereafter|herein)?[ ,]*(?:referred to (?:\w+ )?as|called|known as|hereinafter|hereafter)"
    r"[ :,]*(?:the |an? )?",
    re.IGNORECASE,
)
_UNQUOTED = re.compile(r"([A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,2})")
_BARE = re.compile(r"\(([A-Z][\w&]{1,14})\)")
_MEANS = re.compile(
    rf"((?:{_QUOTE} ?[^\"“”„«»`()]{{1,40}}? ?{_QUOTE}(?:,? (?:and|or) |, | ?/ ?)?){{1,6}})"
    r" (?:shall (?:each )?(?:mean|refer to)|means?|refers? to|is|has the meaning) "
)
_PLACEHOLDER = re.compile(r"(\[[A-Z][A-Za-z ]{2,30}\]|\{\{ ?\w+ ?\}\}|\$\{\w+\})[^\[{]{0,60}\Z")
_LABELLED = re.compile(
    r"^[ \t*|]*(?:the )?([A-Z][A-Za-z-]+(?: [A-Z][A-Za-z-]+)?)(?: Name)?[ \t*]*[:|][ \t*|]*(\S[^\n|]{1,80})",
    re.MULTILINE,
)
_CUE = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr)\.? [A-Z]|, (?:an?|the) (?:[A-Z][\w.-]* )?(?:[\w-]+ ){0,6}?"
    r"(?:corporation|company|partnership|trust|bank|institution|association|entity|fund|university|society)\b"
    r"|\b(?:an individual|a natural person|residing|resident of|whose (?:registered|principal|address)"
    r"|principal (?:place|office|executive)|having (?:its|his|her|an?|offices?)|with (?:its|an?|offices?) "
    r"|\bof \d+ [A-Z]|organi[sz]ed (?:and|under)|incorporated (?:in|under|and)|located at|registered (?:in|office|under)"
    r"|corp(?:oration)?\b|represented by|existing under|doing business as|[Tt]he undersigned|\[[A-Z ]+\]|\{\{)"
)
_NO_PARTY = re.compile(
    r"\b(?:agreements?|contract|lease|sublease|dates?|products?|services?|territory|premises|property|terms?"
    r"|period|software|program|shares?|stock|securities|act|code|law|notes?|loan|project|site|website|platform"
    r"|information|plan|field|affiliates?|subsidiar(?:y|ies)|licen[cs]e|marks?|patents?|technology|materials?"
    r"|work|fees?|price|equipment|schedule|exhibit|order|section|statement|commission|sec|parties|party|laws"
    r"|rules|regulations|court|state|tos|effective|closing|transactions?|business|ip|event|claims?|data|content"
    r"|report|account|collateral|goods|units?|deliverables|documentation|specifications?|facility|building"
    r"|rent|deposit|master landlord|system|person|stores?|matter|amendment|confidentiality|arbitration|rate|ipo"
    r"|option|purpose|notice|ads?|well|warranty|payment|channels|sample|ind|trademarks|fcpa|fda|gaap|pto)s?\s*$",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\b(?:collectively|together|jointly)\b", re.IGNORECASE)
_WE = frozenset(("we", "us", "our", "ours", "ourselves"))
_YOU = frozenset(("you", "your", "yours", "yourself"))
_SUBJECT = re.compile(
    r"(?:\b[Tt]he |\bTHE )?\b([A-Z](?:[\w&'’-]|\.(?=\w))*(?: (?:of |& )?(?!THE\b)[A-Z](?:[\w&'’-]|\.(?=\w))*){0,3}\.?),? "
    r"(?:(?:also|further|hereby|each|SHALL|WILL|MAY|MUST|AGREES|HEREBY)\b"
    r"|(?:shall|will|may|must|agrees?|represents|warrants|grants|acknowledges|undertakes|desires|wishes)\b"
    r"|(?:has the right|is entitled|is willing)\b)"
)
_LOWER_SUBJECT = re.compile(r"\b[Tt]he ([a-z]+(?: [a-z]+)?) (?:shall|will|may|must|agrees|is entitled)\b")
_RECITALS = re.compile(
    r"\b(?:WHEREAS|Whereas|RECITALS?|Recitals|WITNESSETH|NOW,? THEREFORE|Now,? [Tt]herefore)\b"
)
_BETWEEN = re.compile(
    r"\b(?:between|among|amongst|BETWEEN|AMONG|Between|by and|[Tt]he undersigned|[Dd]ear|Ladies)\b"
)
_HEAD = 40_000  # characters in which the parties must have been introduced
_LOOK_BACK = 320
_OPENING = 4_000  # characters from the first party within which the others stand
_MAX_PARTIES = 12


@dataclass(frozen=True, slots=True)
class Party:
    """One signatory: every name it goes by, as written; ``we`` / ``you`` where it is defined so."""

    names: tuple[str, ...]
    at: int
    we: bool = False
    you: bool = False

    def goes_by(self, name: str) -> bool:
        """Is this one of its names, or the beginning of one (*Acme* for *Acme Inc.*), whatever the case?"""
        wanted = core(name)
        return any(
            known == wanted or known.startswith(wanted + " ") or wanted.startswith(known + " ")
            for known in map(core, self.names)
        )

    @property
    def rung(self) -> int | None:
        """The place of its role words on the ladder of ``roles``; None without a role word."""
        found = [rung for name in self.names if (rung := roles.rung(name)) is not None]
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class _Defined:
    """A definition: the words it is attached to, and the terms it gives."""

    start: int
    lead: str
    terms: tuple[str, ...]
    group: bool
    called: bool  # by "hereinafter referred to as", which is said of parties and documents only


def subjects(text: str) -> Counter[str]:
    """How often a capitalised name, or *the* with a noun, stands before a verb of duty or right; in lower case."""
    counts = Counter(found[1].lower() for found in _SUBJECT.finditer(text))
    counts.update(found[1] for found in _LOWER_SUBJECT.finditer(text))
    return counts


def find_parties(text: str, counts: Counter[str]) -> tuple[Party, ...]:
    """The parties introduced in the text, in the order of their introduction."""
    head = re.sub(r"\s+", " ", text[:_HEAD])
    found: list[Party] = []
    for defined in _definitions(head):
        party = _party(defined, counts)
        if party is not None:
            _add(found, party)
    found = _introduced(head, found, counts)
    for party in _opening(head, found, counts):
        _add(found, party)
    for party in (*_lettered(head, counts), *_you_as(head, counts)):
        _add(found, party)
    for party in _labelled(text[:_HEAD]):
        if len(found) < 2 or any(known.rung is None and _same(party, known) for known in found):
            _add(found, party)
    if len(found) < 2:
        for party in _frequent(text, counts):
            _add(found, party)
    return tuple(found[:_MAX_PARTIES])


def _definitions(head: str) -> Iterator[_Defined]:
    """Quoted terms in brackets, behind *hereinafter*, and before *means*, in order."""
    spots = [(found.start(), found.end(), found.end()) for found in _BRACKET.finditer(head)]
    spots += [(found.start(), found.end(), found.end() + 90) for found in _CALLED.finditer(head)]
    end = 0
    for start, called, stop in sorted(spots):
        if start < end:
            continue
        terms = _terms(head[start:stop])
        if not terms and stop != called and (unquoted := _UNQUOTED.match(head, called)):
            terms = (unquoted[1],)
        if not terms and (bare := _BARE.fullmatch(head, start, stop)):
            terms = (bare[1],)
        if not terms:
            continue
        lead = head[max(end, start - _LOOK_BACK) : start]
        piece = head[start:stop]
        yield _Defined(start, lead, terms, bool(_GROUP.search(piece)), bool(_CALLED.search(piece)))
        end = min(stop, len(head))
    for found in _MEANS.finditer(head):
        after = head[found.end() : found.end() + 160]
        yield _Defined(found.start(), after, _terms(found[1]), group=False, called=False)


def _terms(piece: str) -> tuple[str, ...]:
    """The quoted terms of a bracket, without articles."""
    found = (re.sub(r"(?i)^(?:the|an?|each,? an?) ", "", term[1].strip()) for term in _TERM.finditer(piece))
    return tuple(dict.fromkeys(term.strip(" ,.;:") for term in found if term.strip(" ,.;:")))


def _party(defined: _Defined, counts: Counter[str]) -> Party | None:
    """The party that a definition introduces, or None when it defines something else."""
    lowered = {term.lower() for term in defined.terms}
    we, you = bool(lowered & _WE), bool(lowered & _YOU)
    terms = [term for term in defined.terms if term.lower() not in _WE | _YOU and _may_be_party(term)]
    if not terms and not (we or you):
        return None
    lead = _last_clause(defined.lead)
    name = entity_in(lead, terms)
    acts = sum(counts[term.lower()] for term in terms)
    role = any(roles.rung(term) is not None for term in terms)
    named = name is not None or bool(_CUE.search(lead))
    fits = acts and (
        role or (named and (shortens(terms, name or lead) or acts > 2)) or (defined.called and acts > 1)
    )
    if not (we or you or fits or (role and named and not defined.group)):
        return None
    if name is None and any(roles.interchangeable(term) for term in terms):
        return None
    if name is None and (placeholder := _PLACEHOLDER.search(lead)):
        name = placeholder[1]
    full = (name,) if name is not None and not defined.group else ()
    return Party(tuple(dict.fromkeys((*terms, *full))), defined.start, we, you)


def _may_be_party(term: str) -> bool:
    return roles.interchangeable(term) or not _NO_PARTY.search(term)


def _last_clause(lead: str) -> str:
    """What stands directly before a definition: since the last sentence or *between*."""
    cut = 0
    for found in re.finditer(
        r"\b(?:[Bb]etween|[Aa]mong|BETWEEN|AMONG)\b:?|[.;] (?=[A-Z][a-z]+ [a-z])|\bA(?:nd|ND):", lead
    ):
        cut = found.end()
    return lead[cut:]


def _introduced(head: str, found: list[Party], counts: Counter[str]) -> list[Party]:
    """Where the opening introduces two or more parties, those; names defined later are of others."""
    for first in sorted(party.at for party in found):
        recital = _RECITALS.search(head, first)
        end = min(first + _OPENING, recital.start() if recital else len(head))
        opening = [party for party in found if first <= party.at < end and _acts(party, counts)]
        if len(opening) > 1 and _BETWEEN.search(head, max(0, first - 1_500), end):
            return opening
    return found


def _acts(party: Party, counts: Counter[str]) -> bool:
    return party.we or party.you or any(counts[name.lower()] for name in party.names)


def _opening(head: str, known: list[Party], counts: Counter[str]) -> Iterator[Party]:
    """Where fewer than two parties are defined: the full names that the opening gives."""
    if len(known) > 1:
        return
    found = _BETWEEN.search(head, 0, 8_000)
    if found is None:
        return
    recital = _RECITALS.search(head, found.end())
    end = min(found.end() + 900, recital.start() if recital else len(head))
    piece = head[found.end() : end]
    for part in re.split(r"\band\b|\bAND\b|;", piece)[:6]:
        name = entity_in(part, ())
        if name is not None:
            first = name.split()[0].strip(",")
            yield Party((name, first) if counts[first.lower()] > 1 else (name,), found.end())


_LETTERED = re.compile(r"\b(?:Party|PARTY) ([A-D1-4])\b(?: ?[:：] ?([^:]{3,90}))?")
_YOU_AS = re.compile(
    r"\b[Yy](?:ou|OU),? (?:as |AS )?(?:an?|the|THE|AN?) [\"“'‘]?([A-Z][\w-]+(?: [A-Z][\w-]+)?)"
)


def _lettered(head: str, counts: Counter[str]) -> Iterator[Party]:
    """*Party A*, *Party B*, with the names that stand behind them in a list."""
    seen: dict[str, Party] = {}
    for found in _LETTERED.finditer(head):
        name = f"Party {found[1]}"
        entity = entity_in(found[2] or "", ())
        if counts[name.lower()] and (name not in seen or (entity and len(seen[name].names) == 1)):
            seen[name] = Party((name, *((entity,) if entity else ())), found.start())
    if len(seen) > 1:
        yield from seen.values()


def _you_as(head: str, counts: Counter[str]) -> Iterator[Party]:
    """*you as an “Affiliate”*, *you, the Licensee*."""
    for found in _YOU_AS.finditer(head[:8_000]):
        if counts[found[1].lower()] > 1:
            yield Party((found[1],), found.start(), you=True)


def _frequent(text: str, counts: Counter[str]) -> Iterator[Party]:
    """Names that nobody introduces and that act again and again."""
    for name, times in counts.most_common(6):
        common = _NO_PARTY.search(name) or name in _NO_NAMES or name.startswith("this ")
        if times >= 8 and not common and roles.rung(name) is None:
            at = text.lower().find(name)
            yield Party((text[at : at + len(name)],), at)


_NO_NAMES = frozenset("it we you he she they there nothing neither either each both all any such no".split())


def _labelled(head: str) -> Iterator[Party]:
    """Lines such as *Customer: Foo Ltd.*"""
    for found in _LABELLED.finditer(head):
        if found[1].lower() in roles.rungs():
            name = entity_in(found[2], ())
            yield Party((found[1], *((name,) if name else ())), found.start())


def _same(party: Party, other: Party) -> bool:
    """Do two parties share a name, but for case, stops and the legal form?"""
    return bool(_keys(party.names) & _keys(other.names))


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(core(name) for name in names)


def _add(found: list[Party], party: Party) -> None:
    """Add a party, or its names to the one that shares a name with it."""
    for index, known in enumerate(found):
        if _same(party, known):
            names = tuple({name.lower(): name for name in (*known.names, *party.names)}.values())
            found[index] = Party(names, known.at, known.we or party.we, known.you or party.you)
            return
    found.append(party)
