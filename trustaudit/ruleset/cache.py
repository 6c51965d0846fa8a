"""The compiled rules on disk, so that a scan reads neither YAML nor checks it again.

The name of an entry is a hash of every byte that went in: the rule files, their paths, and the code
that reads them. An entry is therefore never out of date, only unused; what cannot be read or written
is as if it were not there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from zlib import crc32

from trustaudit.ruleset.codec import FORMAT, PATH, decode, encode
from trustaudit.ruleset.files import Folder
from trustaudit.ruleset.rule import Ruleset

KEPT = 12
"""Entries that stay on disk; the least recently written go first."""

_CODE = (
    "codec.py", "fields.py", "finds.py", "load.py", "marks.py", "phrase.py", "rule.py", "schema.py",
    "vocabulary.py", "yaml_lines.py",
)  # fmt: skip


def cache_dir() -> Path:
    """Where entries are kept: the user's cache folder."""
    from platformdirs import user_cache_path

    return user_cache_path("trustaudit", appauthor=False) / "rules"


def key(folders: Sequence[Folder]) -> str:
    """The hash of the folders' files in order. Where the folders stand does not matter.

    The stamps of this package's own modules go in too, so that a changed reader reads afresh. Files
    are hashed each time: their sizes and times could stay the same over a change.
    """
    hashed = hashlib.sha256(f"trustaudit rules {FORMAT}\n".encode())
    here = Path(__file__).parent
    for name in _CODE:
        with suppress(OSError):
            stamp = (here / name).stat()
            hashed.update(f"{name} {stamp.st_size} {stamp.st_mtime_ns}\n".encode())
    for folder in folders:
        hashed.update(f"folder of {len(folder.files)}\n".encode())
        for file in folder.files:
            hashed.update(f"{len(file.data)} {file.relative}\n".encode("utf-8", "surrogateescape"))
            hashed.update(file.data)
    return hashed.hexdigest()


def read(name: str, folders: Sequence[Folder]) -> Ruleset | None:
    """The entry of this name with its paths in these folders, or None where there is no sound one."""
    try:
        head, _, body = (cache_dir() / f"{name}.json").read_bytes().partition(b"\n")
        if head != _checksum(body):
            return None
        data = json.loads(body)
        for row, (folder, relative) in zip(data["rules"], data["places"], strict=True):
            row[PATH] = str(folders[folder].root / relative)
        return decode(data)
    except (OSError, LookupError, TypeError, ValueError, AttributeError):
        return None


def write(name: str, ruleset: Ruleset, places: Sequence[tuple[int, str]]) -> None:
    """Keep the ruleset; ``places`` say for each rule which folder it is from, and its path there."""
    stripped = replace(ruleset, rules=tuple(replace(rule, path="") for rule in ruleset.rules))
    data = {**encode(stripped), "places": [list(place) for place in places]}
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    with suppress(OSError):
        folder = cache_dir()
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(folder / f"{name}.json", _checksum(body) + b"\n" + body)
        _prune(folder)


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
