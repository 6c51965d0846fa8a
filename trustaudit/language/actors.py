"""Who a verb is said of: the parties directly before it, alone or together with others."""

from __future__ import annotations

import re
from typing import NamedTuple

from trustaudit.ruleset.phrase import BOTH, COMPANY, CUSTOMER, MARKS, NEITHER, PARTY

ONE = f"[{COMPANY}{CUSTOMER}{BOTH}{NEITHER}{PARTY}]"
_PEOPLE = (
    r"(?:affiliates|agents|employees|officers|directors|representatives|subsidiaries|guests|invitees|users"
    r"|licensors|staff|personnel|"
    r"contractors|subcontractors|suppliers|servants|customers|visitors|family|household|heirs|successors"
    r"|assigns|assignees|occupants|subtenants|members)"
)
ADVERB = (
    r"(?:(?:either )?(?!(?:ap|sup|com|re|im|multi)p?ly\b)[a-z]+ly(?: (?:and|or) [a-z]+ly)?|also|further"
    r"|hereby|then|thereafter|always|each|both|only|first|either|ever|alone|jointly and severally|"
    rf"at (?:any|all|such|no) times?|from time to time|in addition|at (?:its|their|his|her|{ONE}'s) (?:own "
    rf"|sole |option |absolute )*(?:cost|expense|discretion|option|election|risk)(?: and expense)?|"
    rf"in (?:its|their|{ONE}'s) (?:own |sole |absolute |reasonable )*(?:discretion|judge?ment|opinion)"
    rf"|in no (?:event|case|way)|under no circumstances?|"
    r"without (?:prior |further )?notice|as applicable|if any|on request|on behalf of [\w ]{1,30}|hereunder"
    r"|herein|in turn)"
)
_ASIDE = r", [^;:.]{1,160}?,"
_WITH = r"(?:,| and/or| and| or| nor|,? as well as|,? together with| \(and| \(or)"
# What may stand between a party and the verb that is said of it.
_BETWEEN = re.compile(
    rf"(?:'s (?:[\w-]+,? (?:and |or )?){{0,3}}{_PEOPLE}| (?:parties|entities|group))?"
    rf"(?: ?\([^)]{{0,80}}\))?(?: (?:to|under) this [\w-]+| hereto| hereunder| as [\w-]+)?"
    rf"(?:{_WITH} (?:any |all |each |other |of |its |their |his |her |the |persons? |{ONE}'s ){{0,5}}"
    rf"(?:[\w'-]+(?:,| and| or)* ){{0,8}}?[\w'-]+\)?)?"
    rf"(?:{_ASIDE})?,?(?: {ADVERB},?)*(?:{_ASIDE})? ?\Z"
)
_VERB_INSIDE = re.compile(
    r"\b(?:shall|will|may|must|can|is|are|was|were|be|has|have|had|does|do|fails?|agrees?|pays?|gives?"
    r"|terminates?|breach(?:es)?|if|when|unless|until|which|that|who|to)\b"
)
_JOINED = re.compile(rf"({ONE})(?:'s [\w-]+)?(?:,| and/or| and| or| nor|, and|, or) (?:the )?\Z")
_OBLIQUE = re.compile(
    r"\b(?:by|of|to|from|with|for|against|on|upon|than|between|under|about|without|as|at|in|through|among"
    r"|via|behalf of)(?: (?:both|each|either))? \Z"
)
_EACH_OF = re.compile(r"\b(?:each|both|either|any|all|one|none|neither) of \Z")
_SUBORDINATE = re.compile(
    r"(?:\b(?:if|when|whenever|unless|until|once|where|wherever|in case|in the event|in the event that"
    r"|to the extent|to the extent that|so long as|as long as|"
    r"because|if,? for any reason,?|whether|than|what|whatever|(?:and|or) if|should|before|after|while"
    r"|since|for which|in which"
    r"|to which|by which|under which|on which|with which|for whom|to whom|whom)"
    r"|(?<!,) (?:which|as))(?: and to the extent| and when)? \Z"
)
_IF_DURING = re.compile(
    r"\b(?:if|when|unless|until)(?: and when)?,? (?:at any time|during|within|after|prior to|before|for|in"
    r"|on|upon|as a result of|following|pursuant to)"
    r"(?: (?!(?:shall|will|may|must|is|are|was|has|have|had|fails?|does)\b)[\w'’-]+){0,12}, \Z"
)
_PLACE_WHERE = re.compile(
    r"\b(?:place|places|address|addresses|manner|time|date|person|persons|items?|information|documents|extent"
    r"|moment|materials|form) \Z"
)
_THAT = re.compile(r"\bthat \Z")
_SAYS_THAT = re.compile(
    r"\b(?:agrees?|acknowledges?|agreed|understood|understands?|provided|accepts?|ensures?|warrants?"
    r"|covenants?|confirms?|consents?|procures?|undertakes?|represents?|condition|except|and|or|so"
    r"|stipulated)"
    r"(?: (?:and|or) \w+)?(?:,? [\w ]{0,20},)? that \Z"
)


