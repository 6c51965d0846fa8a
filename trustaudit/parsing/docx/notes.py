"""Footnotes and endnotes: their text by id, their marks by the order in which they are referred to."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.etree import _Element as Element

from trustaudit.parsing import numerals
from trustaudit.parsing.docx.names import VAL, WORD
from trustaudit.parsing.docx.numbering import FORMS
from trustaudit.parsing.docx.package import Package
from trustaudit.parsing.docx.properties import integer

_FORMS = {"footnote": "decimal", "endnote": "lowerRoman"}


@dataclass(frozen=True, slots=True)
class Note:
    part: str
    content: Element
    mark: str


class Notes:
    """Looks notes up; each is handed out once. ``[1]`` stands in the text for a raised 1."""

    def __init__(self, package: Package, main: Element, settings: Element | None) -> None:
        self._package = package
        self._parts: dict[str, tuple[str, dict[str, Element]]] = {}
        self._marks: dict[tuple[str, str], str] = {}
        self._handed: set[tuple[str, str]] = set()
        self._counts = dict.fromkeys(_FORMS, 0)
        self._forms = {kind: _form(kind, main, settings) for kind in _FORMS}
        self._starts = {kind: _start(kind, main, settings) for kind in _FORMS}

    def mark(self, reference: Element) -> str:
        """The mark of a reference, counted on unless the author wrote a mark of their own."""
        kind, name = _key(reference)
        if (reference.get(WORD + "customMarkFollows") or "0") in ("1", "true", "on"):
            return ""
        if (kind, name) not in self._marks:
            number = self._starts[kind] + self._counts[kind]
            self._counts[kind] += 1
            written = FORMS.get(self._forms[kind], numerals.decimal)(number)
            self._marks[kind, name] = f"[{written}]"
        return self._marks[kind, name]

    def take(self, reference: Element) -> Note | None:
        """The note referred to, at the first call; None where it is missing or taken already."""
        kind, name = _key(reference)
        if (kind, name) in self._handed:
            return None
        self._handed.add((kind, name))
        part, notes = self._load(kind)
        content = notes.get(name)
        return None if content is None else Note(part, content, self._marks.get((kind, name), ""))

    def _load(self, kind: str) -> tuple[str, dict[str, Element]]:
        if kind not in self._parts:
            name = self._package.related(f"{kind}s")
            root = None if name is None else self._package.part(name)
            notes = () if root is None else root.iterchildren(WORD + kind)
            self._parts[kind] = (name or "", {note.get(WORD + "id") or "": note for note in notes})
        return self._parts[kind]


def _key(reference: Element) -> tuple[str, str]:
    kind = "endnote" if reference.tag == WORD + "endnoteReference" else "footnote"
    return kind, reference.get(WORD + "id") or ""


def _setting(kind: str, child: str, main: Element, settings: Element | None) -> str | None:
    for root, path in ((main, f".//{WORD}sectPr/{WORD}{kind}Pr/"), (settings, f"{WORD}{kind}Pr/")):
        node = None if root is None else root.find(path + WORD + child)
        if node is not None:
            return node.get(VAL)
    return None


def _form(kind: str, main: Element, settings: Element | None) -> str:
    return _setting(kind, "numFmt", main, settings) or _FORMS[kind]


def _start(kind: str, main: Element, settings: Element | None) -> int:
    return integer(_setting(kind, "numStart", main, settings), 1)
