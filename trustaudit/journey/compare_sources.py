"""What OLD and NEW name: a file, a folder, a journey, an audit, or any of these at a git revision."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Self

from trustaudit.audit import Audit, Unreadable
from trustaudit.errors import UsageError
from trustaudit.journey.manifest import NAMES, manifest_in
from trustaudit.journey_audit import JourneyAudit

_NO_DOCUMENTS = frozenset({
    ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".ico", ".svg", ".webp", ".avif", ".tif", ".tiff", ".psd",
    ".mp3", ".mp4", ".mov", ".avi", ".wav", ".ogg", ".webm", ".ttf", ".otf", ".woff", ".woff2", ".eot",
    ".css", ".scss", ".less", ".map", ".py", ".pyc", ".so", ".dll", ".exe", ".o", ".a", ".class", ".jar",
    ".c", ".h", ".cpp", ".rs", ".go", ".java", ".kt", ".swift", ".sh", ".lock", ".toml", ".db", ".sqlite",
    ".zip", ".gz", ".tar",
})  # fmt: skip
"""What lies beside documents in a folder and is none."""

_OURS = (".trustaudit.yaml", ".trustaudit-ignore.yaml", "trustaudit-baseline.json", *NAMES)

Named = str | Path | Audit | JourneyAudit
Walk = Callable[[Path], list[Path]]
"""The documents in a folder of the working tree: the command line knows what is ignored there."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document of a side.

    ``key`` is its path within the side, ``name`` what is shown, ``place`` where it is in the working tree, or
    would be: settings go by it.
    """

    key: str
    name: str
    place: Path
    path: Path | None = None
    audit: Audit | None = None


@dataclass(frozen=True)
class Sources:
    """One side. ``single``: one document was named, to be compared whatever it is called."""

    name: str
    files: tuple[Source, ...]
    single: bool = False
    journey: JourneyAudit | None = None
    unreadable: tuple[Unreadable, ...] = ()


@dataclass
class Opener:
    """Opens sides. What was written out from a repository is there until the opener is closed."""

    audit_journey: Callable[[Path], JourneyAudit]
    walk: Walk | None = None
    excluded: Callable[[Path], bool] | None = None  # of what was at a revision, by its place in the tree
    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def open(self, named: Named) -> Sources:
        """Raises ``UsageError`` where there is no such file or revision, ``ConfigError`` for a manifest."""
        if isinstance(named, Audit):
            name = named.document.name or "text"
            return Sources(name, (Source(Path(name).name, name, Path(name), audit=named),), single=True)
        if isinstance(named, JourneyAudit):
            return _journey(named, named.source or named.name, None)
        path = Path(named)
        if path.exists():
            return self._on_disk(path, str(named), path)
        revision, colon, inside = str(named).partition(":")
        if colon and revision:
            return self._at(revision, Path(inside or "."), str(named))
        raise UsageError(f"{named}: no such file or folder; name one, or REV:path for a git revision")

    def _at(self, revision: str, place: Path, named: str) -> Sources:
        """What was there at a revision, written where it can be read like any other."""
        from trustaudit.suppression.revision import tree_at

        files = dict(tree_at(revision, place.parent if place.name in NAMES else place))
        missing = UsageError(f"{named}: nothing of that name was there at {revision}")
        base = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="trustaudit-")))
        for name, data in files.items():
            target = base / place.name if name == "." else base.joinpath(*PurePosixPath(name).parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        found = base / place.name if set(files) == {"."} or place.name in NAMES else base
        if not files or not found.exists():
            raise missing
        return self._on_disk(found, named, place, exported=True)

    def _on_disk(self, path: Path, named: str, place: Path, *, exported: bool = False) -> Sources:
        manifest = path if path.name in NAMES else manifest_in(path) if path.is_dir() else None
        if manifest is not None:
            return _journey(self.audit_journey(manifest), named, manifest.parent)
        if not path.is_dir():
            if not path.is_file():
                raise UsageError(f"{named}: not a file that can be read")
            return Sources(named, (Source(place.name, named, place, path),), single=True)
        walk = self.walk if self.walk and not exported else documents_below
        keys = [(each, each.relative_to(path).as_posix()) for each in walk(path)]
        if exported and self.excluded:
            keys = [(each, key) for each, key in keys if not self.excluded(place / key)]
        if not keys:
            raise UsageError(f"{named}: no document in this folder")
        shown = named.rstrip("/")
        return Sources(named, tuple(Source(key, f"{shown}/{key}", place / key, each) for each, key in keys))


def documents_below(folder: Path) -> list[Path]:
    """The documents in and below a folder, by name; nothing hidden, nothing that is no document."""
    return list(_below(folder))


def _below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        passed = path.name.endswith(_OURS) or path.suffix.lower() in _NO_DOCUMENTS
        if not hidden and not passed and path.is_file():
            yield path


def _journey(journey: JourneyAudit, named: str, base: Path | None) -> Sources:
    """The documents of a journey, each under its path; its holes are unreadable."""
    files = []
    for each in journey.documents:
        path = Path(each.audit.document.name)
        key = each.path or _within(path, base)
        files.append(Source(key, f"{named}: {key}", path, audit=each.audit))
    holes = tuple(Unreadable(f"{named}: {hole.path}", hole.reason) for hole in journey.holes)
    return Sources(named, tuple(files), journey=journey, unreadable=holes)


def _within(path: Path, base: Path | None) -> str:
    try:
        return path.absolute().relative_to(base.absolute()).as_posix() if base else path.as_posix()
    except ValueError:
        return path.as_posix()
