"""Role words: what a party is called by what it does, and which of two roles is the company's."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from trustaudit.resources import rules_dir

LADDER = (
    "roles-supplies",
    "roles-leads",
    "roles-company",
    "roles-works",
    "roles-deals",
    "roles-receives",
)
"""Lists of the vocabulary, from the side that supplies down to the side that receives."""

SUPPLIES, RECEIVES = 0, len(LADDER) - 1


@lru_cache(maxsize=1)
def vocabulary() -> Mapping[str, tuple[str, ...]]:
    """The lists of ``rules/vocabulary/roles.yaml``."""
    import yaml

    text = (rules_dir() / "vocabulary" / "roles.yaml").read_text(encoding="utf-8")
    loaded = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  both are safe loaders
    return {name: tuple(phrases) for name, phrases in loaded.items()}


@lru_cache(maxsize=1)
def rungs() -> Mapping[str, int]:
    """Role word to its place on the ladder; 0 supplies."""
    return {word: rung for rung, name in enumerate(LADDER) for word in vocabulary()[name]}


def rung(name: str) -> int | None:
    """Where a name stands on the ladder: by itself, or by its last word (*Software Provider*); or None."""
    known = rungs()
    words = name.lower().split()
    for start in range(min(len(words), 3), 0, -1):
        tail = " ".join(words[-start:])
        if tail in known:
            return known[tail]
        if tail.endswith("s") and tail[:-1] in known:
            return known[tail[:-1]]
    return None


def interchangeable(name: str) -> bool:
    """Is this a role that each party has in turn (*Receiving Party*)?"""
    return name.lower() in vocabulary()["roles-interchangeable"]
