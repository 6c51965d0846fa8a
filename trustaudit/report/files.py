"""Writing a report: the format a name asks for, and a file that is there whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from trustaudit.errors import UsageError


def wanted_format(path: Path, name: str, formats: Container[str], suffixes: Mapping[str, str]) -> str:
    """The named format, else that of the suffix; raises ``UsageError`` where neither is known."""
    wanted = name or suffixes.get(path.suffix.lower(), "")
    if wanted in formats:
        return wanted
    raise UsageError(
        f"{path}: no report format for {name or path.suffix or 'a name without a suffix'}; "
        f"use one of {', '.join(sorted(suffixes))}"
    )


def replace_file(path: Path, text: str | Iterable[str]) -> Path:
    """Write UTF-8 beside the path, then move it there; raises ``UsageError`` where that cannot be done.

    ``text`` may come in pieces, so that a long report never stands whole in memory.
    """
    pieces = [text] if isinstance(text, str) else text
    return replace_bytes(path, (piece.encode("utf-8") for piece in pieces), "the report")


def replace_bytes(path: Path, data: bytes | Iterable[bytes], what: str, mode: int | None = None) -> Path:
    """The same for bytes, or pieces of them; ``mode`` are the permissions, without it those of a new file.

    Raises ``UsageError`` that says that ``what`` cannot be written.
    """
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines([data] if isinstance(data, bytes) else data)
            Path(temporary).chmod(0o666 & ~_umask() if mode is None else mode)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UsageError(f"{path}: {what} cannot be written: {error.strerror or error}") from error
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
