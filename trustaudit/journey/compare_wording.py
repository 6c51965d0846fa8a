"""What differs beside who is bound and how: terms, the parties meant, and how far a clause reaches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from trustaudit.audit import Confidence
from trustaudit.comparison import Aspect, NormChange, Turn
from trustaudit.document import Span
from trustaudit.journey.compare_facts import Facts, Token
from trustaudit.journey.compare_matching import holders
from trustaudit.journey.compare_regions import Both
from trustaudit.journey.compare_said import Teller, main
from trustaudit.journey.compare_terms import NEGATION, TERMS, WEIGHTY
from trustaudit.journey.compare_turn import of_term
from trustaudit.journey.compare_words import CALENDAR, widened

_BINDING = frozenset(
    """
    shall must will may can cannot agrees agree due payable liable entitled required warrants grants assigns
    """.split()  # noqa: SIM905 - a list of words reads as words
)
_PLACES = frozenset({"law", "laws", "court", "courts", "jurisdiction", "venue", "governed", "arbitration"})
_FEW = 3  # words of a stretch in which a *not* is the difference, and not a word among others

Places = tuple[Span | None, Span | None]


def binds(facts: Facts) -> bool:
    """Does the clause bind, as far as its words tell?"""
    return bool(facts.norms) or any(token.key in _BINDING for token in facts.tokens)


def terms(tell: Teller, both: Both, *, covered: bool) -> Iterator[NormChange]:
    """The terms that one wording has and the other has not."""
    weak = not binds(both.old) and not binds(both.new)
    found: list[NormChange] = []
    for name, term in TERMS.items():
        was, now = both.old.terms.get(name), both.new.terms.get(name)
        if (was is None) == (now is None) or (weak and name not in WEIGHTY):
            continue
        if name == NEGATION and (covered or not _turned_round(both)):
            continue
        if not both.touches(was or now or Span(0, 0), old=was is not None):
            continue
        one, two = holders(both, was, now)
        turn = of_term(term.effect, main(one, two))
        found.append(
            tell.change(
                Aspect.CONDITION,
                one,
                two,
                was=term.said if was else "",
                now=term.said if now else "",
                turn=turn.mirrored if was else turn,
                places=(was, now),
                units=both,
            )
        )
    yield from _together(found)


def _turned_round(both: Both) -> bool:
    """Is a *not* the whole of a difference? Where norms were read on both sides they say what it does."""
    if both.old.norms and both.new.norms:
        return False
    return any(len(region.old) + len(region.new) <= _FEW for region in both.regions)


def _together(changes: Sequence[NormChange]) -> Iterator[NormChange]:
    """The conditions of one norm that mean the same for the customer are one change."""
    groups: dict[tuple[str, Turn], list[NormChange]] = {}
    for change in changes:
        groups.setdefault((change.subject, change.turn), []).append(change)
    for same in groups.values():
        was = ", ".join(change.was for change in same if change.was)
        now = ", ".join(change.now for change in same if change.now)
        yield replace(same[0], was=was, now=now)


def parties(tell: Teller, both: Both, found: Sequence[NormChange]) -> Iterator[NormChange]:
    """A party named where another one was, beside who bears the norm."""
    if any(change.aspect in (Aspect.SIDE, Aspect.NEW, Aspect.GONE) for change in found):
        return
    gone, come = (_marks(facts) for facts in (both.old, both.new))
    lost, won = gone - come, come - gone
    for region in both.regions:
        one = next((t for t in region.old if t.kind == "mark" and lost[t.key] > 0), None)
        two = next((t for t in region.new if t.kind == "mark" and won[t.key] > 0), None)
        if one is None or two is None:
            continue
        lost[one.key] -= 1
        won[two.key] -= 1
        yield _meant(tell, both, (Span(one.start, one.end), Span(two.start, two.end)))


def _marks(facts: Facts) -> Counter[str]:
    return Counter(token.key for token in facts.tokens if token.kind == "mark")


def _meant(tell: Teller, both: Both, places: Places) -> NormChange:
    one, two = holders(both, *places)
    return tell.change(
        Aspect.SIDE,
        one,
        two,
        was=tell.quote(places[0], old=True),
        now=tell.quote(places[1], old=False),
        turn=Turn.UNCLEAR,
        thing="who is meant",
        places=places,
        units=both,
        confidence=Confidence.MEDIUM,
    )


def scope(tell: Teller, both: Both, found: Sequence[NormChange]) -> Iterator[NormChange]:
    """Words that came or went with nothing in their place, in a clause that binds."""
    told = _told(both, found)
    seen: set[tuple[str, str]] = set()
    where = any(token.key in _PLACES for token in (*both.old.tokens, *both.new.tokens))
    loose = binds(both.old) or binds(both.new)
    bound = bool(both.old.norms or both.new.norms or (where and loose))
    for gone, come in widened(both.regions, told, places=where):
        if not (bound or _binding((*gone, *come), values=loose)):
            continue
        places = (_hull(gone), _hull(come))
        one, two = holders(both, *places)
        change = tell.change(
            Aspect.SCOPE,
            one,
            two,
            was=tell.quote(places[0], old=True),
            now=tell.quote(places[1], old=False),
            turn=Turn.UNCLEAR,
            places=places,
            units=both,
            confidence=Confidence.LOW,
        )
        if (change.was, change.now) not in seen:
            seen.add((change.was, change.now))
            yield change


def _binding(tokens: Sequence[Token], *, values: bool) -> bool:
    """Does a stretch bind where no norm was read: by a party, a *must*, or (``values``) a number or a day?"""
    told = any(t.kind == "number" or t.key in CALENDAR for t in tokens)
    return (values and told) or any(t.kind == "mark" or t.key in _BINDING for t in tokens)


def _told(both: Both, found: Sequence[NormChange]) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Places of both versions that other changes speak of already."""
    old, new = both.old, both.new
    said = any(change.aspect is Aspect.CONDITION for change in found)
    ours = [span for name, span in old.terms.items() if said and name not in {NEGATION, *new.terms}]
    theirs = [span for name, span in new.terms.items() if said and name not in {NEGATION, *old.terms}]
    for change in found:
        if change.aspect is Aspect.GONE and change.old:
            ours.append(Span(change.old.start, change.old.end))
        if change.aspect is Aspect.NEW and change.new:
            theirs.append(Span(change.new.start, change.new.end))
    return tuple(ours), tuple(theirs)


def _hull(tokens: Sequence[Token]) -> Span | None:
    return Span(tokens[0].start, tokens[-1].end) if tokens else None
