"""A rule in words, for ``trustaudit rules show``."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from trustaudit.audit import Effect
from trustaudit.ruleset.rule import Rule
from trustaudit.scoring.weights import weights

WIDTH = 88


def explained(rule: Rule) -> str:
    """Everything a rule file says to people, as text."""
    return "\n".join(_lines(rule)) + "\n"


def _lines(rule: Rule) -> Iterator[str]:
    severities = ", ".join(
        f"{severity.value} ({audience.value})" for audience, severity in rule.severity.items()
    )
    yield f"{rule.id}: {rule.title}"
    yield ""
    yield f"  {rule.effect.value} · {severities} · confidence {rule.confidence.value} · topic {rule.topic}"
    yield f"  applies to {', '.join(kind.value for kind in rule.applies_to)} · {rule.path}"
    yield _indented(_points(rule))
    for name, text in (("Why", rule.why), ("Advice", rule.advice), ("Balanced wording", rule.rewrite)):
        if text:
            yield from ("", f"{name}:", _indented(text))
    if rule.fix:
        yield from ("", "Fixed by --fix:")
        yield from (_indented(f"{each.before} → {each.after}", "  - ") for each in rule.fix.results)
    for name, examples in (("Found", rule.examples.flagged), ("Not found", rule.examples.clean)):
        yield from ("", f"{name}:", *(_indented(example.marked, "  - ") for example in examples))
    if rule.references:
        yield from ("", "Sources:")
        for reference in rule.references:
            yield _indented(f"{reference.name}  {reference.url}".strip(), "  - ")
    if rule.labels:
        yield from ("", "Labels:", *(f"  - {name}: {label}" for name, label in rule.labels.items()))


def _points(rule: Rule) -> str:
    """What a finding of the rule weighs in account and score, in points, from the published weights."""
    table = weights()
    if rule.effect is Effect.NOTE:
        return "weighs nothing: a note"
    deposit = rule.effect is Effect.DEPOSIT
    points = table.deposit if deposit else table.severity
    by_audience = {
        audience.value: rule.weight if rule.weight is not None else points[severity]
        for audience, severity in rule.severity.items()
    }
    said = " or ".join(f"{each:g} ({name})" for name, each in by_audience.items())
    if len(set(by_audience.values())) == 1:
        said = f"{next(iter(by_audience.values())):g}"
    sure = f" × {table.confidence[rule.confidence]:g} for its confidence"
    again = ", ".join(
        f"{each:g}" for each in (table.repeat_deposit if deposit else table.repeat_withdrawal)[1:]
    )
    return (
        f"{'earns' if deposit else 'costs'} {said} points{sure}; said again it counts {again}, then nothing"
    )


def _indented(text: str, first: str = "  ") -> str:
    """One paragraph, indented; addresses are not broken."""
    rest = " " * len(first)
    flat = " ".join(text.split())
    return fill(
        flat,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
