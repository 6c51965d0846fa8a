"""Has trust gone down? The definition that a build can hold.

A comparison is *worse* where the new version, against the old one,

1. has a finding that takes from the customer and was not there, or weighs more than it did, of at least the
   severity asked for (major, unless said otherwise);
2. has a lower score, in any document that both have and in which both were scored;
3. has a larger share of fine print, likewise;
4. puts money first in a message that did not.

Differences in norms are shown and not counted: the rules say which norms cost trust, how much, and with what
confidence; to count both would count twice, and a norm's turn can be right for one business and wrong for
another. Deposits that went count through the score. Nothing is worse that a rounded report would not show.
"""

from __future__ import annotations

from collections.abc import Iterator

from trustaudit.audit import Effect, Severity
from trustaudit.comparison import Comparison, DocumentChange, FindingChange, Turn

_HELD = ("score", "fine_print_ratio")


def worse(comparison: Comparison, severity: Severity = Severity.MAJOR) -> Iterator[str]:
    """In what the new version is worse, in words, with the document; nothing where it is not."""
    yield from new_findings(comparison, severity)
    for document in comparison.documents:
        yield from _numbers(document)
    for metric in comparison.account:
        if metric.name == "score" and metric.turn is Turn.WORSE:
            yield f"the journey's score is {metric.new:g}, before it was {metric.old:g}"


def new_findings(comparison: Comparison, severity: Severity) -> Iterator[str]:
    """New and worse findings that take from the customer, at or above a severity."""
    for document in comparison.documents:
        yield from _findings(document.new.name, document.findings, severity)
    for each in comparison.added:
        for found in each.findings:
            if found.effect is Effect.WITHDRAWAL and found.severity.rank >= severity.rank:
                what = f"{found.severity.value}: {found.title} ({found.rule})"
                yield f"{each.version.name}: a new document, {what}"


def _findings(name: str, changes: tuple[FindingChange, ...], severity: Severity) -> Iterator[str]:
    """One line a clause: what counts with a worse finding that is new as well is not said again."""
    bad = [each for each in changes if each.harms and each.finding.effect is Effect.WITHDRAWAL]
    roots = {each.finding.fingerprint for each in bad}
    for change in bad:
        found = change.finding
        if found.root not in roots and found.severity.rank >= severity.rank:
            why = f", {change.why}" if change.why else ""
            yield f"{name}: {change.turn.value}{why}, {found.severity.value}: {found.title} ({found.rule})"


def _numbers(document: DocumentChange) -> Iterator[str]:
    name = document.new.name
    score, fine = (document.metric(each) for each in _HELD)
    if score and score.turn is Turn.WORSE:
        yield f"{name}: the score is {score.new:g}, before it was {score.old:g}"
    if fine and fine.turn is Turn.WORSE and fine.old is not None and fine.new is not None:
        yield f"{name}: {fine.new:.1%} of the words are fine print, before it was {fine.old:.1%}"
    if document.new.verdict == "yes" and document.old.verdict not in ("", "yes"):
        yield f"{name}: money speaks first now"


def unknown(comparison: Comparison) -> Iterator[str]:
    """What the gate could not tell: scores that only one version has, files that could not be read."""
    for each in comparison.unreadable:
        yield f"{each.path}: {each.reason}"
    for document in comparison.documents:
        score = document.metric("score")
        if score and (score.old is None) != (score.new is None):
            yield f"{document.new.name}: only the {'new' if score.old is None else 'old'} version has a score"
