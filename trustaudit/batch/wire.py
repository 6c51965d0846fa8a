"""Messages between the supervisor and a worker: a length of eight bytes, then a pickle of our own values.

Both ends are this program, joined by a pipe that nobody else holds, so that pickle is safe here.
"""

from __future__ import annotations

import os
import pickle
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">Q")
_PIECE = 1 << 20


def send(stream: BinaryIO, value: Any) -> None:
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """The next value; raises ``EOFError`` where the other end is gone."""
    return pickle.loads(_exactly(stream, _LENGTH.unpack(_exactly(stream, _LENGTH.size))[0]))  # noqa: S301


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data


class Inbox:
    """What has come through a pipe so far: a sender who stops in the midst of a message holds nobody up."""

    def __init__(self) -> None:
        self._data = bytearray()

    def read(self, pipe: int) -> Iterator[Any]:
        """The messages that are whole now; call it where the pipe has something. ``EOFError`` at its end."""
        piece = os.read(pipe, _PIECE)
        if not piece:
            raise EOFError
        self._data += piece
        while (message := self._next()) is not None:
            yield pickle.loads(message)  # noqa: S301

    def _next(self) -> bytes | None:
        if len(self._data) < _LENGTH.size:
            return None
        end = _LENGTH.size + _LENGTH.unpack_from(self._data)[0]
        if len(self._data) < end:
            return None
        message = bytes(self._data[_LENGTH.size : end])
        del self._data[:end]
        return message
