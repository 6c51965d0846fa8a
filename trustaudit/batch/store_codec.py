"""Our own values as JSON and back: a codec for each type, made from the types of its fields.

A value class becomes the list of its fields, and many values of one class become columns, in which what all
of them share stands once. Nothing is executed on the way back: what does not fit raises ``ValueError``.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from itertools import repeat
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

Change = Callable[[Any], Any]


class Codec(NamedTuple):
    """``pack`` gives what JSON can hold, ``unpack`` takes it back; None: it is the same."""

    pack: Change | None = None
    unpack: Change | None = None


def squeeze(value: Any) -> bytes:
    """JSON, compressed; half of a surrogate pair, as broken files hold, stays what it is."""
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode("ascii"), 6)


def unsqueeze(data: bytes, most: int = 1_000_000_000) -> Any:
    """The value of ``squeeze``; raises ``ValueError`` where it is none, or unpacks to over ``most`` bytes."""
    reader = zlib.decompressobj()
    try:
        text = reader.decompress(data, most)
    except zlib.error as error:
        raise ValueError(f"damaged: {error}") from None
    if not reader.eof:
        raise ValueError("damaged: it ends too early, or unpacks to more than was ever written")
    return json.loads(text)


def pack(kind: Any, value: Any) -> Any:
    """A value of a type as JSON can hold it."""
    change = codec(kind).pack
    return value if change is None else change(value)


def unpack(kind: Any, data: Any) -> Any:
    """The value again; raises ``ValueError`` where the data are not of this type."""
    change = codec(kind).unpack
    try:
        return data if change is None else change(data)
    except (TypeError, KeyError, IndexError, AttributeError) as error:
        raise ValueError(f"not a {kind}: {error}") from None


@cache
def codec(kind: Any) -> Codec:
    """How values of a type are packed."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _optional(kind)
    if origin is tuple:
        return _tuple(get_args(kind))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping(get_args(kind)[1])
    if kind in (str, int, float, bool, NoneType):
        return Codec()
    return _class(kind)


def _class(kind: type) -> Codec:
    if issubclass(kind, StrEnum):
        return Codec(str, kind)
    if issubclass(kind, tuple):  # a named one, of plain values
        return Codec(list, lambda data: kind(*data))
    if is_dataclass(kind):
        return _record(kind)
    raise TypeError(f"no codec for {kind}")


def _optional(kind: Any) -> Codec:
    parts = [codec(part) for part in get_args(kind) if part is not NoneType]
    inner = parts[0]
    if all(part == Codec() for part in parts):
        return Codec()
    if len(parts) > 1:
        raise TypeError(f"no codec for {kind}: only one of its types may need one")
    return Codec(_unless_none(inner.pack), _unless_none(inner.unpack))


def _unless_none(change: Change | None) -> Change | None:
    return change and (lambda value: None if value is None else change(value))


def _tuple(kinds: tuple[Any, ...]) -> Codec:
    inner = codec(kinds[0])
    if kinds[-1] is not Ellipsis:
        parts = [codec(kind) for kind in kinds]
        if all(part == Codec() for part in parts):
            return Codec(list, tuple)
        return Codec(
            lambda value: [_changed(part.pack, each) for part, each in zip(parts, value, strict=True)],
            lambda data: tuple(_changed(part.unpack, each) for part, each in zip(parts, data, strict=True)),
        )
    if isinstance(kinds[0], type) and is_dataclass(kinds[0]):
        return _columns(kinds[0])
    if inner == Codec():
        return Codec(list, tuple)
    return Codec(
        lambda value: [_changed(inner.pack, each) for each in value],
        lambda data: tuple(_changed(inner.unpack, each) for each in data),
    )


def _changed(change: Change | None, value: Any) -> Any:
    return value if change is None else change(value)


def _mapping(kind: Any) -> Codec:
    inner = codec(kind)
    if inner == Codec():
        return Codec(dict, dict)
    return Codec(
        lambda value: {key: _changed(inner.pack, each) for key, each in value.items()},
        lambda data: {key: _changed(inner.unpack, each) for key, each in data.items()},
    )


def fields_of(kind: type) -> list[tuple[str, Codec]]:
    """Name and codec of every field of a value class, in order."""
    hints = get_type_hints(kind)
    return [(field.name, codec(hints[field.name])) for field in fields(kind)]


def _record(kind: type) -> Codec:
    parts = fields_of(kind)
    return Codec(
        lambda value: [_changed(part.pack, getattr(value, name)) for name, part in parts],
        lambda data: kind(
            *(_changed(part.unpack, each) for (_, part), each in zip(parts, data, strict=True))
        ),
    )


def _columns(kind: type) -> Codec:
    """Many values of one class, a list for each field; a column that is the same throughout has one entry."""
    parts = fields_of(kind)

    def packed(values: Any) -> list[Any]:
        if not values:
            return []
        columns = [
            _column([_changed(part.pack, getattr(value, name)) for value in values]) for name, part in parts
        ]
        return [len(values), *columns]

    def unpacked(data: Any) -> tuple[Any, ...]:
        if not data:
            return ()
        count, *columns = data
        whole = [
            full(column if part.unpack is None else [part.unpack(each) for each in column], count)
            for (_, part), column in zip(parts, columns, strict=True)
        ]
        return tuple(map(kind, *whole))

    return Codec(packed, unpacked)


def _column(values: list[Any]) -> list[Any]:
    first = values[0]
    alike = all(value == first and type(value) is type(first) for value in values)
    return values[:1] if alike else values


def full(column: list[Any], count: int) -> Any:
    """A packed column as so many values; raises ``ValueError`` where it has others."""
    if len(column) == count:
        return column
    if len(column) != 1 or not isinstance(count, int):
        raise ValueError("damaged: columns of different lengths")
    return repeat(column[0], count)
