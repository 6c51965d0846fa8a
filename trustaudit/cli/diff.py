"""``trustaudit diff``: two versions of paper, and whether trust went up or down."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trustaudit.cli import ExitStatus, debug_option
from trustaudit.errors import UsageError
from trustaudit.settings import AUDIENCES, KINDS, Settings

if TYPE_CHECKING:
    from trustaudit.audit import Audit
    from trustaudit.comparison import Comparison
    from trustaudit.journey.compare import Options

FORMATS = ("terminal", "html", "markdown", "json")
FAIL_ON = ("never", "worse", "info", "minor", "major", "critical")


@click.command(
    "diff", epilog="Exit status: 0 not worse, or not asked; 1 worse than --fail-on allows; 2 could not run."
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--kind", type=click.Choice(KINDS), help="What the documents are.  [default: auto]")
@click.option("--company", multiple=True, metavar="NAME", help="Whose paper it is, as the document names it.")
@click.option("--customer", multiple=True, metavar="NAME", help="The other side, as the document names it.")
@click.option("--audience", type=click.Choice(AUDIENCES), help="Whose severities hold.  [default: auto]")
@click.option("--format", type=click.Choice(FORMATS), help="The report's format.  [default: by --output]")
@click.option("-o", "--output", metavar="FILE", help="Where the report goes.  [default: standard output]")
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="never",
    show_default=True,
    help="worse: a lower score, more fine print, or a new or worse finding of major or critical severity. "
    "A severity: a new or worse finding this bad.",
)
@click.option(
    "--must-not-get-worse",
    is_flag=True,
    help="As --fail-on worse; with a severity there, findings count from that one on.",
)
@click.option("--config", type=click.Path(exists=True, dir_okay=False), help="Use this configuration file.")
@click.option(
    "--rules", multiple=True, type=click.Path(exists=True), metavar="DIR", help="Add your own rules."
)
@click.option(
    "--select", multiple=True, metavar="ID", help="Only these rules: an id, or one-sided/ for many."
)
@click.option("--ignore", multiple=True, metavar="ID", help="All but these rules.")
@click.option("--strict", is_flag=True, help="Exit with 2 where something could not be read or told.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The day that suppressions are held against.  [default: today, in UTC]",
)
@debug_option
def command(old: str, new: str, **options: Any) -> ExitStatus:
    """Compare two versions: clauses, norms, findings, balance, fine print, score.

    OLD and NEW are files, folders, a journey.yaml, or any of these at a git revision, as main:terms/ is.
    Clauses are found again by what they say, wherever they stand. Renumbering, re-flow and other words for
    the same norm are counted, not listed.
    """
    from trustaudit.journey.compare import run

    settings = _settings(old, new, options)
    target = _target(options)
    today = options["today"].date() if options["today"] else datetime.now(UTC).date()
    comparison = _judged(run(old, new, _options(settings, today)), options)
    _deliver(comparison, *target)
    return _status(comparison, options)


def _settings(old: str, new: str, options: dict[str, Any]) -> Settings:
    """Those of the new version's folder; of the old one's where the new is at a revision."""
    from trustaudit.cli import run

    given = {**options, "fail_on": None, "max_fine_print": None, "min_score": None, "jobs": None}
    return run.settings([next((each for each in (new, old) if Path(each).exists()), ".")], given)


def _options(settings: Settings, today: date) -> Options:
    from trustaudit.cli import run
    from trustaudit.cli.inputs import collect
    from trustaudit.journey.compare import Options

    def walk(folder: Path) -> list[Path]:
        found = collect([str(folder)], settings.exclude, settings.base)
        for said in found.skipped:
            click.echo(said, err=True)
        return [each for each in found.sources if isinstance(each, Path)]

    return Options(
        given=run.asked(settings.base / "any", replace(settings, paths=())),
        asked=lambda path: run.asked(path, settings),
        change=lambda audit, _path: _suppressed(audit, settings, today),
        walk=walk,
        excluded=lambda path: _excluded(path, settings),
        watch=_progress if sys.stderr.isatty() else None,
        jobs=settings.jobs or os.cpu_count() or 1,
    )


def _excluded(path: Path, settings: Settings) -> bool:
    """Do the settings leave a file out that was there at a revision?"""
    from pathspec import GitIgnoreSpec

    try:
        inside = path.absolute().relative_to(settings.base)
    except ValueError:
        return False
    return GitIgnoreSpec.from_lines(settings.exclude).match_file(inside.as_posix())


def _progress(done: int, total: int) -> None:
    if total > 1:
        click.echo(
            f"\rcomparing {done + 1} of {total}" + ("\n" if done + 1 == total else ""), err=True, nl=False
        )


def _suppressed(audit: Audit, settings: Settings, today: date) -> Audit:
    """Findings that a comment in the document, or the file beside it, takes out do not fail a build."""
    from trustaudit.cli.hiding import said_of
    from trustaudit.suppression.apply import apply

    said = said_of(audit, settings)
    return apply(audit, said, today=today).audit if said.suppressions else audit


def _target(options: dict[str, Any]) -> tuple[str, Path | None]:
    """Format and file; None for standard output. Raises ``UsageError``."""
    from trustaudit.report import diff

    output = options["output"]
    if output is None or output == "-":
        return options["format"] or "terminal", None
    path = Path(output)
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise UsageError(f"{path}: name a file in a folder that is there")
    form = options["format"] or diff.SUFFIXES.get(path.suffix.lower())
    if form is None:
        raise UsageError(
            f"{path}: no format goes by this name; add --format, or end it in {', '.join(diff.SUFFIXES)}"
        )
    return form, path


def _judged(comparison: Comparison, options: dict[str, Any]) -> Comparison:
    """With what is worse by the severity that was asked for."""
    from trustaudit.audit import Severity
    from trustaudit.journey.compare_gate import new_findings, worse

    wanted = options["fail_on"]
    if wanted in ("never", "worse"):
        return comparison
    severity = Severity(wanted)
    found = worse if options["must_not_get_worse"] else new_findings
    return replace(comparison, worse=tuple(found(comparison, severity)))


def _deliver(comparison: Comparison, form: str, path: Path | None) -> None:
    from trustaudit.cli import output
    from trustaudit.report import diff
    from trustaudit.report.files import replace_file

    if path is None:
        width, color = output.terminal(to_terminal=sys.stdout.isatty())
        output.to_standard_output(diff.render(comparison, form, width=width, color=color))
        return
    try:
        replace_file(path.resolve(), diff.render(comparison, form))
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None
    click.echo(f"report: {path}", err=True)


def _status(comparison: Comparison, options: dict[str, Any]) -> ExitStatus:
    """The exit status; standard error says what fails, and what could not be told."""
    from trustaudit.journey.compare_gate import unknown

    asked = options["must_not_get_worse"] or options["fail_on"] != "never"
    if asked:
        for said in comparison.worse:
            click.echo(f"worse: {said}", err=True)
    open_questions = list(unknown(comparison))
    for said in open_questions:
        click.echo(f"could not be compared: {said}", err=True)
    if not comparison.documents and not comparison.added and not comparison.removed:
        return ExitStatus.COULD_NOT_RUN
    if options["strict"] and (open_questions or comparison.unread):
        return ExitStatus.COULD_NOT_RUN
    return ExitStatus.FINDINGS if asked and comparison.worse else ExitStatus.CLEAN
