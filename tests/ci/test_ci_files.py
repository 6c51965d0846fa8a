"""The files that services read: parsed, and their command lines run, as far as that goes without the service."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
STACKED = "# Terms of use\n\nWe may, at any time and without notice, modify these terms.\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with templates, and ``trustaudit`` on the path as a command."""
    work = tmp_path / "work"
    (work / "templates").mkdir(parents=True)
    (work / "templates" / "terms.md").write_text(STACKED, encoding="utf-8")
    shutil.copy(ROOT / "examples" / "services-agreement.pdf", work / "templates" / "a paper.pdf")
    command = tmp_path / "bin" / "trustaudit"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m trustaudit "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    return work


def shell(script: str, work: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{work.parent / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script], cwd=work, capture_output=True, text=True, timeout=120, check=False,
        env=os.environ | {"PATH": path, "PYTHONPATH": str(ROOT)} | environment,
    )  # fmt: skip


def parsed(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_the_hook_takes_documents_binary_ones_too_and_runs(repository: Path) -> None:
    (hook,) = parsed(ROOT / ".pre-commit-hooks.yaml")
    assert {"id", "name", "entry", "language"} <= set(hook)
    taken = re.compile(hook["files"])
    names = [
        "a.pdf",
        "b.docx",
        "c.eml",
        "d.html",
        "e.htm",
        "f.md",
        "g.txt",
        "h.html.j2",
        "i.erb",
        "j.odt",
        "k.rtf",
    ]
    assert [name for name in names if not taken.search(name)] == []
    assert not any(taken.search(name) for name in ("a.py", "b.png", "c.json", "d.trustaudit.yaml"))
    assert hook["types"] == ["file"]
    ran = shell(f"{hook['entry']} --fail-on major templates/terms.md 'templates/a paper.pdf'", repository)
    assert ran.returncode == 1, ran.stderr
    assert "modify these terms" in ran.stdout


def test_the_action_s_lines_run(repository: Path) -> None:
    action = parsed(ROOT / "action.yml")
    assert action["runs"]["using"] == "composite"
    steps = {step["name"]: step for step in action["runs"]["steps"] if "name" in step}
    assert all(step["shell"] == "bash" for step in steps.values())
    for step in steps.values():
        assert "${{" not in step["run"]  # an input in the script could be run as a part of it
        used = set(re.findall(r"inputs\.([\w-]+)", str(step)))
        assert used <= set(action["inputs"])
    summary = repository / "summary.md"
    given = {
        "PATHS": "templates", "ARGUMENTS": "--kind contract", "SARIF": "out.sarif", "GITHUB_STEP_SUMMARY": str(summary),
    }  # fmt: skip
    report = shell(steps["Report for code scanning"]["run"], repository, **given)
    assert report.returncode == 0, report.stderr
    assert (repository / "out.sarif").stat().st_size > 1000
    audit = shell(steps["Audit"]["run"], repository, **given)
    assert audit.returncode == 1
    assert audit.stdout.startswith("::error file=templates/")
    assert summary.read_text(encoding="utf-8").startswith("## Trust audit\n")


def test_the_pages_examples_are_yaml_and_their_commands_run(repository: Path) -> None:
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    github, gitlab, hooks = (
        yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    )
    (action,) = [step for step in github["jobs"]["audit"]["steps"] if "trustaudit" in step.get("uses", "")]
    assert set(action["with"]) <= set(parsed(ROOT / "action.yml")["inputs"])
    assert hooks["repos"][0]["hooks"][0]["id"] == parsed(ROOT / ".pre-commit-hooks.yaml")[0]["id"]
    (write,) = re.findall(r"^    (trustaudit scan .*--write-baseline.*)$", page, re.MULTILINE)
    assert shell(write, repository).returncode == 0
    assert shell(gitlab["trust"]["script"][1], repository).returncode == 0
    assert (repository / "gl-code-quality.json").read_text(encoding="utf-8") == "[]\n"


def test_the_container_file_installs_what_is_here() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert 'ENTRYPOINT ["trustaudit"]' in lines
    assert "USER auditor" in lines


def test_a_template_is_a_test(repository: Path) -> None:
    (repository / "templates" / "plain.md").write_text(
        "# Terms\n\nThank you for your order.\n", encoding="utf-8"
    )
    (repository / "trustaudit.toml").write_text('kind = "contract"\n', encoding="utf-8")
    (repository / "test_ours.py").write_text("def test_ours():\n    pass\n", encoding="utf-8")
    pytest_ = f'"{sys.executable}" -m pytest -q -p no:cacheprovider -p no:randomly'
    plugin = "" if _installed() else " -p trustaudit.pytest_plugin"
    ran = shell(f"{pytest_}{plugin} --trustaudit templates test_ours.py", repository)
    assert ran.returncode == 1, ran.stdout + ran.stderr
    assert "2 failed, 2 passed" in ran.stdout
    assert "modify these terms" in ran.stdout
    assert "Traceback" not in ran.stdout
    without = shell(f"{pytest_}{plugin} templates test_ours.py", repository)
    assert (without.returncode, "1 passed" in without.stdout) == (0, True)


def _installed() -> bool:
    from importlib.metadata import entry_points

    return any(point.name == "trustaudit" for point in entry_points(group="pytest11"))
