"""One paper says that a side may or will, another that it will not: the same verb, and like words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trustaudit.audit import Severity
from trustaudit.document import Span
from trustaudit.journey.plans import Plans
from trustaudit.journey.precedence import Precedence
from trustaudit.journey.stems import stem, stems
from trustaudit.journey.told import Told, one_agreement, related
from trustaudit.journey.topics import known_topics
from trustaudit.journey_audit import Conflict
from trustaudit.ruleset.phrase import COMPANY, CUSTOMER

_SAYS = re.compile(
    rf"(?P<side>[{COMPANY}{CUSTOMER}]) (?:also |further |hereby |always )?"
    r"(?:(?P<no>may not|shall not|must not|will not|can ?not|won't|do not|does not|don't|doesn't|never"
    r"|will never|shall never"
    r"|is not (?:allowed|permitted|entitled) to|are not (?:allowed|permitted|entitled) to"
    r"|has no right to|have no right to)"
    r"|(?P<yes>may|can|will|shall|is (?:allowed|permitted|entitled|free) to|are (?:allowed|permitted"
    r"|entitled|free) to"
    r"|has the right to|have the right to|reserves the right to|reserve the right to))"
    r" (?:also |at any time |never )?(?P<verb>[a-z]{3,})(?P<rest>[^;]{0,160})"
)
_CONDITION = re.compile(
    r"\b(?:unless|except|without|only|if|where|provided|subject to|save|other than|until|before"
    r"|in the event|to the extent|consent"
    r"|limited to|solely)\b"
)
_NO_VERBS = frozenset(
    {
        "not",
        "hav",
        "had",
        "been",
        "only",
        "the",
        "also",
        "then",
        "incur",
        "constitut",
        "affect",
        "includ",
        "apply",
        "appl",
    }
)
_MOST = 200  # passages of one verb and side that are compared: so the cost stays bounded
_LEAST = 2  # words beside the verb that both share
_SHARE = 0.6  # of the shorter one's words


@dataclass(frozen=True, slots=True)
class _Say:
    told: Told
    span: Span
    no: bool
    words: frozenset[str]
    marks: frozenset[int]


def opposites(papers: Sequence[Told], order: Precedence, tariffs: Plans) -> Iterator[Conflict]:
    """A conflict for each thing that one paper allows or promises of a side and another denies of it."""
    found: dict[tuple[str, str], list[_Say]] = {}
    for paper in papers:
        for key, say in _says(paper):
            found.setdefault(key, []).append(say)
    for held in found.values():
        yield from _pairs(_unqualified(held), order, tariffs)


def _pairs(held: Sequence[_Say], order: Precedence, tariffs: Plans) -> Iterator[Conflict]:
    """The first contradiction of each two papers."""
    told: set[tuple[int, int]] = set()
    allowed = [say for say in held if not say.no][:_MOST]
    for no in [say for say in held if say.no][:_MOST]:
        for yes in allowed:
            pair = (no.told.index, yes.told.index)
            if pair not in told and _contradict(no, yes) and not tariffs.apart(_quote(no), _quote(yes)):
                told.add(pair)
                yield _conflict(no, yes, order)


def _unqualified(held: Sequence[_Say]) -> list[_Say]:
    """Without what its own paper says the opposite of beside it, and so has to be read as a whole."""
    words: dict[tuple[int, bool], set[str]] = {}
    for say in held:
        words.setdefault((say.told.index, say.no), set()).update(say.words)
    return [say for say in held if not say.words & words.get((say.told.index, not say.no), set())]


def _says(paper: Told) -> Iterator[tuple[tuple[str, str], _Say]]:
    reading = paper.reading
    for clause in reading.clauses:
        text = reading.clause_text(clause)
        for said in _SAYS.finditer(text):
            rest = said["rest"]
            verb = stem(said["verb"])
            if verb in _NO_VERBS or _CONDITION.search(rest) or clause.start + said.end("verb") <= clause.own:
                continue
            if _CONDITION.search(text[: said.start()]) or text[: said.start()].endswith("no "):
                continue
            words = stems(rest)
            no = said["no"] is not None or " never " in said[0][: said.end("verb") - said.start()]
            span = paper.around(reading.span(clause, said.start(), said.end("verb")))
            marks = known_topics().apart.owners(text)
            yield (said["side"], verb), _Say(paper, span, no, words, marks)


def _quote(say: _Say) -> str:
    return say.told.document.quote(say.span)


def _contradict(no: _Say, yes: _Say) -> bool:
    shared = no.words & yes.words
    return (
        no.told is not yes.told
        and len(shared) >= _LEAST
        and len(shared) >= _SHARE * min(len(no.words), len(yes.words))
        and known_topics().comparable(no.marks, yes.marks)
        and related(no.told, yes.told)
        and one_agreement(no.told, yes.told)
    )


def _conflict(no: _Say, yes: _Say, order: Precedence) -> Conflict:
    first, second = sorted((no, yes), key=lambda one: (one.told.index, one.span))
    winner, why = order.binding(first.told, second.told)
    what = "cannot rely on either of the two" if winner is None else f"has to go by {winner.path}"
    return Conflict(
        kind="right",
        topic="opposite",
        title="One paper says that it may be, another that it will not",
        message=f"{no.told.path} rules out what {yes.told.path} allows",
        cost=f"the customer {what}, and learns of the other only when it matters",
        binds=why,
        severity=Severity.MAJOR,
        first=first.told.passage(first.span),
        second=second.told.passage(second.span),
    )
