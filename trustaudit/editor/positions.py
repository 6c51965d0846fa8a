"""Offsets of a text, and the lines and columns that an editor counts in its own units."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from trustaudit.document import line_starts

_UNITS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@dataclass(frozen=True)
class Positions:
    """Lines and columns, both from 0; columns count the units of ``encoding`` (utf-8, utf-16, utf-32)."""

    text: str
    starts: tuple[int, ...]
    encoding: str = "utf-16"

    @classmethod
    def of(cls, text: str, encoding: str = "utf-16") -> Positions:
        return cls(text, line_starts(text), encoding)

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of a character."""
        offset = min(max(offset, 0), len(self.text))
        line = bisect_right(self.starts, offset) - 1
        return line, self._units(self.text[self.starts[line] : offset])

    def offset(self, line: int, column: int) -> int:
        """The character at a line and a column; what lies behind the end of a line is the line's end."""
        if line >= len(self.starts):
            return len(self.text)
        start, end = self.starts[line], self.line_end(line)
        left = column
        for at in range(start, end):
            left -= self._units(self.text[at])
            if left < 0:
                return at
        return end

    def line_end(self, line: int) -> int:
        """Where the words of a line end, before what breaks it."""
        end = self.starts[line + 1] if line + 1 < len(self.starts) else len(self.text)
        while end > self.starts[line] and self.text[end - 1] in "\r\n":
            end -= 1
        return end

    def _units(self, text: str) -> int:
        codec, width = _UNITS[self.encoding]
        return len(text.encode(codec, "surrogatepass")) // width
