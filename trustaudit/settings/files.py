"""Finding a configuration file and reading it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from trustaudit.errors import ConfigError
from trustaudit.settings.checks import KEYS, Checker
from trustaudit.settings.values import Settings

OWN_FILE = "trustaudit.toml"
PROJECT_FILE = "pyproject.toml"


def discover(start: Path) -> Settings:
    """The settings of the nearest configuration file in ``start`` or above it; the defaults where none is.

    Raises ``ConfigError`` where that file cannot be used.
    """
    found = find(start)
    return load(found) if found else Settings()


def find(start: Path) -> Path | None:
    """The nearest trustaudit.toml, or pyproject.toml with our table, in ``start`` or above it."""
    start = start.absolute()
    for folder in (start, *start.parents):
        own, project = folder / OWN_FILE, folder / PROJECT_FILE
        if own.is_file():
            return own
        if project.is_file() and _mentions_us(project):
            return project
    return None


def _mentions_us(project: Path) -> bool:
    """Whether a pyproject.toml has our table; one that is not ours may be broken without disturbing us."""
    try:
        text = project.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return re.search(r"^\s*\[{1,2}\s*tool\s*\.\s*trustaudit\b", text, re.MULTILINE) is not None


def load(path: Path) -> Settings:
    """Read one configuration file. Raises ``ConfigError`` with the file, the line and the near name."""
    text = _read(path)
    try:
        table: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    if path.name == PROJECT_FILE:
        table = table.get("tool", {}).get("trustaudit", {})
    checked = Checker(path, text, path.name == PROJECT_FILE).table(table, KEYS)
    checked["rules"] = tuple(path.parent.absolute() / folder for folder in checked.get("rules", ()))
    if "baseline" in checked:
        checked["baseline"] = path.parent.absolute() / checked["baseline"]
    return Settings(**checked, source=path.absolute())


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8 text; save it as UTF-8") from None
