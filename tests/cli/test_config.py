"""``trustaudit config`` and ``init``; settings that build on others; rule packs; severities of one's own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.cli.shell import Run
from trustaudit.errors import ConfigError
from trustaudit.settings import load
from trustaudit.settings.checks import KEYS, PATH_KEYS
from trustaudit.settings.json_schema import PROPERTIES, schema

ROOT = Path(__file__).resolve().parents[2]


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_extends_the_own_file_is_stronger_and_lists_add_up(tmp_path: Path) -> None:
    put(
        tmp_path / "shared" / "base.toml",
        'fail_on = "minor"\njobs = 2\nrules = ["own"]\n[[paths]]\nmatch = "a"\n',
    )
    own = put(
        tmp_path / "team" / "trustaudit.toml", 'extends = "../shared/base.toml"\njobs = 1\nrules = ["ours"]\n'
    )
    found = load(own)
    assert (found.fail_on, found.jobs) == ("minor", 1)
    assert [path.name for path in found.rules] == ["own", "ours"]
    assert found.rules[0].is_relative_to(tmp_path)
    assert [entry.match for entry in found.paths] == ["a"]
    assert found.origins["fail_on"].name == "base.toml"
    assert found.origins["jobs"] == own


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('extends = "gone.toml"', "gone.toml, which is not there"),
        ('extends = "trustaudit.toml"', "which extends it in turn"),
        ("extends = 5", "extends must be a text or a list"),
        ('[severity]\n"a/b" = "minor"', "a/b needs both"),
        ('[severity]\n"a/b" = {severity = "minor"}', "a/b needs both"),
        ('[severity]\n"a/b" = {severity = "never", reason = "x"}', "severity must be one of"),
        ('[severity]\n"a/b" = {severity = "minor", reason = "x", untl = "y"}', 'unknown key "untl"'),
        ("no_worse = 1", "no_worse must be true or false"),
    ],
)
def test_wrong_settings_name_the_file(tmp_path: Path, text: str, said: str) -> None:
    own = put(tmp_path / "trustaudit.toml", text)
    with pytest.raises(ConfigError) as caught:
        load(own)
    assert str(own) in str(caught.value)
    assert said in str(caught.value)


def test_show_says_where_each_value_comes_from(run: Run, tmp_path: Path) -> None:
    put(tmp_path / "base.toml", 'fail_on = "minor"\n')
    put(
        tmp_path / "trustaudit.toml",
        'extends = "base.toml"\ncompany = "Acme"\n[[paths]]\nmatch = "mail/"\nkind = "message"\n',
    )
    put(tmp_path / "mail" / "a.txt", "Hello")
    ran = run("config", "show", "mail/a.txt")
    lines = {line.split()[0]: line for line in ran.out.splitlines()}
    assert lines["fail_on"].endswith(f'= "minor"  # {tmp_path / "base.toml"}')
    assert lines["company"].endswith(f'= ["Acme"]  # {tmp_path / "trustaudit.toml"}')
    assert lines["kind"].endswith(f'= "message"  # {tmp_path / "trustaudit.toml"}, paths')
    assert lines["jobs"].endswith("= 1  # default")
    assert set(lines) == set(KEYS)
    table = json.loads(run("config", "show", "--format", "json").out)
    assert table["kind"] == {"value": "auto", "from": "default"}


def test_the_schema_is_published_and_agrees_with_the_checks(run: Run) -> None:
    made = schema()
    jsonschema.Draft202012Validator.check_schema(made)
    assert set(PROPERTIES) == set(KEYS)
    assert set(made["properties"]["paths"]["items"]["properties"]) == set(PATH_KEYS)
    published = (ROOT / "docs" / "schema" / "settings.schema.json").read_text(encoding="utf-8")
    assert json.loads(run("config", "schema").out) == json.loads(published) == made


def test_a_severity_of_one_s_own_holds_and_its_reason_is_shown(
    run: Run, stacked: Path, tmp_path: Path
) -> None:
    put(
        tmp_path / "trustaudit.toml",
        '[severity]\n"one-sided/unilateral-change" = {severity = "info", reason = "we give notice by law"}\n',
    )
    ran = run("scan", stacked, "--format", "json", "--select", "one-sided/unilateral-change")
    (found,) = json.loads(ran.out)["documents"][0]["findings"]
    assert (ran.status, found["severity"]) == (0, "info")
    assert "we give notice by law" in found["why"]
    put(
        tmp_path / "trustaudit.toml",
        '[severity]\n"one-sided/unilateral-chang" = {severity = "info", reason = "x"}\n',
    )
    wrong = run("scan", stacked)
    assert (wrong.status, "Did you mean 'one-sided/unilateral-change'" in wrong.err) == (2, True)


def test_init_writes_what_it_recognises_and_overwrites_nothing(
    run: Run, stacked: Path, tmp_path: Path
) -> None:
    for number in range(2):
        put(
            tmp_path / "sms" / f"{number}.txt",
            "Hello Ms Adler, your car is ready. Thank you! Acme Garage, 555-0100",
        )
    assert run("init", "--yes", "--company", 'Acme "Garage"').status == 0
    text = (tmp_path / "trustaudit.toml").read_text(encoding="utf-8")
    assert load(tmp_path / "trustaudit.toml").company == ('Acme "Garage"',)
    assert 'match = "/sms/**"\nkind = "message"' in text
    again = run("init", "--yes")
    assert (again.status, "is there already" in again.err) == (2, True)
    assert (tmp_path / "trustaudit.toml").read_text(encoding="utf-8") == text


def test_init_asks(run: Run, stacked: Path, tmp_path: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "trustaudit", "init", tmp_path],
        input="Acme, Acme Ltd\ncritical\n", text=True, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr
    found = load(tmp_path / "trustaudit.toml")
    assert (found.company, found.fail_on) == (("Acme", "Acme Ltd"), "critical")


def test_an_interrupted_init_writes_nothing(run: Run, stacked: Path, tmp_path: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "trustaudit", "init", tmp_path],
        input="", text=True, capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert process.returncode == 130
    assert not (tmp_path / "trustaudit.toml").exists()


RULE = """\
title: A handling charge
severity: major
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
  flagged: ["You pay a «handling charge».", "A «handling charge» is added."]
  clean: ["Nothing is charged.", "All is free."]
