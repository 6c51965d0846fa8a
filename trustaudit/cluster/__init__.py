"""Many machines: the same audits in shards, on dask.distributed, over whatever fsspec reaches.

The path of a run: list the documents (``places``), cut them into shards (``shards``), hand out those that
have no result yet (``runner``), and on the workers audit one document after the other (``work``). A finished
shard is a file that appears at once and whole, so that a run that was stopped goes on where it stopped.
"""

from __future__ import annotations

from trustaudit.cluster.runner import Progress, Total, run
from trustaudit.cluster.shards import Item, Order, Shard

__all__ = ["Item", "Order", "Progress", "Shard", "Total", "run"]
