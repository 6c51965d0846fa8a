"""``trustaudit portfolio``: one report over everything in a store."""

from __future__ import annotations

from pathlib import Path

import click

from trustaudit.cli import debug_option

FORMATS = ("html", "markdown", "json")


@click.command("portfolio")
@click.argument("store", type=click.Path(path_type=Path), metavar="STORE")
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, metavar="FOLDER",
    help="Where the report goes.",
)  # fmt: skip
@click.option(
    "--format",
    "shapes",
    type=click.Choice(FORMATS),
    multiple=True,
    help="Only these formats.  [default: all]",
)
@click.option(
    "--standards", default="", metavar="PATTERN",
    help="Measure by the documents of the store whose path fits, not by published standards.",
)  # fmt: skip
@debug_option
def command(store: Path, output: Path, shapes: tuple[str, ...], standards: str) -> None:
    """Report on everything in STORE: grades, the worst documents, the clauses to change first.

    STORE is made by: trustaudit scan FOLDER --store STORE. The page is portfolio.html in FOLDER.
    """
    from trustaudit.portfolio import portfolio

    done = portfolio(store, output, formats=shapes or FORMATS, standards=standards)
    click.echo(f"{done.documents:,} documents", err=True)
    for path in done.paths:
        click.echo(f"report: {path}", err=True)
