"""``trustaudit diff``: formats, exit statuses, git revisions, and what cannot be done."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.compare.agreement import NEW, OLD
from trustaudit.cli import main


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "old.md").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.md").write_text(NEW, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    names = {f"GIT_{who}_{what}": "a@b" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull}
    subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, env=environment)


@pytest.fixture
def repository(folder: Path) -> Path:
    (folder / "terms").mkdir()
    (folder / "terms" / "agreement.md").write_text(OLD, encoding="utf-8")
    (folder / "terms" / "journey.yaml").write_text("stages:\n- stage: contract\n  documents: agreement.md\n")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "terms")
    git(folder, "commit", "-q", "-m", "one")
    (folder / "terms" / "agreement.md").write_text(NEW, encoding="utf-8")
    return folder


def test_the_report_is_on_standard_output_and_nothing_fails_unasked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", "old.md", "new.md"]) == 0
    said = capsys.readouterr()
    assert "Trust goes down" in said.out
    assert "Customer's notice to end: 30 days → 90 days" in said.out
    assert said.err == ""


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["old.md", "new.md", "--must-not-get-worse"], 1),
        (["old.md", "new.md", "--fail-on", "worse"], 1),
        (["old.md", "new.md", "--fail-on", "critical"], 1),
        (["new.md", "old.md", "--must-not-get-worse"], 0),
        (["new.md", "old.md", "--fail-on", "major"], 0),
        (["old.md", "old.md", "--must-not-get-worse", "--fail-on", "info"], 0),
        (["old.md", "nowhere.md"], 2),
        (["old.md", "."], 2),
        (["old.md", "HEAD:old.md"], 2),
        (["old.md", "new.md", "--fail-on", "nothing"], 2),
        (["old.md", "new.md", "-o", "nowhere/report.html"], 2),
        (["old.md", "new.md", "-o", "report.xyz"], 2),
        (["old.md"], 2),
    ],
)
def test_exit_status(folder: Path, arguments: list[str], status: int) -> None:
    assert main(["diff", *arguments]) == status


def test_what_is_worse_is_said_on_standard_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["diff", "old.md", "new.md", "--must-not-get-worse", "--format", "json"])
    said = capsys.readouterr()
    assert "worse: new.md: the score is" in said.err
    assert json.loads(said.out)["worse"]


def test_a_suppressed_finding_fails_nothing(folder: Path) -> None:
    line = "4.3 Customer shall indemnify Supplier"
    comment = "<!-- trustaudit: ignore[liability/, reciprocity/] because sales agreed to it -->\n"
    only = OLD + "\n4.3 Customer shall indemnify Supplier against all claims of third parties.\n"
    (folder / "new.md").write_text(only, encoding="utf-8")
    assert main(["diff", "old.md", "new.md", "--fail-on", "major"]) == 1
    (folder / "new.md").write_text(only.replace(line, comment + line), encoding="utf-8")
    assert main(["diff", "old.md", "new.md", "--fail-on", "major", "--select", "liability/"]) == 0


def test_a_file_at_a_revision(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "HEAD:terms/agreement.md", "terms/agreement.md", "--must-not-get-worse"]) == 1
    assert "HEAD:terms/agreement.md" in capsys.readouterr().out
    assert main(["diff", "HEAD:terms/agreement.md", "main:terms/agreement.md", "--must-not-get-worse"]) == 0


def test_a_folder_at_a_revision(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "terms" / "journey.yaml").unlink()
    git(repository, "rm", "-q", "--cached", "terms/journey.yaml")
    git(repository, "commit", "-q", "-m", "two")
    assert main(["diff", "main:terms", "terms", "--must-not-get-worse"]) == 1
    assert "agreement.md" in capsys.readouterr().out


def test_what_the_settings_leave_out_is_left_out_at_a_revision_too(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "terms" / "journey.yaml").unlink()
    (repository / "terms" / "drafts").mkdir()
    (repository / "terms" / "drafts" / "draft.md").write_text(NEW, encoding="utf-8")
    git(repository, "add", "-A", "terms")
    git(repository, "commit", "-q", "-m", "two")
    (repository / "trustaudit.toml").write_text('exclude = ["drafts/"]\n', encoding="utf-8")
    assert main(["diff", "HEAD:terms", "terms", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found["documents"]) == 1
    assert found["removed"] == []


@pytest.mark.parametrize("name", ["terms", "terms/journey.yaml"])
def test_a_journey_at_a_revision(repository: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", f"HEAD:{name}", name, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {each["name"] for each in found["account"]} >= {"score", "stage: contract"}
    assert len(found["documents"]) == 1


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing:terms/agreement.md", "no such revision"),
        ("HEAD:terms/other.md", "nothing of that name was there at HEAD"),
        ("-rf:terms", "no such revision"),
    ],
)
def test_a_revision_that_is_not_there(
    repository: Path, name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", "--", name, "terms/agreement.md"]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error


def test_no_repository(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "HEAD:old.md", "old.md"]) == 2
    assert "in no git repository" in capsys.readouterr().err


@pytest.mark.parametrize(("suffix", "begins"), [(".html", "<!doctype html>"), (".md", "## "), (".json", "{")])
def test_the_suffix_says_the_format(folder: Path, suffix: str, begins: str) -> None:
    assert main(["diff", "old.md", "new.md", "-o", f"report{suffix}"]) == 0
    assert (folder / f"report{suffix}").read_text(encoding="utf-8").startswith(begins)


def test_an_unreadable_file_in_a_folder_is_said_and_strict_fails(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in (("a", OLD), ("b", OLD)):
        (folder / name).mkdir()
        (folder / name / "agreement.md").write_text(text, encoding="utf-8")
    (folder / "b" / "broken.pdf").write_bytes(b"%PDF-1.7 nothing behind it")
    assert main(["diff", "a", "b", "--must-not-get-worse"]) == 0
    assert "could not be compared: b/broken.pdf" in capsys.readouterr().err
    assert main(["diff", "a", "b", "--strict"]) == 2
    assert main(["diff", "a/agreement.md", "b/broken.pdf"]) == 2
