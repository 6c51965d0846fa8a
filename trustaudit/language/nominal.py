"""Norms without an acting subject: passives with an agent, limits of liability, remedies, property."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from trustaudit.language.actors import ONE
from trustaudit.language.modality import Modality

_O, _P, _E = Modality.OBLIGATION, Modality.PERMISSION, Modality.ENTITLEMENT
_X, _NO, _NE = Modality.PROHIBITION, Modality.NO_OBLIGATION, Modality.NO_ENTITLEMENT
_M = rf"(?P<who>{ONE}(?:(?: and| or|,| and/or){{1,2}} {ONE}){{0,3}})"
_THING = r"(?:[\w'%$ꓚꓜꓐꓠꓑ-]+,? ){0,12}?"


class Nominal(NamedTuple):
    """A norm found by its nouns; ``who`` is where the party stands."""

    start: int
    end: int
    who: tuple[int, int]
    modality: Modality
    source: str


_FORMS: tuple[tuple[re.Pattern[str], Modality], ...] = tuple(
    (re.compile(words), modality)
    for words, modality in (
        ((
            rf"{_M}'s (?:[\w-]+,? ){{0,6}}?liabilit(?:y|ies)\b[^;]{{0,420}}?\b(?:limited|capped|not exceed"
            rf"|exceed|excluded|no greater|not be (?:greater|more))\b"
        ), _NO),
        ((
            rf"\bliabilit(?:y|ies) of {_M}(?!')[^;]{{0,420}}?\b(?:limited|capped|not exceed|exceed|excluded"
            rf"|no greater|not be (?:greater|more))\b"
        ), _NO),
        ((
            rf"{_M}'s (?:sole|only|exclusive|entire)(?: and (?:exclusive|sole|only|entire))? "
            rf"(?:\w+ ){{0,3}}?(?:remed(?:y|ies)|recourse|right)\b"
        ), _E),
        ((
            rf"\b(?:title|property|ownership|rights?|copyright|power|option|goodwill)\b (?!to receive)"
            rf"(?:[\w,'-]+ ){{0,14}}?(?:pass(?:es)?|vests?|be vested|transfers?|belongs?|accrues?|(?:be|is"
            rf"|are) (?:granted|given|reserved|transferred|assigned))(?: \w+ly| automatically| solely"
            rf"| exclusively)* (?:to|in|with) {_M}(?!')"
        ), _E),
        ((
            rf"\b(?:become|becomes|remain|remains|is|are|be)\b (?:and (?:shall )?"
            rf"(?:at all times )?remain )?(?:at all times )?(?:the |deemed the |deemed to be the )?(?:"
            rf"(?:sole|exclusive|absolute)(?: and |, )?)*(?:property of (?:the )?|owned (?:solely "
            rf"|exclusively )?by ){_M}(?!')"
        ), _E),
        ((
            rf"\b(?:become|becomes|remain|remains|is|are|be)\b (?:and (?:shall )?remain )?{_M}'s (?:(?:sole"
            rf"|exclusive|and|confidential) )*property\b"
        ), _E),
        ((
            rf"\b(?:belong|belongs|inure|inures|enure|accrue|accrues)\b (?:\w+ly |solely )*(?:to (?:the "
            rf"(?:sole |exclusive )?benefit of )?){_M}(?!')"
        ), _E),
        ((
            rf"\b(?:is|are|be|become|becomes)(?: \w+){{0,3}} (?:payable|due|owing|owed|paid) "
            rf"(?:[\w,%]+ ){{0,6}}?to {_M}(?!')"
        ), _E),
        ((
            rf"\b(?:is|are|be|become|becomes)(?: \w+){{0,3}} (?:payable|due|owed|borne|paid|reimbursed"
            rf"|met) (?:[\w,%]+ ){{0,6}}?by {_M}(?!')"
        ), _O),
        ((
            rf"\bnothing (?:in |contained |herein|set forth )[^;.]{{0,100}}?\b(?:obliges?|obligates?"
            rf"|requires?|be (?:construed|deemed|interpreted) (?:as |to )(?:oblige|obligate|require"
            rf"|obligating|requiring)) {_M}(?!')"
        ), _NO),
        ((
            rf"\b(?:nothing|no) (?:\w+ )[^;.]{{0,120}}?\b(?:gives?|grants?|confers?|entitles?|entitle"
            rf"|giving|granting)(?: (?:up)?on| to)? {_M}(?!')"
        ), _NE),
        ((
            rf"\b(?:be|is|are) (?:the )?(?:sole |exclusive |full |entire )*{_M}'s (?:\w+ ){{0,3}}?"
            rf"(?:responsibility|obligation|duty)\b"
        ), _O),
        (rf"\b(?:be|is|are) (?:the )?(?:\w+ ){{0,3}}?(?:responsibility|obligation|duty) of {_M}(?!')", _O),
        ((
            rf"\b(?:shall|will|is|are|be)(?: \w+)? (?:at|for) {_M}'s (?:sole |own |exclusive |entire )*"
            rf"(?:cost|expense|risk|account)\b"
        ), _O),
        (rf"\b(?:not|never) (?:be )?(?:permitted|allowed) (?:to|for) {_M}(?!')", _X),
        (rf"\brisk(?: of loss)?\b[^.;]{{0,60}}?\b(?:pass(?:es)?|transfers?) to {_M}(?!')", _O),
        ((
            rf"\bno (?:[\w,'-]+ ){{1,8}}?(?<!ed )(?<!ed to )(?<!en )by {_M} (?:shall|will|may) (?:be|have"
            rf"|take) (?:\w+ly )?(?:valid|effective|permitted|binding|made|allowed|effect)\b"
        ), _X),
        ((
            rf"(?<!no )\b(?:made|charged|provided|performed|furnished|delivered|maintained|installed|used"
            rf"|supplied|submitted|carried|obtained|procured|selected|hired|engaged) by {_M}(?: (?:to|for"
            rf"|on|in|at|under|pursuant to|hereunder) [^,;.]{{1,60}}?)? (?:shall|must|will)(?! (?:be "
            rf"(?:deemed|the property|paid|borne|owned|considered|subject|repaid|reimbursed|made by"
            rf"|repaired)|become|remain|survive|not (?:be|constitute|affect|relieve|limit)|constitute"
            rf"|affect))\b(?![^;.]{{0,120}} by {ONE})"
        ), _O),
        (rf"(?<!not )\b(?:entitles?|gives?|grants?) {_M}(?!') (?:the |a |an )?(?:right|option|to\b)", _E),
    )
)  # fmt: skip
_PASSIVE = re.compile(
    rf"(?P<no>\bno (?:[\w,'-]+ ){{1,14}}?)?\b(?P<modal>shall|will|must|may|can|cannot|is to|are to)"
    rf"(?P<not> not| only| never)?(?: also| \w+ly| at any time| then| have)* be(?: \w+ly)?"
    rf" (?P<verb>\w+(?:ed|en|de|pt|id|nt|ld|lt|ne|wn|ght|ut|et|ad|ound))\b"
    rf"(?P<between>[^.;:]{{0,140}}?) by {_M}(?!'s (?!(?:employees|agents)))"
)
_DENIAL = re.compile(r"\b(?:no|nothing|none|neither)\b[^;.]*\Z")
_PARTICIPLE = re.compile(
    r"\b(?:\w+ed|made|given|paid|borne|taken|held|kept|set|written|incurred|owned|caused|due|payable)"
    r"(?: \w+ly)?\Z"
)
_UNCONSENTED = re.compile(
    rf"(?P<no>\bno (?:[\w,'-]+ ){{1,14}}?)?\b(?P<modal>shall|will|must|may|can|cannot)(?P<not> not)? be "
    rf"(?:\w+ly )?\w+(?:ed|en|de|t|ne|id|ld|wn|ound)\b(?![^.;:]{{0,100}} by {ONE})[^.;:]{{0,100}}?"
    rf" without (?:the )?(?:{ONE}'s (?:express |prior |written |and |, )*(?:consent|approval|permission"
    rf"|agreement)|(?:express |prior |written |and |, )*(?:consent|approval|permission|agreement) of {ONE})"
)


def nominals(text: str) -> Iterator[Nominal]:
    """The norms of a clause that its subject does not carry, in the order of the forms."""
    for words, modality in _FORMS:
        for found in words.finditer(text):
            if (
                modality is _E
                and found.re.pattern.startswith("(?<!not )")
                and _DENIAL.search(text[: found.start()])
            ):
                continue
            yield Nominal(found.start(), found.end(), found.span("who"), modality, "nominal")
    for found in _PASSIVE.finditer(text):
        made = _passive(found)
        if made is not None:
            yield made


def _passive(found: re.Match[str]) -> Nominal | None:
    """*may be terminated by Provider*: the agent bears what the modal makes."""
    between = found["between"]
    if " by " in between or (between and _PARTICIPLE.search(between) and found["verb"] not in between):
        return None
    if found["verb"] in {
        "deemed",
        "limited",
        "bound",
        "construed",
        "governed",
        "required",
        "entitled",
        "obligated",
        "obliged",
        "permitted",
        "allowed",
    }:
        return None
    negated = bool(
        found["no"] or (found["not"] or "").strip() in {"not", "never"} or found["modal"] == "cannot"
    )
    power = found["modal"] in {"may", "can", "cannot"} or (found["not"] or "").strip() == "only"
    modality = _X if negated else _P if power else _O
    return Nominal(found.start(), found.end(), found.span("who"), modality, "passive")


def unconsented(text: str) -> Iterator[tuple[int, int, str]]:
    """*shall not be assigned without Landlord's consent*: where, and the mark of the side that consents."""
    for found in _UNCONSENTED.finditer(text):
        if found["no"] or found["not"] or found["modal"] == "cannot":
            mark = re.findall(ONE, found[0])
            yield found.start(), found.end(), mark[-1]
