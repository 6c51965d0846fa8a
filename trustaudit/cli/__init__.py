"""The command line: arguments, exit codes, streams. A command's module is imported when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from enum import IntEnum
from importlib import import_module
from typing import Any

import click

import trustaudit
from trustaudit.errors import TrustauditError

# name -> what the group's help says about it; the module of the same name holds ``command``
COMMANDS = {
    "annotate": "Write a copy of a document with a note beside each finding.",
    "config": "Show the settings that hold and where each comes from.",
    "init": "Write a first trustaudit.toml for a folder.",
    "completion": "Print the completion script for a shell.",
    "diff": "Compare two versions: is trust going up or down?",
    "lsp": "Serve an editor: findings while you write.",
    "journey": "Audit a whole customer journey: a journey.yaml or a folder.",
    "rules": "List, explain, test and write rules.",
    "scan": "Audit documents: files, folders, globs, or - for standard input.",
    "portfolio": "Report on everything in a store: grades, worst documents, clauses to change.",
    "store": "Ask the store of a scan, export it, look after it.",
}

EPILOG = "No document leaves this machine. A report is information about paper, not legal advice."


class ExitStatus(IntEnum):
    """What the shell is told."""

    CLEAN = 0  # nothing at or above --fail-on, every gate met
    FINDINGS = 1  # findings, or a gate failed
    COULD_NOT_RUN = 2  # bad usage or configuration, nothing matched, or --strict and something unread
    INTERRUPTED = 130  # Ctrl-C


class CouldNotRun(click.ClickException):
    """An error of ours, shown in click's way: one or two lines on standard error."""

    exit_code = int(ExitStatus.COULD_NOT_RUN)

    def show(self, file: Any = None) -> None:
        click.echo(f"error: {self.message}", file=file, err=True)


class LateGroup(click.Group):
    """Knows its commands by name and imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"trustaudit.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            ctx.fail(_unknown_command(name))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            status = super().invoke(ctx)
        except TrustauditError as error:
            if ctx.meta.get("debug"):
                raise
            raise CouldNotRun(str(error)) from None
        if isinstance(status, ExitStatus):
            ctx.exit(status)
        return status


def _unknown_command(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=1)
    if near:
        return f"No such command {name!r}; did you mean {near[0]!r}?"
    if os.path.exists(name):  # noqa: PTH110  # pathlib is not imported yet, and help should stay quick
        return f"No such command {name!r}; to audit it: trustaudit scan {name}"
    return f"No such command {name!r}; there are: {', '.join(COMMANDS)}"


def debug_option(function: Any) -> Any:
    """``--debug``, understood by the group and by every command."""

    def remember(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        ctx.meta["debug"] = ctx.meta.get("debug", False) or value

    return click.option(
        "--debug",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=remember,
        help="Show the traceback of an error.",
    )(function)


@click.command(
    cls=LateGroup,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(trustaudit.__version__, "-V", "--version", prog_name="trustaudit")
@debug_option
def cli() -> None:
    """Audit a company's own paperwork for the trust it asks and gives.

    One-sided clauses, fine print, and messages in which the money speaks first, each with quote and place.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; standard error has said why where it is not 0."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        status = cli.main(args=list(arguments), prog_name="trustaudit", standalone_mode=False)
    except click.Abort:
        click.echo("interrupted: what was not finished is not written", err=True)
        return int(ExitStatus.INTERRUPTED)
    except click.UsageError as error:
        click.echo(f"error: {error.format_message()}", err=True)
        click.echo(f"Help: {error.ctx.command_path if error.ctx else 'trustaudit'} --help", err=True)
        return int(ExitStatus.COULD_NOT_RUN)
    except click.ClickException as error:
        error.show()
        return int(ExitStatus.COULD_NOT_RUN)
    except Exception as error:
        if "--debug" in arguments:
            raise
        if isinstance(error, OSError) and error.strerror:  # a full disk, a stream that is closed
            click.echo(f"error: {error.filename or 'standard output'}: {error.strerror}", err=True)
            return int(ExitStatus.COULD_NOT_RUN)
        click.echo(f"error: unexpected {type(error).__name__}: {_first_line(error)}", err=True)
        click.echo(
            "This is a fault in trustaudit. Run it again with --debug and report what it shows.", err=True
        )
        return int(ExitStatus.COULD_NOT_RUN)
    return int(status or ExitStatus.CLEAN)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["no message"])[0][:200]
