"""Documents and results in real stores on this machine's loopback: S3 by moto's server, SFTP by asyncssh's."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cluster.conftest import free_port, listening, order, papers
from trustaudit import cluster
from trustaudit.cluster import Item
from trustaudit.cluster.places import Results, fetched, listed
from trustaudit.cluster.work import audit_shard, reported
from trustaudit.errors import UnreadableError, UsageError

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]  # those of the servers' libraries


@pytest.fixture
def bucket(start: Callable[..., subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty bucket of a real S3 server."""
    import s3fs

    port = free_port()
    start("-m", "moto.server", "-H", "127.0.0.1", "-p", str(port))
    listening(port)
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "FSSPEC_S3_ENDPOINT_URL": f"http://127.0.0.1:{port}",
    }.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    s3fs.S3FileSystem(endpoint_url=f"http://127.0.0.1:{port}").mkdir("contracts")
    yield "s3://contracts"
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture
def sftp(tmp_path: Path) -> Iterator[str]:
    """A folder of a real SFTP server."""
    import asyncssh

    port, root = free_port(), tmp_path / "served"
    root.mkdir()
    loop = asyncio.new_event_loop()

    class Open(asyncssh.SSHServer):
        def begin_auth(self, username: str) -> bool:
            return False

    async def serve() -> None:
        await asyncssh.listen(
            "127.0.0.1", port, server_factory=Open, server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=bytes(root)),
        )  # fmt: skip

    loop.run_until_complete(serve())
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    listening(port)
    yield f"ssh://someone@127.0.0.1:{port}"
    loop.call_soon_threadsafe(loop.stop)
    thread.join(timeout=5)


def test_a_run_from_bucket_to_bucket(bucket: str, tmp_path: Path) -> None:
    from fsspec.core import url_to_fs

    system, root = url_to_fs(f"{bucket}/in")
    for item in papers(tmp_path / "papers", 5):
        system.put_file(item.address, f"{root}/{Path(item.address).name}")
    system.pipe_file(f"{root}/logo.png", b"no document")

    items = list(listed(f"{bucket}/in", lambda name: name.endswith(".txt")))
    total = cluster.run(items, f"{bucket}/out", "local", order(), workers=1)
    assert (total.documents, total.unreadable, total.failed) == (5, [], [])
    again = cluster.run(items, f"{bucket}/out", "tcp://127.0.0.1:1", order())

    assert [Path(item.address).name for item in items] == [f"{number:03}.txt" for number in range(5)]
    assert all(item.address.startswith("s3://contracts/in/") and item.size and item.mark for item in items)
    assert again.resumed == again.shards


def test_results_over_sftp(sftp: str, tmp_path: Path) -> None:
    results = Results(f"{sftp}/out")
    shard = next(iter(cluster.shards.cut(papers(tmp_path / "papers", 2), order())))

    report = audit_shard(shard, order(), f"{sftp}/out")

    assert results.names() == {f"{shard.name}.jsonl.gz"}
    assert (
        reported(shard.name, results.read(f"shards/{shard.name}.jsonl.gz")).documents == report.documents == 2
    )


def test_a_bucket_that_is_not_there_and_a_document_that_is_gone(bucket: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be listed"):
        list(listed("s3://no-such-bucket/x", lambda _: True))
    with pytest.raises(UnreadableError, match="not there any more"):
        fetched(Item(f"{bucket}/in/gone.pdf"), tmp_path)


def test_an_unknown_kind_of_address_is_told() -> None:
    with pytest.raises(UsageError, match="nowhere"):
        list(listed("nowhere://x", lambda _: True))


def test_a_file_that_is_half_written_is_no_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = Results(str(tmp_path))
    monkeypatch.setattr(sys.modules["os"], "replace", _full)

    with pytest.raises(OSError, match="No space"):
        results.write("shards/a.jsonl.gz", b"data")

    assert results.names() == set()
    assert list((tmp_path / "passing").iterdir()) == []


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")
