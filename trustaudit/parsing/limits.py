"""How much one document may cost. Every limit is met with a clear reason, never with a crash."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from trustaudit.errors import LimitError


@dataclass(frozen=True)
class Limits:
    """Bytes, pages, characters and seconds that one document may take.

    The clock runs from when the value is made: make one for each document, never one as a default argument.
    """

    source_bytes: int = 200_000_000
    unpacked_bytes: int = 300_000_000  # sum of the parts of a zip that are needed
    compression: int = 200  # unpacked to packed, for parts over one megabyte
    parts: int = 10_000
    pages: int = 5_000
    recognized_pages: int = 20  # of those, how many are read by text recognition, about a second each
    characters: int = 20_000_000
    depth: int = 500  # nested elements
    seconds: float = 25.0
    recognition_seconds: float = 120.0  # for text recognition, where nobody ends the process sooner
    started: float = field(default_factory=time.monotonic)

    def check_time(self) -> None:
        """Raise ``LimitError`` when the document's time is used up; call it once a page or part."""
        if time.monotonic() - self.started > self.seconds:
            raise LimitError(f"reading took longer than {self.seconds:g} seconds")