class Actor(NamedTuple):
    """The subject of a verb: where it stands, the marks of its parties, and whether *neither* denies it."""

    start: int
    end: int
    marks: str
    denied: bool


def actor_before(text: str, floor: int, verb: int) -> Actor | None:
    """The parties that are the subject of the verb at ``verb``, none before ``floor``; or None."""
    at = _last_mark(text, max(floor, verb - 260), verb)
    while at >= 0:
        between = text[at + 1 : verb]
        if _BETWEEN.match(between) and not _broken(between) and _subject_at(text, floor, at):
            return _joined(text, floor, at, verb)
        if not _skippable(between):
            return None
        at = _last_mark(text, max(floor, at - 120), at)
    return None


def _skippable(between: str) -> bool:
    """May the subject stand further back, this mark being part of an aside or of an object of *its*?"""
    return len(between) < 200 and ";" not in between


def _last_mark(text: str, floor: int, stop: int) -> int:
    return max(text.rfind(mark, floor, stop) for mark in MARKS)


def _broken(between: str) -> bool:
    """Is there a verb between that is not inside commas?"""
    outside = re.sub(_ASIDE, ",", re.sub(r"\([^)]*\)| to this [\w-]+", "", between))
    return bool(_VERB_INSIDE.search(outside))


def _subject_at(text: str, floor: int, at: int) -> bool:
    """Is the mark free, rather than governed by a preposition (*of Landlord*)?"""
    before = text[max(floor, at - 30) : at]
    return not _OBLIQUE.search(before) or bool(_EACH_OF.search(before))


def _joined(text: str, floor: int, at: int, verb: int) -> Actor | None:
    """The mark at ``at`` with those coordinated before it; None where these hang on a preposition."""
    start, marks = at, text[at]
    while (earlier := _JOINED.search(text, max(floor, start - 60), start)) is not None:
        if not _subject_at(text, floor, earlier.start()):
            if "," in earlier[0] or earlier[1] == text[at]:  # *by Landlord, Tenant shall*: another clause
                break
            return None
        marks += earlier[1]
        start = earlier.start()
    before = text[max(floor, start - 40) : start]
    denied = bool(re.search(r"\b(?:neither|nor|no|none of|not)(?: of)? \Z", before)) or NEITHER in marks
    return Actor(start, verb, marks, denied)


_PLURAL = re.compile(r"[a-rt-z]s \Z")
_FRONTED = re.compile(
    r" ?(?:if|when|in|upon|after|should|where|unless|once|at|on|during|under|for|following|notwithstanding"
    r"|within"
    r"|as|and|but|subject|except|before|until|with|without|by|to|from|while|thereafter)\b"
)
_FINITE = re.compile(r"\b(?:shall|will|may|must|can|is|are|not|agrees?|has|have)\b")


def _reduced(text: str, floor: int, start: int) -> bool:
    """Is it a relative clause without *that* (*we are not liable for problems you may have*)?"""
    before = text[max(floor, start - 200) : start]
    clause = before[max(before.rfind(mark) for mark in ",;:.") + 1 :]
    if _PLURAL.search(clause) is None or _FRONTED.match(clause) is not None:
        return False
    return _FINITE.search(clause) is not None


def says_that(text: str, at: int) -> bool:
    """Does *that*, which ends before ``at``, follow a verb of saying or agreeing (*agrees that*)?"""
    return bool(_SAYS_THAT.search(text[max(0, at - 60) : at]))


def subordinate(text: str, floor: int, actor: Actor) -> bool:
    """Does the subject stand in an *if*, *when* or relative clause, which asks and does not order?"""
    before = text[max(floor, actor.start - 60) : actor.start]
    before = re.sub(r"\b(?:either|neither|both|each of) \Z", "", before)
    if _THAT.search(before):
        return not _SAYS_THAT.search(before)
    if _PLACE_WHERE.search(before) or _reduced(text, floor, actor.start):
        return True
    return bool(
        _SUBORDINATE.search(before) or _IF_DURING.search(text, max(floor, actor.start - 120), actor.start)
    )
