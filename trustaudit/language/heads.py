"""The verbs that bind or free somebody, clause by clause: modals, *is entitled*, *agrees to*, *waives* …"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from trustaudit.language.actors import ADVERB, ONE, Actor, actor_before, subordinate
from trustaudit.language.modality import DECLINES, PERFORMS, Modality, behind


class Head(NamedTuple):
    """A verb with its subject: what it makes, where its words begin, and where the action begins."""

    start: int
    end: int
    modality: Modality | None  # None: a conditional, or a statement
    actor: Actor | None
    verb: str
    negated: bool
    inherited: bool = False  # the subject was named at an earlier verb of the clause


_ASIDE = r", [^;:.]{1,160}?,"
_BEFORE_REST = re.compile(
    rf"(?:: ?(?= ))?(?P<first>(?:{_ASIDE}(?= )|,? {ADVERB},?| \(?but\)?)*?)(?: (?P<not>not|never)\b|"
    rf"(?P<nt>n't))?(?P<second>(?:{_ASIDE}(?= )|,? {ADVERB},?)*) ?,? ?"
)
_NEVER = re.compile(r"\b(?:in no event|under no circumstances?|in no case|in no way|at no time)\b")
_VERBS = re.compile(
    rf"(?<![\w'-])(?:(?P<modal>shall|must|will|may|can|should|need|cannot|can't|won't|shan't|mustn't"
    rf"|ought to|(?:is|are|has|have|had) to(?= \w))"
    r"|(?P<be>is|are|isn't|aren't)|(?P<have>has|have)|(?P<do>does|do|doesn't|don't)"
    r"|(?P<agree>(?:covenants?,?(?: and| or)? )?(?:agrees?|undertakes?|covenants?|promises?|commits?"
    r"|consents?|pledges?|is willing)(?:,? and (?:agrees?|undertakes?|covenants?))?)"
    r"|(?P<performs>waives?|releases?|relinquish(?:es)?|forgoes?|renounces?|forfeits?|reserves?|retains?"
    r"|disclaims?|excludes?|makes? no|gives? no|accepts? no|"
    r"assumes?|accepts?|takes? no|provides? no|offers? no|warrants?|guarantees?|represents?|indemnif(?:y"
    r"|ies)|bears?|grants?|assigns?|transfers?|conveys?|licen[cs]es?|sells?|"
    r"appoints?|designates?|engages?|authori[sz]es?))(?![\w-])"
    rf"|(?<={ONE})'(?P<short>ll|re|ve)\b"
)
_AGREE = re.compile(
    rf"(?P<not> not)?(?: {ADVERB})* (?:(?P<not2>not) )?to\b(?! (?:the|this|these|such|those|an?|all|any|its"
    rf"|their)\b),? ?(?:not (?P<not3>))?|,? that (?:it|they) (?P<that>shall|will|may|must|can)\b"
    rf"(?P<not4> not)? ?"
)
_INVERTED = re.compile(
    rf"\b(?:in no (?:event|case|circumstances?)|under no circumstances?|at no time|nor|neither|only|not)"
    rf"(?:,? [^,.;:]{{0,60}},)?,? (?P<modal>shall|will|may|can|must|should|is|are|does|do)"
    rf" (?P<subject>(?:either |any of |each of )?{ONE}(?: (?:parties|entities|group))?(?:(?:,| and| or| nor"
    rf"|,? and/or)+ (?:{ONE}|(?:its"
    rf"|their|any|our|his) (?:[\w-]+,? (?:and |or )?){{1,5}}?))*)(?:,? {ADVERB},?)* (?P<rest>(?=\w))"
)
_PRONOUN = re.compile(r"\b(?:it|they|he|she|same)(?: (?:also|hereby|further|then|each|\w+ly))*,? \Z")
_AGAIN = re.compile(
    rf"(?:\b(?:and|or|but|nor|and/or)\b,?|[;:]|\(?(?:and|but)\)?)(?: {ADVERB},?)*(?:{_ASIDE})? ?\Z"
)


_IN_NO_EVENT = re.compile(
    r"(?:\b(?:in no (?:event|case)|under no circumstances?),?|\bas the case|\bas their interests) \Z"
)


def heads(text: str, floor: int = 0) -> Iterator[Head]:
    """The heads of a clause in order, with their subjects; those with no party for subject have no actor."""
    last: Actor | None = None
    done = 0
    for found in _in_order(text):
        if found.start() < done or (found.start() == done and found.lastgroup == "have"):
            continue
        head = _inverted(found) if found.re is _INVERTED else _head(text, floor, found, last)
        if head is None:
            continue
        yield head
        done = max(done, found.end())
        if head.actor is not None and head.modality is not None:
            last = head.actor


def _in_order(text: str) -> Iterator[re.Match[str]]:
    found = [*_INVERTED.finditer(text), *_VERBS.finditer(text)]
    return iter(sorted(found, key=lambda match: (match.start(), -match.end())))


def _inverted(found: re.Match[str]) -> Head | None:
    """*In no event shall Provider be liable*."""
    text, at = found.string, found.end()
    start, stop = found.span("subject")
    marks = "".join(char for char in found["subject"] if re.match(ONE, char))
    actor = Actor(start, stop, marks, denied=False)
    negated = not found[0].startswith("only")
    modal = found["modal"]
    rest = text[at : at + 120]
    if modal in {"is", "are"}:
        rest = "be " + rest
    if modal in {"does", "do"}:
        modality = Modality.NO_OBLIGATION if DECLINES.match(rest) else None
    else:
        modality = behind(modal, rest, negated=negated)
    return Head(found.start(), at, modality, actor, modal, negated)


def _head(text: str, floor: int, found: re.Match[str], last: Actor | None) -> Head | None:
    """A verb that follows its subject; None for a verb that makes nothing here."""
    verb = found.lastgroup or ""
    start = found.start()
    if _IN_NO_EVENT.search(text, max(0, start - 40), start):
        return None
    actor = actor_before(text, floor, start)
    inherited = actor is None and last is not None
    if inherited:
        actor = _inherited(text, floor, start, last)
    if verb == "performs" and not _binding(text, found, actor, inherited=inherited):
        return None
    made = _made(text, found, verb, denied=actor is not None and actor.denied)
    if made is None:
        return None
    modality, end, negated, word = made
    if actor is not None and not inherited and subordinate(text, floor, actor):
        modality = None
    return Head(start, end, modality, actor, word, negated, inherited)


def _inherited(text: str, floor: int, verb: int, last: Actor | None) -> Actor | None:
    """The subject of the verb before, where this one is coordinated with it or has a pronoun; else None."""
    if last is not None and _PRONOUN.search(text, max(0, verb - 40), verb):
        return last._replace(denied=False)
    return last if _AGAIN.search(text, max(floor, verb - 200), verb) else None


def _binding(text: str, found: re.Match[str], actor: Actor | None, *, inherited: bool) -> bool:
    """Does it bind by itself: no noun (*all transfers*), and not led by a modal (*shall sell, assign*)?"""
    if actor is None:
        return False
    if inherited:
        return found[0].split()[0].endswith("s") and not _PRONOUN.search(
            text, max(0, found.start() - 40), found.start()
        )
    return bool(_NEXT.fullmatch(text, text.rindex(actor.marks[0], 0, found.start()) + 1, found.start()))


_NEXT = re.compile(rf"(?:{_ASIDE}|,? {ADVERB},?)* ")


def _made(
    text: str, found: re.Match[str], group: str, *, denied: bool
) -> tuple[Modality | None, int, bool, str] | None:
    """Modality, where the action begins, negation, and the verb; None where the verb makes no norm."""
    if group == "performs":
        return _performed(text, found, denied=denied)
    if group == "agree":
        return _agreed(text, found, denied=denied)
    before = _BEFORE_REST.match(text, found.end())
    assert before is not None
    word = found[0]
    negated = denied or bool(
        before["not"]
        or before["nt"]
        or word.endswith("n't")
        or word == "cannot"
        or _NEVER.search(before["first"] + before["second"])
    )
    at = before.end()
    rest = text[at : at + 160]
    if group == "short":
        group, word = {"ll": ("modal", "will"), "re": ("be", "are"), "ve": ("have", "have")}[found["short"]]
    if group == "be":
        return _stated("be", "be " + rest, at, negated=negated)
    if group == "have":
        return _stated("have", "have " + rest, at, negated=negated)
    if group == "do":
        return _denied(rest, at) if negated else None
    if word.endswith(" to"):
        word = "must"
    modality = behind(word, rest, negated=negated)
    return modality, at, negated, word


def _stated(verb: str, rest: str, at: int, *, negated: bool) -> tuple[Modality | None, int, bool, str] | None:
    """*is entitled to*, *has no right*: only what the table knows makes a norm."""
    modality = None if _FACT.match(rest) else behind(verb, rest, negated=negated)
    return None if modality is None else (modality, at, negated, verb)


_FACT = re.compile(
    r"be the|have (?:the |full |all |no )*(?:\w+ ){0,4}(?:authority|power|interest)\b|be (?:charged|given"
    r"|paid|granted|named)\b(?! (?:[\w-]+ ){0,4}(?:rights?|licen[cs]e|option|permission))"
)


def _denied(rest: str, at: int) -> tuple[Modality | None, int, bool, str] | None:
    """Behind *does not*."""
    if re.match(r"(?:have|need) to\b", rest) or DECLINES.match(rest):
        return Modality.NO_OBLIGATION, at, True, "do"
    modality = behind("have", rest, negated=True) if rest.startswith("have ") else None
    return None if modality is None else (modality, at, True, "do")


def _agreed(
    text: str, found: re.Match[str], *, denied: bool
) -> tuple[Modality | None, int, bool, str] | None:
    """*agrees to*, *undertakes not to*, *covenants that it will*."""
    to = _AGREE.match(text, found.end())
    if to is None:
        return None
    negated = denied or bool(to["not"] or to["not2"] or to["not3"] is not None or to["not4"])
    word = to["that"] or "agree"
    modality = behind(word, text[to.end() : to.end() + 160], negated=negated)
    return modality, to.end(), negated, word


def _performed(
    text: str, found: re.Match[str], *, denied: bool
) -> tuple[Modality | None, int, bool, str] | None:
    """Verbs that bind by being said: *waives*, *grants*, *reserves the right*."""
    for words, modality in PERFORMS:
        said = words.match(text, found.start())
        if said is not None:
            return modality.denied if denied else modality, found.start(), denied, found[0]
    return None
