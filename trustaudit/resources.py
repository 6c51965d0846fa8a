"""Where the rules and the report templates are: in the wheel, in an editable install, in a checkout."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@lru_cache(maxsize=1)
def _root() -> Path:
    bundled = _PACKAGE / "_bundled"
    return bundled if bundled.is_dir() else _PACKAGE.parent


def rules_dir() -> Path:
    """The folder of the rules that come with trustaudit."""
    return _root() / "rules"


def templates_dir() -> Path:
    """The folder of the report templates."""
    return _root() / "reports" / "templates"


@lru_cache(maxsize=1)
def data_sha256() -> str:
    """The hash of the data beside the rules (weights, profiles, word lists): they decide results too."""
    digest = hashlib.sha256()
    for path in sorted(rules_dir().glob("*.yaml")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
