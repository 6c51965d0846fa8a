"""Many files: in this process, or by worker processes that may die without losing anything.

The names are imported when they are first asked for: a run that finds everything in its store reads nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trustaudit.batch.limits import Limits
    from trustaudit.batch.many import scan_many

__all__ = ["Limits", "scan_many"]

_HOMES = {"Limits": "limits", "scan_many": "many"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'trustaudit.batch' has no attribute {name!r}")
    return getattr(import_module(f"trustaudit.batch.{_HOMES[name]}"), name)
