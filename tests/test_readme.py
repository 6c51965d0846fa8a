"""What README.md and CONTRIBUTING.md tell a newcomer to type, typed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from trustaudit.settings import load

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def commands() -> Iterator[str]:
    for block in blocks("sh"):
        yield from block.splitlines()


@pytest.fixture
def newcomer(tmp_path: Path) -> Path:
    """A folder with the samples, templates to check, and the README's settings."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "examples" / "reminders", tmp_path / "templates" / "mail")
    (tmp_path / "pyproject.toml").write_text(blocks("toml")[0], encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", [line for line in commands() if "trustaudit " in line])
def test_the_readme_s_commands_run(newcomer: Path, command: str) -> None:
    arguments = command.removeprefix(".venv/bin/").split()
    assert arguments[0] == "trustaudit"
    ran = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=newcomer, capture_output=True, text=True, timeout=120, check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert ran.returncode in {0, 1}, ran.stderr
    assert "error" not in ran.stderr
    if "--output" in arguments:
        assert (newcomer / arguments[-1]).exists()
    else:
        assert ran.stdout


@pytest.mark.parametrize("snippet", blocks("python"))
def test_the_readme_s_python_runs(newcomer: Path, snippet: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", snippet], cwd=newcomer, capture_output=True, text=True, timeout=120, check=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert re.search(r"^page \d+: ", ran.stdout, re.MULTILINE)
    assert (newcomer / "report.html").is_file()


def test_the_readme_s_settings_are_settings(newcomer: Path) -> None:
    settings = load(newcomer / "pyproject.toml")
    assert settings.for_path(newcomer / "templates" / "mail" / "x.html").kind == "message"
    assert tomllib.loads(blocks("toml")[0])["tool"]["trustaudit"]["fail_on"] == settings.fail_on


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)\b", README + CONTRIBUTING))))
@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_the_makefile_knows_what_is_said_of_it(target: str) -> None:
    ran = subprocess.run(
        ["make", "-n", target], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("text", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_every_link_and_path_is_there(text: str) -> None:
    links = {link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link}
    named = set(re.findall(r"`((?:trustaudit|tests|docs|examples|requirements)/[\w/.-]+)`", text))
    missing = [name for name in sorted(links | named) if not (ROOT / name).exists()]
    assert missing == []


def test_the_exit_statuses_are_those_of_the_command() -> None:
    from trustaudit.cli import ExitStatus

    table = re.findall(r"^\| (\d) \|", README, re.MULTILINE)
    assert [int(status) for status in table] == [
        int(s) for s in ExitStatus if s is not ExitStatus.INTERRUPTED
    ]
