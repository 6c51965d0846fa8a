"""``trustaudit config``: which settings hold and where each comes from; the schema for editors."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import click

from trustaudit import settings as configuration
from trustaudit.cli import debug_option
from trustaudit.settings import Settings

NOT_SETTINGS = ("source", "origins", "added")


@click.group("config")
@debug_option
def command() -> None:
    """Show the settings that hold, and their schema."""


@command.command("show")
@click.argument("path", default=".", type=click.Path(exists=True))
@click.option("--config", type=click.Path(exists=True, dir_okay=False), help="Use this configuration file.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@debug_option
def show(path: str, config: str | None, form: str) -> None:
    """Print every setting for PATH, a file or a folder, and the file that sets it."""
    place = Path(path)
    found = _found(place, config)
    own = found.for_path(place) if place.is_file() else found
    rows = [
        (each.name, getattr(own, each.name)) for each in fields(Settings) if each.name not in NOT_SETTINGS
    ]
    table = {name: {"value": _plain(value), "from": _origin(name, found, own)} for name, value in rows}
    if form == "json":
        click.echo(json.dumps(table, ensure_ascii=False, indent=2))
        return
    click.echo(f"# {found.source or 'no configuration file: all are defaults'}", err=True)
    width = max(len(name) for name in table)
    for name, row in table.items():
        value = json.dumps(row["value"], ensure_ascii=False)
        click.echo(f"{name:{width}} = {value}  # {row['from']}")


@command.command("schema")
@debug_option
def schema() -> None:
    """Print the JSON Schema of the settings."""
    from trustaudit.settings.json_schema import schema as made

    click.echo(json.dumps(made(), indent=2, ensure_ascii=False))


def _found(place: Path, config: str | None) -> Settings:
    if config:
        return configuration.load(Path(config))
    folder = place if place.is_dir() else place.parent
    nearest = configuration.find(folder) or configuration.find(Path.cwd())
    return configuration.load(nearest) if nearest else Settings()


def _origin(name: str, found: Settings, own: Settings) -> str:
    """The file that sets a key, the entry of ``paths`` for this file, or the default."""
    if getattr(own, name) != getattr(found, name):
        return f"{found.origins['paths']}, paths"
    if name in found.added:
        return ", ".join(map(str, found.added[name]))
    if name == "extends":
        return str(found.source) if found.extends else "default"
    return str(found.origins[name]) if name in found.origins else "default"


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {
            each.name: _plain(getattr(value, each.name))
            for each in fields(value)
            if getattr(value, each.name) is not None
        }
    return value
