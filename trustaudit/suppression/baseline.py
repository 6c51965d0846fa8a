"""A baseline: what was found before, so that a build fails only for what is new or has become worse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from trustaudit.audit import Audit, Effect, Finding, Severity, Suppressed

SCORE_DIGITS = 1  # points; a difference that the report does not show is none
SHARE_DIGITS = 3  # of the words


@dataclass(frozen=True, slots=True)
class Known:
    """One finding of before; ``quote`` is its beginning, for who reads the file."""

    rule: str
    fingerprint: str
    severity: Severity
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """One document of before: rounded score and share of fine print, None where there was none."""

    findings: tuple[Known, ...] = ()
    score: float | None = None
    fine_print: float | None = None


@dataclass(frozen=True)
class Baseline:
    """Documents by their key. ``name`` is what reports call it: "in the baseline"."""

    documents: Mapping[str, Before] = field(default_factory=dict)
    reason: str = "in the baseline"
    where: str = ""


def before(audit: Audit) -> Before:
    """What a later run is to be compared with: findings that stand, score, fine print."""
    known = {
        Known(found.rule, found.fingerprint, found.severity, _beginning(found.quote))
        for found in audit.standing
        if found.effect is not Effect.DEPOSIT
    }
    ordered = sorted(known, key=lambda each: (each.rule, each.fingerprint))
    return Before(tuple(ordered), score(audit), fine_print(audit))


def score(audit: Audit) -> float | None:
    return None if audit.score is None else round(audit.score, SCORE_DIGITS)


def fine_print(audit: Audit) -> float | None:
    ratio = audit.metrics.get("fine_print_ratio")
    return None if ratio is None else round(ratio, SHARE_DIGITS)


def _beginning(quote: str) -> str:
    plain = " ".join(quote.split())
    return plain if len(plain) <= 80 else f"{plain[:79]}…"


def hide(audit: Audit, key: str, baseline: Baseline) -> Audit:
    """The audit with the findings of the baseline suppressed; one that became more severe is not."""
    document = baseline.documents.get(key)
    if document is None:
        return audit
    known = {each.fingerprint: each for each in document.findings}
    hidden = tuple(
        Suppressed(found.fingerprint, found.rule, baseline.reason, where=baseline.where)
        for found in audit.standing
        if found.effect is not Effect.DEPOSIT and _as_before(found, known.get(found.fingerprint))
    )
    return replace(audit, suppressed=(*audit.suppressed, *hidden))


def _as_before(found: Finding, known: Known | None) -> bool:
    return known is not None and known.rule == found.rule and found.severity.rank <= known.severity.rank


def stale(audit: Audit, key: str, baseline: Baseline) -> tuple[Known, ...]:
    """Entries of a document that are no longer found, among the rules that were run."""
    found = {each.fingerprint for each in audit.findings}
    ran = {each.rule for each in audit.outcomes}
    document = baseline.documents.get(key, Before())
    return tuple(each for each in document.findings if each.fingerprint not in found and each.rule in ran)


def worse(audit: Audit, key: str, baseline: Baseline) -> Iterator[str]:
    """In what the document is worse than in the baseline, in words; nothing for one that is not in it.

    Worse is: a withdrawal that was not there, of whatever severity, or that became more severe; a lower
    score; a larger share of fine print. To be asked of an audit that went through ``hide``.
    """
    was = baseline.documents.get(key)
    if was is None:
        return
    new = sum(audit.findings[index].effect is Effect.WITHDRAWAL for index in audit.counting)
    if new:
        yield f"{new} finding{'s' if new > 1 else ''} more than before"
    now = score(audit)
    if now is not None and was.score is not None and now < was.score:
        yield f"the score is {now:g}, before it was {was.score:g}"
    share = fine_print(audit)
    if share is not None and was.fine_print is not None and share > was.fine_print:
        yield f"{share:.1%} of the words are fine print, before it was {was.fine_print:.1%}"


def merged(old: Baseline, new: Mapping[str, Audit], gone: Iterable[str]) -> Baseline:
    """The new state of what was audited, and the old one of the rest.

    Kept are documents that were not audited this time, except those in ``gone``, and entries of rules that
    did not run: a run over a few files, or of a few rules, must not forget the others.
    """
    documents = {key: value for key, value in old.documents.items() if key not in set(gone)}
    for key, audit in new.items():
        ran = {each.rule for each in audit.outcomes}
        kept = [each for each in old.documents.get(key, Before()).findings if each.rule not in ran]
        now = before(audit)
        ordered = sorted({*now.findings, *kept}, key=lambda each: (each.rule, each.fingerprint))
        # the score of some rules says nothing about the score of all
        compared = old.documents[key] if kept else now
        documents[key] = replace(compared, findings=tuple(ordered))
    return replace(old, documents=documents)
