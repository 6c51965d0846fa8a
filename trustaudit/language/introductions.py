"""The parties of a document: as it defines, names or lists them in its opening, or merely uses them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from trustaudit.language import roles
from trustaudit.language.definitions import NO_PARTY, defined_parties
from trustaudit.language.entities import entity_in
from trustaudit.language.party import Party, merged

_LABELLED = re.compile(
    r"^[ \t*|]*(?:the )?([A-Z][A-Za-z-]+(?: [A-Z][A-Za-z-]+)?)(?: Name)?[ \t*]*[:|][ \t*|]*(\S[^\n|]{1,80})",
    re.MULTILINE,
)
_RECITALS = re.compile(
    r"\b(?:WHEREAS|Whereas|RECITALS?|Recitals|WITNESSETH|NOW,? THEREFORE|Now,? [Tt]herefore)\b"
)
_BETWEEN = re.compile(
    r"\b(?:between|among|amongst|BETWEEN|AMONG|Between|by and|[Tt]he undersigned|[Dd]ear|Ladies)\b"
)
_HEAD = 40_000  # characters in which the parties must have been introduced
_OPENING = 4_000  # characters from the first party within which the others stand
_MAX_PARTIES = 12


def find_parties(text: str, counts: Counter[str]) -> tuple[Party, ...]:
    """The parties introduced in the text, in the order of their introduction; ``counts`` are its subjects."""
    head = re.sub(r"\s+", " ", text[:_HEAD])
    found = _introduced(head, merged(defined_parties(head, counts)), counts)
    found = merged((*found, *_opening(head, found, counts), *_lettered(head, counts), *_you_as(head, counts)))
    found = merged((*found, *_labels_for(found, text[:_HEAD])))
    if len(found) < 2:
        found = merged((*found, *_frequent(text, counts)))
    return tuple(found[:_MAX_PARTIES])


def _labels_for(found: Sequence[Party], head: str) -> Iterator[Party]:
    """Labelled lines: all where fewer than two parties are known, else those that give a name its role."""
    for party in _labelled(head):
        if len(found) < 2 or any(known.rung is None and known.is_like(party) for known in found):
            yield party


def _introduced(head: str, found: Sequence[Party], counts: Counter[str]) -> Sequence[Party]:
    """Where the opening introduces two or more parties, those; names defined later are of others."""
    for first in sorted(party.at for party in found):
        recital = _RECITALS.search(head, first)
        end = min(first + _OPENING, recital.start() if recital else len(head))
        opening = [party for party in found if first <= party.at < end and party.acts(counts)]
        if len(opening) > 1 and _BETWEEN.search(head, max(0, first - 1_500), end):
            return opening
    return found


def _opening(head: str, known: Sequence[Party], counts: Counter[str]) -> Iterator[Party]:
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
        common = NO_PARTY.search(name) or name in _NO_NAMES or name.startswith("this ")
        if times >= 8 and not common and roles.rung(name) is None:
            at = text.lower().find(name)
            yield Party((text[at : at + len(name)],), at)


_NO_NAMES = frozenset("it we you he she they there nothing neither either each both all any such no".split())  # noqa: SIM905


def _labelled(head: str) -> Iterator[Party]:
    """Lines such as *Customer: Foo Ltd.*"""
    for found in _LABELLED.finditer(head):
        if found[1].lower() in roles.rungs():
            name = entity_in(found[2], ())
            yield Party((found[1], *((name,) if name else ())), found.start())
