"""What OLD and NEW name: a file, a folder, a manifest, an audit, or any of these at a git revision."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Self

from trustaudit.audit import Audit
from trustaudit.errors import UsageError

_NO_DOCUMENTS = frozenset({
    ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".ico", ".svg", ".webp", ".tif", ".tiff", ".mp3", ".mp4", ".mov",
    ".wav", ".ogg", ".webm", ".ttf", ".otf", ".woff", ".woff2", ".css", ".scss", ".less", ".map", ".py",
    ".pyc", ".so", ".dll", ".exe", ".class", ".jar", ".c", ".h", ".cpp", ".rs", ".go", ".java", ".js", ".ts",
    ".sh", ".lock", ".toml", ".db", ".sqlite", ".zip", ".gz", ".tar",
})  # fmt: skip
"""What lies beside documents in a folder and is none."""

_OURS = ("journey.yaml", "journey.yml", ".trustaudit.yaml", "trustaudit-baseline.json")


@dataclass(frozen=True, slots=True)
class Source:
    """One document of a side. ``key`` is its path within the side, ``name`` what is shown."""

    key: str
    name: str
    path: Path | None = None
    data: bytes | None = None
    audit: Audit | None = None
    company: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    kind: str = "auto"
    audience: str = "auto"


@dataclass(frozen=True)
class Sources:
    """One side. ``single``: one document was named, to be compared whatever it is called."""

    name: str
    files: tuple[Source, ...]
    single: bool = False
    manifest: Path | None = None
    notes: tuple[str, ...] = ()


@dataclass
class Opener:
    """Opens both sides; what was exported from a repository is there until it is closed."""

    _stack: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def open(self, named: str | Path | Audit) -> Sources:
        """Raises ``UsageError`` where there is no such file or revision, ``ConfigError`` for a manifest."""
        if isinstance(named, Audit):
            name = named.document.name or "text"
            return Sources(name, (Source(Path(name).name, name, audit=named),), single=True)
        path = Path(named)
        if path.exists():
            return _on_disk(path, str(named), path)
        revision, colon, inside = str(named).partition(":")
        if colon and revision and not path.is_symlink():
            return self._at(revision, inside, str(named))
        raise UsageError(f"{named}: no such file or folder; name one, or REV:path for a git revision")

    def _at(self, revision: str, inside: str, named: str) -> Sources:
        """A file or folder as it was at a revision, written where it can be read like any other."""
        from trustaudit.suppression.revision import tree_at

        place = Path(inside or ".")
        folder = place.parent if _is_manifest(place) else place
        files = dict(tree_at(revision, folder))
        if not files:
            raise UsageError(f"{named}: nothing of that name was there at {revision}")
        base = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="trustaudit-")))
        if set(files) == {"."}:
            (base / place.name).write_bytes(files["."])
            return _on_disk(base / place.name, named, base / place.name)
        for name, data in files.items():
            target = base.joinpath(*PurePosixPath(name).parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        found = base / place.name if _is_manifest(place) else base
        if not found.exists():
            raise UsageError(f"{named}: nothing of that name was there at {revision}")
        return _on_disk(found, named, base)


def _is_manifest(path: Path) -> bool:
    from trustaudit.journey.manifest import NAMES

    return path.name in NAMES


def _on_disk(path: Path, named: str, base: Path) -> Sources:
    """``base`` is what the shown names replace by ``named``."""
    if _is_manifest(path) and path.is_file():
        return _journey(path, named)
    if path.is_dir():
        from trustaudit.journey.manifest import manifest_in

        manifest = manifest_in(path)
        if manifest is not None:
            return _journey(manifest, named)
        files = tuple(
            Source(key, f"{named.rstrip('/')}/{key}", each)
            for each in _walk(path)
            for key in [each.relative_to(base).as_posix()]
        )
        if not files:
            raise UsageError(f"{named}: no document in this folder")
        return Sources(named, files)
    if not path.is_file():
        raise UsageError(f"{named}: not a file that can be read")
    return Sources(named, (Source(path.name, named, path),), single=True)


def _walk(folder: Path) -> Iterator[Path]:
    """The documents in and below a folder, by name; nothing hidden, nothing that is no document."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in parts)
        ours = path.name.endswith(_OURS)
        if not hidden and not ours and path.suffix.lower() not in _NO_DOCUMENTS and path.is_file():
            yield path


def _journey(path: Path, named: str) -> Sources:
    """The documents of a manifest, with what it says of each; its holes as notes."""
    from trustaudit.journey.manifest import load_manifest
    from trustaudit.journey.plan import plan

    manifest = load_manifest(path)
    planned = plan(manifest)
    files = tuple(
        Source(
            each.shown, f"{each.stage}: {each.shown}", each.path,
            company=each.entry.company or manifest.company,
            customer=each.entry.customer or manifest.customer,
            kind=str(each.entry.kind) or "auto",
            audience=str(each.entry.audience or manifest.audience or "auto"),
        )
        for each in planned.files
    )  # fmt: skip
    notes = tuple(f"{named}: {hole.stage}: {hole.path}: {hole.reason}" for hole in planned.holes)
    return Sources(named, files, manifest=path, notes=notes)
