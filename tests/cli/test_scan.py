"""``trustaudit scan``: what it reads, says, writes, and with which status it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.shell import Run
from trustaudit.audit import Unreadable
from trustaudit.cli.run import Done
from trustaudit.cli.scan import command

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def test_a_finding_at_or_above_the_default_fails(run: Run, stacked: Path) -> None:
    ran = run("scan", stacked)
    assert ran.status == 1
    assert "modify these terms" in ran.out
    assert ran.err == ""


def test_nothing_found_is_clean(run: Run, plain: Path) -> None:
    assert run("scan", plain, "--fail-on", "minor").status == 0


def test_fail_on_never_still_reports(run: Run, stacked: Path) -> None:
    ran = run("scan", stacked, "--fail-on", "never")
    assert ran.status == 0
    assert "modify these terms" in ran.out


def test_what_gives_trust_never_fails(run: Run, tmp_path: Path) -> None:
    thanks = tmp_path / "thanks.txt"
    thanks.write_text(
        "Dear Ms Adler,\n\nThank you for the ten years that you have trusted us.\n", encoding="utf-8"
    )
    ran = run(
        "scan", thanks, "--kind", "message", "--select", "care/", "--format", "json", "--fail-on", "info"
    )
    document = json.loads(ran.out)["documents"][0]
    assert {finding["effect"] for finding in document["findings"]} == {"deposit"}
    assert ran.status == 0


def test_several_files_are_reported_in_the_order_of_the_arguments(
    run: Run, stacked: Path, plain: Path
) -> None:
    ran = run("scan", stacked, plain, stacked, "--format", "json")
    assert [Path(document["path"]).name for document in json.loads(ran.out)["documents"]] == [
        "stacked.md",
        "plain.md",
    ]


def test_workers_find_what_one_process_finds(run: Run, stacked: Path, plain: Path) -> None:
    alone = run("scan", stacked, plain, "--format", "json")
    together = run("scan", stacked, plain, "--format", "json", "--jobs", "2")
    assert alone == together


def test_standard_input_has_a_name_and_a_type(run: Run) -> None:
    data = b"<html><body><p>We may, at any time and without notice, modify these terms.</p></body></html>"
    ran = run("scan", "-", "--stdin-name", "terms.html", "--format", "json", "--kind", "contract", stdin=data)
    document = json.loads(ran.out)["documents"][0]
    assert (document["path"], document["media_type"]) == ("terms.html", "text/html")
    assert ran.status == 1


def test_an_unreadable_file_among_many_is_reported(run: Run, plain: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing more")
    ran = run("scan", broken, plain, "--format", "json")
    report = json.loads(ran.out)
    assert [Path(entry["path"]).name for entry in report["unreadable"]] == ["broken.pdf"]
    assert len(report["documents"]) == 1
    assert ran.status == 0
    assert run("scan", broken, plain, "--strict").status == 2


def test_only_unreadable_files_is_a_run_that_could_not_run(run: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing more")
    assert run("scan", broken).status == 2


def test_a_missing_file_fails_but_the_others_are_reported(run: Run, stacked: Path) -> None:
    ran = run("scan", "nowhere.pdf", stacked)
    assert ran.status == 2
    assert "nowhere.pdf: no such file" in ran.err
    assert "modify these terms" in ran.out


def test_nothing_to_read_is_an_error_of_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path in ("nowhere.pdf", "*.nothing", "empty"):
        ran = run("scan", path)
        assert ran.status == 2
        assert ran.err.count("\n") == 1
        assert path in ran.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--select", "one-sided/unilateral-chnage"], "one-sided/unilateral-change"),
        (["--ignore", "one-sidde/"], "one-sided"),
        (["--kind", "contrakt"], "contract"),
        (["--max-fine-print", "15"], "0.15 or 15%"),
        (["--min-score", "101"], "101"),
        (["--fail-on", "blocker"], "major"),
        (["--outptu", "x"], "--output"),
        (["--output", "no/such/folder/report.html"], "does not exist"),
        (["--output", "report.xyz"], "--format"),
        (["--jobs", "-1"], "-1"),
    ],
)
def test_bad_usage_names_the_mend(run: Run, plain: Path, arguments: list[str], says: str) -> None:
    ran = run("scan", plain, *arguments)
    assert ran.status == 2
    assert says in ran.err
    assert ran.err.count("\n") <= 2
    assert ran.out == ""


def test_select_and_ignore_take_families(run: Run, stacked: Path) -> None:
    rules = json.loads(run("scan", stacked, "--format", "json", "--select", "care/").out)["documents"][0][
        "outcomes"
    ]
    assert {entry["rule"].split("/")[0] for entry in rules} == {"care"}
    assert (
        run("scan", stacked, "--ignore", "one-sided/", "--ignore", "change/", "--fail-on", "critical").status
        == 0
    )


def test_own_rules_are_added(run: Run, plain: Path, tmp_path: Path) -> None:
    assert run("rules", "new", "ours/free-word", "--into", tmp_path / "ours").status == 0
    ran = run("scan", plain, "--rules", tmp_path / "ours", "--format", "json")
    assert "ours/free-word" in {entry["rule"] for entry in json.loads(ran.out)["documents"][0]["outcomes"]}


def test_the_fine_print_gate(run: Run) -> None:
    contract = EXAMPLES / "services-agreement.pdf"
    assert run("scan", contract, "--fail-on", "never", "--max-fine-print", "90%").status == 0
    ran = run("scan", contract, "--fail-on", "never", "--max-fine-print", "0.05")
    assert ran.status == 1
    assert "more than 5.0% (--max-fine-print)" in ran.err


def test_the_score_gate(run: Run, stacked: Path) -> None:
    ran = run("scan", stacked, "--fail-on", "never", "--min-score", "99.5")
    if "not checked" in ran.err:  # too short for a score: said, and no pass either when strict
        assert run("scan", stacked, "--fail-on", "never", "--min-score", "99.5", "--strict").status == 2
    else:
        assert ran.status == 1
        assert "under 99.5 (--min-score)" in ran.err


def test_an_unmeasured_gate_is_said_and_strict_counts_it(run: Run, plain: Path) -> None:
    text = plain.with_suffix(".txt")
    plain.rename(text)
    ran = run("scan", text, "--max-fine-print", "0.5")
    assert (ran.status, "not checked" in ran.err) == (0, True)
    assert run("scan", text, "--max-fine-print", "0.5", "--strict").status == 2


def test_settings_from_a_file_hold_and_the_command_line_is_stronger(run: Run, stacked: Path) -> None:
    (stacked.parent / "trustaudit.toml").write_text('fail_on = "never"\nformat = "json"\n', encoding="utf-8")
    ran = run("scan", stacked)
    assert ran.status == 0
    assert ran.out.startswith("{")
    assert run("scan", stacked, "--fail-on", "major").status == 1


def test_a_named_settings_file(run: Run, stacked: Path, tmp_path: Path) -> None:
    named = tmp_path / "strict.toml"
    named.write_text('fail_on = "never"\n', encoding="utf-8")
    assert run("scan", stacked, "--config", named).status == 0


def test_settings_differ_by_path(run: Run, tmp_path: Path) -> None:
    (tmp_path / "trustaudit.toml").write_text(
        '[[paths]]\nmatch = "mail/**"\nkind = "message"\n[[paths]]\nmatch = "*.md"\nkind = "contract"\n',
        encoding="utf-8",
    )
    (tmp_path / "mail").mkdir()
    for name in ("a.md", "mail/b.txt", "c.md"):
        (tmp_path / name).write_text("Thank you for coming to see us.\n", encoding="utf-8")
    documents = json.loads(run("scan", ".", "--format", "json").out)["documents"]
    assert [(document["path"], document["kind"]) for document in documents] == [
        ("a.md", "contract"),
        ("c.md", "contract"),
        ("mail/b.txt", "message"),
    ]


def test_bad_settings_stop_the_run_with_file_and_line(run: Run, plain: Path) -> None:
    (plain.parent / "trustaudit.toml").write_text('company = "Acme"\nfail-on = "major"\n', encoding="utf-8")
    ran = run("scan", plain)
    assert ran.status == 2
    assert 'trustaudit.toml:2: unknown key "fail-on"; did you mean "fail_on"?' in ran.err


def test_a_bad_rule_stops_the_run_with_file_and_line(run: Run, plain: Path, tmp_path: Path) -> None:
    rule = tmp_path / "own" / "x" / "y.yaml"
    rule.parent.mkdir(parents=True)
    rule.write_text("title: A rule\nseverty: minor\n", encoding="utf-8")
    ran = run("scan", plain, "--rules", tmp_path / "own")
    assert ran.status == 2
    assert "y.yaml" in ran.err
    assert "severity" in ran.err
    assert "Traceback" not in ran.err


def test_every_option_of_the_settings_is_an_option_of_the_command() -> None:
    names = {parameter.name for parameter in command.params}
    assert {"company", "customer", "kind", "audience", "fail_on", "max_fine_print", "min_score"} <= names
    assert {"select", "ignore", "rules", "jobs", "format", "config", "strict", "stdin_name"} <= names
    assert Done((), ()).missing == ()


def test_no_file_is_lost_silently(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stops_early(paths: list[Path], **_: object) -> list[Unreadable]:
        return [Unreadable(str(paths[0]), "a reason of its own")]

    monkeypatch.setattr("trustaudit.batch.scan_many", stops_early)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("text", encoding="utf-8")
    ran = run("scan", ".", "--format", "json")
    assert [entry["path"] for entry in json.loads(ran.out)["unreadable"]] == ["a.txt", "b.txt", "c.txt"]
    assert ran.status == 2


def test_many_files_more_than_the_workers_have_room_for(run: Run, tmp_path: Path) -> None:
    """The first one slow, the others quick: all come out, in order."""
    slow = "We may, at any time and without notice, modify these terms. " * 4000
    for number in range(60):
        (tmp_path / f"{number:02}.txt").write_text(
            slow if number % 20 == 0 else "Thank you.", encoding="utf-8"
        )
    ran = run("scan", ".", "--jobs", "2", "--format", "json", "--fail-on", "never")
    report = json.loads(ran.out)
    assert report["unreadable"] == []
    assert [document["path"] for document in report["documents"]] == [
        f"{number:02}.txt" for number in range(60)
    ]
