"""From a manifest to the files to read: globs opened, each file at one place of the journey, holes marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trustaudit.errors import ConfigError
from trustaudit.journey.manifest import DocumentEntry, Manifest, StageEntry
from trustaudit.journey_audit import Hole

_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Planned:
    """One file of the journey; ``shown`` is its path as the report shows it."""

    path: Path
    shown: str
    stage: str
    entry: DocumentEntry


@dataclass(frozen=True, slots=True)
class Plan:
    """The files in order, and what the manifest names and the disk does not have."""

    files: tuple[Planned, ...]
    holes: tuple[Hole, ...]


def plan(manifest: Manifest) -> Plan:
    """Where each document stands. A named file that is missing, and a glob that matches nothing, are holes.

    Raises ``ConfigError`` where a document stands in two stages, or where no document is there at all.
    """
    files: list[Planned] = []
    holes: list[Hole] = []
    taken: dict[Path, str] = {}
    for stage in manifest.stages:
        own: dict[Path, Planned] = {}
        for entry in stage.documents:
            try:
                matches, trouble = list(_matches(entry)), ""
            except OSError as error:  # such as: a folder that may not be looked into
                matches, trouble = [], error.strerror or str(error)
            if not matches:
                holes.append(Hole(entry.path, stage.name, trouble or _missing(entry)))
            for path in matches:  # within a stage the later entry knows better, at the earlier place
                own[path.resolve()] = Planned(path, _shown(path, manifest.base), stage.name, entry)
        _in_one_stage(own, taken, stage)
        files += own.values()
    if not files:
        named = ", ".join(sorted({hole.path for hole in holes})[:3])
        raise ConfigError(f"{manifest.source or manifest.base}: none of its documents is there ({named})")
    return Plan(tuple(files), tuple(holes))


def _in_one_stage(own: dict[Path, Planned], taken: dict[Path, str], stage: StageEntry) -> None:
    for real, planned in own.items():
        if real in taken:
            raise ConfigError(
                f"{planned.entry.place or stage.place}: {planned.shown} stands in two stages, "
                f"'{taken[real]}' and '{stage.name}'; name it in the one where the customer meets it first"
            )
    taken |= dict.fromkeys(own, stage.name)


def _matches(entry: DocumentEntry) -> Iterator[Path]:
    """The files that an entry names, by name; links that lead nowhere or in a circle are none."""
    path = entry.base / entry.path
    if not _MAGIC & set(entry.path) or path.exists():
        if path.is_dir():
            yield from _files(path.rglob("*"))
        elif _is_file(path):
            yield path
        return
    if Path(entry.path).is_absolute():
        raise ConfigError(f"{entry.place}: '{entry.path}': a glob is relative to the manifest's folder")
    try:
        yield from _files(entry.base.glob(entry.path))
    except ValueError as error:
        raise ConfigError(f"{entry.place}: '{entry.path}' is no glob: {error}") from None


def _files(found: Iterator[Path]) -> list[Path]:
    return sorted(
        path for path in found if _is_file(path) and not any(part.startswith(".") for part in path.parts[-1:])
    )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, RuntimeError):  # a circle of links
        return False


def _missing(entry: DocumentEntry) -> str:
    where = f" ({entry.place})" if entry.place else ""
    path = entry.base / entry.path
    if path.is_symlink():
        return f"a link that leads nowhere{where}"
    if _MAGIC & set(entry.path):
        return f"no file matches{where}"
    return f"the folder holds no document{where}" if path.is_dir() else f"there is no such file{where}"


def _shown(path: Path, base: Path) -> str:
    """The path relative to the manifest, with forward slashes; as it is where it lies elsewhere."""
    try:
        return path.absolute().relative_to(base.absolute()).as_posix()
    except ValueError:
        return path.as_posix()