"""


def test_an_installed_rule_pack_is_used_when_it_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    put(site / "acme_rules" / "__init__.py", "")
    put(site / "acme_rules" / "rules" / "fees" / "handling.yaml", RULE)
    put(site / "acme_broken.py", "raise RuntimeError('half installed')")
    points = "[trustaudit.rules]\nacme = acme_rules\nbroken = acme_broken\n"
    put(site / "acme_rules-1.0.dist-info" / "entry_points.txt", points)
    put(
        site / "acme_rules-1.0.dist-info" / "METADATA",
        "Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0\n",
    )
    monkeypatch.syspath_prepend(str(site))
    paper = put(tmp_path / "terms.md", "# Terms\n\nYou pay a handling charge.\n")
    scan = ("scan", paper, "--kind", "contract", "--select", "fees/handling")
    assert run(*scan).status == 2  # nobody has named the pack
    put(tmp_path / "trustaudit.toml", 'packs = ["acme"]\n')
    assert run(*scan).status == 1
    put(tmp_path / "trustaudit.toml", 'packs = ["acmee"]\n')
    near = run(*scan)
    assert (near.status, 'did you mean "acme"?' in near.err) == (2, True)
    put(tmp_path / "trustaudit.toml", 'packs = ["broken"]\n')
    broken = run(*scan)
    assert broken.status == 2
    said = 'packs: the rule pack "broken" fails to load: RuntimeError: half installed'
    assert broken.err == f"error: {tmp_path / 'trustaudit.toml'}: {said}\n"
