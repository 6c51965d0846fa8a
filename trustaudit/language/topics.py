"""What a norm is about, by the words of the topic vocabulary."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from trustaudit.resources import rules_dir

_PREFIX = "topic-"


@lru_cache(maxsize=1)
def _finder() -> tuple[re.Pattern[str], dict[str, str], tuple[str, ...]]:
    """One expression for all words, the topic of each, and the topics in their order."""
    import yaml

    text = (rules_dir() / "vocabulary" / "topics.yaml").read_text(encoding="utf-8")
    loaded = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  both are safe
    topics = {name.removeprefix(_PREFIX): words for name, words in loaded.items()}
    owner: dict[str, str] = {}
    for topic, words in topics.items():
        for word in words:
            owner.setdefault(word.rstrip("*"), topic)
    ends = {
        word.rstrip("*"): "" if word.endswith("*") else r"\b" for words in topics.values() for word in words
    }
    longest = sorted(owner, key=lambda word: (-len(word), word))
    pattern = "|".join(
        f"({re.escape(word)}){ends[word]}" if ends[word] else re.escape(word) for word in longest
    )
    return re.compile(rf"\b(?:{pattern.replace('(', '(?:')})"), owner, tuple(topics)


def topic_of(text: str) -> str:
    """The topic with most words in the text, the first in order among equals; empty where none is known."""
    pattern, owner, order = _finder()
    counts = Counter(_topic(found[0], owner) for found in pattern.finditer(text))
    return max(order, key=lambda topic: counts[topic]) if counts else ""


def _topic(word: str, owner: dict[str, str]) -> str:
    return owner[word]
