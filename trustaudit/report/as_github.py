"""Workflow commands that GitHub shows as annotations, the worst first within what it shows.

GitHub shows ten errors, ten warnings and ten notices of a step; what is beyond is printed as plain lines,
so that the log has all of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from trustaudit.audit import Audit, Severity, Unreadable
from trustaudit.report.escaping import annotation, annotation_property, one_line
from trustaudit.report.issues import Issue, issues, message, worst_first

LEVELS = {
    Severity.CRITICAL: "error",
    Severity.MAJOR: "error",
    Severity.MINOR: "warning",
    Severity.INFO: "notice",
}
CAP = 10
"""Annotations of one level that GitHub shows for one step."""


def render(audits: Sequence[Audit], unreadable: Sequence[Unreadable]) -> str:
    """A line each."""
    lines = [_unread(each) for each in unreadable[:CAP]]
    shown = {"error": len(lines), "warning": 0, "notice": 0}
    rest = [f"could not be read: {one_line(each.path)}: {one_line(each.reason)}" for each in unreadable[CAP:]]
    for issue in worst_first(issues(audits)):
        level = LEVELS[issue.finding.severity]
        shown[level] += 1
        if shown[level] <= CAP:
            lines.append(_command(level, issue))
        else:
            rest.append(_plain(issue))
    if rest:
        lines.append(f"{len(rest):,} more, beyond what is shown as annotations:")
    return "".join(f"{line}\n" for line in (*lines, *rest))


def _unread(each: Unreadable) -> str:
    path, reason = annotation_property(each.path), annotation(one_line(each.reason))
    return f"::error file={path},title=Could not be read::{reason}"


def _command(level: str, issue: Issue) -> str:
    columns = ""
    if issue.column is not None and issue.end_line == issue.line:
        columns = f",col={issue.column},endColumn={max(issue.end_column or issue.column, issue.column)}"
    path = annotation_property(issue.path)
    return (
        f"::{level} file={path},line={issue.line},endLine={issue.end_line}{columns},"
        f"title={annotation_property(one_line(issue.finding.title))}::{annotation(message(issue))}"
        f" ({annotation(issue.finding.rule)})"
    )


def _plain(issue: Issue) -> str:
    """A log line that is no command, whatever it says: a command begins its line with two colons."""
    return f"{issue.finding.severity.value}: {one_line(issue.path)}:{issue.line}: {message(issue)}"
