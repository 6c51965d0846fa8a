"""Every command and snippet of the pages runs, or says why it does not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.docs.blocks import PAGES, ROOT, RUN, SHOWN, Block, blocks, commands, transcript
from tests.docs.running import printed, reader, run, understood
from tests.docs.shapes import checked

BY_PAGE = {page: list(blocks(page)) for page in PAGES}
WITH_BLOCKS = [page for page, found in BY_PAGE.items() if found and page.name != "README.md"]
"""The README's are typed by tests/test_readme.py, with what a newcomer has at hand."""
SETS_UP = re.compile(r"^(make |\.venv/bin/|pip install |docker |git |python -m benchmarks|\.ci/)")
"""Commands of the checkout, which tests/test_readme.py and tests/ci type."""


def test_there_are_snippets() -> None:
    run_here = [
        block for found in BY_PAGE.values() for block in found if block.language in RUN and not block.reason
    ]
    assert len(run_here) >= 25
    assert {block.language for block in run_here} >= {"bash", "python", "yaml", "toml"}


MANY_PAPERS = {"annotating.md", "journey.md", "portfolio.md", "start.md", "store.md"}


def _pages() -> list[Any]:
    """The pages, those whose commands read many papers marked as slow."""
    slow = pytest.mark.slow
    return [
        pytest.param(page, id=page.name, marks=[slow] if page.name in MANY_PAPERS else [])
        for page in WITH_BLOCKS
    ]


@pytest.mark.parametrize("page", _pages())
def test_every_snippet_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In order, in one folder, as a reader would go down the page."""
    monkeypatch.chdir(reader(tmp_path))
    monkeypatch.setenv("NO_COLOR", "1")
    for block in BY_PAGE[page]:
        if not block.reason:
            _run(block, tmp_path)


def _run(block: Block, folder: Path) -> None:
    if block.file:
        (folder / block.file).write_text(block.text, encoding="utf-8")  # in a folder that the page has made
    try:
        if block.language in {"bash", "sh", "indented", ""}:
            for command in commands(block.text):
                _run_command(command, block.language)
        elif block.language == "console":
            for command, wanted in transcript(block.text):
                output = run(command)
                assert printed(output, wanted), f"{command}\nprinted\n{output}"
        elif block.language == "python":
            exec(compile(block.text, str(block), "exec"), {"__name__": "snippet"})
        elif block.language in RUN:
            checked(block.language, block.text, folder)
        else:
            assert block.language in SHOWN, f"a block of {block.language!r} is neither run nor only shown"
            for command in re.findall(r"\btrustaudit [a-z][^'\"\n]*", block.text):
                understood(command)
    except Exception as error:
        raise AssertionError(f"{block}: {error}") from error


def _run_command(command: str, language: str) -> None:
    if language in {"indented", ""} and not command.startswith("trustaudit "):
        return  # formulas, trees, comments: what is typed there is of other tests
    if re.search(r"(?<![\w$-])[A-Z][A-Z_]{2,}(?![\w-])", command):  # FILE, REV: to be filled in
        understood(command)
    elif not SETS_UP.match(command):
        run(command)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_not_run_says_why(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    reasons = [block.reason for block in BY_PAGE[page] if block.reason]
    assert len(reasons) == text.count("<!-- not run:"), "a marker stands on the line above its block"
    assert all(len(reason.split()) > 1 for reason in reasons)


def test_the_collector_sees_what_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with snippets that are wrong: each is found."""
    monkeypatch.chdir(reader(tmp_path))
    for language, text in {
        "bash": "trustaudit scan terms.md --fail-no major",
        "console": "$ trustaudit --version\ntrustaudit, version 9.9.9",
        "python": "import trustaudit; trustaudit.scan_txt('x')",
        "yaml": "title: x\nfind: {kind: phrases, any: [x]}\n",
        "toml": 'fail_no = "major"',
        "json": "{",
        "fortran": "x",
    }.items():
        with pytest.raises(AssertionError):
            _run(Block(ROOT / "README.md", 1, language, text), tmp_path)
    with pytest.raises(Exception, match="No such option"):
        understood("trustaudit rules list --no-such")
