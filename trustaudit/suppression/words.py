"""What a suppression may say: ``ignore[rule, rule] until 2027-03-01 because it was agreed with …``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MARK = "trustaudit:"

_SAID = re.compile(
    r"(?P<verb>[\w-]+)\s*(?:\[(?P<rules>[^\]]*)\])?\s*"
    r"(?:until\s+(?P<until>\S+)\s*)?(?:because\b[\s:]*(?P<reason>.*))?(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
VERBS = ("ignore", "ignore-file")


@dataclass(frozen=True, slots=True)
class Said:
    """One instruction, understood."""

    rules: tuple[str, ...]
    reason: str
    until: date | None
    whole_file: bool


def understand(words: str) -> Said:
    """What stands after ``trustaudit:``. Raises ``ValueError`` with what is wrong and the mend."""
    said = _SAID.fullmatch(" ".join(words.split()))
    verb = said["verb"].lower() if said else ""
    if said is None or verb not in VERBS:
        raise ValueError(f'write "ignore[rule/id] because …" or "ignore-file[rule/id] …", not "{words}"')
    rules = rule_names(said["rules"] or "")
    until = day(said["until"]) if said["until"] else None
    reason = (said["reason"] or "").strip()
    if not is_reason(reason):
        raise ValueError('it gives no reason; end it with "because" and why')
    return Said(rules, reason, until, verb == "ignore-file")


def is_reason(text: str) -> bool:
    """Whether something is said: an ellipsis that was left to be filled in says nothing."""
    return any(letter.isalnum() for letter in text)


def rule_names(text: str) -> tuple[str, ...]:
    """Ids, divided by commas. Raises ``ValueError`` where none is named, or all are."""
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if not names:
        raise ValueError("it names no rule; write ignore[rule/id]")
    if any(not name.strip("*/") for name in names):
        raise ValueError("it would hide every rule; name rules, or exclude the file in the settings")
    return names


def day(text: str) -> date:
    """A day as 2027-03-01. Raises ``ValueError`` with the mend."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f'"{text}" is no day; write it as 2027-03-01') from None
