"""Sidecar files: for formats without comments, checked like settings, and told when their file is gone."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest

from tests.cli.shell import Run


def paper(path: Path) -> Path:
    made = docx.Document()
    made.add_heading("Terms", 1)
    made.add_paragraph("You pay a handling charge for each order.")
    made.add_paragraph("You pay a late charge after thirty days.")
    made.save(str(path))
    return path


def beside(path: Path, text: str) -> None:
    path.with_name(path.name + ".trustaudit.yaml").write_text(text, encoding="utf-8")


def test_entries_by_rule_quote_and_fingerprint(run: Run, house: Path) -> None:
    paper(house / "terms.docx")
    report = json.loads(run("scan", "terms.docx", "--format", "json").out)["documents"][0]
    late = next(each for each in report["findings"] if each["rule"] == "fees/late-charge")
    beside(
        house / "terms.docx",
        "ignore:\n"
        "  - {rule: fees/handling-charge, quote: Handling  CHARGE, reason: agreed, until: 2027-03-01}\n"
        f"  - {{rule: fees/late-charge, fingerprint: '{late['fingerprint'][:12]}', reason: the law allows it}}\n",
    )
    ran = run("scan", "terms.docx", "--format", "json", "--today", "2027-01-01", "--fail-on", "info")
    assert (ran.status, ran.err) == (0, "")
    hidden = json.loads(ran.out)["documents"][0]["suppressed"]
    assert [(each["reason"], each["until"]) for each in hidden] == [
        ("agreed", "2027-03-01"), ("the law allows it", None),
    ]  # fmt: skip
    assert hidden[0]["where"] == "terms.docx.trustaudit.yaml: entry 1"
    assert run("scan", "terms.docx", "--today", "2027-03-02").status == 1


def test_a_folder_s_file_speaks_of_what_its_patterns_match(run: Run, house: Path) -> None:
    (house / "sub").mkdir()
    paper(house / "sub" / "terms.docx")
    (house / ".trustaudit-ignore.yaml").write_text(
        "ignore:\n  - {path: sub/*.docx, rule: fees/, reason: under review}\n", encoding="utf-8"
    )
    assert run("scan", "sub/terms.docx").status == 0
    assert run("scan", "terms.md").status == 1


def test_unused_entries_are_said_unless_their_rule_did_not_run(run: Run, house: Path) -> None:
    paper(house / "terms.docx")
    beside(house / "terms.docx", "ignore: [{rule: fees/late-charge, quote: early, reason: agreed}]\n")
    ran = run("scan", "terms.docx")
    assert ran.err == (
        "terms.docx.trustaudit.yaml: entry 1: this suppression of fees/late-charge is not used; take it out\n"
    )
    assert run("scan", "terms.docx", "--select", "fees/handling-charge").err == ""


def test_the_file_that_it_speaks_of_is_gone(run: Run, house: Path) -> None:
    beside(house / "gone.pdf", "ignore: []\n")
    ran = run("scan", ".", "--format", "json")
    assert "gone.pdf.trustaudit.yaml: the file that it speaks of, gone.pdf, is gone; take it out\n" in ran.err
    assert [each["path"] for each in json.loads(ran.out)["documents"]] == ["terms.md"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ignore: [", "not valid YAML"),
        ("- a", 'must hold one list, "ignore:"'),
        ("ignore: {}", 'must hold one list, "ignore:"'),
        ("ignore: []\nmore: 1", 'must hold one list, "ignore:"'),
        ("ignore: [5]", "entry 1: must have the keys"),
        ("ignore: [{rule: fees/, because: x}]", 'entry 1: unknown key "because"'),
        ("ignore: [{rule: fees/, reson: x}]", 'did you mean "reason"?'),
        ("ignore: [{rule: fees/}]", "entry 1: gives no reason"),
        ("ignore: [{reason: x}]", "entry 1: it names no rule"),
        ("ignore: [{rule: '*', reason: x}]", "it would hide every rule"),
        ("ignore: [{rule: fees/, reason: x, until: 2027-13-01}]", '"2027-13-01" is no day'),
        ("ignore: [{rule: fees/, reason: x, fingerprint: 12}]", "fingerprint must be a text"),
        ("ignore: [{rule: fees/, reason: x, path: y}]", "has a path"),
        ("ignore: " + "[" * 5000, "not valid YAML"),
        ("ignore: !!python/object/apply:os.system [exit]", "not valid YAML"),
    ],
)
def test_a_bad_sidecar_is_an_error(run: Run, house: Path, text: str, said: str) -> None:
    paper(house / "terms.docx")
    beside(house / "terms.docx", text)
    ran = run("scan", "terms.docx")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("error: terms.docx.trustaudit.yaml")
    assert said in ran.err
