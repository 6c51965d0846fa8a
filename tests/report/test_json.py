"""The JSON report keeps its promises: schema, keys, stability, rounding, reasons."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from trustaudit import report
from trustaudit.audit import Account, Measure
from trustaudit.document import Document

from . import sample

ROOT = Path(__file__).parents[2]


def _read() -> Any:
    return json.loads(report.json(sample.every(), sample.UNREADABLE))


def test_it_is_valid_against_the_published_schema() -> None:
    schema = json.loads(report.schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(_read())
    jsonschema.Draft202012Validator(schema).validate(json.loads(report.json([])))


@pytest.mark.parametrize("spoil", ["documents", "tool", "unknown"])
def test_the_schema_refuses_what_is_not_promised(spoil: str) -> None:
    value = _read()
    if spoil == "unknown":
        value["documents"][0]["findings"][0]["unknown"] = 1
    else:
        del value[spoil]
    assert not jsonschema.Draft202012Validator(json.loads(report.schema())).is_valid(value)


def test_the_published_schema_is_the_one_in_the_package() -> None:
    published = (ROOT / "docs" / "schema" / "audit-1.schema.json").read_text(encoding="utf-8")
    assert published == report.schema()


def test_the_keys_of_the_interface_are_all_there() -> None:
    document = _read()["documents"][0]
    assert set(document) >= {
        "path", "sha256", "media_type", "kind", "language", "words", "pages", "parties", "score", "grade",
        "grade_reason", "metrics", "account", "findings", "outcomes", "message", "balance", "unread", "suppressed",
    }  # fmt: skip
    assert set(document["findings"][0]) >= {
        "rule", "title", "severity", "confidence", "effect", "favours", "topic", "quote", "start", "end", "page",
        "line", "column", "bbox", "in_fine_print", "message", "advice", "rewrite", "references", "labels",
        "related", "fingerprint",
    }  # fmt: skip
    assert set(document["account"]) == {"deposits", "withdrawals", "balance", "entries"}
    assert set(document["balance"]) >= {"topics", "pairs", "share"}


def test_the_same_audit_gives_the_same_bytes() -> None:
    audit = sample.contract()
    turned = replace(
        audit, outcomes=audit.outcomes[::-1], measures=dict(reversed(list(audit.measures.items()))),
        balance=replace(audit.balance, topics=audit.balance.topics[::-1]),
    )  # fmt: skip
    assert report.json([audit]) == report.json([turned])
    assert report.json([audit]).endswith("}\n")


def test_quotes_stand_where_the_report_says() -> None:
    for audit, shown in zip(sample.every(), _read()["documents"], strict=True):
        for found in shown["findings"]:
            assert audit.document.text[found["start"] : found["end"]] == found["quote"]


def test_numbers_are_rounded_and_a_missing_one_says_why() -> None:
    audit = replace(
        sample.contract(),
        measures={
            "fine_print_ratio": Measure(1 / 3), "odd": Measure(float("nan")), "none": Measure(None, "no type sizes"),
        },
        account=Account(1 / 3, 0.0, -0.001),
    )  # fmt: skip
    shown = json.loads(report.json([audit]))["documents"][0]
    assert shown["metrics"] == {"fine_print_ratio": 0.3333, "none": None, "odd": None}
    assert shown["metrics_reasons"] == {"none": "no type sizes", "odd": ""}
    assert shown["account"]["deposits"] == 0.33
    assert '"balance": -0.0' not in report.json([audit])


def test_half_a_surrogate_pair_can_be_written() -> None:
    audit = replace(sample.clean(), document=Document("a\ud800b", (), name="\udcff.txt"))
    report.json([audit]).encode()


def test_text_stays_readable() -> None:
    assert "days’ written notice" in report.json([sample.contract()])
