"""Kinds of clause are found however they are worded, and their fair counterparts are left alone.

The files of ``paraphrases/`` map a kind of clause to sentences: ``flagged`` and ``clean``. They were worded
apart from the rules. A sentence is one test, so that what is missed is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import trustaudit
from trustaudit.audit import Effect, Finding, Severity, Side

FILES = sorted((Path(__file__).parent / "paraphrases").glob("*.yaml"))


def sentences(label: str) -> Iterator[tuple[str, str]]:
    """Kind and sentence, of all files."""
    for path in FILES:
        for kind, groups in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            yield from ((kind, sentence) for sentence in groups[label])


def alarms(sentence: str) -> list[Finding]:
    """Withdrawals of severity minor or worse that favour the company."""
    company = ["Acme"] if "Acme" in sentence else []
    audit = trustaudit.scan_text(sentence, kind="contract", audience="consumer", company=company)
    return [
        finding
        for finding in audit.findings
        if finding.effect is Effect.WITHDRAWAL
        and finding.severity is not Severity.INFO
        and finding.favours is Side.COMPANY
    ]


@pytest.mark.parametrize(("kind", "sentence"), list(sentences("flagged")))
def test_is_found_as_what_it_is(kind: str, sentence: str) -> None:
    assert kind in {finding.labels.get("kind") for finding in alarms(sentence)}


@pytest.mark.parametrize(("kind", "sentence"), list(sentences("clean")))
def test_a_fair_wording_is_left_alone(kind: str, sentence: str) -> None:
    assert [(finding.rule, finding.quote) for finding in alarms(sentence)] == []


def test_every_kind_has_wordings() -> None:
    few = [
        (path.name, kind)
        for path in FILES
        for kind, groups in yaml.safe_load(path.read_text(encoding="utf-8")).items()
        if not groups["flagged"]
    ]
    assert few == []
