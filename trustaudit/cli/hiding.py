"""What a run hides: comments, sidecar files, and what a baseline or a git revision already knew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trustaudit.cli import run
from trustaudit.errors import UnreadableError, UsageError
from trustaudit.settings import Settings
from trustaudit.suppression import baseline_file, comments, sidecar
from trustaudit.suppression.apply import apply, unknown_rules
from trustaudit.suppression.baseline import Baseline, Before, before, hide, stale, worse
from trustaudit.suppression.values import Read

if TYPE_CHECKING:
    from trustaudit.audit import Audit
    from trustaudit.cli.inputs import Inputs


@dataclass(frozen=True, slots=True)
class Plan:
    """What this run is compared with, and whether it must not be worse; ``today`` ends suppressions."""

    today: date
    baseline: Path | None = None
    against: str = ""
    write: Path | None = None
    no_worse: bool = False
    known: Baseline | None = None  # what the baseline's file holds


@dataclass(frozen=True, slots=True)
class Hidden:
    """The run with its findings suppressed; ``worse`` says, by document, what is worse than before."""

    done: run.Done
    worse: Mapping[str, tuple[str, ...]]


def plan(options: Mapping[str, Any], settings: Settings) -> Plan:
    """What was asked, checked before anything is read. Raises ``UsageError`` and ``ConfigError``."""
    against = options["against"] or ""
    given = Path(options["baseline"]) if options["baseline"] else None
    if against and given:
        raise UsageError("--baseline and --against both say what to compare with; give one of them")
    file = None if against else given or settings.baseline
    write = Path(options["write_baseline"]) if options["write_baseline"] else None
    no_worse = options["no_worse"] or settings.no_worse
    if no_worse and not (file or against):
        raise UsageError("--no-worse compares with something; add --baseline FILE or --against REV")
    begun = file is not None and _to_begin(file, write)
    known = baseline_file.load(file) if file and not begun else None
    day = options["today"].date() if options["today"] else datetime.now(UTC).date()
    return Plan(day, file, against, write, no_worse, known)


def _to_begin(file: Path, write: Path | None) -> bool:
    """Whether this run is to write the baseline for the first time."""
    return write is not None and write.absolute() == file.absolute() and not file.exists()


def without_our_files(found: Inputs, plan: Plan) -> Inputs:
    """The inputs without the baselines of this run, which lie among the documents."""
    ours = {path.absolute() for path in (plan.baseline, plan.write) if path}
    kept = [each for each in found.sources if not isinstance(each, Path) or each.absolute() not in ours]
    return replace(found, sources=kept)


def check(plan: Plan, found: Inputs) -> None:
    """Fail before the work is done: no such revision, no repository; and name sidecars without a file."""
    if plan.against:
        from trustaudit.suppression.revision import files_at

        next(files_at(plan.against, [path for path in found.sources if isinstance(path, Path)][:1]), None)
    for path in found.sidecars:
        if sidecar.orphan(path):
            gone = path.name.removesuffix(sidecar.SUFFIX)
            click.echo(f"{path}: the file that it speaks of, {gone}, is gone; take it out", err=True)


def hidden(done: run.Done, plan: Plan, settings: Settings) -> Hidden:
    """Suppress what is to be suppressed; standard error is told what has no effect or is out of date."""
    audits = _suppressed(done, plan, settings)
    named = {audit.document.name: audit for audit in audits}
    worse_by: dict[str, tuple[str, ...]] = {}
    compared = _compared(plan, named, settings)
    if compared is not None:
        keys = {name: _key(name, plan) for name in named}
        _say_stale(named, keys, compared)
        audits = tuple(hide(audit, keys[audit.document.name], compared) for audit in audits)
        if plan.no_worse:
            for audit in audits:
                name = audit.document.name
                worse_by[name] = tuple(worse(audit, keys[name], compared))
    if plan.write:
        audits, worse_by = _write(plan.write, named, audits), {}
    return Hidden(replace(done, audits=audits), worse_by)


def _suppressed(done: run.Done, plan: Plan, settings: Settings) -> tuple[Audit, ...]:
    """Comments and sidecars, and a line for each that has no effect."""
    made = []
    known: set[str] | None = None
    for audit in done.audits:
        said = said_of(audit, settings, done.standard_input)
        if not said.suppressions and not said.problems:
            made.append(audit)
            continue
        applied = apply(audit, said, today=plan.today)
        known = known or _rule_ids(settings)
        for note in (*applied.notes, *unknown_rules(said.suppressions, known)):
            click.echo(note, err=True)
        made.append(applied.audit)
    return tuple(made)


def _rule_ids(settings: Settings) -> set[str]:
    from trustaudit.ruleset import load_rules

    return {rule.id for rule in load_rules(settings.rules).rules}


def said_of(audit: Audit, settings: Settings, standard_input: bytes | None = None) -> Read:
    """What is said about one document, in it and beside it."""
    path = Path(audit.document.name)
    if standard_input is not None and not path.is_file():
        return comments.read(audit.document, standard_input)
    base = settings.base if settings.source else None
    said = sidecar.read(path, base)
    if audit.document.source_map is None:
        return said
    try:
        return said + comments.read(audit.document, path.read_bytes())
    except OSError:  # gone since it was read: its comments hide nothing
        return said


def _key(name: str, plan: Plan) -> str:
    return name if plan.against or plan.baseline is None else baseline_file.key(name, plan.baseline)


def _compared(plan: Plan, audits: Mapping[str, Audit], settings: Settings) -> Baseline | None:
    if not plan.against:
        return plan.known
    documents = dict(_before(plan.against, audits, settings))
    return Baseline(documents, reason=f"in the baseline, as at {plan.against}", where=f"git {plan.against}")


def _before(revision: str, audits: Mapping[str, Audit], settings: Settings) -> Iterator[tuple[str, Before]]:
    """Every document as it was at a revision; one with the same bytes is not audited twice."""
    from hashlib import sha256

    from trustaudit.pipeline import scan
    from trustaudit.suppression.revision import files_at

    for path, data in files_at(revision, [Path(name) for name in audits if Path(name).is_file()]):
        now = audits[str(path)]
        if sha256(data).hexdigest() == now.document.sha256:
            yield str(path), before(replace(now, suppressed=()))
            continue
        try:
            yield str(path), before(scan(data, name=str(path), **run.asked(path, settings)))
        except UnreadableError as error:
            words = f"at {revision} it cannot be read: {error}; all counts as new"
            click.echo(f"{path}: {words}", err=True)


def _say_stale(audits: Mapping[str, Audit], keys: Mapping[str, str], compared: Baseline) -> None:
    """Entries of a baseline's file that are no longer found; of a revision these are what got better."""
    if compared.where.startswith("git "):
        return
    for name, audit in audits.items():
        for each in stale(audit, keys[name], compared):
            click.echo(
                f'{compared.where}: stale: {name}: {each.rule} "{each.quote}" is no longer found; '
                "write the baseline again",
                err=True,
            )


def _write(file: Path, named: Mapping[str, Audit], audits: Sequence[Audit]) -> tuple[Audit, ...]:
    """Write the baseline; what is in it from now on does not fail this run either."""
    keys = {name: baseline_file.key(name, file) for name in named}
    now = {keys[name]: audit for name, audit in named.items()}
    made = baseline_file.write(file, now)
    count = sum(len(each.findings) for each in made.documents.values())
    click.echo(f"baseline: {file}: {count} findings in {len(made.documents)} documents", err=True)
    return tuple(hide(audit, keys[audit.document.name], made) for audit in audits)
