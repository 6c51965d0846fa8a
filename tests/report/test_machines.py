"""SARIF, GitLab Code Quality, JUnit, GitHub annotations and CSV, as their readers demand them."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from trustaudit import report
from trustaudit.audit import Audit, Effect, Severity
from trustaudit.document import Place
from trustaudit.report import as_github, as_sarif
from trustaudit.report.issues import uri

from . import sample


def _many(amount: int, severity: Severity) -> Audit:
    """A document with so many findings of one severity."""
    audit = sample.message()
    found = replace(audit.findings[0], severity=severity)
    return replace(audit, findings=tuple(replace(found, fingerprint=f"{at:x}") for at in range(amount)))


def _sarif(*audits: Audit) -> Any:
    return json.loads(report.sarif(audits or sample.every(), sample.UNREADABLE))


def _run() -> Any:
    log = _sarif()
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    return run


def test_sarif_names_every_rule_it_uses() -> None:
    run = _run()
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({rule["id"] for rule in rules})
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    described = [rule for rule in rules if "properties" in rule]
    assert described
    for rule in described:
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["shortDescription"]["text"]
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["properties"]["precision"] in ("high", "medium", "low")
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")


def test_sarif_places_are_what_github_needs() -> None:
    for result in _run()["results"]:
        location = result["locations"][0]["physicalLocation"]
        region = location["region"]
        assert region["startLine"] >= 1
        assert region.get("endLine", region["startLine"]) >= region["startLine"]
        if "startColumn" in region and region["endLine"] == region["startLine"]:
            assert region["endColumn"] > region["startColumn"] >= 1
        assert not location["artifactLocation"]["uri"].startswith("/")
        assert result["message"]["text"]
        assert result["level"] in ("error", "warning", "note", "none")


def test_sarif_says_page_and_words_of_a_file_without_lines() -> None:
    texts = [
        each["message"]["text"]
        for each in _run()["results"]
        if each["ruleId"] == "one-sided/unilateral-change"
    ]
    assert texts
    assert all("(page 1)" in text and "without notice, modify these terms" in text for text in texts)


def test_sarif_columns_are_those_of_the_source() -> None:
    (result,) = [each for each in _run()["results"] if each["ruleId"] == "money-first/condition"]
    region = result["locations"][0]["physicalLocation"]["region"]
    line = sample.REMINDER.splitlines()[region["startLine"] - 1]
    assert (
        line[region["startColumn"] - 1 : region["endColumn"] - 1]
        == "will be required before the start of the meeting"
    )
    assert region["snippet"]["text"] == "will be required before the start of the meeting"


def test_sarif_region_is_never_empty() -> None:
    audit = sample.message()
    nowhere = replace(audit.findings[0], start=5, end=5, quote="", place=Place(None, None, 1, 6, 1, 6))
    (result,) = _sarif(replace(audit, findings=(nowhere,)))["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "endLine": 1, "startColumn": 6, "endColumn": 7}


def test_sarif_counts_what_is_suppressed_and_says_what_was_not_read() -> None:
    run = _run()
    (hidden,) = [each for each in run["results"] if "suppressions" in each]
    assert hidden["suppressions"][0]["justification"] == "agreed with the works council"
    notes = [each["message"]["text"] for each in run["invocations"][0]["toolExecutionNotifications"]]
    assert notes[0] == "Could not be read: an old binary Word file: save it as .docx"
    assert "Not read: page 4: a scanned picture without a text layer" in notes


def test_fingerprints_are_stable_and_each_its_own() -> None:
    for name in ("sarif", "gitlab"):
        first = report.FORMATS[name](sample.every(), ())
        assert first == report.FORMATS[name](sample.every(), ())
    prints = [each["partialFingerprints"]["trustaudit/v1"] for each in _run()["results"]]
    assert len(prints) == len(set(prints))
    moved = replace(
        sample.contract(),
        findings=tuple(replace(each, place=Place(9)) for each in sample.contract().findings),
    )
    assert {_finger(each) for each in _sarif(moved)["runs"][0]["results"]} == {
        _finger(each) for each in _sarif(sample.contract())["runs"][0]["results"]
    }


def _finger(result: Any) -> str:
    return str(result["partialFingerprints"]["trustaudit/v1"])


def test_sarif_keeps_the_worst_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_sarif, "MOST_RESULTS", 5)
    results = _sarif(_many(20, Severity.MINOR), sample.contract())["runs"][0]["results"]
    assert [each["level"] for each in results if "suppressions" not in each] == ["error"] * 5


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a b/ü.txt", "a%20b/%C3%BC.txt"), ("./a.txt", "a.txt"), ("/x/y.pdf", "file:///x/y.pdf"),
        ("C:\\x\\y z.pdf", "file:///C:/x/y%20z.pdf"), ("a\\b.txt", "a/b.txt"), ("", "stdin"), ("x%2e:y", "x%252e%3Ay"),
    ],
)  # fmt: skip
def test_paths_become_addresses(path: str, expected: str) -> None:
    assert uri(path) == expected


def test_gitlab_has_what_its_schema_wants() -> None:
    entries = json.loads(report.gitlab(sample.every(), sample.UNREADABLE))
    prints = [each["fingerprint"] for each in entries]
    assert len(prints) == len(set(prints)) == 13
    for each in entries:
        assert set(each) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert each["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert each["location"]["lines"]["begin"] >= 1
        assert each["location"]["path"]
    assert not [each for each in entries if each["check_name"].startswith("care/")]


def test_junit_counts_add_up_and_nothing_is_silent() -> None:
    root = ET.fromstring(report.junit(sample.every(), sample.UNREADABLE))
    assert [suite.get("name") for suite in root] == [
        *(audit.document.name for audit in sample.every()), "drafts/old terms.doc",
    ]  # fmt: skip
    for name, tag in (("tests", "testcase"), ("errors", "testcase[error]"), ("skipped", "testcase[skipped]")):
        assert int(str(root.get(name))) == sum(int(str(suite.get(name))) for suite in root)
        assert int(str(root.get(name))) == len(root.findall(f"testsuite/{tag}"))
    reasons = [str(each.get("message")) for each in root.iter("skipped")]
    assert "could-not-tell: page 4 is a picture: its colours were not measured" in reasons
    failing = {case.get("name") for case in root.iter("testcase") if case.find("failure") is not None}
    expected = {
        each.rule for audit in sample.every() for each in audit.findings if each.effect is Effect.WITHDRAWAL
    }
    assert failing == expected


def test_annotations_are_worst_first_and_within_the_caps() -> None:
    audits = [_many(14, Severity.MINOR), _many(3, Severity.CRITICAL)]
    lines = report.github(audits).splitlines()
    assert [re.match(r"::(\w+)", line).group(1) for line in lines[:13]] == ["error"] * 3 + ["warning"] * 10  # type: ignore[union-attr]
    assert lines[13] == "4 more, beyond what is shown as annotations:"
    assert len(lines) == 18
    assert as_github.CAP == 10
    assert not [line for line in lines[13:] if line.startswith("::")]


def test_an_annotation_stands_on_its_line() -> None:
    line = report.github([sample.message()]).splitlines()[0]
    assert line.startswith(
        "::error file=reminder.txt,line=3,endLine=3,col=29,endColumn=77,title=Service hangs on payment::"
    )


def test_csv_has_a_row_for_everything() -> None:
    text = report.csv(sample.every(), sample.UNREADABLE)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == 13 + 3 + 1 + 1 + 1
    assert rows[-1]["path"] == "drafts/old terms.doc"
    assert rows[-1]["unread"] == "an old binary Word file: save it as .docx"
    assert {row["grade"] for row in rows if row["path"] == "scans/terms.pdf"} == {""}
    quotes = [row["quote"] for row in rows if row["path"] == "contracts/master services.pdf"]
    assert quotes == [found.quote for found in sample.contract().findings]
