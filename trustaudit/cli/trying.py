"""Trying rules on their examples, through the same path as every scan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from trustaudit.audit import Audit
from trustaudit.document import Span
from trustaudit.pipeline import scan
from trustaudit.ruleset.examples import ExampleFailure, run_examples, run_fix, span_in_source
from trustaudit.ruleset.lint import FoundIn
from trustaudit.ruleset.rule import Example, Rule

NAMES = {"text": "example.txt", "markdown": "example.md", "html": "example.html"}


def failures(rules: Sequence[Rule], folders: Sequence[Path]) -> Iterator[ExampleFailure]:
    """The examples that do not hold, rule by rule; ``folders`` are loaded beside the rules we bring."""

    def found(example: Example, rule: Rule) -> list[Span]:
        return _found(example, rule, folders)

    for rule in rules:
        yield from run_examples(rule, found)
        yield from run_fix(rule, found)


def found_by_all(folders: Sequence[Path]) -> FoundIn:
    """What every rule finds in an example; ``folders`` are loaded beside the rules we bring."""

    def found(example: Example, rule: Rule) -> Mapping[str, Sequence[Span]]:
        made: dict[str, list[Span]] = {}
        audit = _audited(example, rule, folders, ())
        for finding in audit.findings:
            span = span_in_source(audit.document, finding.span, example.text)
            if span is not None:
                made.setdefault(finding.rule, []).append(span)
        return made

    return found


def _found(example: Example, rule: Rule, folders: Sequence[Path]) -> list[Span]:
    """What the rule finds in the example, as spans of the example's own text."""
    audit = _audited(example, rule, folders, [rule.id])
    spans = (span_in_source(audit.document, finding.span, example.text) for finding in audit.findings)
    return [span for span in spans if span is not None]


def _audited(example: Example, rule: Rule, folders: Sequence[Path], select: Sequence[str]) -> Audit:
    return scan(
        example.text.encode("utf-8"),
        name=NAMES[example.format],
        kind=(example.kind or rule.applies_to[0]).value,
        company=example.company,
        customer=example.customer,
        rules=folders,
        select=select,
    )
