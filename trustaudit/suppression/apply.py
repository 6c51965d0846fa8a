"""Suppressions and the baseline on an audit: a value in, a value out.

Suppressed findings stay in ``Audit.findings``, because the score and the trust account are of the document,
whoever has decided to live with it; ``Audit.suppressed`` says which are not to be seen as problems, and why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from trustaudit.audit import Audit, Effect, Finding, Suppressed
from trustaudit.ruleset.choice import fits
from trustaudit.suppression.values import Read, Suppression


@dataclass(frozen=True, slots=True)
class Applied:
    """The audit with what is suppressed in it, and a line for each suppression that hides nothing."""

    audit: Audit
    notes: tuple[str, ...] = ()


def apply(audit: Audit, read: Read, *, today: date | None = None) -> Applied:
    """Suppress what ``read`` says.

    ``today`` is the only way in for the calendar: a suppression whose last day is before it hides nothing.
    Without it no suppression expires, so that a result never depends on when it was made unless asked to.
    """
    known = {each.fingerprint for each in audit.suppressed}
    made: dict[str, Suppressed] = {}
    notes = list(read.problems)
    for one in read.suppressions:
        hit = [found for found in audit.findings if _hides(one, found)]
        if hit and _expired(one, today):
            notes.append(f"{one.where}: this suppression of {', '.join(one.rules)} ended on {one.until}")
        elif hit:
            for found in hit:
                made.setdefault(found.fingerprint, suppressed(found, one))
        else:
            notes.extend(_unused(audit, one))
    new = tuple(each for name, each in made.items() if name not in known)
    return Applied(replace(audit, suppressed=(*audit.suppressed, *new)), tuple(notes))


def suppressed(found: Finding, one: Suppression) -> Suppressed:
    """The entry of a finding that a suppression hides."""
    until = one.until.isoformat() if one.until else ""
    return Suppressed(found.fingerprint, found.rule, one.reason, until, one.where, one.in_source)


def _hides(one: Suppression, found: Finding) -> bool:
    if found.effect is Effect.DEPOSIT or not any(fits(found.rule, name) for name in one.rules):
        return False
    if one.fingerprint and not found.fingerprint.startswith(one.fingerprint):
        return False
    if one.quote and _plain(one.quote) not in _plain(found.quote):
        return False
    return one.span is None or one.span.overlaps(found.span)


def _plain(text: str) -> str:
    """The words alone, so that a line break or a typographic quote does not matter."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _expired(one: Suppression, today: date | None) -> bool:
    return today is not None and one.until is not None and one.until < today


def _unused(audit: Audit, one: Suppression) -> Iterator[str]:
    """Why a suppression hides nothing; nothing is said of rules that were not run."""
    names = [name for name in one.rules if any(fits(each.rule, name) for each in audit.outcomes)]
    if names:
        yield f"{one.where}: this suppression of {', '.join(names)} is not used; take it out"


def unknown_rules(suppressions: Iterable[Suppression], known: Iterable[str]) -> Iterator[str]:
    """A line for each rule that a suppression names and nobody knows, with the near name."""
    from trustaudit.ruleset.problems import near

    ids = list(known)
    for one in suppressions:
        for name in one.rules:
            if not any(fits(each, name) for each in ids):
                yield f"{one.where}: no rule is called '{name}'.{near(name, ids)}"
