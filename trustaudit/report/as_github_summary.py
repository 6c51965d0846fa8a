"""The summary of a GitHub workflow's step, in Markdown: all problems, where annotations show only some."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trustaudit.audit import Audit, Unreadable
from trustaudit.report.escaping import markdown
from trustaudit.report.issues import Issue, issues, message, worst_first

LARGEST = 1_000_000
"""Bytes; GitHub takes one mebibyte of a step."""


def render(audits: Sequence[Audit], unreadable: Sequence[Unreadable]) -> str:
    """A table of the documents, what could not be read, and the problems, worst first, within the limit."""
    lines = ["## Trust audit", "", *_table(audits), ""]
    lines += [
        f"- **could not be read**: {markdown(each.path)}: {markdown(each.reason)}" for each in unreadable
    ]
    found = worst_first(issues(audits))
    room = LARGEST - _size(lines) - 100
    for number, issue in enumerate(found):
        line = _line(issue)
        room -= _size([line])
        if room < 0:
            lines.append(f"- … and {len(found) - number:,} more, beyond what GitHub takes")
            break
        lines.append(line)
    return "\n".join(lines) + "\n"


def _table(audits: Sequence[Audit]) -> Iterator[str]:
    yield "| document | grade | problems | suppressed |"
    yield "|---|---|--:|--:|"
    for audit in audits[:1000]:
        name, grade = markdown(audit.document.name).replace("|", "&#124;"), audit.grade or "–"
        yield f"| {name} | {grade} | {len(issues([audit]))} | {len(audit.suppressed)} |"
    if len(audits) > 1000:
        yield f"| … and {len(audits) - 1000:,} more | | | |"


def _line(issue: Issue) -> str:
    place = f"{issue.path}:{issue.line}" if issue.finding.place.line else issue.path
    return f"- **{issue.finding.severity.value}** {markdown(place)}: {markdown(message(issue))}"


def _size(lines: Sequence[str]) -> int:
    return sum(len(line.encode("utf-8", "replace")) + 1 for line in lines)
