"""Where the rules and the report templates are: in the wheel, in an editable install, in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _root() -> Path:
    bundled = _PACKAGE / "_bundled"
    return bundled if bundled.is_dir() else _PACKAGE.parent


def rules_dir() -> Path:
    """The folder of the rules that come with trustaudit."""
    return _root() / "rules"


def templates_dir() -> Path:
    """The folder of the report templates."""
    return _root() / "reports" / "templates"
