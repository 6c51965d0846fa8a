"""Source maps, one behind the other."""

from __future__ import annotations

from bisect import bisect_right

from trustaudit.document import SourceMap


def through(inner: SourceMap | None, outer: SourceMap, length: int) -> SourceMap | None:
    """A map into a text that is itself mapped, as one map.

    ``inner`` leads from a document's text of ``length`` characters into the text in the middle, ``outer``
    from there into the file. None stays None.
    """
    if inner is None:
        return None
    starts: list[int] = []
    sources: list[int] = []
    ends = (*inner.starts[1:], length)
    for start, middle, end in zip(inner.starts, inner.sources, ends, strict=True):
        at = max(bisect_right(outer.starts, middle) - 1, 0)
        while at < len(outer.starts):
            begin = max(outer.starts[at], middle)
            if begin > middle and begin - middle >= end - start:
                break
            starts.append(start + begin - middle)
            sources.append(outer.sources[at] + begin - outer.starts[at])
            at += 1
    return SourceMap(tuple(starts), tuple(sources), outer.line_starts)
