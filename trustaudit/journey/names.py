"""Names that drift: the company's legal form, and the spelling of its name and of its products.

A product's name is a word with a capital inside (*LedgerBox*); another spelling of it is the same letters
written otherwise (*Ledger Box*, *Ledgerbox*), or nearly the same letters. Capitals throughout, web addresses
and the names of others (``rules/journey-names.yaml``) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

from trustaudit import resources
from trustaudit.audit import Severity
from trustaudit.document import BlockKind, Span
from trustaudit.journey.precedence import Precedence
from trustaudit.journey.told import Told, related
from trustaudit.journey_audit import Conflict
from trustaudit.language import roles
from trustaudit.ruleset.data import read_data

FILE = "journey-names.yaml"
_FORM = {
    "ltd": "Ltd",
    "limited": "Ltd",
    "inc": "Inc",
    "incorporated": "Inc",
    "llc": "LLC",
    "l.l.c": "LLC",
    "plc": "plc",
    "gmbh": "GmbH",
    "ag": "AG",
    "corp": "Corp",
    "corporation": "Corp",
    "llp": "LLP",
    "lp": "LP",
    "b.v": "BV",
    "bv": "BV",
    "n.v": "NV",
    "nv": "NV",
    "s.a": "SA",
    "sa": "SA",
    "sas": "SAS",
    "sarl": "Sarl",
    "srl": "SRL",
    "s.r.l": "SRL",
    "s.p.a": "SpA",
    "pty": "Pty",
    "oy": "Oy",
    "ab": "AB",
    "kg": "KG",
    "se": "SE",
    "co. kg": "Co. KG",
}
_FORMS = "|".join(re.escape(form) for form in sorted(_FORM, key=len, reverse=True))
_CASED = "|".join(
    sorted(
        {
            re.escape(form)
            for key, value in _FORM.items()
            for form in (key.upper(), key.title(), value, value.upper())
        },
        key=lambda form: (-len(form), form),
    )
)
_WITH_FORM = re.compile(rf"(?<!\w)(?P<name>(?:[A-Z0-9&][\w&'’.-]*,?\s+){{1,5}})(?P<form>{_CASED})(?!\w)")
_WORD = re.compile(r"(?<![\w@./-])[A-Z][\w]*(?:[-&][A-Z]?\w+)*")
_CAMEL = re.compile(r"^[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+$|^[a-z]+[A-Z]\w+$")
_LEAST = 6  # letters of a name from which on one that is nearly the same is a slip
_NEAR = 86.0  # per cent of likeness of a slip


@dataclass(frozen=True, slots=True)
class Written:
    """A name as one paper writes it for the first time."""

    told: Told
    said: str
    span: Span


def names(papers: Sequence[Told], order: Precedence) -> Iterator[Conflict]:
    """A conflict for each form or spelling beside the first one; linear in the text."""
    companies = _companies(papers)
    for company, forms in _legal_forms(companies, papers).items():
        yield from _differing(forms, "name", company, order)
    written = _written(papers, companies)
    for spellings in _families(written, companies):
        yield from _differing(spellings, "spelling", next(iter(spellings)), order)


def _companies(papers: Sequence[Told]) -> tuple[str, ...]:
    """The company's proper names as written somewhere, without legal form, each once."""
    found: dict[str, str] = {}
    for paper in papers:
        for name in paper.staged.audit.parties.company:
            bare = re.sub(rf",?\s+(?:{_FORMS})\b\.?.*$", "", name, flags=re.IGNORECASE).strip()
            if bare and name not in {"we", "you"} and roles.rung(bare) is None and bare[0].isupper():
                found.setdefault(bare.lower(), bare)
    return tuple(found.values())


def _legal_forms(companies: Sequence[str], papers: Sequence[Told]) -> Mapping[str, dict[str, list[Written]]]:
    """For each company the legal forms with which papers write its name, the first place in each paper."""
    wanted = {company.lower(): company for company in companies}
    found: dict[str, dict[str, list[Written]]] = {}
    for paper in papers:
        seen: set[tuple[str, str]] = set()
        for match in _WITH_FORM.finditer(paper.document.text):
            words = match["name"].split()
            tails = (" ".join(words[at:]).rstrip(",").lower() for at in range(len(words)))
            company = next((wanted[tail] for tail in tails if tail in wanted), "")
            form = _FORM[match["form"].lower()]
            if not company or (company, form) in seen or _listed(paper, match.start()):
                continue
            seen.add((company, form))
            start = match.end() - len(
                match[0][match[0].lower().rindex(words[-len(company.split())].lower()) :]
            )
            written = Written(paper, paper.document.text[start : match.end()], Span(start, match.end()))
            found.setdefault(company, {}).setdefault(form, []).append(written)
    return found


def _listed(paper: Told, offset: int) -> bool:
    """Does it stand in a list or a table, where a group names its companies?"""
    block = paper.document.block_at(offset)
    return block is not None and block.kind in {BlockKind.TABLE_CELL, BlockKind.LIST_ITEM}


