"""What contacts and hours are for: ``rules/journey-contacts.yaml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trustaudit import resources
from trustaudit.ruleset.data import read_data
from trustaudit.ruleset.problems import Problem, refuse

FILE = "journey-contacts.yaml"
_OFFICE = re.compile(
    r"\b(?:our|the)\s+(?P<name>[a-z]+\s+(?:office|department|desk|line|centre|center|assistance|service))\b"
    r"(?!.*\b(?:our|the)\s+[a-z]+\s+(?:office|department|desk|line|centre|center|assistance|service)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""An office that no list names, the last one before a contact."""


@dataclass(frozen=True)
class Words:
    """Words that tell a purpose, and places that have hours of their own."""

    purposes: re.Pattern[str]
    owner: dict[str, str]
    places: re.Pattern[str]

    def nearest(self, before: str, behind: str) -> str:
        """The purpose whose words stand nearest: the last before, else the first behind; empty for none."""
        found = None
        for found in self.purposes.finditer(before):  # noqa: B007 - the last one
            pass
        found = found or self.purposes.search(behind)
        if found is not None:
            return self._purpose(found)
        named = _OFFICE.search(before)
        return " ".join(named["name"].lower().split()) if named else ""

    def _purpose(self, found: re.Match[str]) -> str:
        return next(self.owner[name] for name, value in found.groupdict().items() if value is not None)

    def place(self, text: str) -> str:
        """The place or the purpose that a sentence about hours names first; empty for none."""
        found = self.places.search(text)
        if found:
            return re.sub(r"(?<=[^s])s$", "", " ".join(found[0].lower().split()))
        served = self.purposes.search(text)
        return self._purpose(served) if served else ""


def contact_words() -> Words:
    """The words that come with trustaudit."""
    return _load(resources.rules_dir() / FILE)


@cache
def _load(path: Path) -> Words:
    file = read_data(path.read_bytes())
    refuse([Problem(path.name, line, message) for line, message in file.faults])
    purposes = file.data["purposes"]
    owner = {f"p{at}": purpose for at, purpose in enumerate(purposes)}
    parts = [
        f"(?P<p{at}>{'|'.join(_word(word) for word in sorted(purposes[purpose], key=len, reverse=True))})"
        for at, purpose in enumerate(purposes)
    ]
    places = "|".join(_word(word) for word in sorted(file.data["places"], key=len, reverse=True))
    flags = re.IGNORECASE
    return Words(re.compile(rf"\b(?:{'|'.join(parts)})", flags), owner, re.compile(rf"\b(?:{places})", flags))


def _word(word: str) -> str:
    """A word or several as an expression; a star at the end stands for any ending."""
    body = r"\s+".join(re.escape(part) for part in word.rstrip("*").split())
    return body + (r"\w*" if word.endswith("*") else r"\b")
