"""Documents in shards: each big enough to be worth sending, and the same again when documents come or go."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from trustaudit.pipeline import Asked

DOCUMENTS = 100
"""Documents in a shard, on average."""
_LONGEST = 4
"""Times the average after which a shard ends in any case."""


@dataclass(frozen=True, slots=True)
class Item:
    """One document: its address, its size in bytes, and the mark by which a change of it shows."""

    address: str
    size: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of every shard: the same for a whole run, and part of every shard's name."""

    asked: Asked
    version: str
    rules_sha256: str
    seconds: float = 30.0
    memory: int = 1_000_000_000

    @property
    def key(self) -> str:
        """Changes with whatever can change a result."""
        told = {"asked": asdict(self.asked), "version": self.version, "rules": self.rules_sha256}
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Shard:
    name: str
    items: tuple[Item, ...]


def cut(items: Iterable[Item], order: Order, documents: int = DOCUMENTS) -> Iterator[Shard]:
    """The shards, in the order of the items.

    A shard ends behind a document whose address says so by its hash, not after so many documents: a new
    document then changes the one shard that it falls into, and no other.
    """
    held: list[Item] = []
    for item in items:
        held.append(item)
        if _ends(item, documents) or len(held) >= _LONGEST * documents:
            yield Shard(_name(held, order), tuple(held))
            held = []
    if held:
        yield Shard(_name(held, order), tuple(held))


def _ends(item: Item, documents: int) -> bool:
    digest = hashlib.blake2b(item.address.encode("utf-8", "surrogateescape"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % documents == 0


def _name(items: Sequence[Item], order: Order) -> str:
    """By all that decides the results: the documents, the rules, and what was asked."""
    digest = hashlib.sha256(order.key.encode())
    for item in items:
        row = f"{item.address}\0{item.size}\0{item.mark}\n"
        digest.update(row.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:32]
