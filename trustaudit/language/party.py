"""A party to a contract, and who acts in its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from trustaudit.language import roles
from trustaudit.language.entities import core

_NAME_WORD = r"[A-Z](?:[\w&'’-]|\.(?=\w))*"
_SUBJECT = re.compile(
    rf"(?:\b[Tt]he |\bTHE )?\b({_NAME_WORD}(?: (?:of |& )?(?!THE\b){_NAME_WORD}){{0,3}}\.?),? "
    r"(?:(?:also|further|hereby|each|SHALL|WILL|MAY|MUST|AGREES|HEREBY)\b"
    r"|(?:shall|will|may|must|agrees?|represents|warrants|grants|acknowledges|undertakes|desires|wishes)\b"
    r"|(?:has the right|is entitled|is willing)\b)"
)
_LOWER_SUBJECT = re.compile(r"\b[Tt]he ([a-z]+(?: [a-z]+)?) (?:shall|will|may|must|agrees|is entitled)\b")


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

    def is_like(self, other: Party) -> bool:
        """Do two parties share a name, but for case, stops and the legal form?"""
        return not _cores(self.names).isdisjoint(_cores(other.names))

    def acts(self, counts: Counter[str]) -> bool:
        """Is it *we* or *you*, or a subject of the text?"""
        return self.we or self.you or any(counts[name.lower()] for name in self.names)

    @property
    def rung(self) -> int | None:
        """The place of its role words on the ladder of ``roles``; None without a role word."""
        return next((rung for name in self.names if (rung := roles.rung(name)) is not None), None)


def _cores(names: Iterable[str]) -> frozenset[str]:
    return frozenset(core(name) for name in names)


def subjects(text: str) -> Counter[str]:
    """How often each name, or *the* and a noun, stands before a verb of duty or right; in lower case."""
    counts = Counter(found[1].lower() for found in _SUBJECT.finditer(text))
    counts.update(found[1] for found in _LOWER_SUBJECT.finditer(text))
    return counts


def merged(parties: Iterable[Party]) -> list[Party]:
    """The parties in order, those that share a name made one."""
    out: list[Party] = []
    for party in parties:
        at = next((index for index, known in enumerate(out) if known.is_like(party)), None)
        if at is None:
            out.append(party)
            continue
        known = out[at]
        names = tuple({name.lower(): name for name in (*known.names, *party.names)}.values())
        out[at] = Party(names, known.at, known.we or party.we, known.you or party.you)
    return out
