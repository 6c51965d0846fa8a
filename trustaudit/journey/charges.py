"""Free in one paper, charged in another, whatever it is: *free installation*, *no joining fee*, *is on us*.

What is free is named by the nouns at the claim; what is charged by those at the sum or the fee. They are one
thing where every word of the claim's name is in the charge's. Claims and charges that hold only from a sum, on
a day or in a case are left out: they may both be true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trustaudit.journey.precedence import Precedence
from trustaudit.journey.promises import Place, Promise, taken_back
from trustaudit.journey.told import Told, related
from trustaudit.journey.topics import known_topics
from trustaudit.journey_audit import Conflict

_NP = r"(?:[^\W\d_][\w'’-]*,? ){0,6}"
_MONEY = r"(?:(?:[$€£¥]|(?:usd|eur|gbp|chf) ?) ?\d[\d.,]*|\d[\d.,]* ?(?:dollars|euros?|pounds|usd|eur|gbp|chf|cents))"
_FEE = r"(?:fees?|charges?|surcharges?|costs?|price)"
_SUM = rf"(?:{_MONEY}|\d[\d.,]* ?(?:%|per ?cent))"
_APART = r"(?:(?:charged|billed|invoiced|payable|paid(?: for)?|sold|priced) (?:separately|extra|in addition|on top|additionally)|extra|not included|not part of|excluded)"
_FREE = r"(?:(?:always |completely |absolutely |entirely |also )?(?:free(?: of (?:charge|cost))?|at no (?:extra |additional )?(?:cost|charge)|for free|without charge|on us|complimentary)\b)"
_A_FEE = rf"(?:an? )?(?:[a-z]+ )?{_FEE} "
_CLAIMS = (
    re.compile(rf"(?P<name>{_NP})(?:is|are|comes?|remains?|stays?) {_FREE}"),
    re.compile(rf"(?P<name>{_NP})(?:(?:is|are) unlimited and )?costs? nothing\b"),
    re.compile(rf"(?P<name>{_NP})(?:at any time and )?(?:free of (?:charge|cost)|at no (?:extra |additional )?(?:cost|charge)|for free|without charge)\b"),
    re.compile(rf"(?P<name>{_NP})(?:(?:is|are|comes?) )?(?:included|part of|covered by|in) (?:in )?(?:the|your|every|our|all) [\w -]{{0,24}}?(?:price|fee|rent|fare|rate|cost|plan|subscription|package|prices|plans)\b"),
    re.compile(r"\b(?:free|complimentary) (?P<after>(?:[^\W\d_][\w'’-]* ?){1,3})"),
    re.compile(rf"\b(?:no|without(?: any| an?)?|zero|never (?:any|an?)) (?P<fee>(?:[^\W\d_][\w'’-]* ){{1,2}}){_FEE}\b"),
    re.compile(r"\b(?:no|without(?: any| an?)?|zero) (?P<own>excess|deductible|minimum balance|minimum order|deposit|down payment"
               r"|surcharge)\b"),
)  # fmt: skip
_CHARGES = (
    re.compile(rf"(?P<name>{_NP}){_FEE} (?:(?:of|is|at|amounts to|:|for [\w' ]{{2,24}}? is) ){{0,2}}(?:only )?{_MONEY}"),
    re.compile(rf"(?P<name>{_NP})(?:costs?|(?:is|are|will be) (?:charged|billed|invoiced|payable|priced) (?:at|with)|is) {_MONEY}"),
    re.compile(rf"{_MONEY} (?P<name>(?:[^\W\d_][\w'’-]* ){{1,2}}){_FEE}\b"),
    re.compile(rf"(?:{_FEE} (?:of {_MONEY} )?|{_MONEY} )(?:(?:is|are|will be|applies|may be)? ?(?:charged|payable|due|made|levied|billed)? ?)?"
               r"for (?P<name>(?:[^\W\d_][\w'’-]* ?){1,5})"),
    re.compile(rf"(?P<name>{_NP}){_FEE} (?:applies|apply|(?:is|are|will be) (?:payable|charged|due|added|deducted))"),
    re.compile(rf"(?P<name>{_NP})(?:of|is) {_SUM}"),
    re.compile(rf"(?P<name>{_NP})(?:is|are) {_APART}\b"),
    re.compile(rf"(?P<name>{_NP})(?:is|are) [\w ]{{0,30}},? for which {_A_FEE}"),
)  # fmt: skip
_GIVEN = re.compile(
    r"\b(?:included|part of|covered by|free|complimentary|on us|at no|no|without|zero|never any?)\b"
)
_TAKEN = re.compile(rf"\b{_FEE}\b|\bcharged\b|\b{_APART}\b|{_SUM}")
_REACH = 90  # characters before and behind the words that give or charge, in which it is said what
_LIMITED = re.compile(
    rf"\b(?:from|over|above|below|under|up to|orders of|if you spend) {_MONEY}|\b(?:on (?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|first (?:month|year|week)|during the|in the first|for (?:\d+|one|two|three|six|twelve) (?:days?|weeks?|months?|years?)"
    r"|once a|twice a)\b"
)
_IN_A_CASE = re.compile(
    r"\b(?:from|over|above|below|under|less than|later than|within|after|unless|if|further|additional|second|subsequent"
    r"|each further|express|outside|exceed\w*|beyond|more than|other than|late|lost|damaged|missed)\b"
)
_TOTAL = re.compile(r"\b(?:unlimited|always|any time|as often as|as many|whatever)\b")
_NONE = re.compile(r"\b(?:no|without|free)\b")
_CREDIT = re.compile(r"\b(?:credit|bonus|refund|compensat\w+|we pay|discount|save|voucher)\b")
_NOT = re.compile(r"\b(?:not|never|cannot|isn't|aren't)\b")
_STOP = frozenset(
    """
    the a an this that each every any your our my their its his her of for to in on at by with and or as such is are be
    been was were will shall may must can you we they it there all always completely also please one time your us have
    has get gets got offer offers include includes included come comes now then up free charge no not any other new
    fee fees cost costs price charged payable due plan plans use using give
    """.split()  # noqa: SIM905 - a list of words reads as words
)
_JOINS = frozenset({"and", "or", "but", "that", "because", "while", "where", "which"})
_LIGHT = frozenset(
    "daily weekly unlimited full own standard complete regular basic fast quick personal online simple every dedicated".split()  # noqa: SIM905
)
"""Words beside a name that do not make it another thing."""
_NO_NAMES = frozenset(
    {
        "of",
        "from",
        "to",
        "time",
        "choice",
        "trial",
        "loan",
        "from",
        "market",
        "trade",
        "software",
        "will",
        "hand",
    }
)
_ONE = {"telephon": "phon", "e-mail": "email", "shipping": "deliver", "shipment": "deliver", "postage": "deliver",
        "delivery": "deliver", "cancellation": "cancel", "set-up": "setup", "return": "return"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Named:
    """What is free or charged, by the stems of its name."""

    stems: frozenset[str]
    place: Place
    kind: str  # of a claim: fee, it names one, or thing; of a charge: charge, or case where it is not always made


def charges(papers: Sequence[Told], order: Precedence) -> Iterator[Conflict]:
    """A conflict for each thing that is free in one paper and charged in another; linear in the text."""
    free: dict[frozenset[str], list[_Named]] = {}
    charged: dict[str, list[_Named]] = {}
    for paper in papers:
        for place in _clauses(paper):
            for claim in _claims(place):
                free.setdefault(claim.stems, []).append(claim)
            for charge in _charged(place):
                for stem in charge.stems:
                    charged.setdefault(stem, []).append(charge)
    for stems, claims in free.items():
        answers = [one for one in charged.get(min(stems), ()) if stems <= one.stems]
        own = {one.place.told.index for one in answers}
        done: set[int] = set()
        for claim in claims:
            paper = claim.place.told
            against = next((one for one in _binding_first(answers) if _answers(claim, one)), None)
            if against is None or paper.index in own or paper.index in done:
                continue
            done.add(paper.index)
            yield taken_back(_promise(claim), claim.place, against.place, order)


def _binding_first(answers: Sequence[_Named]) -> list[_Named]:
    return sorted(answers, key=lambda one: (-one.place.told.rank, one.place.told.index, one.place.span))


def _answers(claim: _Named, charge: _Named) -> bool:
    one, other = claim.place, charge.place
    return (
        one.told is not other.told
        and (claim.kind == "fee" or charge.kind == "charge" or bool(_TOTAL.search(one.text)))
        and known_topics().comparable(one.marks, other.marks)
        and related(one.told, other.told)
    )


def _promise(claim: _Named) -> Promise:
    if claim.kind == "fee":
        return Promise(
            "no-" + "-".join(sorted(claim.stems)),
            "promise",
            "no such charge",
            "the charge is made although there was to be none",
        )
    return Promise(
        "free-" + "-".join(sorted(claim.stems)),
        "promise",
        "free of charge",
        "what was to be free must be paid for",
    )


def _clauses(paper: Told) -> Iterator[Place]:
    """The clauses that may say that something is free or charged."""
    reading = paper.reading
    for clause in reading.clauses:
        text = reading.view.text[clause.own : clause.end]
        if _GIVEN.search(text) or _TAKEN.search(text):
            span = (
                paper.around(reading.view.span(clause.own, clause.end)) if clause.end > clause.own else None
            )
            if span is not None:
                yield Place(paper, span, text, known_topics().apart.owners(text))


def _windows(text: str, anchor: re.Pattern[str]) -> Iterator[str]:
    """The words round each anchor, those of near ones together: what is named stands there."""
    start = end = -1
    for found in anchor.finditer(text):
        if start >= 0 and found.start() - _REACH > end:
            yield text[start:end]
            start = -1
        start = max(0, found.start() - _REACH) if start < 0 else start
        end = min(len(text), found.end() + _REACH)
    if start >= 0:
        yield text[start:end]


def _claims(place: Place) -> Iterator[_Named]:
    for text in _windows(place.text, _GIVEN):
        yield from _claims_in(text, place)


def _claims_in(text: str, place: Place) -> Iterator[_Named]:
    for pattern in _CLAIMS:
        for found in pattern.finditer(text):
            if _LIMITED.search(text) or _NOT.search(text[: found.end()]):
                continue
            groups = found.groupdict()
            if "after" in groups:
                words = _until_stop(groups["after"])
                if words[:1] and words[0] in _NO_NAMES:
                    continue
                stems = _stems(words)
            elif "own" in groups:
                stems = _stems(groups["own"].split())
            elif "fee" in groups:
                stems = _stems(groups["fee"].split())
            else:
                stems = _subject(groups["name"])
            if stems:
                yield _Named(stems, place, "thing" if {"name", "after"} & groups.keys() else "fee")


def _subject(name: str) -> frozenset[str]:
    """The name of what is free: of the words before *is free* those behind the last *and*; none of too many."""
    words = name.split()
    while words and words[-1] in _JOINS:
        words.pop()
    at = max((at for at, word in enumerate(words[:-1]) if word in _JOINS or word.endswith(",")), default=-1)
    stems = _stems([word for word in words[at + 1 :] if word not in _LIGHT])
    return stems if len(stems) <= 3 else frozenset()


def _until_stop(words: str) -> list[str]:
    out: list[str] = []
    for word in words.split():
        if word in _STOP and word not in _NO_NAMES:
            break
        out.append(word)
    return out


def _charged(place: Place) -> Iterator[_Named]:
    if not _CREDIT.search(place.text):
        for text in _windows(place.text, _TAKEN):
            yield from _charged_in(text, place)


def _charged_in(text: str, place: Place) -> Iterator[_Named]:
    for pattern in _CHARGES:
        for found in pattern.finditer(text):
            apart = re.search(_APART, found[0])
            if not apart and (
                _NOT.search(text[: found.end()])
                or _NONE.search(text[max(0, found.start() - 12) : found.end()])
            ):
                continue
            rest = text[: found.start("name")][-40:] + " " + text[found.end() :]
            stems = _stems(found["name"].split()[-5:])
            if stems:
                yield _Named(stems, place, "case" if _IN_A_CASE.search(rest) else "charge")


def _stems(words: Sequence[str]) -> frozenset[str]:
    plain = (re.sub(r"[^\w-]", "", word.removesuffix("'s")) for word in words)
    return frozenset(_stem(word) for word in plain if len(word) > 2 and word not in _STOP)


def _stem(word: str) -> str:
    if word in _ONE:
        return _ONE[word]
    for end in ("ing", "ies", "es", "ed", "s", "e"):
        if word.endswith(end) and len(word) - len(end) > 2:
            word = word.removesuffix(end)
            break
    return _ONE.get(word, word)
