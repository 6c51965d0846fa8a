"""Which of two papers binds: what they say themselves, else what they are; *could not tell* is an answer.

Read are clauses on the order of precedence ("in the event of a conflict, this Agreement prevails over the
order form"), and entire-agreement clauses, which set aside what was said before. Where no paper says so, a
contract binds over a message: the one was agreed, the other only tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from trustaudit.document import Span
from trustaudit.journey.told import Told

_WINS = (
    r"(?:prevails?|takes? (?:precedence|priority)|controls?|governs?|supersedes?|has precedence"
    r"|have precedence"
    r"|comes? first|wins|overrides?|applies|shall (?:prevail|control|govern|apply|take precedence|supersede))"
)
_CONFLICT = (
    r"(?:conflicts?|inconsisten\w+|contradict\w*|discrepanc\w+|differs?|ambigui\w+|says? something different"
    r"|prevails?|precedence|supersed\w+|prefer\w*|overrides?)"
)
_ABOUT = re.compile(rf"\b{_CONFLICT}\b", re.IGNORECASE)
_PAPERS = (
    "master agreement",
    "master services agreement",
    "services agreement",
    "supply agreement",
    "framework agreement",
    "order form",
    "order confirmation",
    "purchase order",
    "order",
    "quotation",
    "quote",
    "offer",
    "proposal",
    "statement of work",
    "general terms and conditions",
    "general terms",
    "terms and conditions",
    "terms of service",
    "terms of use",
    "special terms",
    "special conditions",
    "booking conditions",
    "conditions",
    "terms",
    "lease",
    "policy",
    "schedule",
    "annex",
    "appendix",
    "exhibit",
    "addendum",
    "amendment",
    "data processing agreement",
    "term sheet",
    "licence",
    "license",
    "contract",
    "agreement",
    "brochure",
    "website",
    "letter",
    "e-mail",
    "email",
)
_NO_NOUN = (
    r"(?!(?:over|or|and|any|the|of|this|these|to|our|your|an?|in|with|between|by|as|all|such|shall|will)\b)"
)
_PAPER = re.compile(
    r"\b(?:(?P<own>this|these|hereof|herein)|the|our|your|any|an?|each|of|\(?\d\)|[a-z]\))?\s*"
    rf"(?P<paper>(?:{_NO_NOUN}[\w-]+ ){{0,2}}?(?:{'|'.join(_PAPERS)}))s?\b",
    re.IGNORECASE,
)
_OVER = re.compile(rf"\b{_WINS}\b(?: over| to| than)?", re.IGNORECASE)
_ORDER = re.compile(r"\b(?:order of (?:precedence|priority)|following order|in this order)\b", re.IGNORECASE)
_ENTIRE = re.compile(
    r"\b(?:entire (?:agreement|understanding|contract)|whole agreement|supersedes? (?:all|any)"
    r"|replaces? (?:all|any|every"
    r"|everything)|sole and entire)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|never|neither|nor)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ranking:
    """A clause that puts papers in an order: ``first`` wins over ``then``; names as written, lower case.

    ``this`` stands for the paper that the clause is in; an empty ``then`` means everything else.
    """

    document: int
    first: str
    then: tuple[str, ...]
    span: Span


@dataclass(frozen=True)
class Precedence:
    """The papers' own words on which of them comes first."""

    papers: Sequence[Told]
    rankings: tuple[Ranking, ...] = ()
    entire: dict[int, Span] = field(default_factory=dict)

    def binding(self, one: Told, other: Told) -> tuple[Told | None, str]:
        """The paper of the two that binds, None where that cannot be told, and why."""
        for ranking in self.rankings:
            winner = self._by_ranking(ranking, one, other)
            if winner is not None:
                return winner, f"{winner.path}: {self._says(ranking.document, ranking.span, winner)}"
        return self._entire(one, other) or _by_rank(one, other)

    def _by_ranking(self, ranking: Ranking, one: Told, other: Told) -> Told | None:
        writer = self.papers[ranking.document]
        for winner, loser in ((one, other), (other, one)):
            if not _is(ranking.first, winner, writer):
                continue
            if (not ranking.then and loser is not writer and winner is writer) or any(
                _is(name, loser, writer) for name in ranking.then
            ):
                return winner
        return None

    def _entire(self, one: Told, other: Told) -> tuple[Told, str] | None:
        """A contract that says that it is all that was agreed sets aside what came before it."""
        for contract, before in ((one, other), (other, one)):
            span = self.entire.get(contract.index)
            earlier = before.index < contract.index and before.rank < contract.rank
            if span is not None and earlier and before.index not in self.entire:
                why = self._says(contract.index, span, contract)
                return contract, f"{contract.path}: it sets aside what was said before: {why}"
        return None

    def _says(self, document: int, span: Span, winner: Told) -> str:
        """The words of the clause, and whose they are."""
        paper = self.papers[document]
        words = " ".join(paper.document.quote(span).split())
        line = words if len(words) <= 220 else words[:219].rstrip() + "…"
        return f"{'it' if paper is winner else paper.path} says “{line}”"


