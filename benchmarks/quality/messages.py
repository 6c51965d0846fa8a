"""Labelled messages: verdict, condition, threat, purpose, deposits and withdrawals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import trustaudit
from benchmarks.quality.rows import Row, Tally, lines
from trustaudit.audit import Audit, MessageFacts


def templates(data: Path) -> Iterator[Row]:
    """Real templates."""
    yield from _measure("messages", data, "messages.jsonl")


def written(data: Path) -> Iterator[Row]:
    """Hand-written hard cases."""
    yield from _measure("written messages", data, "messages_written.jsonl")


def _measure(task: str, data: Path, file: str) -> Iterator[Row]:
    verdicts: list[str] = []
    purposes: list[str] = []
    flags = {"conditional_on_payment": Tally(), "threat_or_penalty": Tally()}
    names = Tally()
    count = 0
    for record in lines(data / "labels" / file):
        audit = _audit(data, record)
        facts = audit.message
        count += 1
        case = f"{record['document'][-60:]}"
        if facts is None or facts.money_first.verdict != record["money_first"]:
            said = facts.money_first.verdict if facts else "no message"
            verdicts.append(f"{record['money_first']}, said {said}: {case}: {record['why']}")
        if facts is None or facts.purpose != record["kind"]:
            purposes.append(f"{record['kind']}, said {facts.purpose if facts else 'no message'}: {case}")
        for name, tally in flags.items():
            tally.add(gold=record[name], found=_flag(facts, name), case=case)
        _names(names, record, audit, case)
    yield Row(
        task, "money-first verdict, accuracy", 1 - len(verdicts) / max(count, 1), count, tuple(verdicts)
    )
    yield Row(task, "purpose, accuracy", 1 - len(purposes) / max(count, 1), count, tuple(purposes))
    for name, tally in flags.items():
        yield Row(task, f"{name}, F1", tally.f1, tally.right + tally.missed, tuple(tally.cases))
    measure = f"deposits and withdrawals, micro-F1 (P {names.precision:.2f}, R {names.recall:.2f})"
    yield Row(task, measure, names.f1, names.right + names.missed, tuple(sorted(names.cases)))


def _flag(facts: MessageFacts | None, name: str) -> bool:
    return facts is not None and bool(getattr(facts, name))


def _names(tally: Tally, record: dict[str, Any], audit: Audit, case: str) -> None:
    gold = {*record["deposits"], *record["withdrawals"]}
    found = {f.labels["message"] for f in audit.findings if "message" in f.labels}
    for name in gold | found:
        tally.add(gold=name in gold, found=name in found, case=f"{name}: {case}")


def _audit(data: Path, record: dict[str, Any]) -> Audit:
    if "text" in record:
        return trustaudit.scan_text(record["text"], kind="message")
    return trustaudit.scan(data / record["document"], kind="message")
