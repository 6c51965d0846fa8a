"""The JSON of a journey keeps its promises."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.journey import sample
from trustaudit.journey_audit import JourneyAudit
from trustaudit.report import journey_reports
from trustaudit.report import schema as audit_schema

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads(journey_reports.schema())


def test_it_is_valid_against_the_published_schema(example: JourneyAudit) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.validate(json.loads(example.to_json()))
    validator.validate(json.loads(sample.journey().to_json()))


def test_the_published_schema_is_the_one_in_the_package() -> None:
    published = (ROOT / "docs" / "schema" / "journey-1.schema.json").read_text(encoding="utf-8")
    assert published == journey_reports.schema(), "run: trustaudit journey --schema report > docs/schema/…"


def test_its_documents_are_those_of_the_audit_report() -> None:
    audit = json.loads(audit_schema())["$defs"]
    assert {name: SCHEMA["$defs"][name] for name in audit} == audit
    assert {"passage", "stage", "move"} <= set(SCHEMA["$defs"]) - set(audit)


@pytest.mark.parametrize("where", [(), ("account",), ("stages", 0), ("moves", 0), ("documents", 0)])
def test_the_schema_refuses_what_is_not_promised(where: tuple[Any, ...]) -> None:
    report: Any = json.loads(sample.journey().to_json())
    spoilt = copy.deepcopy(report)
    place = spoilt
    for part in where:
        place = place[part]
    place["surprise"] = 1
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(spoilt)
    key = next(key for key in place if key != "surprise")
    del place["surprise"], place[key]
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(spoilt)


def test_indices_point_where_they_say(example: JourneyAudit) -> None:
    report = json.loads(example.to_json())
    for entry in report["account"]["entries"]:
        document = report["documents"][entry["document"]]
        assert document["stage"] == entry["stage"]
        assert document["audit"]["findings"][entry["finding"]]["rule"] == entry["rule"]
    for move in report["moves"]:
        for document, finding in move["findings"]:
            assert report["documents"][document]["audit"]["findings"][finding]["rule"] == move["rule"]
    total = sum(entry["amount"] for entry in report["account"]["entries"])
    assert report["account"]["closing"] == pytest.approx(total, abs=0.02)


def test_paths_are_relative_to_the_manifest(example: JourneyAudit) -> None:
    paths = [each["path"] for each in json.loads(example.to_json())["documents"]]
    assert paths[0] == "prospect/actuators.html"
    assert [each["audit"]["path"] for each in json.loads(example.to_json())["documents"]] == paths
