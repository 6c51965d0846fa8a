"""Which rules of a ruleset are wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from trustaudit.audit import Severity
from trustaudit.errors import UsageError
from trustaudit.ruleset.problems import near
from trustaudit.ruleset.rule import Rule, Ruleset


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


def weighed(ruleset: Ruleset, overrides: Sequence[tuple[str, str, str]]) -> Ruleset:
    """The rules with the severities that a team gives them: rule or family, severity, and the reason.

    The reason joins the rule's why, so that every report shows it. Of several that fit, the later holds.
    Raises ``UsageError`` for a name that fits no rule, or a severity that is none.
    """
    if not overrides:
        return ruleset
    for name, severity, _ in overrides:
        _check(name, ruleset)
        if severity not in tuple(Severity):
            raise UsageError(f"severity {severity!r} of {name} is none of {', '.join(Severity)}")
    rules = tuple(_weighed(rule, overrides) for rule in ruleset.rules)
    said = "\n".join([ruleset.sha256, *("\t".join(override) for override in overrides)])
    return replace(ruleset, rules=rules, sha256=sha256(said.encode("utf-8", "replace")).hexdigest())


def _weighed(rule: Rule, overrides: Sequence[tuple[str, str, str]]) -> Rule:
    fitting = [override for override in overrides if fits(rule.id, override[0])]
    if not fitting:
        return rule
    _, severity, reason = fitting[-1]
    why = f"{rule.why.rstrip()} (Its severity is set to {severity} here: {reason.strip()})"
    return replace(rule, severity=dict.fromkeys(rule.severity, Severity(severity)), why=why)


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
