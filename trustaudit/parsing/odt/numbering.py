"""List labels of OpenDocument: 19.500 and following of ODF 1.3 part 3."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from trustaudit.parsing import numerals, symbols
from trustaudit.parsing.odt.names import EXTRA, STYLE, TEXT

_DEEPEST = 10
_PLACE = re.compile(r"%(\d{1,2})%")
_LEVELS = {
    TEXT + "list-level-style-number", TEXT + "list-level-style-bullet", TEXT + "list-level-style-image",
    TEXT + "outline-level-style",
}  # fmt: skip
_FORMS: Mapping[str, Callable[[int], str]] = {
    "1": numerals.decimal,
    "a": numerals.alphabetic,
    "A": numerals.upper(numerals.alphabetic),
    "i": numerals.roman,
    "I": numerals.upper(numerals.roman),
    "": lambda _: "",
}
_REPEATED = {"a": numerals.letters, "A": numerals.upper(numerals.letters)}


@dataclass(frozen=True, slots=True)
class Level:
    """One depth: how its number is written, and how many levels above are shown with it."""

    form: str = ""
    repeated: bool = False  # aa, bb instead of aa, ab
    prefix: str = ""
    suffix: str = ""
    shown: int = 1
    start: int = 1
    bullet: str = ""
    pattern: str = ""
    gap: str = " "
    style: str = ""


@dataclass(slots=True)
class Counter:
    """The numbers of one list, by depth from 1."""

    counts: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int, start: int) -> None:
        self.counts[depth] = self.counts[depth] + 1 if depth in self.counts else start
        for deeper in [at for at in self.counts if at > depth]:
            del self.counts[deeper]


class ListStyles:
    """List styles by name, from automatic and common styles; read when first asked for."""

    def __init__(self, *holders: Element | None) -> None:
        self._nodes: dict[str, Element] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        for holder in holders:
            for node in () if holder is None else holder:
                if node.tag == TEXT + "list-style":
                    self._nodes.setdefault(node.get(STYLE + "name") or "", node)
                elif node.tag == TEXT + "outline-style":
                    self.outline = self.outline or _levels(node)

    def levels(self, name: str) -> dict[int, Level]:
        if name not in self._levels:
            node = self._nodes.get(name)
            self._levels[name] = {} if node is None else _levels(node)
        return self._levels[name]


def label(levels: Mapping[int, Level], depth: int, counter: Counter, start: int | None = None) -> str:
    """Count one item on and write its label with the blank after it; empty where none is shown."""
    level = levels.get(depth)
    if level is None:
        return ""
    if start is not None:
        counter.counts.pop(depth, None)
    counter.next(depth, level.start if start is None else start)
    text = level.bullet or _written(levels, level, depth, counter)
    return text + level.gap if text.strip() else ""


def _written(levels: Mapping[int, Level], level: Level, depth: int, counter: Counter) -> str:
    def number(at: int) -> str:
        shown = levels.get(at, Level())
        form = (_REPEATED if shown.repeated else _FORMS).get(shown.form) or _FORMS.get(
            shown.form, numerals.decimal
        )
        return form(counter.counts.get(at, shown.start))

    if level.pattern:
        return _PLACE.sub(lambda match: number(int(match[1])), level.pattern)
    if not level.form:
        return level.prefix + level.suffix
    first = max(depth - level.shown + 1, 1)
    parts = [part for part in map(number, range(first, depth + 1)) if part]
    return level.prefix + ".".join(parts) + level.suffix


def _levels(node: Element) -> dict[int, Level]:
    found = {}
    for child in node:
        depth = child.get(TEXT + "level") or ""
        if child.tag in _LEVELS and depth.isdecimal() and 0 < int(depth) <= _DEEPEST:
            found[int(depth)] = _level(child)
    return found


def _level(node: Element) -> Level:
    bullet = ""
    if node.tag == TEXT + "list-level-style-bullet":
        bullet = symbols.bullet(node.get(TEXT + "bullet-char") or "•", _font(node))
    elif node.tag == TEXT + "list-level-style-image":
        bullet = "•"
    return Level(
        form=(node.get(STYLE + "num-format") or "").strip(),
        repeated=node.get(STYLE + "num-letter-sync") == "true",
        prefix=node.get(STYLE + "num-prefix") or "",
        suffix=node.get(STYLE + "num-suffix") or "",
        shown=_integer(node.get(TEXT + "display-levels"), 1),
        start=_integer(node.get(TEXT + "start-value"), 1),
        bullet=bullet,
        pattern=node.get(EXTRA + "num-list-format") or "",
        gap="" if _followed(node) == "nothing" else " ",
        style=node.get(TEXT + "style-name") or "",
    )


def _font(node: Element) -> str:
    properties = node.find(STYLE + "text-properties")
    return "" if properties is None else properties.get(STYLE + "font-name") or ""


def _followed(node: Element) -> str:
    found = node.find(f"{STYLE}list-level-properties/{STYLE}list-level-label-alignment")
    return "listtab" if found is None else found.get(TEXT + "label-followed-by") or "listtab"


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and value.isdecimal() else default
