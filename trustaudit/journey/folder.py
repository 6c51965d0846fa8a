"""A journey from a folder without a manifest: what each document is, is recognised, and said as a guess."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from trustaudit.audit import Audit
from trustaudit.errors import UsageError
from trustaudit.journey.manifest import NAMES, DocumentEntry, Manifest, StageEntry
from trustaudit.journey.recognise import OTHER, Recognised
from trustaudit.journey_audit import STAGES

DOCUMENTS = frozenset({
    ".pdf", ".docx", ".odt", ".rtf", ".html", ".htm", ".xhtml", ".mjml", ".eml", ".md", ".markdown", ".txt",
    ".text", ".liquid", ".erb", ".twig", ".hbs", ".mustache", ".j2", ".jinja",
})  # fmt: skip
"""Suffixes of what is taken up from a folder; other files are named in a manifest."""

_AIDS = frozenset({"readme", "license", "changelog", "contributing"})


def documents_in(folder: Path) -> tuple[Path, ...]:
    """The documents in and below a folder, by name; links to folders are not followed.

    Raises ``UsageError`` where there is none.
    """
    found = tuple(_walk(folder))
    if not found:
        raise UsageError(f"{folder}: no document in it; name a folder with documents, or a journey.yaml")
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place) / name
            known = path.suffix.lower() in DOCUMENTS and path.stem.lower() not in _AIDS
            if known and not name.startswith(".") and name not in NAMES and path.is_file():
                yield path


def guessed(folder: Path, documents: Iterable[tuple[Path, Recognised]]) -> Manifest:
    """The manifest that the recognised documents make, stages in their usual order."""
    by_stage: dict[str, list[tuple[Path, Recognised]]] = {}
    for path, recognised in documents:
        by_stage.setdefault(recognised.stage, []).append((path, recognised))
    stages = tuple(
        StageEntry(name, documents=tuple(_entry(path, folder, found) for path, found in by_stage[name]))
        for name in (*STAGES, OTHER)
        if name in by_stage
    )
    guesses = tuple(
        f"stage of {path.relative_to(folder).as_posix()}: {found.stage}, because {found.why}"
        for name in (*STAGES, OTHER)
        for path, found in by_stage.get(name, [])
    )
    return Manifest(stages, folder, name=folder.absolute().name, source=str(folder), guesses=guesses)


def _entry(path: Path, folder: Path, found: Recognised) -> DocumentEntry:
    return DocumentEntry(path.relative_to(folder).as_posix(), folder, channel=found.channel)


def companies(audits: Iterable[Audit]) -> tuple[str, ...]:
    """The names that most documents give the company; role words such as we are none."""
    counted = Counter(name for audit in audits for name in set(audit.parties.company) if _is_name(name))
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(name for name, _ in ranked[:3])


def _is_name(name: str) -> bool:
    return name[:1].isupper() and name.lower() not in {"we", "us", "our", "ours"}


def as_yaml(manifest: Manifest, kinds: Mapping[str, str]) -> str:
    """A manifest as the text of a first ``journey.yaml``, with the evidence of each guess beside it.

    ``kinds``: what each path was recognised as; it is said in a comment, since it can be found out again.
    """
    lines = [
        "# The journey of a customer, stage by stage. Check the order and the stages of each document.",
        f"name: {_quoted(manifest.name)}",
        f"company: [{', '.join(map(_quoted, manifest.company))}]  # as the papers name it",
        "# segment: who walks this way, in words",
        "# audience: consumer   # or business",
        "stages:",
    ]
    because = dict(line.removeprefix("stage of ").split(": ", 1) for line in manifest.guesses)
    for stage in manifest.stages:
        lines.append(f"  - stage: {stage.name}")
        lines.append("    documents:")
        for entry in stage.documents:
            lines.append(f"      - path: {_quoted(entry.path)}")
            why = because.get(entry.path, "").partition(", because ")[2]
            lines.append(f"        # {' '.join(filter(None, [kinds.get(entry.path, '') + ':', why]))}")
            lines += [f"        channel: {entry.channel}"] if entry.channel else []
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Plain where YAML reads it as it stands, else in double quotes."""
    import json

    plain = text.replace("-", "").replace("_", "").replace(".", "").replace("/", "").replace(" ", "")
    word = plain.isascii() and plain.isalnum() and text[0].isalpha() and text == text.strip()
    if word and text.lower() not in {"true", "false", "null"}:
        return text
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
