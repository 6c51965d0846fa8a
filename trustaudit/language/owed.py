"""To whom a duty is owed: the other side, where the action hands it something."""

from __future__ import annotations

import re

from trustaudit.language.actors import ONE

_GIVES = (
    r"(?:pay|give|gives|notify|inform|advise|reimburse|indemnif(?:y|ies)|defend|compensate|provide|provides"
    r"|furnish|supply|supplies|offer|grants?|refund|credit|repay|tell|send|ship|show|"
    r"assist|allow|permit|hold|save|protect|lend|teach|train|serve|supports?|release|remunerate"
    r"|authori[sz]es?|licen[cs]es?|help|employ|entitle|appoints?|designates?|leases?|lets?|sells?)"
)
_DIRECT = re.compile(
    rf"\b{_GIVES}(?:,? (?:and|or|to|[a-z]+ly|hold harmless|save|defend|indemnify|hereby))*(?:,)?"
    rf"(?: each of)? (?P<who>{ONE})(?!'s? (?:\w+ )?(?:satisfaction))"
)
_NOT_OWED = """
    subject pursuant according prior respect regard relating related similar addition caused satisfactory
    acceptable damage injury compensation cost charge expense liability belonging known
""".split()  # noqa: SIM905 - a list of words reads as words
"""Words before *to* by which nothing is handed over."""
# what must not stand before *to* is asked behind it: so the search goes from one *to* to the next
_TO = re.compile(
    rf"\bto {''.join(f'(?<!{word} to )' for word in _NOT_OWED)}(?:both |each of )?(?P<who>{ONE})"
    rf"(?!'s? (?:\w+ )?(?:satisfaction|approval|consent|discretion|detriment|knowledge|benefit|prior))"
)
_WITH = re.compile(
    rf"\b(?:deposit|cooperate|share|file|lodge|place|leave)\b[^;.]{{0,80}}? with (?P<who>{ONE})(?!')|\b"
    rf"(?:for the benefit of|in favou?r of|on behalf of) (?P<whom>{ONE})|\b(?:reimburse|pay|refund"
    rf"|return)\b[^;.,]{{0,80}} of (?P<of>{ONE})(?!')"
)


_FROM = re.compile(
    r"\b(?:recover|collect|receive|obtain|demand|claim|reimbursement|payment|damages"
    r"|compensation)\b[^;.]{0,60}? from "
    rf"(?P<who>{ONE})(?!')"
)
_REMEDY = re.compile(
    rf"(?P<who>{ONE})'s (?:sole|only|exclusive)(?: and (?:sole|exclusive))? remed(?:y|ies)\b"
)
_AUTHORISES = re.compile(r" ?authori[sz]es?\b| ?(?:allow|permit)\b")


def owed_to(text: str, start: int, end: int) -> str | None:
    """The mark of the party to which ``text[start:end]`` gives, pays or tells something; None for nobody."""
    for pattern in (_DIRECT, _TO, _WITH):
        found = pattern.search(text, start, end)
        if found is not None:
            return next(mark for mark in found.groups() if mark)
    return None


def remedy_of(text: str, start: int, end: int) -> str | None:
    """The mark of the party whose sole remedy a duty is (*shall, as Customer's sole remedy, …*), or None."""
    found = _REMEDY.search(text, start, end)
    return found["who"] if found is not None else None


def claimed_from(text: str, start: int, end: int) -> str | None:
    """The mark of the party from which the action takes something (*recover from Tenant*), or None."""
    found = _FROM.search(text, start, end)
    return found["who"] if found is not None else None


def authorised(text: str, start: int) -> bool:
    """Does the action give leave (*authorises*, *shall allow*) rather than a thing?"""
    return _AUTHORISES.match(text, start) is not None
