"""Which pages get a picture, and that the report has them only where they are wanted."""

from __future__ import annotations

import shutil
from pathlib import Path

import trustaudit
from trustaudit.cli import main
from trustaudit.cli.pictures import MOST_PAGES, chosen_pages, of

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "services-agreement.pdf"


def test_the_worst_pages_come_first() -> None:
    audit = trustaudit.scan(EXAMPLE)

    assert chosen_pages(audit, MOST_PAGES) == [page.number for page in audit.document.pages]
    (first,) = chosen_pages(audit, 1)
    assert first in {found.page for found in audit.findings if found.severity == "critical"}


def test_several_papers_share_the_pictures_of_a_report() -> None:
    audit = trustaudit.scan(EXAMPLE)

    assert sum(map(len, of([audit]).values())) == len(audit.document.pages)


def test_a_file_that_has_changed_is_not_drawn(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    shutil.copy(EXAMPLE, path)
    audit = trustaudit.scan(path)
    path.write_bytes(path.read_bytes() + b"\n")

    assert of([audit]) == {}
    path.unlink()
    assert of([audit]) == {}


def test_no_pictures(tmp_path: Path) -> None:
    with_them, without = tmp_path / "with.html", tmp_path / "without.html"

    main(["scan", str(EXAMPLE), "-o", str(with_them)])
    main(["scan", str(EXAMPLE), "-o", str(without), "--no-pictures"])

    assert with_them.read_text("utf-8").count("<image href=") == 5
    assert "<image" not in without.read_text("utf-8")
    assert "img-src data:" in with_them.read_text("utf-8")


def test_the_report_from_python_has_pictures_where_they_are_asked_for() -> None:
    data = EXAMPLE.read_bytes()
    of_file, of_bytes = trustaudit.scan(EXAMPLE), trustaudit.scan(data)

    assert of_file.to_html(pictures=True).count("<image href=") == 5
    assert of_bytes.to_html(pictures=data).count("<image href=") == 5
    assert "<image" not in of_file.to_html()
    assert "<image" not in of_bytes.to_html(pictures=True)
    assert "<image" not in of_bytes.to_html(pictures=data + b" ")
