"""A DOCX as parts by name: some are changed, all others go into the copy as they are."""

from __future__ import annotations

import posixpath
import zipfile
from io import BytesIO

from lxml import etree
from lxml.etree import _Element as Element

from trustaudit.errors import UnreadableError
from trustaudit.parsing.archive import Archive
from trustaudit.parsing.docx.package import Package
from trustaudit.parsing.limits import Limits

_TYPES = "[Content_Types].xml"
_TYPES_NS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS_NS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can tell: the copy must not depend on the clock


class Parts:
    """The parts of the source, and those that the copy has instead."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Raise what the parser raises where the container cannot be read."""
        package = Package(data, limits)
        self.main = package.main
        led = (each for each in package.relations(package.main).values() if each.kind == "comments")
        found = next((each.target for each in led if not each.external), None)
        self.comments = found if package.part(found or "") is not None else None
        self._archive = Archive(data, limits)
        self._zip = zipfile.ZipFile(BytesIO(data))
        self._changed: dict[str, bytes] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return self._archive.names

    def tree(self, name: str) -> Element:
        """The root of a part, read as strictly as an office program does.

        Raises ``UnreadableError`` for a part that is missing, broken, or has a document type: a copy of
        it could not be told to be equal.
        """
        data = self._archive.read(name) or b""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False)
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            words = str(error).split("\n", 1)[0]
            raise UnreadableError(
                f"{name}: the XML is broken ({words}): open and save it with an office program first"
            ) from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableError(f"{name}: the XML has a document type, which no office program writes")
        return root

    def put(self, name: str, root: Element) -> None:
        """The part as it is in the copy."""
        self._changed[name.lower()] = etree.tostring(
            root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
        )

    def add(self, name: str, root: Element, kind: str, content_type: str, *, strict: bool) -> None:
        """A new part that the main part points to by a relation of this kind."""
        self.put(name, root)
        types = self.tree(_TYPES)
        if not any(node.get("PartName", "").lower() == f"/{name}".lower() for node in types):
            etree.SubElement(types, f"{_TYPES_NS}Override", PartName=f"/{name}", ContentType=content_type)
        self.put(_TYPES, types)
        folder, file = posixpath.split(self.main)
        relations_name = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations_name in self._archive:
            relations = self.tree(relations_name)
        else:
            relations = etree.fromstring(f'<Relationships xmlns="{_RELATIONS_NS.strip("{}")}"/>'.encode())
        target = posixpath.relpath(name, folder or ".")
        if not any(node.get("Target") in (target, f"/{name}") for node in relations):
            etree.SubElement(
                relations,
                f"{_RELATIONS_NS}Relationship",
                Id=_free_id(relations),
                Type=f"{_STRICT if strict else _TRANSITIONAL}/{kind}",
                Target=target,
            )
        self.put(relations_name, relations)

    def write(self) -> bytes:
        """The copy's bytes: the parts in their order, each once; the new ones at the end."""
        out = BytesIO()
        left = dict(self._changed)
        seen: set[str] = set()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for info in self._zip.infolist():
                key = info.filename.replace("\\", "/").lstrip("/").lower()
                if key in seen:
                    continue
                seen.add(key)
                changed = left.pop(key, None)
                data = (self._archive.read(info.filename) or b"") if changed is None else changed
                target.writestr(_entry(info.filename, info), data, info.compress_type)
            for name, data in left.items():
                target.writestr(_entry(name, None), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()


def _entry(name: str, info: zipfile.ZipInfo | None) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, info.date_time if info else _EPOCH)
    if info is not None:
        entry.external_attr, entry.create_system = info.external_attr, info.create_system
        entry.comment = info.comment
    return entry


def _free_id(relations: Element) -> str:
    taken = {node.get("Id") for node in relations}
    number = len(relations) + 1
    while f"rId{number}" in taken:
        number += 1
    return f"rId{number}"
