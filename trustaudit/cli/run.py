"""The run of ``trustaudit scan``: settings, files, and the audits of both."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trustaudit import settings as configuration
from trustaudit.cli.inputs import Inputs, StandardInput, collect, common_folder
from trustaudit.errors import TrustauditError, UnreadableError, UsageError
from trustaudit.settings import Settings
from trustaudit.settings.packs import folders as installed

if TYPE_CHECKING:
    from trustaudit.audit import Audit, Unreadable

GIVEN = (
    "kind", "company", "customer", "audience", "fail_on", "max_fine_print", "min_score", "select", "ignore",
    "jobs",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """What a run ends with; ``missing`` are arguments that named nothing."""

    audits: tuple[Audit, ...]
    unreadable: tuple[Unreadable, ...]
    missing: tuple[str, ...] = ()
    standard_input: bytes | None = None  # what was read from it


def settings(paths: Sequence[str], options: Mapping[str, Any]) -> Settings:
    """The command line over the configuration file over the defaults.

    The file is --config, else the nearest above what is scanned, else the nearest above the working folder.
    """
    if options["config"]:
        found = configuration.load(Path(options["config"]))
    else:
        shared = common_folder(paths)
        nearest = (shared and configuration.find(shared)) or configuration.find(Path.cwd())
        found = configuration.load(nearest) if nearest else Settings()
    given = {key: options[key] for key in GIVEN}
    folders = tuple(Path(folder).absolute() for folder in options["rules"])
    try:
        packs = installed(found.packs)
    except TrustauditError as error:
        raise blamed(error, found) from None
    return found.with_given(**given, rules=(*packs, *(folders or found.rules)))


def blamed(error: TrustauditError, settings: Settings) -> TrustauditError:
    """The error with the settings file and the key that say what it complains of, where one does."""
    said = {
        "packs": [f'"{name}"' for name in settings.packs],
        "rules": [f"{folder}: no" for folder in settings.rules],
        "select": [f"'{name}'" for name in settings.select],
        "ignore": [f"'{name}'" for name in settings.ignore],
        "severity": [f"'{each.rule}'" for each in settings.severity],
    }
    for key, words in said.items():
        if key in settings.origins and any(word in str(error) for word in words):
            return type(error)(f"{settings.origins[key]}: {key}: {error}")
    return error


def inputs(paths: Sequence[str], settings: Settings) -> Inputs:
    """The files to read; standard error is told what was skipped. Raises ``UsageError`` where none is."""
    found = collect(paths, settings.exclude, settings.base)
    for words in found.skipped:
        click.echo(words, err=True)
    if found.passed_over:
        kinds = ", ".join(f"{suffix} {count}" for suffix, count in sorted(found.passed_over.items()))
        click.echo(
            f"passed over {sum(found.passed_over.values())} files that are no documents: {kinds}", err=True
        )
    if not found.sources and not found.unreadable:
        named = ", ".join(found.missing or paths)
        raise UsageError(f"{named}: no such file, or no document in it; name a file, a folder, a glob or -")
    for name in found.missing:
        click.echo(f"error: {name}: no such file", err=True)
    return found


def audit(found: Inputs, settings: Settings, stdin_name: str, *, ordered: bool = True) -> Done:
    """Audit every source, in order unless that does not matter; one bad file never stops the others."""
    from trustaudit.audit import Unreadable
    from trustaudit.cli.progress import shown

    audits: list[Audit] = []
    unreadable = list(found.unreadable)
    standard = read_standard_input() if StandardInput() in found.sources else None
    results = _results(found.sources, settings, stdin_name, standard, ordered=ordered)
    try:
        for result in shown(results, len(found.sources)):
            if isinstance(result, Unreadable):
                unreadable.append(result)
            else:
                audits.append(result)
    except TrustauditError as error:
        raise blamed(error, settings) from None
    return Done(tuple(audits), tuple(unreadable), tuple(found.missing), standard)


def _results(
    sources: Iterable[Path | StandardInput],
    settings: Settings,
    stdin_name: str,
    standard_input: bytes | None,
    *,
    ordered: bool,
) -> Iterator[Audit | Unreadable]:
    """The results in order; neighbours with the same settings go through the workers together."""
    from trustaudit.batch import scan_many

    jobs = settings.jobs or os.cpu_count() or 1
    with_settings = ((source, _asked(source, settings, stdin_name)) for source in sources)
    for wanted, group in groupby(with_settings, key=lambda pair: pair[1]):
        for standard, pairs in groupby(group, key=lambda pair: isinstance(pair[0], StandardInput)):
            if standard:
                yield scan_standard_input(standard_input or b"", wanted, stdin_name)
            else:
                paths = [path for path, _ in pairs if isinstance(path, Path)]
                # among several, one file that hangs or kills its process must not cost the others
                results = scan_many(paths, jobs=jobs, isolated=len(paths) > 1, ordered=ordered, **wanted)
                yield from _accounted(paths, results)


def _accounted(paths: Sequence[Path], results: Iterable[Audit | Unreadable]) -> Iterator[Audit | Unreadable]:
    """The results, and an entry for every file that got none: whatever happens, no file is lost silently."""
    from trustaudit.audit import Unreadable

    expected = iter(paths)
    for result in results:
        next(expected, None)
        yield result
    for path in expected:
        yield Unreadable(str(path), "it was not read: the run ended before its turn")


def _asked(source: Path | StandardInput, settings: Settings, stdin_name: str) -> dict[str, Any]:
    """The keyword arguments of the scan for one source."""
    return asked(Path(stdin_name) if isinstance(source, StandardInput) else source, settings)


def asked(path: Path, settings: Settings) -> dict[str, Any]:
    """The keyword arguments of the scan for a file, by its path."""
    own = settings.for_path(path)
    keys = ("company", "customer", "kind", "audience", "rules", "select", "ignore")
    overrides = tuple((each.rule, each.severity, each.reason) for each in own.severity)
    return {key: getattr(own, key) for key in keys} | {"severity": overrides}


def read_standard_input() -> bytes:
    if sys.stdin.isatty():
        click.echo("reading standard input; end it with Ctrl-D", err=True)
    return sys.stdin.buffer.read()


def scan_standard_input(data: bytes, wanted: Mapping[str, Any], name: str) -> Audit | Unreadable:
    from trustaudit.audit import Unreadable
    from trustaudit.pipeline import scan

    try:
        return scan(data, name=name, **wanted)
    except UnreadableError as error:
        return Unreadable(name, str(error))
