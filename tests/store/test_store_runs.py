"""A second run finds what the first has kept, and every report is what it is without a store."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

import trustaudit
from tests.cli.shell import Run
from tests.store.conftest import CLAUSE, filled, rows, shell
from trustaudit import report
from trustaudit.audit import Unreadable
from trustaudit.batch.store_session import session
from trustaudit.errors import TrustauditError

ROOT = Path(__file__).resolve().parents[2]
FORMATS = (
    "json",
    "html",
    "markdown",
    "sarif",
    "csv",
    "terminal",
    "junit",
    "jsonl",
    "gitlab",
    "github",
    "checkstyle",
)


def test_every_format_is_the_same_with_a_store_and_out_of_it(tmp_path: Path, run: Run) -> None:
    papers = tmp_path / "papers"
    shutil.copytree(ROOT / "examples", papers, ignore=shutil.ignore_patterns("*.py", "source", "journey*"))
    (papers / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    plain = run("scan", "papers", "--format", "json")
    audits = [trustaudit.scan(each["path"]) for each in json.loads(plain.out)["documents"]]
    unreadable = [Unreadable(**each) for each in json.loads(plain.out)["unreadable"]]
    assert len(audits) >= 3
    assert unreadable

    filling = run("scan", "papers", "--format", "json", "--store", "audit.db", "--jobs", "2")

    assert (filling.status, filling.out) == (plain.status, plain.out)
    for name in FORMATS:
        stored = run("scan", "papers", "--format", name, "--no-pictures", "--store", "audit.db")
        assert stored.out.rstrip("\n") == report.FORMATS[name](audits, unreadable).rstrip("\n"), name
        assert "known from before" in stored.err


def test_an_unchanged_file_is_not_read_again(folder: Path, run: Run, seen: Callable[[], list[str]]) -> None:
    run("scan", "papers", "--store", "audit.db", "--jobs", "2")
    assert len(seen()) == 6
    (folder / "003.md").write_text(f"# Terms\n\nNew. {CLAUSE}")

    again = run("scan", "papers", "--store", "audit.db", "--jobs", "2")

    assert seen()[6:] == ["003.md"]
    assert "1 audited, 5 known from before" in again.err


def test_a_run_that_finds_everything_loads_no_reader_and_no_rules(folder: Path) -> None:
    shell("scan", "papers", "--store", "audit.db", cwd=folder.parent)
    code = (
        "import sys; from trustaudit.cli import main; main(['scan', 'papers', '--store', 'audit.db']); "
        "print(*[name for name in ('spacy', 'yaml', 'pydantic', 'jinja2', 'trustaudit.pipeline', "
        "'trustaudit.parsing', 'trustaudit.engine') if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder.parent, capture_output=True, text=True, check=True
    )

    assert "6 known from before" in done.stderr
    assert done.stdout.splitlines()[-1] == ""


def test_other_rules_run_on_the_cached_text(folder: Path, run: Run, seen: Callable[[], list[str]]) -> None:
    run("scan", "papers", "--store", "audit.db")
    parsed = seen()

    other = run("scan", "papers", "--store", "audit.db", "--ignore", "layout", "--format", "json")
    back = run("scan", "papers", "--store", "audit.db")

    assert seen() == parsed, "nothing is parsed twice"
    assert "6 audited" in other.err
    assert other.out == run("scan", "papers", "--ignore", "layout", "--format", "json").out
    assert "6 known from before" in back.err
    assert rows(folder.parent / "audit.db", "SELECT count(*) FROM texts") == [(6,)]


def test_own_rules_that_change_are_run_again(folder: Path, run: Run, seen: Callable[[], list[str]]) -> None:
    rule = folder.parent / "rules" / "own" / "fees.yaml"
    rule.parent.mkdir(parents=True)
    text = (ROOT / "rules" / "one-sided").glob("*.yaml").__next__().read_text(encoding="utf-8")
    rule.write_text(text, encoding="utf-8")
    run("scan", "papers", "--store", "audit.db", "--rules", "rules")

    rule.write_text(text + "# changed\n", encoding="utf-8")
    again = run("scan", "papers", "--store", "audit.db", "--rules", "rules")

    assert "6 audited" in again.err
    assert len(seen()) == 6


def test_the_same_file_under_two_names_is_audited_once_and_listed_twice(folder: Path, run: Run) -> None:
    shutil.copy(folder / "001.md", folder / "copy.md")

    run("scan", "papers", "--store", "audit.db", "--jobs", "1")
    report = run("scan", "papers", "--store", "audit.db", "--format", "json")

    store = folder.parent / "audit.db"
    assert rows(store, "SELECT count(*) FROM audits") == [(6,)]
    assert rows(store, "SELECT count(*) FROM documents") == [(7,)]
    named = {Path(each["path"]).name: each["findings"] for each in json.loads(report.out)["documents"]}
    assert named["copy.md"] == named["001.md"]


def test_a_name_that_speaks_is_heard(tmp_path: Path, run: Run) -> None:
    """What a message's path says about its channel belongs to the result."""
    text = "Hi Ana, your visit is tomorrow at 10. Thank you for choosing us."
    for name in ("sms", "letters"):
        (tmp_path / "box" / name).mkdir(parents=True)
        (tmp_path / "box" / name / "note.txt").write_text(text)

    stored = run("scan", "box", "--store", "audit.db", "--format", "json", "--kind", "message")

    assert stored.out == run("scan", "box", "--format", "json", "--kind", "message").out
    channels = [each["message"]["channel"] for each in json.loads(stored.out)["documents"]]
    assert channels == ["letter", "sms"]


