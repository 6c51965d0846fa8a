"""A rules folder of our own, so that what is found does not depend on the rules of the day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import run

__all__ = ["run"]

RULE = """\
title: {title}
severity: {severity}
confidence: high
effect: withdrawal
topic: fees
applies_to: [contract]
why: Why.
advice: Advice.
rewrite: Rewrite.
references: []
labels: {{}}
find: {{kind: phrases, any: ["{phrase}"]}}
examples:
  flagged: ["You pay a «{phrase}».", "A «{phrase}» is added."]
  clean: ["Nothing is charged.", "All is free."]
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A folder with settings, two rules, and a document with a finding of each."""
    for name, severity in (("handling", "major"), ("late", "minor")):
        rule = tmp_path / "ours" / "fees" / f"{name}-charge.yaml"
        rule.parent.mkdir(parents=True, exist_ok=True)
        title = f"A {name} charge"
        rule.write_text(
            RULE.format(title=title, severity=severity, phrase=f"{name} charge"), encoding="utf-8"
        )
    (tmp_path / "trustaudit.toml").write_text(
        'kind = "contract"\naudience = "business"\nrules = ["ours"]\nselect = ["fees/handling-charge", "fees/late-charge"]\n'
        'exclude = ["ours"]\n',
        encoding="utf-8",
    )
    (tmp_path / "terms.md").write_text(TERMS, encoding="utf-8")
    return tmp_path


TERMS = """\
# Terms

You pay a handling charge for each order.

You pay a late charge after thirty days.
"""
