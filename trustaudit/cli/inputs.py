"""From what the user named to the files to read: files, folders, globs and standard input, in order."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from trustaudit.audit import Unreadable
from trustaudit.cli.ignoring import Ignored, above

STANDARD_INPUT = "-"
SIDECAR = ".trustaudit.yaml"
OUR_FILES = frozenset({".trustaudit-ignore.yaml", "trustaudit-baseline.json", "journey.yaml", "journey.yml"})

# What lies beside documents in a repository and is none. A file that is named itself is always read.
NO_DOCUMENTS = frozenset({
    ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".ico", ".svg", ".webp", ".avif", ".tif", ".tiff", ".psd",
    ".mp3", ".mp4", ".mov", ".avi", ".wav", ".ogg", ".webm", ".ttf", ".otf", ".woff", ".woff2", ".eot",
    ".css", ".scss", ".less", ".map", ".py", ".pyc", ".so", ".dll", ".exe", ".o", ".a", ".class", ".jar",
    ".c", ".h", ".cpp", ".rs", ".go", ".java", ".kt", ".swift", ".sh", ".lock", ".toml", ".db", ".sqlite",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class StandardInput:
    """The place of ``-`` among the files."""


@dataclass
class Inputs:
    """What was found; ``skipped`` are words for standard error, ``missing`` was named and is not there."""

    sources: list[Path | StandardInput] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    sidecars: list[Path] = field(default_factory=list)  # what speaks of a document, and is none
    passed_over: dict[str, int] = field(default_factory=dict)  # suffix -> files that are no documents


def collect(arguments: Sequence[str], exclude: Sequence[str] = (), base: Path | None = None) -> Inputs:
    """All files that the arguments name, each once, in the order of the arguments and by name in a folder.

    ``exclude`` holds gitignore patterns relative to ``base``; they and .gitignore files hold for what is
    found in folders, not for what is named itself.
    """
    found = Inputs()
    seen: set[str] = set()
    for argument in arguments:
        for source in _expand(argument, list(exclude), base or Path.cwd(), found):
            key = os.path.abspath(source) if isinstance(source, Path) else STANDARD_INPUT  # noqa: PTH100
            if key not in seen:
                seen.add(key)
                found.sources.append(source)
    return found


def common_folder(arguments: Sequence[str]) -> Path | None:
    """The folder that all named paths share, where configuration is looked for first, or None."""
    named = [Path(name).absolute() for name in arguments if name != STANDARD_INPUT and Path(name).exists()]
    if not named:
        return None
    folders = [path if path.is_dir() else path.parent for path in named]
    return Path(os.path.commonpath(folders))


def _expand(argument: str, exclude: list[str], base: Path, found: Inputs) -> Iterator[Path | StandardInput]:
    if argument == STANDARD_INPUT:
        yield StandardInput()
        return
    path = Path(argument)
    if os.path.lexists(path):
        yield from _named(path, exclude, base, found)
        return
    matches = sorted(glob.glob(argument, recursive=True)) if glob.has_magic(argument) else []  # noqa: PTH207
    if not matches:
        found.missing.append(argument)
    for match in matches:
        if Path(match).is_file() or not argument.endswith("**"):
            yield from _named(Path(match), exclude, base, found)


def _named(path: Path, exclude: list[str], base: Path, found: Inputs) -> Iterator[Path]:
    if path.is_dir():
        folder = path.absolute()
        yield from _walk(_Folder(path, above(folder).adding(base, exclude)), found)
    elif (trouble := _trouble(path)) is not None:
        found.skipped.append(f"{path}: skipped: {trouble}")
    elif path.name.endswith(SIDECAR):
        found.sidecars.append(path)
    elif path.name not in OUR_FILES:
        yield path


def _trouble(path: Path) -> str | None:
    """Why this is not a file that can be read to its end, or None."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return "a link that leads nowhere" if path.is_symlink() else (error.strerror or "cannot be looked at")
    if stat.S_ISREG(mode):
        return None
    kinds = {
        stat.S_IFIFO: "a pipe",
        stat.S_IFSOCK: "a socket",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
    }
    return kinds.get(stat.S_IFMT(mode), "not a file")


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder on the way; ``inside`` are the folders that lead to it, by device and number."""

    path: Path
    ignored: Ignored
    inside: frozenset[tuple[int, int]] = frozenset()


def _walk(top: _Folder, found: Inputs) -> Iterator[Path]:
    """All files in and below a folder, by name; with its own stack, as folders nest deeper than calls may."""
    stack = [_entries(top, found)]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
        elif isinstance(entry, _Folder):
            stack.append(_entries(entry, found))
        else:
            yield entry


def _entries(folder: _Folder, found: Inputs) -> Iterator[Path | _Folder]:
    """What is to be read in one folder; a link back to a folder above it is a loop."""
    try:
        own = folder.path.stat()
        names = sorted(path.name for path in folder.path.iterdir())
    except OSError as error:
        found.unreadable.append(Unreadable(str(folder.path), f"the folder cannot be read: {error.strerror}"))
        return
    number = (own.st_dev, own.st_ino)
    if number in folder.inside:
        found.skipped.append(f"{folder.path}: skipped: a link back to a folder above it")
        return
    ignored = folder.ignored.entering(folder.path.absolute())
    for name in names:
        path = folder.path / name
        is_folder = path.is_dir()
        if name.startswith(".") or ignored.matches(path.absolute(), folder=is_folder):
            continue
        if is_folder:
            yield _Folder(path, ignored, folder.inside | {number})
        elif _wanted(path, found):
            yield path


def _wanted(path: Path, found: Inputs) -> bool:
    """Whether a file met on the way is to be read; if not, ``found`` is told why."""
    suffix = path.suffix.lower()
    if (trouble := _trouble(path)) is not None:
        found.skipped.append(f"{path}: skipped: {trouble}")
    elif path.name.endswith(SIDECAR):
        found.sidecars.append(path)
    elif path.name in OUR_FILES:
        pass
    elif suffix in NO_DOCUMENTS:
        found.passed_over[suffix] = found.passed_over.get(suffix, 0) + 1
    else:
        return True
    return False