def test_a_touched_file_is_known_by_its_bytes(folder: Path, run: Run, seen: Callable[[], list[str]]) -> None:
    run("scan", "papers", "--store", "audit.db")
    os.utime(folder / "002.md", (1_000_000_000, 1_000_000_000))

    again = run("scan", "papers", "--store", "audit.db")

    assert "6 known from before" in again.err
    assert len(seen()) == 6


def test_a_change_that_keeps_size_and_time_right_after_the_run_is_seen(folder: Path, run: Run) -> None:
    """A file that was changed shortly before it was read is not believed by its stamp."""
    path = folder / "000.md"
    run("scan", "papers", "--store", "audit.db")
    stamp = path.stat()
    path.write_text(path.read_text().replace("modify", "change"))
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert path.stat().st_size == stamp.st_size

    again = run("scan", "papers", "--store", "audit.db")

    assert "1 audited" in again.err


def test_results_may_come_as_they_are_done(folder: Path, run: Run) -> None:
    (folder / "000.md").write_text("# Terms\n\n" + CLAUSE * 150)

    run("scan", "papers", "--store", "audit.db", "--jobs", "2", "--unordered")
    plain = run("scan", "papers", "--unordered", "--jobs", "2", "--format", "json")
    ordered = run("scan", "papers", "--format", "json", "--store", "audit.db")

    def names(text: str) -> list[str]:
        return [each["path"] for each in json.loads(text)["documents"]]

    assert sorted(names(plain.out)) == names(ordered.out)
    assert len(names(ordered.out)) == 6
    assert rows(folder.parent / "audit.db", "SELECT count(*), count(audit_id) FROM documents") == [(6, 6)]


@pytest.mark.parametrize(
    "options", [(), ("--fail-on", "never"), ("--min-score", "99"), ("--max-fine-print", "1%", "--strict")]
)
def test_the_gates_are_those_of_a_run_without_store(folder: Path, run: Run, options: tuple[str, ...]) -> None:
    plain = run("scan", "papers", *options)
    stored = run("scan", "papers", "--store", "audit.db", *options)

    assert stored.status == plain.status
    assert [
        line for line in stored.err.splitlines() if not line.startswith("store:")
    ] == plain.err.splitlines()


def test_what_a_comment_hides_does_not_fail_a_run_in_short(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.md").write_text(
        f"<!-- trustaudit: ignore-file[one-sided, reciprocity, layout, care, process, fine-print, money-first] because of a test -->\n\n# Terms\n\n{CLAUSE}\n"
    )
    plain = run("scan", "a.md")

    assert run("scan", "a.md", "--store", "audit.db").status == plain.status
    assert run("scan", "a.md", "--store", "audit.db").status == plain.status


def test_a_sidecar_that_comes_later_is_heeded(folder: Path, run: Run) -> None:
    only = ("scan", "papers/000.md", "--store", "audit.db", "--select", "one-sided/unilateral-change")
    assert run(*only).status == 1
    (folder / "000.md.trustaudit.yaml").write_text(
        "ignore:\n  - rule: one-sided/unilateral-change\n    reason: agreed with the customers\n"
    )

    assert run(*only).status == 0


def test_a_baseline_works_with_a_store(folder: Path, run: Run) -> None:
    run("scan", "papers", "--store", "audit.db", "--write-baseline", "known.json")
    assert run("scan", "papers", "--store", "audit.db", "--baseline", "known.json").status == 0


def test_the_store_is_not_audited_and_standard_input_is(folder: Path, run: Run) -> None:
    done = run("scan", "papers", "-", "--store", "papers/audit.db", stdin=CLAUSE.encode())
    again = run("scan", "papers", "--store", "papers/audit.db")

    assert "7 documents read" in done.out
    assert "6 documents read" in again.out


def test_retry_needs_a_store(folder: Path, run: Run) -> None:
    done = run("scan", "papers", "--retry")
    assert done.status == 2
    assert "--store" in done.err


