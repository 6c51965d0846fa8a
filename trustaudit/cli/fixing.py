"""``trustaudit scan --fix`` and ``--diff``: the safe changes that rules declare, written or shown."""

from __future__ import annotations

import difflib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trustaudit.cli import run
from trustaudit.cli.inputs import Inputs, StandardInput
from trustaudit.errors import UnreadableError, UsageError
from trustaudit.settings import Settings

if TYPE_CHECKING:
    from trustaudit.annotate.fixes import Fixed
    from trustaudit.audit import Audit
    from trustaudit.ruleset.fix import Fix


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to be fixed, and by what."""

    path: Path
    settings: Settings
    rules: Mapping[str, Fix]
    today: date


def fix(inputs: Inputs, settings: Settings, today: date, *, show: bool) -> bool:
    """Fix the templates among the inputs, or print the changes as a unified diff; whether there are any.

    Raises ``UsageError`` for standard input, and for a file that cannot be written.
    """
    if StandardInput() in inputs.sources:
        raise UsageError("--fix and --diff work on files; standard input has no place to write to")
    rules = _rules(settings)
    changes = files = 0
    for path in inputs.sources:
        assert isinstance(path, Path)
        made = _fixed(_Job(path, settings, _allowed(path, settings, rules), today))
        if made is None:
            continue
        for words in made.left:
            click.echo(f"{path}: {words}", err=True)
        if not made.edits:
            continue
        changes, files = changes + len(made.edits), files + 1
        if show:
            click.echo("".join(unified(str(path), made.before, made.after)), nl=False)
            continue
        _write(path, made.data)
        for edit in made.edits:
            click.echo(f"{path}:{edit.line}: “{edit.before}” → “{edit.after}” ({edit.rule})", err=True)
    click.echo(f"{'to fix' if show else 'fixed'}: {changes} in {files} files", err=True)
    return changes > 0


def _rules(settings: Settings) -> dict[str, Fix]:
    """The fixes of the rules that are asked for, by rule."""
    from trustaudit.ruleset import load_rules
    from trustaudit.ruleset.choice import chosen

    rules = chosen(load_rules(settings.rules), settings.select, settings.ignore).rules
    return {rule.id: rule.fix for rule in rules if rule.fix is not None}


def _fixed(job: _Job) -> Fixed | None:
    """What becomes of a file; None for one that is no template, or cannot be read: the report says why."""
    from trustaudit.annotate.fixes import FIXABLE
    from trustaudit.annotate.fixes import fix as made
    from trustaudit.parsing.sniff import sniff

    try:
        data = job.path.read_bytes()
        if not job.rules or sniff(data, job.path.name) not in FIXABLE:
            return None
        return made(data, _audit(job, data), job.rules, lambda changed: _audit(job, changed))
    except (UnreadableError, OSError):
        return None


def _audit(job: _Job, data: bytes) -> Audit:
    """The findings of the rules that have fixes, with what is suppressed in the file or beside it."""
    from trustaudit.pipeline import scan
    from trustaudit.suppression import comments, sidecar
    from trustaudit.suppression.apply import apply

    asked = {**run.asked(job.path, job.settings), "select": tuple(job.rules), "ignore": ()}
    audit = scan(data, name=str(job.path), **asked)
    base = job.settings.base if job.settings.source else None
    said = sidecar.read(job.path, base) + comments.read(audit.document, data)
    return apply(audit, said, today=job.today).audit


def _allowed(path: Path, settings: Settings, rules: Mapping[str, Fix]) -> dict[str, Fix]:
    """The fixes that the settings for this path let run."""
    own = settings.for_path(path)
    return {rule: made for rule, made in rules.items() if _wanted(rule, own.select, own.ignore)}


def _wanted(rule: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    """Whether the settings for this path let the rule run."""
    from trustaudit.ruleset.choice import fits

    chosen = not select or any(fits(rule, name) for name in select)
    return chosen and not any(fits(rule, name) for name in ignore)


def _write(path: Path, data: bytes) -> None:
    """The file, there whole or not at all, with the permissions that it had; a link stays a link."""
    from trustaudit.report.files import replace_bytes

    place = path.resolve()
    if not os.access(place, os.W_OK):
        raise UsageError(f"{path}: it is read-only, so it is not fixed")
    replace_bytes(place, data, "the fixed file", stat.S_IMODE(place.stat().st_mode))


def unified(name: str, before: str, after: str) -> Iterator[str]:
    """The lines of a unified diff, as ``patch`` reads them."""
    lines = (_lines(before), _lines(after))
    for line in difflib.unified_diff(*lines, fromfile=name, tofile=name):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Lines that end where a line feed is, and nowhere else."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
