"""The three ways to have trustaudit: a wheel, an editable install, a bare checkout; and the source archive."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import trustaudit

ROOT = Path(__file__).resolve().parents[1]
SCAN = "We may, at any time and without notice, modify these terms."

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the project consists of, without what grows in a working folder."""
    target = tmp_path_factory.mktemp("checkout") / "trustaudit"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    parts = project["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"]
    for part in ["pyproject.toml", *parts]:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, target / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.mkdir(exist_ok=True)
            shutil.copy2(source, target / part)
    return target


@pytest.fixture(scope="session")
def built(checkout: Path) -> tuple[Path, Path]:
    """The wheel and the source archive, built without a network; the wheel from the archive."""
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", str(checkout)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    (wheel,) = (checkout / "dist").glob("*.whl")
    (archive,) = (checkout / "dist").glob("*.tar.gz")
    return wheel, archive


def fresh(folder: Path) -> Path:
    """The Python of a new environment that borrows the libraries of this one, but not trustaudit itself."""
    venv.create(folder, with_pip=False)
    python = folder / "bin" / "python"
    (site,) = (folder / "lib").glob("python*/site-packages")
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    (site / "borrowed.pth").write_text("\n".join(libraries), encoding="utf-8")
    return python


def install(python: Path, *arguments: str | Path) -> None:
    (site,) = (python.parents[1] / "lib").glob("python*/site-packages")
    subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--python", python, "install",
         "--no-deps", "--no-build-isolation", "--no-index", "--ignore-installed", *arguments],
        check=True, capture_output=True, timeout=300, cwd=site,
    )  # fmt: skip


def works(command: list[str | Path], cwd: Path, home: Path) -> None:
    """A scan finds what it should, as text and as HTML, and the rules hold, from another working folder."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "XDG"))}
    environment |= {"HOME": str(home), "PYTHONSAFEPATH": "" if command[1:2] == ["-m"] else "1"}

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *arguments], input=SCAN, capture_output=True, text=True, cwd=cwd, env=environment,
            timeout=120, check=False,
        )  # fmt: skip

    text = call("scan", "-", "--kind", "contract")
    assert (text.returncode, text.stderr) == (1, "")
    assert "modify these terms" in text.stdout
    html = call("scan", "-", "--kind", "contract", "--format", "html")
    assert html.stdout.lower().startswith("<!doctype html>")
    assert call("rules", "show", "one-sided/unilateral-change").returncode == 0
    assert call("--version").stdout.strip().endswith(trustaudit.__version__)


def origin(python: Path, cwd: Path) -> Path:
    code = "import trustaudit, trustaudit.resources as r; print(trustaudit.__file__); print(r.rules_dir())"
    ran = subprocess.run(
        [python, "-c", code], capture_output=True, text=True, check=True, cwd=cwd, timeout=60
    )
    return Path(ran.stdout.splitlines()[0])


def test_the_wheel_holds_all_it_needs_and_no_more(built: tuple[Path, Path]) -> None:
    names = zipfile.ZipFile(built[0]).namelist()
    rules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "rules").rglob("*.yaml")}
    templates = {
        p.relative_to(ROOT).as_posix() for p in (ROOT / "reports" / "templates").rglob("*") if p.is_file()
    }
    assert templates
    assert {f"trustaudit/_bundled/{name}" for name in rules | templates} <= set(names)
    assert "trustaudit/py.typed" in names
    assert "trustaudit/report/audit-1.schema.json" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.split("/")[0] for name in names} == {
        "trustaudit",
        f"trustaudit-{trustaudit.__version__}.dist-info",
    }


def test_the_source_archive_holds_tests_and_samples(built: tuple[Path, Path]) -> None:
    with tarfile.open(built[1]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "tests/test_packaging.py",
        "examples/services-agreement.pdf",
        "rules/vocabulary/roles.yaml",
    } <= names
    assert {"README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "Makefile"} <= names


def test_from_a_wheel(built: tuple[Path, Path], tmp_path: Path) -> None:
    python = fresh(tmp_path / "venv")
    install(python, built[0])
    assert origin(python, tmp_path).is_relative_to(tmp_path / "venv")
    works([python.parent / "trustaudit"], tmp_path, tmp_path)


def test_from_an_editable_install(checkout: Path, tmp_path: Path) -> None:
    python = fresh(tmp_path / "venv")
    install(python, "--editable", checkout)
    assert origin(python, tmp_path) == checkout / "trustaudit" / "__init__.py"
    works([python.parent / "trustaudit"], tmp_path, tmp_path)


def test_from_a_bare_checkout(checkout: Path, tmp_path: Path) -> None:
    python = fresh(tmp_path / "venv")
    assert origin(python, checkout) == checkout / "trustaudit" / "__init__.py"
    works([python, "-m", "trustaudit"], checkout, tmp_path)


def test_where_nothing_may_be_written(built: tuple[Path, Path], tmp_path: Path) -> None:
    """A home that is no folder: the compiled rules are simply not kept."""
    python = fresh(tmp_path / "venv")
    install(python, built[0])
    (tmp_path / "home").write_text("", encoding="utf-8")
    works([python.parent / "trustaudit"], tmp_path, tmp_path / "home")


def test_the_classifiers_and_the_requirement_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = [c.rpartition(" ")[2] for c in project["classifiers"] if "Python :: 3." in c]
    assert versions[0] == project["requires-python"].removeprefix(">=") == "3.11"
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert all(f'"{version}"' in workflow for version in versions)


def test_every_pin_has_hashes_and_no_address() -> None:
    text = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(pins) > 50
    assert all("==" in pin and pin.endswith("\\") for pin in pins)
    assert not any(mark in text for mark in ("://", "--index", "--extra-index", "--find-links", "-e "))
    names = {pin.partition("==")[0] for pin in pins}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {dependency.partition(">")[0] for dependency in project["dependencies"]} <= names
