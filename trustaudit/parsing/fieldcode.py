"""The instructions of fields, written alike in DOCX and RTF: a name, arguments, switches."""

from __future__ import annotations

import re

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')

PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
LIST_FIELDS = frozenset({"TOC", "INDEX", "TOA"})


def parsed(instruction: str) -> tuple[str, list[str]]:
    """The name of a field in capitals, and its arguments with the quotes taken off."""
    words = [
        match[1].replace('\\"', '"').replace("\\\\", "\\") if match[1] is not None else match[2]
        for match in _WORD.finditer(instruction)
    ]
    return (words[0].upper(), words[1:]) if words else ("", [])


def link_target(arguments: list[str]) -> str:
    """Where a HYPERLINK leads: an address, "#mark", or both."""
    address = mark = ""
    words = iter(arguments)
    for word in words:
        if word == "\\l":
            mark = next(words, "")
        elif word in ("\\o", "\\t"):
            next(words, "")
        elif not word.startswith("\\") and not address:
            address = word
    return f"{address}#{mark}" if mark else address
