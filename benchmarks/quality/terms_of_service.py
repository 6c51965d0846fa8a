"""UNFAIR-ToS: sentences of consumer terms, tokenised (LexGLUE) and natural."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import trustaudit
from benchmarks.quality.rows import Row, Tally, lines, mean

LABELS = (
    "limitation_of_liability", "unilateral_termination", "unilateral_change", "content_removal",
    "contract_by_using", "choice_of_law", "jurisdiction", "arbitration",
)  # fmt: skip


def labels_of(text: str, company: str) -> set[str]:
    """The labels that findings in a sentence claim."""
    audit = trustaudit.scan_text(text, kind="contract", audience="consumer", company=[company])
    return {f.labels["unfair_tos"] for f in audit.findings if "unfair_tos" in f.labels}


def lexglue(data: Path, split: str) -> Iterator[Row]:
    """Macro-F1 over nine classes (the ninth: no label) and over eight, and each class."""
    tallies = {label: Tally() for label in (*LABELS, "none")}
    count = 0
    for record in lines(data / "unfair_tos" / f"{split}.jsonl"):
        gold, found = set(record["labels"]), labels_of(record["text"], record["company"])
        count += 1
        for label in LABELS:
            tallies[label].add(gold=label in gold, found=label in found, case=f"{label}: {record['text']}")
        tallies["none"].add(gold=not gold, found=not found)
    task = f"UNFAIR-ToS {split}"
    yield Row(task, "macro-F1, nine classes", mean([tally.f1 for tally in tallies.values()]), count)
    yield Row(task, "macro-F1, eight labels", mean([tallies[label].f1 for label in LABELS]), count)
    for label in LABELS:
        tally = tallies[label]
        measure = f"{label} F1 (P {tally.precision:.2f}, R {tally.recall:.2f})"
        yield Row(task, measure, tally.f1, tally.right + tally.missed, tuple(tally.cases))


def train(data: Path) -> Iterator[Row]:
    yield from lexglue(data, "train")


def validation(data: Path) -> Iterator[Row]:
    yield from lexglue(data, "validation")


def natural(data: Path) -> Iterator[Row]:
    """Unfair or not, sentence by sentence; and alarms on what annotators judged fair."""
    tally, alarms, fair = Tally(), 0, 0
    records = lines(data / "unfair_tos" / "natural_dev.jsonl")
    for company, group in groupby(records, key=lambda record: record["company"]):
        for record in group:
            gold, found = set(record["labels"]), labels_of(record["text"], company)
            tally.add(gold=bool(gold), found=bool(found), case=f"{sorted(gold | found)} {record['text']}")
            hard = set(record["clearly_fair"]) - gold
            fair += bool(hard)
            alarms += bool(hard & found)
    total = tally.right + tally.missed
    measure = f"unfair or not, F1 (P {tally.precision:.2f}, R {tally.recall:.2f})"
    yield Row("natural text", measure, tally.f1, total, tuple(tally.cases))
    yield Row("natural text", "judged fair and flagged (lower is better)", alarms / max(fair, 1), fair)
