"""A tone that drops: the same company that welcomed and thanked threatens and blames later on.

Read from what was found in each message: thanks, a welcome, offered help on the one side, threats, blame and
shouting on the other. A reminder that offers help or thanks while it asks is no drop.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from trustaudit.audit import Effect, Finding, Kind, Severity
from trustaudit.journey.told import Told, related
from trustaudit.journey_audit import Conflict

_WARM = {
    "welcome": 2.0,
    "thanks": 2.0,
    "help-offered": 1.0,
    "apology": 1.0,
    "insight": 1.0,
    "greeting-by-name": 0.5,
}
_COLD = {"threat": 2.0, "blame": 2.0, "suspicion": 2.0, "shouting": 1.5, "urgency": 1.0, "demand": 1.0,
         "impersonal": 1.0, "penalty": 0.5}  # fmt: skip
_SOFTENS = frozenset({"welcome", "thanks", "help-offered", "apology", "hardship-help", "effort-taken"})
_HARD = frozenset({"threat", "blame", "suspicion"})
_WARM_FROM, _COLD_FROM = 2.0, 3.0  # points from which a message is warm, or cold
_LONGEST = 800  # words of a message: what is longer is a page or a policy
_MOST = 5  # cold messages that are each set against a warm one


def tones(papers: Sequence[Told]) -> Iterator[Conflict]:
    """A conflict for each cold message that follows a warm one."""
    messages = [
        paper
        for paper in papers
        if paper.staged.kind == Kind.MESSAGE and paper.document.text.count(" ") <= _LONGEST
    ]
    warm = [(paper, found) for paper in messages if (found := _warm(paper))]
    cold = [(paper, found) for paper in messages if (found := _cold(paper))]
    for paper, hard in cold[:_MOST]:
        before = [pair for pair in warm if pair[0].index < paper.index and related(pair[0], paper)]
        if before:
            yield _conflict(*max(before, key=lambda pair: _points(pair[1], _WARM)), paper, hard)


def _sign(found: Finding) -> str:
    return found.rule.rpartition("/")[2]


def _of(paper: Told, effect: Effect, table: dict[str, float]) -> list[Finding]:
    return [one for one in paper.staged.audit.standing if one.effect is effect and _sign(one) in table]


def _points(found: Sequence[Finding], table: dict[str, float]) -> float:
    """Points of the signs; one that repeats counts half from the second time on."""
    counts = Counter(_sign(one) for one in found)
    return sum(table[sign] * (1 + 0.5 * (count - 1)) for sign, count in counts.items())


def _warm(paper: Told) -> list[Finding]:
    """What warms, where a message is warm: it thanks, welcomes or helps, and neither threatens nor blames."""
    found = _of(paper, Effect.DEPOSIT, _WARM)
    kind = {_sign(one) for one in found} & {"welcome", "thanks", "help-offered"}
    hard = any(_sign(one) in _HARD for one in _of(paper, Effect.WITHDRAWAL, _COLD))
    return found if kind and not hard and _points(found, _WARM) >= _WARM_FROM else []


def _cold(paper: Told) -> list[Finding]:
    """What chills, where a message is cold: it threatens or blames, and nothing in it softens that."""
    found = _of(paper, Effect.WITHDRAWAL, _COLD)
    soft = any(_sign(one) in _SOFTENS for one in paper.staged.audit.standing if one.effect is Effect.DEPOSIT)
    hard = [one for one in found if _sign(one) in _HARD]
    return found if hard and not soft and _points(found, _COLD) >= _COLD_FROM else []


def _conflict(warm: Told, kind: Sequence[Finding], cold: Told, hard: Sequence[Finding]) -> Conflict:
    best = max(kind, key=lambda one: (_WARM[_sign(one)], -one.start))
    worst = max(hard, key=lambda one: (_COLD[_sign(one)], -one.start))
    listed = Counter(_sign(one) for one in hard)
    what = ", ".join(f"{count} times {sign}" if count > 1 else sign for sign, count in listed.items())
    return Conflict(
        kind="tone",
        topic="tone",
        title="From welcome to threat: the tone drops",
        message=f"{warm.path} is warm, {cold.path} is cold ({what}) and offers no help",
        cost="the customer learns that kind words hold until money is due; the thanks given before are spent",
        binds="could not tell: a tone binds nobody",
        severity=Severity.MAJOR,
        first=warm.passage(warm.around(best.span)),
        second=cold.passage(cold.around(worst.span)),
    )
