"""Norms told by nouns: whose liability is limited, whose property, whose remedy, payable to or by whom."""

from __future__ import annotations

import re

from trustaudit.language.actors import ONE
from trustaudit.language.modality import Modality

_O, _E = Modality.OBLIGATION, Modality.ENTITLEMENT
_X, _NO, _NE = Modality.PROHIBITION, Modality.NO_OBLIGATION, Modality.NO_ENTITLEMENT

WHO = rf"(?P<who>{ONE}(?:(?: and| or|,| and/or){{1,2}} {ONE}){{0,3}})"
"""One or several marks together."""
_WHO = rf"{WHO}(?!')"
_IS = (
    r"\b(?:is|are|be|become|becomes|remain|remains)\b(?: and (?:shall )?(?:at all times )?remain)?"
    r"(?: at all times)?"
)
_SOLE = r"(?:(?:sole|exclusive|absolute|entire|full|only|own)(?: and |, )?(?: )?)*"
_LIMITED = r"\b(?:limited|capped|not exceed|exceed|excluded|no greater|not be (?:greater|more))\b"
_GIVES = r"(?:gives?|grants?|confers?|entitles?)(?: (?:up)?on| to)?"
_MADE = (
    r"(?:made|charged|provided|performed|furnished|delivered|maintained|installed|used|supplied|submitted"
    r"|carried|obtained|procured|selected|hired|engaged)"
)
_NO_DUTY = (
    r"(?:be (?:deemed|the property|paid|borne|owned|considered|subject|repaid|reimbursed|made by|repaired)"
    r"|become"
    r"|remain|survive|not (?:be|constitute|affect|relieve|limit)|constitute|affect)"
)
_PASSES = (
    r"(?:pass(?:es)?|vests?|be vested|transfers?|belongs?|accrues?"
    r"|(?:be|is|are) (?:granted|given|reserved|transferred|assigned))"
)

FORMS: tuple[tuple[tuple[str, ...], re.Pattern[str], Modality], ...] = tuple(
    (tuple(needed.split("|")), re.compile("".join(words)), modality)
    for modality, needed, *words in (
        (_NO, "liabilit", rf"{WHO}'s (?:[\w-]+,? ){{0,6}}?liabilit(?:y|ies)\b[^;]{{0,420}}?{_LIMITED}"),
        (_NO, "liabilit", rf"\bliabilit(?:y|ies) of {_WHO}[^;]{{0,420}}?{_LIMITED}"),
        (
            _E,
            "remed|recourse|right",
            rf"{WHO}'s (?=[seo]){_SOLE}(?:\w+ ){{0,3}}?(?:remed(?:y|ies)|recourse|right)\b",
        ),
        (
            _E,
            "title|property|ownership|right|power|option|goodwill",
            r"\b(?:title|property|ownership|rights?|copyright|power|option|goodwill)\b (?!to receive)",
            rf"(?:[\w,'-]+ ){{0,14}}?{_PASSES}(?: \w+ly)* (?:to|in|with) {_WHO}",
        ),
        (_E, "property", rf"{_IS} (?:deemed (?:to be )?)?(?:the )?{_SOLE}property of (?:the )?{_WHO}"),
        (_E, "owned", rf"{_IS} owned (?:solely |exclusively )?by {_WHO}"),
        (_E, "property", rf"{_IS} {WHO}'s {_SOLE}(?:confidential )?property\b"),
        (
            _E,
            "belong|inure|enure|accrue",
            r"\b(?:belongs?|inures?|enures?|accrues?)\b (?:\w+ly )*",
            rf"(?:to (?:the {_SOLE}benefit of )?){_WHO}",
        ),
        (
            _E,
            "payable|owed|paid",
            rf"\b(?:is|are|be)(?: \w+){{0,3}} (?:payable|owed|paid) (?:[\w,%]+ ){{0,6}}?to {_WHO}",
        ),
        (
            _O,
            "payable|due|owed|borne|paid|reimbursed|met",
            r"\b(?:is|are)(?: \w+){0,2} (?:payable|due|owed|borne|paid|reimbursed|met)",
            rf"(?: in \w+| \w+ly| hereunder)* by {_WHO}",
        ),
        (
            _O,
            "to be",
            rf"\b(?:costs?|expenses|charges|fees|taxes)\b[^;.]{{0,60}}? to be (?:borne|paid|met) by {_WHO}",
            r"(?! here)",
        ),
        (
            _NO,
            "nothing",
            r"\bnothing (?:in |contained |herein|set forth )[^;.]{0,100}?\b(?:obliges?|obligates?|requires?",
            rf"|be (?:construed|deemed|interpreted) (?:as |to )(?:oblige|obligate|require|requiring)) {_WHO}",
        ),
        (
            _NE,
            "giv|grant|confer|entitle",
            rf"\b(?:nothing|no) \w+ [^;.]{{0,120}}?\b(?:{_GIVES}|giving|granting) {_WHO}",
        ),
        (_NE, "give|grant|confer|entitle", rf"\b(?:nor|not)(?: \w+){{0,2}} {_GIVES} {_WHO}"),
        (
            _O,
            "responsibility|obligation|duty",
            rf"\b(?:be|is|are) (?:the )?{_SOLE}{WHO}'s (?:\w+ ){{0,3}}?(?:responsibility|obligation|duty)\b",
        ),
        (
            _O,
            "responsibility|obligation|duty",
            rf"\b(?:be|is|are) (?:the |an? )?{_SOLE}(?:responsibility|obligation|duty) of {_WHO}",
        ),
        (
            _O,
            "cost|expense|risk|account",
            rf"\b(?:shall|will|is|are|be)(?: \w+)? (?:at|for) {WHO}'s {_SOLE}(?:cost|expense|risk|account)\b",
        ),
        (_X, "permitted|allowed", rf"\b(?:not|never) (?:be )?(?:permitted|allowed) (?:to|for) {_WHO}"),
        (_O, "risk", rf"\brisk(?: of loss)?\b[^.;]{{0,60}}?\b(?:pass(?:es)?|transfers?) to {_WHO}"),
        (
            _X,
            "by ",
            rf"\bno (?:[\w,'-]+ ){{1,8}}?(?<!ed )(?<!ed to )(?<!en )by {_WHO} (?:shall|will|may) (?:be",
            r"|have|take)",
            r" (?:\w+ly )?(?:valid|effective|permitted|binding|made|allowed|effect)\b",
        ),
        (
            _O,
            "by ",
            rf"(?<!no )\b{_MADE} by {_WHO}(?: (?:to|for|on|in|at|under|pursuant to",
            r"|hereunder) [^,;.]{1,60}?)?",
            rf" (?:shall|must|will)(?! {_NO_DUTY})\b(?![^;.]{{0,120}} by {ONE})",
        ),
    )
)
"""For each form: strings of which one stands in whatever it matches, so that most clauses need no search."""
ENTITLES = re.compile(
    rf"(?<!not )(?<!nor )\b(?:entitles?|gives?|grants?) {_WHO} (?:the |a |an )?(?:right|option|to\b)"
)
"""*which entitles Customer to*; not where the clause denies it before."""
DENIED = re.compile(r"\b(?:no|nothing|none|neither)\b[^;.]*\Z")
