"""Files and stores as they are in the world: clear words, the right status, and the rest goes on."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.shell import Run
from tests.store.conftest import CLAUSE, command, filled, rows, shell
from trustaudit.batch import store_schema
from trustaudit.batch.store import connect
from trustaudit.errors import StoreError


def test_pipes_devices_loops_and_names_of_bytes_are_passed_by(folder: Path, run: Run) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "null.txt").symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "s.txt"))
        odd = os.fsdecode(bytes(folder) + b"/caf\xe9 \xff.md")
        Path(odd).write_text(f"# Terms\n\nOdd. {CLAUSE}\n")

        done = run("scan", "papers", "--store", "audit.db")

    assert "7 documents read" in done.out
    for words in ("a pipe", "a link back", "leads nowhere", "a device", "a socket"):
        assert words in done.err
    assert "7 known from before" in run("scan", "papers", "--store", "audit.db").err
    plain = run("scan", "papers", "--format", "csv")
    assert run("scan", "papers", "--format", "csv", "--store", "audit.db").out == plain.out
    for shape in ("csv", "json", "jsonl", "table"):
        assert "caf" in run("store", "query", "audit.db", "--format", shape).out
    assert run("store", "export", "audit.db", "-o", "out", "--format", "parquet").status == 0
    assert "7 documents" not in run("store", "prune", "audit.db", "--missing").out


def test_a_file_that_vanishes_on_the_way_is_told(folder: Path, run: Run) -> None:
    """It is there when the folder is walked, and gone when its turn comes."""
    from trustaudit.batch.store_session import session
    from trustaudit.cli.run import asked
    from trustaudit.settings import Settings

    names = [str(path) for path in sorted(folder.iterdir())]
    with session(folder.parent / "audit.db") as held:
        number = held.request(asked(folder, Settings()))
        Path(names[4]).unlink()
        how = [result.how for result in held.results([(name, number) for name in names], jobs=1)]

    assert how == ["new"] * 4 + ["unreadable", "new"]
    state = rows(folder.parent / "audit.db", "SELECT reason FROM document WHERE state = 'unreadable'")
    assert state == [("No such file or directory",)]


GROWING = """
import sys
from pathlib import Path
if "trustaudit.batch.worker" in sys.orig_argv:
    whole = Path.read_bytes

    def read_bytes(path):
        data = whole(path)
        if b"GROW ME" in data:
            with path.open("ab") as file:
                file.write(b".")
        return data

    Path.read_bytes = read_bytes
"""


def test_a_file_that_grows_while_it_is_read_is_not_taken_for_whole(
    folder: Path, run: Run, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It grows between being looked at and being read, each time."""
    place = tmp_path_factory.mktemp("growing")
    (place / "sitecustomize.py").write_text(GROWING)
    monkeypatch.setenv("PYTHONPATH", str(place))
    (folder / "003.md").write_text(f"# Terms\n\nGROW ME. {CLAUSE}\n")

    done = run("scan", "papers", "--store", "audit.db")

    assert "5 audited, 1 unreadable" in done.err
    assert "it changes while it is read" in done.out
    monkeypatch.delenv("PYTHONPATH")
    assert "6 documents read" in run("scan", "papers", "--store", "audit.db").out


def test_a_newer_store_is_left_alone(folder: Path, run: Run) -> None:
    run("scan", "papers", "--store", "audit.db")
    with sqlite3.connect(folder.parent / "audit.db") as store:
        store.execute(f"PRAGMA user_version = {store_schema.VERSION + 1}")

    for command_ in (("scan", "papers", "--store", "audit.db"), ("store", "stats", "audit.db")):
        done = run(*command_)
        assert done.status == 2
        assert "audit.db: written by a newer trustaudit" in done.err
        assert len(done.err.splitlines()) <= 2


def made(place: Path, what: str) -> Path:
    path = place / "x.db"
    if what == "another program's":
        with sqlite3.connect(path) as store:
            store.execute("CREATE TABLE t (a)")
    elif what == "text":
        path.write_text("no database at all, only words " * 40)
    elif what == "in no folder":
        return place / "nowhere" / "x.db"
    else:
        path.mkdir()
    return path


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("another program's", "no store of trustaudit"),
        ("text", "no sound SQLite file"),
        ("in no folder", "does not exist"),
        ("folder", "is a directory"),
    ],
)
def test_what_is_no_store_is_not_touched(folder: Path, run: Run, what: str, words: str) -> None:
    path = made(folder.parent, what)
    before = path.read_bytes() if path.is_file() else None

    done = run("scan", "papers", "--store", path)

    assert done.status == 2
    assert words in done.err
    assert "Traceback" not in done.err
    assert before is None or path.read_bytes() == before


def test_a_store_that_is_not_there_is_named(tmp_path: Path, run: Run) -> None:
    for name in ("stats", "query"):
        done = run("store", name, "none.db")
        assert done.status == 2
        assert "none.db: no such store" in done.err
    assert not (tmp_path / "none.db").exists()


def bound(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """As somebody whom permissions bind, which the superuser is not."""
    if os.geteuid() != 0:
        return shell(*arguments)
    if shutil.which("setpriv") is None:
        pytest.skip("the superuser may do everything, and there is no setpriv to give that up")
    plain = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command(*arguments)]
    return subprocess.run(plain, capture_output=True, text=True, check=False)


