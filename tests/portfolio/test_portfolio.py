"""The report over a store: counts that are right, in every format, whatever documents are called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.shell import Run
from trustaudit.batch.store import connect
from trustaudit.errors import StoreError
from trustaudit.portfolio import portfolio, standards
from trustaudit.portfolio.gather import Gathered, _among, gather
from trustaudit.report import portfolio_html
from trustaudit.report.portfolio_values import Standing


@pytest.fixture(scope="module")
def gathered(store: Path) -> Gathered:
    opened = connect(store, write=False)
    found = gather(opened)
    opened.close()
    return found


def test_every_document_is_counted_once(gathered: Gathered) -> None:
    found = gathered.portfolio

    assert found.read == 10
    assert found.unreadable == 1
    assert sum(found.grades.values()) == 10
    assert {each.kind: each.documents for each in found.groups} == {"contract": 9, "message": 1}
    assert all(sum(each.grades.values()) == each.documents for each in found.groups)
    assert all(sum(each.scores) <= each.documents for each in found.groups)
    assert [path for path, _ in found.problems] == ["<b>&broken.pdf"]
    assert len(gathered.documents) == 10


def test_the_least_fair_come_first_and_know_where_they_stand(gathered: Gathered) -> None:
    scores = [each.score for each in gathered.documents if each.score is not None]
    contracts = [each for each in gathered.documents if each.kind == "contract"]

    assert scores == sorted(scores)
    assert contracts[-1].path in {"7.md", "8.md"}
    assert contracts[-1].percentile == 93.8  # fairer than seven of the other eight, as fair as one
    assert all(each.of_standards is not None for each in contracts)
    assert all(each.of_standards is None for each in gathered.documents if each.kind == "message")


def test_rules_count_documents_not_findings(gathered: Gathered) -> None:
    change = next(each for each in gathered.portfolio.rules if each.rule == "one-sided/unilateral-change")

    assert change.documents == 7
    assert change.findings >= 7
    assert change.rewrite
    listed = [
        each.path for each in gathered.documents if gathered.portfolio.rules.index(change) in each.rules
    ]
    assert len(listed) == 7


def test_fine_print_of_plain_text_could_not_be_told(gathered: Gathered) -> None:
    assert all(each.measured == 0 and each.median is None for each in gathered.portfolio.fine_print)


def test_percentiles() -> None:
    scores = [10.0, 20.0, 20.0, 30.0]

    assert _among(10.0, scores) == 0.0
    assert _among(20.0, scores) == 50.0
    assert _among(30.0, scores) == 100.0
    assert _among(None, scores) is None
    assert _among(10.0, [10.0]) is None


def test_the_table_of_standards() -> None:
    assert list(standards.SCORES) == sorted(standards.SCORES)
    assert len(standards.SCORES) == 21
    assert standards.percentile(0) == 0
    assert standards.percentile(standards.SCORES[10]) <= 50
    middle = standards.percentile((standards.SCORES[1] + standards.SCORES[2]) / 2)
    assert middle == 7.5
    assert standards.table_of([]) == ()
    assert standards.percentile(200, standards.table_of([50, 60])) == 100


def test_ones_own_standards(store: Path) -> None:
    opened = connect(store, write=False)
    found = gather(opened, "[78].md")
    opened.close()

    assert "2 documents of this portfolio that fit [78].md" in found.portfolio.standards
    by_path = {each.path: each.of_standards for each in found.documents}
    assert by_path["0.md"] == 0


def test_all_formats_are_written_and_say_the_same(store: Path, tmp_path: Path, run: Run) -> None:
    done = run("portfolio", store, "--output", "out")

    assert done.status == 0
    report = json.loads((tmp_path / "out" / "portfolio.json").read_text(encoding="utf-8"))
    assert report["schema"] == "trustaudit/portfolio/1"
    assert report["documents"] == {"read": 10, "unreadable": 1, "quarantined": 0}
    assert report["clusters"][0]["repaired"] == 7
    lines = (tmp_path / "out" / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 10
    markdown = (tmp_path / "out" / "portfolio.md").read_text(encoding="utf-8")
    assert "One change would repair 7 documents" in markdown
    assert "&lt;b&gt;" in markdown
    assert "<b>" not in markdown
    page = (tmp_path / "out" / "portfolio.html").read_text(encoding="utf-8")
    assert "One change would repair 7 documents" in page
    assert "&lt;b&gt;&amp;broken.pdf" in page
    assert "<b>&broken" not in page


def test_the_same_store_makes_the_same_bytes(store: Path, tmp_path: Path) -> None:
    first, second = (portfolio(store, tmp_path / name) for name in ("one", "two"))

    for one, two in zip(first.paths, second.paths, strict=True):
        assert one.read_bytes() == two.read_bytes()


def test_parts_of_an_earlier_report_do_not_stay(store: Path, tmp_path: Path) -> None:
    (tmp_path / "portfolio-data").mkdir()
    (tmp_path / "portfolio-data" / "part-0007.js").write_text("old")

    portfolio(store, tmp_path, formats=["html"])

    assert [each.name for each in (tmp_path / "portfolio-data").iterdir()] == ["part-0001.js"]
    assert not (tmp_path / "portfolio.md").exists()


def test_what_a_path_holds_ends_no_script() -> None:
    path = "</script><script>alert(1)</script>\u2028\n\\'\"\ud800.md"
    row = Standing(path, "contract", "A", 1.0, 0.0, 0, 0, None, 10)

    text = portfolio_html.part(1, [row])

    assert "</script" not in text
    assert text.isascii()
    assert text.count("\n") == 1


def test_an_empty_store_and_none_at_all(tmp_path: Path, run: Run) -> None:
    connect(tmp_path / "empty.db", write=True).close()

    assert run("portfolio", "empty.db", "--output", "out").status == 0
    done = run("portfolio", "none.db", "--output", "out")
    assert done.status == 2
    assert "no such store" in done.err
    with pytest.raises(StoreError):
        portfolio(tmp_path / "none.db", tmp_path)


def test_a_folder_that_cannot_be_written_is_named(store: Path, tmp_path: Path, run: Run) -> None:
    (tmp_path / "file").write_text("")

    done = run("portfolio", store, "--output", "file/below")

    assert done.status == 2
    assert "cannot be written" in done.err or "file" in done.err
    assert "Traceback" not in done.err
