"""A better order for a message: its own sentences in the places where they work, and what is missing named.

Who we are and thanks → what you have or get → the ask → help and a real exit → one action. Nothing is
invented: a step holds words of the message or says what is not there. What only pushes, blames or threatens
has no place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trustaudit.audit import OutlineStep
from trustaudit.document import Span
from trustaudit.language.parts import Part, PartKind
from trustaudit.metrics.money_first import Judged

STEPS = ("who", "have", "ask", "help", "action", "without")
_INTRODUCES = re.compile(
    r"\W*(?:hello|hi|good \w+)?\W*(?:this is|my name is|i am|it is|it's) ", re.IGNORECASE
)
_HELPS = ("help-offered", "human-contact", "exit-or-reschedule", "choice")
_OF_WHO = frozenset({PartKind.GREETING, PartKind.SENDER, PartKind.CLOSING})
_HURTS = ("threat", "penalty", "blame", "urgency", "no-reply", "condition", "demand")
_KEPT = frozenset({PartKind.FOOTER, PartKind.SUBJECT, PartKind.PREHEADER})


def outline(judged: Judged) -> tuple[OutlineStep, ...]:
    """The steps of a message in which money speaks first, service waits or harm is announced; else none."""
    if judged.verdict != "yes" and judged.condition is None and not judged.threats:
        return ()
    placed: dict[str, list[Span]] = {step: [] for step in STEPS}
    for part in judged.message.parts:
        if part.kind not in _KEPT:
            placed[_step(part, judged)].append(part.span)
    if len(placed["action"]) > 1:
        placed["without"] += placed["action"][1:]
        placed["action"] = placed["action"][:1]
    return tuple(
        OutlineStep(step, tuple(placed[step]), "; ".join(_missing(step, placed[step], judged)))
        for step in STEPS
        if step != "without" or placed[step]
    )


def _step(part: Part, judged: Judged) -> str:
    """The place of a part, by what it is and what was found in it."""
    if part.kind in _OF_WHO or _INTRODUCES.match(judged.message.document.text, part.start, part.end):
        return "who"
    if part.kind is PartKind.ACTION:
        return "action"
    hard = _has(part, judged.places("threat", "penalty", "blame"))
    if part in judged.asks and (not hard or judged.asks[0] is part):
        return "ask"
    return "without" if hard else _softly(part, judged)


def _softly(part: Part, judged: Judged) -> str:
    """The place of a part that neither asks nor threatens."""
    for step, labels in (("without", _HURTS), ("who", ("thanks", "apology")), ("help", _HELPS)):
        if _has(part, judged.places(*labels)):
            return step
    return "have"


def _has(part: Part, spans: Sequence[Span]) -> bool:
    return any(part.span.overlaps(span) for span in spans)


def _missing(step: str, there: Sequence[Span], judged: Judged) -> Iterator[str]:
    """What the step needs and the message does not have, in words."""
    if step == "who":
        yield from _missing_who(judged)
    elif step == "help":
        yield from _missing_help(judged)
    elif step == "have" and not there:
        yield "what the reader has or gets"
    elif step == "ask" and there and not judged.places("reason-given"):
        yield "the reason for the ask"
    elif step == "action" and not there:
        yield "one action, said as a step"


def _missing_who(judged: Judged) -> Iterator[str]:
    if judged.message.name is None:
        yield "the reader's name"
    if not judged.places("thanks"):
        yield "a word of thanks"
    if not any(part.kind is PartKind.SENDER for part in judged.message.parts):
        yield "the name of who writes"


def _missing_help(judged: Judged) -> Iterator[str]:
    if not judged.places("human-contact"):
        yield "a person, and how to reach them"
    if not judged.places("exit-or-reschedule", "choice"):
        yield "a way to change it, to pay otherwise or to get out"
