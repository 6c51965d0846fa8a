"""Who signs: the parties a document names, each with all the names it goes by.

Read from definitions (*Acme Inc., a Delaware corporation (“Acme”)*, *hereinafter referred to as “Supplier”*,
*“Customer” means …*), from the opening (*between A Inc. and B Ltd.*) and from labelled lines (*Customer: B Ltd.*).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trustaudit.language import roles

_QUOTE = r"(?:[\"“”„«»]|``|''|(?<!\w)[‘’'](?=\w)|(?<=[\w.,])[’'](?!\w))"
_TERM = re.compile(rf"{_QUOTE}\s?([^\"“”„«»`()\n]{{1,60}}?)[,.]?\s?{_QUOTE}")
_BRACKET = re.compile(r"\(\s?([^()]{1,220})\)|\(([^()]{1,80}\([^()]{0,60}\)[^()]{0,80})\)")
_CALLED = re.compile(
    r"(?:hereinafter|hereafter|herein|sometimes|also)?[\s,]*(?:be |is |are |individually |collectively |jointly |indistinctly )*"
    r"(?:hereinafter |hereafter )?(?:referred to (?:herein |hereafter |hereinafter )?as|called|known as|hereinafter|hereafter)[\s:,]*"
    r"(?:the |an? )?",
    re.IGNORECASE,
)
_MEANS = re.compile(
    rf"{_QUOTE}\s?([^\"“”„«»`()\n]{{1,40}}?)\s?{_QUOTE}\s(?:shall mean|means|refers? to|is|has the meaning)\s"
)
_LABELLED = re.compile(
    r"^[ \t*|]*(?:the )?([A-Z][A-Za-z-]+(?: [A-Z][A-Za-z-]+)?)(?: Name)?[ \t*]*[:|][ \t*|]*(\S[^\n|]{1,80})",
    re.MULTILINE,
)
_SUFFIX = (
    r"(?:Inc|INC|Incorporated|INCORPORATED|LLC|L\.L\.C|Ltd|LTD|Limited|LIMITED|Corp|CORP|Corporation|CORPORATION|Company|COMPANY|Co|CO|LP|L\.P|LLP|"
    r"PLC|plc|Plc|GmbH|GMBH|AG|SA|S\.A|S\.p\.A|S\.P\.A|S\.r\.l|SRL|B\.V|BV|N\.V|NV|N\.A|A/S|AB|Oy|AS|K\.K|KK|GK|Pty|SAS|S\.A\.S|SE|Sarl|S\.L|S\.A\.R\.L|"
    r"Bank|BANK|Trust|TRUST|University|UNIVERSITY|Fund|FUND|Institute|INSTITUTE|Association|ASSOCIATION|Foundation|FOUNDATION|Partnership|PARTNERSHIP)"
)
_NAME_WORD = r"[A-Z0-9][\w&'’./®™-]*"
ENTITY = re.compile(
    rf"(?:{_NAME_WORD},? (?:(?:of|and|for|the|de|&|d/b/a) )?){{1,7}}?{_SUFFIX}\b(?!['’]s)\.?(?:,? {_SUFFIX}\b\.?)*"
)
_CUE = re.compile(
    r",\s(?:an?|the)\s(?:[A-Z][\w.-]*\s)?(?:[\w-]+\s){0,6}?(?:corporation|company|partnership|trust|bank|institution|association|entity|fund|university|society)\b"
    r"|\b(?:an individual|a natural person|residing|resident of|whose (?:registered|principal|address)|principal (?:place|office|executive)|having (?:its|his|her|an?|offices?)"
    r"|with (?:its|an?|offices?) |organi[sz]ed (?:and|under)|incorporated (?:in|under|and)|located at|registered (?:in|office|under)|duly|corp(?:oration)?\b|represented by|existing under|doing business as|[Tt]he undersigned|\[[A-Z ]+\]|\{\{)"
)
_NO_PARTY = re.compile(
    r"\b(?:agreements?|contract|lease|sublease|dates?|products?|services?|territory|premises|property|terms?|period|software|program|shares?|stock|securities|act|code|law|"
    r"notes?|loan|project|site|website|platform|information|plan|field|affiliates?|subsidiar(?:y|ies)|licen[cs]e|marks?|patents?|technology|materials?|work|fees?|price|equipment|"
    r"schedule|exhibit|order|section|statement|commission|sec|parties|party|laws|rules|regulations|court|state|tos|terms of service|effective|closing|transactions?|business|ip|"
    r"event|claims?|data|content|report|account|collateral|goods|units?|deliverables|documentation|specifications?|facility|building|rent|deposit|master landlord|system|person|"
    r"stores?|matter|amendment|confidentiality|arbitration|aaa|note rate|ipo|option|purpose|notice|ads?)\s*$",
    re.IGNORECASE,
)
_GROUP = re.compile(r"\b(?:collectively|together|jointly|each|individually|both)\b", re.IGNORECASE)
_WE = frozenset(("we", "us", "our", "ourselves"))
_YOU = frozenset(("you", "your", "yourself"))
_SUBJECT = re.compile(
    r"(?:\b[Tt]he |\bTHE )?\b([A-Z][\w&.'’-]*(?: (?:of |& )?[A-Z][\w&.'’-]*){0,3})[,]? "
    r"(?:(?:also|further|hereby|each|SHALL|WILL|MAY|MUST|AGREES|HEREBY)\b|(?:shall|will|may|must|agrees?|represents|warrants|grants|acknowledges|undertakes|desires|wishes|has the right|is entitled)\b)"
)
_HEAD = 30_000  # characters in which the parties must have been introduced
_LOOK_BACK = 320
_MAX_PARTIES = 12


@dataclass(frozen=True, slots=True)
class Party:
    """One signatory: every name it goes by, as written; ``we`` / ``you`` where it is defined so."""

    names: tuple[str, ...]
    at: int
    we: bool = False
    you: bool = False

    @property
    def rung(self) -> int | None:
        """The place of its role words on the ladder of ``roles``; None without a role word."""
        found = [rung for name in self.names if (rung := roles.rung(name)) is not None]
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class _Defined:
    """A definition: what it is attached to, and the terms it gives."""

    start: int
    lead: str
    terms: tuple[str, ...]
    group: bool


def subjects(text: str) -> Counter[str]:
    """How often each capitalised name is followed by a verb of duty or right; keys in lower case."""
    return Counter(found[1].lower() for found in _SUBJECT.finditer(text))


def find_parties(text: str, counts: Counter[str]) -> tuple[Party, ...]:
    """The parties introduced in the text, in the order of their introduction."""
    head = text[:_HEAD]
    found: list[Party] = []
    for defined in _definitions(head):
        party = _party(defined, counts)
        if party is not None:
            _add(found, party)
    for party in (*_opening(head, found), *_labelled(head)):
        _add(found, party)
    return tuple(found[:_MAX_PARTIES])


def _definitions(head: str) -> Iterator[_Defined]:
    """Quoted terms in brackets, behind *hereinafter*, and before *means*, in order."""
    spots = [(found.start(), found.end()) for found in _BRACKET.finditer(head)]
    spots += [(found.start(), min(found.end() + 90, len(head))) for found in _CALLED.finditer(head)]
    end = 0
    for start, stop in sorted(spots):
        if start < end:
            continue
        terms = _terms(head[start:stop])
        if not terms:
            continue
        lead = head[max(end, start - _LOOK_BACK) : start]
        yield _Defined(start, lead, terms, bool(_GROUP.search(head[start:stop])))
        end = stop
    for found in _MEANS.finditer(head):
        yield _Defined(found.start(), head[found.end() : found.end() + 160], (found[1].strip(),), group=False)


def _terms(piece: str) -> tuple[str, ...]:
    """The quoted terms of a bracket, without articles."""
    found = (
        re.sub(r"^(?:the|an?|each,? an?) ", "", term[1].strip(), flags=re.IGNORECASE)
        for term in _TERM.finditer(piece)
    )
    return tuple(dict.fromkeys(term.strip(" ,.;:") for term in found if term.strip(" ,.;:")))


def _party(defined: _Defined, counts: Counter[str]) -> Party | None:
    """The party that a definition introduces, or None when it defines something else."""
    lowered = {term.lower() for term in defined.terms}
    we, you = bool(lowered & _WE), bool(lowered & _YOU)
    terms = [term for term in defined.terms if term.lower() not in _WE | _YOU and not _NO_PARTY.search(term)]
    if not terms and not (we or you):
        return None
    lead = _last_clause(defined.lead)
    name = entity_in(lead, terms)
    acts = any(counts[term.lower()] for term in terms)
    role = any(roles.rung(term) is not None for term in terms)
    named = name is not None or bool(_CUE.search(lead))
    if defined.group and not (role or acts):
        return None
    if not (
        we
        or you
        or (role and (acts or named))
        or (named and acts)
        or (named and _short_for(terms, name or lead))
    ):
        return None
    full = (name,) if name is not None and not (role and defined.group) else ()
    return Party(tuple(dict.fromkeys((*terms, *full))), defined.start, we, you)


def _last_clause(lead: str) -> str:
    """What stands directly before a definition: since the last sentence, *between*, *and* between names."""
    cut = 0
    for found in re.finditer(
        r"\b(?:between|among|BETWEEN|AMONG)\b:?|[.;]\s(?=[A-Z][a-z]+ [a-z])|\n\s*(?:AND|And|and)\b:?", lead
    ):
        cut = found.end()
    return lead[cut:]


def entity_in(lead: str, terms: Sequence[str] = ()) -> str | None:
    """The full company name of a piece of text, or None; of several the one that the terms shorten, else the first."""
    names = [
        cleaned for found in ENTITY.finditer(lead) if (cleaned := _ARTICLE.sub("", found[0]).strip(" ,"))
    ]
    fitting = [name for name in names if _short_for(list(terms), name)]
    return (fitting or names or [None])[0]


_ARTICLE = re.compile(r"^(?:(?:The|This|THE|THIS|And|AND|By|Between|AGREEMENT|Agreement) )+")


def _short_for(terms: list[str], name: str) -> bool:
    """Is a term made of the name's own words or initials?"""
    words = {word.lower().strip(".,'’") for word in name.split()}
    initials = "".join(word[0] for word in name.split() if word[:1].isupper()).lower()
    return any(
        term.split()[0].lower() in words or term.lower().replace("&", "") in initials for term in terms
    )


