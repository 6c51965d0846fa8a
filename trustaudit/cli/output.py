"""Where a report goes and in which format: standard output, a file, or a folder with one a document."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trustaudit import report
from trustaudit.errors import UsageError
from trustaudit.report import SUFFIXES
from trustaudit.report.files import replace_file

if TYPE_CHECKING:
    from trustaudit.audit import Audit, Unreadable

FOLDER_SUFFIX = {
    "terminal": ".txt", "html": ".html", "markdown": ".md", "json": ".json", "sarif": ".sarif",
    "junit": ".xml", "gitlab": ".json", "github": ".txt", "csv": ".csv",
    "checkstyle": ".xml", "jsonl": ".jsonl",
}  # fmt: skip
"""How the reports in a folder are named, by format."""

PLAIN_WIDTH = 100  # columns of the terminal report where there is no terminal


@dataclass(frozen=True, slots=True)
class Target:
    """``path`` is None for standard output."""

    format: str
    path: Path | None = None
    folder: bool = False
    pictures: bool = True  # of pages, in HTML


def target(output: str | None, given: str | None, configured: str | None) -> Target:
    """Where to and in which format: --format, else the suffix of --output, else the configured one.

    Raises ``UsageError`` where the suffix says nothing, or the folder to write in is not there.
    """
    if output is None or output == "-":
        return Target(given or configured or "terminal")
    path = Path(output)
    if path.is_dir() or output.endswith(("/", os.sep)):
        return Target(given or configured or "html", path, folder=True)
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path}: the folder {path.parent} does not exist; make it first")
    chosen = given or SUFFIXES.get(path.suffix.lower()) or configured
    if chosen is None:
        raise UsageError(
            f"{path}: no format goes by this name; add --format, or end it in {', '.join(SUFFIXES)}"
        )
    return Target(chosen, path)


def deliver(audits: Sequence[Audit], unreadable: Sequence[Unreadable], target: Target) -> None:
    """Write the report. A reader who closes the pipe early has seen enough: that is no error."""
    if target.format == "github":
        _step_summary(audits, unreadable)
    if target.folder:
        _to_folder(audits, unreadable, target)
    else:
        deliver_text(rendered(audits, unreadable, target), target)


def rendered(audits: Sequence[Audit], unreadable: Sequence[Unreadable], target: Target) -> str:
    """The report for a file, or for standard output as it is now."""
    return _render(audits, unreadable, target, to_terminal=target.path is None and sys.stdout.isatty())


def deliver_text(text: str, target: Target) -> None:
    """Write a report that is there already, to a file or standard output."""
    if target.path is None:
        to_standard_output(text)
    else:
        _write(target.path, text)
        click.echo(f"report: {target.path}", err=True)


def _step_summary(audits: Sequence[Audit], unreadable: Sequence[Unreadable]) -> None:
    """Where GitHub offers the step's summary, all problems go there: it shows few as annotations."""
    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if not place:
        return
    try:
        with Path(place).open("a", encoding="utf-8", errors="replace") as file:
            file.write(report.github_summary(audits, unreadable))
    except OSError as error:
        click.echo(f"{place}: the step summary cannot be written: {error.strerror}", err=True)


def _render(
    audits: Sequence[Audit], unreadable: Sequence[Unreadable], target: Target, *, to_terminal: bool = False
) -> str:
    if target.format == "html" and target.pictures:
        from trustaudit.cli import pictures

        return report.html(audits, unreadable, pictures=pictures.of(audits))
    if target.format == "terminal":
        width, color = terminal(to_terminal=to_terminal)
        return report.terminal(audits, unreadable, width=width, color=color)
    return report.FORMATS[target.format](audits, unreadable)


def terminal(*, to_terminal: bool) -> tuple[int, bool]:
    """Columns, and whether there are colours."""
    width = shutil.get_terminal_size((PLAIN_WIDTH, 24)).columns if to_terminal else PLAIN_WIDTH
    return width, _colored(to_terminal=to_terminal)


def _colored(*, to_terminal: bool) -> bool:
    """NO_COLOR and FORCE_COLOR count where they are set (FORCE_COLOR not to 0); NO_COLOR is the stronger."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in {"", "0"}:
        return True
    return to_terminal and os.environ.get("TERM") != "dumb"


def to_standard_output(text: str) -> None:
    """Write it whole. A reader who closes the pipe early has seen enough: that is no error."""
    data = text.encode("utf-8", "replace")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data if data.endswith(b"\n") else data + b"\n")
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # what is still buffered would fail again when Python closes the stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _to_folder(audits: Sequence[Audit], unreadable: Sequence[Unreadable], target: Target) -> None:
    """One report a document, and an index of all."""
    assert target.path is not None
    suffix = FOLDER_SUFFIX[target.format]
    taken = {"index"}
    for audit in audits:
        name = _file_name(audit.document.name, taken)
        _write(target.path / f"{name}{suffix}", _render([audit], [], target))
    index = target.path / f"index{suffix}"
    _write(index, _render(audits, unreadable, replace(target, pictures=False)))
    click.echo(f"reports: {index} and {len(audits)} beside it", err=True)


def _file_name(name: str, taken: set[str]) -> str:
    """A file name of letters, digits, dots and dashes that no other report of this run has."""
    plain = re.sub(r"[^A-Za-z0-9.-]+", "-", Path(name).name).strip(".-")[:100] or "document"
    unique, number = plain, 1
    while unique.lower() in taken:
        number += 1
        unique = f"{plain}-{number}"
    taken.add(unique.lower())
    return unique


def _write(path: Path, text: str) -> None:
    """Write the whole file or nothing. Raises ``UsageError`` where the place cannot be written."""
    text = text.encode("utf-8", "replace").decode()  # names that are no UTF-8 have no other form
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file():  # a device or a pipe is written to, not replaced
            path.write_text(text, encoding="utf-8")
        else:
            replace_file(path.resolve(), text)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None
