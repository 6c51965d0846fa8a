"""The parts of a DOCX and how they point to each other. Only the parts asked for are unpacked."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from lxml.etree import _Element as Element

from trustaudit.document import Unread
from trustaudit.errors import EncryptedError, LimitError, UnreadableError
from trustaudit.parsing.archive import Archive
from trustaudit.parsing.limits import Limits
from trustaudit.parsing.xmltree import read_xml, transitional

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_OTHERS = {"xl/workbook.xml": "a spreadsheet", "ppt/presentation.xml": "a presentation"}


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part points: ``kind`` is the last word of the type, ``target`` a part or an address."""

    kind: str
    target: str
    external: bool


class Package:
    """A DOCX opened: its main part, and what of it could not be read."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Raise ``EncryptedError``, ``LimitError`` or ``UnreadableError``."""
        _refuse_ole(data)
        self.limits = limits
        self.unread: list[Unread] = []
        self._archive = Archive(data, limits)
        self._relations: dict[str, dict[str, Relation]] = {}
        if "EncryptionInfo" in self._archive:
            raise EncryptedError("the file is protected by a password")
        self.main = self._find_main()

    def root(self) -> Element:
        """The main part, which must be there."""
        data = self._archive.read(self.main)
        if not data:
            raise UnreadableError(f"the part {self.main} is missing or empty: there is no text to read")
        root, losses = read_xml(transitional(data), self.limits)
        self.unread += [Unread(self.main, loss) for loss in losses]
        return root

    def part(self, name: str) -> Element | None:
        """The root of another part; None where it is absent, or damaged (then it stands in ``unread``)."""
        try:
            data = self._archive.read(name)
            if not data:
                return None
            root, losses = read_xml(transitional(data), self.limits)
        except (LimitError, EncryptedError):
            raise
        except UnreadableError as error:
            self.unread.append(Unread(name, str(error)))
            return None
        self.unread += [Unread(name, loss) for loss in losses]
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part points to, by id."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
            self._relations[part] = {} if root is None else _read_relations(root, folder)
        return self._relations[part]

    def related(self, kind: str) -> str | None:
        """The part of this kind (``styles``, ``footnotes`` …) that the main part points to.

        Where the relations are lost, the usual name is tried.
        """
        for relation in self.relations(self.main).values():
            if relation.kind == kind and not relation.external and relation.target in self._archive:
                return relation.target
        usual = posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")
        return usual if usual in self._archive else None

    def _find_main(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and relation.target in self._archive:
                return self._checked(relation.target)
        if "word/document.xml" in self._archive:
            return "word/document.xml"
        for name in self._archive.names:
            self._checked(name.lower())
        raise UnreadableError("no word/document.xml in the container: not a Word document, or damaged")

    def _checked(self, name: str) -> str:
        if name in _OTHERS:
            raise UnreadableError(f"{_OTHERS[name]}, not a text document: save it as DOCX or PDF")
        return name


def _read_relations(root: Element, folder: str) -> dict[str, Relation]:
    found = {}
    for node in root.iter(_RELATION):
        target = node.get("Target") or ""
        external = node.get("TargetMode") == "External"
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        found[node.get("Id") or ""] = Relation((node.get("Type") or "").rpartition("/")[2], target, external)
    return found


def _refuse_ole(data: bytes) -> None:
    """Encrypted Office files are OLE containers that hold the encrypted zip."""
    if not data.startswith(_OLE):
        return
    if _ENCRYPTED in data:
        raise EncryptedError("the file is protected by a password")
    raise UnreadableError("an old binary Office file, not DOCX: save it as DOCX or PDF")
