"""Configuration: ``[tool.trustaudit]`` in pyproject.toml, or trustaudit.toml; found by walking up."""

from __future__ import annotations

from trustaudit.settings.files import discover, find, load
from trustaudit.settings.values import AUDIENCES, FAIL_ON, FORMATS, KINDS, PathSettings, Settings

__all__ = ["AUDIENCES", "FAIL_ON", "FORMATS", "KINDS", "PathSettings", "Settings", "discover", "find", "load"]
