"""A portfolio as JSON, schema ``trustaudit/portfolio/1``, byte-stable; its documents as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from trustaudit.report.escaping import writable
from trustaudit.report.portfolio_values import Cluster, Portfolio, Standing

SCHEMA = "trustaudit/portfolio/1"


def render(portfolio: Portfolio) -> str:
    """All but the documents, which are lines of a file of their own."""
    return writable(json.dumps(_report(portfolio), ensure_ascii=False, indent=2)) + "\n"


def _report(portfolio: Portfolio) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "tool": {"name": "trustaudit", "version": portfolio.version, "rules": list(portfolio.rules_sha256)},
        "folder": portfolio.folder,
        "documents": {
            "read": portfolio.read,
            "unreadable": portfolio.unreadable,
            "quarantined": portfolio.quarantined,
        },
        "grades": dict(sorted(portfolio.grades.items())),
        "kinds": [
            {
                "kind": each.kind,
                "documents": each.documents,
                "grades": dict(sorted(each.grades.items())),
                "scores": list(each.scores),
                "median": each.median,
            }
            for each in portfolio.groups
        ],
        "worst": [document(each) for each in portfolio.worst],
        "rules": [asdict(each) for each in portfolio.rules],
        "fine_print": {
            "limit": portfolio.fine_limit,
            "kinds": [asdict(each) for each in portfolio.fine_print],
        },
        "clusters": [_cluster(each) for each in portfolio.clusters],
        "clusters_note": portfolio.clusters_note,
        "standards": portfolio.standards,
        "unreadable": [{"path": path, "reason": reason} for path, reason in portfolio.problems],
    }


def _cluster(cluster: Cluster) -> dict[str, Any]:
    return {
        "documents": cluster.documents,
        "wordings": cluster.wordings,
        "repaired": cluster.repaired,
        "fairest": cluster.fairest,
        "variants": [asdict(each) for each in cluster.variants],
    }


def document(each: Standing) -> dict[str, Any]:
    """One document; ``rules`` are indices into the report's rules."""
    return asdict(each)


def lines(documents: Iterable[Standing]) -> Iterator[str]:
    """A line for each document, the least fair first."""
    for each in documents:
        yield writable(json.dumps(document(each), ensure_ascii=False, separators=(",", ":"))) + "\n"
