"""Definitions of parties: *Acme Inc., a Delaware corporation (“Acme”)*, *hereinafter “Supplier”*."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from trustaudit.language import roles
from trustaudit.language.entities import entity_in, shortens
from trustaudit.language.party import Party

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
_CUE = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr)\.? [A-Z]|, (?:an?|the) (?:[A-Z][\w.-]* )?(?:[\w-]+ ){0,6}?"
    r"(?:corporation|company|partnership|trust|bank|institution|association|entity|fund|university|society)\b"
    r"|\b(?:an individual|a natural person|residing|resident of|whose (?:registered|principal|address)"
    r"|principal (?:place|office|executive)|having (?:its|his|her|an?|offices?)|with (?:its|an?|offices?) "
    r"|\bof \d+ [A-Z]|organi[sz]ed (?:and|under)|incorporated (?:in|under|and)|located at|registered (?:in"
    r"|office|under)"
    r"|corp(?:oration)?\b|represented by|existing under|doing business as|[Tt]he undersigned|\[[A-Z ]+\]"
    r"|\{\{)"
)
NO_PARTY = re.compile(
    r"\b(?:agreements?|contract|lease|sublease|dates?|products?|services?|territory|premises|property|terms?"
    r"|period|software|program|shares?|stock|securities|act|code|law|notes?|loan|project|site|website"
    r"|platform"
    r"|information|plan|field|affiliates?|subsidiar(?:y|ies)|licen[cs]e|marks?|patents?|technology|materials?"
    r"|work|fees?|price|equipment|schedule|exhibit|order|section|statement|commission|sec|parties|party|laws"
    r"|rules|regulations|court|state|tos|effective|closing|transactions?|business|ip|event|claims?|data"
    r"|content"
    r"|report|account|collateral|goods|units?|deliverables|documentation|specifications?|facility|building"
    r"|rent|deposit|master landlord|system|person|stores?|matter|amendment|confidentiality|arbitration|rate"
    r"|ipo"
    r"|option|purpose|notice|ads?|well|warranty|payment|channels|sample|ind|trademarks|fcpa|fda|gaap"
    r"|pto)s?\s*$",
    re.IGNORECASE,
)
"""A term that ends so names a thing, not a party."""
_GROUP = re.compile(r"\b(?:collectively|together|jointly)\b", re.IGNORECASE)
_WE = frozenset(("we", "us", "our", "ours", "ourselves"))
_YOU = frozenset(("you", "your", "yours", "yourself"))
_LOOK_BACK = 320  # characters before a definition in which the defined party is named


@dataclass(frozen=True, slots=True)
class _Defined:
    """A definition: the words it is attached to, and the terms it gives."""

    start: int
    lead: str
    terms: tuple[str, ...]
    group: bool
    called: bool  # by "hereinafter referred to as", which is said of parties and documents only


def defined_parties(head: str, counts: Counter[str]) -> Iterator[Party]:
    """The parties that definitions introduce; ``head`` is the text's beginning with single blanks."""
    for defined in _definitions(head):
        party = _party(defined, counts)
        if party is not None:
            yield party


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
    return roles.interchangeable(term) or not NO_PARTY.search(term)


def _last_clause(lead: str) -> str:
    """What stands directly before a definition: since the last sentence or *between*."""
    cut = 0
    for found in re.finditer(
        r"\b(?:[Bb]etween|[Aa]mong|BETWEEN|AMONG)\b:?|[.;] (?=[A-Z][a-z]+ [a-z])|\bA(?:nd|ND):", lead
    ):
        cut = found.end()
    return lead[cut:]
