"""trustaudit: a trust audit of a company's own customer-facing paperwork.

The public names are imported when they are first asked for, so that ``import trustaudit`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trustaudit.annotate import annotate
    from trustaudit.audit import Audit, Finding, Unreadable
    from trustaudit.batch import scan_many
    from trustaudit.comparison import Comparison
    from trustaudit.journey.compare import compare
    from trustaudit.journey.run import audit_journey
    from trustaudit.journey_audit import JourneyAudit
    from trustaudit.language.norms import Norm
    from trustaudit.pipeline import norms, scan, scan_text

__version__ = "0.1.0"

_HOMES = {
    "Audit": "audit",
    "Comparison": "comparison",
    "Finding": "audit",
    "JourneyAudit": "journey_audit",
    "Norm": "language.norms",
    "Unreadable": "audit",
    "audit_journey": "journey.run",
    "compare": "journey.compare",
    "norms": "pipeline",
    "scan": "pipeline",
    "scan_many": "batch",
    "scan_text": "pipeline",
}

__all__ = [
    "Audit", "Comparison", "Finding", "JourneyAudit", "Norm", "Unreadable", "__version__", "annotate",
    "audit_journey", "compare", "norms", "scan", "scan_many", "scan_text",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name == "annotate":  # a room that can be called: its name stays the same once it is imported
        return import_module("trustaudit.annotate")
    if name not in _HOMES:
        raise AttributeError(f"module 'trustaudit' has no attribute {name!r}")
    return getattr(import_module(f"trustaudit.{_HOMES[name]}"), name)
