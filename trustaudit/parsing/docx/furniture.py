"""Headers and footers: which of them are shown, each distinct one once."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element as Element

from trustaudit.parsing.docx.names import OFF, RELATION_ID, VAL, WORD
from trustaudit.parsing.docx.package import Package


def headers(main: Element, package: Package, settings: Element | None) -> Iterator[tuple[str, Element]]:
    return _shown("header", main, package, settings)


def footers(main: Element, package: Package, settings: Element | None) -> Iterator[tuple[str, Element]]:
    return _shown("footer", main, package, settings)


def _shown(
    kind: str, main: Element, package: Package, settings: Element | None
) -> Iterator[tuple[str, Element]]:
    """Part names and roots. First-page and even ones only where the section or the settings show them."""
    even = _on(settings, "evenAndOddHeaders")
    parts: dict[str, None] = {}
    for section in main.iter(WORD + "sectPr"):
        first = _on(section, "titlePg")
        for reference in section.iterchildren(f"{WORD}{kind}Reference"):
            use = reference.get(WORD + "type") or "default"
            if (use == "first" and not first) or (use == "even" and not even):
                continue
            relation = package.relations(package.main).get(reference.get(RELATION_ID) or "")
            if relation is not None and not relation.external:
                parts.setdefault(relation.target)
    seen: set[str] = set()
    for part in parts:
        root = package.part(part)
        text = "" if root is None else " ".join("".join(map(str, root.itertext())).split())
        if root is not None and text not in seen:
            seen.add(text)
            yield part, root


def _on(node: Element | None, name: str) -> bool:
    found = None if node is None else node.find(WORD + name)
    return found is not None and (found.get(VAL) or "1").lower() not in OFF
