"""A parsed document as a store keeps it: its words and structure in one piece, its looks in another."""

from __future__ import annotations

from typing import NamedTuple

from trustaudit.batch.store_codec import full, pack, squeeze, unpack, unsqueeze
from trustaudit.document import (
    Block,
    BlockKind,
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
    """Text, and the places and kinds of its blocks; also of a body that an earlier trustaudit has packed.

    Raises ``ValueError`` where it is damaged.
    """
    try:
        text, blocks, *_ = unsqueeze(body)
        if not blocks:
            return text, ()
        count, *columns = blocks
        places = zip(*(full(column, count) for column in columns[:3]), strict=False)
        return text, tuple(Block(start, end, BlockKind(kind)) for start, end, kind in places)
    except (TypeError, IndexError) as error:
        raise ValueError(f"not a text: {error}") from None


def unpack_text(body: bytes) -> str:
    """The text alone; raises ``ValueError`` where it is damaged."""
    listed = unsqueeze(body)
    if not isinstance(listed, list) or not listed or not isinstance(listed[0], str):
        raise ValueError("not a text")
    return listed[0]
