"""Where reports go, in which format, and that a file is whole or not there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.shell import Run
from trustaudit.cli.output import Target, target
from trustaudit.errors import UsageError
from trustaudit.report import FORMATS


@pytest.mark.parametrize(
    ("output", "given", "configured", "format_"),
    [
        (None, None, None, "terminal"),
        (None, None, "json", "json"),
        (None, "html", "json", "html"),
        ("-", None, "csv", "csv"),
        ("report.html", None, "json", "html"),
        ("report.HTM", None, None, "html"),
        ("report.md", None, None, "markdown"),
        ("report.sarif", None, None, "sarif"),
        ("report.xml", None, None, "junit"),
        ("report.json", "gitlab", None, "gitlab"),
        ("report", None, "json", "json"),
    ],
)
def test_the_format_is_given_or_guessed(
    output: str | None, given: str | None, configured: str | None, format_: str
) -> None:
    assert target(output, given, configured).format == format_


def test_a_name_that_says_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="add --format"):
        target("report", None, None)


def test_a_folder_is_meant_by_its_slash_or_by_being_one(tmp_path: Path) -> None:
    assert target(f"{tmp_path}/new/", None, None) == Target("html", tmp_path / "new", folder=True)
    assert target(str(tmp_path), "json", None) == Target("json", tmp_path, folder=True)


def test_a_file_is_replaced_whole_and_may_be_read_by_others(run: Run, plain: Path) -> None:
    report = plain.parent / "report.json"
    report.write_text("old", encoding="utf-8")
    ran = run("scan", plain, "--output", report)
    assert (ran.out, ran.err) == ("", f"report: {report}\n")
    assert json.loads(report.read_text(encoding="utf-8"))["schema"] == "trustaudit/audit/1"
    assert report.stat().st_mode & 0o044 == 0o044 & ~_umask()
    assert [path.name for path in plain.parent.iterdir() if path.name.startswith(".")] == []


def test_a_device_is_written_to_and_not_replaced(run: Run, plain: Path) -> None:
    assert run("scan", plain, "--output", "/dev/null", "--format", "json").status == 0
    assert Path("/dev/null").is_char_device()


def test_a_link_is_followed_and_stays(run: Run, plain: Path) -> None:
    (plain.parent / "latest.html").symlink_to("real.html")
    run("scan", plain, "--output", "latest.html")
    assert (plain.parent / "latest.html").is_symlink()
    assert (plain.parent / "real.html").read_text(encoding="utf-8").startswith("<!")


def test_a_folder_holds_one_report_a_document_and_an_index(run: Run, stacked: Path, plain: Path) -> None:
    twin = stacked.parent / "other" / "stacked.md"
    twin.parent.mkdir()
    twin.write_text(stacked.read_text(encoding="utf-8"), encoding="utf-8")
    ran = run("scan", stacked, plain, twin, "--output", "reports/", "--format", "markdown")
    assert ran.status == 1
    written = sorted(path.name for path in (stacked.parent / "reports").iterdir())
    assert written == ["index.md", "plain.md.md", "stacked.md-2.md", "stacked.md.md"]


def test_the_name_of_a_document_cannot_leave_the_folder(run: Run, plain: Path) -> None:
    name = "../../escape <b>.md"
    run(
        "scan", "-", "--stdin-name", name, "--output", "reports/", "--format", "csv", stdin=plain.read_bytes()
    )
    assert sorted(path.name for path in (plain.parent / "reports").iterdir()) == [
        "escape-b-.md.csv",
        "index.csv",
    ]


def test_where_nothing_can_be_written(run: Run, plain: Path) -> None:
    (plain.parent / "file").write_text("", encoding="utf-8")
    ran = run("scan", plain, "--output", "file/reports/")
    assert ran.status == 2
    assert "cannot be written" in ran.err


@pytest.mark.parametrize("format_", sorted(FORMATS))
def test_every_format_comes_out_of_the_command(run: Run, stacked: Path, format_: str) -> None:
    ran = run("scan", stacked, "--format", format_)
    assert ran.status == 1
    assert "modify these terms" in ran.out or "unilateral-change" in ran.out
    assert ran.out.endswith("\n")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
