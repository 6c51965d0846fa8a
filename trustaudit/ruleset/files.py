"""Which files of a rules folder are rules, and which are vocabulary; their bytes, read once.

A rule stands in a subfolder, and its path below the rules folder, without the suffix, is its id.
Vocabulary is ``vocabulary.yaml`` or any file in ``vocabulary/``. Other files at the root are data of
other rooms. Names that begin with ``_`` or ``.`` are left out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from trustaudit.errors import RuleError

SUFFIXES = (".yaml", ".yml")
MAX_FILES = 20_000
MAX_READ = 1_000_001  # one byte more than a rule file may have; enough to refuse it


class SourceFile(NamedTuple):
    """One YAML file: ``relative`` to its folder's root, with forward slashes; ``path`` to open it."""

    relative: str
    path: str
    data: bytes

    @property
    def id(self) -> str:
        return self.relative.rpartition(".")[0]

    @property
    def is_vocabulary(self) -> bool:
        return self.relative.startswith(("vocabulary/", "vocabulary."))


class Folder(NamedTuple):
    """A rules folder as given, with its rule and vocabulary files in the order of their paths."""

    root: Path
    files: tuple[SourceFile, ...]


def read_folders(dirs: Sequence[Path]) -> tuple[Folder, ...]:
    """The files of every folder; a single rule file stands for a folder of one.

    Raises ``RuleError`` where a folder is missing, cannot be read or is far too large.
    """
    return tuple(_read_folder(Path(root)) for root in dirs)


def _read_folder(root: Path) -> Folder:
    try:
        if root.is_file():
            return _single(root)
        if not root.is_dir():
            raise RuleError(f"{root}: no such rules folder")
        files = tuple(sorted(_files(root), key=lambda file: file.relative))
        if not files:
            raise RuleError(f"{root}: no rule in this folder. {_loose(root)}")
        return Folder(root, files)
    except OSError as error:
        raise RuleError(f"{error.filename or root}: cannot be read: {error.strerror}") from None


def _loose(root: Path) -> str:
    """Where a rule should stand, with a loose file of the folder as the example."""
    names = sorted(path.name for path in root.iterdir() if path.suffix in SUFFIXES)
    name = names[0] if names else "my-rule.yaml"
    above = f"; if {root.name} is the family, give the folder above it" if names else ""
    return f"A rule stands in the folder of its family: {root.name or 'rules'}/my-family/{name}{above}"


def _single(path: Path) -> Folder:
    """A rule file given by itself: its folder's name is the first part of its id."""
    absolute = path.absolute()
    relative = f"{absolute.parent.name or 'rules'}/{absolute.name}"
    return Folder(absolute.parent.parent, (SourceFile(relative, str(path), _read(str(path))),))


def _files(root: Path) -> Iterator[SourceFile]:
    for count, (relative, path) in enumerate(_walk(str(root), "")):
        if count == MAX_FILES:
            raise RuleError(f"{root}: more than {MAX_FILES:,} rule files: is this the rules folder?")
        yield SourceFile(relative, path, _read(path))


def _walk(path: str, below: str) -> Iterator[tuple[str, str]]:
    """Rule and vocabulary files under a path; links to folders are not followed, so no walk is endless."""
    with os.scandir(path) as entries:
        for entry in entries:
            relative = below + entry.name
            if entry.name.startswith(("_", ".")):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, relative + "/")
            elif entry.name.endswith(SUFFIXES) and entry.is_file() and _wanted(relative):
                yield relative, entry.path


def stamped(root: str) -> Iterator[tuple[str, os.stat_result]]:
    """The files that would be read, in no order, with their stamps; ``OSError`` where one cannot be seen."""
    if Path(root).is_file():
        yield root, Path(root).stat()
        return
    for _, path in _walk(root, ""):
        yield path, os.stat(path)  # noqa: PTH116 - hundreds of files at every scan, and a Path costs more


def _wanted(relative: str) -> bool:
    return "/" in relative or relative.startswith("vocabulary.")


def _read(path: str) -> bytes:
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        parts = [os.read(handle, MAX_READ)]
        while parts[-1] and sum(map(len, parts)) < MAX_READ:
            parts.append(os.read(handle, MAX_READ))
        return b"".join(parts)
    finally:
        os.close(handle)