def _by_rank(one: Told, other: Told) -> tuple[Told | None, str]:
    """What they are decides, where one is an agreement and the other only tells."""
    high, low = (one, other) if one.rank >= other.rank else (other, one)
    if high.rank == low.rank:
        what = "contracts" if high.rank == 3 else ("offers or orders" if high.rank == 2 else "messages")
        return None, f"could not tell: both are {what}, and no paper says which one comes first"
    words = {1: "only tells", 2: "is an offer or an order"}
    if high.rank == 3:
        return (
            high,
            f"{high.path}: it is the contract, {low.path} {words[low.rank]}, and no paper says otherwise",
        )
    return high, f"{high.path}: it is meant to be agreed, {low.path} only tells, and no paper says otherwise"


def precedence(papers: Sequence[Told]) -> Precedence:
    """What all papers of a journey say about which one comes first."""
    rankings: list[Ranking] = []
    entire: dict[int, Span] = {}
    for paper in papers:
        if paper.rank < 2:
            continue
        for sentence in _sentences(paper):
            text = " ".join(paper.document.quote(sentence).split())
            if _ENTIRE.search(text) and not _NOT.search(text) and paper.index not in entire:
                entire[paper.index] = sentence
            ranking = _ranking(text)
            if ranking is not None:
                rankings.append(Ranking(paper.index, *ranking, sentence))
    return Precedence(papers, tuple(rankings), entire)


def _sentences(paper: Told) -> Iterator[Span]:
    """Sentences worth reading for this."""
    text = paper.document.text
    if not _ABOUT.search(text) and not _ENTIRE.search(text):
        return
    for sentence in paper.reading.sentences:
        piece = text[sentence.start : sentence.end]
        if _ABOUT.search(piece) or _ENTIRE.search(piece):
            yield sentence.span


def _ranking(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The paper that a sentence puts first, and those that it puts behind; None where it ranks none."""
    listed = _ORDER.search(text)
    if listed:
        names = [_name(found) for found in _PAPER.finditer(text, listed.end())]
        return (names[0], tuple(names[1:])) if len(names) > 1 else None
    wins = _OVER.search(text)
    if not wins or not _ABOUT.search(text) or _NOT.search(text[: wins.end()]):
        return None
    before = list(_PAPER.finditer(text, 0, wins.start()))
    if not before:
        return None
    winner = _name(before[-1])
    after = [_name(found) for found in _PAPER.finditer(text, wins.end())]
    others = [name for found in before[:-1] if (name := _name(found)) != winner]
    return winner, tuple(dict.fromkeys(name for name in (*after, *others) if name != winner))


def _name(found: re.Match[str]) -> str:
    """A paper as a ranking names it: *this*, or its noun in lower case."""
    return "this" if found["own"] else found["paper"].lower()


def _is(name: str, paper: Told, writer: Told) -> bool:
    """Does a name in a clause of ``writer`` mean the paper?"""
    if name == "this":
        return paper is writer
    if paper is writer and paper.rank == 3 and name in {"agreement", "contract", "terms"}:
        return True
    return name in paper.title.partition("|")[0] or _titled(name, paper)


def _titled(name: str, paper: Told) -> bool:
    """Is the name in the first words of the paper, where papers say what they are?"""
    head = paper.title.partition("|")[2][:70]
    return bool(re.search(rf"\b{re.escape(name)}\b", head))
