"""Where documents and results are: folders and files of any kind that fsspec knows, by their address."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import fsspec

from trustaudit.cluster.shards import Item
from trustaudit.errors import UnreadableError, UsageError

_TRIES = 3
_PAUSE = 0.5  # seconds before the second try, twice as long before each further one
_LARGEST = 2_000_000_000
"""Bytes beyond which a document is not fetched: no parser would take it."""

_MARKS = ("ETag", "etag", "md5", "mtime", "LastModified", "last_modified", "modified", "updated", "created")


def is_address(name: str) -> bool:
    """Is it an address such as ``s3://bucket/contracts``, and no path?"""
    return "://" in name


def listed(address: str, wanted: Callable[[str], bool]) -> Iterator[Item]:
    """Every document at and below an address, by name. Raises ``UsageError`` where it cannot be listed."""
    system, root = _system(address)
    try:
        found = system.find(root, detail=True)
    except Exception as error:
        raise UsageError(f"{address}: cannot be listed: {_said(error)}") from error
    for name in sorted(found):
        about = found[name]
        if about.get("type", "file") == "file" and wanted(name.rpartition("/")[2]):
            yield Item(system.unstrip_protocol(name), int(about.get("size") or 0), _mark(about))


def local(path: Path) -> Item:
    """The item of a file of this machine; its address is its absolute path."""
    absolute = os.path.abspath(path)  # noqa: PTH100 - a link stays what it is called
    try:
        about = path.stat()
    except OSError:
        return Item(absolute)
    return Item(absolute, about.st_size, str(about.st_mtime_ns))


def fetched(item: Item, folder: Path) -> Path:
    """The document as a file of this machine. Raises ``UnreadableError`` after some tries."""
    if not is_address(item.address):
        return Path(item.address)
    if item.size > _LARGEST:
        raise UnreadableError(f"it has {item.size:,} bytes; the limit is {_LARGEST:,}")
    target = folder / uuid.uuid4().hex / Path(item.address).name
    target.parent.mkdir()
    for attempt in range(_TRIES):
        try:
            system, root = _system(item.address)
            system.get_file(root, str(target))
        except FileNotFoundError as error:
            raise UnreadableError("it is not there any more") from error
        except Exception as error:
            if attempt == _TRIES - 1:
                raise UnreadableError(f"it cannot be fetched: {_said(error)}") from error
            time.sleep(_PAUSE * 2**attempt)
        else:
            return target
    raise AssertionError


def dropped(path: Path, item: Item) -> None:
    """Delete the copy that ``fetched`` made."""
    if is_address(item.address):
        shutil.rmtree(path.parent, ignore_errors=True)


class Results:
    """The folder of the results, wherever it is."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._system, self._root = _system(address)

    def names(self) -> set[str]:
        """What is finished: the names of the files, without their folder."""
        try:
            self._system.invalidate_cache()
            found = self._system.ls(f"{self._root}/shards", detail=False)
        except FileNotFoundError:
            return set()
        return {name.rpartition("/")[2] for name in found}

    def has(self, name: str) -> bool:
        self._system.invalidate_cache()
        return bool(self._system.exists(f"{self._root}/{name}"))

    def read(self, name: str) -> bytes:
        return bytes(self._system.cat_file(f"{self._root}/{name}"))

    def write(self, name: str, data: bytes) -> None:
        """The file appears at once and whole, or not at all."""
        path = f"{self._root}/{name}"
        passing = f"{self._root}/passing/{uuid.uuid4().hex}"
        for folder in (path.rpartition("/")[0], f"{self._root}/passing"):
            self._system.makedirs(folder, exist_ok=True)
        try:
            self._system.pipe_file(passing, data)
            if self._system.protocol in ("file", ("file", "local")):
                os.replace(passing, path)  # noqa: PTH105 - both are strings of the file system
            else:
                self._system.mv(passing, path)
        except BaseException:
            if self._system.exists(passing):
                self._system.rm_file(passing)
            raise


def _system(address: str) -> tuple[Any, str]:
    try:
        system, root = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{address}: {_said(error)}") from error
    return system, root.rstrip("/")


def _mark(about: dict[str, Any]) -> str:
    return next((str(about[key]) for key in _MARKS if about.get(key)), "")


def _said(error: Exception) -> str:
    """The first line of an error, or its kind where it has no words."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