def test_a_read_only_store_can_be_asked_and_not_filled(folder: Path, run: Run) -> None:
    run("scan", "papers", "--store", "audit.db")
    store = folder.parent / "audit.db"
    store.chmod(0o444)
    before = store.read_bytes()

    asked = bound("store", "query", store, "--format", "jsonl")
    filled_ = bound("scan", folder, "--store", store)

    assert asked.returncode == 0, asked.stderr
    assert len(asked.stdout.splitlines()) == 6
    assert filled_.returncode == 2
    assert "cannot be written" in filled_.stderr
    assert store.read_bytes() == before


def test_an_unreadable_folder_is_named_and_the_rest_goes_on(folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir(mode=0o000)

    done = bound("scan", folder, "--store", folder.parent / "audit.db")

    closed.chmod(0o755)
    assert "6 documents read" in done.stdout, done.stderr
    assert "the folder cannot be read" in done.stdout


def test_a_read_only_folder_cannot_hold_a_store(folder: Path) -> None:
    place = folder.parent / "closed"
    place.mkdir(mode=0o555)

    done = bound("scan", folder, "--store", place / "audit.db")

    assert done.returncode == 2
    assert "cannot be opened" in done.stderr
    assert list(place.iterdir()) == []


def test_a_full_disk_is_told_and_what_was_finished_stays(tmp_path: Path) -> None:
    papers = filled(tmp_path / "papers", 40)
    store = tmp_path / "audit.db"
    small = 400_000

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (small, small))

    arguments = command("scan", papers, "--store", store, "--jobs", "1")
    full = subprocess.run(arguments, capture_output=True, text=True, check=False, preexec_fn=limited)

    assert full.returncode == 2, full.stderr
    assert "the disk is full" in full.stderr
    assert "Traceback" not in full.stderr
    assert rows(store, "PRAGMA integrity_check") == [("ok",)]
    kept = rows(store, "SELECT count(audit_id) FROM documents")[0][0]
    assert 0 < kept < 40
    again = shell("scan", papers, "--store", store, "--jobs", "1")
    assert f"{40 - kept} audited, {kept} known from before" in again.stderr


def test_a_store_of_too_few_pages_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "audit.db"
    from trustaudit.batch.store import explained

    store = connect(path, write=True)
    (pages,) = store.execute("PRAGMA page_count").fetchone()
    store.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="the disk is full"), explained(path):
        store.execute("INSERT INTO shared VALUES (1, zeroblob(1000000))")
    store.close()


VERSION_1_DOCUMENTS = (
    "CREATE TABLE documents (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, name TEXT NOT NULL, "
    "size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, settled INTEGER NOT NULL, sha256 TEXT NOT NULL, "
    "audit_id INTEGER REFERENCES audits (id), problem TEXT, problem_key TEXT NOT NULL DEFAULT '')"
)


def as_version_1(path: Path) -> None:
    """The same store as the first version of it was: no quarantine, no clauses."""
    with sqlite3.connect(path, isolation_level=None) as store:
        for name in store_schema.VIEW_NAMES.values():
            store.execute(f"DROP VIEW {name}")
        store.execute("DROP TABLE clauses")
        store.execute("DROP TABLE reports")
        store.execute("ALTER TABLE documents RENAME TO newer")
        store.execute("DROP INDEX documents_audit")
        store.execute(VERSION_1_DOCUMENTS)
        columns = "id, path, name, size, mtime_ns, settled, sha256, audit_id, problem, problem_key"
        store.execute(f"INSERT INTO documents SELECT {columns} FROM newer")
        store.execute("DROP TABLE newer")
        store.execute("CREATE INDEX documents_audit ON documents (audit_id)")
        store.execute("PRAGMA user_version = 1")


def shape(path: Path) -> list[tuple[str, str]]:
    """Names and columns of all tables and views."""
    found = rows(path, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY 1")
    return [
        (name, str(sorted(row[1:4] for row in rows(path, f'PRAGMA table_info("{name}")'))))
        for (name,) in found
    ]


def test_a_store_of_the_first_version_becomes_one_of_this(
    folder: Path, run: Run, seen: Callable[[], list[str]]
) -> None:
    run("scan", "papers", "--store", "audit.db")
    path = folder.parent / "audit.db"
    now, clauses = shape(path), rows(path, "SELECT * FROM clauses ORDER BY 1, 2")
    as_version_1(path)
    assert shape(path) != now

    asked = run("store", "stats", path)
    again = run("scan", "papers", "--store", "audit.db")

    assert asked.status == 2
    assert "older trustaudit" in asked.err
    assert "6 known from before" in again.err
    assert len(seen()) == 6
    assert shape(path) == now
    assert rows(path, "SELECT * FROM clauses ORDER BY 1, 2") == clauses
    assert rows(path, "PRAGMA user_version") == [(store_schema.VERSION,)]


def test_a_migration_that_fails_leaves_the_store_as_it_was(folder: Path, run: Run) -> None:
    run("scan", "papers", "--store", "audit.db")
    path = folder.parent / "audit.db"
    as_version_1(path)
    with sqlite3.connect(path) as store:
        store.execute("UPDATE texts SET body = x'00' WHERE id = 3")
    before = shape(path)

    done = run("scan", "papers", "--store", "audit.db")

    assert done.status == 2
    assert "damaged" in done.err
    assert shape(path) == before
    assert rows(path, "PRAGMA user_version") == [(1,)]


def test_a_damaged_audit_is_told_with_the_file(folder: Path, run: Run) -> None:
    run("scan", "papers", "--store", "audit.db")
    with sqlite3.connect(folder.parent / "audit.db") as store:
        store.execute("UPDATE audits SET data = x'789c00' WHERE id = 2")

    done = run("scan", "papers", "--store", "audit.db", "--format", "json")

    assert done.status == 2
    assert "damaged" in done.err
    assert "papers/" in done.err
    assert done.out == ""
