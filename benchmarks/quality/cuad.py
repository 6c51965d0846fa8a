"""CUAD: categories that rules claim, contract by contract."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import trustaudit
from benchmarks.quality.rows import Row, Tally, lines, median
from trustaudit.ruleset import load_rules


def claimed() -> tuple[str, ...]:
    """The categories in the labels of our rules."""
    return tuple(sorted({rule.labels["cuad"] for rule in load_rules().rules if "cuad" in rule.labels}))


def contracts(data: Path) -> Iterator[Row]:
    """A category is found in a contract when a finding of it overlaps a span of it."""
    tallies = {category: Tally() for category in claimed()}
    for record in lines(data / "cuad" / "contracts.jsonl"):
        audit = trustaudit.scan_text(record["text"], kind="contract")
        for category, tally in tallies.items():
            gold = [span for span in record["spans"] if span["category"] == category]
            found = [f for f in audit.findings if f.labels.get("cuad") == category]
            hit = any(f.start < span["end"] and span["start"] < f.end for f in found for span in gold)
            quote = (
                found[0].quote if found else record["text"][gold[0]["start"] : gold[0]["end"]] if gold else ""
            )
            case = f"{category}: {record['file'][:40]}: {quote[:300]}"
            if gold:
                tally.add(gold=True, found=hit, case=case)
            else:
                tally.add(gold=False, found=bool(found), case=case)
    yield Row(
        "CUAD",
        "contract-level F1, median of categories",
        median([t.f1 for t in tallies.values()]),
        len(tallies),
    )
    yield Row(
        "CUAD", "contract-level recall, median", median([t.recall for t in tallies.values()]), len(tallies)
    )
    for category, tally in tallies.items():
        measure = f"{category} F1 (P {tally.precision:.2f}, R {tally.recall:.2f})"
        yield Row("CUAD", measure, tally.f1, tally.right + tally.missed, tuple(tally.cases))
