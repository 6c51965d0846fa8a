"""Automatic numbers, counted as Word counts them: ECMA-376 part 1, 17.9."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from lxml.etree import _Element as Element

from trustaudit.parsing import numerals, symbols
from trustaudit.parsing.docx.names import ALTERNATE, COMPAT, OFF, RUN_PROPERTIES, VAL, WORD
from trustaudit.parsing.docx.properties import Reader, RunProperties, integer

_DEEPEST = 9
_PART = re.compile(r"%([1-9])")

FORMS: Mapping[str, Callable[[int], str]] = {
    "decimal": numerals.decimal,
    "lowerRoman": numerals.roman,
    "upperRoman": numerals.upper(numerals.roman),
    "lowerLetter": numerals.letters,
    "upperLetter": numerals.upper(numerals.letters),
    "ordinal": numerals.ordinal,
    "cardinalText": numerals.cardinal_words,
    "ordinalText": numerals.ordinal_words,
    "chicago": numerals.marks,
    "decimalZero": lambda number: f"{number:02}",
    "numberInDash": lambda number: f"- {number} -",
    "none": lambda _: "",
}
"""Other forms (of other scripts) are shown as decimal numbers."""


@dataclass(frozen=True, slots=True)
class Level:
    """One depth of a list. ``restart`` is the level (from 1) after which it begins anew; None: any higher."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    legal: bool = False
    restart: int | None = None
    width: int = 0  # digits that a custom form such as "0001" asks for
    run: RunProperties = field(default_factory=RunProperties)


@dataclass(frozen=True, slots=True)
class Label:
    """A number as printed, with the blank after it, and what its own formatting says."""

    text: str
    run: RunProperties


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: Mapping[int, Level]
    styles: Mapping[str, int]  # paragraph style -> depth
    overrides: tuple[int, ...]  # depths that begin anew


class Numbering:
    """Counts through the document: call ``label`` for the numbered paragraphs in their order."""

    def __init__(self, root: Element | None, reader: Reader) -> None:
        self._reader = reader
        self._abstract: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        self._linked: dict[str, Element] = {}  # by the list style that they define
        self._levels: dict[str, tuple[dict[int, Level], dict[str, int]]] = {}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._seen: set[str] = set()
        for node in () if root is None else root:
            if node.tag == WORD + "abstractNum":
                self._abstract.setdefault(node.get(WORD + "abstractNumId") or "", node)
                self._linked.setdefault(_value(node, "styleLink") or "", node)
            elif node.tag == WORD + "num":
                self._nums.setdefault(node.get(WORD + "numId") or "", node)

    def depth(self, number: str, style: str) -> int | None:
        """The depth that a list gives to a paragraph style, where it names it."""
        known = self._list(number)
        return None if known is None else known.styles.get(style)

    def label(self, number: str, depth: int) -> Label | None:
        """Count one paragraph on; None where the list is unknown or shows nothing."""
        known = self._list(number)
        if known is None:
            return None
        level = known.levels.get(depth, Level(text=""))
        counts = self._counts.setdefault(known.abstract, [None] * _DEEPEST)
        self._restart(number, known, counts)
        at = counts[depth]
        counts[depth] = level.start if at is None else at + 1
        for deeper in range(depth + 1, _DEEPEST):
            restart = known.levels.get(deeper, Level()).restart
            if restart is None or depth < restart:
                counts[deeper] = None
        text = _written(known, level, counts)
        return Label(text + ("" if level.suffix == "nothing" else " "), level.run) if text else None

    def _restart(self, number: str, known: _List, counts: list[int | None]) -> None:
        """The first paragraph of a list with its own start values begins there."""
        if number in self._seen:
            return
        self._seen.add(number)
        for depth in known.overrides:
            counts[depth] = None

    def _list(self, number: str) -> _List | None:
        if number not in self._lists:
            self._lists[number] = self._read(number)
        return self._lists[number]

    def _read(self, number: str) -> _List | None:
        node = self._nums.get(number)
        abstract_id = None if node is None else _value(node, "abstractNumId")
        abstract = self._resolved(abstract_id)
        if node is None or abstract is None:
            return None
        shared = abstract.get(WORD + "abstractNumId") or ""
        if shared not in self._levels:
            self._levels[shared] = self._defined(abstract)
        levels, styles, overrides = dict(self._levels[shared][0]), self._levels[shared][1], []
        for child in node.iterchildren(WORD + "lvlOverride"):
            depth = min(max(integer(child.get(WORD + "ilvl"), 0), 0), _DEEPEST - 1)
            own = child.find(WORD + "lvl")
            if own is not None:
                levels[depth] = self._level(own)
            start = _value(child, "startOverride")
            if start is not None:
                overrides.append(depth)
                levels[depth] = replace(levels.get(depth, Level()), start=integer(start, 1))
        return _List(shared, levels, styles, tuple(overrides))

    def _defined(self, abstract: Element) -> tuple[dict[int, Level], dict[str, int]]:
        """The levels of a definition by depth, and the depths of the paragraph styles that they name."""
        levels, styles = {}, {}
        for child in abstract.iterchildren(WORD + "lvl"):
            depth = integer(child.get(WORD + "ilvl"), 0)
            levels[depth] = self._level(child)
            style = _value(child, "pStyle")
            if style:
                styles[style] = depth
        return levels, styles

    def _resolved(self, abstract_id: str | None) -> Element | None:
        """The definition, through the list style that it may point to."""
        node = self._abstract.get(abstract_id or "")
        link = None if node is None else _value(node, "numStyleLink")
        return node if link is None else self._linked.get(link, node)

    def _level(self, node: Element) -> Level:
        form, custom = _form(node)
        run = self._reader.run(node.find(RUN_PROPERTIES))
        text = _value(node, "lvlText") or ""
        picture = node.find(WORD + "lvlPicBulletId") is not None
        if form == "bullet" or picture:
            text = symbols.bullet(text, run.get("font", "")) if text and not picture else "•"
        restart = _value(node, "lvlRestart")
        return Level(
            start=integer(_value(node, "start"), 0),
            form=form,
            text=text,
            suffix=_value(node, "suff") or "tab",
            legal=_on(node, "isLgl"),
            restart=None if restart is None else integer(restart, 0),
            width=len(custom.split(",")[0].strip()) if custom else 0,
            run=run,
        )


def _form(node: Element) -> tuple[str, str]:
    """The number format and, for a custom one, its pattern ("001, 002, …"); an alternative is preferred."""
    found = node.find(WORD + "numFmt")
    if found is None:
        found = node.find(f"{ALTERNATE}/{COMPAT}Choice/{WORD}numFmt")
    if found is None:
        found = node.find(f"{ALTERNATE}/{COMPAT}Fallback/{WORD}numFmt")
    if found is None:
        return "decimal", ""
    form = found.get(VAL) or "decimal"
    return form, (found.get(WORD + "format") or "") if form == "custom" else ""


def _written(known: _List, level: Level, counts: list[int | None]) -> str:
    if level.form == "bullet":
        return level.text

    def part(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        shown = known.levels.get(depth, Level())
        count = counts[depth]
        number = shown.start if count is None else count
        if shown.width:
            return f"{number:0{shown.width}}"
        form = "decimal" if level.legal and shown.form != "none" else shown.form
        return FORMS.get(form, numerals.decimal)(number)

    return _PART.sub(part, level.text).strip()


def _value(node: Element, child: str) -> str | None:
    found = node.find(WORD + child)
    return None if found is None else found.get(VAL)


def _on(node: Element, child: str) -> bool:
    found = node.find(WORD + child)
    return found is not None and (found.get(VAL) or "1").lower() not in OFF
