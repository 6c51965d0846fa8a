"""XML read with care: nothing is fetched, no entity is expanded, what is lost is said."""

from __future__ import annotations

import re

from lxml import etree
from lxml.etree import _Element as Element

from trustaudit.errors import LimitError, UnreadableError
from trustaudit.parsing.limits import Limits

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")


def read_xml(data: bytes, limits: Limits) -> tuple[Element, tuple[str, ...]]:
    """The root element, and what of the text is lost and why.

    Broken XML is read up to where it makes sense. Raise ``LimitError`` where it is nested too deep or
    too large, ``UnreadableError`` where nothing can be read.
    """
    limits.check_time()
    try:
        root = etree.fromstring(data, _parser(recover=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        _refuse_excess(error)
        root = _recovered(data, error)
        return root, (f"the XML is broken ({_first_line(error)}): text may be missing",)
    return root, _entities(root)


def transitional(data: bytes) -> bytes:
    """Office Open XML with the namespaces of its strict form replaced by the usual ones."""
    if b"purl.oclc.org/ooxml" not in data:
        return data
    return _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)


def is_element(node: Element) -> bool:
    """Whether a child is an element, and not an unresolved entity."""
    tag: object = node.tag
    return isinstance(tag, str)


def own_text(element: Element) -> str:
    """The text directly in an element, with what follows comments and unresolved entities in it."""
    if len(element) == 0:
        return element.text or ""
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _parser(*, recover: bool) -> etree.XMLParser:
    # huge_tree stays off: libxml2 then stops at 256 levels, 10 MB in one text and amplified entities
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )


def _recovered(data: bytes, cause: Exception) -> Element:
    try:
        root = etree.fromstring(data, _parser(recover=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"the XML cannot be read: {_first_line(error)}") from error
    if root is None:
        raise UnreadableError(f"the XML cannot be read: {_first_line(cause)}")
    return root


def _refuse_excess(error: Exception) -> None:
    message = str(error)
    if "xcessive depth" in message or "XML_PARSE_HUGE" in message or "amplification" in message:
        raise LimitError(f"the XML is too large or nested too deep: {_first_line(error)}") from error


def _entities(root: Element) -> tuple[str, ...]:
    """What unresolved entities leave out; they need a document type, which sound files do not have."""
    if root.getroottree().docinfo.internalDTD is None:
        return ()
    names = sorted({str(entity.text).strip("&;") for entity in root.iter(etree.Entity)})
    if not names:
        return ()
    listed = ", ".join(f"&{name};" for name in names[:5])
    return (f"XML entities are not resolved ({listed}): the text that they stand for is missing",)


def _first_line(error: Exception) -> str:
    return str(error).split("\n", 1)[0]
