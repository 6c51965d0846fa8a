"""The snippets of the pages: what a reader would copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.glob("*.md"))]
RUN = ("bash", "sh", "console", "python", "yaml", "toml", "json", "sql")
"""Languages of which every block is run or checked."""
SHOWN = ("text", "lua", "groovy", "html", "diff", "")
"""Languages that only show something."""

_FILE = re.compile(r"<!--\s*file:\s*(?P<file>\S+)\s*-->")
_NOT_RUN = re.compile(r"<!--\s*not run:\s*(?P<reason>.+?)\s*-->")


@dataclass(frozen=True)
class Block:
    """A fenced block, or the commands of an indented one; ``reason`` says why it is not run."""

    page: Path
    line: int
    language: str
    text: str
    reason: str = ""
    file: str = ""  # where the reader is told to write it

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path) -> Iterator[Block]:
    """All of a page, in order."""
    lines = page.read_text(encoding="utf-8").splitlines()
    for token in MarkdownIt().enable("table").parse("\n".join(lines)):
        if token.map is None or token.type not in {"fence", "code_block"}:
            continue
        at = token.map[0]
        language = token.info.strip().split(" ")[0] if token.type == "fence" else "indented"
        marker = _NOT_RUN.fullmatch(lines[at - 1].strip()) if at else None
        reason = marker["reason"] if marker else ""
        written = _FILE.fullmatch(lines[at - 1].strip()) if at else None
        yield Block(page, at + 1, language, token.content, reason, written["file"] if written else "")


def commands(text: str) -> Iterator[str]:
    """The commands of a shell block, those over several lines as one; comments are left out."""
    for line in text.replace("\\\n", " ").splitlines():
        command = re.sub(r"\s+#\s.*$", "", line).strip()
        if command and not command.startswith("#"):
            yield command


def transcript(text: str) -> list[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines that it is said to print."""
    made: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            made.append((line[2:].strip(), []))
        elif line.strip() and made:
            made[-1][1].append(line.rstrip())
    return made
