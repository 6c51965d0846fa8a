"""A run over a cluster: shards out, reports in, and nothing done twice."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from trustaudit.cluster.places import Results
from trustaudit.cluster.shards import DOCUMENTS, Item, Order, Shard, cut
from trustaudit.cluster.work import Report, audit_shard, file_of, reported, versions
from trustaudit.errors import ClusterError, UsageError

_AHEAD = 4
"""Shards under way for each thread of the cluster: enough to keep it busy, few enough to stop soon."""
_PIECES = 32
"""Shards into which a small run is cut, so that every worker gets some."""
_TRIES = 3
_ANSWER = 10.0
"""Seconds in which a scheduler must answer."""
_PATIENCE = 60.0
"""Seconds without a worker after which a run gives up."""


@dataclass(frozen=True, slots=True)
class Progress:
    """``seconds_left`` is None until a first shard has told how long one takes."""

    documents: int
    total: int
    per_second: float
    seconds_left: float | None


@dataclass
class Total:
    """What a run ends with; ``failed`` are shards that no worker could finish, with the reason."""

    documents: int = 0
    shards: int = 0
    resumed: int = 0  # shards that were finished before
    grades: Counter[str] = field(default_factory=Counter)
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    def add(self, report: Report) -> None:
        self.documents += report.documents
        self.shards += 1
        self.grades.update(report.grades)
        self.unreadable += report.unreadable


def run(
    items: Iterable[Item],
    output: str,
    cluster: str,
    order: Order,
    *,
    workers: int = 2,
    documents: int = 0,
    told: Callable[[Progress], object] = id,
) -> Total:
    """Audit all items and write one file for each shard below ``output``.

    ``cluster`` is the address of a scheduler, or ``local`` for one on this machine with so many ``workers``.
    ``documents`` are those of a shard, 0 to choose; a run that goes on keeps the first choice.
    ``told`` is called after each shard. Raises ``ClusterError`` where the cluster is not there, is lost on
    the way, or has workers with another version or other rules; what was finished stays for the next run.
    """
    results = Results(output)
    items = list(items)
    choice = documents or min(DOCUMENTS, max(len(items) // _PIECES, 1))
    shards = list(cut(items, order, _claim(results, order, choice)))
    total, counted = Total(), _Counted(sum(len(shard.items) for shard in shards))
    finished = results.names()
    left = [shard for shard in shards if file_of(shard).removeprefix("shards/") not in finished]
    for shard in shards:
        if file_of(shard).removeprefix("shards/") in finished:
            total.add(reported(shard.name, results.read(file_of(shard))))
            total.resumed += 1
    counted.skip(total.documents)
    if left:
        with _client(cluster, workers) as client:
            _check(client, order)
            for shard, report in _done(client, left, order, output):
                if isinstance(report, Report):
                    total.add(report)
                else:
                    total.failed.append((shard.name, report))
                told(counted.after(len(shard.items)))
    _check_whole(total, shards)
    _summarise(results, total, shards)
    return total


def _check_whole(total: Total, shards: Sequence[Shard]) -> None:
    """Every shard has a report or a reason; if one had neither, nobody may think that all was read."""
    if total.shards + len(total.failed) != len(shards):
        missing = len(shards) - total.shards - len(total.failed)
        raise ClusterError(f"{missing} of {len(shards)} shards came to no end. {_AGAIN}")


def _claim(results: Results, order: Order, documents: int) -> int:
    """Write down what the results are of, and how many documents make a shard; the latter as first chosen.

    Raises ``UsageError`` where the folder holds the results of something else.
    """
    plan: dict[str, Any] = {"schema": "trustaudit/cluster/1", "key": order.key, "version": order.version}
    plan |= {"documents_of_a_shard": documents}
    plan |= {
        "rules_sha256": order.rules_sha256,
        "asked": json.loads(json.dumps(asdict(order.asked), default=str)),
    }
    if results.has("run.json"):
        known = json.loads(results.read("run.json"))
        if known.get("key") != order.key:
            raise UsageError(
                f"{results.address}: holds the results of other rules, settings or another version; "
                "choose another folder"
            )
        return int(known["documents_of_a_shard"])
    results.write("run.json", (json.dumps(plan, indent=2, sort_keys=True) + "\n").encode())
    return documents


def _summarise(results: Results, total: Total, shards: Sequence[Shard]) -> None:
    summary = {
        "schema": "trustaudit/cluster-summary/1",
        "documents": total.documents,
        "grades": dict(sorted(total.grades.items())),
        "unreadable": [{"path": path, "reason": reason} for path, reason in sorted(total.unreadable)],
        "failed": [{"shard": name, "reason": reason} for name, reason in sorted(total.failed)],
        "shards": [file_of(shard) for shard in shards],
    }
    results.write("summary.json", (json.dumps(summary, ensure_ascii=False, indent=2) + "\n").encode())


@contextmanager
def _client(cluster: str, workers: int) -> Iterator[Any]:
    from distributed import Client, LocalCluster

    try:
        if cluster == "local":
            with (
                LocalCluster(
                    n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None
                ) as made,
                Client(made) as client,
            ):
                yield client
            return
        with Client(cluster, timeout=_ANSWER) as client:
            yield client
    except (OSError, TimeoutError) as error:
        raise ClusterError(
            f"{cluster}: the cluster cannot be reached, or was lost: {error}. {_AGAIN}"
        ) from error


_AGAIN = "What was finished is kept: run the same command again to go on"


def _check(client: Any, order: Order) -> None:
    """Are all workers of one mind with this machine?"""
    deadline = time.monotonic() + _PATIENCE
    while not client.scheduler_info()["workers"]:
        if time.monotonic() > deadline:
            raise ClusterError(f"the cluster has no worker; none came within {_PATIENCE:g} seconds")
        time.sleep(0.2)
    own = versions(order) | {"rules": order.rules_sha256}
    for worker, theirs in sorted(client.run(versions, order).items()):
        for name, version in own.items():
            if theirs.get(name) != version:
                told = theirs.get("error") or theirs.get(name, "none")
                raise ClusterError(
                    f"worker {worker} has another {name}: {told}, here {version}; install the same"
                )


def _done(
    client: Any, shards: Sequence[Shard], order: Order, output: str
) -> Iterator[tuple[Shard, Report | str]]:
    """Each shard with its report, or why there is none, as they come."""
    from distributed import as_completed

    waiting = iter(shards)
    under_way: dict[Any, Shard] = {}

    def submit(shard: Shard) -> Any:
        future = client.submit(
            audit_shard, shard, order, output, key=f"shard-{shard.name}", retries=_TRIES, pure=False
        )
        under_way[future] = shard
        return future

    most = _AHEAD * max(sum(client.nthreads().values()), 1)
    begun = [submit(shard) for shard in islice(waiting, most)]
    coming = as_completed(begun)
    for future in coming:
        shard = under_way.pop(future)
        if future.status == "finished":
            outcome: Report | str = future.result()
        elif future.status in ("lost", "cancelled"):
            raise ClusterError(f"the scheduler was lost. {_AGAIN}")
        else:
            error = future.exception()
            outcome = f"{type(error).__name__}: {error}"
        following = next(waiting, None)
        if following is not None:
            coming.add(submit(following))
        yield shard, outcome


class _Counted:
    """Documents done, how fast, and for how long still; the clock is for the reader's eyes alone."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = self._before = 0
        self._begun = time.monotonic()

    def skip(self, documents: int) -> None:
        self._done = self._before = documents

    def after(self, documents: int) -> Progress:
        self._done += documents
        rate = (self._done - self._before) / max(time.monotonic() - self._begun, 1e-6)
        left = (self._total - self._done) / rate if rate else None
        return Progress(self._done, self._total, rate, left)
