"""Whole contracts labelled clause by clause; alarms on standards published as fair."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import trustaudit
from benchmarks.quality.clauses import alarming
from benchmarks.quality.rows import Row, lines, mean
from trustaudit.audit import Audit
from trustaudit.errors import UnreadableError

_AROUND = 40  # characters by which a finding is widened on each side
_SHARE = 0.8  # of the quote's words must stand in it


def labelled(data: Path) -> Iterator[Row]:
    """One-sided clauses found; fair and mutual ones flagged."""
    audits: dict[str, Audit] = {}
    hits: dict[str, list[bool]] = {"found": [], "minor": [], "alarms": []}
    cases: dict[str, list[str]] = {"found": [], "minor": [], "alarms": []}
    for record in lines(data / "labels" / "contracts.jsonl"):
        if record["type"] == "document":
            audits[record["document"]] = audit_of(data, record)
        elif record["type"] == "clause" and record["label"] != "customer-favourable":
            group = _group(record)
            audit = audits[record["document"]]
            hit = covered(record["quote"], audit)
            hits[group].append(hit)
            if hit is (group == "alarms"):
                what = [
                    f.rule
                    for f in audit.findings
                    if alarming(f) and holds(record["quote"], f.start, f.end, audit)
                ]
                name = Path(record["document"]).name
                cases[group].append(
                    f"{record['severity']} {record['topic']} {what}: {record['quote']} ({name})"
                )
    yield Row(
        "labelled contracts",
        "one-sided, major or critical, found",
        mean(hits["found"]),
        len(hits["found"]),
        tuple(cases["found"]),
    )
    yield Row(
        "labelled contracts",
        "one-sided, minor, found",
        mean(hits["minor"]),
        len(hits["minor"]),
        tuple(cases["minor"]),
    )
    yield Row("labelled contracts", "fair or mutual, flagged (lower is better)", mean(hits["alarms"]),
              len(hits["alarms"]), tuple(cases["alarms"]))  # fmt: skip


def _group(record: dict[str, Any]) -> str:
    if record["label"] != "one-sided":
        return "alarms"
    return "minor" if record["severity"] == "minor" else "found"


def audit_of(data: Path, record: dict[str, Any]) -> Audit:
    path, _, company = record["document"].partition("#")
    if not company:
        return trustaudit.scan(data / path, kind="contract")
    sentences = [r["text"] for r in lines(data / path) if r["company"] == company]
    return trustaudit.scan_text("\n".join(sentences), kind="contract", company=[company])


def covered(quote: str, audit: Audit) -> bool:
    """Do most of the quote's words stand in a withdrawal, widened a little?"""
    return any(holds(quote, f.start, f.end, audit) for f in audit.findings if alarming(f))


def holds(quote: str, start: int, end: int, audit: Audit) -> bool:
    around = audit.document.text[max(start - _AROUND, 0) : end + _AROUND]
    words, present = _words(quote), set(_words(around))
    return bool(words) and sum(word in present for word in words) >= _SHARE * len(words)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def balanced(data: Path) -> Iterator[Row]:
    """Alarms in 1,000 words of what was published as a fair standard; the lower the better."""
    words = alarms = documents = 0
    cases: list[str] = []
    for path in sorted((data / "documents" / "balanced").rglob("*")):
        if path.suffix.lower() not in {".md", ".docx", ".txt", ".html"} or not path.is_file():
            continue
        try:
            audit = trustaudit.scan(path, kind="contract")
        except UnreadableError:
            continue
        documents += 1
        words += int(audit.metrics.get("words") or 0)
        found = [f for f in audit.findings if alarming(f)]
        alarms += len(found)
        cases += [f"{f.severity} {f.rule}: {f.quote[:240]} ({path.name})" for f in found]
    yield Row(
        "fair standards", "alarms in 1,000 words", 1000 * alarms / max(words, 1), documents, tuple(cases)
    )
