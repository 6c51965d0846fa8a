"""What the site makes by itself: the commands from the program, the API's members, the pages that are there.

Hooks of mkdocs, named in ``mkdocs.yml``.
"""  # noqa: INP001 -- a build script, not a package

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import click

import trustaudit
from trustaudit.cli import cli

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
REPOSITORY = "https://github.com/trustaudit/trustaudit/blob/main/"
PLACES = {  # in which section a page stands that mkdocs.yml does not name; else under Use
    "journey.md": "Understand",
    "store.md": "Programs",
    "portfolio.md": "Programs",
    "scale.md": "Programs",
    "cluster.md": "Programs",
}


def on_config(config: Any) -> Any:
    """The navigation with every page of the folder, and with each family of rules below *Rules*."""
    sections = {
        next(iter(each)): next(iter(each.values())) for each in config["nav"] if isinstance(each, dict)
    }
    named = {page for pages in sections.values() for page in pages if isinstance(page, str)}
    named |= {page for page in config["nav"] if isinstance(page, str)}
    for page in sorted(path.name for path in DOCS.glob("*.md")):
        if page not in named:
            sections[PLACES.get(page, "Use")].append(page)
    families = sorted(page.name for page in (DOCS / "rules").glob("*.md") if page.name != "README.md")
    sections["Rules"].append({"By family": [f"rules/{page}" for page in families]})
    return config


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """The page with its generated part; links out of the folder lead to the repository."""
    if page.file.src_uri == "commands.md":
        return markdown.replace("<!-- commands -->", "\n".join(commands()))
    if page.file.src_uri == "api.md":
        return markdown.replace("::: trustaudit", "\n".join(api()))
    up = "../" * page.file.src_uri.count("/") + "../"
    return re.sub(rf"\]\({re.escape(up)}(?!\.\./)([^)]+)\)", rf"]({REPOSITORY}\1)", markdown)


def commands() -> Iterator[str]:
    """Every command with its arguments and options, as Markdown."""
    yield from _command(cli, "trustaudit", 2)


def _command(command: click.Command, called: str, level: int) -> Iterator[str]:
    context = click.Context(command, info_name=called, max_content_width=90, terminal_width=90)
    yield f"{'#' * level} {called}"
    yield ""
    yield "```text"
    yield command.get_help(context).rstrip()
    yield "```"
    yield ""
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None and not inner.hidden:
                yield from _command(inner, f"{called} {name}", min(level + 1, 4))


def api() -> Iterator[str]:
    """A directive for each public name, at the place where it is defined, and the errors."""
    for name in trustaudit.__all__:
        if not name.startswith("_"):
            yield from (f"::: {home(name)}", "    options:", f"      heading: trustaudit.{name}", "")
    yield from ("::: trustaudit.errors", "    options:", "      heading: trustaudit.errors", "")


def home(name: str) -> str:
    """The dotted name under which a public name is defined."""
    found = getattr(trustaudit, name)
    if isinstance(found, ModuleType):  # a room that can be called as the function of its name
        return f"{found.__name__}.{name}"
    return f"{found.__module__}.{found.__qualname__}"
