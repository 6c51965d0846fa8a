"""The weights file: what ships is whole, and every fault is named with its place."""

from __future__ import annotations

import pytest

from trustaudit import resources
from trustaudit.audit import Severity
from trustaudit.errors import RuleError
from trustaudit.scoring import read_weights, weights
from trustaudit.scoring.weights import FILE

SOURCE = (resources.rules_dir() / FILE).read_text(encoding="utf-8")


def test_every_weight_has_a_reason() -> None:
    table = weights()

    assert table.severity[Severity.CRITICAL] > table.severity[Severity.MAJOR] > table.severity[Severity.MINOR]
    assert table.reasons["score.half_at"].startswith("Fifty points")
    assert all(len(reason) >= 10 for reason in table.reasons.values())
    assert all(gate.reason for gate in table.gates)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  major: {value: 5,", "  major: {value: 20,", "the values of 'severity' must rise"),
        ("  major: {value: 5, reason", "  major: {value: 5, because", r"weights.yaml:\d+: write {value: …, reason: …}"),
        ("  major: {value: 5, ", "  mayor: {value: 5, ", "unknown key 'mayor'. Did you mean 'major'"),
        ("value: [1, 0.25, 0.1]", "value: [0.1, 0.25, 1]", "'withdrawal' must be a list of numbers from 1 down to 0"),
        ("    value: 0.3\n", "    value: 1.5\n", "'credit_most' must be a number from 0 to 0.99"),
        ("  - {critical: 1, grade: C", "  - {critical: 1, grade: X", "a gate is {critical: n"),
        ("presentation:", "presentations:", "unknown section 'presentations'. Did you mean 'presentation'"),
        ("value: [layout/, fine-print/]", "value: layout/", "must be a list of beginnings of rule ids"),
        ("F: {value: 0,", "F: {value: 3,", "the last grade begins at 0"),
        ('reason: "A formula', 'reason: ["A formula', r"weights.yaml:\d+: not YAML"),
    ],
)  # fmt: skip
def test_faults_name_the_place(old: str, new: str, message: str) -> None:
    assert old in SOURCE

    with pytest.raises(RuleError, match=message):
        read_weights(SOURCE.replace(old, new, 1).encode(), FILE)


def test_not_a_mapping() -> None:
    with pytest.raises(RuleError, match="weights must be a mapping"):
        read_weights(b"[]", FILE)
