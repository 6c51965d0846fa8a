"""How the ledger of a cluster holds with a million documents: ``python -m benchmarks.scale [--documents N]``.

No document is read. The records of a million documents go through everything that grows with their number:
cutting into shards, the names of what is finished, a run that is stopped again and again and goes on, and a
scheduler of dask with as many tasks as there are shards. Also what an audit costs on real documents: from
that ``docs/scale.md`` reckons.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from trustaudit.cluster.shards import DOCUMENTS, Item, Order, Shard, cut
from trustaudit.pipeline import Asked

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("TRUSTAUDIT_DATA", ROOT.parent / "shared" / "data"))
ORDER = Order(Asked(), "simulated", "simulated")


def records(count: int) -> Iterator[Item]:
    """As a bucket lists them: an address, a size and a mark of the content."""
    for number in range(count):
        yield Item(
            f"s3://contracts/{number // 1000:04}/{number:07}.pdf", 20_000 + number % 90_000, f"{number:x}"
        )


def peak() -> float:
    """Megabytes of this process at most, so far."""
    return (
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    )


def timed(name: str, call: Callable[[], object]) -> object:
    begun = time.process_time()
    value = call()
    print(f"{name:<64} {time.process_time() - begun:8.1f} s   {peak():6.0f} MB at most", flush=True)
    return value


def resumed(shards: list[Shard]) -> None:
    """A run that is killed after a random share of what is left, until nothing is; each shard once."""
    dice = random.Random(7)
    finished: set[str] = set()
    runs = 0
    while len(finished) < len(shards):
        left = [shard for shard in shards if shard.name not in finished]
        for shard in left[: max(dice.randrange(len(left) + 1), 1)]:
            assert shard.name not in finished, "a shard was done twice"
            finished.add(shard.name)
        runs += 1
    assert sum(len(shard.items) for shard in shards if shard.name in finished) == sum(
        len(shard.items) for shard in shards
    )
    print(f"  {runs} runs, each killed on the way, finished {len(finished):,} shards once each")


def on_disk(shards: list[Shard]) -> None:
    """The names of all finished shards, as a run reads them at its beginning."""
    from trustaudit.cluster.places import Results

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "shards").mkdir()
        for shard in shards:
            (Path(folder) / "shards" / f"{shard.name}.jsonl.gz").touch()
        begun = time.perf_counter()
        names = Results(folder).names()
        print(f"  {len(names):,} finished shards listed in {time.perf_counter() - begun:.2f} s")


def scheduled(tasks: int) -> None:
    """Tasks that do nothing, through a real scheduler: what it can hand out in a second."""
    from distributed import Client, LocalCluster, as_completed

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as made,
        Client(made) as client,
    ):
        begun = time.perf_counter()
        futures = client.map(_nothing, range(tasks), pure=False)
        done = sum(1 for _ in as_completed(futures))
        seconds = time.perf_counter() - begun
    rate = done / seconds
    print(f"  {done:,} tasks in {seconds:.1f} s: {rate:,.0f} a second, {rate * DOCUMENTS:,.0f} documents")


def _nothing(number: int) -> int:
    return number


def costs() -> None:
    """Processor seconds and megabytes of one audit, by kind of document."""
    import trustaudit
    from trustaudit.report.as_json import render

    kinds = {
        "contracts, PDF": sorted((DATA / "cuad" / "pdf").glob("*.pdf"))[:20],
        "terms, Markdown": sorted((DATA / "documents").rglob("*.md"))[:40],
        "contracts, DOCX": sorted((DATA / "documents").rglob("*.docx"))[:20],
        "messages": [p for p in sorted((DATA / "messages").rglob("*")) if p.is_file() and p.suffix != ".csv"][
            :100
        ],
    }
    for kind, paths in kinds.items():
        audits = [one for one in trustaudit.scan_many(paths) if isinstance(one, trustaudit.Audit)]
        begun = time.process_time()
        audits = [one for one in trustaudit.scan_many(paths) if isinstance(one, trustaudit.Audit)]
        seconds = time.process_time() - begun
        if audits:
            size = sum(len(render([one], [], one.tool)) for one in audits) / len(audits) / 1e3
            print(
                f"  {kind:<18} {seconds / len(audits) * 1000:7.0f} ms a document, {size:6.0f} kB of JSON, "
                f"{seconds / len(audits) * 1e6 / 3600:7.0f} processor hours a million"
            )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--tasks", type=int, default=5_000)
    arguments = parser.parse_args()
    shards: list[Shard] = []
    timed(
        f"{arguments.documents:,} documents into shards",
        lambda: shards.extend(cut(records(arguments.documents), ORDER)),
    )
    print(f"  {len(shards):,} shards, {sum(len(shard.items) for shard in shards):,} documents")
    timed("a run that is killed and goes on until all is done", lambda: resumed(shards))
    timed("what is finished, listed", lambda: on_disk(shards))
    timed(f"{arguments.tasks:,} tasks through a scheduler", lambda: scheduled(arguments.tasks))
    timed("what an audit costs", costs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
