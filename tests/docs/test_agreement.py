"""What pages, --help, schemas and code say is the same."""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

import trustaudit
from tests.docs.blocks import DOCS, PAGES, ROOT
from trustaudit.audit import Audience, Confidence, Effect, Kind, OutcomeKind, Severity, Side
from trustaudit.cli import COMMANDS, ExitStatus, cli
from trustaudit.parsing.limits import Limits
from trustaudit.report import FORMATS
from trustaudit.settings.checks import KEYS, PATH_KEYS
from trustaudit.settings.json_schema import schema as settings_schema
from trustaudit.settings.values import Settings

FOREIGN = {  # of pip, docker, pytest, git, tar and of our own scripts beside the command
    "--rm", "--network", "--trustaudit", "--check", "--prefix", "--help", "--version", "--update-golden",
    "--cov", "--stdio", "--no-deps", "--no-index", "--user", "--quiet", "--headless", "--worker",
}  # fmt: skip
BY_HAND = [page for page in PAGES if page.name != "commands.md"]


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def table(text: str, heading: str) -> list[list[str]]:
    """The rows of the first table whose header begins with a word."""
    found = re.search(rf"^\| {re.escape(heading)} \|.*\n\|[-:| ]+\n((?:\|.*\n?)+)", text, re.MULTILINE)
    assert found, f"no table that begins with {heading!r}"
    split = re.compile(r"(?<!\\)\|")
    return [[cell.strip() for cell in split.split(row)[1:-1]] for row in found[1].splitlines()]


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def every_command(
    group: click.Group = cli, called: str = "trustaudit"
) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{called} {name}", command
        if isinstance(command, click.Group):
            yield from every_command(command, f"{called} {name}")


def options(command: click.Command) -> dict[str, click.Option]:
    return {name: each for each in command.params if isinstance(each, click.Option) for name in each.opts}


def scan_options() -> dict[str, click.Option]:
    return options(dict(every_command())["trustaudit scan"])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_option_in_the_pages_exists(path: Path) -> None:
    known = {name for _, command in every_command() for name in options(command)} | FOREIGN
    text = path.read_text(encoding="utf-8")
    fenced = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
    inline = [words for words in re.findall(r"`([^`\n]+)`", fenced.sub("", text)) if words.startswith("--")]
    ours = [line for line in text.replace("\\\n", " ").splitlines() if "trustaudit " in line]
    said = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+[a-z]", "\n".join([*inline, *ours])))
    assert said - known == set()


def test_every_option_of_scan_is_explained_by_hand() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in BY_HAND)
    missing = [name for name in scan_options() if name.startswith("--") and f"{name}" not in text]
    assert missing == []


def test_every_command_has_its_module_its_help_and_its_place() -> None:
    found = dict(every_command())
    assert {name.split()[1] for name in found} == set(COMMANDS)
    for name, command in found.items():
        assert command.help, f"{name} says nothing of itself"
        silent = [
            option for option, each in options(command).items() if not each.help and option.startswith("--")
        ]
        assert [option for option in silent if option not in {"--config", "--format"}] == [], name
    from_help = dict(re.findall(r"^  ([a-z-]+)  +(\S.*)$", cli.get_help(click.Context(cli)), re.MULTILINE))
    assert set(COMMANDS) <= set(from_help)


def test_the_page_of_commands_is_the_program() -> None:
    hooks = _hooks()
    made = "\n".join(hooks.commands())
    for name, command in every_command():
        assert f"# {name}\n" in made
        assert all(option in made for option in options(command))
    homes = [hooks.home(name) for name in trustaudit.__all__ if not name.startswith("_")]
    assert all(home.startswith("trustaudit.") for home in homes)
    assert "::: trustaudit" in page("api.md")


