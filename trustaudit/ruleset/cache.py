"""The compiled rules on disk, so that a scan reads neither YAML nor checks it again.

The name of an entry is a hash of every byte that went in: the rule files, their paths, and the code
that reads them. An entry is therefore never out of date, only unused; what cannot be read or written
is as if it were not there.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

from trustaudit.ruleset import recent
from trustaudit.ruleset.codec import FORMAT, PATH, decode, encode
from trustaudit.ruleset.files import Folder
from trustaudit.ruleset.rule import Ruleset

_log = logging.getLogger(__name__)

KEPT = 12
"""Entries of each room that stay on disk; the least recently written go first."""

_CODE = (
    "codec.py", "fields.py", "finds.py", "fix.py", "fix_schema.py", "load.py", "marks.py", "phrase.py",
    "rule.py", "schema.py",
    "vocabulary.py", "words.py", "yaml_lines.py",
)  # fmt: skip


def cache_dir() -> Path:
    """Where entries are kept: the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("trustaudit", appauthor=False)


def code_stamp() -> bytes:
    """Sizes and times of the modules that read YAML, so that a changed reader reads afresh."""
    here = Path(__file__).parent
    stamps = [f"trustaudit {FORMAT}\n"]
    for name in _CODE:
        with suppress(OSError):
            stamp = (here / name).stat()
            stamps.append(f"{name} {stamp.st_size} {stamp.st_mtime_ns}\n")
    return "".join(stamps).encode()


def key(folders: Sequence[Folder]) -> str:
    """The hash of the folders' files in order. Where the folders stand does not matter.

    Files are hashed each time: their sizes and times could stay the same over a change.
    """
    hashed = hashlib.sha256(code_stamp())
    for folder in folders:
        hashed.update(f"folder of {len(folder.files)}\n".encode())
        for file in folder.files:
            hashed.update(f"{len(file.data)} {file.relative}\n".encode("utf-8", "surrogateescape"))
            hashed.update(file.data)
    return hashed.hexdigest()


_RECENT: dict[tuple[str, tuple[str, ...]], Ruleset] = {}
_RECENT_MOST = 8


def recall(name: str, folders: Sequence[Folder]) -> Ruleset | None:
    """The rules of this name as this process, or the disk, still knows them."""
    found = _RECENT.get(_known(name, folders)) or read(name, folders)
    if found is not None:
        _remember(name, folders, found)
    return found


def keep(name: str, folders: Sequence[Folder], ruleset: Ruleset, places: Sequence[tuple[int, str]]) -> None:
    """Remember the rules, and write them down; ``places`` as in ``write``."""
    _remember(name, folders, ruleset)
    write(name, ruleset, places)


def _known(name: str, folders: Sequence[Folder]) -> tuple[str, tuple[str, ...]]:
    return name, tuple(str(folder.root) for folder in folders)


def _remember(name: str, folders: Sequence[Folder], ruleset: Ruleset) -> None:
    known = _known(name, folders)
    if known not in _RECENT and len(_RECENT) >= _RECENT_MOST:
        _RECENT.clear()
    _RECENT[known] = ruleset


def forget() -> None:
    """Drop what this process remembers; the disk keeps its own."""
    recent.forget()
    _RECENT.clear()


def read(name: str, folders: Sequence[Folder]) -> Ruleset | None:
    """The rules of this name with their paths in these folders, or None where there is no sound entry."""
    data = read_json("rules", name)
    if data is None:
        return None
    try:
        for row, (folder, relative) in zip(data["rules"], data["places"], strict=True):
            row[PATH] = str(folders[folder].root / relative)
        return decode(data)
    except (LookupError, TypeError, ValueError, AttributeError):
        return None


def write(name: str, ruleset: Ruleset, places: Sequence[tuple[int, str]]) -> None:
    """Keep the rules; ``places`` say for each which folder it is from, and its path there."""
    stripped = replace(ruleset, rules=tuple(replace(rule, path="") for rule in ruleset.rules))
    write_json("rules", name, {**encode(stripped), "places": [list(place) for place in places]})


def read_json(room: str, name: str) -> Any:
    """The entry of this name, or None where there is no sound one."""
    try:
        head, _, body = (_folder(room) / f"{name}.json").read_bytes().partition(b"\n")
        return json.loads(body) if head == _checksum(body) else None
    except (OSError, ValueError):
        return None


def write_json(room: str, name: str, data: Any) -> None:
    """Keep an entry; where it cannot be written nothing happens."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    try:
        folder = _folder(room)
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(folder / f"{name}.json", _checksum(body) + b"\n" + body)
        _prune(folder)
    except OSError as error:
        _log.debug("nothing is kept in the cache: %s", error)


def _folder(room: str) -> Path:
    """The folder of a room; ``OSError`` where the user has no home: none is made elsewhere."""
    folder = cache_dir() / room
    if not folder.is_absolute():
        raise FileNotFoundError(folder)
    return folder


def _write_whole(path: Path, data: bytes) -> None:
    """Write all or nothing: readers see the old file or the new one."""
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _prune(folder: Path) -> None:
    entries = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for old in entries[KEPT:]:
        old.unlink(missing_ok=True)


def _checksum(body: bytes) -> bytes:
    return f"{FORMAT} {len(body)} {crc32(body):08x}".encode()
