"""The messages of a catalogue, in place: PO, properties, JSON, YAML, XLIFF, Android, Apple, CSV."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_words = str.split

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Message:
    """One message: its key, and the ranges of the source that hold it, with the escapes that they use."""

    key: str
    ranges: tuple[Range, ...]
    escapes: str = ""  # backslash | xml | csv | line
    joined: bool = True  # the ranges are one text; otherwise each is a line


_PO = re.compile(
    r'^(?P<field>msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)[ \t]+(?P<first>"(?:[^"\\\n]|\\.)*")'
    r'(?P<more>(?:[ \t]*\r?\n[ \t]*"(?:[^"\\\n]|\\.)*")*)',
    re.MULTILINE,
)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_PROPERTY = re.compile(
    r"^[ \t]*(?![#!])(?P<key>(?:[^\s=:\\]|\\.)+)[ \t]*[=:][ \t]*(?P<value>(?:[^\\\n]|\\\r?\n|\\.)*)",
    re.MULTILINE,
)
_APPLE = re.compile(
    r'^[ \t]*"(?P<key>(?:[^"\\]|\\.)*)"[ \t]*=[ \t]*"(?P<value>(?:[^"\\]|\\.)*)"[ \t]*;', re.MULTILINE
)
_XLIFF_UNIT = re.compile(
    r"<(trans-unit|segment)\b[^<]*+(?:<(?!/?(?:trans-unit|segment)\b)[^<]*+)*+</(?:trans-unit|segment)>"
)
_XLIFF_TEXT = re.compile(r"<(source|target)\b[^>]*>([^<]*+(?:<(?!/?(?:source|target)\b)[^<]*+)*+)</\1>")
_INNER = r"[^<]*+(?:<(?!/?(?:string|item)\b)[^<]*+)*+"  # up to the end, and never past the next one
_ANDROID = re.compile(
    rf'<string\b[^>]*\bname="(?P<key>[^"]*)"[^>]*>(?P<value>{_INNER})</string>'
    rf"|<item\b[^>]*>(?P<item>{_INNER})</item>"
)
_JSON_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?|[{}\[\]]')
_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[,;\t\r\n]|\Z)|([^,;\t\r\n]*)')
_WORDY = re.compile(r"\w[^\n]*\s[^\n]*\w")
_MANIFEST = frozenset(_words("dependencies devDependencies scripts $schema compilerOptions openapi swagger"))


def is_catalogue(text: str, suffix: str) -> bool:
    """Clearly a list of messages: most of its entries are, by form and by their words."""
    if suffix in {"yml", "yaml"}:
        return _is_yaml_catalogue(text)
    if suffix in {"json", "arb"} and _holds_no_text(text):
        return True
    return _is_wordy(text, list(messages(text, suffix)) if _may_be(text, suffix) else [])


def _may_be(text: str, suffix: str) -> bool:
    if suffix in {"json", "arb"}:
        return _json_object(text) is not None
    if suffix == "csv":
        return _is_table(text)
    if suffix in {"po", "pot"}:
        return 'msgid "' in text
    return suffix in {"properties", "strings"}


def _is_wordy(text: str, found: list[Message]) -> bool:
    sample = found[:400]
    wordy = sum(1 for message in sample if any(_WORDY.search(text, *part) for part in message.ranges))
    return wordy >= 2 and wordy >= 0.3 * len(sample)


def messages(text: str, suffix: str) -> Iterator[Message]:
    """The messages of a catalogue in the order of the file."""
    reader = _READERS.get(suffix)
    if reader is not None:
        yield from reader(text)


def _po(text: str) -> Iterator[Message]:
    """Translations where there are any, the originals elsewhere."""
    original: Message | None = None
    for found in _PO.finditer(text):
        name = found["field"]
        strings = _STRING.finditer(text, found.start("first"), found.end())
        parts = tuple(string.span(1) for string in strings if string.end(1) > string.start(1))
        message = Message(text[slice(*parts[0])] if parts else "", parts, "backslash")
        if name == "msgid":
            original = message
        elif name.startswith("msgstr") and original is not None and original.ranges:
            yield Message(original.key, message.ranges or original.ranges, "backslash")


def _properties(text: str) -> Iterator[Message]:
    for found in _PROPERTY.finditer(text):
        start, end = found.span("value")
        if start < end:
            yield Message(found["key"], ((start, end),), "line")


def _apple(text: str) -> Iterator[Message]:
    for found in _APPLE.finditer(text):
        yield Message(found["key"], (found.span("value"),), "backslash")


def _xliff(text: str) -> Iterator[Message]:
    for unit in _XLIFF_UNIT.finditer(text):
        texts = {
            found[1]: found.span(2) for found in _XLIFF_TEXT.finditer(text, *unit.span()) if found[2].strip()
        }
        chosen = texts.get("target") or texts.get("source")
        if chosen:
            yield Message("", (chosen,), "xml")


def _android(text: str) -> Iterator[Message]:
    for found in _ANDROID.finditer(text):
        group = "value" if found["value"] is not None else "item"
        yield Message(found["key"] or "", (found.span(group),), "xml")


def _xml(text: str) -> Iterator[Message]:
    yield from _xliff(text) if "<xliff" in text[:4096] else _android(text)


def _json_object(text: str) -> dict[str, Any] | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and not _MANIFEST & value.keys() else None


def _holds_no_text(text: str) -> bool:
    """Names of texts, and each of them empty."""
    value = _json_object(text) if text.count('""') > 0 else None
    return bool(value) and set(_leaves(value, 0)) == {""}


def _leaves(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, dict) and depth < 50:
        for inner in value.values():
            yield from _leaves(inner, depth + 1)
    else:
        yield value if isinstance(value, str) else "something"


def _json(text: str) -> Iterator[Message]:
    """String values; the words that describe a message (keys that begin with @) are none."""
    key, path = "", [""]
    for found in _JSON_TOKEN.finditer(text):
        if found[0] in {"{", "["}:
            path.append(joined(path[-1], key))
            key = ""
        elif found[0] in {"}", "]"}:
            key = ""
            if len(path) > 1:
                path.pop()
        elif found[2]:
            key = found[1]
        elif found[1] and not key.startswith("@") and key not in {"description", "context", "type"}:
            yield Message(joined(path[-1], key), (found.span(1),), "backslash")


def joined(path: str, key: str) -> str:
    """The name of something inside something."""
    return f"{path}.{key}" if path and key else path or key


def _is_table(text: str) -> bool:
    rows = [list(_cells(line, 0, len(line))) for line in text.split("\n")[:50] if line.strip()]
    widths = {len(row) for row in rows}
    return len(rows) >= 3 and min(widths, default=0) >= 2


def _csv(text: str) -> Iterator[Message]:
    """Cells that hold more than a word, below the first row."""
    first = text.find("\n") + 1
    for start, end in _cells(text, first, len(text)) if first else ():
        if _WORDY.search(text, start, end):
            yield Message("", ((start, end),), "csv")


def _cells(text: str, start: int, end: int) -> Iterator[Range]:
    while start < end:
        found = _CELL.match(text, start, end)
        if found is None:
            return
        yield found.span(1) if found[1] is not None else found.span(2)
        start = found.end() + 1


def _is_yaml_catalogue(text: str) -> bool:
    """Nested maps that end in texts, as i18n libraries keep them."""
    if not re.search(r"^[\w.-]+:[ \t]*\r?\n[ \t]+[\w.\"'-]+:", text, re.MULTILINE):
        return False
    if re.search(r"^(?:apiVersion|services|jobs|on|version|openapi|swagger|repos|name):", text, re.MULTILINE):
        return False
    return _is_wordy(text, list(_yaml(text)))


def _yaml(text: str) -> Iterator[Message]:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        root = yaml.compose(text, Loader=loader)
    except (yaml.YAMLError, RecursionError):
        return
    lines = [0]
    for line in re.split(r"(?<=\n)|(?<=\r)(?!\n)", text):
        lines.append(lines[-1] + len(line))
    yield from _yaml_values(root, "", text, lines, 0)


def _yaml_values(node: Any, key: str, text: str, lines: list[int], depth: int) -> Iterator[Message]:
    if depth > 50:
        return
    if node.id == "mapping":
        for name, value in node.value:
            yield from _yaml_values(value, joined(key, str(name.value)), text, lines, depth + 1)
    elif node.id == "sequence":
        for value in node.value:
            yield from _yaml_values(value, key, text, lines, depth + 1)
    elif node.id == "scalar" and node.tag.endswith(":str") and node.value.strip():
        yield _yaml_message(node, key, text, lines)


def _yaml_message(node: Any, key: str, text: str, lines: list[int]) -> Message:
    start = lines[min(node.start_mark.line, len(lines) - 1)] + node.start_mark.column
    end = lines[min(node.end_mark.line, len(lines) - 1)] + node.end_mark.column
    if node.style in {"|", ">"}:
        first = text.find("\n", start) + 1
        ranges = tuple(
            found.span(1) for found in re.finditer(r"[ \t]*([^\r\n]*)\r?\n?", text[first:end]) if found[1]
        )
        return Message(key, tuple((first + a, first + b) for a, b in ranges), "", joined=node.style == ">")
    quoted = 1 if node.style in {'"', "'"} else 0
    return Message(key, ((start + quoted, end - quoted),), "backslash" if node.style == '"' else "")


_READERS: dict[str, Callable[[str], Iterator[Message]]] = {
    "po": _po,
    "pot": _po,
    "properties": _properties,
    "strings": _apple,
    "xlf": _xml,
    "xliff": _xml,
    "xml": _xml,
    "json": _json,
    "arb": _json,
    "yml": _yaml,
    "yaml": _yaml,
    "csv": _csv,
}
