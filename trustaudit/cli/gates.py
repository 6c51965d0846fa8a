"""The gates of ``trustaudit scan`` and the exit status they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from trustaudit.audit import Effect, Severity, by_themselves
from trustaudit.cli import ExitStatus
from trustaudit.settings import Settings

if TYPE_CHECKING:
    from trustaudit.audit import Audit, Finding
    from trustaudit.cli.run import Done


def status(
    done: Done,
    settings: Settings,
    *,
    strict: bool,
    worse: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
) -> ExitStatus:
    """The exit status of a run; standard error says which gate failed, and what could not be checked.

    ``worse``: for a document's name, in what it is worse than the baseline. What is suppressed fails nothing;
    the score counts it all the same, since it is of the document.
    """
    failed, unknown = False, False
    for audit in done.audits:
        than_before = (f"{words} (--no-worse)" for words in worse.get(audit.document.name, ()))
        for words in (*_failures(audit, settings), *than_before):
            failed = True
            click.echo(f"{audit.document.name}: {words}", err=True)
        for words in _unmeasured(audit, settings):
            unknown = True
            click.echo(f"{audit.document.name}: {words}", err=True)
    incomplete = bool(done.unreadable) or unknown or any(audit.document.unread for audit in done.audits)
    if done.missing or (strict and incomplete) or not done.audits:
        return ExitStatus.COULD_NOT_RUN
    bad = failed or any(
        counts(standing[index], settings.fail_on)
        for standing in (audit.standing for audit in done.audits)
        for index in by_themselves(standing)
    )
    return ExitStatus.FINDINGS if bad else ExitStatus.CLEAN


def counts(finding: Finding, fail_on: str) -> bool:
    """Whether a finding is bad enough; what gives trust never is."""
    if fail_on == "never" or finding.effect is Effect.DEPOSIT:
        return False
    return finding.severity.rank >= Severity(fail_on).rank


def _fine_print(audit: Audit) -> float | None:
    return audit.metrics.get("fine_print_ratio")


def _failures(audit: Audit, settings: Settings) -> Iterator[str]:
    ratio, limit = _fine_print(audit), settings.max_fine_print
    if ratio is not None and limit is not None and ratio > limit:
        yield f"{ratio:.1%} of the words are fine print, more than {limit:.1%} (--max-fine-print)"
    if audit.score is not None and settings.min_score is not None and audit.score < settings.min_score:
        yield f"the score is {audit.score:.1f}, under {settings.min_score:g} (--min-score)"


def _unmeasured(audit: Audit, settings: Settings) -> Iterator[str]:
    if settings.max_fine_print is not None and _fine_print(audit) is None:
        measure = audit.measures.get("fine_print_ratio")
        reason = measure.reason if measure else "fine print was not measured"
        yield f"--max-fine-print was not checked: {reason}"
    if settings.min_score is not None and audit.score is None:
        yield f"--min-score was not checked: {audit.scored.reason}"
