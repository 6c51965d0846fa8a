"""Full names of companies in running text: capitalised words up to a legal form."""

from __future__ import annotations

import re
from collections.abc import Sequence

_FORMS = [
    "Inc",
    "Incorporated",
    "LLC",
    "L.L.C",
    "Ltd",
    "Limited",
    "Corp",
    "Corporation",
    "Company",
    "LP",
    "L.P",
    "LLP",
    "PLC",
    "GmbH",
    "AG",
    "SA",
    "S.A",
    "S.p.A",
    "S.r.l",
    "SRL",
    "B.V",
    "BV",
    "N.V",
    "NV",
    "N.A",
    "A/S",
    "AB",
    "Oy",
    "K.K",
    "KK",
    "GK",
    "Pty",
    "SAS",
    "S.A.S",
    "Sarl",
    "S.L",
    "Bank",
    "Trust",
    "University",
    "Fund",
    "Institute",
    "Association",
    "Foundation",
    "Partnership",
]
_LEGAL = "|".join(
    sorted({re.escape(form) for word in _FORMS for form in (word, word.upper())}, key=len, reverse=True)
)
_SUFFIX = rf"(?:(?:{_LEGAL})\b(?!['’]s)\.?|C[oO]\.)"
_WORD = r"[A-Z0-9][\w&'’./®™-]*"
_ENTITY = re.compile(
    rf"(?:{_WORD},? (?:(?:of|for|the|de|&|d/b/a|and(?= [A-Z])) )?){{1,7}}?{_SUFFIX}(?:,? {_SUFFIX})*"
)
_ADDRESS = re.compile(
    r"(?i)\b(?:street|suite|avenue|road|boulevard|drive|floor|exhibit|section|confidential|amended)\b"
)
_DULL = frozenset(
    [
        "the",
        "this",
        "that",
        "each",
        "such",
        "and",
        "by",
        "between",
        "a",
        "an",
        "of",
        "for",
        "agreement",
        "company",
        "corporation",
        "trust",
        "bank",
        "fund",
        "inc",
        "llc",
        "ltd",
        "limited",
        "corp",
        "sublease",
        "lease",
        "amendment",
        "contract",
        "license",
        "letter",
        "party",
        "parties",
        "association",
        "institute",
        "university",
        "foundation",
        "partnership",
    ]
)
_BEFORE = re.compile(
    r"^(?:.*\b(?:agreement|contract|lease),? (?:and |by |between |with )*|(?:the|this|and|by|between|among"
    r"|\d{1,2}|[A-Z]\.) )+(?=\S)",
    re.IGNORECASE,
)


def entity_in(text: str, terms: Sequence[str]) -> str | None:
    """A company's full name in the text: the one that the terms shorten, else the first; None without one."""
    names = [name for found in _ENTITY.finditer(text) if (name := _cleaned(found[0])) is not None]
    for name in names:
        if shortens(terms, name):
            return name
    return names[0] if names else None


def _cleaned(name: str) -> str | None:
    """The name without what precedes it; None for an address or a common noun (*A. The Company*)."""
    name = re.split(r", and (?=[A-Z])", name)[-1]
    name = _BEFORE.sub("", name).strip(" ,")
    words = [word for word in re.findall(r"\w+", name.lower()) if word not in _DULL and len(word) > 1]
    return name if words and not _ADDRESS.search(name) else None


def core(name: str) -> str:
    """A name without case, punctuation and legal form, for comparing."""
    words = re.findall(r"\w+", re.sub(rf",? {_SUFFIX}", "", name).lower().replace(".", ""))
    return " ".join(word for word in words if word != "the") or name.lower()


def shortens(terms: Sequence[str], name: str) -> bool:
    """Is a term made of the name's own words, initials, or letters in their order?"""
    words = re.findall(r"[\w&]+", name.lower())
    letters = "".join(words)
    for term in terms:
        own = re.findall(r"[\w&]+", term.lower())
        if own and (own[0] in words or (len(own) == 1 and len(own[0]) < 7 and _inside(own[0], letters))):
            return True
    return False


def _inside(short: str, letters: str) -> bool:
    """Do the letters of ``short`` stand in ``letters`` in order, the first one in front?"""
    rest = iter(letters)
    return short[:1] == letters[:1] and all(char in rest for char in short)
