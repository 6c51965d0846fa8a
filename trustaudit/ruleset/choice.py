"""Which rules of a ruleset are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from trustaudit.errors import UsageError
from trustaudit.ruleset.problems import near
from trustaudit.ruleset.rule import Ruleset


def chosen(ruleset: Ruleset, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Ruleset:
    """The rules that are selected (all, where nothing is) and not ignored.

    A name is an id, a family (``one-sided`` or ``one-sided/``), or the beginning of ids, with ``*``. The
    hash stays that of the whole ruleset. Raises ``UsageError`` for a name that fits no rule.
    """
    for name in (*select, *ignore):
        _check(name, ruleset)
    rules = tuple(
        rule
        for rule in ruleset.rules
        if (not select or any(fits(rule.id, name) for name in select))
        and not any(fits(rule.id, name) for name in ignore)
    )
    return ruleset if len(rules) == len(ruleset.rules) else replace(ruleset, rules=rules)


def fits(rule_id: str, name: str) -> bool:
    """Whether a rule is meant by a name: its id, its family, or the beginning of its id with ``*``."""
    if name.endswith("*"):
        return rule_id.startswith(name[:-1])
    return rule_id == name or rule_id.startswith(name.rstrip("/") + "/")


def _check(name: str, ruleset: Ruleset) -> None:
    ids = [rule.id for rule in ruleset.rules]
    if not any(fits(rule_id, name) for rule_id in ids):
        families = {rule_id.rpartition("/")[0] for rule_id in ids}
        raise UsageError(f"no rule is called '{name}'.{near(name, [*ids, *families])}")
