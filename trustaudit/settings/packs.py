"""Rule packs that are installed as Python packages, found by their entry points of ``trustaudit.rules``.

A pack must be named in the settings: what happens to be installed never changes a result by itself. Its entry
point is a package with a folder ``rules`` (or rules at its root), or an object that is, or gives, a path.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any

from trustaudit.errors import ConfigError

GROUP = "trustaudit.rules"


def folders(names: Sequence[str]) -> tuple[Path, ...]:
    """The rules folders of installed packs. Raises ``ConfigError`` where one is missing or does not load."""
    if not names:
        return ()
    from importlib.metadata import entry_points

    known = {point.name: point for point in entry_points(group=GROUP)}
    return tuple(_folder(name, known) for name in names)


def _folder(name: str, known: dict[str, Any]) -> Path:
    if name not in known:
        near = get_close_matches(name, known, n=1)
        installed = f"installed: {', '.join(sorted(known))}" if known else "none is installed"
        hint = f'did you mean "{near[0]}"?' if near else installed
        raise ConfigError(f'no rule pack is called "{name}"; {hint}')
    try:
        folder = _path(known[name].load())
    except Exception as error:  # whatever a foreign package does when it is imported
        raise ConfigError(f'the rule pack "{name}" fails to load: {type(error).__name__}: {error}') from error
    if not folder.is_dir():
        raise ConfigError(f'the rule pack "{name}" has no folder {folder}')
    return folder


def _path(found: Any) -> Path:
    if isinstance(found, ModuleType):
        home = Path(found.__path__[0]) if hasattr(found, "__path__") else Path(str(found.__file__)).parent
        return home / "rules" if (home / "rules").is_dir() else home
    return Path(found() if callable(found) else found)
