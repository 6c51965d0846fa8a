"""ACORD: is a clause mutual, and whom does it favour; paraphrases of the kinds of clause."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import trustaudit
from benchmarks.quality.rows import Row, lines
from trustaudit.audit import Audit, Effect, Finding, Severity, Side


def acord(data: Path) -> Iterator[Row]:
    """Mutual: no finding favours one side. Favour: the side that more findings favour."""
    right = {"mutuality": 0, "favour": 0}
    total = {"mutuality": 0, "favour": 0}
    cases: dict[str, list[str]] = {"mutuality": [], "favour": []}
    for record in lines(data / "acord" / "clauses.jsonl"):
        audit = trustaudit.scan_text(record["text"], kind="contract", audience="business")
        said = mutuality(audit) if record["task"] == "mutuality" else favoured(audit)
        total[record["task"]] += 1
        if said == record["label"]:
            right[record["task"]] += 1
        else:
            cases[record["task"]].append(f"{record['label']}, said {said}: {record['text'][:400]}")
    for task, count in total.items():
        yield Row("ACORD", f"{task}, accuracy", right[task] / max(count, 1), count, tuple(cases[task]))


def mutuality(audit: Audit) -> str:
    sides = {f.favours for f in audit.findings}
    return "unilateral" if sides & {Side.COMPANY, Side.CUSTOMER} else "mutual"


def favoured(audit: Audit) -> str:
    company = sum(f.favours is Side.COMPANY for f in audit.findings)
    customer = sum(f.favours is Side.CUSTOMER for f in audit.findings)
    return "seller" if company > customer else "buyer" if customer > company else "neither"


def alarming(finding: Finding) -> bool:
    """A withdrawal of severity minor or worse."""
    return finding.effect is Effect.WITHDRAWAL and finding.severity is not Severity.INFO


def paraphrases(data: Path) -> Iterator[Row]:
    """One sentence for each kind of clause: found at all, and found as what it is."""
    found = same = total = 0
    cases: list[str] = []
    for record in lines(data / "paraphrases.jsonl"):
        audit = trustaudit.scan_text(record["text"], kind="contract", audience="consumer", company=["Acme"])
        flags = [f for f in audit.findings if alarming(f) and f.favours is Side.COMPANY]
        total += 1
        found += bool(flags)
        kinds = [f.labels.get("kind", f.rule) for f in flags]
        same += record["kind"] in kinds
        if record["kind"] not in kinds:
            cases.append(f"{record['kind']}, said {kinds}: {record['text']}")
    yield Row("paraphrases", "found", found / max(total, 1), total)
    yield Row("paraphrases", "found as their kind", same / max(total, 1), total, tuple(cases))
