"""Small journeys with contradictions planted in them: their files made, scanned, and compared with the key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml

from trustaudit import pipeline
from trustaudit.journey_audit import Conflict, Staged

PLANTED = Path(__file__).parent / "planted"


@dataclass(frozen=True, slots=True)
class Key:
    """Two quotes that contradict each other, as fragments of what is to be quoted."""

    kind: str
    one: str
    other: str

    def fits(self, conflict: Conflict) -> bool:
        one, other = plain(conflict.first.quote), plain(conflict.second.quote)
        mine, theirs = plain(self.one), plain(self.other)
        return (mine in one and theirs in other) or (mine in other and theirs in one)


@dataclass(frozen=True)
class Planted:
    name: str
    documents: tuple[Staged, ...]
    conflicts: tuple[Key, ...]
    fair: tuple[Key, ...]  # pairs that look like a contradiction and are none
    allowed: tuple[Key, ...]  # what may be found and need not be


def plain(text: str) -> str:
    return " ".join(text.replace("’", "'").lower().split())


def planted(path: Path) -> Planted:
    """A journey of a YAML file, with its documents made in their formats and scanned."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    staged = tuple(_staged(entry, data, order) for order, entry in enumerate(data["documents"]))
    return Planted(
        data["name"],
        staged,
        tuple(Key(*map(str, row)) for row in data["conflicts"]),
        tuple(Key("", *map(str, row)) for row in data["fair"]),
        tuple(Key(*map(str, row)) for row in data.get("allowed", ())),
    )


def _staged(entry: dict[str, Any], data: dict[str, Any], order: int) -> Staged:
    name = entry["file"]
    audit = pipeline.scan(
        made(name, entry["text"]),
        name=name,
        kind=entry.get("kind", "auto"),
        company=data.get("company", ()),
        customer=data.get("customer", ()),
    )
    return Staged(audit, entry["stage"], order, name, str(audit.kind))


def made(name: str, text: str) -> bytes:
    """The bytes of a file of the format that its name says."""
    suffix = name.rpartition(".")[2]
    if suffix == "docx":
        return _docx(text)
    return _pdf(text) if suffix == "pdf" else text.encode()


def _paragraphs(text: str) -> Iterator[tuple[str, bool]]:
    """Paragraphs, and whether each is a heading."""
    for piece in text.strip().split("\n\n"):
        yield " ".join(piece.split()).removeprefix("# "), piece.startswith("# ")


def _docx(text: str) -> bytes:
    import docx

    document = docx.Document()
    for words, heading in _paragraphs(text):
        if heading:
            document.add_heading(words, level=1)
        else:
            document.add_paragraph(words)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _pdf(text: str) -> bytes:
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    styles = getSampleStyleSheet()
    out = BytesIO()
    story = [
        Paragraph(words.replace("&", "&amp;"), styles["Heading1" if heading else "BodyText"])
        for words, heading in _paragraphs(text)
    ]
    SimpleDocTemplate(out, invariant=1).build(story)
    return out.getvalue()
