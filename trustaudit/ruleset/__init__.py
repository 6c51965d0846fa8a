"""Rules: YAML files in, checked values out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from trustaudit.ruleset.choice import chosen
from trustaudit.ruleset.rule import Rule, Ruleset

__all__ = ["Rule", "Ruleset", "chosen", "load_rules"]


def load_rules(dirs: Sequence[Path] = (), *, bundled: bool = True, cached: bool = True) -> Ruleset:
    """The rules that come with trustaudit, and those of further folders (or single rule files), in order.

    A later folder's rule replaces an earlier one's of the same id, and its vocabulary list one of the
    same name. ``cached`` allows the compiled rules on disk to be used and written; they change nothing
    but the time. Raises ``RuleError`` that names every fault with its file and line.
    """
    from trustaudit.resources import rules_dir
    from trustaudit.ruleset import cache, files, recent

    roots = [*([rules_dir()] if bundled else []), *(Path(path) for path in dirs)]
    stamps = recent.stamps_of(roots) if cached else None
    loaded = recent.recent(roots, stamps) if cached else None
    if loaded is not None:
        return loaded
    folders = files.read_folders(roots)
    name = cache.key(folders) if cached else ""
    found = cache.recall(name, folders) if cached else None
    if found is not None:
        recent.remember(roots, stamps, found)
        return found
    from trustaudit.ruleset.load import compile_rules

    ruleset, places = compile_rules(folders)
    if cached:
        cache.keep(name, folders, ruleset, places)
        recent.remember(roots, stamps, ruleset)
    return ruleset
