"""``trustaudit scan --store``: the same reports out of a store; where none is asked for, the run in short."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trustaudit.audit import Unreadable
from trustaudit.batch import store_keys, store_reports
from trustaudit.batch.store_session import Session, Stored, session
from trustaudit.cli import ExitStatus, run
from trustaudit.cli.inputs import Inputs, StandardInput
from trustaudit.cli.progress import shown
from trustaudit.errors import UsageError
from trustaudit.settings import Settings

if TYPE_CHECKING:
    from trustaudit.audit import Audit
    from trustaudit.cli.hiding import Plan
    from trustaudit.cli.output import Target
    from trustaudit.cli.stored_summary import Summary

_BESIDE = ("", "-wal", "-shm", "-journal")
"""What SQLite puts beside a store."""


@dataclass
class Tally:
    """How many documents became what; the words are those of ``Stored.how``."""

    total: int
    by: dict[str, int] = field(default_factory=dict)
    quarantined: int = 0

    def count(self, result: Stored) -> None:
        self.by[result.how] = self.by.get(result.how, 0) + 1
        self.quarantined += result.quarantined

    @property
    def done(self) -> int:
        return sum(self.by.values())

    def words(self, store: Path) -> str:
        names = {
            "new": "audited",
            "same": "the same as another",
            "known": "known from before",
            "unreadable": "unreadable",
        }
        parts = [f"{self.by[how]:,} {name}" for how, name in names.items() if self.by.get(how)]
        held = f" ({self.quarantined:,} in quarantine; --retry tries again)" if self.quarantined else ""
        return f"store: {store}: {self.done:,} documents: {', '.join(parts)}{held}"


def scan(
    found: Inputs, settings: Settings, plan: Plan, target: Target, options: Mapping[str, Any]
) -> ExitStatus:
    """Audit into the store, then write the report that was asked for, or what the run came to."""
    path = Path(options["store"])
    found = _without_the_store(found, path)
    whole = bool(options["format"] or options["output"] or settings.format)
    with session(path, retry=options["retry"]) as held:
        if whole or plan.baseline or plan.against or plan.write:
            return _reported(_Run(found, settings, path, held, options), plan, target, whole=whole)
        return _in_short(_Run(found, settings, path, held, options), plan)


def _without_the_store(found: Inputs, path: Path) -> Inputs:
    ours = {os.path.abspath(f"{path}{end}") for end in _BESIDE}  # noqa: PTH100
    kept = [
        each
        for each in found.sources
        if not (isinstance(each, Path) and os.path.abspath(each) in ours)  # noqa: PTH100
    ]
    if not kept and not found.unreadable:
        raise UsageError(f"{path}: there is nothing beside the store to audit; name a file or a folder")
    return replace(found, sources=kept)


@dataclass
class _Run:
    """A run with a store, from files to what is stored of each."""

    found: Inputs
    settings: Settings
    path: Path
    held: Session
    options: Mapping[str, Any]
    _known: dict[str, int] = field(default_factory=dict)

    def stored(self) -> Iterator[Stored]:
        """What became of each file; standard error is told how it went, also where somebody stops it."""
        files = [(str(each), self._request(each)) for each in self.found.sources if isinstance(each, Path)]
        tally = Tally(len(files))
        jobs = self.settings.jobs or os.cpu_count() or 1
        results = self.held.results(files, jobs=jobs, ordered=not self.options["unordered"])
        try:
            for result in shown(results, len(files)):
                tally.count(result)
                yield result
        except KeyboardInterrupt:
            click.echo(
                f"stopped: {tally.done:,} of {tally.total:,} documents are in {self.path}; "
                "the same command goes on from there",
                err=True,
            )
            raise
        click.echo(tally.words(self.path), err=True)

    def _request(self, path: Path) -> int:
        if not self.settings.paths and self._known:
            return next(iter(self._known.values()))
        wanted = run.asked(path, self.settings)
        key = repr(wanted)
        if key not in self._known:
            self._known[key] = self.held.request(wanted)
        return self._known[key]

    def standard_input(self) -> tuple[bytes, Audit | Unreadable] | None:
        """What comes from ``-`` is audited, and not kept: it has no place to be found again."""
        if StandardInput() not in self.found.sources:
            return None
        name = self.options["stdin_name"]
        data = run.read_standard_input()
        return data, run.scan_standard_input(data, run.asked(Path(name), self.settings), name)


def _reported(work: _Run, plan: Plan, target: Target, *, whole: bool) -> ExitStatus:
    """All audits together, on the way that a run without a store goes; or the report as it was, if it is."""
    from trustaudit.cli import gates, hiding, output

    standard = work.standard_input()
    stored = list(work.stored())
    key = "" if standard or not whole else _report_key(work, plan, target, stored)
    if key and (kept := store_reports.recall(work.held.store, work.path, key)) is not None:
        output.deliver_text(kept, target)
        return _summed(work, plan, stored).status
    done = _done(work, stored, standard)
    hidden = hiding.hidden(done, plan, work.settings)
    if key:
        text = output.rendered(hidden.done.audits, hidden.done.unreadable, target)
        store_reports.keep(work.held.store, work.path, key, text)
        output.deliver_text(text, target)
    elif whole:
        output.deliver(hidden.done.audits, hidden.done.unreadable, target)
    return gates.status(hidden.done, work.settings, strict=work.options["strict"], worse=hidden.worse)


def _report_key(work: _Run, plan: Plan, target: Target, stored: Sequence[Stored]) -> str:
    """The key of a report that what is stored decides alone; empty where something else has a say."""
    elsewhere = plan.baseline or plan.against or plan.write or target.folder or target.format == "github"
    on_terminal = target.path is None and sys.stdout.isatty()
    if elsewhere or on_terminal or work.found.missing or _summed(work, plan, stored, look=True).suppressible:
        return ""
    files = [(each.name, each.audit, each.problem) for each in stored]
    folders = [(each.path, each.reason) for each in work.found.unreadable]
    return store_keys.report_key([target.format, target.pictures, files, folders])


def _summed(work: _Run, plan: Plan, stored: Iterable[Stored], *, look: bool = False) -> Summary:
    """The run in short; ``look``: only whether something may be hidden in it."""
    from trustaudit.cli.stored_summary import Summary

    summary = Summary(work.held, work.path, work.settings, plan, strict=work.options["strict"])
    for each in work.found.unreadable:
        summary.unreadable(each.path, each.reason)
    for result in stored:
        if look:
            summary.look(result)
        else:
            summary.add(result)
    return summary


def _done(
    work: _Run, stored: Sequence[Stored], standard: tuple[bytes, Audit | Unreadable] | None
) -> run.Done:
    """Audits and unreadable files, in the order of the sources."""
    from trustaudit.batch.store_read import Reader

    reader = Reader(work.held.store, work.path)
    each: list[Audit | Unreadable] = [
        Unreadable(one.name, one.problem) if one.audit is None else reader.audit(one.audit, one.name)
        for one in stored
    ]
    if standard is not None:
        each.insert(work.found.sources.index(StandardInput()), standard[1])
    return run.Done(
        tuple(one for one in each if not isinstance(one, Unreadable)),
        (*work.found.unreadable, *(one for one in each if isinstance(one, Unreadable))),
        tuple(work.found.missing),
        None if standard is None else standard[0],
    )


def _in_short(work: _Run, plan: Plan) -> ExitStatus:
    """One document at a time, whatever their number: grades, the worst, what could not be read, and gates."""
    summary = _summed(work, plan, ())
    if (standard := work.standard_input()) is not None:
        summary.whole(standard[1], standard[0])
    for result in work.stored():
        summary.add(result)
    click.echo(summary.text())
    return ExitStatus.COULD_NOT_RUN if work.found.missing else summary.status
