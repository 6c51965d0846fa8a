"""Which files are read: folders, globs, .gitignore, loops, pipes."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from trustaudit.cli.inputs import Inputs, StandardInput, collect, common_folder


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.md", "a.txt", "sub/c.html", "sub/deep/d.eml", ".hidden.md", ".git/e.md", "logo.png"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(found: Inputs) -> list[str]:
    return [source.as_posix() for source in found.sources if isinstance(source, Path)]


def test_a_folder_is_walked_by_name(tree: Path) -> None:
    found = collect(["."])
    assert names(found) == ["a.txt", "b.md", "sub/c.html", "sub/deep/d.eml"]
    assert found.passed_over == {".png": 1}


def test_what_is_named_itself_is_read_whatever_it_is(tree: Path) -> None:
    (tree / ".gitignore").write_text("*\n", encoding="utf-8")
    assert names(collect(["logo.png", ".hidden.md"])) == ["logo.png", ".hidden.md"]


def test_each_file_once_in_the_order_of_the_arguments(tree: Path) -> None:
    found = collect(["sub", "a.txt", "./sub/c.html", str(tree / "a.txt"), "-", "-"])
    assert names(found) == ["sub/c.html", "sub/deep/d.eml", "a.txt"]
    assert found.sources[-1] == StandardInput()


def test_globs_are_expanded_where_the_shell_did_not(tree: Path) -> None:
    assert names(collect(["**/*.html", "*.md"])) == ["sub/c.html", "b.md"]
    assert collect(["*.pdf", "nowhere"]).missing == ["*.pdf", "nowhere"]


def test_a_file_whose_name_looks_like_a_glob(tree: Path) -> None:
    (tree / "offer[1].md").write_text("text", encoding="utf-8")
    assert names(collect(["offer[1].md"])) == ["offer[1].md"]


def test_gitignore_from_the_root_down_the_inner_stronger(tree: Path) -> None:
    (tree / ".gitignore").write_text("*.txt\nsub/deep/\n", encoding="utf-8")
    (tree / "sub" / ".gitignore").write_text("*.html\n!keep.html\n", encoding="utf-8")
    (tree / "sub" / "keep.html").write_text("text", encoding="utf-8")
    assert names(collect(["."])) == ["b.md", "sub/keep.html"]
    assert names(collect(["sub"])) == ["sub/keep.html"]  # the root's .gitignore holds for its folders too


def test_an_ignored_folder_that_is_named_is_read(tree: Path) -> None:
    (tree / ".gitignore").write_text("sub/\n", encoding="utf-8")
    assert names(collect(["sub"])) == ["sub/c.html", "sub/deep/d.eml"]


def test_exclude_is_relative_to_the_settings_file(tree: Path) -> None:
    assert names(collect(["."], exclude=["/sub/deep", "b.*"], base=tree)) == ["a.txt", "sub/c.html"]
    assert names(collect(["b.md"], exclude=["b.*"], base=tree)) == ["b.md"]


def test_a_link_loop_ends_with_a_word(tree: Path) -> None:
    (tree / "sub" / "loop").symlink_to(tree)
    found = collect(["."])
    assert names(found) == ["a.txt", "b.md", "sub/c.html", "sub/deep/d.eml"]
    assert found.skipped == ["sub/loop: skipped: a link back to a folder above it"]


def test_links_to_nothing_pipes_and_devices_are_skipped_with_a_word(tree: Path) -> None:
    (tree / "dead.md").symlink_to(tree / "gone.md")
    os.mkfifo(tree / "pipe.txt")
    found = collect([".", "/dev/null"])
    assert names(found) == ["a.txt", "b.md", "sub/c.html", "sub/deep/d.eml"]
    assert found.skipped == [
        "dead.md: skipped: a link that leads nowhere",
        "pipe.txt: skipped: a pipe",
        "/dev/null: skipped: a device",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_may_not_be_read_is_reported(tree: Path) -> None:
    (tree / "sub").chmod(0)
    try:
        found = collect(["."])
    finally:
        (tree / "sub").chmod(0o755)
    assert names(found) == ["a.txt", "b.md"]
    assert [entry.path for entry in found.unreadable] == ["sub"]


def test_folders_nest_deeper_than_calls_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(1200):
        os.mkdir("d")  # noqa: PTH102  # one step at a time: the whole path is longer than one call takes
        os.chdir("d")
    os.chdir(tmp_path)
    (tmp_path / "top.md").write_text("text", encoding="utf-8")
    try:
        assert names(collect(["."])) == ["top.md"]
    finally:  # the clean-up of temporary folders would not come so deep
        subprocess.run(["rm", "-r", "d"], check=True)


def test_names_that_are_no_utf8(tree: Path) -> None:
    odd = os.fsencode(tree) + b"/odd-\xff.md"
    with open(odd, "wb") as file:  # noqa: PTH123  # a name in bytes
        file.write(b"text")
    assert len(collect(["."]).sources) == 5


def test_the_folder_that_all_share(tree: Path) -> None:
    assert common_folder(["sub/c.html", "sub/deep"]) == tree / "sub"
    assert common_folder(["a.txt", "sub/deep/d.eml"]) == tree
    assert common_folder(["-", "*.md"]) is None
