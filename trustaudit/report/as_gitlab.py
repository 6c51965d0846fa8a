"""GitLab Code Quality: a JSON array of problems, each with a fingerprint of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from trustaudit.audit import Audit, Severity, Unreadable
from trustaudit.report.escaping import one_line, writable
from trustaudit.report.issues import Issue, issues, message

SEVERITIES = {
    Severity.CRITICAL: "critical",
    Severity.MAJOR: "major",
    Severity.MINOR: "minor",
    Severity.INFO: "info",
}


def render(audits: Sequence[Audit], unreadable: Sequence[Unreadable]) -> str:
    """The array, indented by two; a file that could not be read is a problem of its own."""
    entries = [_entry(issue) for issue in issues(audits)] + [_unreadable(each) for each in unreadable]
    return writable(json.dumps(entries, ensure_ascii=False, indent=2)) + "\n"


def _entry(issue: Issue) -> dict[str, Any]:
    return {
        "description": message(issue),
        "check_name": issue.finding.rule,
        "fingerprint": issue.fingerprint,
        "severity": SEVERITIES[issue.finding.severity],
        "location": {"path": issue.path, "lines": {"begin": issue.line, "end": issue.end_line}},
    }


def _unreadable(each: Unreadable) -> dict[str, Any]:
    name = sha256(f"unreadable\0{each.path}".encode("utf-8", "replace")).hexdigest()
    return {
        "description": f"Could not be read: {one_line(each.reason)}",
        "check_name": "unreadable",
        "fingerprint": name,
        "severity": "blocker",
        "location": {"path": each.path, "lines": {"begin": 1, "end": 1}},
    }
