"""RTF cut into tokens: groups, control words, escaped bytes, text."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?"  # 1, 2: a control word and its number
    r"|\\'([0-9a-fA-F]{2})"  # 3: a byte
    r"|\\([^a-zA-Z])"  # 4: a control symbol
    r"|([{}])"  # 5: a group
    r"|([\r\n\0]+)"  # 6: nothing
    r"|([^\\{}\r\n\0]+)"  # 7: text
    r"|(\\)",  # 8: a stroke at the very end
    re.DOTALL,
)
_BRACE = re.compile(r"[{}]|\\bin(\d{1,9}) ?|\\.", re.DOTALL)


def group_end(source: str, at: int) -> int:
    """Where the closing brace of the group stands in which ``at`` lies; the end of the source without one."""
    depth = 0
    while True:
        match = _BRACE.search(source, at)
        if match is None:
            return len(source)
        at = match.end()
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            if depth == 0:
                return match.start()
            depth -= 1
        elif match[1]:
            at += int(match[1])


def number(value: str | None, default: int) -> int:
    """A control word's number, held within what 32 bits hold."""
    return default if value is None else min(max(int(value), -(2**31)), 2**31 - 1)
