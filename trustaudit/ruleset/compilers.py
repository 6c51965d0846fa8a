"""One compiler for each vocabulary in a process, and the steps of its phrases on disk.

To find the steps of a phrase it must be parsed with all lists that it names; a cold scan needs the steps of
every phrase, and the expressions of very few. What the steps are follows from the phrase, the vocabulary and
the code alone, and their hash is the name of an entry, so that no entry is ever out of date.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trustaudit.ruleset.cache import read_json, write_json
from trustaudit.ruleset.pattern import Compiler, Step

_ROOM = "steps"
_CODE = ("compilers.py", "pattern.py", "phrase.py")
_MOST = 8

Vocabulary = Mapping[str, Sequence[str]]
_KNOWN: dict[int, tuple[Vocabulary, Compiler, int]] = {}
"""By identity of the vocabulary, which is kept here and so keeps its identity; with the steps on disk."""


def compiler_of(vocabulary: Vocabulary) -> Compiler:
    """The compiler of a vocabulary, which is a value and never changes."""
    known = _KNOWN.get(id(vocabulary))
    if known is not None:
        return known[1]
    if len(_KNOWN) >= _MOST:
        _KNOWN.clear()
    steps = _read(read_json(_ROOM, _name(vocabulary))) if vocabulary else {}
    compiler = Compiler(vocabulary, steps)
    _KNOWN[id(vocabulary)] = vocabulary, compiler, len(steps)
    return compiler


def keep(vocabulary: Vocabulary) -> None:
    """Write down the steps of the phrases that were compiled with this vocabulary, if there are new ones."""
    known = _KNOWN.get(id(vocabulary))
    if known is None or not vocabulary:
        return
    _, compiler, written = known
    steps = compiler.steps
    if len(steps) > written:
        write_json(_ROOM, _name(vocabulary), _rows(steps))
        _KNOWN[id(vocabulary)] = vocabulary, compiler, len(steps)


def _name(vocabulary: Vocabulary) -> str:
    here = Path(__file__).parent
    stamps = [(name, (here / name).stat().st_size, (here / name).stat().st_mtime_ns) for name in _CODE]
    text = json.dumps([stamps, {name: list(words) for name, words in vocabulary.items()}])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _rows(steps: Mapping[str, tuple[Step, ...]]) -> dict[str, Any]:
    """The sets of words once each, and for each phrase the numbers of its sets with their reach."""
    numbers: dict[tuple[str, ...], int] = {}
    phrases = {
        text: [[numbers.setdefault(step.words, len(numbers)), step.reach] for step in chain]
        for text, chain in steps.items()
    }
    return {"sets": [list(words) for words in numbers], "phrases": phrases}


def _read(data: Any) -> dict[str, tuple[Step, ...]]:
    """The steps again; none where the entry is missing or of another shape."""
    try:
        sets = [tuple(words) for words in data["sets"]]
        return {
            text: tuple([Step(sets[number], reach) for number, reach in chain])
            for text, chain in data["phrases"].items()
        }
    except (LookupError, TypeError, ValueError, AttributeError):
        return {}
