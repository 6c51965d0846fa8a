"""``trustaudit journey`` and ``init --journey`` as a shell sees them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.shell import Run
from trustaudit.journey.manifest import load_manifest

GOOD = "Dear Ravi, thank you for your visit. Call me on 555 0100; I answer within two days. Ines"
BAD = "Final notice: you failed to pay. If you do not pay by midnight, your supply will be disconnected."
MANIFEST = "name: Short\nstages:\n  - {stage: onboarding, documents: a.txt}\n  - {stage: billing, documents: b.txt}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.txt").write_text(BAD, encoding="utf-8")
    return tmp_path


@pytest.fixture
def manifest(folder: Path) -> Path:
    path = folder / "journey.yaml"
    path.write_text(MANIFEST, encoding="utf-8")
    return path


def test_a_manifest(run: Run, manifest: Path) -> None:
    done = run("journey")
    assert done.status == 1
    assert done.out.startswith("Short\n2 documents in 2 stages\n")
    assert "What would help most" in done.out
    assert done.err == ""


def test_a_folder_without_a_manifest(run: Run, folder: Path) -> None:
    done = run("journey", folder)
    assert done.status == 1
    assert "Guessed: stage of b.txt: billing, because " in done.out


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ((), 1), (("--fail-on", "never"), 0),
        (("--fail-on", "never", "--min-score", "99"), 1), (("--fail-on", "never", "--min-score", "1"), 0),
        (("--strict", "--fail-on", "never"), 0),
    ],
)  # fmt: skip
def test_exit_status(run: Run, one: Path, options: tuple[str, ...], status: int) -> None:
    done = run("journey", one, *options)
    assert done.status == status
    if "99" in options:
        assert "under 99 (--min-score)" in done.err


def test_a_hole_is_told_and_strict_makes_it_fatal(run: Run, one: Path) -> None:
    text = one.read_text(encoding="utf-8").replace("b.txt", "[b.txt, gone.txt]")
    one.write_text(text, encoding="utf-8")
    done = run("journey", one, "--fail-on", "never")
    assert done.status == 0
    assert "gone.txt: a hole in the journey: there is no such file" in done.err
    assert "Hole in the account: gone.txt" in done.out
    assert run("journey", one, "--strict", "--fail-on", "never").status == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stagse: []\n", "journey.yaml:1: unknown key 'stagse'. Did you mean 'stages'?"),
        ("stages: [{stage: exit, documents: gone.txt}]\n", "none of its documents is there (gone.txt)"),
        ("extends: journey.yaml\n", "extends journey.yaml, which extends it in turn"),
    ],
)
def test_what_is_wrong_with_a_manifest_is_two_lines_at_most(
    run: Run, manifest: Path, text: str, said: str
) -> None:
    manifest.write_text(text, encoding="utf-8")
    done = run("journey", "journey.yaml")
    assert (done.status, done.out) == (2, "")
    assert said in done.err
    assert done.err.startswith("error: ")
    assert len(done.err.splitlines()) <= 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "no such manifest or folder; begin one: trustaudit init --journey FOLDER"),
        (("journey.yaml", "-o", "x.sarif"), "a journey is written as terminal, html, markdown, json"),
        (("journey.yaml", "-o", "no/such/folder.html"), "does not exist; make it first"),
        (("journey.yaml", "--format", "sarif"), "Invalid value for '--format'"),
    ],
)
def test_bad_usage(run: Run, manifest: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run("journey", *arguments)
    assert (done.status, done.out) == (2, "")
    assert said in done.err


@pytest.fixture
def one(folder: Path) -> Path:
    """A manifest of one document, which needs no worker."""
    path = folder / "one.yaml"
    path.write_text("stages: [{stage: billing, documents: b.txt}]", encoding="utf-8")
    return path


def test_the_report_goes_where_it_is_sent(run: Run, one: Path) -> None:
    for name, start in (
        ("x.html", "<!doctype html>"),
        ("x.md", "# Trust audit"),
        ("x.json", "{"),
        ("x.txt", "one"),
    ):
        done = run("journey", one, "-o", name)
        assert (done.status, done.out) == (1, "")
        assert done.err == f"report: {name}\n"
        assert Path(name).read_text(encoding="utf-8").startswith(start)
    run("journey", one, "-o", "out/")
    assert Path("out/journey.html").is_file()
    assert json.loads(run("journey", one, "--format", "json").out)["schema"] == "trustaudit/journey/1"


def test_settings_hold_for_a_journey(run: Run, one: Path) -> None:
    Path("trustaudit.toml").write_text('fail_on = "never"\nignore = ["money-first/"]\n', encoding="utf-8")
    done = run("journey", one, "--format", "json")
    assert done.status == 0
    rules = {entry["rule"] for entry in json.loads(done.out)["account"]["entries"]}
    assert rules
    assert not [rule for rule in rules if rule.startswith("money-first/")]


def test_what_a_team_hides_fails_nothing_and_is_counted(run: Run, folder: Path) -> None:
    Path("journey.yaml").write_text("stages: [{stage: billing, documents: b.txt}]", encoding="utf-8")
    found = json.loads(run("journey", "journey.yaml", "--format", "json").out)
    bad = {
        each["rule"]
        for each in found["documents"][0]["audit"]["findings"]
        if each["effect"] == "withdrawal" and each["severity"] in {"major", "critical"}
    }
    assert bad
    entries = "".join(f"  - {{rule: {rule}, reason: we know}}\n" for rule in sorted(bad))
    Path("b.txt.trustaudit.yaml").write_text(f"ignore:\n{entries}", encoding="utf-8")
    done = run("journey", "journey.yaml", "--format", "json")
    hidden = json.loads(done.out)["documents"][0]["audit"]["suppressed"]
    assert {each["rule"] for each in hidden} == bad
    assert done.status == 0


def test_the_schema_is_printed(run: Run, tmp_path: Path) -> None:
    done = run("journey", "--schema")
    assert done.status == 0
    assert json.loads(done.out)["title"] == "trustaudit journey manifest"


def test_init_writes_a_manifest_that_works(run: Run, folder: Path) -> None:
    done = run("init", "--journey", folder, "--company", "Acme Ltd")
    assert done.status == 0
    assert done.out == f"{folder / 'journey.yaml'}\n"
    text = (folder / "journey.yaml").read_text(encoding="utf-8")
    assert "company: [Acme Ltd]" in text
    assert "  - stage: billing\n    documents:\n      - path: b.txt\n        # message: " in text
    assert load_manifest(folder / "journey.yaml").stages[-1].documents[0].path == "b.txt"
    again = run("init", "--journey", folder)
    assert (again.status, again.out) == (2, "")
    assert "is there already; change it, or delete it first" in again.err


def test_a_scan_does_not_take_the_manifest_for_a_document(run: Run, manifest: Path) -> None:
    done = run("scan", manifest.parent, "--format", "json", "--fail-on", "never")
    assert [Path(each["path"]).name for each in json.loads(done.out)["documents"]] == ["a.txt", "b.txt"]


def test_without_colour_where_nobody_sees_it(run: Run, one: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in run("journey", one).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("journey", one).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("journey", one).out


def test_names_of_the_command_line_outrank_those_of_the_manifest(run: Run, one: Path) -> None:
    text = one.read_text(encoding="utf-8")
    one.write_text(f"company: Acme\n{text}", encoding="utf-8")
    for options, names in (((), ["Acme"]), (("--company", "Borealis"), ["Borealis"])):
        done = run("journey", one, "--format", "json", "--fail-on", "never", *options)
        parties = json.loads(done.out)["documents"][0]["audit"]["parties"]
        assert [name for name in parties["company"] if name in {"Acme", "Borealis"}] == names


def test_a_folder_with_a_manifest_is_read_by_it(run: Run, one: Path) -> None:
    one.rename(one.with_name("journey.yaml"))
    named = run("journey", one.parent, "--fail-on", "never")
    assert named.status == 0
    assert named.out == run("journey", "--fail-on", "never").out
    assert "Guessed: stage" not in named.out
