"""The messages of ``labelled/``, set by set, and how a reading of them is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

import trustaudit
from trustaudit.audit import Audit, MessageFacts

SETS = ("first", "round-1", "round-2", "round-3", "round-4", "round-5")
"""Files of ``labelled/`` in the order in which they were written; docs/messages.md has their blind scores."""


@dataclass(frozen=True)
class Case:
    number: int
    origin: str
    text: str
    channel: str
    purpose: str
    verdict: str
    deposits: tuple[str, ...]
    withdrawals: tuple[str, ...]

    @property
    def condition(self) -> bool:
        return "condition" in self.withdrawals

    @property
    def threat(self) -> bool:
        return bool({"threat", "penalty"} & set(self.withdrawals))


@cache
def cases() -> tuple[Case, ...]:
    rows = [(origin, row) for origin in SETS for row in _rows(origin)]
    return tuple(
        Case(
            number, origin, row["text"], row["channel"], row["purpose"], row["verdict"],
            tuple(row["deposits"]), tuple(row["withdrawals"]),
        )
        for number, (origin, row) in enumerate(rows)
    )  # fmt: skip


def _rows(origin: str) -> list[dict[str, Any]]:
    path = Path(__file__).parent / "labelled" / f"{origin}.yaml"
    found: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


@cache
def audit(text: str) -> Audit:
    return trustaudit.scan_text(text, kind="message")


def facts(text: str) -> MessageFacts:
    found = audit(text).message
    assert found is not None
    return found


def labels(found: Audit) -> set[str]:
    return {finding.labels["message"] for finding in found.findings if "message" in finding.labels}


@dataclass
class Figures:
    """Shares of right answers, and F1 of flags and of the names of deposits and withdrawals together."""

    verdict: float = 0.0
    purpose: float = 0.0
    condition: float = 0.0
    threat: float = 0.0
    names: float = 0.0
    wrong: list[str] = field(default_factory=list)


def figures(chosen: Sequence[Case]) -> Figures:
    made = Figures()
    read: Mapping[int, MessageFacts] = {case.number: facts(case.text) for case in chosen}
    made.verdict = _share(read[case.number].money_first.verdict == case.verdict for case in chosen)
    made.purpose = _share(read[case.number].purpose == case.purpose for case in chosen)
    made.condition = _f1((case.condition, read[case.number].conditional_on_payment) for case in chosen)
    made.threat = _f1((case.threat, read[case.number].threat_or_penalty) for case in chosen)
    names = []
    for case in chosen:
        gold, found = {*case.deposits, *case.withdrawals}, labels(audit(case.text))
        names += [(name in gold, name in found) for name in sorted(gold | found)]
    made.names = _f1(names)
    return made


def _share(answers: Iterable[bool]) -> float:
    given = list(answers)
    return sum(given) / len(given)


def _f1(pairs: Iterable[tuple[bool, bool]]) -> float:
    given = list(pairs)
    right = sum(1 for gold, found in given if gold and found)
    return 2 * right / max(sum(gold for gold, _ in given) + sum(found for _, found in given), 1)
