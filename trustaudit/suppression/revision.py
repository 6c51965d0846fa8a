"""Files as they were at a git revision, read from its objects: nothing is checked out, nothing changes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from trustaudit.errors import UsageError


def files_at(revision: str, paths: Sequence[Path]) -> Iterator[tuple[Path, bytes]]:
    """Each path that was there at the revision, with its bytes then, in order.

    Raises ``UsageError`` where there is no git, no repository, or no such revision.
    """
    for root, inside in _by_repository(paths).items():
        commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if commit is None:
            hint = "a shallow clone has only the last ones"
            raise UsageError(f"--against {revision}: no such revision in {root}; {hint}")
        yield from _blobs(root, commit.strip(), inside)


def tree_at(revision: str, path: Path) -> Iterator[tuple[str, bytes]]:
    """The files in and below a path as they were at a revision, each by its path within it, in order.

    A file by itself is ``.``. Links and other repositories within are left out. Raises ``UsageError`` where
    there is no git, no repository, or no such revision.
    """
    asked = f"{revision}:{path}"
    folder = path.absolute()
    while not folder.is_dir():
        folder = folder.parent
    top = _git(folder, "rev-parse", "--show-toplevel")
    if top is None:
        raise UsageError(f"{asked}: {folder} is in no git repository")
    root = Path(top.rstrip("\n"))
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise UsageError(f"{asked}: no such revision in {root}; a shallow clone has only the last ones")
    inside = Path(os.path.normpath(path.absolute()))
    own = Path(os.path.normpath(root))
    if inside != own and own not in inside.parents:
        inside = inside.resolve()  # a link on the way into the repository
        own = own.resolve()
    name = inside.relative_to(own).as_posix()
    listed = _git(root, "ls-tree", "-r", "-z", "--full-tree", commit.strip(), "--", name) or ""
    rows = [row.partition("\t") for row in listed.split("\0") if row]
    files = [root / full for kind, _, full in rows if kind.split()[1] == "blob" and kind[:6] != "120000"]
    for file, data in _blobs(root, commit.strip(), files, follow=False):
        yield file.relative_to(root / name).as_posix(), data


def _by_repository(paths: Sequence[Path]) -> dict[Path, list[Path]]:
    roots: dict[Path, Path] = {}
    grouped: dict[Path, list[Path]] = {}
    for path in paths:
        folder = path.resolve().parent
        if folder not in roots:
            top = _git(folder, "rev-parse", "--show-toplevel")
            if top is None:
                raise UsageError(f"--against: {path} is in no git repository")
            roots[folder] = Path(top.rstrip("\n"))
        grouped.setdefault(roots[folder], []).append(path)
    return grouped


def _blobs(
    root: Path, commit: str, paths: Sequence[Path], *, follow: bool = True
) -> Iterator[tuple[Path, bytes]]:
    """The files of one commit, asked for one after the other of one process.

    ``follow``: links that are there now lead to the names; else the paths are names below the root.
    """
    if follow:
        names = [path.resolve().relative_to(root.resolve()).as_posix() for path in paths]
    else:
        names = [path.relative_to(root).as_posix() for path in paths]
    with subprocess.Popen(  # noqa: S603  # no shell; the revision is a commit's name by now
        ["git", "-C", str(root), "cat-file", "--batch"],  # noqa: S607  # the git of the user
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(),
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        for path, name in zip(paths, names, strict=True):
            if "\n" in name:  # the protocol has no way to ask for it
                continue
            process.stdin.write(os.fsencode(f"{commit}:{name}\n"))
            process.stdin.flush()
            head = process.stdout.readline().split()
            if len(head) != 3 or not head[2].isdigit():  # "… missing"
                continue
            data = process.stdout.read(int(head[2]))
            process.stdout.read(1)
            if head[1] == b"blob":
                yield path, data


def _git(folder: Path, *arguments: str) -> str | None:
    """What git says, or None where it fails. Raises ``UsageError`` where it cannot be run."""
    try:
        ran = subprocess.run(  # noqa: S603  # no shell; --end-of-options stands before what is foreign
            ["git", "-C", str(folder), *arguments],  # noqa: S607
            capture_output=True, check=False, env=_environment(),
        )  # fmt: skip
    except OSError as error:
        raise UsageError(f"--against needs git, which cannot be run: {error.strerror}") from None
    return os.fsdecode(ran.stdout) if ran.returncode == 0 else None


def _environment() -> dict[str, str]:
    """Ours, without what a hook sets: it may point to another repository or index."""
    theirs = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"}
    return {name: value for name, value in os.environ.items() if name not in theirs}
