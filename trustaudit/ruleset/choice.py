"""Which rules of a ruleset are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from trustaudit.errors import UsageError
from trustaudit.ruleset.problems import near
from trustaudit.ruleset.rule import Ruleset


def chosen(ruleset: Ruleset, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Ruleset:
    """The rules that are selected (all, where nothing is) and not ignored.

    A name is an id, a family (``one-sided`` or ``one-sided/``), or the beginning of ids, with ``*``. The
    hash of a part is made of the whole's and of the ids. Raises ``UsageError`` for a name that fits no rule.
    """
    for name in (*select, *ignore):
        _check(name, ruleset)
    rules = tuple(
        rule
        for rule in ruleset.rules
        if (not select or any(fits(rule.id, name) for name in select))
        and not any(fits(rule.id, name) for name in ignore)
    )
    if len(rules) == len(ruleset.rules):
        return ruleset
    part = "\n".join([ruleset.sha256, *(rule.id for rule in rules)])
    return replace(ruleset, rules=rules, sha256=sha256(part.encode()).hexdigest())


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