def _written(papers: Sequence[Told], companies: Sequence[str]) -> Mapping[str, dict[str, list[Written]]]:
    """Names and pairs of capitalised words by their letters, then by their spelling; once a paper."""
    wanted = _wanted(papers, companies)
    found: dict[str, dict[str, list[Written]]] = {}
    for paper in papers:
        text = paper.document.text
        seen: set[str] = set()
        previous: re.Match[str] | None = None
        for match in _WORD.finditer(text):
            pair = previous is not None and text[previous.end() : match.start()] in {" ", "-"}
            starts = [match.start(), *([previous.start()] if pair and previous is not None else ())]
            for start in starts:
                said = text[start : match.end()]
                letters = _letters(said)
                if letters in wanted and said not in seen and not said.isupper():
                    seen.add(said)
                    span = Span(start, match.end())
                    found.setdefault(letters, {}).setdefault(said, []).append(Written(paper, said, span))
            previous = match
    return found


def _wanted(papers: Sequence[Told], companies: Sequence[str]) -> frozenset[str]:
    """The letters of the names that are looked for: products, companies, and what is nearly one of these."""
    words = {match[0] for paper in papers for match in _WORD.finditer(paper.document.text)}
    plain = {_letters(word) for word in words if not _CAMEL.match(word) and not word.isupper()}
    own = {_letters(word) for word in words if _CAMEL.match(word)} | {_letters(name) for name in companies}
    own = {name for name in own if len(name) >= 5 and name not in _others()}
    ordinary = _ordinary(papers, plain)
    near = {
        word
        for word in plain - own - ordinary
        if len(word) >= _LEAST and any(_slip(word, name) for name in own)
    }
    return frozenset(own | near)


def _ordinary(papers: Sequence[Told], words: set[str]) -> set[str]:
    """Those of the words that some paper writes small too: ordinary words."""
    small: set[str] = set()
    for paper in papers:
        small |= set(re.findall(r"\b[a-z]{4,}\b", paper.document.text))
    return {word for word in words if word in small or word + "s" in small or word.removesuffix("s") in small}


def _slip(word: str, name: str) -> bool:
    """Is a word nearly a name, and no inflection of it?"""
    if abs(len(word) - len(name)) > 2 or len(name) < _LEAST or word[:2] != name[:2]:
        return False
    short, long = sorted((word, name), key=len)
    return not long.startswith(short) and fuzz.ratio(word, name) >= _NEAR


def _families(
    written: Mapping[str, dict[str, list[Written]]], companies: Sequence[str]
) -> Iterator[dict[str, list[Written]]]:
    """Spellings that belong to one name: the same letters, or nearly the same."""
    own = [name for name in written if any(_CAMEL.match(said) for said in written[name])]
    own += [name for company in companies if (name := _letters(company)) in written and name not in own]
    for name in own:
        family = dict(written[name])
        for other in written:
            if other != name and other not in own and _slip(other, name):
                family |= written[other]
        papers = {one.told.index for places in family.values() for one in places}
        usual = max(len(places) for places in family.values())
        if len(family) > 1 and (len(papers) > 2 or usual > 1 or _is_company(name, companies)):
            yield family


def _is_company(name: str, companies: Sequence[str]) -> bool:
    return any(_letters(company) == name for company in companies)


def _letters(said: str) -> str:
    return (
        re.sub(r"[\W_]+", "", said.lower()).removesuffix("s")
        if said.endswith("'s")
        else re.sub(r"[\W_]+", "", said.lower())
    )


def _differing(
    spellings: Mapping[str, Sequence[Written]], kind: str, name: str, order: Precedence
) -> Iterator[Conflict]:
    """The spelling of the most papers against each other one that stands in another paper."""
    if len(spellings) < 2:
        return
    ranked = sorted(spellings.items(), key=lambda item: (-len(item[1]), item[1][0].told.index, item[0]))
    _, usual = ranked[0]
    for _, others in ranked[1:]:
        used = {one.told.index for one in usual}
        other = next((one for one in others if one.told.index not in used), None)
        if other is None or not related(usual[0].told, other.told):
            continue
        yield _conflict(usual[0], other, kind, name, order)


def _conflict(one: Written, other: Written, kind: str, name: str, order: Precedence) -> Conflict:
    first, second = sorted((one, other), key=lambda each: (each.told.index, each.span))
    form = kind == "name"
    return Conflict(
        kind="name",
        topic="legal-name" if form else "spelling",
        title=f"One side under two names: {name}" if form else f"A name in two spellings: {name}",
        message=f"{first.told.path} writes “{first.said}”, {second.told.path} writes “{second.said}”",
        cost="the customer cannot tell who owes what was promised: they are two legal persons"
        if form
        else "the customer cannot be sure that both papers are about the same thing",
        binds=order.binding(first.told, second.told)[1],
        severity=Severity.MINOR if form else Severity.INFO,
        first=first.told.passage(first.told.around(first.span)),
        second=second.told.passage(second.told.around(second.span)),
    )


def _others() -> frozenset[str]:
    return _load(resources.rules_dir() / FILE)


@cache
def _load(path: Path) -> frozenset[str]:
    return frozenset(_letters(str(name)) for name in read_data(path.read_bytes()).data["others"])