def test_what_was_unreadable_is_remembered_until_it_is_to_be_tried_again(
    folder: Path, run: Run, seen: Callable[[], list[str]]
) -> None:
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    first = run("scan", "papers", "--store", "audit.db")
    second = run("scan", "papers", "--store", "audit.db")
    third = run("scan", "papers", "--store", "audit.db", "--retry")

    assert "Unreadable: 1" in first.out
    assert second.out == first.out == third.out
    assert seen().count("broken.pdf") == 2
    (folder / "broken.pdf").unlink()
    assert "Unreadable" not in run("scan", "papers", "--store", "audit.db").out


def test_the_second_run_over_many_files_costs_little(tmp_path: Path) -> None:
    """Here a loose bound that no busy machine breaks; benchmarks measure the figure."""
    papers = filled(tmp_path / "papers", 150)
    took = []
    for _ in range(2):
        begun = time.monotonic()
        assert shell("scan", papers, "--store", tmp_path / "audit.db").returncode == 1
        took.append(time.monotonic() - begun)

    assert took[1] < took[0] / 2


def test_many_settings_share_one_crew(folder: Path, run: Run) -> None:
    lines = [
        f'[[paths]]\nmatch = "papers/{number:03}.md"\naudience = "{audience}"\n'
        for number, audience in enumerate(["consumer", "business"] * 3)
    ]
    (folder.parent / "trustaudit.toml").write_text("".join(lines))

    stored = run("scan", "papers", "--store", "audit.db", "--format", "json")

    assert stored.out == run("scan", "papers", "--format", "json").out
    assert {each["audience"] for each in json.loads(stored.out)["documents"]} == {"consumer", "business"}
    assert rows(folder.parent / "audit.db", "SELECT count(*) FROM requests") == [(2,)]


def test_wrong_rules_are_told_in_one_line(folder: Path, run: Run) -> None:
    (folder.parent / "rules" / "x").mkdir(parents=True)
    (folder.parent / "rules" / "x" / "y.yaml").write_text("titel: wrong\n")

    done = run("scan", "papers", "--store", "audit.db", "--rules", "rules")

    assert done.status == 2
    assert "titel" in done.err
    assert "Traceback" not in done.err


def test_a_store_knows_no_document_twice_by_two_ways_of_naming_it(folder: Path, run: Run) -> None:
    run("scan", "papers", "--store", "audit.db")
    again = run("scan", folder, "./papers/../papers/000.md", "--store", "audit.db")

    assert "known from before" in again.err
    assert "audited" not in again.err
    with session(folder.parent / "audit.db") as held:
        assert held.store.execute("SELECT count(*) FROM documents").fetchone() == (6,)


def test_rules_that_change_under_way_end_the_run_in_one_line(folder: Path) -> None:
    """A result must never be kept under rules that it was not made by."""
    from trustaudit.cli.run import asked
    from trustaudit.settings import Settings

    rules = folder.parent / "rules"
    (rules / "own").mkdir(parents=True)
    text = next((ROOT / "rules" / "one-sided").glob("*.yaml")).read_text(encoding="utf-8")
    (rules / "own" / "fees.yaml").write_text(text, encoding="utf-8")
    names = [str(path) for path in sorted(folder.iterdir())]
    with session(folder.parent / "audit.db") as held:
        number = held.request(asked(folder, Settings(rules=(rules,))))
        (rules / "own" / "fees.yaml").write_text(text + "# changed\n", encoding="utf-8")
        with pytest.raises(TrustauditError, match="changed while the run was under way"):
            list(held.results([(name, number) for name in names], jobs=1))

    assert rows(folder.parent / "audit.db", "SELECT count(*) FROM audits") == [(0,)]


def test_a_report_of_what_has_not_changed_is_not_made_again(folder: Path, run: Run) -> None:
    asked = ("scan", "papers", "--store", "audit.db", "--format", "json")
    first = run(*asked)
    store = folder.parent / "audit.db"
    assert rows(store, "SELECT count(*) FROM reports") == [(1,)]

    again = run(*asked)
    assert (again.out, again.status) == (first.out, first.status)
    with sqlite3.connect(store) as opened:  # it is these bytes that are given
        opened.execute("UPDATE reports SET data = ?", (zlib.compress(b"[]"),))
    assert run(*asked).out == "[]\n"

    (folder / "000.md").write_text(f"# Terms\n\nChanged. {CLAUSE}\n")
    changed = run(*asked)
    assert changed.out == run("scan", "papers", "--format", "json").out
    (folder / "001.md.trustaudit.yaml").write_text(
        "ignore:\n  - rule: one-sided/unilateral-change\n    reason: agreed with the customers\n"
    )
    hidden = run(*asked)
    assert hidden.out == run("scan", "papers", "--format", "json").out
    assert hidden.out != changed.out


def test_only_the_last_reports_are_kept(folder: Path, run: Run) -> None:
    for name in ("json", "csv", "markdown", "sarif", "junit"):
        run("scan", "papers", "--store", "audit.db", "--format", name)

    assert rows(folder.parent / "audit.db", "SELECT count(*) FROM reports") == [(3,)]