def _hooks() -> Any:
    spec = importlib.util.spec_from_file_location("site_hooks", DOCS / "site_hooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_formats_are_one_list() -> None:
    listed = [names(row[0])[0] for row in table(page("reports.md"), "`--format`")]
    choices = scan_options()["--format"].type
    assert isinstance(choices, click.Choice)
    enum = settings_schema()["properties"]["format"]["enum"]
    assert sorted(listed) == sorted(FORMATS) == sorted(choices.choices) == sorted(enum)


def test_the_settings_are_one_list() -> None:
    rows = {names(row[0])[0]: row for row in table(page("settings.md"), "key")}
    schema = settings_schema()
    assert set(rows) == set(KEYS) == set(schema["properties"])
    assert set(schema["properties"]["paths"]["items"]["properties"]) == set(PATH_KEYS)
    known = scan_options()
    for key, row in rows.items():
        for option in names(row[3]):
            assert option in known, f"{key}: {option}"
            assert option == f"--{key.replace('_', '-')}"
        default, held = (names(row[2]) or [""])[0], getattr(Settings(), key)
        assert not default or key == "format" or json.loads(default) == held, key
        assert default or not held or key == "jobs", key
    for key in KEYS.keys() & {name.removeprefix("--").replace("-", "_") for name in known} - {"config"}:
        assert names(rows[key][3]), f"{key} has an option, and the page does not say so"


def test_the_keys_of_a_rule_are_one_list() -> None:
    from trustaudit.ruleset.json_schema import rule_schema

    schema = rule_schema()
    listed = {name for row in table(page("writing-rules.md"), "key") for name in names(row[0])}
    assert listed == set(schema["properties"])
    kinds = {names(row[0])[0]: row for row in table(page("writing-rules.md"), "kind")}
    assert set(kinds) == set(_find_kinds(schema))
    for kind, row in kinds.items():
        said = {name for name in names(row[2]) if re.fullmatch(r"[a-z_]+", name)}
        known = _find_kinds(schema)[kind]
        keys = {name for name in said if name in known}
        assert keys, f"{kind}: the page names none of {sorted(known)}"


def _find_kinds(schema: dict[str, Any]) -> dict[str, set[str]]:
    """Each kind of find with its keys, wherever the schema defines it."""
    found: dict[str, set[str]] = {}

    def walk(held: Any) -> None:
        if isinstance(held, dict):
            kind = (
                held.get("properties", {}).get("kind", {}) if isinstance(held.get("properties"), dict) else {}
            )
            if isinstance(kind, dict) and "const" in kind:
                found[kind["const"]] = set(held["properties"])
            for value in held.values():
                walk(value)
        elif isinstance(held, list):
            for value in held:
                walk(value)

    walk(schema)
    return found


def test_every_metric_has_its_formula() -> None:
    listed = [name for row in table(page("metrics.md"), "metric") for name in names(row[0])]
    audits = [
        trustaudit.scan(ROOT / "examples" / name)
        for name in ("services-agreement.pdf", "terms.md", "reminders/appointment-reminder.txt")
    ]
    measured = {name for audit in audits for name in audit.metrics}
    assert sorted(listed) == sorted(set(listed) | measured)
    assert set(listed) <= measured


def test_the_weights_are_those_of_the_file() -> None:
    weights = yaml.safe_load((ROOT / "rules" / "weights.yaml").read_text(encoding="utf-8"))
    text = page("metrics.md")
    for severity, withdrawal, deposit in table(text, "severity"):
        assert float(withdrawal) == weights["severity"][severity]["value"]
        assert float(deposit) == weights["deposit"][severity]["value"]
    assert {row[0]: float(row[1]) for row in table(text, "grade")} == {
        grade: entry["value"] for grade, entry in weights["grades"].items()
    }
    confidence, repeat = weights["confidence"], weights["repeat"]
    account, score = weights["account"], weights["score"]
    flat = " ".join(text.split())
    for words in (
        f"(high {confidence['high']['value']}, medium {confidence['medium']['value']}, low {confidence['low']['value']})",
        f"the second as {repeat['withdrawal']['value'][1]}, the third as {repeat['withdrawal']['value'][2]}",
        "(deposits: {}, {}, {})".format(*repeat["deposit"]["value"]),
        f"h = {score['half_at']['value']} for contracts, {score['half_at_message']['value']} for messages",
        f"min({score['credit_share']['value']} × deposits, {score['credit_most']['value']} × debits",
        f"account is at +{score['seal_message']['value']} or better",
        f"no grade under {score['least_words']['value']} words",
        f"{account['early_deposit']['value']} for a deposit before",
        f"1 + {account['streak_step']['value']} × (other kinds of withdrawal since the last deposit), at most",
        f"at most {account['streak_most']['value']}",
        f"(D + W + {account['cushion']['value']})",
        f"lie between {weights['balance']['even_from']['value']} and {weights['balance']['even_to']['value']}",
        f"from {weights['balance']['stacked_from']['value']} three of four",
        f"Under {weights['balance']['least_norms']['value']} norms",
    ):
        assert words in flat, words


def test_the_schema_of_the_report_has_the_words_of_the_code() -> None:
    from trustaudit import report

    schema = json.loads(report.schema())
    enums = [set(held) for held in _enums(schema)]
    for kind in (Severity, Confidence, Effect, Side, Kind, Audience, OutcomeKind):
        words = {each.value for each in kind}
        close = [held for held in enums if len(held & words) >= 2]
        assert not close or words in close, kind
    assert {each.value for each in Severity} in enums
    assert {each.value for each in OutcomeKind} in enums
    published = DOCS / "schema" / "audit-1.schema.json"
    assert published.read_text(encoding="utf-8") == report.schema()


def _enums(held: Any) -> Iterator[list[str]]:
    if isinstance(held, dict):
        if isinstance(held.get("enum"), list):
            yield [each for each in held["enum"] if isinstance(each, str)]
        for value in held.values():
            yield from _enums(value)
    elif isinstance(held, list):
        for value in held:
            yield from _enums(value)


def test_the_schema_of_the_settings_is_published_as_it_is() -> None:
    published = json.loads(page("schema/settings.schema.json"))
    assert published == json.loads(json.dumps(settings_schema()))


def test_exit_statuses_are_said_alike() -> None:
    said = dict(re.findall(r"(\d+) \(?(clean|findings|could not run)", " ".join(page("ci.md").split())))
    assert said == {"0": "clean", "1": "findings", "2": "could not run"}
    assert f"{int(ExitStatus.INTERRUPTED)} after Ctrl-C" in " ".join(page("ci.md").split())
    epilog = dict(every_command())["trustaudit scan"].epilog or ""
    assert re.findall(r"\d", epilog) == ["0", "1", "2"]


def test_the_limits_are_those_of_the_parsers() -> None:
    limits = Limits()
    flat = " ".join(page("faq.md").split())
    million = 1_000_000
    assert (
        f"more than {limits.source_bytes // million} MB, {limits.pages:,} pages "
        f"or {limits.characters // million} million characters" in flat
    )


def test_a_sidecar_has_the_keys_of_the_page() -> None:
    from trustaudit.suppression import sidecar

    text = page("suppressing.md")
    assert all(f"{key}:" in text or f"`{key}`" in text or key in text for key in sidecar.KEYS)
    assert sidecar.FOLDER_FILE in text
    assert f"contract.pdf{sidecar.SUFFIX}" in text


def test_the_editor_page_lists_what_the_server_answers() -> None:
    from trustaudit.editor.server import make
    from trustaudit.editor.suppressing import REASON

    features = {name.rpartition("/")[2] for name in make().protocol.fm.features} - {"initialized"}
    text = page("editor.md")
    understands = text[text.index("It understands") : text.index("and publishes")]
    listed = {name.rpartition("/")[2] for name in names(understands)} - {"initialize", "shutdown", "exit"}
    assert listed == features
    assert f"where `{REASON}` stands" in text


def test_the_component_has_the_keys_of_the_page() -> None:
    import spacy

    config = spacy.blank("en").get_factory_meta("trustaudit").default_config
    text = page("library.md")
    said = text[text.index("The keys of `config`") : text.index("Labels are")]
    assert set(names(said)) - {"config", "scan_text"} == set(config or {})


def test_every_link_between_pages_leads_somewhere() -> None:
    wrong = [
        f"{path.name}: {link}"
        for path in BY_HAND
        if path.parent == DOCS
        for link in re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
        if "://" not in link and not (path.parent / link).exists()
    ]
    assert wrong == []
