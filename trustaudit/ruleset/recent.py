"""Rules that this process has loaded, while no file of theirs has changed: a scan then reads none of them.

A file is as it was where its size, its times of change, its inode and its path are. A change within the same
tick of the file system's clock would not show, so what was changed shortly before it was read is read again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from trustaudit.ruleset.files import stamped
from trustaudit.ruleset.rule import Ruleset

_SETTLED = 2_000_000_000
"""Nanoseconds behind its last change in which a file is not believed: the coarsest clock ticks in two
seconds."""
_MOST = 8

Dirs = tuple[str, ...]
Stamps = tuple[tuple[str, int, int, int, int], ...]
_KNOWN: dict[Dirs, tuple[Stamps, Ruleset]] = {}


def recent(dirs: Sequence[Path], stamps: Stamps | None) -> Ruleset | None:
    """The rules of these folders, if this process has loaded them with the same stamps."""
    known = _KNOWN.get(_names(dirs))
    return known[1] if known is not None and known[0] == stamps else None


def remember(dirs: Sequence[Path], stamps: Stamps | None, ruleset: Ruleset) -> None:
    """``stamps`` were taken before the files were read; None, or a fresh one, and nothing is remembered."""
    now = time.time_ns()
    if stamps is None or any(max(changed, moved) > now - _SETTLED for _, _, changed, moved, _ in stamps):
        return
    if len(_KNOWN) >= _MOST:
        _KNOWN.clear()
    _KNOWN[_names(dirs)] = stamps, ruleset


def forget() -> None:
    """Drop all that is known."""
    _KNOWN.clear()


def stamps_of(dirs: Sequence[Path]) -> Stamps | None:
    """The stamps of all files of the folders; None where one cannot be seen."""
    try:
        return tuple(_stamps(dirs))
    except OSError:
        return None


def _stamps(dirs: Sequence[Path]) -> Iterator[tuple[str, int, int, int, int]]:
    for root in dirs:
        for path, stat in stamped(str(root)):
            yield path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def _names(dirs: Sequence[Path]) -> Dirs:
    return tuple([os.fspath(root) for root in dirs])
