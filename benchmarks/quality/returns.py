"""What is asked and given back, and what is missing, against the labelled contracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import trustaudit
from benchmarks.quality.documents import audit_of, holds
from benchmarks.quality.rows import Row, lines, mean
from trustaudit.audit import Audit, Pair

_PAIRS: Mapping[str, tuple[str, ...]] = {
    "liability": ("liability",),
    "indemnity": ("indemnity",),
    "termination": ("termination", "cure"),
    "confidentiality": ("confidentiality",),
    "assignment": ("assignment",),
    "notice": ("information", "notice-of-change"),
    "warranty": ("promises",),
    "ip": ("ip-protection",),
    "late-fee": ("late-money", "penalty"),
    "dispute": ("disputes", "legal-costs"),
    "force-majeure": ("force-majeure",),
    "change": ("notice-of-change",),
    "audit": ("audit",),
    "exclusivity": ("non-solicit", "exclusivity"),
    "payment": ("refund", "deadline"),
}
"""The pairs that speak of what a label calls its topic; others have none."""


def reciprocity(data: Path) -> Iterator[Row]:
    """Of what is asked of the customer: whether it was seen, and whether the return was judged alike."""
    audits: dict[str, Audit] = {}
    seen: list[bool] = []
    right: list[bool] = []
    cases: list[str] = []
    for record in lines(data / "labels" / "contracts.jsonl"):
        if record["type"] == "document":
            audits[record["document"]] = audit_of(data, record)
        elif record["type"] == "reciprocity" and record["asked_of"] == "customer":
            audit = audits[record["document"]]
            pairs = [pair for pair in audit.balance.pairs if pair.pair in _PAIRS.get(record["topic"], ())]
            verdict = _returned(record, pairs, audit)
            seen.append(verdict is not None)
            if verdict is not None:
                right.append(verdict == record["returned"])
            if verdict != record["returned"]:
                cases.append(_case(record, verdict, pairs, audit))
    yield Row("labelled contracts", "asked of the customer, seen", mean(seen), len(seen), tuple(cases))
    yield Row("labelled contracts", "return judged as labelled, of those seen", mean(right), len(right))


def _returned(record: Mapping[str, Any], pairs: Sequence[Pair], audit: Audit) -> bool | None:
    """What the pair says whose words are the label's; else the first pair of the topic; None without one."""
    if not pairs:
        return None
    quoted = [
        pair
        for pair in pairs
        if pair.asked and holds(record["asked_quote"], pair.asked.start, pair.asked.end, audit)
    ]
    return (quoted or list(pairs))[0].returned is not None


def _case(record: Mapping[str, Any], verdict: bool | None, pairs: Sequence[Pair], audit: Audit) -> str:
    found = [
        f"{pair.pair} {pair.degree}: {audit.document.quote(pair.returned)[:120] if pair.returned else '-'}"
        for pair in pairs
    ]
    name = Path(record["document"]).name
    said = f"{record['topic']} labelled {record['returned']}, found {verdict} {found}"
    return f"{said}: {record['asked_quote']} ({name})"


def missing(data: Path) -> Iterator[Row]:
    """Protections labelled as missing, of which a rule on missing protections says so on the same topic."""
    audits: dict[str, Audit] = {}
    hits: list[bool] = []
    cases: list[str] = []
    for record in lines(data / "labels" / "contracts.jsonl"):
        if record["type"] == "document":
            audits[record["document"]] = audit_of(data, record)
        elif record["type"] == "missing":
            findings = audits[record["document"]].findings
            found = [f for f in findings if f.rule.startswith(("required/", "reciprocity/"))]
            hits.append(any(f.topic == record["topic"] for f in found))
            if not hits[-1]:
                cases.append(f"{record['topic']}: {record['why']} ({Path(record['document']).name})")
    yield Row("labelled contracts", "missing protections told, by topic", mean(hits), len(hits), tuple(cases))


def alarms(data: Path) -> Iterator[Row]:
    """Fair standards in which a return or protection is missed, or a conflict seen."""
    words = count = documents = 0
    cases: list[str] = []
    for path in sorted((data / "documents" / "balanced").rglob("*")):
        if path.suffix.lower() not in {".md", ".docx"} or not path.is_file():
            continue
        audit = trustaudit.scan(path, kind="contract")
        documents += 1
        words += int(audit.metrics.get("words") or 0)
        found = [
            f
            for f in audit.findings
            if f.rule.startswith(("required/", "reciprocity/", "consistency/"))
            and f.effect.value == "withdrawal"
            and f.severity.rank > 0
        ]
        count += len(found)
        cases += [f"{f.severity} {f.rule}: {f.quote[:160]} | {f.message} ({path.name})" for f in found]
    yield Row(
        "fair standards",
        "missing returns in 1,000 words",
        1000 * count / max(words, 1),
        documents,
        tuple(cases),
    )
