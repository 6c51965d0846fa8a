"""What a worker of the cluster does with a shard. The documents are read in a process of their own, under
limits, so that one that kills its reader costs itself and neither the worker nor the shard.
"""

from __future__ import annotations

import gzip
import json
import platform
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from trustaudit.audit import Audit, Unreadable
from trustaudit.batch.limits import Limits
from trustaudit.batch.supervisor import supervise
from trustaudit.cluster.places import Results, dropped, fetched
from trustaudit.cluster.shards import Item, Order, Shard
from trustaudit.errors import UnreadableError, UsageError


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a shard: documents by grade, and what could not be read with its reason."""

    name: str
    documents: int
    grades: dict[str, int]
    unreadable: tuple[tuple[str, str], ...]
    seconds: float = 0.0


def versions(order: Order) -> dict[str, str]:
    """What must be equal on all machines, as this one has it; an ``error`` where the rules cannot be read."""
    import trustaudit
    from trustaudit.errors import TrustauditError
    from trustaudit.pipeline import rules_digest

    told = {
        "trustaudit": trustaudit.__version__,
        "python": platform.python_version(),
        "spacy": version("spacy"),
    }
    try:
        return told | {"rules": rules_digest(order.asked)}
    except TrustauditError as error:
        return told | {"rules": "", "error": str(error)}


def audit_shard(shard: Shard, order: Order, output: str) -> Report:
    """Audit all documents of a shard and write them down, unless that has been done.

    Raises ``UsageError`` where this worker has other rules than the run.
    """
    results, name = Results(output), file_of(shard)
    if results.has(name):
        return reported(shard.name, results.read(name))
    own = versions(order)
    if own["rules"] != order.rules_sha256:
        raise UsageError(f"a worker has other rules: {own.get('error') or own['rules'][:12]}")
    begun = time.monotonic()
    lines = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in _rows(shard, order)]
    text = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
    data = gzip.compress(text, compresslevel=6, mtime=0)  # the same documents give the same bytes
    results.write(name, data)
    return replace(reported(shard.name, data), seconds=time.monotonic() - begun)


def file_of(shard: Shard) -> str:
    return f"shards/{shard.name}.jsonl.gz"


def reported(name: str, data: bytes) -> Report:
    """The report of a shard that is written down."""
    rows = [json.loads(line) for line in gzip.decompress(data).splitlines()]
    grades = Counter(row["document"]["grade"] or "none" for row in rows if "document" in row)
    lost = [row["unreadable"] for row in rows if "unreadable" in row]
    return Report(
        name, len(rows), dict(sorted(grades.items())), tuple((r["path"], r["reason"]) for r in lost)
    )


def _rows(shard: Shard, order: Order) -> Iterator[dict[str, Any]]:
    from trustaudit.report.as_json import document_json

    for item, result in _audited(shard.items, order):
        if isinstance(result, Unreadable):
            yield {"unreadable": {"path": item.address, "reason": result.reason}}
        else:
            named = replace(result, document=replace(result.document, name=item.address))
            yield {"document": document_json(named)}


def _audited(items: tuple[Item, ...], order: Order) -> Iterator[tuple[Item, Audit | Unreadable]]:
    """Each item with its audit or the reason why there is none, in order."""
    limits = Limits(order.seconds, order.memory)
    with tempfile.TemporaryDirectory(prefix="trustaudit-") as folder:
        held: list[tuple[Item, Path | Unreadable]] = []

        def paths() -> Iterator[str]:
            for item in items:
                try:
                    path = fetched(item, Path(folder))
                except UnreadableError as error:
                    held.append((item, Unreadable(item.address, str(error))))
                else:
                    held.append((item, path))
                    yield str(path)

        for result in supervise(paths(), order.asked, 1, limits):
            while isinstance(held[0][1], Unreadable):
                yield held.pop(0)  # type: ignore[misc]
            item, path = held.pop(0)
            assert isinstance(path, Path)
            dropped(path, item)
            yield item, result
        for item, left in held:
            assert isinstance(left, Unreadable)
            yield item, left
