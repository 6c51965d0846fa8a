"""Checkstyle, JSON lines, and the summary of a GitHub step; what is suppressed is a problem in none."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import jsonschema

from tests.report import sample
from trustaudit import report
from trustaudit.audit import Suppressed
from trustaudit.report import as_github_summary
from trustaudit.report.issues import issues


def test_checkstyle_has_every_problem_at_its_line() -> None:
    root = ET.fromstring(report.checkstyle(sample.every(), sample.UNREADABLE))
    assert (root.tag, root.get("version")) == ("checkstyle", "4.3")
    errors = [(file.get("name"), error.get("line"), error.get("source")) for file in root for error in file]
    expected = [(one.path, str(one.line), f"trustaudit.{one.finding.rule}") for one in issues(sample.every())]
    expected += [(one.path, "1", "trustaudit") for one in sample.UNREADABLE]
    assert errors == expected
    assert {error.get("severity") for file in root for error in file} <= {"error", "warning", "info"}


def test_json_lines_are_the_documents_of_the_json_report() -> None:
    lines = [json.loads(line) for line in report.jsonl(sample.every(), sample.UNREADABLE).splitlines()]
    whole = json.loads(report.json(sample.every(), sample.UNREADABLE))
    documents = [line for line in lines if "unreadable" not in line]
    assert [
        {"schema": whole["schema"], "tool": whole["tool"], **each} for each in whole["documents"]
    ] == documents
    assert [line["unreadable"] for line in lines if "unreadable" in line] == whole["unreadable"]


def test_the_json_report_with_suppressions_is_valid() -> None:
    audit = sample.every()[0]
    hidden = Suppressed(audit.findings[0].fingerprint, audit.findings[0].rule, "agreed", "", "a.md:3", True)
    made = json.loads(report.json([replace(audit, suppressed=(hidden,))]))
    jsonschema.validate(made, json.loads(report.schema()))
    assert made["documents"][0]["suppressed"][0]["where"] == "a.md:3"


def test_what_is_suppressed_is_no_problem_and_keeps_its_place_in_sarif() -> None:
    audit = sample.every()[0]
    one = issues([audit])[0]
    hidden = Suppressed(one.finding.fingerprint, one.finding.rule, "agreed", "", "a.md:3", True)
    made = replace(audit, suppressed=(hidden,))
    assert one.finding.fingerprint not in {each.finding.fingerprint for each in issues([made])}
    results = json.loads(report.sarif([made]))["runs"][0]["results"]
    (suppressed,) = [each for each in results if "suppressions" in each]
    (before,) = [
        each
        for each in json.loads(report.sarif([audit]))["runs"][0]["results"]
        if each["partialFingerprints"] == suppressed["partialFingerprints"]
    ]
    assert suppressed["locations"] == before["locations"]
    assert suppressed["suppressions"][0]["kind"] == "inSource"
    assert len(json.loads(report.gitlab([made]))) == len(json.loads(report.gitlab([audit]))) - 1
    assert ET.fromstring(report.checkstyle([made])).findall(".//error") != []
    for text in (report.html([made]), report.markdown([made])):
        assert "agreed" in text
        assert "a.md:3" in text


def test_the_step_summary_stays_within_its_limit(tmp_path: Path) -> None:
    text = report.github_summary(sample.every(), sample.UNREADABLE)
    assert text.count("\n- **") == len(issues(sample.every())) + len(sample.UNREADABLE)
    many = report.github_summary([sample.every()[0]] * 1200)
    assert len(many.encode()) <= as_github_summary.LARGEST
    assert "more, beyond what GitHub takes" in many
