"""The text of a new rule file, to be filled in."""

from __future__ import annotations

import re

from trustaudit.errors import UsageError

_SKELETON = """\
# {id}: the path of this file below the rules folder is the rule's id.
title: {title}
severity: minor                # info | minor | major | critical, or {{consumer: major, business: minor}}
confidence: medium             # low | medium | high: how sure a finding is
effect: withdrawal             # withdrawal | deposit | note
topic: {topic}
applies_to: [contract, term-sheet, message]
why: Why it matters to the trust between the two.
advice: What to do about it, in one sentence.
rewrite: Balanced wording that can be taken instead.
references: []                 # - {{name: "…", url: "https://…", checked_on: 2026-01-31}}
labels: {{}}
find:
  kind: phrases
  any:
    - <company> may ... charge [<customer>] [a|any] fee
unless:
  - with <customer>'s [prior] consent
examples:
  flagged:                     # « » mark exactly what is found
    - «We may, at any time, charge you a fee».
    - In this case «we may charge a fee».
  clean:                       # near misses: nothing is found in them
    - We may charge a fee with your prior consent.
    - You may charge us a fee.
"""


def new_rule(rule_id: str) -> str:
    """The text of a rule file with this id, valid as it stands; ``UsageError`` for what cannot be an id."""
    if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)+", rule_id):
        raise UsageError(
            f"'{rule_id}' is no rule id: write family/name, in lower-case words joined by hyphens"
        )
    family, _, name = rule_id.rpartition("/")
    return _SKELETON.format(
        id=rule_id, title=name.replace("-", " ").capitalize()[:72], topic=family.rpartition("/")[2]
    )
