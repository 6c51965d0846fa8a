"""``trustaudit annotate``: a copy of a document with a note beside each finding."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trustaudit.cli import ExitStatus, debug_option
from trustaudit.settings import AUDIENCES, KINDS

if TYPE_CHECKING:
    from trustaudit.annotate import Copy
    from trustaudit.audit import Audit
    from trustaudit.settings import Settings


@click.command("annotate", epilog="Exit status: 0 the copy is written, 2 it could not be.")
@click.argument("file", type=click.Path(dir_okay=False), metavar="FILE")
@click.option("-o", "--output", required=True, metavar="COPY", help="Where the copy goes; never FILE itself.")
@click.option(
    "--suggest",
    is_flag=True,
    help="Add balanced wordings as tracked insertions behind their sentence (DOCX).",
)
@click.option("--kind", type=click.Choice(KINDS), help="What the document is.  [default: auto]")
@click.option("--company", multiple=True, metavar="NAME", help="Whose paper it is, as the document names it.")
@click.option("--customer", multiple=True, metavar="NAME", help="The other side, as the document names it.")
@click.option("--audience", type=click.Choice(AUDIENCES), help="Whose severities hold.  [default: auto]")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The day that suppressions are held against.  [default: today, in UTC]",
)
@click.option("--config", type=click.Path(exists=True, dir_okay=False), help="Use this configuration file.")
@click.option(
    "--rules", multiple=True, type=click.Path(exists=True), metavar="DIR", help="Add your own rules."
)
@click.option(
    "--select", multiple=True, metavar="ID", help="Only these rules: an id, or one-sided/ for many."
)
@click.option("--ignore", multiple=True, metavar="ID", help="All but these rules.")
@debug_option
def command(file: str, output: str, *, suggest: bool, **options: Any) -> ExitStatus:
    """Write a copy of FILE with a note beside each finding.

    Word documents get comments, PDFs highlights with notes, HTML, Markdown and text their own marks; an
    e-mail, ODT or RTF becomes an HTML page to read. FILE is never written to.
    """
    from trustaudit.annotate import check_name, mark, read, refuse_same, write
    from trustaudit.errors import UnreadableError

    path, target = Path(file), Path(output)
    refuse_same(path, target)
    settings = _settings(file, options)
    try:
        data = read(path)
        audit = _audit(path, settings, options["today"])
        check_name(audit.document.media_type, target)
        copy = mark(audit, data, suggest=suggest)
    except UnreadableError as error:
        said = str(error)
        raise UnreadableError(said if said.startswith(str(path)) else f"{path}: {said}") from error
    write(target, copy.data)
    _say(copy, target, suggest=suggest)
    return ExitStatus.CLEAN


def _settings(file: str, options: dict[str, Any]) -> Settings:
    from trustaudit.cli import run

    return run.settings([file], {**dict.fromkeys(run.GIVEN), **options})


def _audit(path: Path, settings: Settings, today: datetime | None) -> Audit:
    """The audit, with what is suppressed in the file or beside it; raises ``UnreadableError``."""
    from trustaudit.cli import hiding, run
    from trustaudit.pipeline import scan

    audit = scan(path, **run.asked(path, settings))
    plan = hiding.Plan((today or datetime.now(UTC)).date())
    return hiding.hidden(run.Done((audit,), ()), plan, settings).done.audits[0]


def _say(copy: Copy, target: Path, *, suggest: bool) -> None:
    """What became of the notes, on standard error."""
    from trustaudit.report.words import count

    said = [count(len(copy.placed), "note")]
    if copy.whole:
        said.append(f"{len(copy.whole)} about the document as a whole, in the summary")
    if copy.unplaced:
        said.append(f"{len(copy.unplaced)} that could not be placed, in the summary")
    if suggest and copy.suggested:
        said.append(count(copy.suggested, "suggested wording"))
    click.echo(f"copy: {target}: {', '.join(said)}", err=True)
    for note, reason in copy.unplaced:
        click.echo(f"not placed: {note.title}: “{' '.join(note.quote.split())[:80]}”: {reason}", err=True)
    for warning in copy.warnings:
        click.echo(f"{target}: {warning}", err=True)
