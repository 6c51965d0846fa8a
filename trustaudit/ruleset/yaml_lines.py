"""YAML as plain data that remembers its lines. No file can run code, nest without end, or swell by aliases.

Plain scalars follow YAML 1.2: ``true``, ``false``, ``null`` and numbers are values; ``no``, ``on`` or
``2026-01-31`` are the words they look like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

import yaml

from trustaudit.ruleset.yaml_file import Fault, YamlFile

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: ten times slower, the same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

__all__ = ["YamlFile", "read_yaml"]

MAX_BYTES = 1_000_000
MAX_DEPTH = 30  # a rule needs six
_MAX_OPENERS = 1_000  # below it libyaml's composer, which recurses in C, cannot overflow its stack
_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"

_PREFIX = "tag:yaml.org,2002:"
_STANDARD = frozenset(
    _PREFIX + name for name in ("str", "int", "float", "bool", "null", "timestamp", "value", "merge")
)
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,2})?")
_WORDS = {"true": True, "True": True, "false": False, "False": False}
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def read_yaml(source: bytes | str) -> YamlFile:
    """Read one YAML document; never raises, whatever the source is: see ``faults``."""
    if len(source) > MAX_BYTES:
        return YamlFile(None, ((1, f"the file is larger than {MAX_BYTES:,} bytes"),))
    try:
        text = source.decode("utf-8") if isinstance(source, bytes) else source
    except UnicodeDecodeError as error:
        assert isinstance(source, bytes)
        line = source.count(b"\n", 0, error.start) + 1
        return YamlFile(None, ((line, "not UTF-8 text: save the file as UTF-8"),))
    text = text.removeprefix("\ufeff")
    try:
        if _may_nest(text):
            _check_depth(text)
        swallowed = _swallowed(text) if "&" in text or "!" in text else []
        root = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return YamlFile(None, (_fault(error, text),))
    builder = _Builder()
    data = None if root is None else builder.plain(root)
    faults = (*builder.faults, *swallowed)
    return YamlFile(data, faults, partial(_line, root))


class _Builder:
    """Nodes to plain data; each node is visited once, so aliases cannot multiply."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def plain(self, node: yaml.Node, depth: int = 0) -> Any:
        if depth > MAX_DEPTH:
            return self._fault(node, _TOO_DEEP)
        if id(node) in self._seen:
            return self._fault(node, "aliases are not allowed: write it out, or use a vocabulary list")
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if isinstance(node, yaml.SequenceNode) and node.tag == _PREFIX + "seq":
            return [self.plain(item, depth + 1) for item in node.value]
        if isinstance(node, yaml.MappingNode) and node.tag == _PREFIX + "map":
            return self._mapping(node, depth + 1)
        return self._fault(node, f"the tag {_short(node.tag)} is not allowed")

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        out: dict[str, Any] = {}
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = self.plain(key_node, depth)
            if not isinstance(key, str):
                self._fault(key_node, f"a key must be a word, not {_shown(key)}")
            elif key in out:
                self._fault(key_node, f"'{key}' stands here twice, first in line {first[key]}")
            else:
                first[key] = key_node.start_mark.line + 1
                out[key] = self.plain(value_node, depth)
        return out

    def _scalar(self, node: yaml.ScalarNode) -> Any:
        if node.tag not in _STANDARD:
            return self._fault(node, f"the tag {_short(node.tag)} is not allowed")
        if not node.style and node.tag != _PREFIX + "str":
            return _value(node.value)
        return node.value

    def _fault(self, node: yaml.Node, message: str) -> None:
        self.faults.append((node.start_mark.line + 1, message))


def _value(text: str) -> Any:
    """A plain scalar by the rules of YAML 1.2."""
    if text in _NULLS:
        return None
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _line(root: yaml.Node | None, path: Sequence[str | int]) -> int:
    node, line = root, 1
    for part in path:
        found = _child(node, part)
        if found is None:
            break
        node, line = found
    return line


def _child(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == part:
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and 0 <= part < len(node.value):
        item = node.value[part]
        return item, item.start_mark.line + 1
    return None


class _TooDeepError(yaml.YAMLError):
    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def _may_nest(text: str) -> bool:
    """Whether the text could nest too deeply for libyaml: a level costs one of these, or a deeper indent."""
    return sum(text.count(opener) for opener in "[{-?") > _MAX_OPENERS


def _check_depth(text: str) -> None:
    """Raise ``yaml.YAMLError`` where the nesting is too deep; events are read without recursion."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _TooDeepError(event.start_mark.line + 1 if event.start_mark else 1)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _swallowed(text: str) -> list[Fault]:
    """Texts that lose their first word in silence, because ``&`` and ``!`` have a meaning for YAML."""
    faults: list[Fault] = []
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if getattr(event, "anchor", None) and not isinstance(event, yaml.AliasEvent):
            faults.append((line, "a text may not begin with '&': put the text in quotes"))
        if getattr(event, "tag", None) == "!":
            faults.append((line, "a text may not begin with '!': put the text in quotes"))
    return faults


_WORDINGS = {
    "mapping values are not allowed": "a colon inside a text (put the text in quotes), or a wrong indent",
    "cannot start any token": "this character cannot begin a text: put the text in quotes",
    "expected ',' or ']'": "a bracket, quote or comma is missing; a text that holds one needs quotes",
    "expected ',' or '}'": "a brace, quote or comma is missing; a text that holds one needs quotes",
    "expected key": "a line that is no 'key: value': check its indent",
    "could not find expected ':'": "a line that is no 'key: value'",
    "end of stream": "a quote or bracket that is never closed",
    "expected node content": "a bracket that is never closed, or nothing where a value should be",
    "expected '-' indicator": "a text goes on behind its quote or bracket: put the whole text in quotes",
    "comment or line break": "begin the text on the line below the | or >",
    "unknown escape": "a backslash in double quotes: use single quotes",
    "undefined alias": "a text may not begin with '*': put the text in quotes",
    "another document": "a second document begins here ('---'): one rule a file",
}
"""What PyYAML says, and what it means to the writer of a rule."""


def _fault(error: yaml.YAMLError, text: str) -> Fault:
    """Line and wording of what PyYAML could not read."""
    if isinstance(error, _TooDeepError):
        return error.line, _TOO_DEEP
    if not isinstance(error, yaml.MarkedYAMLError):
        at = getattr(error, "position", 0)
        return text.count("\n", 0, at) + 1, "not YAML: a character that may not stand in a text file"
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    return line, "not YAML: " + _worded(
        error.problem or error.context or "", text.split("\n")[line - 1 : line]
    )


def _worded(problem: str, lines: list[str]) -> str:
    line = "".join(lines)
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in problem:
        return "a tab: indent by spaces"
    return next((wording for said, wording in _WORDINGS.items() if said in problem), problem)


def _shown(value: Any) -> str:
    words = {list: "a list", dict: "a mapping", bool: f"{value}".lower(), type(None): "nothing"}
    return words.get(type(value), str(value))


def _short(tag: str) -> str:
    return "!!" + tag.removeprefix(_PREFIX) if tag.startswith(_PREFIX) else tag
