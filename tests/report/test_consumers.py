"""The reports for machines, read by programs that others wrote, and held against what services demand of them."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import junitparser
import pytest
import sarif.loader  # type: ignore[import-untyped]

from tests.report import sample
from tests.report.sarif_shape import LOG
from trustaudit import report, scan
from trustaudit.audit import Audit, Suppressed, Unreadable
from trustaudit.report.issues import issues

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
OFFICIAL = os.environ.get("TRUSTAUDIT_SARIF_SCHEMA", "")
"""A copy of the schema that OASIS publishes, for who has one: the log is then held against it too."""


@pytest.fixture(scope="module")
def audits() -> tuple[Audit, ...]:
    """A PDF, a DOCX, Markdown, HTML and e-mail, one finding of each suppressed."""
    names = ["services-agreement.pdf", "prototype-term-sheet.docx", "terms.md"]
    paths = [*(EXAMPLES / name for name in names), *sorted((EXAMPLES / "reminders").iterdir())]
    made = []
    for path in paths:
        audit = scan(path.read_bytes(), name=f"papers/{path.name}")
        found = [issue.finding for issue in issues([audit])][-1:]
        why = ("agreed for now", "2027-01-31", "x.yaml: entry 1")
        hidden = [Suppressed(each.fingerprint, each.rule, *why) for each in found]
        gone = Suppressed("0" * 64, "one-sided/home-venue", "of a baseline", "", "baseline.json")
        made.append(replace(audit, suppressed=(*hidden, gone)))
    return tuple(made)


@pytest.fixture(scope="module")
def log(audits: tuple[Audit, ...]) -> Any:
    return json.loads(report.sarif(audits, sample.UNREADABLE))


def test_sarif_is_what_the_standard_says(log: Any) -> None:
    jsonschema.validate(log, LOG)
    jsonschema.validate(json.loads(report.sarif(sample.every(), sample.UNREADABLE)), LOG)
    jsonschema.validate(json.loads(report.sarif([])), LOG)
    if OFFICIAL:
        jsonschema.validate(log, json.loads(Path(OFFICIAL).read_text(encoding="utf-8")))


def test_the_shape_would_see_what_is_wrong(log: Any) -> None:
    for spoil in ("ruleID", "locations"):
        spoilt = json.loads(json.dumps(log))
        result = spoilt["runs"][0]["results"][0]
        result[spoil] = "x"
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(spoilt, LOG)


def test_sarif_has_what_github_requires(log: Any) -> None:
    """https://docs.github.com/code-security/code-scanning: SARIF support, required properties."""
    (run,) = log["runs"]
    for rule in run["tool"]["driver"]["rules"]:
        assert len(rule["id"]) <= 255
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert len(rule.get("properties", {}).get("tags", [])) <= 10
    described = [rule for rule in run["tool"]["driver"]["rules"] if "defaultConfiguration" in rule]
    assert all(rule["help"]["markdown"] for rule in described)
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert set(place["region"]) >= {"startLine", "startColumn", "endLine", "endColumn"}
        assert not place["artifactLocation"]["uri"].startswith(("/", "file:", ".."))
        assert result["partialFingerprints"]["primaryLocationLineHash"]


