"""The marks « » that show, inside an example, exactly what is to be found."""

from __future__ import annotations

import re

from trustaudit.document import Span

OPEN, CLOSE = "«", "»"
_MARK = re.compile(f"([{OPEN}{CLOSE}])")


def unmark(marked: str) -> tuple[str, tuple[Span, ...]]:
    """The text without its marks, and the spans that they enclosed; raises ``ValueError``.

    Marks stand in pairs and not inside each other.
    """
    parts: list[str] = []
    spans: list[Span] = []
    opened: int | None = None
    length = 0
    for piece in _MARK.split(marked):
        if piece == OPEN:
            if opened is not None:
                raise ValueError(f"a {OPEN} inside another: marks may not be nested")
            opened = length
        elif piece == CLOSE:
            if opened is None:
                raise ValueError(f"a {CLOSE} without its {OPEN}")
            spans.append(Span(opened, length))
            opened = None
        else:
            parts.append(piece)
            length += len(piece)
    if opened is not None:
        raise ValueError(f"a {OPEN} without its {CLOSE}")
    return "".join(parts), tuple(spans)
