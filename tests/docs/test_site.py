"""The documentation site: built strictly, without a network, and asking nothing of anybody."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import trustaudit
from tests.docs.blocks import DOCS, ROOT

pytestmark = pytest.mark.slow
FETCHED = {
    "script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "video": "src",
    "audio": "src", "object": "data", "embed": "src", "form": "action", "use": "href", "image": "href",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built in a process in which no connection can be made."""
    folder = tmp_path_factory.mktemp("site")
    offline = (
        "import socket, runpy, sys\n"
        "def refuse(*_, **__): raise OSError('no network')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        f"sys.argv = ['mkdocs', 'build', '--strict', '--quiet', '--site-dir', {str(folder)!r}]\n"
        "runpy.run_module('mkdocs', run_name='__main__')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", offline], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
    return folder


class Page(HTMLParser):
    """What a page fetches, links to, and offers as targets."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if held.get("id"):
            self.ids.add(held["id"])
        if tag in FETCHED and held.get(FETCHED[tag]):
            self.fetched.append(held[FETCHED[tag]])
        self.fetched += [each.split()[0] for each in held.get("srcset", "").split(",") if each.strip()]
        self.fetched += re.findall(r"url\(['\"]?([^'\")]+)", held.get("style", ""))
        if tag == "a" and held.get("href"):
            self.links.append(held["href"])


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Page]:
    return {path: Page(path) for path in sorted(site.rglob("*.html"))}


def test_nothing_is_fetched_from_elsewhere(site: Path, pages: dict[Path, Page]) -> None:
    assert len(pages) > 40
    for path, page in pages.items():
        if path.name == "404.html":
            continue
        for address in page.fetched:
            parts = urlsplit(address)
            assert parts.scheme in {"", "data"}, f"{path.name}: {address}"
            assert not parts.netloc, f"{path.name}: {address}"
            assert parts.scheme or (path.parent / parts.path).exists(), f"{path.name}: {address}"
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"url\(['\"]?(?:https?:)?//|@import", text), path


def test_every_link_inside_leads_to_its_place(site: Path, pages: dict[Path, Page]) -> None:
    wrong = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or path.name == "404.html":
                continue
            target = (path.parent / parts.path).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            if not target.exists() or (
                parts.fragment and target in pages and parts.fragment not in pages[target].ids
            ):
                wrong.append(f"{path.relative_to(site)} -> {link}")
    assert wrong == []


def test_every_page_of_the_folder_is_in_the_navigation(site: Path, pages: dict[Path, Page]) -> None:
    linked = {(site / urlsplit(link).path).resolve() for link in pages[site / "index.html"].links}
    written = [path.relative_to(DOCS) for path in [*DOCS.glob("*.md"), *(DOCS / "rules").glob("*.md")]]
    for path in written:
        built = site / path.with_name(path.name.replace("README", "index")).with_suffix(".html")
        assert built.exists(), path
        assert built.resolve() in linked, f"{path} is in no navigation: see mkdocs.yml and docs/site_hooks.py"


def test_the_api_has_every_public_name_with_its_words(site: Path) -> None:
    text = (site / "api.html").read_text(encoding="utf-8")
    plain = " ".join(re.sub(r"<[^>]+>", " ", text).split())
    for name in trustaudit.__all__:
        if not name.startswith("_"):
            assert f"trustaudit.{name}" in plain
    for words in (
        "Audit one document: a path, or its bytes",
        "What a rule found.",
        "UnreadableError",
        "Why the severity is a step above the rule's, or empty.",  # the comment behind a field
    ):
        assert words in plain


def test_the_commands_are_there(site: Path) -> None:
    text = (site / "commands.html").read_text(encoding="utf-8")
    assert all(f'id="trustaudit-{name}"' in text for name in ("scan", "rules-test", "lsp", "config-show"))
    assert "--max-fine-print" in text
