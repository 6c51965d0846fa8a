"""``trustaudit scan --cluster``: the same audits in shards, on many machines."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trustaudit.cli import ExitStatus
from trustaudit.cli.inputs import NO_DOCUMENTS, OUR_FILES, SIDECAR, collect
from trustaudit.cli.run import asked
from trustaudit.errors import UsageError
from trustaudit.settings import Settings

if TYPE_CHECKING:
    from trustaudit.cluster import Item, Progress, Total

_ALONE = (
    "store",
    "baseline",
    "write_baseline",
    "against",
    "no_worse",
    "max_fine_print",
    "min_score",
    "format",
)
"""Options that look at all documents together, which a cluster does not do."""


def scan(paths: Sequence[str], settings: Settings, options: Mapping[str, Any]) -> ExitStatus:
    """Audit what the paths and addresses hold; the results go to --output, a summary to standard error."""
    _check(options)
    import trustaudit
    from trustaudit import cluster
    from trustaudit.pipeline import asked as checked
    from trustaudit.pipeline import rules_digest

    wanted = checked(**asked(Path(), settings))
    order = cluster.Order(wanted, trustaudit.__version__, rules_digest(wanted))
    items = list(_items(paths, settings))
    if not items:
        raise UsageError(f"{', '.join(paths)}: no document in it")
    workers = settings.jobs or os.cpu_count() or 1
    output = options["output"]
    total = cluster.run(items, output, options["cluster"], order, workers=workers, told=_told)
    _say(total, output)
    return (
        ExitStatus.COULD_NOT_RUN
        if total.failed or (options["strict"] and total.unreadable)
        else ExitStatus.CLEAN
    )


def _check(options: Mapping[str, Any]) -> None:
    for library in ("distributed", "fsspec"):
        if find_spec(library) is None:
            raise UsageError(f"--cluster needs {library}: pip install 'trustaudit[cluster]'")
    if not options["output"]:
        raise UsageError("--cluster writes a folder of results: name it with --output FOLDER_OR_ADDRESS")
    for name in _ALONE:
        if options[name]:
            raise UsageError(f"--{name.replace('_', '-')} does not go with --cluster")


def _items(paths: Sequence[str], settings: Settings) -> Iterator[Item]:
    from trustaudit.cluster.places import is_address, listed, local

    for address in filter(is_address, paths):
        yield from listed(address, _is_document)
    named = [path for path in paths if not is_address(path)]
    if named:
        found = collect(named, settings.exclude, settings.base)
        for words in [*found.skipped, *(f"error: {name}: no such file" for name in found.missing)]:
            click.echo(words, err=True)
        yield from (local(source) for source in found.sources if isinstance(source, Path))


def _is_document(name: str) -> bool:
    suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - the name of an object, no path
    return suffix not in NO_DOCUMENTS and name not in OUR_FILES and not name.endswith(SIDECAR)


def _told(progress: Progress) -> None:
    left = "" if progress.seconds_left is None else f", {_clock(progress.seconds_left)} left"
    speed = f"{progress.per_second:.1f} a second"
    click.echo(f"{progress.documents:,} of {progress.total:,} documents, {speed}{left}", err=True)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"


def _say(total: Total, output: str) -> None:
    for path, reason in total.unreadable:
        click.echo(f"{path}: could not be read: {reason}", err=True)
    for name, reason in total.failed:
        click.echo(f"error: shard {name} was not finished: {reason}", err=True)
    grades = ", ".join(f"{grade} {count:,}" for grade, count in sorted(total.grades.items()))
    before = f", {total.resumed:,} of {total.shards:,} shards finished before" if total.resumed else ""
    click.echo(f"{total.documents:,} documents ({grades}){before}: {output}", err=True)
