"""JSON lines: a document of the JSON report to a line, for what reads one record after the other."""

from __future__ import annotations

import json
from collections.abc import Sequence

from trustaudit.audit import Audit, Tool, Unreadable
from trustaudit.report import as_json
from trustaudit.report.escaping import writable


def render(audits: Sequence[Audit], unreadable: Sequence[Unreadable], tool: Tool) -> str:
    """A line for each document and each file that could not be read; each names schema and tool."""
    lines = []
    for audit in audits:
        (document,) = as_json.report([audit], (), tool)["documents"]
        lines.append({"schema": as_json.SCHEMA, "tool": _tool(tool), **document})
    for each in unreadable:
        reason = {"path": each.path, "reason": each.reason}
        lines.append({"schema": as_json.SCHEMA, "tool": _tool(tool), "unreadable": reason})
    return "".join(f"{_line(line)}\n" for line in lines)


def _tool(tool: Tool) -> dict[str, str]:
    return {"name": tool.name, "version": tool.version, "rules_sha256": tool.rules_sha256}


def _line(value: object) -> str:
    # what some readers take for the end of a line stands escaped
    text = writable(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\u0085", "\\u0085")
