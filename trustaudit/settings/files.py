"""Finding a configuration file and reading it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trustaudit.errors import ConfigError
from trustaudit.settings.checks import KEYS, Checker
from trustaudit.settings.values import Settings

OWN_FILE = "trustaudit.toml"
PROJECT_FILE = "pyproject.toml"
ADDED = ("rules", "packs", "paths", "severity")


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
    """Read one configuration file, over those that it ``extends``.

    Raises ``ConfigError`` with the file, the line and the near name.
    """
    return _load(path, ())


def _load(path: Path, below: tuple[Path, ...]) -> Settings:
    """``below``: the files that extend this one, so that a circle is seen."""
    own = _table(path)
    shared = tuple(path.parent.absolute() / name for name in own.pop("extends", ()))
    merged: dict[str, Any] = {}
    origins: dict[str, Path] = {}
    added: dict[str, tuple[Path, ...]] = {}
    for file in shared:
        if file.resolve() in (*below, path.resolve()):
            raise ConfigError(f"{path}: extends {file}, which extends it in turn")
        if not file.is_file():
            raise ConfigError(f"{path}: extends {file}, which is not there")
        base = _load(file, (*below, path.resolve()))
        origins |= base.origins
        added = _joined(added, base.added)
        merged = _over(merged, {key: getattr(base, key) for key in base.origins})
    merged = _over(merged, own)
    origins |= dict.fromkeys(own, path.absolute())
    added = _joined(added, {key: (path.absolute(),) for key in ADDED if key in own})
    return Settings(**merged, extends=shared, origins=origins, added=added, source=path.absolute())


def _joined(
    base: Mapping[str, tuple[Path, ...]], own: Mapping[str, tuple[Path, ...]]
) -> dict[str, tuple[Path, ...]]:
    return {key: tuple(dict.fromkeys((*base.get(key, ()), *own.get(key, ())))) for key in {**base, **own}}


def _over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The stronger keys over the weaker; rules, packs, paths and severities add up, the stronger later."""
    merged = base | own
    for key in ADDED:
        if key in base and key in own:
            merged[key] = (*base[key], *own[key])
    return merged


def _table(path: Path) -> dict[str, Any]:
    """What one file itself says, checked, with its folders made absolute."""
    text = _read(path)
    try:
        table: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    if path.name == PROJECT_FILE:
        table = table.get("tool", {}).get("trustaudit", {})
    checked = Checker(path, text, path.name == PROJECT_FILE).table(table, KEYS)
    folder = path.parent.absolute()
    if "rules" in checked:
        checked["rules"] = tuple(folder / name for name in checked["rules"])
    if "baseline" in checked:
        checked["baseline"] = folder / checked["baseline"]
    return checked


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8 text; save it as UTF-8") from None
