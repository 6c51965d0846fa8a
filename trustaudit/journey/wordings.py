"""One clause in two wordings: sentences of two papers that are nearly the same, but for what they order.

Candidates share runs of words; so only sentences that have something in common are compared, and the cost
grows with the text. What counts is a changed duty word, a changed condition, a changed figure, or another
side that owns or pays; other words may differ as they like. A sentence that stands in both papers word for
word is left alone, whatever else resembles it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from rapidfuzz import fuzz

from trustaudit.audit import Severity
from trustaudit.document import FURNITURE, BlockKind, Span
from trustaudit.journey.precedence import Precedence
from trustaudit.journey.told import Told, one_agreement, related
from trustaudit.journey_audit import Conflict
from trustaudit.ruleset.phrase import COMPANY, CUSTOMER

_WORD = re.compile(r"[ꓐ-ꓽ]|[$€£]?\d[\d.,]*%?|\w+(?:['-]\w+)*")
_LABEL = re.compile(r"^(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,5})[.)]\s+)+")
_RUN = 3  # words of a run that two sentences must share
_LEAST, _LONGEST = 7, 120  # words of a sentence that is compared
_COMMON = 24  # sentences with a run from which on the run says nothing
_SHARED = 2  # runs that two sentences share to be compared
_ALIKE = 78.0  # per cent of likeness of two wordings of one clause
_MOST_CHANGED = 6  # words that are changed: more is another clause
_SKIPPED = FURNITURE | {BlockKind.CONTENTS, BlockKind.HEADING, BlockKind.TITLE, BlockKind.TABLE_CELL}
_OPPOSED = (
    (
        frozenset({"shall", "must", "will", "agrees", "undertakes"}),
        frozenset({"may", "can", "need", "might"}),
        "a duty became a choice",
    ),
    (frozenset({"with"}), frozenset({"without"}), "what was needed is not needed"),
    (frozenset({"after"}), frozenset({"without", "before"}), "what came first does not come"),
    (
        frozenset({"refundable"}),
        frozenset({"non-refundable", "nonrefundable"}),
        "what comes back does not come back",
    ),
    (
        frozenset({"exclusive", "exclusively"}),
        frozenset({"non-exclusive", "nonexclusive"}),
        "what was for one is for all",
    ),
    (
        frozenset({"includes", "included", "including"}),
        frozenset({"excludes", "excluded", "excluding"}),
        "what was in is out",
    ),
    (frozenset({"revocable"}), frozenset({"irrevocable"}), "what could be taken back cannot"),
    (
        frozenset({"transferable"}),
        frozenset({"non-transferable", "nontransferable"}),
        "what could be passed on cannot",
    ),
    (frozenset({"limited"}), frozenset({"unlimited"}), "what had a limit has none"),
    (frozenset({"binding"}), frozenset({"non-binding", "nonbinding"}), "what bound does not bind"),
)
_NOTS = frozenset({"not", "no", "never", "neither", "nor", "none", "cannot"})
_MODALS = frozenset({"shall", "must", "will", "may", "can", "should", "is", "are"})
_OWNS = re.compile(
    r"\b(?:belongs?|property|owned|owns?|vests?|vested|borne|paid|payable|remains? with|expense"
    r"|discretion|option|decided|decides?)"
    r"(?: (?:of|by|in|to|with|the|be|exclusively|solely))*$"
)
_FIGURE = re.compile(r"^[$€£]?\d")
_UNITS = frozenset(
    """
    day days week weeks month months year years hour hours % percent business working one two three four
    five six seven
    eight nine ten twelve fourteen fifteen twenty thirty forty forty-five sixty ninety hundred dollars
    euros pounds
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence by its words."""

    told: Told
    span: Span
    words: tuple[str, ...]


def wordings(papers: Sequence[Told], order: Precedence) -> Iterator[Conflict]:
    """A conflict for each sentence of which another paper has a version that orders something else."""
    lines = [line for paper in papers if paper.rank > 1 for line in _lines(paper)]
    exact: dict[tuple[str, ...], set[int]] = {}
    for line in lines:
        exact.setdefault(line.words, set()).add(line.told.index)
    index = _by_runs(lines)
    for at, line in enumerate(lines):
        for other_at in _candidates(at, lines, index):
            other = lines[other_at]
            if other.told.index in exact[line.words] or line.told.index in exact[other.words]:
                continue
            why = changed(line.words, other.words)
            if why and related(line.told, other.told) and one_agreement(line.told, other.told):
                yield _conflict(line, other, why, order)
                break


def _lines(paper: Told) -> Iterator[_Line]:
    view, document = paper.reading.view, paper.document
    for sentence in paper.reading.sentences:
        if (
            document.blocks[sentence.block].kind in _SKIPPED
            or "|" in document.text[sentence.start : sentence.end]
        ):
            continue
        text = view.text[view.locate(sentence.start) : view.locate(sentence.end)]
        words = tuple(_WORD.findall(_LABEL.sub("", text)))
        if _LEAST <= len(words) <= _LONGEST:
            yield _Line(paper, sentence.span, words)


def _by_runs(lines: Sequence[_Line]) -> Mapping[tuple[str, ...], list[int]]:
    """Runs of words, and the lines that hold each; without runs that stand everywhere."""
    index: dict[tuple[str, ...], list[int]] = {}
    for at, line in enumerate(lines):
        for run in _runs(line.words):
            index.setdefault(run, []).append(at)
    return {run: held for run, held in index.items() if 1 < len(held) <= _COMMON}


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def _candidates(at: int, lines: Sequence[_Line], index: Mapping[tuple[str, ...], list[int]]) -> list[int]:
    """Lines of later papers that share most runs with a line, best first."""
    line = lines[at]
    counts = Counter(
        other
        for run in _runs(line.words)
        for other in index.get(run, ())
        if other > at and lines[other].told is not line.told
    )
    best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:3]
    return [other for other, count in best if count >= min(_SHARED, len(line.words) - _RUN)]


def changed(one: Sequence[str], other: Sequence[str]) -> str:
    """What the second wording orders otherwise, in words; empty where that is nothing, or all."""
    if fuzz.ratio(one, other) < _ALIKE:
        return ""
    gone: list[str] = []
    new: list[str] = []
    swapped = ""
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += one[a:b]
            new += other[c:d]
            swapped = swapped or _swapped(one, a, b, other, c, d)
    if max(len(gone), len(new)) > _MOST_CHANGED:
        return ""
    return swapped or _turned(Counter(gone), Counter(new), one, other)


def _swapped(one: Sequence[str], a: int, b: int, other: Sequence[str], c: int, d: int) -> str:
    """Does another side own, pay or decide?"""
    sides = {COMPANY, CUSTOMER}
    if b - a == d - c == 1 and {one[a], other[c]} == sides and _OWNS.search(" ".join(one[max(0, a - 4) : a])):
        return "another side owns, pays or decides"
    return ""


def _turned(gone: Counter[str], new: Counter[str], one: Sequence[str], other: Sequence[str]) -> str:
    """Which word of weight came or went."""
    out, into = set(gone - new), set(new - gone)
    odd = (sum(line.count(word) for word in _NOTS) % 2 for line in (one, other))
    if len(set(odd)) > 1 and (out | into) & _NOTS and (out | into) <= _NOTS | _MODALS:
        return "one says not"
    for before, after, why in _OPPOSED:
        if (out & before and into & after) or (out & after and into & before):
            return why
    mine, theirs = _counted(out, one), _counted(into, other)
    if mine and theirs and (out | into) <= _UNITS | mine | theirs:
        return "the figure differs"
    return ""


def _counted(words: AbstractSet[str], line: Sequence[str]) -> set[str]:
    """The figures among some words of a line that count days, money or a share, and number no version."""
    return {
        word
        for word, behind in zip_longest(line, line[1:], fillvalue="")
        if word in words
        and _FIGURE.match(word)
        and word.count(".") < 2
        and (behind in _UNITS or word[0] in "$€£" or word.endswith("%"))
    }


def _conflict(one: _Line, other: _Line, why: str, order: Precedence) -> Conflict:
    first, second = sorted((one, other), key=lambda each: (each.told.index, each.span))
    return Conflict(
        kind="wording",
        topic="wording",
        title="One clause in two wordings",
        message=f"{first.told.path} and {second.told.path} have the clause in two versions: {why}",
        cost="each side can rely on the version that suits it, and the customer has to argue for theirs",
        binds=order.binding(first.told, second.told)[1],
        severity=Severity.MAJOR,
        first=first.told.passage(first.told.around(first.span)),
        second=second.told.passage(second.told.around(second.span)),
    )
