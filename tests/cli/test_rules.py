"""``trustaudit rules`` and ``trustaudit completion``."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.cli.shell import Run
from trustaudit.resources import rules_dir

BAD = """\
title: Finds less than it says
severity: minor
confidence: high
effect: withdrawal
topic: fees
applies_to: [contract]
why: Why.
advice: Advice.
rewrite: Rewrite.
references: []
labels: {}
find: {kind: phrases, any: ["handling charge"]}
examples:
  flagged: ["You pay a «handling charge».", "A «service charge» is added."]
  clean: ["There is a handling charge.", "Nothing is charged."]
"""


def test_list_shows_every_rule_once(run: Run) -> None:
    ran = run("rules", "list")
    ids = [line.split()[0] for line in ran.out.splitlines()]
    assert ids == sorted(set(ids))
    assert "one-sided/unilateral-change" in ids
    assert ran.err == f"{len(ids)} rules\n"
    family = run("rules", "list", "one-sided/")
    assert {line.split("/")[0] for line in family.out.splitlines()} == {"one-sided"}


def test_show_explains_and_suggests_the_near_name(run: Run) -> None:
    ran = run("rules", "show", "one-sided/unilateral-change")
    for part in ("Why:", "Advice:", "Found:", "Not found:", "«"):
        assert part in ran.out
    assert all(len(line) <= 88 or "://" in line for line in ran.out.splitlines() if "yaml" not in line)
    wrong = run("rules", "show", "one-sided/unilateral-chnage")
    assert (wrong.status, "one-sided/unilateral-change" in wrong.err) == (2, True)


def test_a_new_rule_passes_its_own_tests_and_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    ran = run("rules", "new", "fees/handling-charge", "--into", "ours")
    assert ran.out == "ours/fees/handling-charge.yaml\n"
    assert run("rules", "test", "ours").status == 0
    again = run("rules", "new", "fees/handling-charge", "--into", "ours")
    assert (again.status, "there already" in again.err) == (2, True)
    assert run("rules", "new", "Not An Id").status == 2


def test_test_shows_what_is_marked_against_what_is_found(run: Run, tmp_path: Path) -> None:
    rule = tmp_path / "ours" / "fees" / "handling.yaml"
    rule.parent.mkdir(parents=True)
    rule.write_text(BAD, encoding="utf-8")
    ran = run("rules", "test", "ours")
    assert ran.status == 1
    assert "fees/handling: flagged example 2: nothing is found where it is marked" in ran.out
    assert "fees/handling: clean example 1: more is found than is marked" in ran.out
    assert "^^^^^^^^^^^^^^^ found, not marked" in ran.out
    assert ran.err == "1 rules, 4 examples, 2 failed\n"


def test_test_of_a_place_without_rules(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = run("rules", "test", "empty")
    assert (ran.status, "no rule in this folder" in ran.err) == (2, True)


def test_lint_gives_advice_with_file_and_line(run: Run, tmp_path: Path) -> None:
    rule = tmp_path / "ours" / "fees" / "handling.yaml"
    rule.parent.mkdir(parents=True)
    rule.write_text(BAD.replace("why: Why.", "why: This is illegal."), encoding="utf-8")
    ran = run("rules", "lint", "ours")
    assert ran.status == 1
    assert "ours/fees/handling.yaml:7: " in ran.out


@pytest.mark.parametrize("arguments", [[], ["--vocabulary"]])
def test_the_schema_is_one_and_our_files_keep_it(run: Run, arguments: list[str]) -> None:
    schema = json.loads(run("rules", "schema", *arguments).out)
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    folder = rules_dir() / "vocabulary" if arguments else rules_dir() / "one-sided"
    files = sorted(folder.glob("*.yaml"))
    assert files
    for file in files:
        validator.validate(
            json.loads(json.dumps(yaml.safe_load(file.read_text(encoding="utf-8")), default=str))
        )


@pytest.mark.parametrize(
    ("shell", "has"), [("bash", "complete -o"), ("zsh", "#compdef"), ("fish", "complete --no-files")]
)
def test_completion_scripts(run: Run, shell: str, has: str) -> None:
    ran = run("completion", shell)
    assert ran.status == 0
    assert has in ran.out
    assert "_TRUSTAUDIT_COMPLETE" in ran.out


def test_completion_completes(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from trustaudit.cli import main

    monkeypatch.setenv("_TRUSTAUDIT_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", "trustaudit scan --fail")
    monkeypatch.setenv("COMP_CWORD", "2")
    with pytest.raises(SystemExit):
        main([])
    assert "--fail-on" in capsys.readouterr().out


def test_commands_have_a_near_name_and_files_a_hint(run: Run, plain: Path) -> None:
    assert "did you mean 'scan'?" in run("scna").err
    assert f"trustaudit scan {plain.name}" in run(plain.name).err


def test_a_fault_of_ours_is_no_traceback_unless_asked_for(
    run: Run, plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("trustaudit.cli.run.inputs", fault)
    ran = run("scan", plain)
    assert ran.status == 2
    assert ran.err.splitlines()[0] == "error: unexpected ZeroDivisionError: by zero"
    with pytest.raises(ZeroDivisionError):
        run("scan", plain, "--debug")
