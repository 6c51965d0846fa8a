"""A zip opened with care: its directory is judged before anything in it is unpacked."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from trustaudit.errors import EncryptedError, LimitError, UnreadableError
from trustaudit.parsing.limits import Limits

_END = b"PK\x05\x06"  # end of central directory
_ENTRY = b"PK\x01\x02"  # one entry of it
_FREE = 1_000_000  # bytes below which a part's compression does not matter


class Archive:
    """The parts of a zip by name; reading one is counted against the limits of the whole document.

    Names are compared without regard to case and with either slash, as office programs do.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Raise ``LimitError`` for too many parts, ``UnreadableError`` for what is no zip."""
        _check_count(data, limits)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError) as error:
            raise UnreadableError(f"the zip container is broken: {error}") from error
        self._limits = limits
        self._budget = limits.unpacked_bytes
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            self._parts.setdefault(_key(info.filename), info)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all parts, in the order of the directory."""
        return tuple(info.filename.replace("\\", "/").lstrip("/") for info in self._parts.values())

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._parts

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, or None where there is no such part.

        Raise ``LimitError`` for a part that unpacks to too much, ``EncryptedError`` for one under a
        password, ``UnreadableError`` for one that is damaged.
        """
        info = self._parts.get(_key(name))
        if info is None:
            return None
        self._limits.check_time()
        self._check_size(info)
        if info.flag_bits & 1:
            raise EncryptedError("the file is protected by a password")
        try:
            with self._zip.open(info) as part:
                data = part.read(info.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
            raise UnreadableError(f"the part {info.filename} is damaged: {error}") from error
        self._budget -= len(data)
        return data

    def _check_size(self, info: zipfile.ZipInfo) -> None:
        if info.file_size > self._budget:
            raise LimitError(f"unpacks to more than {self._limits.unpacked_bytes:,} bytes")
        packed = max(info.compress_size, 1)
        if info.file_size > _FREE and info.file_size > packed * self._limits.compression:
            raise LimitError(
                f"the part {info.filename} unpacks to {info.file_size // packed:,} times its size:"
                f" more than {self._limits.compression}"
            )


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _check_count(data: bytes, limits: Limits) -> None:
    """Count the directory's entries in its bytes, before ``zipfile`` makes an object of each."""
    if len(data) > limits.source_bytes:
        raise LimitError(f"larger than {limits.source_bytes:,} bytes")
    end = data.rfind(_END)
    if end < 0 or end + 22 > len(data):
        raise UnreadableError("the zip container is cut off: its directory is missing")
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    start = 0 if size == 0xFFFFFFFF else max(end - size, 0)
    count = data.count(_ENTRY, start, end)
    if count > limits.parts:
        raise LimitError(f"{count:,} parts in the container: more than {limits.parts:,}")
