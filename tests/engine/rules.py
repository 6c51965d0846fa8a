"""Small rule packs for tests: YAML in, engine results out."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

from trustaudit import metrics, parsing
from trustaudit.audit import Audience, Kind
from trustaudit.document import Document
from trustaudit.engine import Engine, Results
from trustaudit.language.parties import find_sides
from trustaudit.language.reading import Reading
from trustaudit.metrics.fine_print import FinePrint, fine_print
from trustaudit.ruleset import load_rules
from trustaudit.ruleset.rule import Ruleset

_HEAD = """\
title: A rule of a test
severity: {consumer: major, business: minor}
confidence: high
effect: withdrawal
topic: other
why: Because.
advice: Mend it.
rewrite: A better clause.
references: [{name: Our own}]
examples:
  flagged: ["«one»", "«two»"]
  clean: ["three", "four"]
"""


def pack(folder: Path, **rules: str) -> Ruleset:
    """A ruleset of rules ``test/<name>``: each text is YAML that follows a common head (find, unless …)."""
    for name, body in rules.items():
        file = folder / "test" / f"{name.replace('_', '-')}.yaml"
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(_HEAD + dedent(body), encoding="utf-8")
    return load_rules([folder], bundled=False, cached=False)


def phrases(*items: str) -> str:
    lines = "\n".join(f"- {item!r}" for item in items)
    return "find:\n  kind: phrases\n  any:\n" + indent(lines, "    ") + "\n"


def run(
    ruleset: Ruleset, text: str | Document, kind: Kind = Kind.CONTRACT, fine: FinePrint | None = None,
    audience: Audience = Audience.CONSUMER,
) -> Results:  # fmt: skip
    document = parsing.parse(text.encode(), media_type="text/plain") if isinstance(text, str) else text
    reading = Reading(document, kind, audience, find_sides(document.text, kind), ruleset.vocabulary)
    measures = metrics.measure(document, [sentence.span for sentence in reading.sentences])
    return Engine(ruleset.rules, ruleset.vocabulary).run(reading, fine or fine_print(document), measures)


def quotes(results: Results, rule: str = "") -> list[str]:
    return [one.quote for one in results.findings if not rule or one.rule == f"test/{rule}"]
