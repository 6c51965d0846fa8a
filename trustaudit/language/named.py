"""Parties that a passage only names: *NPC agrees to indemnify NCB*, cut out of a contract that defines them.

Capitals alone make no party, for products and places have them too. A party is a name without an article that
promises, refuses or is answerable, or to whom something is promised.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from trustaudit.audit import Side
from trustaudit.language.deciding import Sided
from trustaudit.language.party import Party

LONGEST = 12_000
"""Characters of the longest text that counts as cut out of a contract: a whole one defines its parties."""

_WORD = r"(?:[a-z]{1,2})?[A-Z](?:[\w&]|[-.](?=\w))*"
_STOP = r"(?!(?:SHALL|WILL|MAY|MUST|HEREBY|AND|OR|BE|TO|FOR|A|ANY|EITHER|NEITHER)\b)"
_NAME = rf"{_STOP}(?P<name>{_WORD}(?: (?:of |and |& )?{_STOP}{_WORD}){{0,2}})"
_PROMISE = (
    r"(?:agrees?|represents|warrants|disclaims|guarantees|undertakes|covenants|assumes|grants|makes? no"
    r"|does not (?:warrant|assume|guarantee|make|represent)|has no (?:liability|obligation|responsibility)"
    r"|(?:shall|will|must|may)(?: not| also| further| hereby| promptly| fully)?"
    r"(?:,? (?:at|in) (?:its|their) (?:sole |own )*(?:option|expense|cost|discretion)(?: and expense)?,?)?"
    r" (?:indemnify|defend|hold|save|reimburse|pay|be (?:solely |fully )?(?:liable|responsible)|provide"
    r"|have (?:no|any) (?:liability|obligation|responsibility)|deliver|procure|terminate|replace|refund))"
)
_OWNED = r"(?:total|aggregate|maximum|entire|cumulative|sole|liability|indemnification|obligation)"
_ACTS = re.compile(
    rf"(?<![\w.'’-]){_NAME}(?:,? (?:hereby|also|further|HEREBY))?(?: {_PROMISE}\b|['’][sS]? (?i:{_OWNED}\b))"
)
_GETS = re.compile(
    r"(?i:\b(?:indemnif(?:y|ies)|defend|save|hold|harmless|reimburse|liable to|liability to"
    r"|(?:owed|paid|payable|granted|licensed|provided) (?:to|by)))"
    r"(?:,? (?:and |or )?(?i:indemnify|defend|hold harmless|hold|harmless|save|keep|protect)){0,4}"
    rf" (?:each |any )?{_NAME}(?![\w’'-])"
)
_SMALL = re.compile(r"[a-z]")
_NO_NAMES = re.compile(
    r"(?i)(?:this|that|these|those|such|any|all|each|every|either|neither|no|both|other|the|an?|its|their|his|her|if"
    r"|in|it|they|who|you|we|us|our|your|third|section|article|clause|exhibit|schedule|appendix|agreement|contract"
    r"|part(?:y|ies)|person|persons|product|products|service|services|software|licensed|claims?|loss|losses|damages"
    r"|indemni\w+|term|fees?|parent|affiliates?|officers?|directors?|employees?|agents?|notice|liability|limitation"
    r"|upon|except|notwithstanding|under|to|subject|by|for|and|or|as|of|with|without|on|at|nothing|nor|provided"
    r"|however|federal|state|law|laws|court|government\w*|mutual|intellectual|confidential\w*|disclaimers?|warrant\w+)"
    r"(?:\b|$)"
)


def named_parties(text: str, known: Collection[str]) -> list[Party]:
    """The two names of a short text that have most to do with what is promised, beside the ``known``.

    One name where one party is known already, for the other one it speaks of. Empty for longer texts.
    """
    if len(text) > LONGEST:
        return []
    acts = Counter(_names(_ACTS, text))
    gets = Counter(_names(_GETS, text))
    taken = {name.lower() for name in known}
    fresh = [name for name in acts | gets if not any(_same(name.lower(), one) for one in taken)]
    ranked = sorted(fresh, key=lambda name: (-(2 * acts[name] + gets[name]), text.find(name)))
    wanted = ranked[: 1 if known else 2]
    if not any(acts[name] for name in wanted) and not known:
        return []
    return [Party((name,), text.find(name)) for name in wanted]


def promises(text: str, party: Party) -> bool:
    """Is the party one that acts in the passage, and not only one to whom something is promised?"""
    return any(name in party.names for name in _names(_ACTS, text))


def _names(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for found in pattern.finditer(text):
        name = found["name"].rstrip(".")
        before = text[max(0, found.start("name") - 4) : found.start("name")].lower()
        loud = not _SMALL.search(text, max(0, found.start() - 20), found.end() + 20)  # capitals tell nothing
        if not loud and not _NO_NAMES.match(name) and not before.endswith("the ") and len(name) > 1:
            yield name


def _same(one: str, other: str) -> bool:
    return one == other or one.startswith(other + " ") or other.startswith(one + " ")


def cast(text: str, sided: Sequence[Sided]) -> list[Sided]:
    """Where a passage names parties of no known side: who promises or refuses is the company, as sellers do.

    Only where one party acts and no other does; else all stays as it was.
    """
    left = [one for one in sided if one.side is Side.UNKNOWN]
    acting = [one for one in left if promises(text, one.party)]
    if len(acting) != 1 or any(one.side in {Side.COMPANY, Side.CUSTOMER} for one in sided):
        return list(sided)
    why = "promises or refuses in this passage, which does not define the parties"
    return [
        replace(one, side=Side.COMPANY, why=why) if one is acting[0]
        else replace(one, side=Side.CUSTOMER, why="the only other party named") if one in left else one
        for one in sided
    ]  # fmt: skip
