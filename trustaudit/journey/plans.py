"""Names of tariffs: what holds for *Max contracts* is not said of *Flex*.

A tariff's name is a capitalised word before *contract*, *plan*, *tariff* and the like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from trustaudit.journey.told import Told

_NAMED = re.compile(
    r"\b(?P<name>[A-Z][a-z]+|[A-Z]{1,3})(?= (?:contracts?|plans?|tariffs?|packages?|memberships?"
    r"|subscriptions?|editions?|members?"
    r"|customers?|tickets?|rates?)\b)"
)
_PLAIN = frozenset(
    """
    The This These That Those Your Our Their His Her Its My Any Each Every All No Such Some Both Either
    Neither Other Another New Existing Annual Monthly Yearly Supply Service Services Sales Purchase Work
    User Customer Client Rental Lease Loan Employment Insurance Maintenance Support Software Licence
    License Master Framework Signed Written Current Future Most Many Dear Business Private Consumer If
    When Where As For In On With Without To Of And Or But From Under Upon Unless Late Lost Paid Free
    Interest Exchange Hourly Daily Day Hour
    """.split()  # noqa: SIM905
)
"""Words before these nouns that name no tariff."""


@dataclass(frozen=True, slots=True)
class Plans:
    """The names of all tariffs of a journey."""

    names: frozenset[str]

    def apart(self, one: str, other: str) -> bool:
        """Do two passages name tariffs, and none that is the same?"""
        if not self.names:
            return False
        mine, theirs = self._in(one), self._in(other)
        return bool(mine and theirs) and mine.isdisjoint(theirs)

    def _in(self, text: str) -> frozenset[str]:
        return frozenset(re.findall(r"\b(?:[A-Z][a-z]+|[A-Z]{1,3})\b", text)) & self.names


def plans(papers: Sequence[Told]) -> Plans:
    """The tariffs that the papers name; not the company itself."""
    companies = {
        word for paper in papers for name in paper.staged.audit.parties.company for word in name.split()
    }
    found = {match["name"] for paper in papers for match in _NAMED.finditer(paper.document.text)}
    return Plans(frozenset(found - _PLAIN - companies))
