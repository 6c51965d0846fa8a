"""SARIF 2.1.0, as GitHub code scanning reads it.

Its limits (25,000 results of which 5,000 are shown) are met by weight: the worst are kept. Deposits are no
problem and are left out. A file without lines has line 1; its page and words are in the message.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from trustaudit.audit import Audit, Confidence, Finding, Severity, Suppressed, Tool, Unreadable
from trustaudit.report.escaping import markdown, one_line, printable, shortened, writable
from trustaudit.report.finding_view import safe_url
from trustaudit.report.issues import Issue, issues, message, uri, worst_first

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 5_000
LEVELS = {
    Severity.CRITICAL: "error",
    Severity.MAJOR: "error",
    Severity.MINOR: "warning",
    Severity.INFO: "note",
}
_PROBLEM = {"error": "error", "warning": "warning", "note": "recommendation"}
_PRECISION = {Confidence.HIGH: "high", Confidence.MEDIUM: "medium", Confidence.LOW: "low"}
_RANK = {Severity.CRITICAL: 100.0, Severity.MAJOR: 70.0, Severity.MINOR: 40.0, Severity.INFO: 10.0}


def render(audits: Sequence[Audit], unreadable: Sequence[Unreadable], tool: Tool) -> str:
    """The log, indented by two."""
    kept = worst_first(issues(audits))[:MOST_RESULTS]
    hidden = [(audit, each) for audit in audits for each in audit.suppressed][: MOST_RESULTS - len(kept)]
    rules = _rules(kept, hidden)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": _driver(tool, rules)},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The folder the audit was run in."}}},
        "invocations": [_invocation(audits, unreadable)],
        "results": [_result(issue, index) for issue in kept] + _all_suppressed(hidden, index),
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return writable(json.dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _driver(tool: Tool, rules: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": tool.name,
        "version": tool.version,
        "semanticVersion": tool.version,
        "properties": {"rules_sha256": tool.rules_sha256},
        "rules": rules,
    }


def _rules(kept: Sequence[Issue], hidden: Sequence[tuple[Audit, Suppressed]]) -> list[dict[str, Any]]:
    """One entry for each rule that a result names, by id; GitHub wants all of them described."""
    worst: dict[str, Finding] = {}
    for issue in kept:
        worst.setdefault(issue.finding.rule, issue.finding)
    for audit, each in hidden:
        for found in audit.findings:
            if found.fingerprint == each.fingerprint:
                worst.setdefault(found.rule, found)
    described = {rule: _rule(found) for rule, found in worst.items()}
    for audit, each in hidden:  # a baseline may know what this run has not found
        title = {"text": one_line(audit.rule_titles.get(each.rule, each.rule))}
        bare = {"id": each.rule, "shortDescription": title, "fullDescription": title, "help": title}
        described.setdefault(each.rule, bare)
    return [described[rule] for rule in sorted(described)]


def _rule(found: Finding) -> dict[str, Any]:
    level = LEVELS[found.severity]
    text = "\n\n".join(printable(part) for part in (found.why, found.advice, found.rewrite) if part)
    return {
        "id": found.rule,
        "name": "".join(part.capitalize() for part in found.rule.replace("/", "-").split("-")),
        "shortDescription": {"text": shortened(found.title, 200) or found.rule},
        "fullDescription": {"text": shortened(f"{found.title}. {found.why}".strip(), 1000)},
        "help": {"text": text or found.title or found.rule, "markdown": _help(found)},
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["trust", *([found.topic] if found.topic else [])],
            "precision": _PRECISION[found.confidence],
            "problem.severity": _PROBLEM[level],
        },
    }


def _help(found: Finding) -> str:
    """Rule help in Markdown: why, what to do, a balanced wording, the sources."""
    parts = [markdown(found.why)]
    parts += [f"**What to do:** {markdown(found.advice)}"] if found.advice else []
    parts += [f"**Balanced wording:** {markdown(found.rewrite)}"] if found.rewrite else []
    for each in found.references:
        url = safe_url(each.url)
        name = markdown(each.name)
        parts.append(f"- [{name}](<{url.replace('>', '%3E').replace('<', '%3C')}>)" if url else f"- {name}")
    return "\n\n".join(part for part in parts if part) or markdown(found.title) or found.rule


def _result(issue: Issue, index: dict[str, int]) -> dict[str, Any]:
    found = issue.finding
    result: dict[str, Any] = {
        "ruleId": found.rule,
        "ruleIndex": index[found.rule],
        "level": LEVELS[found.severity],
        "rank": _RANK[found.severity],
        "message": {"text": message(issue)},
        "locations": [_location(issue.path, _region(issue))],
        "partialFingerprints": _prints(issue.fingerprint),
        "properties": {
            "severity": found.severity.value,
            "confidence": found.confidence.value,
            "favours": found.favours.value,
            "inFinePrint": found.in_fine_print,
            **({"page": found.page} if found.page is not None else {}),
        },
    }
    if found.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": one_line(f"{each.message} “{shortened(each.quote, 300)}”")},
                **_location(issue.path, _first(each.line or 1)),
            }
            for number, each in enumerate(found.related, 1)
        ]
    return result


def _prints(fingerprint: str) -> dict[str, str]:
    """GitHub follows a problem by the second name alone; without it, it would hash a line of the file."""
    return {"trustaudit/v1": fingerprint, "primaryLocationLineHash": fingerprint}


def _region(issue: Issue) -> dict[str, Any]:
    """The four numbers (of the first character where a file has no lines); the words as its snippet."""
    column = issue.column or 1
    least = column + 1 if issue.end_line == issue.line else 1
    region: dict[str, Any] = {
        "startLine": issue.line,
        "startColumn": column,
        "endLine": issue.end_line,
        "endColumn": max(issue.end_column or least, least),
    }
    if issue.finding.quote:
        region["snippet"] = {"text": printable(issue.finding.quote)}
    return region


def _first(line: int) -> dict[str, Any]:
    """The first character of a line, where no more is known."""
    return {"startLine": line, "startColumn": 1, "endLine": line, "endColumn": 2}


def _location(path: str, region: dict[str, Any]) -> dict[str, Any]:
    address = uri(path)
    artifact = {"uri": address} if address.startswith("file:") else {"uri": address, "uriBaseId": "SRCROOT"}
    return {"physicalLocation": {"artifactLocation": artifact, "region": region}}


def _all_suppressed(
    hidden: Sequence[tuple[Audit, Suppressed]], index: Mapping[str, int]
) -> list[dict[str, Any]]:
    """What is suppressed, with the place and words that it would have as a problem."""
    audits = {id(audit): audit for audit, _ in hidden}.values()
    problems = issues([replace(audit, suppressed=()) for audit in audits])
    found = {(issue.path, issue.finding.fingerprint): issue for issue in problems}
    return [
        _suppressed(audit, each, found.get((audit.document.name, each.fingerprint)), index)
        for audit, each in hidden
    ]


def _suppressed(
    audit: Audit, each: Suppressed, issue: Issue | None, index: Mapping[str, int]
) -> dict[str, Any]:
    until = f" (until {each.until})" if each.until else ""
    region = _region(issue) if issue else _first(1)
    said = f". {message(issue)}" if issue else ""
    name = issue.fingerprint if issue else each.fingerprint or each.rule
    return {
        "ruleId": each.rule,
        "ruleIndex": index[each.rule],
        "level": "none",
        "message": {"text": one_line(f"Suppressed: {each.reason}{until}{said}")},
        "locations": [_location(audit.document.name, region)],
        "partialFingerprints": _prints(name),
        "suppressions": [
            {
                "kind": "inSource" if each.in_source else "external",
                "status": "accepted",
                "justification": one_line(each.reason),
            }
        ],
    }


def _invocation(audits: Sequence[Audit], unreadable: Sequence[Unreadable]) -> dict[str, Any]:
    """What was not read, as notifications of the tool: nothing passes silently."""
    notes = [
        _notification("error", each.path, f"Could not be read: {each.reason}") for each in unreadable
    ] + [
        _notification("warning", audit.document.name, f"Not read: {each.where}: {each.reason}")
        for audit in audits
        for each in audit.document.unread
    ]  # fmt: skip
    return {"executionSuccessful": True, "toolExecutionNotifications": notes}


def _notification(level: str, path: str, text: str) -> dict[str, Any]:
    return {
        "level": level,
        "message": {"text": one_line(text)},
        "locations": [_location(path, _first(1))],
    }
