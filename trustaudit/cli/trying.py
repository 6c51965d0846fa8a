"""Trying rules on their examples, through the same path as every scan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from trustaudit.document import Span
from trustaudit.pipeline import scan
from trustaudit.ruleset.examples import ExampleFailure, run_examples, span_in_source
from trustaudit.ruleset.rule import Example, Rule

NAMES = {"text": "example.txt", "markdown": "example.md", "html": "example.html"}


def failures(rules: Sequence[Rule], folders: Sequence[Path]) -> Iterator[ExampleFailure]:
    """The examples that do not hold, rule by rule; ``folders`` are loaded beside the rules we bring."""

    def found(example: Example, rule: Rule) -> list[Span]:
        return _found(example, rule, folders)

    for rule in rules:
        yield from run_examples(rule, found)


def _found(example: Example, rule: Rule, folders: Sequence[Path]) -> list[Span]:
    """What the rule finds in the example, as spans of the example's own text."""
    audit = scan(
        example.text.encode("utf-8"),
        name=NAMES[example.format],
        kind=(example.kind or rule.applies_to[0]).value,
        company=example.company,
        customer=example.customer,
        rules=folders,
        select=[rule.id],
    )
    spans = (span_in_source(audit.document, finding.span, example.text) for finding in audit.findings)
    return [span for span in spans if span is not None]
