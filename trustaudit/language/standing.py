"""Which of the named parties supplies, and which receives: told from what the document says each does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trustaudit.language.party import Party

# Behind a name: what it does. Before a name: what is done to it.
_SUPPLIES_AFTER = re.compile(
    r"(?:['’]s (?:invoice|(?:then[- ]current |standard )?(?:rates|fees|price list|prices)|service levels"
    r"|personnel|technicians)"
    r"|,? (?:hereby )?(?:grants?|licenses|leases|lends|lets|sublets|sells|supplies|employs|hires"
    r"|appoints)\b(?! (?:to )?(?:back|security))"
    r"|,? (?:shall|will|agrees to|must|undertakes to) (?:\w+ly )?(?:provide|supply|deliver|perform|furnish"
    r"|make available|manufacture|host|maintain|support|invoice|bill|sell|ship|install|train|repair|replace"
    r"|lend|advance)\b"
    r"|,? (?:is|are) (?:\w+ )?(?:a |an |the |in the business of |engaged in (?:the business of )?)"
    r"(?:\w+,? ){0,3}?(?:provider|manufacturer|developer|supplier|seller|licensor|vendor|providing"
    r"|developing|manufacturing|designing|selling|licensing|supplying)"
    r"|,? (?:owns|has developed|manufactures|develops|provides|offers|operates)\b"
    r"|,? (?:desires|wishes|is willing|is prepared|intends|has agreed|agrees) to (?:provide|license to"
    r"|license \w+ to|sell|supply|grant|lease to|let|offer|perform|make available|manufacture|render|lend"
    r"|appoint|employ|franchise)\b"
    r"|,? (?:may|shall) (?:charge|increase (?:the|its) (?:fees|prices|rates)|suspend)\b)"
)
_RECEIVES_AFTER = re.compile(
    r"(?:['’]s (?:purchase orders?|orders|payment|order|facilities|premises|use of)"
    r"|,? (?:shall|will|agrees to|must|undertakes to) (?:\w+ly )?(?:pay|purchase|buy|order|reimburse|return"
    r"|repay|compensate|remit)\b"
    r"|,? (?:desires|wishes|intends|is desirous|has agreed|agrees|seeks) (?:to|of) (?:obtain|purchase"
    r"|license from|licens\w+ (?:the|certain|from)|acquir|receiv|lease|rent|retain|engag|us[ei]|buy|market"
    r"|distribut|procur|borrow|promot|resell|have|secure|sponsor|hir)"
    r"|,? (?:has requested|requires|purchases|leases from|accepts)\b)"
)
_RECEIVES_BEFORE = re.compile(
    r"(?:(?:license[sd]?|grant(?:s|ed)?|sold|sell|provided?|provides|deliver(?:ed)?|supplied|supply|shipped"
    r"|invoiced?|leased|lent|made available|services|rendered|furnish(?:ed)?) to (?:the )?"
    r"|(?:payable|paid|purchased|ordered|reimbursed) by (?:the )?|\binvoice (?:the )?|\bcharge (?:the )?)\Z",
    re.IGNORECASE,
)
_SUPPLIES_BEFORE = re.compile(
    r"(?:\b(?:pay|pays|paid|payable|reimburse|due|owed|remit(?:ted)?|payments?) (?:to )?(?:the )?"
    r"|(?:purchased?|obtain(?:ed)?|license[sd]?|ordered|received|leased?|acquired?|buy|receive) from "
    r"(?:the )?"
    r"|(?:provided|supplied|licensed|manufactured|performed|delivered|rendered|furnished|offered|developed"
    r"|invoiced) by (?:the )?)\Z",
    re.IGNORECASE,
)
_WINDOW = 90


def standing(text: str, parties: Sequence[Party]) -> list[float]:
    """For each party a number from -1 (only receives) to +1 (only supplies), 0 where the text is silent.

    Counts what stands directly behind and before each mention, with two silent votes added, so that one
    mention alone does not decide: (s - r) / (s + r + 2).
    """
    owner = {
        name.lower(): index for index, party in enumerate(parties) for name in party.names if len(name) > 1
    }
    if not owner:
        return [0.0] * len(parties)
    names = sorted(owner, key=lambda name: (-len(name), name))
    mentions = re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in names)})(?!\w)", re.IGNORECASE)
    supplies, receives = [0] * len(parties), [0] * len(parties)
    for found in mentions.finditer(text):
        index = owner[found[0].lower()]
        after = text[found.end() : found.end() + _WINDOW]
        before = text[max(0, found.start() - 40) : found.start()]
        supplies[index] += bool(_SUPPLIES_AFTER.match(after)) + bool(_SUPPLIES_BEFORE.search(before))
        receives[index] += bool(_RECEIVES_AFTER.match(after)) + bool(_RECEIVES_BEFORE.search(before))
    return [(s - r) / (s + r + 2) for s, r in zip(supplies, receives, strict=True)]
