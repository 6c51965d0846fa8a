"""What is kept of an audit once its document is read: two hundred of them must fit beside each other.

A PDF of thirty pages has some thousands of runs, one for each change of font on each line; what reports and
comparisons ask of them is how words are set and on which page, so that neighbours that look alike become one.
Texts that every audit repeats (what a rule says, why nothing was found) are kept once for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from itertools import pairwise
from operator import attrgetter

from trustaudit.audit import Audit, Finding, Outcome, Reference
from trustaudit.document import Run


class Keeper:
    """Makes audits small; ``texts`` are those that it has seen."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._references: dict[tuple[Reference, ...], tuple[Reference, ...]] = {}
        self._outcomes: dict[Outcome, Outcome] = {}
        self._titles: dict[frozenset[str], dict[str, str]] = {}

    def kept(self, audit: Audit) -> Audit:
        """The same audit, with its runs joined and its texts shared. Places of findings stay as they are."""
        return replace(
            audit,
            document=replace(audit.document, runs=tuple(joined(audit.document.runs))),
            findings=tuple(self._finding(found) for found in audit.findings),
            outcomes=tuple(self._outcome(each) for each in audit.outcomes),
            rule_titles=self._titles.setdefault(frozenset(audit.rule_titles), dict(audit.rule_titles)),
        )

    def _text(self, text: str) -> str:
        return self._texts.setdefault(text, text)

    def _finding(self, found: Finding) -> Finding:
        text = self._text
        return replace(
            found,
            rule=text(found.rule),
            title=text(found.title),
            topic=text(found.topic),
            why=text(found.why),
            advice=text(found.advice),
            rewrite=text(found.rewrite),
            references=self._references.setdefault(found.references, found.references),
        )

    def _outcome(self, each: Outcome) -> Outcome:
        return self._outcomes.setdefault(each, each)


def joined(runs: Sequence[Run]) -> Iterator[Run]:
    """Neighbours on one page that are set alike, as one run without a box."""
    if not runs:
        return
    start = runs[0]
    for run, following in pairwise([*runs, None]):
        assert run is not None
        if following is None or not _alike(run, following):
            yield replace(start, end=run.end, bbox=None)
            start = following or run


def _alike(run: Run, other: Run) -> bool:
    return _look(run) == _look(other)


_look = attrgetter(*(each.name for each in fields(Run) if each.name not in {"start", "end", "bbox"}))
"""All that a run says of its characters but where they stand."""
