"""The provider's own name in terms that speak of *we* and *you*: from its title, welcome and definitions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_KIND = r"(?:terms|conditions|user agreement|services? agreement|legal terms|eula|end user licen[cs]e)"
_NAME = r"(\{\{ ?\w+ ?\}\}|[a-z0-9][\w&'’+-]*(?:\.(?:com|net|org|io|me|tv|co))?(?: [A-Z0-9][\w&'’+.-]*){0,3})"
_CUES = (
    re.compile(
        rf"^[ \t#*]*(?:the )?{_NAME}(?:['’]s)?(?:®|™)? (?:website |online |general |user )?{_KIND}",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        rf"\b(?:welcome to|thanks for using|thank you for using|thank you for choosing) (?:the )?{_NAME}",
        re.IGNORECASE,
    ),
    re.compile(rf"\bbetween (?:you|user|customer)(?: \([^)]*\))? and {_NAME}", re.IGNORECASE),
    re.compile(rf"\bagreement (?:is )?with {_NAME}", re.IGNORECASE),
    re.compile(rf"\bterms (?:of (?:use|service) )?(?:for|of) {_NAME}", re.IGNORECASE),
    re.compile(
        rf"{_NAME}[^.()]{{0,60}}\(\s?(?:[\"“”'`‘’]+\s?[\w.]+\s?[\"“”'`‘’]+,?\s(?:or|and"
        rf"|,)?\s?)*[\"“”'`‘’]+\s?(?:we|us|our)\b",
        re.IGNORECASE,
    ),
    re.compile(rf"(?:the )?terms? [\"“”'‘’`]+{_NAME}[\"“”'‘’`]+ or [\"“”'‘’`]+(?:us|we)\b", re.IGNORECASE),
    re.compile(rf"\b(?:operated|provided|offered|owned and operated) by {_NAME}", re.IGNORECASE),
)
_ACTS = re.compile(
    r"\b([A-Za-z0-9][\w&+-]{2,}(?: [A-Z][\w&+-]+)?) (?:may|reserves the right|will not be|is not "
    r"(?:responsible|liable)|shall not be|does not (?:guarantee|warrant|endorse)|disclaims|has the right)\b"
)
_POSSESSES = re.compile(
    r"\b([A-Za-z0-9][\w&+-]{2,})(?: ?['’]s) (?:terms|privacy policy|services?|website|site|liability"
    r"|sole discretion|rights)\b"
)
_COMMON = frozenset(
    """
    the these this those our your you we us they it he she any all some each every no such other user
    users customer customers member members site website service services application app apps software
    platform content terms term conditions general use privacy policy agreement and or of and/or if as
    by for from to with when where which that who what company provider supplier party parties third law
    court state data information material materials access account accounts product products following
    above additional special supplemental standard legal user's fees payment payments seller sellers
    buyer buyers host hosts guest guests not also there here one both either neither liability everyone
    someone anyone person persons people children subscription subscriptions section sections paragraph
    an a in on at be is are was were will shall may can online updated current new last effective date
    key change version welcome important notice please read full applicable local specific certain
    mobile purchase sale games game player players subscriber subscribers partner partners affiliates
    affiliate licensors arbitrator arbitration you're european us-based u.s united
    """.split()  # noqa: SIM905 - a list of words reads as words
)


def provider_names(text: str) -> tuple[str, ...]:
    """Names that stand for the provider, most telling first; empty where the text does not say.

    A name from one of the cues counts when the text makes it act or own something, or when two cues agree.
    """
    head = text[:12_000]
    cued = Counter(
        name.lower() for cue in _CUES for found in cue.finditer(head) for name in _cleaned(found[1])
    )
    acting: Counter[str] = Counter()
    for pattern in (_ACTS, _POSSESSES):
        for found in pattern.finditer(text):
            acting.update(name.lower() for name in _cleaned(found[1]))
    chosen = [name for name, times in cued.items() if acting[name] or times > 1]
    if any(char.isupper() for char in head):
        chosen += [
            name
            for name, times in acting.most_common(2)
            if times >= 3 and name not in chosen and _proper(text, name)
        ]
    chosen.sort(key=lambda name: (-(cued[name] * 3 + acting[name]), name))
    return tuple(chosen[:3])


def _cleaned(name: str) -> Iterator[str]:
    """The name without a trailing common word; nothing when it is one."""
    words = name.strip(" .,'’").split()
    while words and words[-1].lower().strip(".,") in _COMMON:
        words.pop()
    while words and words[0].lower() in _COMMON:
        words.pop(0)
    if words and not words[0].isdigit():
        yield " ".join(words)


def _proper(text: str, name: str) -> bool:
    """Is the name written with a capital inside sentences?"""
    found = re.search(rf"(?<=[a-z,] ){re.escape(name)}\b", text, re.IGNORECASE)
    return found is not None and found[0][:1].isupper()
