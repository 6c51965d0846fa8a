"""``trustaudit journey``: from a manifest or a folder to the report of a whole journey."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trustaudit.cli import ExitStatus, debug_option
from trustaudit.settings import AUDIENCES, FAIL_ON, Settings

if TYPE_CHECKING:
    from trustaudit.audit import Audit
    from trustaudit.journey_audit import JourneyAudit

FORMATS = ("terminal", "html", "markdown", "json")


@click.command("journey", epilog="Exit status: 0 clean, 1 findings, conflicts or a gate, 2 could not run.")
@click.argument("manifest", metavar="MANIFEST_OR_FOLDER", required=False)
@click.option("--company", multiple=True, metavar="NAME", help="Whose paper it is, as the documents name it.")
@click.option("--customer", multiple=True, metavar="NAME", help="The other side, as the documents name it.")
@click.option("--audience", type=click.Choice(AUDIENCES), help="Whose severities hold.  [default: auto]")
@click.option("--format", type=click.Choice(FORMATS), help="The report's format.  [default: by --output]")
@click.option("-o", "--output", metavar="FILE_OR_DIR", help="Where it goes.  [default: standard output]")
@click.option("--fail-on", type=click.Choice(FAIL_ON), help="What is this bad fails.  [default: major]")
@click.option(
    "--min-score", type=click.FloatRange(0, 100), metavar="N", help="A lower score of the journey fails."
)
@click.option("--config", type=click.Path(exists=True, dir_okay=False), help="Use this configuration file.")
@click.option(
    "--rules", multiple=True, type=click.Path(exists=True), metavar="DIR", help="Add your own rules."
)
@click.option(
    "--select", multiple=True, metavar="ID", help="Only these rules: an id, or one-sided/ for many."
)
@click.option("--ignore", multiple=True, metavar="ID", help="All but these rules.")
@click.option(
    "--jobs", type=click.IntRange(min=0), metavar="N", help="Worker processes; 0: one for each core."
)
@click.option("--strict", is_flag=True, help="Exit with 2 where something of the journey could not be read.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The day that suppressions are held against.  [default: today, in UTC]",
)
@click.option(
    "--schema",
    type=click.Choice(["manifest", "report"]),
    is_flag=False,
    flag_value="manifest",
    help="Print the JSON Schema of a manifest, or of the JSON report, and end.",
)
@debug_option
def command(manifest: str | None, schema: str | None, **options: Any) -> ExitStatus:
    """Audit a whole journey: the account over all stages, conflicts, and what would help most.

    MANIFEST_OR_FOLDER is a journey.yaml, a folder that holds one, or a folder of documents, in which stages
    and order are then guessed.  [default: the working folder]
    """
    if schema:
        return _print_schema(schema)
    from trustaudit.journey.reading import Options
    from trustaudit.journey.run import run

    where = Path(manifest or ".")
    settings = _settings(where, options)
    target = _target(options, settings)
    today = options["today"].date() if options["today"] else datetime.now(UTC).date()
    said = {key: options[key] for key in ("company", "customer", "audience") if options[key]}
    journey = run(where, _options(settings, today, Options(over=said)))
    _deliver(journey, target)
    return _status(journey, settings, strict=options["strict"])


def _print_schema(of: str) -> ExitStatus:
    if of == "report":
        from trustaudit.report import journey_reports

        click.echo(journey_reports.schema(), nl=False)
        return ExitStatus.CLEAN
    import json

    from trustaudit.journey.manifest import schema

    click.echo(json.dumps(schema(), indent=2, ensure_ascii=False))
    return ExitStatus.CLEAN


def _settings(where: Path, options: dict[str, Any]) -> Settings:
    from trustaudit.cli import run

    return run.settings([str(where)], {"kind": None, "max_fine_print": None, **options})


def _options(settings: Settings, today: date, plain: Any) -> Any:
    """What holds for every document; the manifest says what holds for one."""
    from trustaudit.cli.progress import shown
    from trustaudit.cli.run import asked

    given = asked(settings.base / "journey.yaml", replace(settings, paths=()))
    return replace(
        plain,
        jobs=settings.jobs or os.cpu_count() or 1,
        isolated=True,
        given=given,
        watch=shown,
        change=lambda audit, _path: _suppressed(audit, settings, today),
    )


def _suppressed(audit: Audit, settings: Settings, today: date) -> Audit:
    """Findings that a comment in the document, or the file beside it, takes out are hidden, and counted."""
    from trustaudit.cli.hiding import said_of
    from trustaudit.suppression.apply import apply

    said = said_of(audit, settings)
    if not said.suppressions and not said.problems:
        return audit
    applied = apply(audit, said, today=today)
    for note in applied.notes:
        click.echo(note, err=True)
    return applied.audit


def _target(options: dict[str, Any], settings: Settings) -> Any:
    from trustaudit.cli import output
    from trustaudit.errors import UsageError

    configured = settings.format if settings.format in FORMATS else None
    target = output.target(options["output"], options["format"], configured)
    if target.format not in FORMATS:
        raise UsageError(f"{target.path}: a journey is written as {', '.join(FORMATS)}; add --format")
    if target.folder and target.path is not None:
        name = f"journey{output.FOLDER_SUFFIX[target.format]}"
        target.path.mkdir(parents=True, exist_ok=True)
        return replace(target, path=target.path / name, folder=False)
    return target


def _deliver(journey: JourneyAudit, target: Any) -> None:
    """Write the report: into a file piece by piece, or to standard output."""
    from trustaudit.cli import output
    from trustaudit.report import journey_reports

    if target.path is not None:
        journey_reports.write(journey, target.path, format=target.format)
        click.echo(f"report: {target.path}", err=True)
    elif target.format == "terminal":
        width, color = output.terminal(to_terminal=sys.stdout.isatty())
        output.to_standard_output(journey_reports.terminal(journey, width=width, color=color))
    else:
        output.to_standard_output(journey_reports.FORMATS[target.format](journey))


def _status(journey: JourneyAudit, settings: Settings, *, strict: bool) -> ExitStatus:
    """The exit status; standard error says what failed beside findings."""
    for words in _failures(journey, settings):
        click.echo(f"{journey.name}: {words}", err=True)
    unread = any(each.audit.document.unread for each in journey.documents)
    for hole in journey.holes:
        click.echo(f"{hole.path}: a hole in the journey: {hole.reason}", err=True)
    if strict and (journey.holes or unread):
        return ExitStatus.COULD_NOT_RUN
    if _bad(journey, settings.fail_on) or any(_failures(journey, settings)):
        return ExitStatus.FINDINGS
    return ExitStatus.CLEAN


def _failures(journey: JourneyAudit, settings: Settings) -> Iterator[str]:
    if settings.min_score is None:
        return
    if journey.score is None:
        yield f"--min-score was not checked: {journey.scored.reason}"
    elif journey.score < settings.min_score:
        yield f"the score is {journey.score:.1f}, under {settings.min_score:g} (--min-score)"


def _bad(journey: JourneyAudit, fail_on: str) -> bool:
    """Whether a finding or a conflict is bad enough."""
    from trustaudit.audit import Severity
    from trustaudit.cli.gates import counts

    if fail_on == "never":
        return False
    least = Severity(fail_on).rank
    if any(each.severity.rank >= least for each in journey.conflicts):
        return True
    return any(
        counts(each.audit.findings[index], fail_on)
        for each in journey.documents
        for index in each.audit.counting
    )
