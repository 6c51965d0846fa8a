"""``trustaudit rules``: list, show, test, lint, schema, new."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trustaudit.cli import ExitStatus, debug_option

if TYPE_CHECKING:
    from trustaudit.ruleset import Ruleset

rules_option = click.option(
    "--rules",
    "folders",
    multiple=True,
    type=click.Path(exists=True),
    metavar="DIR",
    help="Add your own rules.",
)
path_argument = click.argument("path", required=False, type=click.Path(exists=True), metavar="[PATH]")


@click.group("rules")
@debug_option
def command() -> None:
    """List, explain, test and write rules: YAML files, each with its own examples."""


@command.command("list")
@click.argument("names", nargs=-1, metavar="[ID]...")
@rules_option
@debug_option
def list_rules(names: tuple[str, ...], folders: tuple[str, ...]) -> None:
    """List the rules: all, or those of an ID or a family such as one-sided/."""
    from trustaudit.ruleset import chosen

    found = chosen(_loaded(folders), names).rules
    width = max((len(rule.id) for rule in found), default=0)
    for rule in found:
        severities = sorted({severity.value for severity in rule.severity.values()})
        _say(f"{rule.id:{width}}  {rule.effect.value:10}  {'/'.join(severities):14}  {rule.title}")
    click.echo(f"{len(found)} rules", err=True)


@command.command("show")
@click.argument("name", metavar="ID")
@rules_option
@debug_option
def show(name: str, folders: tuple[str, ...]) -> None:
    """Explain one rule: why it matters, what to do, its sources and its examples."""
    from trustaudit.cli.explaining import explained
    from trustaudit.ruleset import chosen

    for rule in chosen(_loaded(folders), [name]).rules:
        _say(explained(rule))


@command.command("test")
@path_argument
@rules_option
@debug_option
def test(path: str | None, folders: tuple[str, ...]) -> ExitStatus:
    """Run the examples of all rules, or of those in PATH: what is marked is found, and nothing else."""
    from trustaudit.cli.trying import failures

    ruleset, own = _wanted(path, folders)
    failed = 0
    for failure in failures(ruleset.rules, own):
        failed += 1
        _say(str(failure))
    examples = sum(len(rule.examples.flagged) + len(rule.examples.clean) for rule in ruleset.rules)
    click.echo(f"{len(ruleset.rules)} rules, {examples} examples, {failed} failed", err=True)
    return ExitStatus.FINDINGS if failed else ExitStatus.CLEAN


@command.command("lint")
@path_argument
@rules_option
@debug_option
def lint(path: str | None, folders: tuple[str, ...]) -> ExitStatus:
    """Give advice on rules that load, but could be better.

    Those of PATH are also tried beside all others: a rule that finds what another finds is named.
    """
    from trustaudit.cli.trying import found_by_all
    from trustaudit.ruleset.lint import lint as advise

    ruleset, own = _wanted(path, folders)
    others = _loaded(tuple(map(str, own))) if path else None
    advice = advise(ruleset, found_by_all(own) if path else None, others)
    for line in advice:
        _say(str(line))
    click.echo(f"{len(ruleset.rules)} rules, {len(advice)} pieces of advice", err=True)
    return ExitStatus.FINDINGS if advice else ExitStatus.CLEAN


@command.command("schema")
@click.option("--vocabulary", is_flag=True, help="That of vocabulary files instead.")
@debug_option
def schema(vocabulary: bool) -> None:
    """Print the JSON Schema of rule files, for editors."""
    import json

    from trustaudit.ruleset.json_schema import rule_schema, vocabulary_schema

    _say(json.dumps(vocabulary_schema() if vocabulary else rule_schema(), indent=2, ensure_ascii=False))


@command.command("new")
@click.argument("name", metavar="ID")
@click.option("--into", default="rules", show_default=True, metavar="DIR", help="The folder of your rules.")
@debug_option
def new(name: str, into: str) -> None:
    """Write a rule file to fill in: family/name becomes DIR/family/name.yaml."""
    from trustaudit.cli.init import new_file
    from trustaudit.errors import UsageError
    from trustaudit.ruleset.skeleton import new_rule

    path = Path(into) / f"{name}.yaml"
    text = new_rule(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new_file(path, text)
    except FileExistsError:
        raise UsageError(f"{path}: is there already; choose another id") from None
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None
    _say(str(path))
    click.echo(f"fill it in, then: trustaudit rules test {into}", err=True)


def _loaded(folders: tuple[str, ...]) -> Ruleset:
    from trustaudit.ruleset import load_rules

    return load_rules([Path(folder) for folder in folders])


def _wanted(path: str | None, folders: tuple[str, ...]) -> tuple[Ruleset, tuple[Path, ...]]:
    """The rules to look at (those of PATH, else all), and the folders that a scan of them must load.

    Rules of a user may use the word lists that come with trustaudit, so these are always loaded too.
    """
    from dataclasses import replace

    from trustaudit.errors import UsageError

    own = tuple(Path(folder) for folder in (*folders, *([path] if path else [])))
    ruleset = _loaded(tuple(str(folder) for folder in own))
    if path is None:
        return ruleset, own
    place = Path(path).resolve()
    inside = tuple(rule for rule in ruleset.rules if Path(rule.path).resolve().is_relative_to(place))
    if not inside:
        raise UsageError(f"{path}: no rule in it; rules are files such as family/name.yaml")
    return replace(ruleset, rules=inside), own


def _say(text: str) -> None:
    """On standard output, whatever the terminal's encoding can show."""
    click.echo(text.encode(sys.stdout.encoding or "utf-8", "replace").decode(sys.stdout.encoding or "utf-8"))
