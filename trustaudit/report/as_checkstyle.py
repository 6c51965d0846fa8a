"""Checkstyle XML, for editors and build services: a file for each document, an error for each problem."""

from __future__ import annotations

import xml.etree.ElementTree as ET  # writes, and reads nothing foreign
from collections.abc import Sequence

from trustaudit.audit import Audit, Severity, Unreadable
from trustaudit.report.escaping import one_line
from trustaudit.report.issues import Issue, issues, message

SEVERITIES = {
    Severity.CRITICAL: "error",
    Severity.MAJOR: "error",
    Severity.MINOR: "warning",
    Severity.INFO: "info",
}


def render(audits: Sequence[Audit], unreadable: Sequence[Unreadable]) -> str:
    """The file, indented by two; a document without a problem has an element without children."""
    root = ET.Element("checkstyle", version="4.3")
    for audit in audits:
        element = ET.SubElement(root, "file", name=one_line(audit.document.name))
        for issue in issues([audit]):
            _error(element, issue)
    for each in unreadable:
        element = ET.SubElement(root, "file", name=one_line(each.path))
        words = one_line(f"Could not be read: {each.reason}")
        ET.SubElement(element, "error", line="1", severity="error", message=words, source="trustaudit")
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _error(element: ET.Element, issue: Issue) -> None:
    column = {} if issue.column is None else {"column": str(issue.column)}
    ET.SubElement(
        element, "error", {"line": str(issue.line), **column}, severity=SEVERITIES[issue.finding.severity],
        message=one_line(message(issue)), source=f"trustaudit.{one_line(issue.finding.rule)}",
    )  # fmt: skip
