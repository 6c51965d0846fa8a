"""Trust asked in one document of a journey and given back in another: what, where, and how much later.

Asked is what the rules on reciprocity and on required protections found unanswered in a document; given is
what the same rules take as an answer, in any other document. So one file says what a fair return is, for one
paper and for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from trustaudit.document import Span
from trustaudit.journey.phrasebook import Phrasebook
from trustaudit.journey.told import Told, related, told
from trustaudit.journey_audit import CrossReturn, Staged
from trustaudit.ruleset import load_rules
from trustaudit.ruleset.phrase import BOTH, NEITHER
from trustaudit.ruleset.rule import Reciprocal, Required, Rule

_MUTUAL = (BOTH, NEITHER)
_RULES = ("reciprocity/", "required/")


@dataclass(frozen=True)
class _Fair:
    """What each rule takes as a return. Owners in ``given`` are indices of ``rules``."""

    rules: tuple[Rule, ...]
    given: Phrasebook
    asked: Phrasebook
    unless: Phrasebook

    def named(self, pair: str) -> int | None:
        """The rule on a pair of the balance sheet."""
        return next((at for at, rule in enumerate(self.rules) if _pair(rule) == pair), None)


@dataclass(frozen=True, slots=True)
class _Ask:
    """Something that a paper asks and does not give back itself."""

    told: Told
    rule: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Give:
    told: Told
    span: Span


@cache
def _fair() -> _Fair:
    rules = tuple(rule for rule in load_rules(()).rules if rule.id.startswith(_RULES) and rule.enabled)
    books = [
        Phrasebook([(at, phrase) for at, rule in enumerate(rules) for phrase in phrases(rule)])
        for phrases in (_answers, _demands, lambda rule: rule.unless)
    ]
    return _Fair(rules, *books)


def _answers(rule: Rule) -> Iterator[str]:
    for find in rule.find:
        if isinstance(find, Reciprocal):
            yield from find.given
        elif isinstance(find, Required):
            yield from find.protection


def _demands(rule: Rule) -> Iterator[str]:
    for find in rule.find:
        if isinstance(find, Reciprocal):
            yield from find.asked
        elif isinstance(find, Required):
            yield from find.ground


def _pair(rule: Rule) -> str:
    """The name of a rule's pair; of a required protection the last part of its id."""
    named = (find.pair for find in rule.find if isinstance(find, Reciprocal))
    return next(named, rule.id.rpartition("/")[2])


def find_returns(documents: Sequence[Staged], stages: Sequence[str] = ()) -> tuple[CrossReturn, ...]:
    """Each ask that its own document does not answer, with the answer of another one or with none.

    ``stages`` are all stages of the journey in their order; without them, those that have documents. The
    result is in the order in which the customer is asked.
    """
    papers = told(documents)
    fair = _fair()
    asks = [ask for paper in papers for ask in _asks(paper, fair)]
    if not asks:
        return ()
    order = _stage_order(papers, stages)
    gives = _gives(papers, fair, {ask.rule for ask in asks})
    return tuple(_return(ask, _nearest(ask, gives.get(ask.rule, ())), fair, order) for ask in asks)


def _asks(paper: Told, fair: _Fair) -> Iterator[_Ask]:
    """What the audit of a paper found asked and unanswered; once a topic, reciprocity first."""
    if paper.read_anew:
        yield from _read(paper, fair)
        return
    audit = paper.staged.audit
    topics: set[str] = set()
    for pair in audit.balance.pairs:
        at = fair.named(pair.pair)
        if at is not None and pair.asked is not None and pair.returned is None:
            topics.add(fair.rules[at].topic)
            yield _Ask(paper, at, pair.asked)
    for at, rule in enumerate(fair.rules):
        if not rule.id.startswith("required/") or rule.topic in topics:
            continue
        found = next((one for one in audit.standing if one.rule == rule.id), None)
        if found is not None:
            yield _Ask(paper, at, found.span)


def _read(paper: Told, fair: _Fair) -> Iterator[_Ask]:
    """What a paper asks and does not answer, by the phrases of the rules for its kind of paper."""
    wanted = {at for at, rule in enumerate(fair.rules) if paper.staged.audit.kind in rule.applies_to}
    answered: set[int] = set()
    asked: dict[int, Span] = {}
    for clause in paper.reading.clauses:
        text = paper.reading.clause_text(clause)
        answered |= fair.given.owners(text)
        found = [(at, span) for at, span in fair.asked.find(text) if at in wanted - asked.keys()]
        if not found or any(mark in text for mark in _MUTUAL):
            continue
        cleared = fair.unless.owners(text)
        for at, span in found:
            if at not in cleared and clause.start + span.end > clause.own:
                asked.setdefault(at, paper.reading.span(clause, span.start, span.end))
    topics: set[str] = set()
    for at in sorted(asked, key=lambda at: (fair.rules[at].id.startswith("required/"), at)):
        if at not in answered and fair.rules[at].topic not in topics:
            topics.add(fair.rules[at].topic)
            yield _Ask(paper, at, asked[at])


def _gives(papers: Sequence[Told], fair: _Fair, wanted: set[int]) -> Mapping[int, Sequence[_Give]]:
    """The first answer to each wanted rule in each paper, in their order."""
    found: dict[int, list[_Give]] = {}
    for paper in papers:
        first: dict[int, Span] = {}
        for clause in paper.reading.clauses:
            for at, span in fair.given.find(paper.reading.clause_text(clause)):
                if at in wanted and at not in first and clause.start + span.end > clause.own:
                    first[at] = paper.reading.span(clause, span.start, span.end)
        for at, place in first.items():
            found.setdefault(at, []).append(_Give(paper, place))
    return found


def _nearest(ask: _Ask, gives: Sequence[_Give]) -> _Give | None:
    """The last answer before the ask, which holds already; else the first one after it."""
    others = [give for give in gives if give.told is not ask.told and related(give.told, ask.told)]
    before = [give for give in others if give.told.index < ask.told.index]
    return before[-1] if before else next(iter(others), None)


def _stage_order(papers: Sequence[Told], stages: Sequence[str]) -> Mapping[str, int]:
    named = dict.fromkeys([*stages, *(paper.staged.stage for paper in papers)])
    return {stage: at for at, stage in enumerate(named)}


def _return(ask: _Ask, give: _Give | None, fair: _Fair, order: Mapping[str, int]) -> CrossReturn:
    rule = fair.rules[ask.rule]
    asked = ask.told.passage(ask.told.around(ask.span))
    what = _pair(rule).replace("-", " ")
    if give is None:
        message = f"{what}: asked in {_where(ask.told)}, and no paper of the journey gives it back"
        return CrossReturn(_pair(rule), asked, None, message, None)
    later = order[give.told.staged.stage] - order[ask.told.staged.stage]
    returned = give.told.passage(give.told.around(give.span))
    there = _where(give.told)
    message = f"{what}: asked in {_where(ask.told)}, given back in {there}, {_when(later, ask, give)}"
    return CrossReturn(_pair(rule), asked, returned, message, later)


def _where(paper: Told) -> str:
    return f"{paper.path} ({paper.staged.stage})"


def _when(later: int, ask: _Ask, give: _Give) -> str:
    """How much later the answer stands, and what that means."""
    stages = f"{abs(later)} stage{'' if abs(later) == 1 else 's'}"
    if later > 0:
        return f"{stages} later: until then the customer trusts without it"
    if later < 0:
        return f"{stages} before: it holds already when it is asked"
    return "in the same stage" + (
        ", after the ask" if give.told.index > ask.told.index else ", before the ask"
    )
