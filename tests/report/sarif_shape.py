"""What SARIF 2.1.0 (OASIS standard, errata 1) says of the parts that we write, as a closed JSON Schema of our own.

The published schema is not in this repository, as its notice does not plainly allow a copy. This one is written from
the sections of the standard that are named, and is stricter: a property that is not listed here is not written.
"""

from __future__ import annotations

from typing import Any


def _closed(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "required": list(required),
    }


TEXT = {"type": "string", "minLength": 1}
COUNT = {"type": "integer", "minimum": 1}
BAG = {"type": "object"}  # 3.8
MESSAGE = _closed({"text": TEXT, "markdown": TEXT}, "text")  # 3.11, 3.12
URI = {"type": "string", "pattern": r"^[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+$"}  # RFC 3986
REGION = _closed(  # 3.30
    {
        "startLine": COUNT,
        "startColumn": COUNT,
        "endLine": COUNT,
        "endColumn": COUNT,
        "snippet": _closed({"text": TEXT}, "text"),
    },
    "startLine",
)
ARTIFACT = _closed({"uri": URI, "uriBaseId": {"const": "SRCROOT"}}, "uri")  # 3.4
PHYSICAL = _closed({"artifactLocation": ARTIFACT, "region": REGION}, "artifactLocation")  # 3.29
LOCATION = _closed(
    {"id": {"type": "integer", "minimum": 0}, "message": MESSAGE, "physicalLocation": PHYSICAL},
    "physicalLocation",
)  # 3.28
LEVEL = {"enum": ["none", "note", "warning", "error"]}  # 3.27.10
RULE = _closed(  # 3.49
    {
        "id": TEXT, "name": TEXT, "shortDescription": MESSAGE, "fullDescription": MESSAGE, "help": MESSAGE,
        "defaultConfiguration": _closed({"level": LEVEL}, "level"),
        "properties": _closed(
            {
                "tags": {"type": "array", "items": TEXT, "uniqueItems": True, "maxItems": 20},
                "precision": {"enum": ["very-high", "high", "medium", "low"]},
                "problem.severity": {"enum": ["error", "warning", "recommendation"]},
            },
            "tags",
        ),
    },
    "id", "shortDescription", "fullDescription", "help",
)  # fmt: skip
SUPPRESSION = _closed(  # 3.35
    {
        "kind": {"enum": ["inSource", "external"]},
        "status": {"enum": ["accepted", "underReview", "rejected"]},
        "justification": {"type": "string"},
    },
    "kind",
)
RESULT = _closed(  # 3.27
    {
        "ruleId": TEXT, "ruleIndex": {"type": "integer", "minimum": 0}, "level": LEVEL,
        "rank": {"type": "number", "minimum": 0, "maximum": 100}, "message": MESSAGE,
        "locations": {"type": "array", "items": LOCATION, "minItems": 1, "maxItems": 1},
        "relatedLocations": {"type": "array", "items": LOCATION, "uniqueItems": True},
        "partialFingerprints": {"type": "object", "additionalProperties": TEXT, "minProperties": 1},
        "suppressions": {"type": "array", "items": SUPPRESSION, "minItems": 1}, "properties": BAG,
    },
    "ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints",
)  # fmt: skip
NOTIFICATION = _closed(
    {"level": LEVEL, "message": MESSAGE, "locations": {"type": "array", "items": LOCATION}}, "message"
)  # 3.58
INVOCATION = _closed(  # 3.20
    {
        "executionSuccessful": {"type": "boolean"},
        "toolExecutionNotifications": {"type": "array", "items": NOTIFICATION},
    },
    "executionSuccessful",
)
DRIVER = _closed(  # 3.19
    {"name": TEXT, "version": TEXT, "semanticVersion": {"type": "string", "pattern": r"^\d+\.\d+\.\d+"}, "properties": BAG,
     "rules": {"type": "array", "items": RULE, "uniqueItems": True}},
    "name",
)  # fmt: skip
RUN = _closed(  # 3.14
    {
        "tool": _closed({"driver": DRIVER}, "driver"), "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "originalUriBaseIds": {"type": "object", "additionalProperties": _closed({"description": MESSAGE})},
        "invocations": {"type": "array", "items": INVOCATION}, "results": {"type": "array", "items": RESULT, "maxItems": 25_000},
    },
    "tool", "results",
)  # fmt: skip
LOG = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_closed(  # 3.13
        {"$schema": {"type": "string", "format": "uri"}, "version": {"const": "2.1.0"}, "runs": {"type": "array", "items": RUN, "maxItems": 20}},
        "version", "runs",
    ),
}  # fmt: skip
