"""``trustaudit annotate`` and ``trustaudit.annotate``: names, errors, what is said."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import trustaudit
from tests.annotate.words import parts
from trustaudit.cli import main
from trustaudit.errors import UnreadableError, UsageError

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SHEET = EXAMPLES / "prototype-term-sheet.docx"


def test_the_command_writes_a_copy_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "marked.docx"
    before = SHEET.read_bytes()
    assert main(["annotate", str(SHEET), "--output", str(target), "--suggest"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"copy: {target}: ")
    assert "suggested wordings" in said.err
    assert "word/comments.xml" in parts(target.read_bytes())
    assert SHEET.read_bytes() == before


def test_the_library_function_takes_a_path_or_an_audit(tmp_path: Path) -> None:
    one = trustaudit.annotate(SHEET, tmp_path / "one.docx")
    other = trustaudit.annotate(trustaudit.scan(SHEET), tmp_path / "other.docx")
    assert one.read_bytes() == other.read_bytes()


def test_what_a_format_cannot_carry_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["annotate", str(EXAMPLES / "terms.md"), "-o", str(tmp_path / "copy.md"), "--suggest"]) == 0
    assert "only DOCX takes tracked insertions" in capsys.readouterr().err
    messages = tmp_path / "messages.json"
    messages.write_text(
        '{"a": "You must pay prior to the visit, {name}!!!", "b": "Thank you for it"}', encoding="utf-8"
    )
    assert main(["annotate", str(messages), "-o", str(tmp_path / "copy.json")]) == 0
    assert "for reading, not for loading" in capsys.readouterr().err


def test_what_is_suppressed_is_not_marked(tmp_path: Path) -> None:
    terms = tmp_path / "terms.md"
    line = "We may, at any time and without notice, modify these terms.\n"
    terms.write_text(
        f"# Terms of use\n\n<!-- trustaudit: ignore-file[one-sided, reciprocity, terms-of-service] because it is agreed -->\n\n{line}",
        encoding="utf-8",
    )
    assert main(["annotate", str(terms), "-o", str(tmp_path / "copy.md")]) == 0
    assert "[^trustaudit-" not in (tmp_path / "copy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("way", ["same", "link", "relative"])
def test_the_source_is_never_written_to(tmp_path: Path, way: str, capsys: pytest.CaptureFixture[str]) -> None:
    terms = tmp_path / "terms.md"
    terms.write_text("# Terms\n\nWe may change these terms at any time.\n", encoding="utf-8")
    target = terms if way == "same" else tmp_path / "x" / ".." / "terms.md"
    (tmp_path / "x").mkdir()
    if way == "link":
        target = tmp_path / "link.md"
        target.symlink_to(terms)
    assert main(["annotate", str(terms), "-o", str(target)]) == 2
    assert "this is the document itself" in capsys.readouterr().err
    assert terms.read_text(encoding="utf-8").startswith("# Terms\n\nWe may change these terms")


@pytest.mark.parametrize(
    ("source", "copy", "words"),
    [
        ("prototype-term-sheet.docx", "copy.pdf", "end it in .docx"),
        ("services-agreement.pdf", "copy.docx", "end it in .pdf"),
        ("terms.md", "copy.docx", "own name"),
        ("reminders/energy-final-notice.eml", "copy.eml", "signature: end it in .html"),
    ],
)
def test_a_name_that_promises_another_format_is_refused(
    tmp_path: Path, source: str, copy: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = EXAMPLES / source
    if not path.exists():
        (path,) = path.parent.glob(f"*{path.suffix}")
    assert main(["annotate", str(path), "-o", str(tmp_path / copy)]) == 2
    assert words in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_read_or_written_is_a_clear_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["annotate", str(tmp_path / "none.docx"), "-o", str(tmp_path / "copy.docx")]) == 2
    assert capsys.readouterr().err == f"error: {tmp_path / 'none.docx'}: No such file or directory\n"
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 word/ broken")
    assert main(["annotate", str(tmp_path / "broken.docx"), "-o", str(tmp_path / "copy.docx")]) == 2
    assert "broken.docx: " in capsys.readouterr().err
    assert main(["annotate", str(SHEET), "-o", str(tmp_path / "nowhere" / "copy.docx")]) == 2
    assert "the copy cannot be written" in capsys.readouterr().err


def test_a_source_that_changed_since_its_audit_is_refused(tmp_path: Path) -> None:
    terms = tmp_path / "terms.md"
    terms.write_text("# Terms\n\nWe may change these terms at any time.\n", encoding="utf-8")
    audit = trustaudit.scan(terms)
    terms.write_text("# Terms\n\nOther words.\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match="has changed since"):
        trustaudit.annotate(audit, tmp_path / "copy.md")
    with pytest.raises(UsageError, match="document itself"):
        trustaudit.annotate(audit, terms)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(UsageError, match="the copy cannot be written"):
        trustaudit.annotate(EXAMPLES / "terms.md", tmp_path / "copy.md")


def test_the_name_stays_callable_however_it_is_imported() -> None:
    code = (
        "import trustaudit; assert callable(trustaudit.annotate); import trustaudit.annotate as room;"
        "assert trustaudit.annotate is room; from trustaudit import annotate; assert annotate is room"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
