"""Real messages, contracts and hostile files: read, in place, as a browser shows them."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from trustaudit.document import BlockKind, Document, Hidden
from trustaudit.errors import UnreadableError
from trustaudit.parsing import parse, templates
from trustaudit.parsing.encoding import decode

Check = Callable[[Document], None]
OTHERS = {".pdf", ".docx", ".odt", ".rtf"}  # read by parsers that have tests of their own


def files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def leads_back(document: Document, source: str) -> float:
    """The share of characters that stand in the source where the map says."""
    assert document.source_map is not None
    total = right = 0
    for block in document.blocks:
        for at in range(block.start, block.end):
            if not document.text[at].isspace():
                total += 1
                right += source[document.source_map.source(at)] == document.text[at]
    return right / max(total, 1)


def covers(document: Document) -> None:
    for parts in (document.blocks, document.runs):
        end = 0
        for part in parts:
            assert end <= part.start < part.end
            assert not document.text[end : part.start].strip()
            end = part.end
        assert not document.text[end:].strip()


@pytest.mark.slow
def test_every_message_is_read_in_place(data_dir: Path) -> None:
    read = 0
    for path in files(data_dir / "messages"):
        data = path.read_bytes()
        document = parse(data, path.name)
        covers(document)
        if document.blocks:
            assert leads_back(document, decode(data).text) >= 0.97, path
        read += 1
    assert read >= 354


@pytest.mark.slow
def test_contracts_as_text_and_markdown(data_dir: Path) -> None:
    for path in files(data_dir / "documents"):
        if path.suffix in {".md", ".txt", ".html"}:
            data = path.read_bytes()
            document = parse(data, path.name)
            covers(document)
            assert leads_back(document, decode(data).text) >= 0.99, path
            assert document.blocks, path


@pytest.mark.slow
def test_hostile_texts_end_in_a_document_or_a_reason(data_dir: Path) -> None:
    for path in files(data_dir / "hostile"):
        if path.suffix in OTHERS and "disguised" not in path.parent.name:
            continue
        started = time.monotonic()
        reason = ""
        try:
            covers(parse(path.read_bytes(), path.name))
        except UnreadableError as error:
            reason = str(error) or "no reason"
        assert not reason.startswith(("no reason", "damaged or unusual")), path
        assert time.monotonic() - started < 30, path


HARNESS = """<!doctype html><meta charset=utf-8><body><script id=d type="application/json">%s</script><script>
async function go() {
  const out = [];
  for (const source of JSON.parse(document.getElementById("d").textContent)) {
    const frame = document.createElement("iframe");
    frame.style.width = "1024px";
    frame.sandbox = "allow-same-origin";
    document.body.appendChild(frame);
    await new Promise(done => { frame.onload = done; frame.srcdoc = source; setTimeout(done, 3000); });
    out.push(frame.contentDocument.body ? frame.contentDocument.body.innerText : "");
    frame.remove();
  }
  const shown = document.createElement("pre");
  shown.id = "out";
  shown.textContent = JSON.stringify(out);
  document.body.replaceChildren(shown);
}
go();</script>"""


def shown_by_chromium(sources: list[str], folder: Path) -> list[str]:
    """What a browser's innerText says of each source; nothing is fetched."""
    data = (
        json.dumps(sources)
        .replace("</", "<\\/")
        .replace("<!--", "<\\u0021--")
        .replace("<script", "<\\u0073cript")
    )
    page = folder / "harness.html"
    page.write_text(HARNESS % data, encoding="utf-8")
    done = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND",
         "--virtual-time-budget=900000", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    found = re.search(r'<pre id="out">(.*)</pre>', done.stdout, re.DOTALL)
    assert found
    shown: list[str] = json.loads(html.unescape(found[1]))
    return shown


def words(text: str) -> list[str]:
    return re.sub("[\u200b\u200c\u034f]", "", text).casefold().split()


def seen(document: Document) -> list[str]:
    """The words that are laid out: without the subject, the preview line and what is not displayed."""
    chars = list(document.text)
    for block in document.blocks:
        if block.kind in {BlockKind.SUBJECT, BlockKind.PREHEADER}:
            chars[block.start : block.end] = " " * (block.end - block.start)
    for run in document.runs:
        if run.hidden is Hidden.STYLE:
            chars[run.start : run.end] = " " * (run.end - run.start)
    return words("".join(chars))


@pytest.mark.slow
def test_visible_words_are_those_of_a_browser(data_dir: Path, tmp_path: Path) -> None:
    if shutil.which("chromium") is None:
        pytest.skip("chromium is not installed")
    paths = [path for path in files(data_dir / "messages") if path.suffix == ".html"]
    canvases = []
    for path in paths:
        template = templates.read(decode(path.read_bytes()).text)
        template = templates.without(template, template.subjects)
        pieces = template.pieces(0, len(template.source))
        canvases.append("".join(template.canvas[start:end] for start, end, _ in pieces))
    shown = shown_by_chromium(canvases, tmp_path)
    differing = [
        path.name
        for path, text in zip(paths, shown, strict=True)
        if seen(parse(path.read_bytes(), path.name, media_type="text/html")) != words(text)
    ]
    assert len(differing) <= 0.05 * len(paths), differing