def _opening(head: str, known: list[Party]) -> Iterator[Party]:
    """Full names behind *between* that no definition shortens; each goes by its first words too."""
    found = re.search(r"\b(?:between|among|BETWEEN|AMONG)\b", head[:8000])
    if found is None:
        return
    stop = re.search(
        r"\b(?:WHEREAS|RECITALS|WITNESSETH|NOW,? THEREFORE|Background|BACKGROUND)\b", head[found.end() :]
    )
    end = found.end() + min(stop.start() if stop else 900, 900)
    taken = {name.lower() for party in known for name in party.names}
    for name in ENTITY.finditer(head, found.end(), end):
        full = entity_in(name[0])
        if full is not None and full.lower() not in taken:
            yield Party((full,), name.start())


def _labelled(head: str) -> Iterator[Party]:
    """Lines such as *Customer: Foo Ltd.*"""
    for found in _LABELLED.finditer(head):
        if found[1].lower() in roles.rungs():
            name = entity_in(found[2])
            yield Party((found[1], *((name,) if name else ())), found.start())


def _add(found: list[Party], party: Party) -> None:
    """Add a party, or its names to the one that shares a name with it."""
    keys = {name.lower() for name in party.names}
    for index, known in enumerate(found):
        if keys & {name.lower() for name in known.names}:
            names = tuple({name.lower(): name for name in (*party.names, *known.names)}.values())
            found[index] = Party(names, known.at, known.we or party.we, known.you or party.you)
            return
    found.append(party)