def test_every_suppressed_result_says_why_and_its_rule_is_described(log: Any) -> None:
    (run,) = log["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    hidden = [each for each in run["results"] if "suppressions" in each]
    assert hidden
    for each in hidden:
        assert each["suppressions"][0]["justification"]
        assert rules[each["ruleId"]]["fullDescription"]["text"]


def test_a_file_without_lines_has_line_one_and_says_page_and_words(log: Any) -> None:
    (run,) = log["runs"]
    pages = [
        each
        for each in run["results"]
        if each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith(".pdf")
    ]
    placed = [each for each in pages if "snippet" in each["locations"][0]["physicalLocation"]["region"]]
    assert placed
    for each in placed:
        region = each["locations"][0]["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) == (1, 1)
        assert "(page " in each["message"]["text"]
        assert region["snippet"]["text"].split()[0] in each["message"]["text"]


def test_five_thousand_results_are_the_worst_and_fit() -> None:
    audit = sample.contract()
    many = replace(
        audit,
        findings=tuple(
            replace(found, fingerprint=f"{at}-{found.fingerprint}", root="")
            for at in range(2500)
            for found in audit.findings
        ),
    )
    text = report.sarif([many])
    results = json.loads(text)["runs"][0]["results"]
    assert len(results) == 5000
    assert len(gzip.compress(text.encode())) < 10_000_000
    left_out = {"error": 3, "warning": 2, "note": 1}
    total: dict[str, int] = {}
    for issue in issues([many]):
        level = {"critical": "error", "major": "error", "minor": "warning", "info": "note"}[
            issue.finding.severity
        ]
        total[level] = total.get(level, 0) + 1
    kept = {level: sum(each["level"] == level for each in results) for level in left_out}
    room = 5000
    for level in ("error", "warning", "note"):
        assert kept[level] == min(total.get(level, 0), room)
        room -= kept[level]


def test_sarif_tools_reads_the_log(audits: tuple[Audit, ...], tmp_path: Path) -> None:
    path = tmp_path / "audit.sarif"
    path.write_text(report.sarif(audits, sample.UNREADABLE), encoding="utf-8")
    read = sarif.loader.load_sarif_file(str(path))
    assert read.get_distinct_tool_names() == ["trustaudit"]
    records = read.get_records()
    assert len(records) == len(issues(audits)) + sum(len(audit.suppressed) for audit in audits)
    first = issues(audits)[0]
    assert any(
        record["Location"] == first.path and first.finding.rule in record["Code"] for record in records
    )
    assert all(record["Line"] >= 1 for record in records)


def test_junitparser_reads_the_suites(audits: tuple[Audit, ...]) -> None:
    read = junitparser.JUnitXml.fromstring(report.junit(audits, sample.UNREADABLE).encode())
    assert isinstance(read, junitparser.JUnitXml)
    suites = list(read)
    assert [suite.name for suite in suites] == [
        *(audit.document.name for audit in audits),
        "drafts/old terms.doc",
    ]
    for suite in suites:
        cases = list(suite)
        assert suite.tests == len(cases)
        results = [type(result) for case in cases for result in case.result[:1]]
        assert suite.failures == results.count(junitparser.Failure)
        assert suite.errors == results.count(junitparser.Error)
        assert suite.skipped == results.count(junitparser.Skipped)
    assert read.tests == sum(suite.tests for suite in suites)
    assert read.failures > 0


def test_checkstyle_is_read_by_its_own_rules(audits: tuple[Audit, ...]) -> None:
    """What readers of Checkstyle's XML take: files, and in them errors with line, severity, message, source."""
    from lxml import etree

    grammar = etree.DTD(
        io.StringIO(
            "<!ELEMENT checkstyle (file*)><!ATTLIST checkstyle version CDATA #REQUIRED>"
            "<!ELEMENT file (error*)><!ATTLIST file name CDATA #REQUIRED>"
            "<!ELEMENT error EMPTY><!ATTLIST error line NMTOKEN #REQUIRED column NMTOKEN #IMPLIED"
            " severity (ignore|info|warning|error) #REQUIRED message CDATA #REQUIRED source CDATA #IMPLIED>"
        )
    )
    root = etree.fromstring(report.checkstyle(audits, sample.UNREADABLE).encode())
    assert grammar.validate(root), grammar.error_log
    assert len(list(root.iter("error"))) == len(issues(audits)) + 1


def test_csv_is_read_back_to_the_letter(audits: tuple[Audit, ...]) -> None:
    text = report.csv(audits, sample.UNREADABLE)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert all(None not in row for row in rows)
    expected = [found for audit in audits for found in audit.findings]
    shown = [row for row in rows if row["rule"]]
    assert [(row["rule"], row["fingerprint"]) for row in shown] == [
        (each.rule, each.fingerprint) for each in expected
    ]
    quotes = [row["quote"].removeprefix("'") for row in shown]
    assert quotes == [found.quote for found in expected]
    assert csv.Sniffer().sniff(text[:2000]).delimiter == ","


def test_each_json_line_is_a_report_of_its_own(audits: tuple[Audit, ...]) -> None:
    schema = json.loads(report.schema())
    lines = report.jsonl(audits, sample.UNREADABLE).splitlines()
    assert len(lines) == len(audits) + 1
    for line in lines:
        held = json.loads(line)
        head = {"schema": held.pop("schema"), "tool": held.pop("tool")}
        refused = held.pop("unreadable", None)
        documents = [] if refused else [held]
        jsonschema.validate(
            {**head, "documents": documents, "unreadable": [refused] if refused else []}, schema
        )


def test_a_report_of_nothing_is_read_too() -> None:
    assert junitparser.JUnitXml.fromstring(report.junit([]).encode()).tests == 0
    assert list(csv.DictReader(io.StringIO(report.csv([])))) == []
    only = (Unreadable("a\x00b\ud800.pdf", "]]> & <broken> \x1b[31m"),)
    assert len(list(junitparser.JUnitXml.fromstring(report.junit([], only).encode()))) == 1
    jsonschema.validate(json.loads(report.sarif([], only)), LOG)
