"""A parsed document as a store keeps it: its words and structure in one piece, its looks in another."""

from __future__ import annotations

from typing import NamedTuple

from trustaudit.batch.store_codec import pack, squeeze, unpack, unsqueeze
from trustaudit.document import (
    Block,
    Document,
    Link,
    Page,
    Placeholder,
    Run,
    SourceMap,
    Unread,
)


class Packed(NamedTuple):
    """``body``: text, blocks, pages, gaps, links, variables, headers; ``layout``: runs and source map."""

    body: bytes
    layout: bytes


_BODY = {
    "text": str,
    "blocks": tuple[Block, ...],
    "pages": tuple[Page, ...],
    "unread": tuple[Unread, ...],
    "links": tuple[Link, ...],
    "placeholders": tuple[Placeholder, ...],
    "headers": dict[str, str],
}
_LAYOUT = {"runs": tuple[Run, ...], "source_map": SourceMap | None}


def pack_document(document: Document) -> Packed:
    """All but the name, the type and the hash, which the store's columns hold."""
    parts = [
        squeeze([pack(kind, getattr(document, name)) for name, kind in kinds.items()])
        for kinds in (_BODY, _LAYOUT)
    ]
    return Packed(*parts)


def unpack_document(packed: Packed, *, name: str, media_type: str, sha256: str) -> Document:
    """The document again; raises ``ValueError`` where the pieces are damaged."""
    values = {"name": name, "media_type": media_type, "sha256": sha256}
    for kinds, data in ((_BODY, packed.body), (_LAYOUT, packed.layout)):
        listed = unsqueeze(data)
        if not isinstance(listed, list) or len(listed) != len(kinds):
            raise ValueError("not a document")
        values |= {key: unpack(kind, each) for (key, kind), each in zip(kinds.items(), listed, strict=True)}
    return Document(**values)  # type: ignore[arg-type]  # the two tables name its fields


def unpack_words(body: bytes) -> tuple[str, tuple[Block, ...]]:
    """Text and blocks alone."""
    text, blocks, *_ = unsqueeze(body)
    return text, unpack(tuple[Block, ...], blocks)
