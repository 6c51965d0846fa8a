"""Documents one after the other, as one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from trustaudit.document import Document, SourceMap
from trustaudit.parsing.placeholders import placeholders


def concatenated(first: Document, second: Document) -> Document:
    """Two documents one after the other; the places of a part without any are those of the one before."""
    if not second.blocks:
        return replace(first, headers={**second.headers, **first.headers})
    by = len(first.text) + 2
    text = f"{first.text}\n\n{second.text}"

    def moved(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(replace(item, start=item.start + by, end=item.end + by) for item in items)

    return replace(
        first,
        text=text,
        blocks=first.blocks + moved(second.blocks),
        runs=first.runs + moved(second.runs),
        links=first.links + moved(second.links),
        placeholders=placeholders(text),
        headers={**second.headers, **first.headers},
        source_map=_both(first.source_map, second.source_map, by),
    )


def _both(first: SourceMap | None, second: SourceMap | None, by: int) -> SourceMap | None:
    """The two maps as one; None where either part cannot be placed and would get a wrong line."""
    if first is None or second is None:
        return None
    return SourceMap(
        (*first.starts, *(start + by for start in second.starts)),
        (*first.sources, *second.sources),
        first.line_starts,
    )
