"""What a clause says is free and what it says is charged, by the names of the things.

The words that give or charge are found first; the name is what stands right before or behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trustaudit.journey.stems import stem

_MONEY = (
    r"(?:(?:[$€£¥]|(?:usd|eur|gbp|chf) ?) ?\d[\d.,]*"
    r"|\d[\d.,]* ?(?:dollars|euros?|pounds|usd|eur|gbp|chf|cents))"
)
_SUM = rf"(?:{_MONEY}|\d[\d.,]* ?(?:%|per ?cent))"
_FEE = r"(?:fees?|charges?|surcharges?|costs?|price)"
_APART = (
    r"(?:(?:charged|billed|invoiced|payable|paid(?: for)?|sold|priced) (?:separately|extra|in addition"
    r"|on top|additionally)"
    r"|extra|not included|not part of|excluded)"
)
_NO_COST = r"at no (?:extra |additional )?(?:cost|charge)"
_FREE = (
    rf"(?:(?:always |completely |absolutely |entirely |also )?(?:free(?: of (?:charge|cost))?|{_NO_COST}"
    rf"|for free|without charge"
    r"|on us|complimentary)\b)"
)
_PRICE = r"(?:price|fee|rent|fare|rate|cost|plan|subscription|package|prices|plans)"
_WORDS = r"(?:[^\W\d_][\w'’-]* ?)"

# In each of these the group, or what stands before the match where there is none, is the name.
_FREE_AFTER_NAME = (
    re.compile(rf"\b(?:is|are|comes?|remains?|stays?) {_FREE}"),
    re.compile(r"\b(?:(?:is|are) unlimited and )?costs? nothing\b"),
    re.compile(rf"\b(?:at any time and )?(?:free of (?:charge|cost)|{_NO_COST}|for free|without charge)\b"),
    re.compile(
        r"\b(?:(?:is|are|comes?) )?(?:included|part of|covered by|in) (?:in )?(?:the|your|every|our|all) "
        rf"[\w -]{{0,24}}?{_PRICE}\b"
    ),
)  # fmt: skip
_FREE_BEFORE_NAME = re.compile(rf"\b(?:free|complimentary) (?P<name>{_WORDS}{{1,3}})")
_NO_FEE = (
    re.compile(
        rf"\b(?:no|without(?: any| an?)?|zero|never (?:any"
        rf"|an?)) (?P<name>(?:[^\W\d_][\w'’-]* ){{1,2}}){_FEE}\b"
    ),
    re.compile(
        r"\b(?:no|without(?: any| an?)?|zero) (?P<name>excess|deductible|minimum balance|minimum order"
        r"|deposit|down payment|surcharge)\b"
    ),
)  # fmt: skip
_CHARGED_AFTER_NAME = (
    re.compile(rf"\b{_FEE} (?:(?:of|is|at|amounts to|:|for [\w' ]{{2,24}}? is) ){{0,2}}(?:only )?{_MONEY}"),
    re.compile(
        rf"\b(?:costs?|(?:is|are|will be) (?:charged|billed|invoiced|payable|priced) (?:at|with)) {_MONEY}"
    ),
    re.compile(rf"\b{_FEE} (?:applies|apply|(?:is|are|will be) (?:payable|charged|due|added|deducted))"),
    re.compile(rf"\b(?:of|is) {_SUM}"),
    re.compile(rf"\b(?:is|are) {_APART}\b"),
    re.compile(rf"\b(?:is|are) [\w ]{{0,30}},? for which (?:an? )?(?:[a-z]+ )?{_FEE} "),
)
_CHARGED_BEFORE_NAME = (
    re.compile(rf"{_MONEY} (?P<name>(?:[^\W\d_][\w'’-]* ){{1,2}}){_FEE}\b"),
    re.compile(
        rf"(?:\b{_FEE} (?:of {_MONEY} )?|{_MONEY} )(?:(?:is|are|will be|applies|may be)? ?(?:charged"
        rf"|payable|due|made|levied|billed)? ?)?"
        rf"for (?P<name>{_WORDS}{{1,5}})"
    ),
)  # fmt: skip

_GIVES = re.compile(
    r"\b(?:nothing|included|part of|covered by|free|complimentary|on us|at no|no|without|zero|never any?)\b"
)
_TAKES = re.compile(rf"\b{_FEE}\b|\bcharged\b|\b{_APART}\b|{_SUM}")
_REACH = 90  # characters before and behind the words that give or charge, in which it is said what
_NAME = 70  # characters before the words in which the name stands
_LIMITED = re.compile(
    rf"\b(?:from|over|above|below|under|up to|orders of|if you spend) {_MONEY}"
    r"|\b(?:on (?:mon|tues|wednes|thurs|fri|satur|sun)days?|first (?:month|year|week)|during the|in the first"
    r"|for (?:\d+|one|two|three|six|twelve) (?:days?|weeks?|months?|years?)|once a|twice a)\b"
)
_IN_A_CASE = re.compile(
    r"\b(?:from|over|above|below|under|less than|later than|within|after|unless|if|further|additional"
    r"|second|subsequent"
    r"|each further|express|outside|exceed\w*|beyond|more than|other than|late|lost|damaged|missed)\b"
)
_NONE = re.compile(r"\b(?:no|without|free)\b")
_CREDIT = re.compile(r"\b(?:credit|bonus|refund|compensat\w+|we pay|discount|save|voucher)\b")
_NOT = re.compile(r"\b(?:not|never|cannot|isn't|aren't)\b")
_STOP = frozenset(
    """
    the a an this that each every any your our my their its his her of for to in on at by with and or as
    such is are be
    been was were will shall may must can you we they it there all always completely also please one time
    us have
    has get gets got offer offers include includes included come comes now then up free charge no not other
    new
    fee fees cost costs price charged payable due plan plans use using give
    """.split()  # noqa: SIM905 - a list of words reads as words
)
_JOINS = frozenset({"and", "or", "but", "that", "because", "while", "where", "which"})
_LIGHT = frozenset(
    """
    daily weekly unlimited full own standard complete regular basic fast quick personal online simple every
    dedicated
    """.split()  # noqa: SIM905
)
"""Words beside a name that do not make it another thing."""
_NO_NAMES = frozenset(
    {"of", "from", "to", "time", "choice", "trial", "loan", "market", "trade", "software", "will", "hand"}
)


class Said(NamedTuple):
    """Something free or charged. ``kind``: fee (there is none), thing (free), charge, or case (at times)."""

    stems: frozenset[str]
    kind: str


def may_say(text: str) -> bool:
    return bool(_GIVES.search(text) or _TAKES.search(text))


def free(text: str) -> Iterator[Said]:
    """What a clause says is free, or has no fee, at all times and for everybody."""
    for window in _windows(text, _GIVES):
        if _LIMITED.search(window):
            continue
        for found, name in _found(window, _FREE_AFTER_NAME):
            yield from _said(_subject(name), "thing", window, found)
        for found in _FREE_BEFORE_NAME.finditer(window):
            words = _until_stop(found["name"])
            if words[:1] and words[0] not in _NO_NAMES:
                yield from _said(_stems(words), "thing", window, found)
        for pattern in _NO_FEE:
            for found in pattern.finditer(window):
                yield from _said(_stems(found["name"].split()), "fee", window, found)


def _said(stems: frozenset[str], kind: str, text: str, found: re.Match[str]) -> Iterator[Said]:
    if stems and not _NOT.search(text[: found.end()]):
        yield Said(stems, kind)


def charged(text: str) -> Iterator[Said]:
    """What a clause says is charged; nothing of a clause that gives money back."""
    if _CREDIT.search(text):
        return
    for window in _windows(text, _TAKES):
        named = [
            (found, name, found.start() - len(name)) for found, name in _found(window, _CHARGED_AFTER_NAME)
        ]
        named += [
            (found, found["name"], found.start())
            for pattern in _CHARGED_BEFORE_NAME
            for found in pattern.finditer(window)
        ]
        for found, name, start in named:
            denied = _NOT.search(window[: found.end()]) or _NONE.search(
                window[max(0, start - 12) : found.end()]
            )
            stems = _stems(name.split()[-5:])
            if stems and (not denied or re.search(_APART, found[0])):
                rest = window[: max(0, start)][-40:] + " " + window[found.end() :]
                yield Said(stems, "case" if _IN_A_CASE.search(rest) else "charge")


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


def _found(text: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[tuple[re.Match[str], str]]:
    """Matches with the up to six words of the same part of the sentence right before them."""
    for pattern in patterns:
        for found in pattern.finditer(text):
            before = re.split(r"[.;:()!?#]", text[max(0, found.start() - _NAME) : found.start()])[-1]
            words = re.findall(r"\S+\s*", before)[-6:]
            digits = max(
                (at for at, word in enumerate(words) if word[0].isdigit() or word[0] in "$€£"), default=-1
            )
            yield found, "".join(words[digits + 1 :])


def _subject(name: str) -> frozenset[str]:
    """The name of what is free: of the words before *is free* those behind the last *and*; none if many."""
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


def _stems(words: Sequence[str]) -> frozenset[str]:
    plain = (re.sub(r"[^\w-]", "", word.removesuffix("'s")) for word in words)
    return frozenset(stem(word) for word in plain if len(word) > 2 and word not in _STOP)
